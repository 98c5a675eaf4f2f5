"""Sentences torn where links and bold words stood are whole again, and nothing else is joined."""

import pytest

from publisher.reading.text.rendering import undo
from publisher.reading.text.tearing import owners_of_torn_lines

TORN = [
    "Drei Frachter mussten in der vergangenen Woche nach Nordenham ausweichen, die",
    "Reederei Lührs",
    "beziffert den Schaden auf 80.000 Euro am Tag.",
]
"""What shows that a page is torn."""


def whole(*lines: str) -> list[str]:
    """The lines of a torn page, joined, without what shows that it is torn."""
    first, *rest = [text for text in undo([*TORN, *lines]).texts if text is not None]
    assert first == " ".join(TORN)
    return rest


@pytest.mark.parametrize(
    "sentence",
    [
        "He is 64. He was born in a barn near| Lander|, Wyo., in 1961.",
        "LANDER, Wyo. (|KVRT|) — The neon sign still glows.",
        f"Obermoos| – Die Fronten waren verhärtet, {'das gibt der Bürgermeister zu, ' * 2}heißt es.",
        "Lehnrode|. Es ist still in der Halle.",
        "Six conteneurs ont basculé au large d'|Ouessant|.",
        "Das Gutachten sagt „innerhalb von| vier Jahren|“, mehr nicht.",
        "Bürgermeisterin| Frauke Detmers| (parteilos) hat dafür nur ein Lächeln.",
        "So viel zum Amt. Anders sieht es, so heißt es, die Sprecherin der Reederei,| Insa Peters.",
    ],
)
def test_pieces_of_a_sentence_are_joined_on_a_torn_page(sentence: str) -> None:
    pieces = [piece.strip() for piece in sentence.split("|")]

    assert whole(*pieces) == [sentence.replace("|", "")]


@pytest.mark.parametrize(
    "lines",
    [
        ("Lokales", "Niedersachsen", "Deutschland & Welt"),
        ("À la une", "Brest : le téléphérique à l'arrêt"),
        ("Gutachten warnte schon vor Jahren", "Dass die Mauer am Ende ist, steht in einem Gutachten."),
        ("raumfahrt", "satelliten", "sonnensturm"),
        ("Es gibt zwei Gründe:", "a) die Kosten des neuen Kais", "b) die Tiefe des Flusses dort"),
        ("Un hôpital sans électricité après les frappes", "« Un cri » : la directrice s'explique"),
        ("3. Mai 2024, 17:47 ,", "Nach der Demo in Hamburg wollen Politikerinnen reden."),
        ("« Un jeune, ou deux »", "La chambre de métiers a passé une annonce en janvier."),
    ],
    ids=lambda lines: lines[0],
)
def test_lines_that_stand_alone_stay_alone(lines: tuple[str, ...]) -> None:
    assert whole(*lines) == list(lines)


def test_a_single_sign_does_not_make_a_page_torn() -> None:
    lines = ["Zacapa", ".", "Die Reederei beziffert den Schaden auf 80.000 Euro am Tag und wartet auf", "eine Antwort"]

    assert undo(lines).texts == lines


def test_signs_in_the_footer_of_a_page_tear_no_text() -> None:
    """A page's menu and footer may open a line or two with signs that close; what is torn does so again and again."""
    page = [f"Der {number}. Absatz des Textes steht auf einer Zeile und endet mit einem Punkt." for number in range(70)]
    footer = [
        "Fragen beantwortet die Redaktion in der",
        "Marktgasse",
        ", montags von neun bis zwölf Uhr und nach Absprache.",
    ]

    assert owners_of_torn_lines([*page, *footer]) == list(range(len(page) + len(footer)))

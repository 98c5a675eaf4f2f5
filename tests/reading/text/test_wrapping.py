"""Lines cut at a column are joined again, and no others are."""

import textwrap
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publisher.model import Source
from publisher.reading import read
from publisher.reading.text.rendering import undo
from publisher.reading.text.wrapping import owners_of_lines

CASES = Path(__file__).parents[1] / "cases"
PARAGRAPHS = [
    "The ferry that links the two banks of the river stopped at noon on Friday, after the water had risen by more than "
    "a metre in one night and carried off the landing stage on the northern side.",
    "Nobody was hurt, the harbour master said. Passengers were taken across in fishing boats until the evening, at no "
    "charge, and the school on the island stayed closed.",
]


def joined(texts: list[str]) -> list[str]:
    paragraphs: dict[int, list[str]] = {}
    for text, owner in zip(texts, owners_of_lines(texts), strict=True):
        paragraphs.setdefault(owner, []).append(text.strip())
    return [" ".join(lines) for lines in paragraphs.values()]


def wrapped(text: str, width: int, indent: str = "", hanging: str | None = None) -> list[str]:
    return textwrap.wrap(
        text,
        width,
        initial_indent=indent,
        subsequent_indent=indent if hanging is None else hanging,
        break_long_words=False,
        break_on_hyphens=False,
    )


@pytest.mark.parametrize("width", [60, 72, 80, 100])
def test_wrapped_paragraphs_are_whole_again(width: int) -> None:
    lines = [*wrapped(PARAGRAPHS[0], width), "", *wrapped(PARAGRAPHS[1], width)]

    assert joined(lines) == [PARAGRAPHS[0], "", PARAGRAPHS[1]]


PARTED = (
    "Die Bürger von Lehndorf haben sich am Sonn-",
    "tag mit 61 Prozent für eine Fähre ausgespro-",
    "chen, und die Stadt- und Kreissparkasse gibt",
    "dafür einen Kredit, wie die Verwaltung sagt.",
)


def test_words_parted_at_the_ends_of_lines_are_whole_again() -> None:
    (text, *rest) = undo(PARTED).texts

    assert text == (
        "Die Bürger von Lehndorf haben sich am Sonntag mit 61 Prozent für eine Fähre ausgesprochen, und die Stadt- und "
        "Kreissparkasse gibt dafür einen Kredit, wie die Verwaltung sagt."
    )
    assert rest == [None] * 3


def test_one_hyphen_at_the_end_of_a_line_may_be_the_words_own() -> None:
    lines = (PARTED[0].replace("am Sonn-", "wohl-"), "bedacht mit 61 Prozent für eine Fähre mit Strom", *PARTED[2:])

    assert "wohl- bedacht" in (undo(lines).texts[0] or "")


def test_a_line_that_somebody_ended_is_not_joined_to_the_next() -> None:
    lines = ["Ferry stops", *wrapped(PARAGRAPHS[0], 72), *wrapped(PARAGRAPHS[1], 72)]

    assert joined(lines) == ["Ferry stops", *PARAGRAPHS]


def test_items_go_on_under_their_words_or_under_their_markers() -> None:
    lines = [
        *wrapped(PARAGRAPHS[0], 72, "   "),
        *wrapped(PARAGRAPHS[0], 72, "   * ", "     "),
        *wrapped(PARAGRAPHS[1], 72, "   * ", "   "),
    ]

    assert joined(lines) == [PARAGRAPHS[0], f"* {PARAGRAPHS[0]}", f"* {PARAGRAPHS[1]}"]


def test_a_page_with_whole_paragraphs_stays_as_it_is() -> None:
    lines = ["Menu", "home", "news", "", *PARAGRAPHS]

    assert owners_of_lines(lines) == list(range(len(lines)))


def test_verse_stays_as_it_is() -> None:
    lines = [
        "the river rose and took the stage,",
        "the boats went over one by one,",
        "and nobody was seen to age",
        "before the crossing had been done,",
        "though water stood in every room,",
        "and all the island smelt of loam.",
    ]

    assert owners_of_lines(lines) == list(range(len(lines)))


@pytest.mark.parametrize(("joints", "whole"), [(1, False), (2, True), (3, True)])
def test_two_lines_that_go_on_make_a_wrapped_page_and_one_does_not(joints: int, whole: bool) -> None:
    words = "under the bridge the water had risen again in the night and " * 4
    lines = textwrap.wrap(words.strip(), 72)[: joints + 1]

    assert (len(joined(lines)) == 1) is whole


@pytest.mark.parametrize(("width", "whole"), [(131, True), (132, True), (140, False)])
def test_beyond_the_widest_margin_nothing_is_wrapped(width: int, whole: bool) -> None:
    filler = "aa bb " * 200
    lines = [line.ljust(width, "c") for line in textwrap.wrap(filler, width)[:6]]

    assert (len(joined(lines)) == 1) is whole


def _as_pasted() -> list[str]:
    texts = []
    for path in sorted(CASES.glob("*/input.txt")):
        try:
            texts.append("\n\n".join(" ".join(line.split()) for line in path.read_text().splitlines() if line.strip()))
        except UnicodeDecodeError:
            continue
    return texts


def test_pages_of_all_kinds_are_read_as_they_are_before_they_are_wrapped() -> None:
    """All but a few: a page with hardly a paragraph of several lines shows too little to go by."""
    same = []
    for text in _as_pasted():
        cut = "\n".join("\n".join(wrapped(line, 72)) for line in text.split("\n"))
        whole, again = (read(Source(name="a", data=page.encode())).articles[0] for page in (text, cut))
        same.append(whole == again)

    assert sum(same) >= 0.9 * len(same)


@given(st.lists(st.text(alphabet="ab .,*-#\u00e0", max_size=90), max_size=12))
def test_each_line_has_one_owner_at_or_above_it(texts: list[str]) -> None:
    owners = owners_of_lines(texts)

    assert all(owner <= index and owners[owner] == owner for index, owner in enumerate(owners))


def test_each_line_of_a_wrapped_page_has_its_role() -> None:
    text = "\n".join(
        ["Ferry stops as the river rises", "", *wrapped(PARAGRAPHS[0], 72), "", *wrapped(PARAGRAPHS[1], 72)]
    )

    trace = read(Source(name="mail.txt", data=text.encode())).trace

    assert [line.text for line in trace] == text.split("\n")
    assert [line.role for line in trace] == ["headline", "blank", *["paragraph"] * 3, "blank", *["paragraph"] * 3]

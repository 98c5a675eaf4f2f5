"""Kickers that run into the headline."""

import pytest

from publisher.reading.text.kickers import without_kicker
from publisher.reading.vocabulary import vocabulary
from publisher.reading.vocabulary.page import lay_out

PAGE = ["Die Wärme vor Ort kommt aus dem Klärwerk, sagen die Stadtwerke.", "YouTube zeigt den Film."]


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("Teurer Plan!Wie die Wohnungen warm werden sollen", ("Teurer Plan!", "Wie die Wohnungen warm werden sollen")),
        ("Wärme vor OrtStadtwerke heizen ohne Gas", ("Wärme vor Ort", "Stadtwerke heizen ohne Gas")),
        ("Ein Film auf YouTube macht die Stadtwerke berühmt", None),
        ("Wärme vor DachStadtwerke heizen ohne Gas", None),
        ("Die Stadtwerke heizen bald ohne jedes Gas vor Ort", None),
        ("Wie die Wohnungen bald warm werden sollen, ohne dass es teuer wird!Ein Plan für alle", None),
    ],
    ids=["a sign", "two words of the page", "a name", "a word of no page", "nothing glued", "too long"],
)
def test_a_kicker_is_taken_off_where_it_runs_into_the_headline(line: str, parts: tuple[str, str] | None) -> None:
    page = lay_out([line, *PAGE], vocabulary())

    assert without_kicker(line, page) == (parts or (None, line))

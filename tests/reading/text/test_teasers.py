"""What stands in a teaser's line besides its headline."""

import pytest

from publisher.reading.text.teaser import headline_of
from publisher.reading.vocabulary import vocabulary
from publisher.reading.vocabulary.page import lay_out


@pytest.mark.parametrize(
    ("lines", "headline"),
    [
        (["1El puerto cierra", "2La lonja abre mañana", "3Nieva en la costa"], "La lonja abre mañana"),
        (["El puerto cierra", "2La lonja abre mañana", "Nieva en la costa"], "2La lonja abre mañana"),
        (["1港が閉まる", "2市場が明日開く", "3海岸に雪"], "市場が明日開く"),
        (["El puerto cierra", "La lonja abre mañana (23/11)", "Nieva"], "La lonja abre mañana"),
        (["El puerto cierra", "La lonja abre mañana (2-1)", "Nieva"], "La lonja abre mañana"),
        (["El puerto cierra", "La lonja abre mañana (vídeo)", "Nieva"], "La lonja abre mañana (vídeo)"),
        (["El puerto cierraHace 2 horas", "La lonja abre mañanaHace 3 horas", "Nieva"], "La lonja abre mañana"),
        (["El puerto cierra", "El alcalde dimitió hace 3 días", "Nieva"], "El alcalde dimitió hace 3 días"),
    ],
    ids=["ranks", "no rank", "ranks before signs", "a day", "a day with a hyphen", "no day", "an age", "no age"],
)
def test_ranks_and_days_are_no_part_of_a_headline(lines: list[str], headline: str) -> None:
    known = vocabulary()
    near = lay_out(lines, known).lines

    assert headline_of(near[1], near, known) == headline

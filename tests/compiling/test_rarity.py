"""How much a trait tells, by how many have it and by what it looks like."""

import itertools

import pytest

from publisher.compiling.rarity import Rarity
from publisher.compiling.traits import traits_of
from tests.compiling.labelled import report


def rarity(*texts):
    return Rarity(traits_of(report("tin", text)) for text in texts)


def test_what_more_articles_have_tells_less():
    counted = rarity(*["Cồn Sậy"] * 50, *["Vàm Trúc"] * 5, "Nà Hin", *["khác"] * 44)

    names = [counted.of("vi", "names")[name] for name in ("cồn sậy", "vàm trúc", "nà hin", "pá khôm")]

    assert names == sorted(names)
    assert len(set(names)) == 4
    assert all(0 <= each <= 1 for each in names)


@pytest.mark.parametrize(
    ("kind", "rising"),
    [
        ("names", ["lan", "nà hin", "lò văn púng"]),
        ("figures", ["7", "12", "400", "1.217"]),
        ("figures", ["12", "5.000", "5.214"]),
    ],
)
def test_before_any_is_seen_longer_names_and_figures_tell_more_and_round_ones_less(kind, rising):
    before = rarity().of("vi", kind)

    assert all(before[less] < before[more] for less, more in itertools.pairwise(rising))


def test_languages_are_counted_apart():
    counted = Rarity([traits_of(report("x", "Hexley", language=language)) for language in ("en", "en", "de")])

    assert counted.holders("en", "words")["hexley"] == 2
    assert counted.holders("vi", "words")["hexley"] == 0
    assert counted.of("vi", "words")["hexley"] > counted.of("en", "words")["hexley"]


def test_what_every_article_of_a_great_many_has_tells_nothing():
    assert rarity(*["Vàm Trúc"] * 5000).of("vi", "names")["vàm trúc"] < 0.01

"""How much a trait tells, by how many have it and by what it looks like."""

import itertools
import math

import pytest

from publisher.compiling.rarity import Rarity
from publisher.compiling.traits import traits_of
from tests.compiling.labelled import report


def rarity(*texts):
    return Rarity(traits_of(report("tin", text)) for text in texts)


def test_what_more_articles_have_tells_less():
    counted = rarity(*["Cồn Sậy"] * 50, *["Vàm Trúc"] * 5, "Nà Hin", *["khác"] * 44)

    names = [counted.of("vi")["names"][name] for name in ("cồn sậy", "vàm trúc", "nà hin", "pá khôm")]

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
    before = rarity().of("vi")[kind]

    assert all(before[less] < before[more] for less, more in itertools.pairwise(rising))


@pytest.mark.parametrize(
    ("kind", "trait", "share"),
    [
        ("names", "lan", 0.03),
        ("names", "nà hin", 0.01),
        ("names", "lò văn púng", 0.004),
        ("names", "bà lò văn púng", 0.004),
        ("figures", "7", 0.3),
        ("figures", "10", 0.1),
        ("figures", "99", 0.1),
        ("figures", "100", 0.04),
        ("figures", "5.000", 0.04),
        ("figures", "1.217", 0.008),
        ("figures", "101", 0.008),
        ("figures", "110", 0.008),
        ("amounts", "250 giường", 0.005),
        ("words", "cầu", 0.02),
    ],
)
def test_before_any_is_seen_a_trait_is_as_rare_as_its_kind_and_length_make_it(kind, trait, share):
    assert rarity().of("vi")[kind][trait] == pytest.approx(math.log(1 / share) / math.log(100))


@pytest.mark.parametrize(("articles", "rarity_of_it"), [(0, 0.84949), (99, 0.12812), (100, 0.12709), (101, 0.12607)])
def test_a_hundred_articles_weigh_as_much_as_the_guess(articles, rarity_of_it):
    """All of them have a word that two in a hundred are guessed to have: of 200, 102."""
    assert rarity(*["cầu"] * articles).of("vi")["words"]["cầu"] == pytest.approx(rarity_of_it, abs=1e-5)


def test_languages_are_counted_apart():
    counted = Rarity([traits_of(report("x", "Hexley", language=language)) for language in ("en", "en", "de")])

    assert counted.holders("en")["words"]["hexley"] == 2
    assert counted.holders("vi")["words"]["hexley"] == 0
    assert counted.of("vi")["words"]["hexley"] > counted.of("en")["words"]["hexley"]


def test_what_every_article_of_a_great_many_has_tells_nothing():
    assert rarity(*["Vàm Trúc"] * 5000).of("vi")["names"]["vàm trúc"] < 0.01

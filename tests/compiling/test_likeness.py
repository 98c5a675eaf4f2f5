"""What two reports share, kind by kind, and when it is enough."""

import pytest
from msgspec.structs import replace

from publisher.compiling.likeness import Likeness, Weighed
from publisher.compiling.rarity import Rarity
from publisher.compiling.sameness import WEIGHTS
from publisher.compiling.traits import traits_of
from tests.compiling.labelled import report

NOTHING = Likeness(names=0, figures=0, amounts=0, opening=0, headline=0, later=0, other_dates=False)
A_BIT = 0.001


def shared(one, other):
    traits = [traits_of(one), traits_of(other)]
    first, second = (Weighed(each, Rarity(traits)) for each in traits)
    return first.shared(second)


def test_of_nothing_nothing_is_shared():
    assert shared(report("", ""), report("", "")) == NOTHING


def test_of_the_same_text_everything_is():
    text = "Cầu Vàm Trúc dài 486 m, vốn 643 tỷ đồng, nối Tân Phú với Cù Lao Trên."

    both = shared(report("Thông xe cầu Vàm Trúc", text), report("Thông xe cầu Vàm Trúc", text))

    assert (both.names, both.opening, both.headline, both.later, both.other_dates) == (1, 1, 1, 0, False)
    assert both.figures > 0.7
    assert both.amounts > 0.7


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        pytest.param("dài 486 m, 643 tỷ", "mất 486 giờ, 643 người", "figures", id="figures"),
        pytest.param("ông Lò Văn Púng ở Nà Hin", "nghe Lò Văn Púng kể ở Nà Hin", "names", id="names"),
        pytest.param("nước dâng cuốn trôi nhà bản", "nhà bản trôi theo nước dâng", "opening", id="words"),
    ],
)
def test_each_kind_is_shared_by_itself(one, other, kind):
    both = shared(report("x", one), report("y", other))

    assert getattr(both, kind) > 0.3
    assert both.headline == 0
    assert both.amounts == 0


def test_of_names_a_rare_one_counts_more_than_its_part():
    """The rarities are squared: one rare name that both tell of outweighs the towns and offices that only one has."""
    one, other = report("x", "ông Lò Văn Púng ở Nà Hin"), report("y", "nghe Lò Văn Púng kể")
    rarity = Rarity([traits_of(one), traits_of(other)]).of("vi")["names"]
    person, town = rarity["lò văn púng"], rarity["nà hin"]

    assert shared(one, other).names == pytest.approx((person / (person**2 + town**2) ** 0.5) ** 0.5)


def test_amounts_are_figures_with_what_they_count():
    beds, price = report("x", "khoa có 250 giường"), report("y", "giá từ 250 lên 400")

    assert shared(beds, replace(beds, headline="z")).amounts > 0.3
    assert shared(beds, price).amounts == 0


def test_two_rare_figures_are_all_that_counts():
    """A table has more of them, and is no better evidence."""
    table = "250 giường, 643 bác sĩ, 1.217 y tá, 486 ca"

    both = shared(report("x", table), report("y", table))

    assert (both.figures, both.amounts) == (1, 1)


@pytest.mark.parametrize(
    ("texts", "expected"), [(("3/4", "3/4 và 5/4"), False), (("3/4", "5/4"), True), (("3/4", ""), False)]
)
def test_other_dates_speak_against_it_when_both_give_some(texts, expected):
    one, other = (report("x", text) for text in texts)

    assert shared(one, other).other_dates == expected


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        pytest.param({"names": 0.3, "opening": 0.13}, True, id="names and the text"),
        pytest.param({"names": 0.3, "figures": 0.4}, True, id="names and figures"),
        pytest.param({"names": 0.3, "figures": 0.2, "amounts": 0.2}, True, id="amounts too"),
        pytest.param({"headline": 0.25, "opening": 0.13}, True, id="headline and text"),
        pytest.param({"names": 0.3 - A_BIT, "opening": 1}, False, id="too few names"),
        pytest.param({"headline": 0.25 - A_BIT, "opening": 1}, False, id="too little of the headline"),
        pytest.param({"names": 1, "headline": 1, "opening": 0.13 - A_BIT}, False, id="too little of the text"),
        pytest.param({"names": 1, "headline": 1, "figures": 0.4 - A_BIT}, False, id="too few figures"),
        pytest.param({"figures": 1, "amounts": 1, "opening": 1}, False, id="figures and text of nobody"),
        pytest.param({}, False, id="nothing"),
    ],
)
def test_two_sides_are_asked_for_whom_it_is_of_and_what_is_told(fields, expected):
    assert replace(NOTHING, **fields).is_of_two_sides == expected


@pytest.mark.parametrize(
    ("fields", "beyond"),
    [
        pytest.param({"names": 1, "opening": 0.85}, 0.01, id="names and text, just"),
        pytest.param({"names": 1, "opening": 0.84}, -0.036, id="names and text, just not"),
        pytest.param({"names": 1, "headline": 0.53}, 0.075, id="names and headline, just"),
        pytest.param({"names": 1, "headline": 0.52}, 0.0, id="names and headline, and no more than enough"),
        pytest.param({"names": 0.5, "figures": 0.97}, 0.014, id="names and figures, just"),
        pytest.param({"names": 0.5, "figures": 0.96}, -0.048, id="names and figures, just not"),
        pytest.param({"names": 0.5, "amounts": 0.84}, 0.048, id="names and amounts, just"),
        pytest.param({"names": 0.5, "amounts": 0.83}, -0.024, id="names and amounts, just not"),
        pytest.param({"names": 1, "opening": 1, "headline": 1, "later": 1}, 0.7, id="all alike, two days later"),
        pytest.param({"names": 1, "opening": 1, "headline": 1, "later": 2}, -6.8, id="all alike, three days later"),
        pytest.param(
            {"names": 1, "opening": 1, "headline": 0.41, "other_dates": True}, 0.075, id="of other dates, just"
        ),
        pytest.param(
            {"names": 1, "opening": 1, "headline": 0.39, "other_dates": True}, -0.075, id="of other dates, just not"
        ),
    ],
)
def test_what_is_shared_is_enough_from_here_on(fields, beyond):
    """The weights are of the labelled reports (``sameness.WEIGHTS``): who fits them again renews this table."""
    assert WEIGHTS.over(replace(NOTHING, **fields)) == pytest.approx(beyond, abs=1e-9)


@pytest.mark.parametrize("kind", ["names", "figures", "amounts", "opening", "headline"])
def test_no_kind_is_enough_by_itself(kind):
    assert WEIGHTS.over(replace(NOTHING, **{kind: 1})) < 0


def test_days_and_other_dates_speak_against_it():
    alike = replace(NOTHING, names=1, opening=1, headline=0.3)

    assert WEIGHTS.over(alike) > 0
    assert WEIGHTS.over(replace(alike, later=1)) < 0
    assert WEIGHTS.over(replace(alike, other_dates=True)) < 0


def test_the_rarest_traits_tell_first_and_of_equals_the_first_by_letters():
    traits = [traits_of(report("gió đảo sông bãi xã phà cầu núi", "tàu ghé Mường Lay", language="xx"))] * 2

    telling = Weighed(traits[0], Rarity(traits)).telling

    assert list(telling) == ["mường lay", "bãi", "cầu", "gió", "núi", "phà", "sông", "xã", "đảo"]
    assert list(telling.values()) == sorted(telling.values(), reverse=True)

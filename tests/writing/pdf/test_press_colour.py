"""Colours in inks: greys in black alone, the rest by the profile, and nothing that is not known passes."""

import types

import pytest

from publisher.errors import RenderingError
from publisher.writing.pdf.colour import SOLID_LEVEL, Inks, srgb_of_lab
from publisher.writing.pdf.separation import SOLID_BLACK, _Rewriting
from tests.writing.pdf.pressing import profile_data


@pytest.fixture(scope="module")
def inks():
    return Inks(profile_data())


def rewritten(inks, *items, is_mask=False):
    """The operators after the rewriting, and the graphics states that they need."""
    stream = types.SimpleNamespace(stream=list(items), _resources={"ExtGState": {}})
    operators = list(_Rewriting(stream, inks, is_mask=is_mask).operators())
    return operators, stream._resources["ExtGState"]


class TestGreys:
    def test_they_are_black_ink_alone_and_darker_ones_take_more(self, inks):
        amounts = [inks.ink_for(level / 255, level / 255, level / 255) for level in range(256)]

        assert all(ink[:3] == (0, 0, 0) for ink in amounts)
        assert [ink[3] for ink in amounts] == sorted((ink[3] for ink in amounts), reverse=True)
        assert amounts[255] == (0, 0, 0, 0)

    def test_those_that_text_is_set_in_are_solid(self, inks):
        level = SOLID_LEVEL / 255

        assert inks.ink_for(level, level, level) == SOLID_BLACK
        assert inks.ink_for(level + 2 / 255, level + 2 / 255, level + 2 / 255)[3] < 1

    def test_a_middle_grey_is_as_light_as_its_black(self, inks):
        """The light that the amount of black lets through, by the inks of the profile, is that of the grey."""
        black = inks.ink_for(0.5, 0.5, 0.5)[3]

        light = (1 - black * 0.98 - 0.02) / 0.98
        assert light == pytest.approx(0.2140, abs=0.02)  # The light of sRGB 0.5.

    def test_one_that_is_grey_but_for_rounding_is_grey(self, inks):
        assert inks.ink_for(0x66 / 255, 0x67 / 255, 0x68 / 255)[:3] == (0, 0, 0)
        assert inks.ink_for(0x66 / 255, 0x66 / 255, 0x69 / 255)[:3] != (0, 0, 0)


@pytest.mark.parametrize(
    ("lab", "srgb"),
    [
        ((100, 0, 0), (255, 255, 255)),
        ((0, 0, 0), (0, 0, 0)),
        ((53.585, 0, 0), (128, 128, 128)),
        ((54.29, 80.81, 69.89), (255, 0, 0)),
        ((29.57, 68.30, -112.03), (0, 0, 255)),
    ],
)
def test_lab_is_brought_to_srgb(lab, srgb):
    assert [round(channel * 255) for channel in srgb_of_lab(*lab)] == pytest.approx(srgb, abs=1)


def test_a_colour_that_srgb_has_not_is_brought_to_its_edge():
    _, green, blue = srgb_of_lab(60, 120, -120)

    assert (green, blue) == pytest.approx((0, 1))


class TestOperators:
    def test_solid_black_text_prints_over_and_all_else_knocks_out(self, inks):
        operators, states = rewritten(inks, b"0.1 0.1 0.1 rg", b"BT", b"[<0001>] TJ", b"ET", b"1 1 1 rg", b"BT", b"ET")

        assert operators == [
            b"0 0 0 1 k",
            b"BT",
            b"/overprint gs",
            b"[<0001>] TJ",
            b"ET",
            b"/knockout gs",
            b"0 0 0 0 k",
            b"BT",
            b"ET",
        ]
        assert states == {
            "overprint": {"OP": "false", "op": "true", "OPM": 1},
            "knockout": {"OP": "false", "op": "false"},
        }

    def test_what_black_is_ends_with_its_graphics_state(self, inks):
        operators, _ = rewritten(inks, b"q", b"0 0 0 rg", b"Q", b"BT", b"ET")

        assert operators == [b"q", b"0 0 0 1 k", b"Q", b"BT", b"ET"]

    def test_a_pattern_is_not_black(self, inks):
        items = (b"0 0 0 rg", b"/Pattern cs", b"/p0 scn", b"BT", b"ET")

        assert rewritten(inks, *items)[0] == [b"0 0 0 1 k", *items[1:]]

    def test_inks_of_the_theme_stay(self, inks):
        items = (b"/DeviceCMYK cs", b"0.1 0.2 0.3 0.4 scn", b"/DeviceCMYK CS", b"0 1 0 0 SCN")

        assert rewritten(inks, *items)[0] == [b"0.1 0.2 0.3 0.4 k", b"0 1 0 0 K"]

    def test_a_mask_is_in_light(self, inks):
        operators, states = rewritten(inks, b"0.5 0.5 0.5 rg", b"1 0 0 RG", b"0 0 0 rg", b"BT", b"ET", is_mask=True)

        assert operators == [b"0.5 g", b"0.3 G", b"0 g", b"BT", b"ET"]
        assert states == {}

    def test_lines_of_text_are_left_as_they_are_however_long(self, inks):
        line = b"[<" + b"00ff" * 500 + b">] TJ"

        assert rewritten(inks, line, "/Artifact", b"BMC", b"EMC")[0] == [line, b"/Artifact", b"BMC", b"EMC"]

    @pytest.mark.parametrize(
        ("items", "what"),
        [
            ([b"/srgb cs", b"1 0 0 scn"], "/srgb"),
            ([b"1 0 0 scn"], "scn"),
            ([b"0 g"], "g"),
            ([b"1 0 0 sc"], "sc"),
            ([b"BI /W 1 /H 1 /CS /DeviceRGB ID " + b"x" * 200 + b" EI"], "EI"),
        ],
    )
    def test_what_is_not_known_is_refused(self, items, what, inks):
        with pytest.raises(RenderingError) as refused:
            rewritten(inks, *items)

        assert str(refused.value) == (
            f"the PDF could not be made: a page holds a colour by {what!r}, which cannot be turned into inks."
            " Use plain CSS colours in the theme"
        )

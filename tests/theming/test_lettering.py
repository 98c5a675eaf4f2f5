"""Words in a box: the size, the lines, and what is done with what does not fit or cannot be set."""

import re

import pytest
from msgspec.structs import replace

from publisher.theming import load_theme
from publisher.theming.lettering import Lettering, ink

BOX = {"width": 1200, "height": 600, "largest": 200, "smallest": 40}
REPORT = "Tổng hợp thông tin báo chí về công tác phòng chống thiên tai và tìm kiếm cứu nạn"


@pytest.fixture(scope="module")
def theme():
    return load_theme("base")


@pytest.fixture
def lettering(theme):
    return Lettering(theme)


def test_short_words_take_the_largest_size_in_one_line(lettering):
    setting = lettering.fit("Tuần tin", **BOX)

    assert (setting.lines, setting.size, setting.height) == (("Tuần tin",), 200, 260)


@pytest.mark.parametrize("text", ["Tuần tin", REPORT, REPORT * 5, "x" * 400, "TUYỂN TẬP Ễ Ẳ Ộ " * 9])
@pytest.mark.parametrize("weight", [400, 700])
def test_no_line_is_wider_and_the_lines_are_no_higher_than_the_box(lettering, text, weight):
    setting = lettering.fit(text, 0, weight, **BOX)

    assert all(setting.face.width(line) * setting.size <= BOX["width"] for line in setting.lines)
    assert setting.height <= BOX["height"]
    assert BOX["smallest"] <= setting.size <= BOX["largest"]


def test_every_word_is_set_in_its_order_where_the_box_holds_them(lettering):
    assert " ".join(lettering.fit(f"  {REPORT}\n", **BOX).lines) == REPORT


def test_lines_are_of_like_length(lettering):
    setting = lettering.fit(REPORT, width=1200, height=130, largest=50, smallest=50)

    widths = [setting.face.width(line) for line in setting.lines]
    assert len(widths) == 2
    assert min(widths) > 0.8 * max(widths)


def test_what_the_box_does_not_hold_is_cut_at_a_word_with_an_ellipsis(lettering):
    setting = lettering.fit(REPORT * 9, width=600, height=104, largest=40, smallest=40)

    assert len(setting.lines) == 2
    assert setting.lines[-1].endswith("…")
    assert " ".join(setting.lines)[:-1] in REPORT * 9


def test_a_word_wider_than_the_box_is_broken_and_loses_no_letter(lettering):
    word = "https://example.org/" + "abc" * 30

    setting = lettering.fit(word, **BOX)

    assert len(setting.lines) > 1
    assert "".join(setting.lines) == word


def test_words_with_a_letter_that_the_fonts_lack_are_left_out_and_noted_once(lettering):
    for _ in range(2):
        setting = lettering.fit("Tin 中国", **BOX)

        assert (setting.lines, setting.height) == ((), 0)
        assert lettering.letters(
            setting, 0, 0, "#000000"
        ) == '<text font-family="Source Serif Pro" font-weight="400" ' + (
            'font-size="40.0" fill="#000000" text-anchor="start" letter-spacing="0.00"></text>'
        )
    assert lettering.left_out == ["Tin 中国"]


def test_a_symbol_that_the_fonts_lack_is_dropped(lettering):
    assert lettering.fit("Tin 😀 vui\u200b", **BOX).lines == ("Tin vui",)
    assert lettering.left_out == []


def test_of_several_texts_the_first_that_can_be_set_is(lettering):
    assert lettering.fit(["中国", "Tuyển tập tin", "Tin"], **BOX).lines == ("Tuyển tập tin",)


@pytest.mark.parametrize("text", ["", " \n ", "😀"])
def test_no_words_are_no_lines(lettering, text):
    assert lettering.fit(text, **BOX).lines == ()
    assert lettering.left_out == []


def test_a_theme_without_fonts_sets_nothing_and_says_so(theme):
    lettering = Lettering(replace(theme, fonts=()))

    setting = lettering.fit("Tin", **BOX)

    assert setting.lines == ()
    assert lettering.letters(setting, 0, 0, "#000000") == ""
    assert lettering.left_out == ["Tin"]


def test_letters_stand_line_under_line_escaped_and_bring_their_font(lettering):
    setting = lettering.fit("<Tin> & bài", 1, 600, width=400, height=600, largest=100, smallest=100)

    markup = lettering.letters(setting, 140, 300, "#14415f", "middle")

    assert re.findall(r'<tspan x="140" y="[\d.]+">([^<]*)</tspan>', markup) == ["&lt;Tin&gt;", "&amp; bài"]
    first, second = (float(y) for y in re.findall(r' y="([\d.]+)"', markup))
    assert 300 < first < 300 + setting.leading
    assert second - first == pytest.approx(130)
    assert 'font-family="Source Sans Pro" font-weight="600"' in markup
    assert list(lettering.used) == ["fonts/SourceSansPro-Semibold.ttf"]


@pytest.mark.parametrize(
    ("ground", "best"), [("#14415f", "#ffffff"), ("#000000", "#ffffff"), ("#ffffff", "#000000"), ("#ffd54f", "#000000")]
)
def test_ink_is_what_is_read_better_on_the_colour(ground, best):
    assert ink(ground) == best

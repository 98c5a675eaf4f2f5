"""Fonts: every Vietnamese letter is there in every face that sets it; what is not there is said."""

import unicodedata

import pytest

from publisher.model import Problem
from publisher.theming import load_theme
from publisher.theming.fonts import Fonts
from tests.theming.issues import bare, issue, paragraph, rendered

VIETNAMESE = sorted(
    {
        unicodedata.normalize("NFC", letter + shape + tone)
        for letters, shape in (("aăâeêioôơuưyAĂÂEÊIOÔƠUƯY", ""), ("đĐ", ""))
        for letter in letters
        for tone in ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
        if letter not in "đĐ" or not tone
    }
)


@pytest.fixture(scope="module")
def fonts():
    return Fonts(load_theme("brief"))


def test_all_vietnamese_letters_are_covered(fonts):
    assert len(VIETNAMESE) == 146
    assert fonts.replace_missing("".join(VIETNAMESE)) == ("".join(VIETNAMESE), set())


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Сегодня утром открыли мост; Ёлка, №5", id="Russian"),
        pytest.param("Η νέα γέφυρα άνοιξε σήμερα το πρωί", id="Greek"),
        pytest.param("Ễ Ẳ Ộ ằ – — “ ” ‘ ’ … • ₫ € £ ° ² ½ × ≈", id="marks and signs"),
        pytest.param("Łódź, Çeşme, Þór, Đà Nẵng, Žižkov", id="Latin of others"),
    ],
)
def test_scripts_that_the_fonts_have_pass_unchanged(fonts, text):
    assert fonts.replace_missing(text) == (text, set())


@pytest.mark.parametrize(
    ("text", "covered", "lacking"),
    [
        pytest.param("Tin 中国 mới", "Tin \ufffd\ufffd mới", {"中", "国"}, id="Chinese"),
        pytest.param("Vui 😀", "Vui \ufffd", {"😀"}, id="emoji"),
        pytest.param("a\u2009b", "a b", set(), id="a space of another width is a space"),
        pytest.param("a\ufe0fb\u200dc", "abc", set(), id="what is never drawn is dropped"),
    ],
)
def test_what_is_missing_is_marked_and_named(fonts, text, covered, lacking):
    mark = fonts.replace_missing("中")[0]

    assert fonts.replace_missing(text) == (covered.replace("\ufffd", mark), lacking)


def test_the_mark_itself_can_be_set(fonts):
    mark, _ = fonts.replace_missing("中")

    assert mark
    assert fonts.replace_missing(mark) == (mark, set())


def test_a_theme_without_fonts_of_its_own_replaces_nothing(tmp_path):
    from tests.theming.issues import make_theme

    make_theme(tmp_path, **{"theme.toml": 'summary = "S."\nfonts = []\n'})

    fonts = Fonts(load_theme("own", [tmp_path]))

    assert (fonts.assets, fonts.rules) == ((), "")
    assert fonts.replace_missing("中") == ("中", set())


def test_a_missing_glyph_is_a_problem_where_it_stands():
    article = bare("Tin ᚠᚢ", body=(paragraph("Vui 😀 quá, ᚠ!"),))

    problems = rendered(issue(article, title="Số ᚠ")).problems

    assert problems == (
        Problem(
            code="missing-glyph",
            message="the theme's fonts lack ᚠ (U+16A0), ᚢ (U+16A2), 😀 (U+1F600); a mark stands in its place",
            where="Tin ᚠᚢ",
        ),
        Problem(code="missing-glyph", message="the theme's fonts lack ᚠ (U+16A0); a mark stands in its place"),
    )


def test_an_e_book_keeps_every_character_since_the_reader_has_its_own_fonts():
    article = bare("Tin 中国 😀")

    rendition = rendered(article, target="ebook")

    assert [problem.message for problem in rendition.problems] == [
        "the theme's fonts lack letters of 'Tin 中国 😀': the picture on the cover is without these words"
    ]
    assert any("Tin 中国 😀" in document.markup for document in rendition.documents)
    assert not any(asset.name.startswith("fonts/") for asset in rendition.assets)

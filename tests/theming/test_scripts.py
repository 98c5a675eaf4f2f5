"""Other scripts than the theme's fonts have: their fonts, only when a text needs them, and the way they are written."""

import datetime as dt
import importlib.metadata
import io
import re
import unicodedata
import xml.etree.ElementTree as ET

import pytest
from fontTools.ttLib import TTFont
from markupsafe import escape

from publisher.model import Teaser
from publisher.packages import SCRIPT_PACKAGES, THEMING_PACKAGES
from publisher.theming.functions import turned
from publisher.theming.scripts import CHINESE, JAPANESE, KOREAN, SCRIPT_FONTS, TAIWANESE, Borrowed, is_right_to_left
from tests.theming.issues import bare, issue, paragraph, rendered
from tests.validators import verapdf_all
from tests.writing.pdf.making import written
from tests.writing.pdf.pages import pages

CAPITALS = {
    "Hebrew": "ירושלים",
    "Arabic": "القاهرة",
    "Devanagari": "दिल्ली",
    "Bengali": "ঢাকা",
    "Tamil": "சென்னை",
    "Telugu": "అమరావతి",
    "Thai": "กรุงเทพ",
    "Lao": "ວຽງຈັນ",
    "Myanmar": "နေပြည်တော်",
    "Khmer": "ភ្នំពេញ",
    "SC": "北京",
    "JP": "とうきょう",
    "KR": "서울",
    "TC": "ㄊㄞ",
}


def installed(font):
    try:
        return any(file.as_posix() == font.file for file in importlib.metadata.files(font.package) or [])
    except importlib.metadata.PackageNotFoundError:
        return False


needs_fonts = pytest.mark.skipif(
    not all(map(installed, SCRIPT_FONTS)),
    reason="the fonts of other scripts are not installed: publisher-toolkit[scripts]",
)


@pytest.mark.sample(4)
@needs_fonts
@pytest.mark.parametrize(
    "font",
    [
        pytest.param(font, id=font.family, marks=() if number % 4 == 0 else pytest.mark.campaign)
        for number, font in enumerate(SCRIPT_FONTS)
    ],
)
def test_each_font_has_the_name_of_a_capital_and_is_cut_down_to_it(font):
    borrowed = Borrowed()
    name = CAPITALS[font.family.rpartition(" ")[2]]

    assert borrowed.take(set(name), "vi") == set(name)
    ((rule, asset),) = borrowed.faces()
    assert rule.startswith(f'@font-face {{ font-family: "{font.family}"; src: url({asset.name})')
    with TTFont(io.BytesIO(asset.data)) as made:
        assert set(map(ord, name)) <= set(made.getBestCmap())
        assert "fvar" not in made
        assert len(asset.data) < 80_000


@needs_fonts
@pytest.mark.parametrize(
    ("language", "font"),
    [
        ("vi", CHINESE),
        *(
            pytest.param(*each, marks=pytest.mark.campaign)
            for each in (("ja", JAPANESE), ("zh", CHINESE), ("zh-Hant-TW", TAIWANESE), ("ko", KOREAN))
        ),
    ],
)
def test_han_characters_have_the_forms_of_the_texts_language(language, font):
    borrowed = Borrowed()
    borrowed.take({"京"}, language)

    assert [rule.split('"')[1] for rule, _ in borrowed.faces()] == [font.family]


@needs_fonts
def test_they_come_along_only_when_a_text_needs_them():
    vietnamese, thai = (rendered(bare(body=(paragraph(text),))) for text in ("Cầu Москва Αθήνα", "Cầu กรุงเทพ"))

    assert [asset.name for asset in vietnamese.assets if "script-" in asset.name] == []
    assert [asset.name for asset in thai.assets if "script-" in asset.name] == ["fonts/script-6.ttf"]
    assert thai.problems == ()


@needs_fonts
def test_the_engine_sets_them_without_a_word_and_they_can_be_searched(tmp_path):
    made = written(rendered(bare("Cầu กรุงเทพ", body=(paragraph("Ba thành phố là ירושלים, القاهرة và กรุงเทพ."),))))
    path = tmp_path / "made.pdf"
    path.write_bytes(made.data)

    assert made.problems == ()
    words = {word.text for page in pages(path) for word in page.words}
    assert {"กรุงเทพ", "กรุงเทพ."} <= words


@needs_fonts
@pytest.mark.parametrize("word", ["ทำงาน", pytest.param("ຂໍ້ຄຳ", marks=pytest.mark.campaign)])
def test_a_sign_that_shaping_takes_apart_has_the_glyphs_of_its_parts(word):
    assert written(rendered(bare("Cầu", body=(paragraph(f"Từ này là {word}."),)))).problems == ()


@pytest.mark.campaign
@needs_fonts
@pytest.mark.conformance
def test_they_are_archival_and_accessible(tmp_path):
    names = ", ".join(name for family, name in CAPITALS.items() if family != "Myanmar")
    made = written(rendered(issue(bare("Cầu", body=(paragraph(names),)), bare("افتتاح الجسر", language="ar"))))
    path = tmp_path / "made.pdf"
    path.write_bytes(made.data)

    assert verapdf_all([path], "ua1", "3a") == [[]]


def test_what_no_font_has_is_marked_and_told():
    (problem,) = rendered(bare(body=(paragraph("Cầu 𓀀"),))).problems

    assert problem.code == "missing-glyph"
    assert problem.message == "the theme's fonts lack 𓀀 (U+13000); a mark stands in its place"


def test_what_runs_from_left_to_right_in_an_e_book_that_does_not_says_so():
    mixed = issue(bare("افتتاح الجسر", "ar"), bare("Cầu mới", "vi"), language="ar")

    ways = {
        document.language: re.search(r"<html[^>]*?( dir=[^>]*)?>", document.markup)[1]
        for document in rendered(mixed, "base", "ebook").documents
    }

    assert ways == {"ar": ' dir="rtl"', "vi": ' dir="ltr"'}


@pytest.mark.parametrize(
    ("language", "expected"), [("ar", True), ("fa-IR", True), ("HE", True), ("vi", False), ("arn", False)]
)
def test_languages_that_are_written_from_right_to_left(language, expected):
    assert is_right_to_left(language) == expected


def test_every_letter_that_is_written_so_is_one():
    leftwards = [chr(code) for code in range(0x110000) if unicodedata.bidirectional(chr(code)) in ("R", "AL")]

    assert [letter for letter in leftwards if turned(escape(letter), "vi") != ' dir="rtl"'] == []


@pytest.mark.parametrize("target", ["print", "ebook"])
def test_an_article_that_is_written_so_says_it_and_no_other_does(target):
    articles = issue(bare("Cầu"), bare("Phà", language="ar"), bare("Chợ"))
    made = [each.markup for each in rendered(articles, "base", target).documents if each.role == "article"]

    assert ['dir="rtl"' in markup for markup in made] == [False, True, False]


def test_each_package_of_theirs_decides_what_a_file_is_that_is_kept():
    """A font that is installed, or another version of it, sets a text otherwise: the file of before is not its."""
    assert {font.package.replace("_", "-") for font in SCRIPT_FONTS} == set(SCRIPT_PACKAGES)
    assert set(SCRIPT_PACKAGES) <= set(THEMING_PACKAGES)


def spoken(element, around):
    """The texts in an element, each with the language that it is said to be in."""
    language = element.get("lang", around)
    yield element.text or "", language
    for child in element:
        yield from spoken(child, language)
        yield child.tail or "", language


def test_our_own_words_in_an_issue_of_a_language_that_we_lack_say_theirs():
    """Read aloud by rules of another they cannot be understood, and from the right their full stops go astray."""
    teasers = (Teaser(headline="فتح", sponsored=True), Teaser(headline="سوق"), Teaser(headline="قارب"))
    articles = (bare(name, language="ar", published=dt.date(2026, 3, 19), related=teasers) for name in ("جسر", "سوق"))
    made = rendered(issue(*articles, title="أخبار", number="12", language="ar"), "base", "ebook")

    said = {
        document.role: {
            language
            for text, language in spoken(ET.fromstring(document.markup)[1], "ar")  # noqa: S314
            if re.search("[a-z]{2}", text) and not text.startswith("urn:")
        }
        for document in made.documents
        if document.role not in ("cover", "article")
    }

    assert said == {role: {"en"} for role in ("title-page", "contents", "appendix", "colophon")}


@pytest.mark.sample(3)
@pytest.mark.parametrize(
    ("words", "language", "attribute"),
    [
        pytest.param("افتتاح الجسر WHO", "vi", ' dir="rtl"', id="Arabic in a Vietnamese article"),
        pytest.param("Cầu القاهرة mở cửa", "vi", "", id="a name in Arabic"),
        pytest.param("The bridge opens", "ar", ' dir="ltr"', id="English in an Arabic article"),
        pytest.param("WHO افتتاح الجسر", "ar", "", id="a name in Latin letters first"),
        pytest.param("2026", "ar", "", id="no letters"),
        pytest.param("افتتاح https://example.org/bridge", "ar", "", id="an address longer than the rest"),
    ],
)
@pytest.mark.parametrize("target", ["print", "ebook"])
def test_a_paragraph_runs_the_way_of_most_of_its_letters(words, language, attribute, target):
    made = rendered(bare(language=language, body=(paragraph(words),)), target=target)
    markup = "".join(document.markup for document in made.documents if document.role == "article")

    [found] = re.findall(r"<p([^>]*)>" + words[:5], markup)
    assert re.sub(r" (?:data-place|id)=\"[^\"]*\"", "", found) == attribute

"""The fonts that an e-book carries when it is asked to."""

import functools
import io
import re

import pytest
from fontTools.ttLib import TTFont

from publisher.theming import theme_folders
from tests.theming.issues import FULL, issue, rendered, shipped

OWNERS = [name for name in sorted(theme_folders()) if "fonts.css" in shipped(name).files[name]]
"""The themes with a sheet of their own; the others have those of the themes that they extend."""


def fonts(rendition):
    """The font files by name, opened."""
    return {
        asset.name: TTFont(io.BytesIO(asset.data)) for asset in rendition.assets if asset.media_type.startswith("font/")
    }


@functools.cache
def carrying(theme, font=None):
    """An e-book with its fonts."""
    options = {"embed_fonts": "yes", **({"font": font} if font else {})}
    return rendered(issue(FULL, title="Tuần tin <Ễ Ẳ>"), theme, "ebook", options)


@pytest.fixture
def book():
    return carrying("base")


def test_an_e_book_carries_none_unless_it_is_asked_to():
    plain = rendered(issue(FULL), "base", "ebook")

    assert [sheet.name for sheet in plain.stylesheets] == ["ebook.css"]
    assert not any(asset.name.startswith("fonts/") for asset in plain.assets)
    assert not any("fonts.css" in document.markup for document in plain.documents)


def test_every_character_of_the_text_is_in_every_face_that_had_it(book):
    text = {ord(c) for document in book.documents for c in document.markup if c.isprintable()}

    assert len(text) > 80
    for name, font in fonts(book).items():
        lacking = {chr(code) for code in text - set(font.getBestCmap())}
        assert lacking == set(), name


def test_the_files_are_cut_down_and_keep_kerning_and_the_words_of_their_licence(book):
    for font in fonts(book).values():
        assert len(font.getBestCmap()) < 300
        assert "GPOS" in font
        assert (
            font["name"].getDebugName(13).startswith("This Font Software is licensed under the SIL Open Font License")
        )
    assert all(len(asset.data) < 70_000 for asset in book.assets if asset.media_type.startswith("font/"))


def test_each_face_has_its_rule_in_a_sheet_of_its_own_that_every_document_loads_last(book):
    sheet = book.stylesheets[1]
    urls = re.findall(r"@font-face \{[^}]*url\(([^)]*)\)", sheet.data.decode())

    assert sheet.name == "fonts.css"
    assert urls == list(fonts(book))
    assert b"@font-face" not in book.stylesheets[0].data
    for document in book.documents:
        assert re.findall(r'<link rel="stylesheet"[^>]*href="([^"]*)"', document.markup) == ["ebook.css", "fonts.css"]


@pytest.mark.parametrize("theme", OWNERS)
def test_the_sheet_of_each_theme_names_families_that_it_carries(theme):
    book = carrying(theme)

    rules, _, own = book.stylesheets[1].data.decode().partition("/*")
    carried = set(re.findall(r'font-family: "([^"]*)"', rules))
    named = {name.strip(' "') for value in re.findall(r"\{ font-family: ([^}]*?) \}", own) for name in value.split(",")}
    assert named and named <= carried | {"serif", "sans-serif"}


def test_the_licence_of_each_family_comes_with_it(book):
    licences = {asset.name: asset.data for asset in book.assets if asset.media_type == "text/plain"}

    assert set(licences) == {"fonts/SourceSerif-LICENSE.txt", "fonts/SourceSans-LICENSE.txt"}
    assert all(b"SIL OPEN FONT LICENSE" in data for data in licences.values())


@pytest.mark.campaign
def test_the_same_text_gives_the_same_bytes():
    assert carrying.__wrapped__("decree30").assets == carrying("decree30").assets


@pytest.mark.campaign
def test_the_chosen_face_is_the_one_that_the_text_is_set_in():
    serif, sans = (carrying("base", font).stylesheets[1].data for font in (None, "sans"))

    assert b'body { font-family: "Source Serif", serif }' in serif
    assert b'body { font-family: "Source Sans", sans-serif }' in sans

"""The words, dates and numbers that a theme prints itself, by language."""

import ast
import datetime as dt
import gettext
import io
import re
import xml.etree.ElementTree as ET
from pathlib import Path

import msgspec
import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from jinja2.ext import babel_extract

from publisher.model import AlsoIn, Note
from publisher.theming import assembly, context, load_theme, metadata, shipped_themes, theme_folders
from publisher.theming.binding import NO_BREAK_SPACE
from publisher.theming.words import Words, speaks
from tests.theming.issues import ENGLISH, FULL, bare, issue, make_theme, rendered, shipped

CATALOGUES = sorted(shipped_themes().glob("*/locale/*/LC_MESSAGES/theme.po"))
DAY = dt.date(2026, 3, 9)


THEMES = {name: shipped(name) for name in theme_folders()}


def messages_in_theme(theme):
    """Its title, and each message that its own templates and style sheets pass to ``_`` or ``edition``."""
    files = theme.files[theme.name].items()
    printing = [io.BytesIO(data) for path, data in files if path.endswith((".xhtml", ".css"))]
    return {theme.title} | {
        message for file in printing for _, _, message, _ in babel_extract(file, ("_", "edition"), (), {})
    }


def messages_in_code():
    """Each string that these modules pass to the words, and each of the titles looked up there."""
    found = set()
    modules = (assembly, context, metadata)
    nodes = (node for module in modules for node in ast.walk(ast.parse(Path(module.__file__).read_text())))
    for node in nodes:
        if isinstance(node, ast.Call) and ast.unparse(node.func) in ("self.words", "words"):
            found |= {arg.value for arg in node.args if isinstance(arg, ast.Constant)}
        titles = isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "titles"
        if titles and isinstance(node.value, ast.Dict):
            found |= {value.value for value in node.value.values}
    return found


PRINTED = sorted(
    {(name, message) for name, theme in THEMES.items() for message in messages_in_theme(theme)}
    | {("base", message) for message in messages_in_code()}
)
MESSAGES = {message for _, message in PRINTED}


def catalogue(path):
    with path.open("rb") as file:
        return read_po(file)


class TestCatalogues:
    def test_there_is_one_and_the_messages_were_found(self):
        assert {path.parts[-3] for path in CATALOGUES} == {"de", "es", "fr", "vi"}
        assert {"Contents", "Page {page} of {pages}", "News briefing", "Pictures in the original"} <= MESSAGES
        assert len(MESSAGES) >= 25

    @pytest.mark.parametrize(("theme", "message"), PRINTED)
    def test_a_printed_message_is_translated(self, theme, message):
        assert Words(THEMES[theme], "vi")(message) != message

    @pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: "-".join(path.parts[-5:-2:2]))
    def test_every_catalogue_has_every_message(self, path):
        assert MESSAGES - {entry.id for entry in catalogue(path) if entry.string} == set()

    @pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: "-".join(path.parts[-5:-2:2]))
    def test_nothing_is_translated_that_is_not_printed(self, path):
        assert {entry.id for entry in catalogue(path) if entry.id} - MESSAGES == set()

    @pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: "-".join(path.parts[-5:-2:2]))
    def test_what_is_filled_in_is_in_the_translation_too(self, path):
        for entry in catalogue(path):
            assert not entry.fuzzy
            fields = re.findall(r"\{\w+\}|%\w", entry.id or "")

            assert re.findall(r"\{\w+\}|%\w", entry.string) == fields

    @pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: "-".join(path.parts[-5:-2:2]))
    def test_the_compiled_catalogue_is_that_of_its_source(self, path):
        compiled = io.BytesIO()
        write_mo(compiled, catalogue(path))
        compiled.seek(0)

        with path.with_suffix(".mo").open("rb") as file:
            shipped = gettext.GNUTranslations(file)

        ours = gettext.GNUTranslations(compiled)
        assert {key: value for key, value in shipped._catalog.items() if key} == {
            key: value for key, value in ours._catalog.items() if key
        }, "renew it: pybabel compile -i theme.po -o theme.mo"


def printed(rendition):
    """The words of all documents without their markup, and what the style sheet prints; all spaces may break."""
    documents = [re.sub(r"<[^>]+>", " ", document.markup).replace("\xa0", " ") for document in rendition.documents]
    return " ".join([*documents, *re.findall(r"content:([^;}]*)", rendition.stylesheets[0].data.decode())])


def texts_with_languages(element, language=""):
    """The texts of the body of a document, each with the language that holds for it."""
    language = element.get("lang", language)
    if element.tag.endswith("}head"):
        return
    for text, around in ((element.text, language), *((child.tail, language) for child in element)):
        if text and text.strip():
            yield text.strip(), around
    for child in element:
        yield from texts_with_languages(child, language)


class TestIssues:
    @pytest.mark.sample(2)
    @pytest.mark.parametrize("theme", sorted(theme_folders()))
    @pytest.mark.parametrize("target", ["print", "ebook"])
    def test_no_word_of_a_vietnamese_issue_is_left_in_english(self, theme, target):
        vietnamese = printed(rendered(issue(FULL), theme, target))

        assert [m for m in MESSAGES if len(m) > 5 and "%" not in m and "{" not in m and m in vietnamese] == []

    def test_a_vietnamese_issue_prints_vietnamese(self):
        vietnamese = printed(rendered(issue(FULL, title="Bản tin", number="42"), "base"))

        for words in ("Mục lục", "Tin liên quan", "Về số này", "Số 42", "Nguồn", "ngày 17 tháng 10 năm 2025"):
            assert words in vietnamese

    def test_an_english_issue_prints_english(self):
        english = printed(rendered(issue(ENGLISH, title="News", number="42"), "base"))

        for words in ("Contents", "Related news", "About this issue", "No. 42", "October 18, 2025"):
            assert words in english
        assert "Mục lục" not in english

    def test_the_words_are_the_issues_and_inside_an_article_the_articles(self):
        mixed = rendered(issue(FULL, ENGLISH, language="en"), "compilation", "ebook")
        by_role = {document.role: document.markup for document in mixed.documents}
        vietnamese = next(document for document in mixed.documents if document.title == FULL.headline)

        assert "Contents" in by_role["contents"]
        assert "Nguồn:" in vietnamese.markup
        assert "ngày 17 tháng 10 năm 2025" in vietnamese.markup

    def test_a_german_issue_prints_german(self):
        german = bare("Die neue Brücke ist offen", language="de", published=dt.date(2025, 10, 17), publication="Bote")

        rendition = rendered(issue(german), "compilation", "ebook")

        assert rendition.metadata.language == "de"
        assert "Inhalt" in printed(rendition)
        assert "17. Oktober 2025" in printed(rendition)

    def test_an_issue_in_a_language_without_words_prints_english_and_says_so(self):
        swedish = bare("Den nya bron är öppen", language="sv", published=dt.date(2025, 10, 17), publication="Bladet")

        rendition = rendered(issue(swedish), "compilation", "ebook")

        assert rendition.metadata.language == "sv"
        assert "Contents" in printed(rendition)
        article = next(document for document in rendition.documents if document.role == "article")
        assert '<time datetime="2025-10-17" lang="en" xml:lang="en">October 17, 2025</time>' in article.markup

    @pytest.mark.parametrize("theme", sorted(theme_folders()))
    @pytest.mark.parametrize("target", ["print", "ebook"])
    def test_all_our_words_say_their_language_where_the_text_around_them_has_another(self, theme, target):
        swedish = msgspec.structs.replace(FULL, language="sv")
        note = Note(updated_since="11", also=(AlsoIn(headline="Bron", language="sv"),))
        made = issue(swedish, bare("Bron", "sv"), title="Veckan", number="12", notes={swedish.key: note})

        found = {
            (message, language)
            for document in rendered(made, theme, target).documents
            for text, language in texts_with_languages(ET.fromstring(document.markup))  # noqa: S314
            for message in MESSAGES
            if len(message) > 5 and text.startswith(message.partition("%")[0])
        }

        assert len(found) > 1
        assert [each for each in found if each[1] != "en"] == []


class TestWords:
    @pytest.mark.parametrize(
        ("language", "style", "date"),
        [
            pytest.param("vi", "long", "ngày~9~tháng~3 năm~2026", id="vi long"),
            pytest.param("vi", "full", "Thứ Hai, ngày~9~tháng~3 năm~2026", id="vi full"),
            pytest.param("vi", "short", "9/3/26", id="vi short"),
            pytest.param("vi-VN", "long", "ngày~9~tháng~3 năm~2026", id="vi-VN"),
            pytest.param("en", "long", "March~9, 2026", id="en long"),
            pytest.param("en-GB", "long", "9~March 2026", id="en-GB"),
            pytest.param("de", "long", "9.~März 2026", id="de"),
            pytest.param("xx", "long", "March~9, 2026", id="unknown language"),
            pytest.param("not a tag", "long", "March~9, 2026", id="no language at all"),
        ],
    )
    def test_a_date_is_written_as_its_language_writes_it_and_its_figures_keep_their_words(self, language, style, date):
        assert Words(shipped("base"), language).date(DAY, style) == date.replace("~", NO_BREAK_SPACE)

    @pytest.mark.parametrize(
        ("language", "number"), [("vi", "1.234,5"), ("en", "1,234.5"), ("de-CH", "1’234.5"), ("xx", "1,234.5")]
    )
    def test_a_number_has_its_languages_separators(self, language, number):
        assert Words(shipped("base"), language).number(1234.5) == number

    def test_a_theme_adds_words_and_a_language_of_its_own(self, tmp_path):
        folder = make_theme(tmp_path, **{"theme.toml": 'summary = "S."\n'})
        for language, words in (("vi", {"Contents": "Trong số này"}), ("sv", {"Contents": "Innehåll"})):
            source = "".join(f'msgid "{key}"\nmsgstr "{value}"\n\n' for key, value in words.items())
            header = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
            place = folder / "locale" / language / "LC_MESSAGES"
            place.mkdir(parents=True)
            with (place / "theme.mo").open("wb") as file:
                write_mo(file, read_po(io.StringIO(header + source)))
        theme = load_theme("own", [tmp_path])

        vietnamese, swedish = Words(theme, "vi"), Words(theme, "sv-FI")

        assert (vietnamese("Contents"), vietnamese("Related news")) == ("Trong số này", "Tin liên quan")
        assert (swedish("Contents"), swedish("Related news")) == ("Innehåll", "Related news")
        assert speaks(theme, "sv")
        assert not speaks(shipped("base"), "sv")

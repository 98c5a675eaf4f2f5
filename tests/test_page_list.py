"""The e-book's pages are those of the PDF of the same build: each begins in both with the same words."""

import functools
import io
import itertools
import re
import xml.etree.ElementTree as ET
import zipfile
from pathlib import Path
from typing import NamedTuple

import msgspec
import pikepdf
import pytest
from PIL import Image

from publisher.model import (
    Article,
    Asset,
    BlockQuote,
    BulletList,
    Emphasis,
    Figure,
    Link,
    NumberedList,
    Paragraph,
    Rendition,
    Subheading,
    Table,
    Teaser,
    Text,
)
from publisher.pipeline import Edition, Request, outputs_for, publish
from publisher.theming import load_theme, render
from publisher.writing.epub import write_epub
from publisher.writing.pdf import PressOptions
from tests.paging import Paged, letters, paged
from tests.theming.issues import ENGLISH, FULL, bare, issue, make_theme, paragraph, words
from tests.validators import ace, epubcheck
from tests.writing.pdf.making import written

EXAMPLES = Path(__file__).parents[1] / "examples"
XHTML = "{http://www.w3.org/1999/xhtml}"
OPF = "{http://www.idpf.org/2007/opf}"
DC = "{http://purl.org/dc/elements/1.1/}"
NCX = "{http://www.daisy.org/z3986/2005/ncx/}"
EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"

POCKET = """
@page { size: 74mm 105mm; margin: 5mm; @page :first { margin: 5mm } }
html { font: 10pt/1.35 "Source Serif"; orphans: 2; widows: 2 }
:lang(en) { hyphens: auto; hyphenate-character: "-" }
p, h1, h2 { margin: 0 0 2mm; font-size: 10pt } td, th { border: 0; padding: 0 }
figure { margin: 0; break-before: page; break-after: page } img { display: block; height: 60mm }
ul, ol { list-style: none; padding: 0; margin: 0 } .toc .folio, .source { display: none }
"""

LONG_WORDS = (
    "Administrators characteristically underestimated infrastructure responsibilities, notwithstanding comprehensive "
    "recommendations concerning international communication and environmental considerations. "
)
NUMBERS = " ".join(f"Câu số {number} nói về cây cầu." for number in range(1, 121))


def picture() -> bytes:
    file = io.BytesIO()
    Image.new("L", (40, 60), 128).save(file, "JPEG")
    return file.getvalue()


EVERYTHING = Article(
    headline="Mọi thứ trên một trang giấy nhỏ",
    standfirst="Một bài dài để các trang bắt đầu ở mọi nơi.",
    language="vi",
    body=(
        paragraph(NUMBERS),
        Subheading(inlines=words("Những dòng giống nhau")),
        *(paragraph("Hai đoạn này giống hệt nhau, từng chữ một. " * 3) for _ in range(5)),
        BulletList(items=tuple(words(f"Mục {letter} của danh sách “dài”.") for letter in "abcdefghijklmnopqrstuvwxyz")),
        NumberedList(items=tuple(words(f"Bước {letter} - làm cho xong") for letter in "abcdefghijklmnopqrstuvwxyz")),
        BlockQuote(blocks=tuple(paragraph(f"Người thứ {n} nói: “Tôi đợi đã lâu...” - và cười.") for n in range(14))),
        Figure(src="pictures/a.jpg", alt="Cầu mới", caption=words("Cầu nhìn từ bến. Ảnh: Minh Quân")),
        Table(
            header=(words("Hạng mục"), words("Chi phí")),
            rows=tuple((words(f"Hạng mục {n}"), words(f"{n} tỷ đồng")) for n in range(30)),
        ),
        Paragraph(
            inlines=tuple(
                inline
                for n in range(25)
                for inline in (
                    Text(text=f"Xem thêm {n} "),
                    Link(url=f"https://example.org/{n}", children=words(f"bài thứ {n} về con đường mới")),
                    Emphasis(children=words(f" và {n} bức ảnh. ")),
                )
            )
        ),
    ),
)
IN_ENGLISH = bare("Words that must be cut", "en", body=tuple(paragraph(LONG_WORDS * 6) for _ in range(2)))


THEMES = ["compilation", "gazette", "large-print", "decree30", "brief", "pocket"]
SHORT = ("pocket",)
"""Its pages are so small that everything is cut; others are a campaign."""


def made_in(theme, whole, folder):
    """The PDF and the e-book of an issue in a theme."""
    found = load_theme(theme, (folder,))
    printed = written(render(whole, found, "print"))
    ebook = render(whole, found, "ebook", pagination=printed.pagination)
    pdf, epub = folder / f"{theme}.pdf", folder / f"{theme}.epub"
    pdf.write_bytes(printed.data)
    epub.write_bytes(write_epub(ebook).data)
    return Made(pdf, epub, ebook, render(whole, found, "ebook"), paged(pdf, epub, printed.pages, theme))


class Made(NamedTuple):
    pdf: Path
    epub: Path
    ebook: Rendition
    plain: Rendition
    """The e-book as it is without a PDF."""

    paged: Paged


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("pages")
    make_theme(folder, "pocket", **{"theme.toml": 'summary = "Small."\nextends = "compilation"\n', "print.css": POCKET})
    return folder


@pytest.fixture(scope="module")
def made(folder):
    """A function that gives the issue of every block in a theme, made once."""
    # Here the related news fill a page.
    teasers = tuple(Teaser(headline=f"Chuyến đò thứ {number} rời bến Lúa từ sáng sớm") for number in range(60))
    articles = {"brief": (msgspec.structs.replace(EVERYTHING, related=teasers), FULL)}

    def make(theme):
        whole = issue(*articles.get(theme, (EVERYTHING, FULL, IN_ENGLISH, ENGLISH)), title="Tuần tin", number="12")
        whole = msgspec.structs.replace(
            whole, assets=(Asset(name="pictures/a.jpg", media_type="image/jpeg", data=picture()),)
        )
        return made_in(theme, whole, folder)

    return functools.cache(make)


@pytest.mark.parametrize(
    "theme", [theme if theme in SHORT else pytest.param(theme, marks=pytest.mark.campaign) for theme in THEMES]
)
def test_every_listed_page_begins_with_the_words_of_the_printed_one(made, theme):
    edition = made(theme).paged

    assert edition.mismatches() == []
    assert edition.listed == list(range(1, len(edition.texts) + 1))


@pytest.mark.parametrize("theme", [*SHORT, pytest.param("brief", marks=pytest.mark.campaign)])
def test_nothing_but_markers_and_the_list_is_added(made, theme):
    edition = made(theme)

    for marked, plain in zip(edition.ebook.documents, edition.plain.documents, strict=True):
        without = re.sub(r'<span epub:type="pagebreak"[^>]*></span>', "", marked.markup)
        without = re.sub(r'<nav epub:type="page-list".*?</nav>\n', "", without, flags=re.DOTALL)
        assert without == plain.markup
    assert edition.plain.page_list == ()
    assert edition.plain.metadata.page_source is None


def test_pages_begin_inside_every_kind_of_block(made):
    edition = made("pocket").paged
    behind = re.compile(r'<(\w+)[^>]*>[^<]*<span epub:type="pagebreak"')
    holders = {tag for markup in edition.documents.values() for tag in behind.findall(markup)}

    assert {"p", "li", "td", "figure"} <= holders
    markup = next(markup for markup in edition.documents.values() if "Câu số\xa0120" in markup)
    paragraph_of_numbers = re.search(r"<p>(?:(?!</p>).)*?Câu số\xa0120.*?</p>", markup)[0]
    assert paragraph_of_numbers.count("doc-pagebreak") >= 3
    assert re.search(r"<blockquote>(<p>((?!</p>).)*</p>)+<p>[^<]*<span epub:type=.pagebreak", markup)


def test_a_word_cut_by_hyphenation_is_not_cut_in_the_ebook(made):
    edition = made("pocket").paged
    cut = [
        page
        for page, (before, after) in enumerate(itertools.pairwise(edition.texts), start=2)
        if before and before[-1].endswith("-")
    ]

    assert cut
    for page in cut:
        word = re.match(r"\w+", edition.after(page))[0]
        assert word in LONG_WORDS
        assert letters(word) == letters(edition.texts[page - 2][-1] + edition.texts[page - 1][0])


@pytest.mark.conformance
@pytest.mark.campaign
def test_epubcheck_finds_nothing_in_a_book_with_pages_everywhere(made):
    assert epubcheck(made("pocket").epub) == []


@pytest.mark.conformance
@pytest.mark.campaign
def test_nor_does_ace(made):
    assert ace(made("pocket").epub) == []


@pytest.fixture(scope="module")
def book(made):
    with zipfile.ZipFile(made("pocket").epub) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


class TestFile:
    """The finished book."""

    def test_the_package_names_the_pdf_and_claims_pages(self, made, book):
        package = ET.fromstring(book["EPUB/package.opf"])  # noqa: S314
        metas = [(meta.get("property"), meta.text) for meta in package.iter(f"{OPF}meta")]
        with pikepdf.open(made("pocket").pdf) as pdf, pdf.open_metadata() as xmp:
            identifier = xmp["dc:identifier"]

        assert [source.text for source in package.iter(f"{DC}source")] == [identifier]
        assert [value for name, value in metas if name == "pageBreakSource"] == [identifier]
        assert {"pageBreakMarkers", "pageNavigation"} <= {
            value for name, value in metas if name == "schema:accessibilityFeature"
        }

    def test_navigation_document_and_ncx_list_the_same_pages(self, made, book):
        expected = [(entry.title, entry.href) for entry in made("pocket").ebook.page_list]
        nav = ET.fromstring(book["EPUB/contents.xhtml"])  # noqa: S314
        ncx = ET.fromstring(book["EPUB/toc.ncx"])  # noqa: S314
        listed = next(each for each in nav.iter(f"{XHTML}nav") if each.get(EPUB_TYPE) == "page-list")
        heads = {meta.get("name"): meta.get("content") for meta in ncx.iter(f"{NCX}meta")}

        assert [(line.text, line.get("href")) for line in listed.iter(f"{XHTML}a")] == expected
        assert listed.get("hidden") == "hidden"
        assert [
            (target.findtext(f"{NCX}navLabel/{NCX}text"), target.find(f"{NCX}content").get("src"))
            for target in ncx.iter(f"{NCX}pageTarget")
        ] == expected
        assert heads["dtb:totalPageCount"] == heads["dtb:maxPageNumber"] == str(len(expected))

    def test_the_ncx_numbers_its_targets_in_reading_order(self, book):
        ncx = ET.fromstring(book["EPUB/toc.ncx"])  # noqa: S314
        orders: dict[str, set[int]] = {}
        for target in [*ncx.iter(f"{NCX}navPoint"), *ncx.iter(f"{NCX}pageTarget")]:
            orders.setdefault(target.find(f"{NCX}content").get("src"), set()).add(int(target.get("playOrder")))
        pages_in_order = [int(target.get("playOrder")) for target in ncx.iter(f"{NCX}pageTarget")]

        assert sorted(number for numbers in orders.values() for number in numbers) == list(range(1, len(orders) + 1))
        assert pages_in_order == sorted(pages_in_order)


class TestBuild:
    """One command."""

    def publish(self, folder, *names, press=None):
        """The e-book's documents, one after the other, and the outcome."""
        paths = [folder / name for name in names]
        edition = Edition(outputs=outputs_for(paths, press), theme="gazette")
        outcome = publish(Request(references=tuple(map(str, sorted(EXAMPLES.glob("[678]-*")))), edition=edition))
        with zipfile.ZipFile(paths[0]) as archive:
            files = [
                archive.read(name).decode() for name in archive.namelist() if name.endswith(("xhtml", "opf", "ncx"))
            ]
        return "".join(files), outcome.written

    def test_a_book_without_a_pdf_has_no_pages(self, tmp_path):
        files, _ = self.publish(tmp_path, "a.epub")

        traces = re.findall("page-?(?:list|break)|pageNavigation|dc:source|data-place", files, re.IGNORECASE)
        assert traces == []

    @pytest.mark.campaign
    def test_the_pages_are_those_of_the_pdf_for_a_press_when_there_is_no_other(self, tmp_path):
        press = PressOptions(imposition="booklet")

        files, written_files = self.publish(tmp_path, "a.epub", "a.pdf", press=press)

        listed = re.findall(r'#page-\d+">(\d+)</a>', files)
        sides = written_files[tmp_path / "a.pdf"].page_count
        assert listed == [str(number) for number in range(1, len(listed) + 1)]
        assert len(listed) > sides >= 2

"""Defects planted one by one in e-books of ours are found, by their code and in their document; the books are clean."""

import functools
import io
import itertools
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import get_args

import pytest
from PIL import Image

from publisher.checking import check
from publisher.model import Device, IssuePlan, SectionRule
from publisher.pipeline import Edition, Request, outputs_for, publish
from tests.checking.conftest import SHIPPED, made

Members = dict[str, bytes]
Spoil = Callable[[Members], None]
PACKAGE, SHEET, CONTENTS, NCX, COVER = (
    f"EPUB/{name}" for name in ("package.opf", "ebook.css", "contents.xhtml", "toc.ncx", "cover.xhtml")
)


def spoilt(data: bytes, spoil: Spoil) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = {info.filename: archive.read(info) for info in archive.infolist()}
    spoil(members)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in members.items():
            packing = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(zipfile.ZipInfo(name), content, packing)
    return file.getvalue()


@functools.cache
def found(data: bytes) -> set[tuple[str, str, str | None]]:
    return {(each.code, each.severity, each.where.document) for each in check(data, "book.epub").findings}


def article(members: Members) -> str:
    """The path of the article with every kind of block."""
    return next(name for name in members if name.startswith("EPUB/a-ba-xa"))


def change(members: Members, path: str, old: str, new: str) -> None:
    assert old.encode() in members[path], members[path][:2000].decode()
    members[path] = members[path].replace(old.encode(), new.encode(), 1)


def substitute(members: Members, path: str, pattern: str, new: str) -> None:
    text, number = re.subn(pattern, new, members[path].decode(), count=1)
    assert number == 1, members[path].decode()
    members[path] = text.encode()


def in_article(old: str, new: str) -> Spoil:
    return lambda members: substitute(members, article(members), old, new)


def in_package(old: str, new: str) -> Spoil:
    return lambda members: substitute(members, PACKAGE, old, new)


def in_sheet(rule: str) -> Spoil:
    return lambda members: members.__setitem__(SHEET, members[SHEET] + b"\n" + rule.encode())


def as_sheet(rules: str) -> Spoil:
    return lambda members: members.__setitem__(SHEET, rules.encode())


def add_picture(name: str, data: bytes, media_type: str) -> Spoil:
    def add(members: Members) -> None:
        members[f"EPUB/{name}"] = data
        change(
            members, PACKAGE, "</manifest>", f'<item id="added" href="{name}" media-type="{media_type}"/></manifest>'
        )

    return add


def picture(mode: str, size: tuple[int, int]) -> bytes:
    file = io.BytesIO()
    Image.new(mode, size).save(file, "JPEG")
    return file.getvalue()


def transparent() -> bytes:
    file = io.BytesIO()
    Image.new("RGBA", (9, 9)).save(file, "PNG")
    return file.getvalue()


# --- clean ----------------------------------------------------------------------------------------------------------


@pytest.mark.sample(2)
@pytest.mark.parametrize(
    "theme",
    [pytest.param(each, marks=() if each in ("base", "gazette") else pytest.mark.campaign) for each in SHIPPED],
)
def test_a_book_of_ours_has_no_error_and_no_warning(theme: str) -> None:
    report = check(made(".epub", theme, many=True), "made.epub")

    assert [each.message for each in report.findings if each.severity != "note"] == []


@pytest.mark.campaign
def test_nor_has_one_for_any_profile_with_the_pages_of_its_pdf(examples: Path, tmp_path: Path) -> None:
    outputs = outputs_for([tmp_path / "week.epub", tmp_path / "week.pdf"], None, get_args(Device))
    publish(
        Request(
            references=tuple(map(str, sorted(examples.glob("1-*.txt")))),
            edition=Edition(outputs=outputs, theme="compilation"),
            plan=IssuePlan(title="Tuần tin", number="12"),
        )
    )

    books = [output.path for output in outputs if output.path.suffix == ".epub"]
    found = {book.name: check(book.read_bytes(), book.name).findings for book in books}

    assert len(found) == 5
    assert [each.message for findings in found.values() for each in findings if each.severity != "note"] == []


def test_a_section_that_leads_to_its_first_article_is_no_mismatch(examples: Path, tmp_path: Path) -> None:
    book = tmp_path / "week.epub"
    sections = (SectionRule(name="Sông nước", patterns=("1-*",)),)
    edition = Edition(outputs=outputs_for([book]), theme="base")
    references = tuple(map(str, sorted(examples.glob("[12]-*.txt"))))
    publish(Request(references=references, edition=edition, plan=IssuePlan(sections=sections)))

    assert [
        each.code for each in check(book.read_bytes(), book.name).findings if each.code == "contents-mismatch"
    ] == []


# --- the archive and the package ------------------------------------------------------------------------------------


def late_mimetype(members: Members) -> None:
    members["mimetype"] = members.pop("mimetype")


def unlisted(members: Members) -> None:
    members["EPUB/draft.txt"] = b"?"


def missing(members: Members) -> None:
    del members[next(name for name in members if name.startswith("EPUB/pictures/"))]


def accented_name(members: Members) -> None:
    members["EPUB/ảnh 1.jpg"] = picture("RGB", (9, 9))
    change(
        members, PACKAGE, "</manifest>", '<item id="x" href="%E1%BA%A3nh%201.jpg" media-type="image/jpeg"/></manifest>'
    )


def climbing_name(members: Members) -> None:
    members["../evil.txt"] = b"?"


ARTICLE = "the article"
"""Stands for its path, which follows from its headline."""

PACKAGING = [
    pytest.param(late_mimetype, {("archive-form", "error", None)}, id="mimetype comes late"),
    pytest.param(unlisted, {("unlisted-file", "warning", None)}, id="unlisted file"),
    pytest.param(
        missing,
        {("missing-file", "error", place) for place in (None, ARTICLE, "EPUB/contents.xhtml")},
        id="missing picture",
    ),
    pytest.param(accented_name, {("unsafe-name", "warning", None)}, id="accents and spaces in a name"),
    pytest.param(
        climbing_name, {("unsafe-name", "error", None), ("unlisted-file", "warning", None)}, id="name out of the folder"
    ),
    pytest.param(in_package("<dc:title>.*?</dc:title>", ""), {("missing-title", "error", None)}, id="no title"),
    pytest.param(
        in_package("<dc:title>.*?<", "<dc:title>tuan-12.docx<"), {("poor-title", "warning", None)}, id="a file's title"
    ),
    pytest.param(
        in_package("<dc:language>.*?</dc:language>", ""), {("missing-language", "error", None)}, id="no language"
    ),
    pytest.param(
        in_package("<dc:language>.*?<", "<dc:language>Vietnamese<".replace("Vietnamese", "tiếng Việt")),
        {("unknown-language", "error", None)},
        id="malformed language",
    ),
    pytest.param(
        in_package("<dc:identifier.*?</dc:identifier>", ""), {("missing-identifier", "error", None)}, id="no identifier"
    ),
    pytest.param(
        in_package('unique-identifier="[^"]*"', 'unique-identifier="other"'),
        {("missing-identifier", "error", None)},
        id="identifier of nothing",
    ),
    pytest.param(in_package("T00:00:00Z<", "<"), {("date-mismatch", "error", None)}, id="malformed date of change"),
    pytest.param(
        in_package('<meta property="schema:accessibilityHazard">none</meta>', ""),
        {("accessibility-unstated", "warning", None)},
        id="no hazards named",
    ),
    pytest.param(
        in_package(">tableOfContents<", ">printPageNumbers<"),
        {("accessibility-untrue", "error", PACKAGE)},
        id="page numbers claimed",
    ),
    pytest.param(
        in_package('<meta property="schema:accessMode">visual</meta>', ""),
        {("accessibility-untrue", "warning", "EPUB/cover.xhtml")},
        id="pictures not named",
    ),
    pytest.param(
        in_package(">textual,visual<", ">textual,pictures<"),
        {("accessibility-untrue", "warning", PACKAGE)},
        id="unknown access mode",
    ),
    pytest.param(
        in_package("<itemref ", '<itemref idref="nothing"/><itemref '),
        {("missing-file", "error", None)},
        id="reading order names nothing",
    ),
]


# --- metadata -------------------------------------------------------------------------------------------------------


def stated(*statements: str) -> Spoil:
    return lambda members: change(members, PACKAGE, "</metadata>", "".join(statements) + "</metadata>")


def in_series(*statements: str) -> Spoil:
    """These statements in the place of those that the book makes itself."""

    def spoil(members: Members) -> None:
        for pattern in ('<meta [^>]*(?:belongs-to-collection"|"#s)[^>]*>[^<]*</meta>', '<meta name="calibre:[^>]*/>'):
            members[PACKAGE] = re.sub(pattern.encode(), b"", members[PACKAGE])
        stated(*statements)(members)

    return spoil


SERIES = '<meta property="belongs-to-collection" id="s">Tin trạm bơm</meta>'
AS_SERIES = '<meta refines="#s" property="collection-type">series</meta>'
TWELFTH = '<meta refines="#s" property="group-position">12</meta>'
CALIBRE = '<meta name="calibre:series" content="Tin trạm bơm"/><meta name="calibre:series_index" content="12.0"/>'
CONFORMS = '<meta property="dcterms:conformsTo">EPUB Accessibility 1.1 - WCAG 2.2 Level AA</meta>'
CERTIFIED = '<meta property="a11y:certifiedBy">Trạm bơm</meta>'

METADATA = [
    pytest.param(in_series(SERIES, AS_SERIES, TWELFTH, CALIBRE), set(), id="series in both dialects"),
    pytest.param(
        in_series(SERIES, AS_SERIES, TWELFTH),
        {("series-mismatch", "note", PACKAGE)},
        id="series in EPUB 3's dialect only",
    ),
    pytest.param(in_series(CALIBRE), {("series-mismatch", "note", PACKAGE)}, id="series in calibre's dialect only"),
    pytest.param(
        in_series(SERIES, AS_SERIES, CALIBRE), {("series-mismatch", "warning", PACKAGE)}, id="series without a place"
    ),
    pytest.param(
        in_series(SERIES, AS_SERIES, TWELFTH.replace("12", "XII"), CALIBRE),
        {("series-mismatch", "warning", PACKAGE)},
        id="place in a series that is no number",
    ),
    pytest.param(
        in_series(SERIES, AS_SERIES, TWELFTH, CALIBRE.replace("12.0", "13")),
        {("series-mismatch", "warning", PACKAGE)},
        id="two places in a series",
    ),
    pytest.param(
        in_series(SERIES, AS_SERIES, TWELFTH, CALIBRE.replace("Tin", "Bản tin")),
        {("series-mismatch", "warning", PACKAGE)},
        id="two names of a series",
    ),
    pytest.param(
        stated("<dc:creator>Unknown</dc:creator>"), {("poor-creator", "warning", PACKAGE)}, id="author of a program"
    ),
    pytest.param(stated("<dc:creator>Lò Thị Mai</dc:creator>"), set(), id="author"),
    pytest.param(
        in_package("<dc:date>.*?<", "<dc:date>19/3/2026<"), {("date-mismatch", "warning", PACKAGE)}, id="malformed date"
    ),
    pytest.param(stated(CONFORMS, CERTIFIED), set(), id="conformance that somebody answers for"),
    pytest.param(
        stated(CONFORMS), {("accessibility-untrue", "warning", PACKAGE)}, id="conformance that nobody answers for"
    ),
    pytest.param(
        in_package(">tableOfContents<", ">longDescription<"),
        {("accessibility-untrue", "error", PACKAGE)},
        id="long descriptions claimed",
    ),
    pytest.param(
        in_package(">tableOfContents<", ">index<"), {("accessibility-untrue", "error", PACKAGE)}, id="index claimed"
    ),
    pytest.param(
        in_package('(?=<meta property="schema:accessMode">)', '<meta property="schema:accessMode">auditory</meta>'),
        {("accessibility-untrue", "warning", PACKAGE)},
        id="sound claimed",
    ),
    pytest.param(
        in_package("<dc:language>vi", "<dc:language>en-us"),
        {("language-mismatch", "note", PACKAGE)},
        id="another language stated on purpose, as Send to Kindle asks",
    ),
    pytest.param(
        in_package('xml:lang="vi"((?:.|\n)*)<dc:language>vi', r'xml:lang="en-us"\1<dc:language>en-us'),
        {("language-mismatch", "warning", PACKAGE)},
        id="book of another language than its documents",
    ),
    pytest.param(
        in_package(' xml:lang="vi"', ""), {("missing-language", "note", PACKAGE)}, id="metadata of no language"
    ),
]


# --- documents ------------------------------------------------------------------------------------------------------


def heavy(members: Members) -> None:
    change(members, article(members), "</body>", "<p>" + "Mực nước hôm nay. " * 20_000 + "</p></body>")


def empty(members: Members) -> None:
    members[COVER] = re.sub(rb"<body.*</body>", b"<body><p> </p></body>", members[COVER], flags=re.DOTALL)


DRAWN = (
    '<s:svg xmlns:s="http://www.w3.org/2000/svg" xmlns:x="http://www.w3.org/1999/xlink">'
    '<s:image x:href="ebook.css"/></s:svg>'
)

DOCUMENTS = [
    pytest.param(heavy, {("oversize-document", "warning", ARTICLE)}, id="heavy"),
    pytest.param(empty, {("empty-document", "warning", COVER)}, id="empty"),
    pytest.param(in_article("</p>", ""), {("malformed", "error", ARTICLE)}, id="malformed"),
    pytest.param(in_article("<h2", "<h4"), {("malformed", "error", ARTICLE)}, id="heading closed by another"),
    pytest.param(
        in_article("<h2(.*?)</h2>", r"<h5\1</h5>"),
        {("heading-order", "warning", ARTICLE), ("accessibility-untrue", "error", PACKAGE)},
        id="skipped heading",
    ),
    pytest.param(
        in_article("<h2(.*?)>.*?</h2>", r"<h2\1></h2>"), {("empty-tag", "warning", ARTICLE)}, id="heading without words"
    ),
    pytest.param(
        in_article(' alt="[^"]*"', ""),
        {("missing-alternative", "error", ARTICLE), ("accessibility-untrue", "error", ARTICLE)},
        id="no description",
    ),
    pytest.param(
        in_article(' alt="[^"]*"', ' alt="DSC_0012.JPG"'),
        {("poor-alternative", "warning", ARTICLE)},
        id="a camera's name",
    ),
    pytest.param(
        in_article("<p>", '<p><a href="gone.xhtml">biên bản</a> '), {("dead-link", "error", ARTICLE)}, id="dead link"
    ),
    pytest.param(
        in_article("<p>", '<p><a href="#gone">biên bản</a> '), {("dead-link", "error", ARTICLE)}, id="dead anchor"
    ),
    pytest.param(
        in_article("<p>", '<p><a href="file:///C:/a.html">biên bản</a> '),
        {("dead-link", "error", ARTICLE)},
        id="link to a local file",
    ),
    pytest.param(
        in_article("<p>", '<p><a href="https://other.example/">https://example.org/bien-ban</a> '),
        {("misleading-link", "error", ARTICLE)},
        id="misleading link",
    ),
    pytest.param(
        in_article("<p>", '<p><a href="javascript:alert(1)">biên bản</a> '),
        {("active-content", "warning", ARTICLE)},
        id="link runs a script",
    ),
    pytest.param(
        in_article("<p>", '<p><a href="https://example.org/"></a> '),
        {("poor-link", "warning", ARTICLE)},
        id="mute link",
    ),
    pytest.param(
        in_article("<p>", '<p><a href="https://example.org/">Xem thêm</a> '),
        {("poor-link", "note", ARTICLE)},
        id="link that says nothing",
    ),
    pytest.param(
        in_article("</body>", "<script>1</script></body>"),
        {("active-content", "warning", ARTICLE), ("accessibility-untrue", "warning", ARTICLE)},
        id="script",
    ),
    pytest.param(
        in_article("<p>", '<p id="twice"></p><p id="twice">'),
        {("repeated-anchor", "error", ARTICLE)},
        id="anchor twice",
    ),
    pytest.param(
        in_article('<html(.*?) xml:lang="vi"(.*?)>', r"<html\1\2>"), set(), id="one of two language attributes"
    ),
    pytest.param(
        in_article('xml:lang="vi"', 'xml:lang="en"'),
        {("unknown-language", "warning", ARTICLE), ("language-mismatch", "warning", ARTICLE)},
        id="two languages",
    ),
    pytest.param(
        in_article("<p>", '<p lang="tiếng Anh">'),
        {("unknown-language", "error", ARTICLE)},
        id="malformed language of a part",
    ),
    pytest.param(
        in_article("<title>.*?</title>", "<title/>"), {("missing-title", "warning", ARTICLE)}, id="no title of its own"
    ),
    pytest.param(
        in_article("<thead>.*?</thead>", ""), {("table-headers", "warning", ARTICLE)}, id="table without headers"
    ),
    pytest.param(
        in_article('lang="vi" xml:lang="vi"', 'lang="en" xml:lang="en"'),
        {("language-mismatch", "warning", ARTICLE)},
        id="language that the text is not in",
    ),
    pytest.param(
        in_article('lang="vi" xml:lang="vi"', 'lang="ja" xml:lang="ja"'),
        {("language-mismatch", "warning", ARTICLE)},
        id="another language that the text is not in",
    ),
    pytest.param(
        in_article(
            "</body>", f'<blockquote lang="en">{"<p>The water of the river came at last.</p>" * 99}</blockquote></body>'
        ),
        set(),
        id="a long quotation that says its language",
    ),
    pytest.param(
        in_article("</body>", f"{DRAWN}</body>"),
        {("missing-alternative", "warning", ARTICLE)},
        id="drawing without words",
    ),
    pytest.param(
        in_article("</body>", f"{DRAWN.replace('<s:image', '<s:title>Bờ kênh</s:title><s:image')}</body>"),
        set(),
        id="drawing with words",
    ),
    pytest.param(
        in_article('src="pictures/', 'src="https://example.org/'),
        {("remote-resource", "error", ARTICLE)},
        id="remote picture",
    ),
]


# --- navigation -----------------------------------------------------------------------------------------------------


def swapped_contents(members: Members) -> None:
    text = members[CONTENTS].decode()
    first, second = re.findall(r'<li[^>]*><a href="a-[^"]*"[^>]*>.*?</a></li>', text, flags=re.DOTALL)[:2]
    text = text.replace(first, "\0").replace(second, first).replace("\0", second)
    members[CONTENTS] = text.encode()


def swapped_everywhere(members: Members) -> None:
    text = members[PACKAGE].decode()
    first, second = re.findall(r'<itemref idref="item-a-[^"]*"/>', text)[:2]
    members[PACKAGE] = text.replace(first, "\0").replace(second, first).replace("\0", second).encode()


def paged(
    *lines: str, breaks: str = '<span role="doc-pagebreak" epub:type="pagebreak" id="p1" aria-label="1"/>'
) -> Spoil:
    """A page list of these lines, and page breaks in the article; the edition is named."""

    def add(members: Members) -> None:
        path = article(members)
        items = "".join(f"<li>{line.replace('ARTICLE', path.removeprefix('EPUB/'))}</li>" for line in lines)
        nav = f'<nav epub:type="page-list"><h2>Trang</h2><ol>{items}</ol></nav></body>'
        change(members, CONTENTS, "</body>", nav if lines else "</body>")
        change(members, PACKAGE, "</metadata>", '<meta property="pageBreakSource">urn:isbn:1</meta></metadata>')
        change(members, PACKAGE, ">tableOfContents<", ">pageBreakMarkers<")
        change(members, path, "</header>", f"</header>{breaks}")

    return add


FIRST_PAGE, SECOND_PAGE = '<a href="ARTICLE#p1">1</a>', '<a href="ARTICLE#p2">2</a>'
TWO_BREAKS = "".join(f'<span role="doc-pagebreak" id="p{number}" aria-label="{number}"/>' for number in (1, 2))


def one_title(members: Members) -> None:
    for path in [name for name in members if name.endswith(".xhtml")]:
        substitute(members, path, "<title>.*?</title>", "<title>Tin trạm bơm</title>")


def page_list(members: Members) -> None:
    nav = '<nav epub:type="page-list"><h2>Trang</h2><ol><li><a href="cover.xhtml">1</a></li></ol></nav></body>'
    change(members, CONTENTS, "</body>", nav)


NAVIGATION = [
    pytest.param(
        swapped_contents,
        {("contents-mismatch", "warning", CONTENTS), ("contents-mismatch", "warning", None)},
        id="swapped lines",
    ),
    pytest.param(
        swapped_everywhere,
        {("contents-mismatch", "warning", CONTENTS), ("contents-mismatch", "warning", NCX)},
        id="swapped reading order",
    ),
    pytest.param(
        lambda members: substitute(members, CONTENTS, 'href="a-[^"]*"', 'href="gone.xhtml"'),
        {("dead-link", "error", CONTENTS), ("contents-mismatch", "warning", None)},
        id="contents lead nowhere",
    ),
    pytest.param(
        lambda members: substitute(members, NCX, 'src="a-[^"]*"', 'src="gone.xhtml"'),
        {("dead-link", "error", NCX), ("contents-mismatch", "warning", None)},
        id="NCX leads nowhere",
    ),
    pytest.param(
        lambda members: substitute(members, CONTENTS, r'(<a href="a-[^"]*"[^>]*>).*?</a>', r"\1</a>"),
        {
            ("contents-mismatch", "error", CONTENTS),
            ("contents-mismatch", "warning", None),
            ("poor-link", "warning", CONTENTS),
        },
        id="line without words",
    ),
    pytest.param(
        in_package(' properties="nav"', ""),
        {("no-contents", "error", None)},
        id="no navigation document",
    ),
    pytest.param(
        lambda members: substitute(members, CONTENTS, 'epub:type="landmarks"', 'epub:type="lot"'),
        {("no-landmarks", "note", CONTENTS)},
        id="no landmarks",
    ),
    pytest.param(page_list, {("page-source", "warning", CONTENTS)}, id="pages of no edition"),
    pytest.param(paged(FIRST_PAGE), set(), id="sound pages"),
    pytest.param(paged(FIRST_PAGE, SECOND_PAGE, breaks=TWO_BREAKS), set(), id="two sound pages"),
    pytest.param(
        paged(),
        {("page-source", "warning", None), ("page-source", "warning", ARTICLE)},
        id="page breaks without a list",
    ),
    pytest.param(
        paged(FIRST_PAGE, SECOND_PAGE), {("dead-link", "error", CONTENTS)}, id="a page of the list is not in the text"
    ),
    pytest.param(
        paged(FIRST_PAGE, breaks=TWO_BREAKS),
        {("contents-mismatch", "warning", ARTICLE)},
        id="a page of the text is not in the list",
    ),
    pytest.param(
        paged(SECOND_PAGE, FIRST_PAGE, breaks=TWO_BREAKS),
        {("contents-mismatch", "warning", CONTENTS)},
        id="pages out of order",
    ),
    pytest.param(
        paged(FIRST_PAGE.replace(">1<", ">7<")),
        {("contents-mismatch", "warning", ARTICLE)},
        id="a page of another number",
    ),
    pytest.param(
        in_article("</header>", '</header><span role="doc-pagebreak" id="p1" aria-label="1"/>'),
        {("page-source", "warning", ARTICLE), ("accessibility-unstated", "note", None)},
        id="page breaks that nobody tells of",
    ),
    pytest.param(
        lambda members: substitute(
            members, CONTENTS, r'(<a href="a-ba-xa[^"]*"[^>]*>).*?</a>', r"\1Giá lúa hôm nay</a>"
        ),
        {("contents-mismatch", "note", CONTENTS), ("contents-mismatch", "warning", None)},
        id="contents that say something else",
    ),
    pytest.param(one_title, {("poor-title", "note", None)}, id="one title for all documents"),
]


# --- styles and pictures --------------------------------------------------------------------------------------------

STYLES = [
    pytest.param(in_sheet("body { color: #000 }"), {("fixed-colour", "warning", SHEET)}, id="fixed text colour"),
    pytest.param(in_sheet("p { background: white }"), {("fixed-colour", "warning", SHEET)}, id="fixed background"),
    pytest.param(in_sheet(".kicker { color: #7a1f1f }"), {("fixed-colour", "note", SHEET)}, id="coloured detail"),
    pytest.param(in_sheet("p { color: inherit; background: none }"), set(), id="no colour at all"),
    pytest.param(
        in_sheet("@media (prefers-color-scheme: dark) { body { color: #eee } }"), set(), id="colour of a scheme"
    ),
    pytest.param(in_sheet(":root { --ink: 1em }"), {("old-engine", "warning", SHEET)}, id="variable"),
    pytest.param(in_sheet("p { margin: var(--ink) }"), {("old-engine", "warning", SHEET)}, id="use of a variable"),
    pytest.param(in_sheet("h1 { string-set: title content() }"), {("old-engine", "warning", SHEET)}, id="string-set"),
    pytest.param(in_sheet("@page { margin: 2cm }"), {("old-engine", "warning", SHEET)}, id="page rule"),
    pytest.param(
        in_sheet("@media (min-width: 600px) { p { margin: 0 } }"),
        {("old-engine", "warning", SHEET)},
        id="numeric query",
    ),
    pytest.param(
        in_sheet("@container (max-width: 9em) { p { margin: 0 } }"),
        {("old-engine", "warning", SHEET)},
        id="container beside other rules",
    ),
    pytest.param(
        as_sheet(".lines { container-type: inline-size } @container (max-width: 9em) { td { display: block } }"),
        {("old-engine", "note", SHEET)},
        id="containers alone",
    ),
    pytest.param(in_sheet("ul { display: flex }"), {("old-engine", "warning", SHEET)}, id="flex"),
    pytest.param(in_sheet("p:is(.a, .b) { margin: 0 }"), {("old-engine", "warning", SHEET)}, id="selector"),
    pytest.param(
        in_sheet('@font-face { font-family: A; src: local("A") }'), {("old-engine", "warning", SHEET)}, id="local font"
    ),
    pytest.param(
        in_sheet("@font-face { font-family: A; src: url(fonts/a.ttf) }"),
        {("missing-file", "error", SHEET)},
        id="missing font",
    ),
    pytest.param(in_sheet("body { font-size: 12px }"), {("fixed-size", "warning", SHEET)}, id="fixed letters"),
    pytest.param(in_sheet("table { width: 900px }"), {("fixed-size", "warning", SHEET)}, id="wide table"),
    pytest.param(in_sheet("p { margin 0 }"), {("style-broken", "warning", SHEET)}, id="broken sheet"),
    pytest.param(
        in_sheet("p { list-style-image: url(https://example.org/a.png) }"),
        {("remote-resource", "error", SHEET)},
        id="remote",
    ),
    pytest.param(
        in_article("<p>", '<p style="color: black">'),
        {("fixed-colour", "warning", ARTICLE)},
        id="colour in an attribute",
    ),
    pytest.param(
        in_article("<p>", '<p><font color="#000000">Nước</font> '),
        {("fixed-colour", "warning", ARTICLE)},
        id="font element",
    ),
    pytest.param(
        add_picture("big.jpg", picture("L", (3000, 2000)), "image/jpeg"),
        {("oversize-picture", "warning", None)},
        id="6 Mpx",
    ),
    pytest.param(
        add_picture("inks.jpg", picture("CMYK", (9, 9)), "image/jpeg"), {("picture-format", "warning", None)}, id="CMYK"
    ),
    pytest.param(
        add_picture("a.png", picture("L", (9, 9)), "image/png"),
        {("picture-format", "error", None)},
        id="a JPEG called PNG",
    ),
    pytest.param(
        add_picture("a.png", transparent(), "image/png"), {("transparent-picture", "note", None)}, id="transparent"
    ),
    pytest.param(
        in_sheet(".note { color: #999; background: #eee }"),
        {
            ("low-contrast", "warning", SHEET),
            ("fixed-colour", "warning", SHEET),
            ("fixed-colour", "note", SHEET),
        },
        id="pale letters",
    ),
    pytest.param(
        in_sheet("@media (prefers-color-scheme: dark) { p { color: #000; background-color: rgb(20, 20, 20) } }"),
        {("low-contrast", "warning", SHEET)},
        id="pale letters of a scheme",
    ),
    pytest.param(add_picture("a.webp", b"RIFF", "image/webp"), {("picture-format", "warning", None)}, id="WebP"),
]


@pytest.mark.sample(3)
@pytest.mark.parametrize(("spoil", "expected"), [*PACKAGING, *METADATA, *DOCUMENTS, *NAVIGATION, *STYLES])
def test_a_planted_defect_is_found_and_nothing_else(spoil: Spoil, expected: set[tuple[str, str, str | None]]) -> None:
    clean = made(".epub", "compilation", many=True)
    with zipfile.ZipFile(io.BytesIO(clean)) as archive:
        path = article(dict.fromkeys(archive.namelist(), b""))

    new = found(spoilt(clean, spoil)) - found(clean)

    assert new == {(code, severity, path if place == ARTICLE else place) for code, severity, place in expected}


def test_the_spans_that_kobo_readers_ask_for_are_no_defect() -> None:
    """Each sentence in a span with an anchor, two divisions around the text, a style of its own: what kepubs have."""
    clean = made(".epub", "compilation", many=True)
    numbers = itertools.count(1)

    def as_kepub(members: Members) -> None:
        for path in [name for name in members if name.endswith(".xhtml")]:
            text = members[path].decode()
            head, body = text.split("<body", 1)
            body = re.sub(r"(?<=>)([^<>]*\w[^<>]*)(?=<)", lambda found: span(found[1]), body)
            body = re.sub(r"(<img[^>]*/>)", lambda found: span(found[1]), body)
            opened, rest = body.split(">", 1)
            rest = rest.replace("</body>", "</div></div></body>")
            style = (
                '<style type="text/css" id="kobostylehacks">div#book-inner { margin-top: 0; margin-bottom: 0 }</style>'
            )
            head = head.replace("</head>", f"{style}</head>")
            members[path] = f'{head}<body{opened}><div id="book-columns"><div id="book-inner">{rest}'.encode()

    def span(text: str) -> str:
        return f'<span class="koboSpan" id="kobo.1.{next(numbers)}">{text}</span>'

    assert found(spoilt(clean, as_kepub)) == found(clean)
    assert next(numbers) > 40


def test_kobos_spans_do_not_make_a_document_too_large() -> None:
    clean = made(".epub", "compilation", many=True)

    def spanned(members: Members) -> None:
        sentences = "".join(f'<span class="koboSpan" id="kobo.9.{n}">Mực nước.</span>' for n in range(8_000))
        change(members, article(members), "</body>", f"<p>{sentences}</p></body>")

    assert found(spoilt(clean, spanned)) == found(clean)


def test_a_finding_names_its_document_its_article_and_its_line() -> None:
    clean = made(".epub", "compilation", many=True)

    report = check(spoilt(clean, in_article("<p>", '<p><a href="gone.xhtml">biên bản</a> ')), "book.epub")
    [finding] = [each for each in report.findings if each.code == "dead-link"]

    assert finding.message == "the link leads to 'gone.xhtml', which is not in the book"
    assert finding.where.article == "Ba xã ven sông Mây dùng chung một trạm bơm"
    assert finding.where.place == "biên bản"

"""What an input costs grows with its size: one that is twice as large takes no more than 2.5 times as long."""

import gc
import io
import time
import warnings
from collections.abc import Callable

import pikepdf
import pytest
from PIL import Image

from tests.checking.conftest import made
from tests.checking.spoiling import draw, font_of, spoilt
from tests.checking.test_hostile import book
from tests.fuzzing.targets import TARGETS, fault
from tests.reading.docx import building
from tests.reading.odt.building import flat, items, p, picture, row, span, table
from tests.reading.rtf.building import document as rtf

PAGE = "<html lang=en><body><article><h1>A bridge was opened</h1>"
ATOM = "<feed xmlns='http://www.w3.org/2005/Atom'>"
SVG = "<svg xmlns='http://www.w3.org/2000/svg'>"
ARCHIVE = f"Content-Type: multipart/related; boundary=x\n\n--x\nContent-Type: text/html\n\n{PAGE}<p>It was.</p>\n"
MATTER = "---\ntitle: A bridge was opened\n---\n\n"

TOLD = "It was opened on Sunday and crossed by buses. "


def document(body: str) -> bytes:
    return building.packed(building.members(building.p("A bridge", style="Tieu") + building.p(TOLD) + body))


def scans(size: int) -> bytes:
    """A JPEG of so many scans."""
    stream = io.BytesIO()
    Image.linear_gradient("L").save(stream, "JPEG", progressive=True)
    data = stream.getvalue()
    return data[:-2] + data[data.rindex(b"\xff\xda") : -2] * size + data[-2:]


def drawn(content: bytes) -> bytes:
    """A PDF with more on its first page."""
    return spoilt(made(".pdf", "brief"), lambda pdf: draw(pdf, 1, content))


def character_map(size: int) -> bytes:
    """A PDF of which a font's character map has so many ranges."""

    def widen(pdf: pikepdf.Pdf) -> None:
        to_unicode = font_of(pdf, 1)[1].ToUnicode
        ranges = b"".join(b"<%04x> <%04x> <0041>\n" % (at % 65_536, at % 65_536) for at in range(size))
        to_unicode.write(to_unicode.read_bytes() + b"%d beginbfrange\n%sendbfrange\n" % (size, ranges))

    return spoilt(made(".pdf", "brief"), widen)


def book_of(body: str) -> bytes:
    return book({"a.xhtml": f"<html><body>{body}</body></html>".encode()})


ROW = f"<w:tr><w:tc>{building.p('a')}</w:tc></w:tr>"

GROWING: dict[str, tuple[str, Callable[[int], str | bytes]]] = {
    "short lines": ("text", lambda size: "A bridge\n\n" + "Read more\n" * size),
    "long line": ("text", lambda size: "A bridge\n\n" + "word " * (40 * size)),
    "combining marks": ("text", lambda size: "A bridge\n\na" + "\u0301\u0323" * (40 * size)),
    "paragraphs": ("text", lambda size: "A bridge\n\n" + "It was opened on Sunday and crossed by buses.\n\n" * size),
    "one long word": ("text", lambda size: f"A bridge was opened\n{TOLD}\nE{'<b>' * (2 * size)}\n{TOLD}\nMore words\n"),
    "separators in a line": ("text", lambda size: "A bridge | " * (8 * size) + f"\n\n{TOLD}"),
    "separators alone": ("text", lambda size: "| " * (16 * size) + f"\n\n{TOLD}"),
    "links after the text": (
        "text",
        lambda size: f"A bridge\n\n{TOLD}\n\nRelated news\n" + "A bridge was opened\n" * size,
    ),
    "captions": ("text", lambda size: "A bridge\n\n" + "Photo: Minh Quân\n\n" * size),
    "paragraphs of Markdown": ("markdown", lambda size: MATTER + "It *was* opened on **Sunday**.\n\n" * size),
    "unclosed emphasis": ("markdown", lambda size: MATTER + "*a **b " * (2 * size)),
    "unclosed brackets": ("markdown", lambda size: MATTER + "[a](" * (2 * size)),
    "quotes in quotes": ("markdown", lambda size: MATTER + "> " * (size // 4) + "a"),
    "cells of Markdown": ("markdown", lambda size: MATTER + "|a|b|\n|-|-|\n" + "|a|b|\n" * size),
    "lists of front matter": ("markdown", lambda size: f"---\ntitle: {'[' * (8 * size)}\n---\n\n{TOLD}"),
    "related news of front matter": (
        "markdown",
        lambda size: "---\ntitle: A\nrelated:\n" + "- A bridge was opened\n" * size + f"---\n\n{TOLD}",
    ),
    "elements": ("html", lambda size: PAGE + "<p>It was opened on <b>Sunday</b>, and buses crossed it.</p>" * size),
    "elements in elements": ("html", lambda size: PAGE + "<div>" * size + "It was opened on Sunday."),
    "a name without end": ("html", lambda size: PAGE + "<p>It was.</p><" + "a" * (50 * size)),
    "cells that reach over others": (
        "html",
        lambda size: f"{PAGE}<p>{TOLD}<table>{'<tr><td colspan=1000 rowspan=1000>a' * (size // 5)}</table>",
    ),
    "separators in a title": ("html", lambda size: f"<title>{'A bridge | ' * (8 * size)}</title>{PAGE}<p>{TOLD}"),
    "attributes": ("html", lambda size: PAGE + "<p " + "".join(f"a{at}=b " for at in range(4 * size)) + ">It was.</p>"),
    "pictures with headings": (
        "html",
        lambda size: (
            PAGE + TOLD + "".join(f"<p class=a{at}><img src=a>b<h3>A bridge was opened</h3>" for at in range(size))
        ),
    ),
    "references": ("html", lambda size: PAGE + "<p>It was opened " + "&amp;&#769;" * (8 * size) + "</p>"),
    "entries": ("feed", lambda size: ATOM + "<entry><title>A</title></entry>" * size + "</feed>"),
    "attributes of a feed": (
        "feed",
        lambda size: (
            ATOM + "<entry " + "".join(f"a{at}='>' " for at in range(size)) + "><title>A</title></entry></feed>"
        ),
    ),
    "parts": ("mhtml", lambda size: ARCHIVE + "--x\n\n.\n" * (8 * size)),
    "headers": ("mhtml", lambda size: ARCHIVE + "--x\n" + "A: b\n" * (8 * size)),
    "paragraphs of OpenDocument": ("odt", lambda size: flat(p("It was ", span("opened", "B"), ".") * size)),
    "repeated rows": ("odt", lambda size: flat(table(row(attributes=f"table:number-rows-repeated='{size}'")) + p("a"))),
    "notes": ("odt", lambda size: flat(p("a<text:note><text:p>b</text:p></text:note>") * size)),
    "lists": ("odt", lambda size: flat(items(p("a"), items(p("b")), style="Number") * size)),
    "a picture in text": (
        "odt",
        lambda size: flat(
            p("a", picture("", inner="<office:binary-data>" + "aaaa" * (50 * size) + "</office:binary-data>"))
        ),
    ),
    "empty paragraphs of Word": ("docx", lambda size: document("<w:p/>" * (8 * size))),
    "runs of Word": ("docx", lambda size: document(f"<w:p>{building.r('a ') * size}</w:p>")),
    "cells of Word": ("docx", lambda size: document("<w:tbl>" + ROW * size + "</w:tbl>")),
    "scans": ("picture", lambda size: scans(size // 16)),
    "keys of settings": ("digest", lambda size: "".join(f"a{at} = 1\n" for at in range(size))),
    "parts of a key": ("digest", lambda size: "a." * (8 * size) + "a = 1"),
    "lists of settings": ("digest", lambda size: "a = " + "[" * (8 * size)),
    "digits of settings": ("digest", lambda size: "a = " + "9" * (8 * size)),
    "feeds": (
        "opml",
        lambda size: "<opml>" + "<outline text='a' xmlUrl='https://a.example/'/>" * (4 * size) + "</opml>",
    ),
    "operations of a page": ("pdf", lambda size: drawn(b"0 0 9 9 re f " * (4 * size))),
    "brackets on a page": ("pdf", lambda size: drawn(b"[" * (200 * size))),
    "ranges of a character map": ("pdf", lambda size: character_map(16 * size)),
    "paragraphs of a book": ("epub", lambda size: book_of(f"<p>{TOLD}</p>" * size)),
    "links of a book": ("epub", lambda size: book_of("<a href='b.xhtml#c'>d</a>" * size)),
    "paragraphs of rich text": ("rtf", lambda size: rtf(rb"{\rtlch It was {\b opened}.}\par " * size)),
    "characters of rich text": ("rtf", lambda size: rtf(rb"\u7847?\'e9" * (8 * size))),
    "marks of rich text": ("rtf", lambda size: rtf(rb"a" + rb"\u769?" * (8 * size))),
    "groups": ("rtf", lambda size: rtf(rb"{\b a}{\*\x{y}}{}" * (4 * size))),
    "groups without end": ("rtf", lambda size: rtf(rb"a{\*\x" + rb"{" * (40 * size))),
    "cells of rich text": ("rtf", lambda size: rtf(rb"\trowd\cellx90\cellx900\intbl a\cell b\cell\row" * size)),
    "notes of rich text": ("rtf", lambda size: rtf(rb"a{\footnote b}" * size)),
    "styles of rich text": (
        "rtf",
        lambda size: rtf(rb"{\stylesheet" + b"".join(rb"{\s%d S;}" % at for at in range(size)) + rb"}\s9 a"),
    ),
    "many names of one thing": ("rtf", lambda size: rtf(rb"{\info" + rb"\author " * (20 * size) + b"}a")),
    "deeper and deeper items": ("rtf", lambda size: rtf(b"".join(rb"\ls1\ilvl%d a\par " % at for at in range(size)))),
    "boxes": ("rtf", lambda size: rtf(rb"{\shptxt a" * size)),
    "a picture of rich text": ("rtf", lambda size: rtf(rb"a{\pict " + b"00\n" * (100 * size) + b"}")),
    "shapes": ("svg", lambda size: SVG + "<path d='M0 0L1 1'/>" * size + "</svg>"),
    "a path": ("svg", lambda size: SVG + "<path d='" + "M0 0L1 1" * (8 * size) + "'/></svg>"),
}
"""For each kind of input its target and what makes one of a size."""

LEAST_S = 0.03
"""What is over sooner says nothing: the clock is as loud."""

MOST_SIZE = 16_000


@pytest.mark.sample(6)
@pytest.mark.parametrize("kind", GROWING)
def test_twice_the_input_takes_no_more_than_two_and_a_half_times_as_long(kind: str, tmp_path_factory) -> None:
    name, make = GROWING[kind]

    def seconds(size: int, times: int) -> float:
        """Of processor time, at best; the collector of garbage comes when it likes, and stays out of it."""
        made_of_size = make(size)
        data = made_of_size.encode() if isinstance(made_of_size, str) else made_of_size
        took = []
        for _ in range(times):
            gc.disable()
            began = time.process_time()
            with warnings.catch_warnings(action="ignore"):
                assert fault(TARGETS[name], data, folder) is None
            took.append(time.process_time() - began)
            gc.enable()
        return min(took)

    folder = tmp_path_factory.mktemp("growth")
    seconds(100, times=1)  # The libraries are loaded.
    size = 250
    while seconds(size, times=1) < LEAST_S and size < MOST_SIZE:
        size *= 2

    # A neighbour that fills the processor's caches makes one of two sizes dear; none does so three times in a row.
    assert any(seconds(2 * size, times) < 2.5 * seconds(size, times) + LEAST_S / 2 for times in (1, 2, 3))

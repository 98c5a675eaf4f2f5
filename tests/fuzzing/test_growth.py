"""What an input costs grows with its size: one that is twice as large takes no more than 2.5 times as long."""

import time
import warnings
from collections.abc import Callable

import pytest

from tests.fuzzing.targets import TARGETS, fault
from tests.reading.odt.building import flat, items, p, picture, row, span, table

PAGE = "<html lang=en><body><article><h1>A bridge was opened</h1>"
ATOM = "<feed xmlns='http://www.w3.org/2005/Atom'>"
SVG = "<svg xmlns='http://www.w3.org/2000/svg'>"
ARCHIVE = f"Content-Type: multipart/related; boundary=x\n\n--x\nContent-Type: text/html\n\n{PAGE}<p>It was.</p>\n"
MATTER = "---\ntitle: A bridge was opened\n---\n\n"

GROWING: dict[str, tuple[str, Callable[[int], str | bytes]]] = {
    "short lines": ("text", lambda size: "A bridge\n\n" + "Read more\n" * size),
    "long line": ("text", lambda size: "A bridge\n\n" + "word " * (40 * size)),
    "combining marks": ("text", lambda size: "A bridge\n\na" + "\u0301\u0323" * (40 * size)),
    "paragraphs": ("text", lambda size: "A bridge\n\n" + "It was opened on Sunday and crossed by buses.\n\n" * size),
    "captions": ("text", lambda size: "A bridge\n\n" + "Photo: Minh Quân\n\n" * size),
    "paragraphs of Markdown": ("markdown", lambda size: MATTER + "It *was* opened on **Sunday**.\n\n" * size),
    "unclosed emphasis": ("markdown", lambda size: MATTER + "*a **b " * (2 * size)),
    "unclosed brackets": ("markdown", lambda size: MATTER + "[a](" * (2 * size)),
    "quotes in quotes": ("markdown", lambda size: MATTER + "> " * (size // 4) + "a"),
    "elements": ("html", lambda size: PAGE + "<p>It was opened on <b>Sunday</b>, and buses crossed it.</p>" * size),
    "elements in elements": ("html", lambda size: PAGE + "<div>" * size + "It was opened on Sunday."),
    "a name without end": ("html", lambda size: PAGE + "<p>It was.</p><" + "a" * (50 * size)),
    "attributes": ("html", lambda size: PAGE + "<p " + "".join(f"a{at}=b " for at in range(4 * size)) + ">It was.</p>"),
    "references": ("html", lambda size: PAGE + "<p>It was opened " + "&amp;&#769;" * (8 * size) + "</p>"),
    "entries": ("feed", lambda size: ATOM + "<entry><title>A</title></entry>" * size + "</feed>"),
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
    "shapes": ("svg", lambda size: SVG + "<path d='M0 0L1 1'/>" * size + "</svg>"),
    "a path": ("svg", lambda size: SVG + "<path d='" + "M0 0L1 1" * (8 * size) + "'/></svg>"),
}
"""For each kind of input its target and what makes one of a size."""

LEAST_S = 0.05
"""What is over sooner says nothing: the clock and the collector of garbage are as loud."""

MOST_SIZE = 16_000


@pytest.mark.parametrize("kind", GROWING)
def test_twice_the_input_takes_no_more_than_two_and_a_half_times_as_long(kind: str, tmp_path_factory) -> None:
    name, make = GROWING[kind]

    def seconds(size: int) -> float:
        made = make(size)
        data = made.encode() if isinstance(made, str) else made
        times = []
        for _ in range(2):
            began = time.process_time()
            with warnings.catch_warnings(action="ignore"):
                assert fault(TARGETS[name], data, tmp_path_factory.mktemp("growth")) is None
            times.append(time.process_time() - began)
        return min(times)

    seconds(100)  # The libraries are loaded.
    size = 250
    while (took := seconds(size)) < LEAST_S and size < MOST_SIZE:
        size *= 2

    assert seconds(2 * size) < 2.5 * took + LEAST_S / 2

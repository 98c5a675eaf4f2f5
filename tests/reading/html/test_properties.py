"""What holds for any page: nothing is lost, nothing breaks, nothing unsafe comes through."""

import json
import re
from pathlib import Path

import pytest

pytest.importorskip("trafilatura", reason="the html extra is not installed")

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from publisher.errors import InputError
from publisher.model import Reading, plain, to_json
from publisher.reading.html.rendering import render
from publisher.reading.html.tree import parse
from publisher.reading.trace.rules import HTML_RULES, RULES
from tests.reading.html.pages import reading_of

PAGES = [
    path.read_bytes().decode("utf-8", "replace")
    for path in sorted((Path(__file__).parent / "cases").glob("*/input.html"))
]

PROFILE = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


def pieces(page: str) -> list[str]:
    """A page cut before each of its tags."""
    return [piece for piece in re.split(r"(?=<)", page) if piece]


@st.composite
def mangled_pages(draw: st.DrawFn) -> str:
    """Real-shaped pages truncated, with parts dropped, moved, doubled, or spliced from another page."""
    parts = pieces(draw(st.sampled_from(PAGES)))
    for _ in range(draw(st.integers(0, 4))):
        start = draw(st.integers(0, len(parts) - 1))
        end = min(len(parts), start + draw(st.integers(1, 25)))
        match draw(st.sampled_from(["drop", "double", "move", "splice", "truncate"])):
            case "drop":
                parts[start:end] = []
            case "double":
                parts[start:start] = parts[start:end]
            case "move":
                chunk = parts[start:end]
                parts[start:end] = []
                at = draw(st.integers(0, len(parts)))
                parts[at:at] = chunk
            case "splice":
                other = pieces(draw(st.sampled_from(PAGES)))
                at = draw(st.integers(0, len(other) - 1))
                parts[start:start] = other[at : at + 25]
            case "truncate":
                parts = parts[:end]
        parts = parts or ["<p>words"]
    return "".join(parts)


TAGS = "p div span a b i ul ol li h1 h2 table tr td th figure figcaption img br hr pre blockquote q section aside nav form".split()  # noqa: E501, SIM905 - a list of tags
SOUP = st.lists(
    st.one_of(
        st.sampled_from([f"<{tag}>" for tag in TAGS] + [f"</{tag}>" for tag in TAGS]),
        st.sampled_from(
            [
                '<a href="/a">',
                '<a href="javascript:x">',
                '<img src="a.jpg" alt="A goat">',
                '<div class="caption">',
                '<div class="author">',
                '<p class="sapo">',
                "<time>2/5/2025</time>",
                "<!--",
                "-->",
                "<![CDATA[",
                "&amp;&#0;&#x110000;",
            ]
        ),
        st.text(max_size=30),
        st.sampled_from(["The ferry crossed the sound at noon. ", "Đoàn tàu rời ga lúc năm giờ sáng. ", "By Ada Birk"]),
    ),
    max_size=60,
).map("".join)


def checked(markup: str) -> Reading | None:
    """The reading of a page that holds any word."""
    try:
        reading = reading_of(markup)
    except InputError:
        return None
    to_json(reading)
    return reading


@given(st.one_of(mangled_pages(), SOUP))
@PROFILE
def test_the_traces_lines_are_the_pages_lines_each_with_one_role(markup: str) -> None:
    reading = checked(markup)
    if reading is None:
        return

    lines = [line.text for line in render(parse(_decoded(markup), "page.html").root) if line.text]
    assert [line.text for line in reading.trace] == lines
    assert [line.number for line in reading.trace] == list(range(1, len(lines) + 1))
    assert {line.rule for line in reading.trace} <= {*RULES, *HTML_RULES}


def _decoded(markup: str) -> str:
    from publisher.reading.decoding import decode

    return decode(markup.encode("utf-8", "replace"), "page.html").text


def words_of(node: object) -> str:
    """All words of an article's JSON form in order; addresses, kinds and languages are none."""
    if isinstance(node, dict):
        silent = ("type", "url", "src", "origin", "language")
        return "".join(words_of(value) for key, value in node.items() if key not in silent)
    if isinstance(node, list):
        return "".join(map(words_of, node))
    return str(node) if isinstance(node, str) else ""


def letters(text: str) -> str:
    """Text by its letters and digits alone."""
    return re.sub(r"[\W_]+", "", text)


QUOTED_IN_ENGLISH = (
    "<article><h1>Cầu mới qua sông được thông xe sau ba năm</h1><p>Sáng nay cây cầu mới được thông xe. Kỹ sư nói: "
    "“We have checked every bolt of the bridge, and it is ready for the first cars” và cảm ơn người dân.</p></article>"
)


@given(mangled_pages())
@example(QUOTED_IN_ENGLISH)
@PROFILE
def test_every_line_that_is_no_furniture_is_in_the_article(markup: str) -> None:
    reading = checked(markup)
    if reading is None:
        return

    said = letters(words_of(json.loads(to_json(reading.articles[0]))))
    kept = ("paragraph", "subheading", "quote", "list item", "standfirst", "figure alt")
    lost = [line for line in reading.trace if line.role in kept and letters(line.text) not in said]
    assert lost == []


@given(st.one_of(mangled_pages(), SOUP))
@PROFILE
def test_no_address_of_a_link_is_unsafe(markup: str) -> None:
    reading = checked(markup)
    if reading is None:
        return

    urls = re.findall(r'"url":"([^"]*)"', to_json(reading.articles[0]))
    assert [url for url in urls if not url.startswith(("http://", "https://", "mailto:"))] == []


@given(st.binary(max_size=400))
@PROFILE
def test_any_bytes_are_an_article_or_an_input_error(data: bytes) -> None:
    try:
        reading = reading_of(data)
    except InputError:
        return
    assert reading.articles[0].headline
    assert all(plain(getattr(block, "inlines", ())) is not None for block in reading.articles[0].body)

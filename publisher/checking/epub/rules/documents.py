"""The documents: whether they can be read, in order, in their language, and whether their links lead somewhere."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import partial

from publisher.checking.epub.book import Book
from publisher.checking.epub.document import CheckedDocument, is_elsewhere
from publisher.checking.epub.xml import Node
from publisher.checking.languages import is_language_tag
from publisher.checking.parts import Found
from publisher.model import Finding

MAX_DOCUMENT_BYTES = 300_000
"""Older e-readers lay a document out at once: above this page turns become slow (Adobe's engine refuses more)."""

ACTIVE = frozenset({"applet", "embed", "form", "iframe", "object", "script"})
SAFE_SCHEMES = frozenset({"http", "https", "mailto", "tel"})
MEDIA = frozenset({"img", "svg:svg", "svg:image", "math:math", "audio", "video", "object", "table", "hr"})
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s]+", re.IGNORECASE)
_HOST = re.compile(r"^(?:https?://)?(?:www\.)?([^/\s?#:]+)", re.IGNORECASE)
POOR_LINKS = frozenset(
    {
        "bấm vào đây",
        "chi tiết",
        "click here",
        "here",
        "link",
        "more",
        "nhấn vào đây",
        "read more",
        "tại đây",
        "this",
        "tiếp",
        "xem thêm",
        "đây",
        "ở đây",
    }
)


def find(book: Book) -> Iterator[Finding]:
    """What is wrong with the documents together, and which cannot be read."""
    yield from _titles(book)
    for item in book.documents:
        if item.path in book.sizes and book.facts(item.path) is None:
            yield from _size(book.sizes[item.path], partial(book.found, document=item.path))
            message = f"the document is not well-formed: {book.broken[item.path]}"
            yield book.found("malformed", "error", message, item.path)


def find_in_document(document: CheckedDocument) -> Iterator[Finding]:
    """What is wrong with one of them."""
    yield from _size(document.setting.size - _marked_for_kobo(document.root), document.found)
    yield from _whole(document, document.root)
    yield from _links(document)
    yield from _headings(document)
    yield from _tables(document)


def _titles(book: Book) -> Iterator[Finding]:
    """One title for all documents: it is what a screen reader says first, and a list of open documents shows."""
    read = [facts for item in book.spine if (facts := book.facts(item.path))]
    titles = {facts.title for facts in read if facts.title}
    if len(read) > 3 and len(titles) == 1:
        message = f"all {len(read)} documents have the same title: nobody hears which one was opened"
        yield book.found("poor-title", "note", message, place=titles.pop())


def _size(size: int, found: Found) -> Iterator[Finding]:
    if size > MAX_DOCUMENT_BYTES:
        message = f"the document has {size / 1000:.0f} kB; above {MAX_DOCUMENT_BYTES / 1000:.0f} kB readers turn slow"
        yield found("oversize-document", "warning", message)


def _marked_for_kobo(root: Node) -> int:
    """How many bytes of the document are Kobo's own marks: its engine wants them, and takes far larger documents."""
    spans = (node for node in root.having("class") if node.get("class") == "koboSpan")
    return sum(len(f'<span class="koboSpan" id="{span.get("id")}"></span>') for span in spans)


def _whole(document: CheckedDocument, root: Node) -> Iterator[Finding]:
    language = root.get("xml:lang") or root.get("lang")
    if not language:
        severity = "note" if document.setting.languages else "warning"
        message = "the document does not say its language; readers take the book's, or their own"
        yield document.found("missing-language", severity, message)  # type: ignore[arg-type]
    elif language.casefold() != (root.get("lang") or language).casefold():
        message = f"the document says it is in {language!r} and in {root.get('lang')!r}"
        yield document.found("unknown-language", "warning", message)
    for node in root.having("xml:lang", "lang"):
        tag = node.get("xml:lang") or node.get("lang")
        if tag and not is_language_tag(tag):
            yield document.found("unknown-language", "error", f"{tag!r} is no language tag", f"line {node.line}")
    body = root.first("body")
    if document.setting.in_spine and body is not None and not body.has_text and not any(body.all(*MEDIA)):
        yield document.found("empty-document", "warning", "the document is in the reading order and shows nothing")
    title = root.first("title")
    if title is None or not title.text:
        yield document.found("missing-title", "warning", "the document has no title, which screen readers say first")
    for tag in sorted({node.tag for node in root.all(*ACTIVE)}):
        yield document.found("active-content", "warning", f"the document holds <{tag}>, which most readers forbid")
    counts = Counter(filter(None, (node.get("id") for node in root.having("id"))))
    for identity, number in counts.items():
        if number > 1:
            message = f"the anchor {identity!r} stands {number} times: links lead to the first"
            yield document.found("repeated-anchor", "error", message)


def _headings(document: CheckedDocument) -> Iterator[Finding]:
    before = 0
    for node in document.root.all(*HEADINGS):
        level = int(node.tag[1])
        if before and level > before + 1:
            message = f"a heading of level {level} comes after one of level {before}"
            yield document.found("heading-order", "warning", message, node.text)
        if not node.text and not any(image.get("alt") for image in node.all("img")):
            yield document.found("empty-tag", "warning", f"a heading of level {level} has no words")
        before = level


def _tables(document: CheckedDocument) -> Iterator[Finding]:
    for table in document.root.all("table"):
        layout = table.get("role") in ("presentation", "none")
        rows = sum(1 for _ in table.all("tr"))
        if not layout and rows > 1 and table.first("th") is None:
            yield document.found("table-headers", "warning", "a table has no header cells", table.text)


# --- links ----------------------------------------------------------------------------------------------------------


def _links(document: CheckedDocument) -> Iterator[Finding]:
    for link in document.root.all("a"):
        href = link.get("href")
        if href is None:
            continue
        words = link.text or link.get("aria-label") or link.get("title") or ""
        pictured = " ".join(image.get("alt") or "" for image in link.all("img")).strip()
        words = words or pictured
        if is_elsewhere(href):
            yield from _link_out(document, href, words)
        else:
            if not href.strip() or not document.leads(href):
                message = f"the link leads to {href!r}, which is not in the book"
                yield document.found("dead-link", "error", message, words)
        if not words:
            message = f"the link to {href!r} has no words: a screen reader has nothing to say"
            yield document.found("poor-link", "warning", message)
        elif words.casefold().strip(" .…:»›>[]()") in POOR_LINKS:
            message = "the words of the link do not say where it leads"
            yield document.found("poor-link", "note", message, words)


def _link_out(document: CheckedDocument, href: str, words: str) -> Iterator[Finding]:
    scheme = href.partition(":")[0].casefold()
    if scheme == "file":
        yield document.found("dead-link", "error", f"the link leads to a file of one machine: {href!r}", words)
    elif scheme not in SAFE_SCHEMES:
        message = f"the link leads to {scheme!r}, which may start something"
        yield document.found("active-content", "warning", message, words)
    elif _ADDRESS.fullmatch(words) and scheme in ("http", "https"):
        said, true = _HOST.match(words), _HOST.match(href)
        if said and true and said[1].casefold().rstrip(".…") != true[1].casefold():
            message = f"the link says {said[1]!r} and leads to {true[1]!r}"
            yield document.found("misleading-link", "error", message, words)

"""The documents: whether they can be read, in order, in their language, and whether their links lead somewhere."""

import re
from collections import Counter
from collections.abc import Iterator

from publisher.checking.epub.book import Book, ManifestItem, is_elsewhere
from publisher.checking.epub.rules.navigation import leads
from publisher.checking.epub.xml import Node
from publisher.checking.languages import is_language_tag
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
    """What is wrong with the documents."""
    yield from _titles(book)
    for item in book.documents:
        if item.path not in book.sizes:
            continue
        root = book.tree(item.path)
        size = book.sizes[item.path] - _marked_for_kobo(root)
        if size > MAX_DOCUMENT_BYTES:
            message = (
                f"the document has {size / 1000:.0f} kB; above {MAX_DOCUMENT_BYTES / 1000:.0f} kB readers turn slow"
            )
            yield book.found("oversize-document", "warning", message, item.path)
        if root is None:
            message = f"the document is not well-formed: {book.broken.get(item.path, 'it is empty')}"
            yield book.found("malformed", "error", message, item.path)
            continue
        yield from _whole(book, item, root)
        yield from _links(book, item, root)
        yield from _headings(book, item, root)
        yield from _tables(book, item, root)


def _titles(book: Book) -> Iterator[Finding]:
    """One title for all documents: it is what a screen reader says first, and a list of open documents shows."""
    roots = [root for item in book.spine if (root := book.tree(item.path))]
    titles = {title.text for root in roots if (title := root.first("title")) and title.text}
    if len(roots) > 3 and len(titles) == 1:
        message = f"all {len(roots)} documents have the same title: nobody hears which one was opened"
        yield book.found("poor-title", "note", message, place=titles.pop())


def _marked_for_kobo(root: Node | None) -> int:
    """How many bytes of the document are Kobo's own marks: its engine wants them, and takes far larger documents."""
    spans = [] if root is None else [node for node in root.having("class") if node.get("class") == "koboSpan"]
    return sum(len(f'<span class="koboSpan" id="{span.get("id")}"></span>') for span in spans)


def _whole(book: Book, item: ManifestItem, root: Node) -> Iterator[Finding]:
    language = root.get("xml:lang") or root.get("lang")
    if not language:
        severity = "note" if book.values("dc:language") else "warning"
        message = "the document does not say its language; readers take the book's, or their own"
        yield book.found("missing-language", severity, message, item.path)  # type: ignore[arg-type]
    elif language.casefold() != (root.get("lang") or language).casefold():
        message = f"the document says it is in {language!r} and in {root.get('lang')!r}"
        yield book.found("unknown-language", "warning", message, item.path)
    for node in root.having("xml:lang", "lang"):
        tag = node.get("xml:lang") or node.get("lang")
        if tag and not is_language_tag(tag):
            yield book.found("unknown-language", "error", f"{tag!r} is no language tag", item.path, f"line {node.line}")
    body = root.first("body")
    if item in book.spine and body is not None and not body.has_text and not any(body.all(*MEDIA)):
        yield book.found(
            "empty-document", "warning", "the document is in the reading order and shows nothing", item.path
        )
    title = root.first("title")
    if title is None or not title.text:
        yield book.found(
            "missing-title", "warning", "the document has no title, which screen readers say first", item.path
        )
    for tag in sorted({node.tag for node in root.all(*ACTIVE)}):
        yield book.found(
            "active-content", "warning", f"the document holds <{tag}>, which most readers forbid", item.path
        )
    counts = Counter(filter(None, (node.get("id") for node in root.having("id"))))
    for identity, number in counts.items():
        if number > 1:
            message = f"the anchor {identity!r} stands {number} times: links lead to the first"
            yield book.found("repeated-anchor", "error", message, item.path)


def _headings(book: Book, item: ManifestItem, root: Node) -> Iterator[Finding]:
    before = 0
    for node in root.all(*HEADINGS):
        level = int(node.tag[1])
        if before and level > before + 1:
            message = f"a heading of level {level} comes after one of level {before}"
            yield book.found("heading-order", "warning", message, item.path, node.text)
        if not node.text and not any(image.get("alt") for image in node.all("img")):
            yield book.found("empty-tag", "warning", f"a heading of level {level} has no words", item.path)
        before = level


def _tables(book: Book, item: ManifestItem, root: Node) -> Iterator[Finding]:
    for table in root.all("table"):
        layout = table.get("role") in ("presentation", "none")
        rows = sum(1 for _ in table.all("tr"))
        if not layout and rows > 1 and table.first("th") is None:
            yield book.found("table-headers", "warning", "a table has no header cells", item.path, table.text)


# --- links ----------------------------------------------------------------------------------------------------------


def _links(book: Book, item: ManifestItem, root: Node) -> Iterator[Finding]:
    for link in root.all("a"):
        href = link.get("href")
        if href is None:
            continue
        words = link.text or link.get("aria-label") or link.get("title") or ""
        pictured = " ".join(image.get("alt") or "" for image in link.all("img")).strip()
        words = words or pictured
        if is_elsewhere(href):
            yield from _link_out(book, item, href, words)
        else:
            path, anchor = book.resolved(item.path, href)
            if not href.strip() or not leads(book, path, anchor):
                yield book.found(
                    "dead-link", "error", f"the link leads to {href!r}, which is not in the book", item.path, words
                )
        if not words:
            message = f"the link to {href!r} has no words: a screen reader has nothing to say"
            yield book.found("poor-link", "warning", message, item.path)
        elif words.casefold().strip(" .…:»›>[]()") in POOR_LINKS:
            message = "the words of the link do not say where it leads"
            yield book.found("poor-link", "note", message, item.path, words)


def _link_out(book: Book, item: ManifestItem, href: str, words: str) -> Iterator[Finding]:
    scheme = href.partition(":")[0].casefold()
    if scheme == "file":
        yield book.found("dead-link", "error", f"the link leads to a file of one machine: {href!r}", item.path, words)
    elif scheme not in SAFE_SCHEMES:
        message = f"the link leads to {scheme!r}, which may start something"
        yield book.found("active-content", "warning", message, item.path, words)
    elif _ADDRESS.fullmatch(words) and scheme in ("http", "https"):
        said, true = _HOST.match(words), _HOST.match(href)
        if said and true and said[1].casefold().rstrip(".…") != true[1].casefold():
            message = f"the link says {said[1]!r} and leads to {true[1]!r}"
            yield book.found("misleading-link", "error", message, item.path, words)

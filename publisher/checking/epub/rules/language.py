"""The language that the book and its documents say they are in, against each other and against their words."""

from collections import Counter
from collections.abc import Iterator

from publisher.checking.epub.book import Book
from publisher.checking.epub.document import CheckedDocument
from publisher.checking.epub.xml import Node
from publisher.checking.languages import NAMES, is_language_tag, likely_language, primary
from publisher.model import Finding, Severity

READ_CHARACTERS = 20_000
"""Of a document: its beginning says what language it is in."""


def find(book: Book) -> Iterator[Finding]:
    """Where a screen reader would take the wrong voice, and a reader the wrong dictionary."""
    if book.version.startswith("3") and not (book.package.get("xml:lang") or _of_metadata(book)):
        message = "the package does not say in which language its titles and summaries are (xml:lang)"
        yield book.found("missing-language", "note", message, book.package_path)
    yield from _of_book(book)


def _of_metadata(book: Book) -> str | None:
    metadata = book.package.first("opf:metadata")
    return metadata.get("xml:lang") if metadata else None


def said(root: Node) -> str:
    """The language that an element says it is in; empty when it does not."""
    return root.attributes.get("xml:lang") or root.attributes.get("lang") or ""


def _of_book(book: Book) -> Iterator[Finding]:
    """The book against most of its documents.

    A package that is itself in the documents' language states another one on purpose: Send to Kindle refuses some.
    """
    declared = book.values("dc:language")
    languages = (facts.language for item in book.spine if (facts := book.facts(item.path)))
    found = Counter(primary(language) for language in languages if language)
    if not found or not declared or not all(map(is_language_tag, declared)):
        return
    language, number = found.most_common(1)[0]
    if 2 * number > found.total() and language not in map(primary, declared):
        message = (
            f"the book says it is in {declared[0]!r}, and {number} of its {len(book.spine)} documents in {language!r}"
        )
        severity: Severity = "note" if primary(book.package.get("xml:lang") or "") == language else "warning"
        yield book.found("language-mismatch", severity, message, book.package_path)


def find_in_document(document: CheckedDocument) -> Iterator[Finding]:
    """Of the reading order, the document against its words; only between languages that are surely told apart."""
    if not document.setting.in_spine:
        return
    declared = said(document.root) or next(iter(document.setting.languages), "")
    found = likely_language(_own_text(document.root))
    if declared and found and primary(declared) != found and (primary(declared) in NAMES or found == "vi"):
        message = f"the document says it is in {declared!r}, and its text is in {NAMES[found]}"
        yield document.found("language-mismatch", "warning", message)


def _own_text(root: Node) -> str:
    """The text in the document's own language: without the parts that say they are in another."""
    own = primary(said(root))
    body = root.first("body") or root
    pieces: list[str] = []
    length = 0
    stack: list[Node | str] = [body]
    while stack and length < READ_CHARACTERS:
        each = stack.pop()
        if isinstance(each, str):
            pieces.append(each)
            length += len(each)
        elif each is body or not (other := said(each)) or primary(other) == own:
            stack.extend(reversed(each.content))
    return " ".join(pieces)

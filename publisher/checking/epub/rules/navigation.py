"""The contents in their forms against the reading order and the headings, and what landmarks lead to."""

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from publisher.checking.epub.book import Book, NavLine
from publisher.checking.epub.document import is_elsewhere
from publisher.counting import counted
from publisher.model import Finding

UNLISTED_SHARE = 0.5
"""Below this share of listed documents the contents leave out most of a book."""


def find(book: Book) -> Iterator[Finding]:
    """What is wrong with the ways into the book."""
    if book.version.startswith("3") and book.nav is None:
        yield book.found("no-contents", "error", "the book has no navigation document, which EPUB 3 asks for")
    if not book.contents:
        yield book.found("no-contents", "error", "the book has no contents")
    yield from _lines(book, book.nav_lines("toc"), "contents", book.nav.path if book.nav else None)
    yield from _lines(book, book.ncx_lines, "NCX", book.ncx.path if book.ncx else None)
    yield from _agreement(book)
    yield from _spine(book)
    yield from _landmarks(book)
    yield from _headings(book)


def _lines(book: Book, lines: Sequence[NavLine], what: str, document: str | None) -> Iterator[Finding]:
    """Lines that lead nowhere, say nothing, or are not in reading order."""
    order = {item.path: place for place, item in enumerate(book.spine)}
    highest = -1
    for line in lines:
        if not line.text:
            yield book.found("contents-mismatch", "error", f"a line of the {what} has no words", document, line.path)
        if is_elsewhere(line.path):
            yield book.found("contents-mismatch", "warning", f"the {what} lead out of the book", document, line.path)
            continue
        if not book.leads(line.path, line.anchor):
            target = f"{line.path}#{line.anchor}" if line.anchor else line.path
            yield book.found("dead-link", "error", f"the {what} lead to {target!r}, which is not there", document)
        elif line.path not in order:
            message = f"the {what} lead to {line.path!r}, which is not in the reading order"
            yield book.found("contents-mismatch", "error", message, document, line.text)
        elif order[line.path] < highest:
            message = f"the {what} are not in the reading order: a line leads back to {line.path!r}"
            yield book.found("contents-mismatch", "warning", message, document, line.text)
        highest = max(highest, order.get(line.path, -1))


def _agreement(book: Book) -> Iterator[Finding]:
    """The two forms of the contents, which different readers show, must say the same."""
    new, old = book.nav_lines("toc"), book.ncx_lines
    if new and old:
        difference = next(
            (one for one, other in zip(new, old, strict=False) if (one.text, one.path) != (other.text, other.path)),
            None,
        )
        if difference or len(new) != len(old):
            lines = [counted(len(contents), "line") for contents in (new, old)]
            message = f"the contents of EPUB 3 ({lines[0]}) and of EPUB 2 ({lines[1]}) differ"
            place = difference.text if difference else None
            yield book.found("contents-mismatch", "warning", message, place=place)


def _spine(book: Book) -> Iterator[Finding]:
    paths = [item.path for item in book.spine]
    for path in sorted({path for path in paths if paths.count(path) > 1}):
        yield book.found("contents-mismatch", "error", "the document stands in the reading order twice", path)
    listed = {line.path for line in book.contents}
    missing = [item.path for item in book.spine if item.path not in listed and item != book.nav]
    reachable = len(book.spine) - len(missing)
    if book.contents and len(book.spine) > 3 and reachable < UNLISTED_SHARE * len(book.spine):
        message = f"the contents list {reachable} of {len(book.spine)} documents: most of the book is not found by them"
        yield book.found("contents-mismatch", "warning", message, place=", ".join(missing[:3]))


def _landmarks(book: Book) -> Iterator[Finding]:
    lines = book.nav_lines("landmarks")
    document = book.nav.path if book.nav else None
    if book.version.startswith("3") and not lines and book.nav:
        message = "the book has no landmarks: readers cannot offer to go to the beginning of the text"
        yield book.found("no-landmarks", "note", message, document)
    for line in lines:
        if not book.leads(line.path, line.anchor):
            yield book.found("dead-link", "error", f"a landmark leads to {line.path!r}, which is not there", document)


def _headings(book: Book) -> Iterator[Finding]:
    """Lines of the contents that say something else than the heading that they lead to, but for those of sections."""
    document = book.nav.path if book.nav else book.ncx.path if book.ncx else None
    for line, below in zip_longest(book.contents, book.contents[1:]):
        facts = book.facts(line.path)
        names_what_follows = below and below.depth > line.depth and below.path == line.path
        if line.anchor or facts is None or not line.text or names_what_follows:
            continue
        said, shown = _folded(line.text), _folded(facts.heading)
        if shown and said not in shown and shown not in said:
            message = f"the contents say {line.text!r}, and the document begins with another heading"
            yield book.found("contents-mismatch", "note", message, document, facts.heading)


def _folded(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))

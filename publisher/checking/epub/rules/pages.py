"""The page list against the page breaks in the text, and the edition that they are of (EPUB Accessibility 1.1, 3)."""

from collections.abc import Iterator
from itertools import pairwise

from publisher.checking.epub.book import Book
from publisher.model import Finding


def find(book: Book) -> Iterator[Finding]:
    """Pages that cannot be gone to, are out of order, or are of no named edition."""
    lines = book.nav_lines("page-list")
    document = book.nav.path if book.nav else None
    for line in lines:
        if not book.leads(line.path, line.anchor):
            message = f"page {line.text} leads to '{line.path}#{line.anchor}', which is not there"
            yield book.found("dead-link", "error", message, document)
    yield from _order(book)
    yield from _breaks(book)
    sources = book.values("pageBreakSource") + book.values("dc:source")
    if lines and not sources:
        message = "the book has a page list but does not say of which edition (pageBreakSource)"
        yield book.found("page-source", "warning", message, document)
    if not lines and book.values("pageBreakSource"):
        yield book.found("page-source", "warning", "the book names an edition for its pages but has no page list")


def _order(book: Book) -> Iterator[Finding]:
    """The lines of the list in the order of their places, and their numbers going up."""
    document = book.nav.path if book.nav else None
    lines = book.nav_lines("page-list")
    order = {item.path: place for place, item in enumerate(book.spine)}
    anchors: dict[str, dict[str, int]] = {}
    for path in {line.path for line in lines} & set(order):
        facts = book.facts(path)
        anchors[path] = {**facts.places, "": 0} if facts else {"": 0}
    places = [
        ((order[line.path], anchors[line.path][line.anchor]), line.text)
        for line in lines
        if line.path in order and line.anchor in anchors[line.path]
    ]
    for (before, first), (after, second) in pairwise(places):
        if after < before:
            message = f"the page list is not in the reading order: page {second} comes before page {first}"
            yield book.found("contents-mismatch", "warning", message, document)
            break
    numbers = [int(line.text) for line in lines if line.text.isdecimal()]
    if numbers != sorted(set(numbers)):
        yield book.found("contents-mismatch", "warning", "page numbers are repeated or go backwards", document)


def _breaks(book: Book) -> Iterator[Finding]:
    """The breaks in the text that no list leads to, that say no number, or another than the list."""
    listed = {(line.path, line.anchor): line.text for line in book.nav_lines("page-list")}
    if not listed:
        marked = next((each.path for each in book.spine if (facts := book.facts(each.path)) and facts.breaks), None)
        if marked:
            message = "the text marks where pages begin, and the book has no page list to go to them by"
            yield book.found("page-source", "warning", message, marked)
        return
    for item in book.spine:
        facts = book.facts(item.path)
        for each in facts.breaks if facts else ():
            line = listed.get((item.path, each.anchor or ""))
            if line is None:
                message = f"the page list does not lead to the page break {each.said or each.anchor!r}"
                yield book.found("contents-mismatch", "warning", message, item.path, f"line {each.line}")
            elif line not in each.said.split():
                message = f"the page that the list calls {line!r} calls itself {each.said!r}"
                yield book.found("contents-mismatch", "warning", message, item.path, f"line {each.line}")

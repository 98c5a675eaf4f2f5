"""What the package says of the book as a publication: who made it, when, and which part of which series it is."""

import re
from collections.abc import Iterator

from publisher.checking.epub.book import Book, Meta
from publisher.checking.words import is_placeholder_name
from publisher.model import Finding

_DATE = re.compile(r"\d{4}(?:-\d\d(?:-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d))?)?)?")
"""A date of W3CDTF, as EPUB asks."""

_POSITION = re.compile(r"\d+(?:\.\d+)*")


def find(book: Book) -> Iterator[Finding]:
    """The statements that libraries sort books by, where they say nothing or contradict each other."""
    for name in ("dc:creator", "dc:publisher"):
        for value in book.values(name):
            if is_placeholder_name(value):
                message = (
                    f"the {name.removeprefix('dc:')} is the placeholder {value!r}: libraries sort the book under it"
                )
                yield book.found("poor-creator", "warning", message, book.package_path)
    for value in book.values("dc:date"):
        if not _DATE.fullmatch(value):
            message = f"the date {value!r} is not written as EPUB asks (2026-03-22)"
            yield book.found("date-mismatch", "warning", message, book.package_path)
    for message in _series(book):
        yield book.found("series-mismatch", "warning", message, book.package_path)
    for message in _series_in_one_dialect(book):
        yield book.found("series-mismatch", "note", message, book.package_path)


def _series(book: Book) -> Iterator[str]:
    """What is incomplete or contradictory; EPUB 3 and calibre each have a dialect of their own."""
    name, index = _calibre(book)
    if bool(name) != bool(index):
        yield "calibre's series has no index, or an index no series: the issues of a series are not in order"
    collections = _collections(book)
    for collection, position in collections:
        if position is None:
            yield f"the book belongs to {collection.value!r} and does not say as which part (group-position)"
        elif not _POSITION.fullmatch(position):
            yield f"the place {position!r} in {collection.value!r} is no number"
    if name and collections and not any(collection.value == name for collection, _ in collections):
        yield f"the series is {collections[0][0].value!r} to EPUB 3 and {name!r} to calibre"
    elif any(collection.value == name and _differ(position, index) for collection, position in collections):
        yield f"the place in the series {name!r} is not the same to EPUB 3 and to calibre"


def _series_in_one_dialect(book: Book) -> Iterator[str]:
    name, _ = _calibre(book)
    collections = _collections(book)
    if collections and not name:
        yield "the series is told in EPUB 3's way only; calibre, KOReader and older readers look for calibre:series"
    if name and not collections and book.version.startswith("3"):
        yield "the series is told in calibre's way only; Apple Books and Kobo look for belongs-to-collection"


def _calibre(book: Book) -> tuple[str | None, str | None]:
    return next(iter(book.values("calibre:series")), None), next(iter(book.values("calibre:series_index")), None)


def _collections(book: Book) -> list[tuple[Meta, str | None]]:
    """The series of EPUB 3, each with its place; sets are no series."""
    found = []
    for meta in book.metadata:
        if meta.name == "belongs-to-collection" and meta.value:
            refined = {
                each.name: each.value
                for each in book.metadata
                if meta.node.get("id") and each.node.get("refines") == f"#{meta.node.get('id')}"
            }
            if refined.get("collection-type", "series") == "series":
                found.append((meta, refined.get("group-position")))
    return found


def _differ(position: str | None, index: str | None) -> bool:
    """``12`` and ``12.0`` do not."""
    try:
        return position is not None and index is not None and float(position) != float(index)
    except ValueError:
        return True

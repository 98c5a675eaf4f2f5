"""The marks of the printed edition's pages in the documents of our e-books, and documents as they are without numbers.

One article more moves the numbers of all pages behind it, and of most documents nothing else: what is made of a
document, or found in it, is kept by what it is without them.
"""

import re
from collections.abc import Sequence

__all__ = ["ANCHOR", "new_numbers", "page_mark", "with_numbers", "without_numbers"]

ANCHOR = "page-"
"""What the ``id`` of a mark begins with; those of articles and items begin with ``a-`` and ``t-``."""

# Closed by a tag of its own: converters that read XHTML as HTML would take "<span/>" for an opening.
_MARK = '<span epub:type="pagebreak" role="doc-pagebreak" id="page-{}" aria-label="{}"></span>'
_MARKS = re.compile(_MARK.format(r"(\d+)", r"\1").encode())
_NAMES = re.compile(rb"page-\d")


def page_mark(page: int | str) -> str:
    """The mark of that page."""
    return _MARK.format(page, page)


def without_numbers(document: bytes) -> tuple[bytes, tuple[str, ...]]:
    """The document with its marks numbered from 1, as wide as they were, and what their numbers are, in order.

    As it is, and none, where the other could be taken for it: something else in it is called as a mark is, or a number
    has no room for its new one.
    """
    numbers = tuple(number.decode() for number in _MARKS.findall(document))
    places = new_numbers(numbers)
    is_alone = len(_NAMES.findall(document)) == len(numbers)
    if not is_alone or any(len(place) > len(number) for place, number in zip(places, numbers, strict=True)):
        return document, ()
    return with_numbers(document, places), numbers


def new_numbers(numbers: Sequence[str]) -> tuple[str, ...]:
    """What stands in the place of those numbers in a document without them."""
    return tuple(f"{place:0{len(number)}}" for place, number in enumerate(numbers, start=1))


def with_numbers(document: bytes, numbers: Sequence[str]) -> bytes:
    """The document, or what was made of it with its marks left as they are, with those numbers."""
    waiting = iter(numbers)
    return _MARKS.sub(lambda _: page_mark(next(waiting)).encode(), document) if numbers else document

"""Imposition: which pages stand side by side on a sheet, so that a folded stack of them reads in order."""

from collections.abc import Iterator
from typing import TypeAlias

from publisher.writing.pdf.press import Imposition

Side: TypeAlias = tuple[int | None, ...]
"""The pages on one side of a sheet from left to right, from 0; ``None`` is a blank one."""

PAGES_A_SHEET = 4


def sides(page_count: int, imposition: Imposition) -> Iterator[Side]:
    """Each side to print, in the order of printing."""
    match imposition:
        case "single":
            yield from ((page,) for page in range(page_count))
        case "booklet":
            yield from _saddle_stitched(page_count)


def _saddle_stitched(page_count: int) -> Iterator[Side]:
    """The outermost sheet first, its outer side before its inner one; blanks fill the last sheet, at the end."""
    total = -(-page_count // PAGES_A_SHEET) * PAGES_A_SHEET

    def page(number: int) -> int | None:
        return number if number < page_count else None

    for first in range(0, total // 2, 2):
        last = total - 1 - first
        yield page(last), page(first)
        yield page(first + 1), page(last - 1)

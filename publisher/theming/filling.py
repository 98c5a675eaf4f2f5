"""Filling: how much more is said in rows, so that the page on which they end is full if nothing begins under them."""

from collections.abc import Sequence


def row_lines(
    heights: Sequence[float], room: float, next_room: float, needed: float, leading: float, most: int
) -> tuple[int, ...]:
    """How many lines more each of the rows of those heights gets, in points, as they follow each other over pages.

    The first page has ``room`` for them, the others ``next_room``. Where less than ``needed`` is left under the last
    row, what comes next begins a page: then the rows of the last page share the lines that are left, the first of them
    one more than the others where they do not come out even. None gets any if that were more than ``most`` for each.
    """
    first, left = 0, room
    for number, height in enumerate(heights):
        if height > left and (number > first or room < next_room):
            first, left = number, next_room
        left -= height
    rows = len(heights) - first
    lines = int(left / leading) if 0 < left < needed else 0
    if not rows or lines > most * rows:
        lines = 0
    return (*(0,) * first, *(lines // max(rows, 1) + (number < lines % max(rows, 1)) for number in range(rows)))

"""Columns that go on over pages are set once.

WeasyPrint 70 first sets columns as high as the page, to see whether all finds room in them and is to be balanced; where
it does not, it sets the same columns again, and then for good. Here those for good are set first, and where something
is left for the next page, they are what the engine would come to. Else it goes its own way.
"""

import contextlib
from collections.abc import Iterator
from math import floor
from typing import Any, TypeAlias

from weasyprint.layout import block
from weasyprint.layout.column import _create_column_box as column_box
from weasyprint.layout.percent import percentage

__all__ = ["columns_once"]

Box: TypeAlias = Any


@contextlib.contextmanager
def columns_once() -> Iterator[None]:
    """While it is open, the engine sets columns that go on over pages once."""
    original = block.columns_layout

    def columned(
        context: Any,
        box: Box,
        bottom: float,
        skip: Any,
        around: Box,
        page_is_empty: bool,
        absolute: list[Any],
        fixed: list[Any],
        *rest: Any,
    ) -> Any:
        if _is_plain(context, box):
            held: tuple[list[Any], list[Any]] = [], []
            found = _filled(context, box, bottom, skip, around, page_is_empty, held, *rest)
            if found:
                absolute += held[0]
                fixed += held[1]
                return found
        return original(context, box, bottom, skip, around, page_is_empty, absolute, fixed, *rest)

    block.columns_layout = columned
    try:
        yield
    finally:
        block.columns_layout = original


def _is_plain(context: Any, box: Box) -> bool:
    """Whether the box is but columns beside each other, to the foot of the page, on a page without footnotes."""
    style = box.style
    return (
        bool(box.children)
        and style["height"] == "auto"
        and style["position"] == "static"
        and style["direction"] == "ltr"
        and not any(child.style["column_span"] == "all" for child in box.children)
        and not (context.footnotes or context.current_page_footnotes or context.reported_footnotes)
    )


def _filled(
    context: Any,
    box: Box,
    bottom: float,
    skip: Any,
    around: Box,
    page_is_empty: bool,
    held: tuple[list[Any], list[Any]],
    adjoining: list[float],
    *styles: Any,
) -> tuple[Any, ...] | None:
    """What the engine's ``columns_layout`` gives where something is left for the next page; ``None`` where all fits."""
    context.in_column = True
    made = box.copy_with_children(box.children)
    made.position_y += block.collapse_margin(adjoining)
    block.block_level_width(made, around)
    count, width, gap = _widths(made)
    (first,) = skip or (0,)
    left = {0: skip[first]} if skip else None
    top = made.content_box_y()
    highest = context.page_bottom - top - bottom
    lowest = max(bottom, context.page_bottom - top - highest)  # To the last digit as the engine has it.
    children = [child.copy() for child in box.children[first:]]
    columns: list[Box] = []
    for number in range(count):
        column = column_box(made, around, children, width, top)
        column.position_x += number * (width + gap)
        column, left, next_page, *_ = block.block_box_layout(
            context, column, lowest, left, around, page_is_empty, *held, None, *styles, discard=False, max_lines=None
        )
        if column is None or left is None:
            break
        columns.append(column)
    context.in_column = False
    tallest = max((each.margin_height() for each in columns), default=0)
    height = min(highest, tallest)
    if left is None or len(columns) < count or (made.min_height != "auto" and made.min_height > height):
        block.remove_placeholders(context, [*columns, column] if column else columns, *held)
        return None
    for each in columns:
        each.height = tallest
    made.children = columns
    made.height = top + height - top
    (place,) = left
    return made, {first + place: left[place]}, next_page, [], False


def _widths(box: Box) -> tuple[int, float, float]:
    """How many columns the box has, how wide they are and how far apart, by CSS Multi-column Layout, section 3.4."""
    style = box.style
    count, width = style["column_count"], style["column_width"]
    gap = style["column_gap"]
    gap = style["font_size"] if gap == "normal" else percentage(gap, style, box.width)
    if width == "auto":
        return count, max(0, box.width - (count - 1) * gap) / count, gap
    most = max(1, floor((box.width + gap) / (width + gap)))
    count = most if count == "auto" else min(count, most)
    return count, (box.width + gap) / count - gap, gap

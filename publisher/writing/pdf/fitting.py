"""Pictures that do not fit the rest of a page: set smaller, where little is missing.

A figure stands in one piece, so that one which is a little too high for the room that is left begins the next page,
and leaves up to a third of one white. CSS has no way to say how far a picture may shrink for its page. In columns it
keeps their width: there the text beside it fills the page.
"""

import contextlib
from collections.abc import Iterator
from math import inf
from typing import Any, TypeAlias

from weasyprint.css.properties import Dimension
from weasyprint.formatting_structure.boxes import BlockReplacedBox
from weasyprint.layout import block

__all__ = ["SMALLEST", "pictures_fitted"]

Box: TypeAlias = Any

SMALLEST = 0.6
"""Of its height, what a picture keeps at least: a smaller one is hardly the picture that was meant."""


@contextlib.contextmanager
def pictures_fitted() -> Iterator[None]:
    """While it is open, the picture of a figure is as high as the rest of its page where it would not fit otherwise."""
    by_kind = block.block_level_layout_switch

    def fitted(
        context: Any, box: Box, bottom: float, skip: Any, around: Box, page_is_empty: bool, *rest: Any, **named: Any
    ) -> Any:
        if box.element_tag != "figure" or skip or page_is_empty or context.in_column:
            return by_kind(context, box, bottom, skip, around, page_is_empty, *rest, **named)
        place, adjoining = (box.position_x, box.position_y, box.margin_top), list(rest[2])

        def again(room: float) -> Any:
            box.position_x, box.position_y, box.margin_top = place
            rest[2][:] = adjoining
            return by_kind(context, box, room, skip, around, page_is_empty, *rest, **named)

        found = again(bottom)
        picture = next((child for child in box.children if isinstance(child, BlockReplacedBox)), None)
        if found[0] is None and picture is not None:
            whole = again(-inf)[0]
            height = next(child.height for child in whole.children if isinstance(child, BlockReplacedBox))
            end = whole.border_box_y() + whole.border_height()
            height_left = height - (end - (context.page_bottom - bottom)) - 0.01
            own = picture.style
            if height_left >= SMALLEST * height:
                picture.style = own.copy()
                picture.style["max_height"] = Dimension(height_left, "px")
            found = again(bottom)
            picture.style = own  # On another page it may have its room.
        return found

    block.block_level_layout_switch = fitted
    try:
        yield
    finally:
        block.block_level_layout_switch = by_kind

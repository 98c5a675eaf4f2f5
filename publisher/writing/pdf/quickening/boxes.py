"""What the engine asks its boxes again and again, answered once for each style.

WeasyPrint 70 works out at each layout of a box what its margins, paddings and limits come to, which follows from its
style and the room that there is; it asks of all children of a box, and of theirs, whether they are in the flow to know
the page of the first and the last: an eighth of its time. For each line it looks for floats three times where there are
none, and for each box that is painted, how round its four corners are, which nearly none has.
"""

import contextlib
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeAlias

from weasyprint.formatting_structure.boxes import Box as EngineBox
from weasyprint.formatting_structure.boxes import LineBox, ParentBox, TableBox
from weasyprint.layout import LayoutContext, background, block, inline

__all__ = ["boxes_asked_once"]

Box: TypeAlias = Any

_USED = (
    *(f"{what}_{side}" for what in ("margin", "padding") for side in ("left", "right", "top", "bottom")),
    *(f"border_{side}_width" for side in ("left", "right", "top", "bottom")),
    *(f"{limit}{size}" for limit in ("", "min_", "max_") for size in ("width", "height")),
)
"""What ``resolve_percentages`` sets."""

_SQUARE = {f"border_{corner}_radius": (0, 0) for corner in ("top_left", "top_right", "bottom_right", "bottom_left")}
"""What ``resolve_radii_percentages`` sets where no corner is round."""


@contextlib.contextmanager
def boxes_asked_once() -> Iterator[None]:
    """While it is open, the engine remembers with each style what it has worked out of it."""
    with contextlib.ExitStack() as stack:
        for place, name, ours in (
            (EngineBox, "is_in_normal_flow", _remembering("is_in_normal_flow")),
            (EngineBox, "is_floated", _remembering("is_floated")),
            (LayoutContext, "overflows_page", _overflows),
            (background, "resolve_radii_percentages", _remembering_corners(background.resolve_radii_percentages)),
            (block, "collapse_margin", _collapsed),
            (block, "remove_placeholders", _remove_placeholders),
            (inline, "avoid_collisions", _avoiding(inline.avoid_collisions)),
            (block, "resolve_percentages", _remembering_lengths(block.resolve_percentages)),
            (inline, "resolve_percentages", _remembering_lengths(inline.resolve_percentages)),
            (block, "block_level_page_name", _page_name),
        ):
            stack.callback(setattr, place, name, getattr(place, name))
            setattr(place, name, ours)
        yield


def _remembering(name: str) -> Callable[[Box], bool]:
    """What a box is by its style, asked of each style but once: when boxes are laid out, it does not change."""
    ask: Callable[[Box], bool] = getattr(EngineBox, name)

    def ours(box: Box) -> bool:
        known: bool | None = box.style.__dict__.get(name)
        if known is None:
            known = box.style.__dict__[name] = ask(box)
        return known

    return ours


def _remembering_corners(resolve: Callable[[Box], None]) -> Callable[[Box], None]:
    """``resolve_radii_percentages`` that asks a style but once whether any corner is round."""

    def ours(box: Box) -> None:
        style = box.style
        try:
            is_square = style.publisher_square
        except AttributeError:
            is_square = style.publisher_square = all((0, "px") in style[corner] for corner in _SQUARE)
        if is_square and isinstance(box, EngineBox):  # And not what stands for one that is placed elsewhere.
            box.__dict__.update(_SQUARE)
        else:
            resolve(box)

    return ours


def _avoiding(avoid: Callable[..., tuple[float, float, float]]) -> Callable[..., tuple[float, float, float]]:
    """``avoid_collisions`` that does not look for what is beside a line where there are no floats."""

    def ours(context: Any, box: Box, around: Box, outer: bool = True) -> tuple[float, float, float]:
        if outer or type(box) is not LineBox or context.excluded_shapes or around.style["direction"] != "ltr":
            return avoid(context, box, around, outer)
        left = around.content_box_x()
        right = left + around.width  # As the engine works it out, to the last digit.
        return left, box.position_y, right - left

    return ours


def _overflows(context: LayoutContext, bottom_space: float, position_y: float) -> bool:
    """``overflows_page`` without another call."""
    over: bool = position_y > (context.page_bottom - bottom_space) * (1 + 1e-9)
    return over


def _collapsed(adjoining: Iterable[float]) -> float:
    """``collapse_margin`` without lists: the largest of the margins that are positive, and the least of the others."""
    most: float = 0
    least: float = 0
    for margin in adjoining:
        if margin > most:
            most = margin
        elif margin < least:
            least = margin
    return most + least


def _remove_placeholders(context: Any, boxes: Iterable[Box], absolute: list[Box], fixed: list[Box]) -> None:
    """``remove_placeholders`` that asks first whether there is anything that a box could be in."""
    for box in boxes:
        if box.children:
            _remove_placeholders(context, box.children, absolute, fixed)
        if absolute or fixed:
            position = box.style["position"]
            if position == "absolute" and box in absolute:
                absolute.remove(box)
            elif position == "fixed" and box in fixed:
                fixed.remove(box)
        if box.footnote:
            context.unlayout_footnote(box.footnote)
        if box in context.broken_out_of_flow:
            context.broken_out_of_flow.pop(box)
        shapes = context._excluded_shapes[context._excluded_shapes_root_boxes[-1]]
        if shapes and box in shapes:
            shapes.remove(box)
        if box.note:
            context.remove_running_element(box.note)


def _remembering_lengths(resolve: Callable[[Box, Any], None]) -> Callable[[Box, Any], None]:
    """``resolve_percentages`` that resolves each length of a style once for each size of the containing block."""

    def ours(box: Box, around: Any) -> None:
        style = box.style
        if style["border_collapse"] == "collapse":  # The widths of borders are those that the table has found.
            resolve(box, around)
            return
        room = (around.width, around.height) if isinstance(around, EngineBox) else tuple(around)
        try:
            lengths = style.publisher_lengths
        except AttributeError:
            lengths = style.publisher_lengths = {}
        known = lengths.get(room)
        if known is None:
            resolve(box, around)
            lengths[room] = {name: box.__dict__[name] for name in _USED}
        else:
            box.__dict__.update(known)

    return ours


def _page_name(before: Box, after: Box) -> str | None:
    """The page that what comes after is to stand on, if it is another than that of what comes before."""
    name = _page_of(after, iter)
    return None if _page_of(before, reversed) == name else name


def _page_of(box: Box, ordered: Callable[[Any], Iterable[Box]]) -> str:
    """The page of the box's first or last child, and that one's: see ``page_values`` of the engine's boxes."""
    name: str = box.style["page"]
    if isinstance(box, ParentBox) and not isinstance(box, TableBox):
        for child in ordered(box.children):
            if child.is_in_normal_flow() or child.is_floated():
                return _page_of(child, ordered) or name
    return name

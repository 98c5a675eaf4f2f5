"""What the engine asks its boxes again and again, answered once for each style.

WeasyPrint 70 works out at each layout of a box what its margins, paddings and limits come to, which follows from its
style and the room that there is; it asks of all children of a box, and of theirs, whether they are in the flow to know
the page of the first and the last: an eighth of its time.
"""

import contextlib
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeAlias

from weasyprint.formatting_structure.boxes import Box as EngineBox
from weasyprint.formatting_structure.boxes import ParentBox, TableBox
from weasyprint.layout import block, inline

__all__ = ["boxes_asked_once"]

Box: TypeAlias = Any

_USED = (
    *(f"{what}_{side}" for what in ("margin", "padding") for side in ("left", "right", "top", "bottom")),
    *(f"border_{side}_width" for side in ("left", "right", "top", "bottom")),
    *(f"{limit}{size}" for limit in ("", "min_", "max_") for size in ("width", "height")),
)
"""What ``resolve_percentages`` sets."""


@contextlib.contextmanager
def boxes_asked_once() -> Iterator[None]:
    """While it is open, the engine remembers with each style what it has worked out of it."""
    with contextlib.ExitStack() as stack:
        for place, name, ours in (
            (EngineBox, "is_in_normal_flow", _remembering_flow(EngineBox.is_in_normal_flow)),
            (block, "resolve_percentages", _remembering_lengths(block.resolve_percentages)),
            (inline, "resolve_percentages", _remembering_lengths(inline.resolve_percentages)),
            (block, "block_level_page_name", _page_name),
        ):
            stack.callback(setattr, place, name, getattr(place, name))
            setattr(place, name, ours)
        yield


def _remembering_flow(is_in_flow: Callable[[Box], bool]) -> Callable[[Box], bool]:
    """``is_in_normal_flow`` that asks a style but once: when boxes are laid out, it does not change."""

    def ours(box: Box) -> bool:
        style = box.style
        try:
            known: bool = style.publisher_flow
        except AttributeError:
            known = style.publisher_flow = is_in_flow(box)
        return known

    return ours


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

"""What Pango has laid out to be measured is kept until it is drawn.

WeasyPrint 70 lets go of each piece of text when it knows how wide it is, and has Pango lay it out again to draw it; one
that is justified word by word, and each space by itself. Here it is drawn from what was measured (``glyphs``).
"""

import contextlib
from collections.abc import Iterator
from typing import Any, TypeAlias

from weasyprint.formatting_structure.boxes import TextBox
from weasyprint.layout import inline
from weasyprint.text.ffi import ffi, pango
from weasyprint.text.line_break import Layout

__all__ = ["keep_first_line", "kept_line", "layouts_kept", "layouts_not_made_again", "make_again", "unjustified"]

Box: TypeAlias = Any
Line: TypeAlias = Any
Style: TypeAlias = Any

_ACTIVE = ("layout", "language", "style", "is_made_again")
"""What a layout has while it is active."""

_reactivate = Layout.reactivate


@contextlib.contextmanager
def layouts_kept() -> Iterator[None]:
    """While it is open, texts that the engine lays out stay active, and what is justified knows how it was before."""
    deactivate, space = Layout.deactivate, inline.add_word_spacing

    def spaced(context: Any, box: Box, spacing: float, x_advance: float) -> Any:
        before = box.pango_layout if type(box) is TextBox else None
        moved = space(context, box, spacing, x_advance)
        if before is not None and box.pango_layout is not before and box.pango_layout.text == before.text:
            box.pango_layout.unjustified = before
        return moved

    Layout.deactivate, inline.add_word_spacing = _stay, spaced
    try:
        yield
    finally:
        Layout.deactivate, inline.add_word_spacing = deactivate, space


@contextlib.contextmanager
def layouts_not_made_again() -> Iterator[None]:
    """While it is open, what is active is drawn as it is."""
    deactivate = Layout.deactivate
    Layout.reactivate, Layout.deactivate = _reactivate_once, _let_go
    try:
        yield
    finally:
        Layout.reactivate, Layout.deactivate = _reactivate, deactivate


def keep_first_line(layout: Layout, text: str) -> None:
    """Of what was laid out, only the first line is wanted; its ``text`` has no space at its end any more."""
    layout.text = text
    layout.is_first_line = True


def kept_line(layout: Layout) -> Line | None:
    """The line that the layout was measured as; ``None`` where it has to be laid out again to be drawn.

    It may end with a space that is not in the layout's text, and takes no room.
    """
    if not _is_active(layout) or layout.justification_spacing or "\n" in layout.text:
        return None
    is_first = layout.__dict__.get("is_first_line")
    if not is_first and pango.pango_layout_get_line_readonly(layout.layout, 1) != ffi.NULL:
        return None
    return pango.pango_layout_get_line_readonly(layout.layout, 0)


def unjustified(layout: Layout) -> Layout | None:
    """The layout of the same text before it was justified, if that is known."""
    return layout.__dict__.get("unjustified")


def make_again(layout: Layout, style: Style) -> None:
    """Lay it out to be drawn, as the engine does, if that has not been done."""
    if not layout.__dict__.get("is_made_again"):
        layout.is_made_again = True
        _reactivate(layout, style)


def _is_active(layout: Layout) -> bool:
    return layout.__dict__.get("layout") is not None


def _stay(layout: Layout) -> None:
    """In the place of letting go."""


def _reactivate_once(layout: Layout, style: Style) -> None:
    """What was kept is looked at first when it is drawn."""
    if not _is_active(unjustified(layout) or layout):
        make_again(layout, style)


def _let_go(layout: Layout) -> None:
    for name in _ACTIVE:
        layout.__dict__.pop(name, None)

"""Lines that have been laid out before, in the same place of the same text and as wide, are not laid out again.

WeasyPrint 70 sets columns for every height that it tries, and once more when it has found one; and it looks at the
lines after the last on a page, to leave no widow, and begins the next page with them. Of an issue of 243 pages in
columns it laid each line out 2.6 times.
"""

import contextlib
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple, TypeAlias

from weasyprint.formatting_structure.boxes import InlineBox, LineBox, TextBox
from weasyprint.layout import inline

from publisher.writing.pdf.mending import another

__all__ = ["lines_once"]

Box: TypeAlias = Any

MANY_LINES = 1_000
"""So many are remembered, some 10 MB: columns are balanced a page at a time, and a page has no more."""


class _Laid(NamedTuple):
    """A line as it was laid out."""

    line: LineBox
    resume_at: Any
    top: float
    heights: Sequence[float]
    """Where its boxes stand, in the order of ``_boxes``, on a line whose baseline is at 0 and its top at ``top``."""


class _Text:
    """What a line box that is not laid out is made of."""

    def __init__(self, source: Box) -> None:
        self.source = source
        """It is kept so that its ``id`` stays its own."""

        self._parents: list[tuple[Box, Any]] = []
        self._texts: list[Box] = []
        self._is_plain = self._walk(source)

    def _walk(self, box: Box) -> bool:
        """Whether nothing but text is in the box."""
        self._parents.append((box, box.children))
        for child in box.children:
            kind = type(child)
            if kind is TextBox:
                self._texts.append(child)
            elif kind is not InlineBox or not self._walk(child):
                return False
            if not child.is_in_normal_flow():
                return False
        return True

    def is_as_it_was(self) -> bool:
        """Whether none of its boxes has been given others, as for counters of pages."""
        return all(box.children is children for box, children in self._parents)

    def words(self) -> tuple[str, ...] | None:
        """Its texts, which change where they tell pages; ``None`` where it holds anything but text."""
        return tuple([box.text for box in self._texts]) if self._is_plain else None


@contextlib.contextmanager
def lines_once() -> Iterator[None]:
    """While it is open, the engine's lines of nothing but text are laid out once, but for where floats stand."""
    engines, verticality = inline.get_next_linebox, inline.line_box_verticality
    texts: dict[int, _Text] = {}
    known: dict[object, _Laid] = {}
    aligned: list[Any] = [None, 0.0, ()]
    """The line of text that was aligned last, its top, and where its boxes stood, before it was put in its place."""

    is_text = [False]
    """Whether the line that is laid out, innermost last, is nothing but text."""

    def aligning(line: Box) -> tuple[float, float]:
        bottom, top = verticality(line)
        if is_text[-1]:  # In what stands in a line there may be boxes that have no place yet.
            aligned[:] = line, top, [box.position_y for box in _boxes(line)]
        return bottom, top

    def laid_out(is_plain: bool, *arguments: Any) -> tuple[Box, Any]:
        is_text.append(is_plain)
        try:
            line: tuple[Box, Any] = engines(*arguments)
            return line
        finally:
            is_text.pop()

    def words_of(source: Box) -> tuple[str, ...] | None:
        text = texts.get(id(source))
        if text is None or not text.is_as_it_was():
            text = texts[id(source)] = _Text(source)
        return text.words()

    def ours(
        context: Any, source: Box, position_y: float, bottom: float, skip: Any, block: Box, *rest: Any
    ) -> tuple[Box, Any]:
        first_letter, first_line = rest[-2:]
        words = None if context.excluded_shapes or first_letter or first_line else words_of(source)
        if words is None:
            return laid_out(False, context, source, position_y, bottom, skip, block, *rest)
        height = source.style["line_height"]
        key = (id(source), _place(skip), block.content_box_x(), block.width, source.text_indent, height, words)
        laid = known.get(key)
        if laid:
            line = _copied(laid.line)
            lower = position_y - laid.top  # As the engine puts a line in its place, to the last digit.
            for box, height in zip(_boxes(line), laid.heights, strict=True):
                box.position_y = height + lower
            line.position_y = position_y
            return line, laid.resume_at
        line, resume_at = laid_out(True, context, source, position_y, bottom, skip, block, *rest)
        if line is not None and line is aligned[0]:
            if len(known) >= MANY_LINES:
                known.clear()
                texts.clear()
                texts[id(source)] = _Text(source)
            known[key] = _Laid(_copied(line), resume_at, *aligned[1:])
        return line, resume_at

    inline.get_next_linebox, inline.line_box_verticality = ours, aligning
    try:
        yield
    finally:
        inline.get_next_linebox, inline.line_box_verticality = engines, verticality


def _place(skip: Any) -> object:
    """A place in a text, which the engine tells by nested dictionaries of one item each."""
    place = []
    while skip:
        ((index, skip),) = skip.items()
        place.append(index)
    return tuple(place)


def _boxes(box: Box) -> list[Box]:
    """The box with all that is in it, each before what it holds."""
    boxes = [box]
    for child in box.children:
        if child.children:
            boxes += _boxes(child)
        else:
            boxes.append(child)
    return boxes


def _copied(box: Box) -> Box:
    """The box with all that is in it, to be changed without the other."""
    made = box.copy()
    if type(box) is TextBox:
        made.pango_layout = another(box.pango_layout)
    else:
        made.children = type(box.children)(map(_copied, box.children))
    return made

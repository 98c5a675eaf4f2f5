"""Another leading for a document that has its pages: these are made anew, and nothing else is.

What a document is made of, and where its lines break, does not follow from how far they are apart. So the pages of one
whose end is to be fitted cost a fraction of another layout.
"""

import contextlib
from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeAlias

import weasyprint.layout as engine
from weasyprint.css.properties import Dimension

__all__ = ["Fit", "Leading", "releading"]

Box: TypeAlias = Any
Style: TypeAlias = Any

_WORKED_OUT = ("publisher_strut", "publisher_lengths")
"""What ``quickening`` remembers with a style that follows from how high its lines are."""

_MOST_TURNS = 8
"""As many as the engine itself takes."""

_IN_LINES = ("lh", "rlh")
"""The units of lengths that follow from it."""


class Leading:
    """The pages of one document, by the line height of its text."""

    def __init__(
        self, pages: Sequence[Box], make: Callable[[Sequence[Box]], list[Box]], context: Any, root: Box
    ) -> None:
        self.pages = pages
        """As they are now, without what stands in their margins."""

        self.line_height: float | None = _number(root.style["line_height"])
        """``None`` where it is a length or the font's own, or where pages tell of others what is known to their end."""

        if context.target_collector.counter_lookup_items or any(context.running_elements.values()):
            self.line_height = None
        self._make = make
        self._context = context
        self._root = root

    def try_line_height(self, line_height: float, is_better: Callable[[Sequence[Box], Sequence[Box]], bool]) -> bool:
        """Set the text so if, of the new pages and the old, these are better: whether they are."""
        pages, maker, own = self.pages, self._context.page_maker, self.line_height
        self._set(line_height)
        engine.initialize_page_maker(self._context, self._root)
        made = self._make(())
        if is_better(made, pages):
            self.pages = made
            return True
        self._set(own)
        self._context.page_maker = maker
        self.pages = self._make(pages)  # As they were, with the numbers that they had.
        return False

    def _set(self, line_height: float | None) -> None:
        """For the root, and for all that has it of the root's."""
        for style in _styles(self._root):
            for name in _WORKED_OUT:
                style.__dict__.pop(name, None)
            rules = getattr(style, "cascaded", {})
            for name in ("line_height", *(name for name, (value, _) in rules.items() if _is_in_lines(value))):
                style.pop(name, None)
        self._root.style["line_height"] = self.line_height = line_height
        self._context.tables.clear()


Fit: TypeAlias = Callable[[Leading], None]
"""Gives a document another leading, or leaves it as it is."""


@contextlib.contextmanager
def releading(fit: Fit) -> Iterator[None]:
    """While it is open, the one document that the engine lays out is fitted when it has its pages.

    Numbers that it tells of itself are put right before: see ``renumbering``, which is to be open.
    """
    make_once = engine.make_all_pages
    fitted: list[Leading] = []

    def make_all_pages(context: Any, root: Box, html: Any, pages: Sequence[Box]) -> Sequence[Box]:
        made = list(make_once(context, root, html, pages))
        if fitted or _are_to_change(context):
            return made

        def settled(pages: Sequence[Box]) -> list[Box]:
            for _ in range(_MOST_TURNS):
                pages = list(make_once(context, root, html, pages))
                if not _are_to_change(context):
                    break
            return list(pages)

        leading = Leading(made, settled, context, root)
        fitted.append(leading)
        if leading.line_height is not None:
            fit(leading)
        return leading.pages

    engine.make_all_pages = make_all_pages
    try:
        yield
    finally:
        engine.make_all_pages = make_once


def _are_to_change(context: Any) -> bool:
    """Whether there are pages to be made again."""
    return any(state["content_changed"] for *_, state in context.page_maker)


def _styles(root: Box) -> list[Style]:
    """Those of all boxes, each once."""
    styles = {id(style): style for box in (root, *root.descendants()) for style in _styles_of(box)}
    return list(styles.values())


def _styles_of(box: Box) -> Iterator[Style]:
    """Those of the box, and those that were made of them."""
    for style in (box.style, box.first_line_style, box.first_letter_style):
        while style is not None:
            yield style
            if twin := style.__dict__.get("publisher_twin"):
                yield twin
            style = style.__dict__.get("anonymous_style")


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) else None


def _is_in_lines(value: object) -> bool:
    return isinstance(value, Dimension) and str(value.unit).lower() in _IN_LINES

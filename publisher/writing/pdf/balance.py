"""The last page of an article, or of several in a row: not one that holds two or three lines and is white below them.

Where it would, the leading of the whole document is changed a little: closer, so that those lines find room on the
pages before, or else wider, so that they have company. How much, the number of lines tells; whether it helped, another
layout. A last page of more lines is saved where the page before has nearly room for them: captions that stay with the
last lines of a text left a fifth of a page white, and made another of themselves.
"""

from collections.abc import Iterator
from typing import Any

from weasyprint.formatting_structure.boxes import LineBox, MarginBox, ReplacedBox

from publisher.model import Document
from publisher.writing.pdf.engine import Engine, LaidOut
from publisher.writing.pdf.renumbering import Resolve

__all__ = ["lay_out_balanced", "leading_of"]

FEWEST_LINES = 4
"""So many on a last page do not look forgotten."""

CHANGES = (-0.03, 0.03, -0.06, 0.06)
"""What is tried, the least seen first. A twentieth is hardly seen from one article to the next; much more is."""

LEAST_LEADING = 1.3
"""Of lines made closer: nearer to the height of the fonts' letters nothing is gained, see ``theming/leading.py``."""

MOST_PAGES = 8
"""A longer article is not laid out again: it takes seconds, and one page of many is not looked at."""


def lay_out_balanced(
    engine: Engine, document: Document, markup: str, first_page: int, resolve: Resolve | None = None
) -> LaidOut:
    """The document's pages, with another leading where that helps the last of them."""
    own = engine.lay_out(markup, first_page, resolve=resolve)
    for leading in _better_leadings(own) if document.role in ("article", "articles") else ():
        balanced = engine.lay_out(markup, first_page, leading, resolve)
        if _is_better(balanced, own):
            return balanced
    return own


def _better_leadings(document: LaidOut) -> Iterator[float]:
    """Line heights to try instead of the document's own, best first; none when its last page is full enough."""
    lines = _lines(document)
    own = leading_of(document)
    if not 2 <= len(lines) <= MOST_PAGES or own is None:
        return
    if lines[-1] >= FEWEST_LINES:
        missing = _missing(document)
        for change in CHANGES:
            wanted = round(own * (1 + change), 4)
            if change < 0 and wanted >= LEAST_LEADING and missing <= sum(lines) * -change:
                yield wanted
        return
    before = sum(lines[:-1])
    for change in CHANGES:
        wanted = round(own * (1 + change), 4)
        moved = before * abs(change)
        if change < 0 and moved >= lines[-1] - 0.5 and wanted >= LEAST_LEADING:
            yield wanted
        if change > 0 and moved >= FEWEST_LINES - lines[-1] - 0.5:
            yield wanted


def _is_better(document: LaidOut, before: LaidOut) -> bool:
    """Whether the document's last page is full enough, and there are no more pages than before, or fewer."""
    saved = len(before.pages) - len(document.pages)
    return saved >= (_lines(before)[-1] >= FEWEST_LINES) and _lines(document)[-1] >= FEWEST_LINES


def _lines(document: LaidOut) -> list[int]:
    """How many lines stand on each page, but for running head and folio; those side by side are one."""
    return [
        len({round(box.position_y) for child in _flow(page) for box in child.descendants() if isinstance(box, LineBox)})
        for page in document.pages
    ]


def _missing(document: LaidOut) -> float:
    """How many lines the page before the last is too short for what stands on the last."""
    (_, before), (top, last) = (_ends(page) for page in document.pages[-2:])
    room = document.pages[-2]._page_box
    missing: float = (last - top) - (room.content_box_y() + room.height - before)
    return missing / _line_height(document)


def _ends(page: Any) -> tuple[float, float]:
    """Where the page's flow begins, and where the last of its lines and pictures ends, in CSS pixels."""
    top = page._page_box.content_box_y()
    boxes = (box for child in _flow(page) for box in child.descendants() if isinstance(box, LineBox | ReplacedBox))
    return top, max((box.position_y + box.margin_height() for box in boxes), default=top)


def _line_height(document: LaidOut) -> float:
    """Of the document's text, in CSS pixels."""
    (root, *_) = _flow(document.pages[0])
    return float(root.style["font_size"]) * float(root.style["line_height"])


def leading_of(document: LaidOut) -> float | None:
    """The line height of the document's root as a number; ``None`` when it is a length, or the font's own."""
    for root in _flow(document.pages[0]):
        height = root.style["line_height"]
        return float(height) if isinstance(height, int | float) else None
    return None


def _flow(page: Any) -> list[Any]:
    """The boxes of the page that are no margin boxes."""
    return [box for box in page._page_box.children if not isinstance(box, MarginBox)]

"""The last page of an article, or of several in a row: not one that holds a few lines and is white below them.

Where it would, the text of the whole document is set a little closer, and if that is not enough a little smaller, so
that those lines find room on the pages before; or else wider, so that they have company. What is missing tells which of
these may help; whether it did, another layout. So pages are fitted to their copy by hand. A last page of more lines is
saved where the page before has nearly room for them: captions that stay with the last lines of a text left a fifth of a
page white, and made another of themselves.

How close and how small a theme's text may become it says on its root: ``--least-line-height``, a number, and
``--least-font-size``, in points. One that says nothing is set closer down to 1.3, and no smaller.
"""

import math
from collections.abc import Iterator
from typing import Any

from weasyprint.formatting_structure.boxes import LineBox, MarginBox, ReplacedBox

from publisher.model import Document
from publisher.writing.pdf.engine import Engine, LaidOut, TextSetting
from publisher.writing.pdf.folios import POINTS_A_PIXEL
from publisher.writing.pdf.renumbering import Resolve

__all__ = ["lay_out_balanced", "setting_of"]

FEWEST_LINES = 4
"""So many on a last page do not look forgotten."""

CLOSER = 0.06
WIDER = (0.03, 0.06)
"""What the line height is changed by at most. A twentieth is hardly seen from one article to the next; much more is."""

NEARLY_EMPTY = 0.3
"""Of the lines of a page: a last page that has no more is worth smaller letters."""

SPARE_LINES = 0.5
"""What is saved beyond what is missing, since paragraphs are not broken everywhere."""

LEAST_LEADING = 1.3
"""Of lines made closer, where the theme does not say: see ``theming/leading.py``."""

MOST_PAGES = 8
"""A longer article is not laid out again: it takes seconds, and one page of many is not looked at."""


def lay_out_balanced(
    engine: Engine, document: Document, markup: str, first_page: int, resolve: Resolve | None = None
) -> LaidOut:
    """The document's pages, its text set in another way where that helps the last of them."""
    own = engine.lay_out(markup, first_page, resolve=resolve)
    for setting in _better_settings(own) if document.role in ("article", "articles", "contents") else ():
        balanced = engine.lay_out(markup, first_page, setting, resolve)
        if _is_better(balanced, own):
            return balanced
    return own


def _better_settings(document: LaidOut) -> Iterator[TextSetting]:
    """What to try instead of the document's own, best first; nothing when its last page is full enough."""
    lines = _lines(document)
    own = setting_of(document)
    if not 2 <= len(lines) <= MOST_PAGES or own is None:
        return
    yield from dict.fromkeys(_closer(document, own, lines[-1] <= NEARLY_EMPTY * max(lines)))
    if lines[-1] < FEWEST_LINES:
        for change in WIDER:
            if sum(lines[:-1]) * change >= FEWEST_LINES - lines[-1] - 0.5:
                yield TextSetting(round(own.line_height * (1 + change), 4), own.font_size_pt)


def _closer(document: LaidOut, own: TextSetting, may_be_smaller: bool) -> Iterator[TextSetting]:
    """What saves the last page as it seems, and the next step; nothing where even the most would be too little."""
    style = _root(document).style
    least = max(_number(style["__least_line_height"]) or LEAST_LEADING, own.line_height * (1 - CLOSER))
    smallest = _number(style["__least_font_size"]) if may_be_smaller else None
    most = TextSetting(round(min(least, own.line_height), 4), min(smallest or own.font_size_pt, own.font_size_pt))
    lines, missing = _lines_of_text(document), _missing(document)
    if most == own or not lines or lines * (1 - _height(most) / _height(own)) < missing - SPARE_LINES:
        return
    # First the lines come closer, then letters become smaller, and their lines fewer.
    wanted = min(1 - (missing + SPARE_LINES) / lines, 1) * _height(own)
    line_height = max(wanted / own.font_size_pt**2, most.line_height)
    size = max(math.sqrt(wanted / line_height), most.font_size_pt)
    yield TextSetting(round(line_height, 4), round(size, 2))
    # Letters do not become smaller before lines are as close as they may be.
    yield TextSetting(most.line_height, own.font_size_pt) if line_height > most.line_height else most


def _height(setting: TextSetting) -> float:
    """Of a text in that setting, in a unit of its own."""
    return setting.line_height * setting.font_size_pt**2


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


def _lines_of_text(document: LaidOut) -> int:
    """How many lines before the last page are as large as the text; those side by side are one."""
    size = _root(document).style["font_size"]
    return sum(
        len(
            {
                round(box.position_y)
                for child in _flow(page)
                for box in child.descendants()
                if isinstance(box, LineBox) and box.style["font_size"] == size
            }
        )
        for page in document.pages[:-1]
    )


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
    style = _root(document).style
    return float(style["font_size"]) * float(style["line_height"])


def setting_of(document: LaidOut) -> TextSetting | None:
    """How the document's text is set; ``None`` when its line height is a length, or the font's own."""
    style = _root(document).style
    height = style["line_height"]
    return (
        TextSetting(float(height), round(style["font_size"] * POINTS_A_PIXEL, 4))
        if isinstance(height, int | float)
        else None
    )


def _root(document: LaidOut) -> Any:
    """The box of the document's root on its first page."""
    return next(iter(_flow(document.pages[0])))


def _number(tokens: Any) -> float | None:
    """What a style sheet says by a property of its own: a number, of points where it has a unit."""
    return next((float(token.value) for token in tokens if token.type in ("number", "dimension")), None)


def _flow(page: Any) -> list[Any]:
    """The boxes of the page that are no margin boxes."""
    return [box for box in page._page_box.children if not isinstance(box, MarginBox)]

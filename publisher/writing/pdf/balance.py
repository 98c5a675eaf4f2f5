"""The last page of an article, or of several in a row: not one that holds a few lines and is white below them.

Where it would, the text is set a little closer, and if that is not enough a little smaller, so that those lines find
room on the pages before; or else wider, so that they have company. What is missing tells which of these may help;
whether it did, the pages made anew. So pages are fitted to their copy by hand. A last page of more lines is saved where
the page before has nearly room for them: captions that stay with the last lines of a text left a fifth of a page white,
and made another of themselves. And where a row ends in the middle of a page and something follows it, which begins on
the next, its lines stand further apart: of rows as short as six pages such ends were a tenth.

How close and how small a theme's text may become it says on its root: ``--least-line-height``, a number, and
``--least-font-size``, in points. One that says nothing is set closer down to 1.3, and no smaller.
"""

import math
from collections.abc import Iterator, Sequence
from typing import Any, TypeAlias

from weasyprint.formatting_structure.boxes import LineBox, MarginBox, ReplacedBox

from publisher.model import Document
from publisher.writing.pdf.engine import Engine, LaidOut, TextSetting
from publisher.writing.pdf.folios import POINTS_A_PIXEL
from publisher.writing.pdf.releading import Leading
from publisher.writing.pdf.renumbering import Resolve

__all__ = ["lay_out_balanced", "setting_of"]

Box: TypeAlias = Any

BALANCED = ("article", "articles", "contents")
"""The roles of documents whose last page is looked at."""

FEWEST_LINES = 4
"""So many on a last page do not look forgotten."""

CLOSER = 0.06
WIDER = (0.03, 0.06)
"""What the line height is changed by at most. A twentieth is hardly seen from one article to the next; much more is."""

FILLED = (0.8, 0.4)
"""How much of the room under the last line of a row is filled, since heads and paragraphs are not broken everywhere."""

MOST_ROOM = 6
"""Lines that may stay blank there."""

NEARLY_EMPTY = 0.3
"""Of the lines of a page: a last page that has no more is worth smaller letters."""

SPARE_LINES = 0.5
"""What is saved beyond what is missing, since paragraphs are not broken everywhere."""

SPARE_IN_ROWS = 8
"""So much in a row, in which heads stand together with lines under them."""

LEAST_LEADING = 1.3
"""Of lines made closer, where the theme does not say: see ``theming/leading.py``."""

MOST_PAGES = 8
"""A longer document is left as it is: its pages made anew take seconds, and the end of one of many is not looked at."""


def lay_out_balanced(
    engine: Engine,
    document: Document,
    markup: str,
    first_page: int,
    resolve: Resolve | None = None,
    *,
    is_last: bool = False,
) -> LaidOut:
    """The document's pages, its text set in another way where that helps the last of them.

    ``is_last``: whether nothing follows the document. Then its last page ends where it ends.
    """
    if document.role not in BALANCED:
        return engine.lay_out(markup, first_page, resolve=resolve)
    fitting = _Fitting(is_row=document.role == "articles", is_last=is_last)
    own = engine.lay_out(markup, first_page, resolve=resolve, fit=fitting.fit)
    for setting in fitting.smaller:
        balanced = engine.lay_out(markup, first_page, setting, resolve)
        if _is_better(_boxes(balanced), _boxes(own)):
            return balanced
    return own


class _Fitting:
    """What is done to a document when it has its pages, and what is left to be tried."""

    def __init__(self, *, is_row: bool, is_last: bool) -> None:
        self._is_to_be_filled = is_row and not is_last
        self._spare = SPARE_IN_ROWS if is_row else SPARE_LINES
        self.smaller: tuple[TextSetting, ...] = ()
        """Smaller letters that would save the last page as it seems, best first; where it is nearly empty."""

    def fit(self, leading: Leading) -> None:
        """Give the document another leading, where that helps its last page."""
        pages, own = leading.pages, leading.line_height
        if own is None or not 2 <= len(pages) <= MOST_PAGES:
            return
        for change in dict.fromkeys((*self._closer(pages, own), *self._wider(pages))):
            if leading.try_line_height(round(own * (1 + change), 4), _is_better):
                self.smaller = () if change < 0 else self.smaller
                break
        for line_height in self._filling(leading, own):
            if leading.try_line_height(line_height, _is_fuller):
                break

    def _closer(self, pages: Sequence[Box], own: float) -> Iterator[float]:
        """By what share the leading changes that saves the last page as it seems, and then by the most there is."""
        style = _root(pages).style
        least = max(_number(style["__least_line_height"]) or LEAST_LEADING, own * (1 - CLOSER))
        most = min(round(least, 4) / own - 1, 0)
        lines, missing = _lines_of_text(pages[:-1]), _missing(pages)
        if not lines:
            return
        if most and -most * lines >= missing - SPARE_LINES:
            yield max(-(missing + self._spare) / lines, most)
            yield most
        nearly_empty = _lines(pages)[-1] <= NEARLY_EMPTY * max(_lines(pages))
        if -most * lines < missing + SPARE_LINES and nearly_empty:
            wanted, enough = (1 - (missing + spare) / lines for spare in (SPARE_LINES, -SPARE_LINES))
            self.smaller = tuple(dict.fromkeys(_smaller(style, own, own * (1 + most), wanted, enough)))

    def _wider(self, pages: Sequence[Box]) -> Iterator[float]:
        """What gives the last page the fewest lines that it should have, if it has less."""
        lines = _lines(pages)
        if lines[-1] < FEWEST_LINES:
            for change in WIDER:
                if sum(lines[:-1]) * change >= FEWEST_LINES - lines[-1] - 0.5:
                    yield change

    def _filling(self, leading: Leading, own: float) -> Iterator[float]:
        """The line heights that fill the last page of a row, under which nothing begins."""
        now = leading.line_height or own
        room, lines = _room_left(leading.pages, -1), _lines_of_text(leading.pages)
        if self._is_to_be_filled and lines and room > MOST_ROOM:
            for share in FILLED:
                yield round(min(now * (1 + share * room / lines), own * (1 + WIDER[-1])), 4)


def _smaller(style: Any, line_height: float, least: float, wanted: float, enough: float) -> Iterator[TextSetting]:
    """Smaller letters, at the ``least`` line height: of which the text has the share of its height that is ``wanted``.

    The smallest that there are, if less of it may be ``enough``; none where they are not.
    """
    own = float(style["font_size"]) * POINTS_A_PIXEL
    smallest = min(_number(style["__least_font_size"]) or own, own)
    if smallest < own and least * smallest**2 <= enough * line_height * own**2:
        yield TextSetting(
            round(least, 4), round(max(own * math.sqrt(max(wanted, 0) * line_height / least), smallest), 2)
        )
        yield TextSetting(round(least, 4), round(smallest, 4))


def _is_better(pages: Sequence[Box], before: Sequence[Box]) -> bool:
    """Whether the last page is full enough, and there are no more pages than before, or fewer."""
    saved = len(before) - len(pages)
    return saved >= (_lines(before)[-1] >= FEWEST_LINES) and _lines(pages)[-1] >= FEWEST_LINES


def _is_fuller(pages: Sequence[Box], before: Sequence[Box]) -> bool:
    """Whether less of the last page is white, and there are as many."""
    return len(pages) == len(before) and _room_left(pages, -1) < _room_left(before, -1)


def _lines(pages: Sequence[Box]) -> list[int]:
    """How many lines stand on each page, but for running head and folio; those side by side are one."""
    return [len({round(line.position_y) for line in _line_boxes(page)}) for page in pages]


def _line_boxes(page: Box) -> Iterator[LineBox]:
    return (box for child in _flow(page) for box in child.descendants() if isinstance(box, LineBox))


def _lines_of_text(pages: Sequence[Box]) -> int:
    """How many lines are as large as the text; those side by side are one."""
    size = _root(pages).style["font_size"]
    return sum(
        len({round(line.position_y) for line in _line_boxes(page) if line.style["font_size"] == size}) for page in pages
    )


def _missing(pages: Sequence[Box]) -> float:
    """How many lines the page before the last is too short for what stands on the last."""
    top, last = _ends(pages[-1])
    return (last - top) / _line_height(pages) - _room_left(pages, -2)


def _room_left(pages: Sequence[Box], number: int) -> float:
    """How many lines the page has room for under its last."""
    page = pages[number]
    room: float = page.content_box_y() + page.height - _ends(page)[1]
    return room / _line_height(pages)


def _ends(page: Box) -> tuple[float, float]:
    """Where the page's flow begins, and where the last of its lines and pictures ends, in CSS pixels."""
    top = page.content_box_y()
    boxes = (box for child in _flow(page) for box in child.descendants() if isinstance(box, LineBox | ReplacedBox))
    return top, max((box.position_y + box.margin_height() for box in boxes), default=top)


def _line_height(pages: Sequence[Box]) -> float:
    """Of the text, in CSS pixels."""
    style = _root(pages).style
    return float(style["font_size"]) * float(style["line_height"])


def setting_of(document: LaidOut) -> TextSetting | None:
    """How the document's text is set; ``None`` when its line height is a length, or the font's own."""
    style = _root(_boxes(document)).style
    height = style["line_height"]
    return (
        TextSetting(float(height), round(style["font_size"] * POINTS_A_PIXEL, 4))
        if isinstance(height, int | float)
        else None
    )


def _boxes(document: LaidOut) -> list[Box]:
    """Those of the pages."""
    return [page._page_box for page in document.pages]


def _root(pages: Sequence[Box]) -> Box:
    """The box of the document's root on its first page."""
    return next(iter(_flow(pages[0])))


def _number(tokens: Any) -> float | None:
    """What a style sheet says by a property of its own: a number, of points where it has a unit."""
    return next((float(token.value) for token in tokens if token.type in ("number", "dimension")), None)


def _flow(page: Box) -> list[Box]:
    """The boxes of the page that are no margin boxes."""
    return [box for box in page.children if not isinstance(box, MarginBox)]

"""The issue as it was laid out the last times: what is shown of it, and its pages as pictures."""

import threading
from collections import deque
from collections.abc import Callable
from typing import NamedTuple

from msgspec.structs import replace

from publisher.desk.folder import DeskFolder
from publisher.desk.live import PAGES_KEPT, LaidOut, article_of_page
from publisher.desk.pictures import counted
from publisher.desk.printing import name_of
from publisher.desk.reader import Recent
from publisher.desk.sheets import PICTURES_BYTES, PageSheet, Sheets
from publisher.desk.views import (
    Galley,
    PageBudget,
    PictureCounts,
    Render,
    ShownPage,
    place_in,
    shown_problem,
    without_place,
)
from publisher.model import Article, Issue, Written

__all__ = ["Print", "Prints"]

GALLEYS_KEPT = 4
"""Somebody may ask for the picture of a galley when the pages that follow it are there."""


class Print(NamedTuple):
    """The pages of one time, which came out."""

    number: int
    issue: Issue
    written: Written
    sheets: Sheets
    render: Render


class Prints:
    """What came of laying out, for any thread. ``id_of`` gives the id that the desk has for an article."""

    def __init__(self, folder: DeskFolder, id_of: Callable[[Article], str | None]) -> None:
        self._folder = folder
        self._id_of = id_of
        self._lock = threading.Lock()
        self._render = Render()
        self._prints: dict[int, Print] = {}
        self._drawn: Recent[bytes] = Recent(PICTURES_BYTES)
        self._galleys: deque[Sheets] = deque(maxlen=GALLEYS_KEPT)
        self._followed: tuple[Galley, ...] = ()
        """The galleys that the issue which is being laid out takes the place of."""

    def take(self, laid_out: LaidOut | None) -> Render:
        """What is shown now that this came out; ``None``: it is being laid out."""
        with self._lock:
            if laid_out is None:
                self._render = replace(self._render, state="working", message=None, at=None)
                self._followed = self._render.galleys
            elif laid_out.issue is None or laid_out.written is None:
                message = without_place(laid_out.message or "", self._folder)
                at = place_in(message)
                self._render = replace(self._render, id=laid_out.number, state="failed", message=message, at=at)
                self._render = replace(self._render, galleys=self._later())
            else:
                made = self._made(laid_out, laid_out.issue, laid_out.written)
                self._render = replace(made.render, galleys=self._later())
                self._prints[made.number] = made
                for old in sorted(self._prints)[:-PAGES_KEPT]:
                    del self._prints[old]
            return self._render

    def _later(self) -> tuple[Galley, ...]:
        """The galleys of what was changed while the issue was laid out."""
        return tuple(each for each in self._render.galleys if each not in self._followed)

    def take_galley(self, article: Article, written: Written) -> Render:
        """What is shown now that an article was set by itself."""
        id_ = self._id_of(article)
        with self._lock:
            if id_ is not None:
                sheets = Sheets(written.data, self._drawn)
                self._galleys.append(sheets)
                pages = tuple(_shown(number, sheet, id_) for number, sheet in enumerate(sheets.sheets, start=1))
                others = tuple(each for each in self._render.galleys if each.article != id_)
                self._render = replace(
                    self._render, state="working", galleys=(*others, Galley(article=id_, pages=pages))
                )
            return self._render

    def _made(self, laid_out: LaidOut, issue: Issue, written: Written) -> Print:
        sheets = Sheets(written.data, self._drawn)
        pages = []
        for number, sheet in enumerate(sheets.sheets, start=1):
            placed = article_of_page(issue, written, number)
            pages.append(_shown(number, sheet, self._id_of(placed.article) if placed else None))
        render = Render(
            id=laid_out.number,
            state="done",
            pages=tuple(pages),
            budget=PageBudget(used=sheets.used(), allowed=laid_out.allowed),
            problems=tuple(shown_problem(each, self._folder) for each in written.problems),
            seconds=laid_out.seconds,
        )
        return Print(laid_out.number, issue, written, sheets, render)

    @property
    def last(self) -> Print | None:
        """The pages that came out last; ``None`` while there are none."""
        with self._lock:
            return self._prints[max(self._prints)] if self._prints else None

    def render(self, number: int | None = None) -> Render | None:
        """What is shown now, or was shown a time before; ``None`` for one that is kept no more."""
        with self._lock:
            if number is None:
                return self._render
            return self._prints[number].render if number in self._prints else None

    def image(self, name: str) -> bytes | None:
        """A page as PNG; ``None`` when none looks so."""
        with self._lock:
            known = [*(each.sheets for each in self._prints.values()), *self._galleys]
        pictures = (sheets.picture(name) for sheets in reversed(known))
        return next((picture for picture in pictures if picture is not None), None)

    def first_pages(self) -> dict[tuple[str, str], int]:
        """The page that each article begins on, by its name."""
        if (last := self.last) is None:
            return {}
        pages = last.written.pages
        return {name_of(each.article): pages[each.id] for each in last.issue.articles if each.id in pages}

    def picture_counts(self) -> dict[tuple[str, str], PictureCounts]:
        """What is known of the pictures of each article, by its name."""
        if (last := self.last) is None:
            return {}
        assets = {asset.name: asset for asset in last.issue.assets}
        return {name_of(each.article): counted(each.article, assets) for each in last.issue.articles}


def _shown(number: int, sheet: PageSheet, article: str | None) -> ShownPage:
    return ShownPage(
        number=number, image=sheet.image, width_mm=sheet.width_mm, height_mm=sheet.height_mm, article=article
    )

"""What is kept of each page after it has been looked at: the facts that only make sense over the whole file."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple, TypeAlias

import msgspec

from publisher.checking.pdf.colours import ColourSpace, inks_of
from publisher.checking.pdf.document import PdfPage
from publisher.checking.pdf.fonts import Font
from publisher.checking.pdf.marks import INVISIBLE, UNTAGGED, ObjectId
from publisher.checking.pdf.structure import Content

Piece: TypeAlias = tuple[ObjectId | None, int]
"""A piece of marked content of a page: the form that it stands in, ``None`` for the page itself, and its number."""


class TextLine(NamedTuple):
    """A line of text on a page."""

    baseline: float
    left: float


def knocking_out(page: PdfPage) -> int:
    """How many texts in pure black on the page do not overprint."""
    return sum(
        not run.overprint and run.mode != INVISIBLE and inks_of(run.colour) == (0.0, 0.0, 0.0, 1.0) and run.located
        for run in page.content.runs
    )


class PageTally(msgspec.Struct, frozen=True, kw_only=True):
    """The facts of one page, wherever in a file it stands."""

    size: tuple[float, float]
    """In points."""

    fonts: tuple[int, ...]
    """Those that visible text is set in, each once, by their places among all that the page shows text in."""

    used: dict[str, tuple[str, ...]]
    """For each family of colours the kinds of marks."""

    device: tuple[str, ...]
    """The families of colours that depend on a device."""

    lines: dict[Piece, tuple[TextLine, ...]]
    words: dict[Piece, str]
    lowest: float | None
    tags: frozenset[Piece]
    filled: frozenset[Piece]
    untagged: tuple[int, str] | None
    knocking_out: int
    cut_short: bool
    """These are what ``Tally`` has of it."""


def tally_of(page: PdfPage) -> PageTally:
    """The facts of a page whose content has been followed."""
    content = page.content
    used: dict[str, dict[str, None]] = defaultdict(dict)
    device: dict[str, None] = {}
    for space, kind in _colours(page):
        if space.family != "pattern":
            used[space.family][kind] = None
        if space.device:
            device[space.family] = None
    lines: dict[Piece, list[TextLine]] = defaultdict(list)
    words: dict[Piece, str] = {}
    for run in content.runs:
        tag = run.tag
        if tag.mcid is not None and not tag.artifact and run.text.strip():
            lines[tag.owner, tag.mcid].append(TextLine(round(run.baseline, 1), run.letters.left))
            if not run.is_number:  # It says nothing of where to look, and is another as soon as pages move.
                words.setdefault((tag.owner, tag.mcid), run.text[:60])
    shown = {mark.tag for marks in (content.runs, content.paints, content.pictures) for mark in marks}
    places = {font: place for place, font in enumerate(content.fonts)}
    return PageTally(
        size=(round(page.trim.width, 1), round(page.trim.height, 1)),
        fonts=tuple(dict.fromkeys(places[id(run.font)] for run in content.runs if run.mode != INVISIBLE)),
        used={family: tuple(kinds) for family, kinds in used.items()},
        device=tuple(device),
        lines={piece: tuple(found) for piece, found in lines.items()},
        words=words,
        lowest=min((line.baseline for found in lines.values() for line in found), default=None),
        tags=frozenset(content.tags),
        filled=frozenset((tag.owner, tag.mcid) for tag in shown if tag.mcid is not None),
        untagged=_untagged(page),
        knocking_out=knocking_out(page) if "press" in page.pdf.purposes else 0,
        cut_short=content.cut_short,
    )


def _colours(page: PdfPage) -> Iterator[tuple[ColourSpace, str]]:
    """The colour space of each mark, with the kind of the mark."""
    content = page.content
    yield from ((run.colour.space, "text") for run in content.runs if run.mode != INVISIBLE)
    kinds = {"fill": "areas", "stroke": "lines", "shading": "shadings"}
    yield from ((paint.colour.space, kinds[paint.kind]) for paint in content.paints)
    yield from ((picture.space, "pictures") for picture in content.pictures if picture.space)


def _untagged(page: PdfPage) -> tuple[int, str] | None:
    content = page.content
    runs = [run for run in content.runs if run.tag == UNTAGGED]
    number = sum(mark.located for mark in runs)
    number += sum(paint.tag == UNTAGGED and paint.located for paint in content.paints)
    number += sum(picture.tag == UNTAGGED and picture.located for picture in content.pictures)
    return (number, next((run.text for run in runs if run.text), "")) if number else None


class Tally:
    """Grows page by page."""

    def __init__(self) -> None:
        self.fonts: dict[int, tuple[Font, int]] = {}
        """Each font that visible text is set in, with the first page, from 0."""

        self.used: dict[str, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
        """For each family of colours and kind of mark, the pages."""

        self.device: dict[str, int] = {}
        """The families of colours that depend on a device, with the first page."""

        self.lowest: dict[int, float] = {}
        """For each page the height of its lowest line of tagged text."""

        self.tags: dict[int, frozenset[Piece]] = {}
        """For each page the marked content that it opens."""

        self.untagged: dict[int, tuple[int, str]] = {}
        """For each page how many marks are neither tagged nor artifacts, and the first words among them."""

        self.sizes: Counter[tuple[float, float]] = Counter()
        """How many pages there are of each size, in points."""

        self.knocking_out: dict[int, int] = {}
        """For each page how many texts in black do not overprint."""

        self.cut_short: list[int] = []
        self._pages: dict[int, PageTally] = {}

    def lines_in(self, content: Content) -> tuple[TextLine, ...]:
        """The lines of text in a piece of marked content."""
        page = self._pages.get(content.page)  # type: ignore[arg-type]  # No page is not among them.
        return page.lines.get(content[1:], ()) if page else ()

    def words_in(self, content: Content) -> str | None:
        """The first words of a piece of marked content; ``None`` when it has none."""
        page = self._pages.get(content.page)  # type: ignore[arg-type]  # No page is not among them.
        return page.words.get(content[1:]) if page else None

    def filled_on(self, page: int) -> frozenset[Piece]:
        """The marked content of a page in which anything is shown."""
        return self._pages[page].filled

    def add(self, index: int, page: PageTally, fonts: Sequence[Font]) -> None:
        """Keep what matters of a page, counted from 0; ``fonts`` are all that it shows text in."""
        self._pages[index] = page
        if page.cut_short:
            self.cut_short.append(index)
        self.sizes[page.size] += 1
        self.tags[index] = page.tags
        for place in page.fonts:
            self.fonts.setdefault(id(fonts[place]), (fonts[place], index))
        for family, kinds in page.used.items():
            for kind in kinds:
                self.used[family][kind].add(index)
        for family in page.device:
            self.device.setdefault(family, index)
        if page.lowest is not None:
            self.lowest[index] = page.lowest
        if page.untagged:
            self.untagged[index] = page.untagged
        if page.knocking_out:
            self.knocking_out[index] = page.knocking_out

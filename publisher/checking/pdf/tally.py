"""What is kept of each page after it has been looked at: the facts that only make sense over the whole file."""

from collections import Counter, defaultdict
from typing import NamedTuple

from publisher.checking.pdf.colours import ColourSpace, inks_of
from publisher.checking.pdf.document import PdfPage
from publisher.checking.pdf.fonts import Font
from publisher.checking.pdf.marks import INVISIBLE, UNTAGGED, ObjectId
from publisher.checking.pdf.structure import Content


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


class Tally:
    """Grows page by page."""

    def __init__(self) -> None:
        self.fonts: dict[int, tuple[Font, int]] = {}
        """Each font that visible text is set in, with the first page, from 0."""

        self.used: dict[str, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
        """For each family of colours and kind of mark, the pages."""

        self.device: dict[str, int] = {}
        """The families of colours that depend on a device, with the first page."""

        self.lines: dict[Content, list[TextLine]] = defaultdict(list)
        """The lines of text in each piece of marked content."""

        self.words: dict[Content, str] = {}
        """The first words of each piece of marked content."""

        self.lowest: dict[int, float] = {}
        """For each page the height of its lowest line of tagged text."""

        self.tags: dict[int, set[tuple[ObjectId | None, int]]] = {}
        """For each page the marked content that it opens."""

        self.filled: set[Content] = set()
        """The marked content in which anything is shown."""

        self.untagged: dict[int, tuple[int, str]] = {}
        """For each page how many marks are neither tagged nor artifacts, and the first words among them."""

        self.sizes: Counter[tuple[float, float]] = Counter()
        """How many pages there are of each size, in points."""

        self.knocking_out: dict[int, int] = {}
        """For each page how many texts in black do not overprint."""

        self.cut_short: list[int] = []

    def add(self, page: PdfPage) -> None:
        """Keep what matters of a page."""
        content, index = page.content, page.index
        if content.cut_short:
            self.cut_short.append(index)
        self.sizes[round(page.trim.width, 1), round(page.trim.height, 1)] += 1
        self.tags[index] = content.tags
        for run in content.runs:
            if run.mode != INVISIBLE:
                self.fonts.setdefault(id(run.font), (run.font, index))
                self._use(run.colour.space, "text", index)
        for paint in content.paints:
            kind = {"fill": "areas", "stroke": "lines", "shading": "shadings"}[paint.kind]
            self._use(paint.colour.space, kind, index)
        for picture in content.pictures:
            if picture.space:
                self._use(picture.space, "pictures", index)
        black = knocking_out(page) if "press" in page.pdf.purposes else 0
        if black:
            self.knocking_out[index] = black
        self._add_tags(page)

    def _use(self, space: ColourSpace, kind: str, index: int) -> None:
        family = space.family
        if family != "pattern":
            self.used[family][kind].add(index)
        if space.device:
            self.device.setdefault(family, index)

    def _add_tags(self, page: PdfPage) -> None:
        index = page.index
        untagged, words = 0, ""
        for run in page.content.runs:
            tag = run.tag
            if tag == UNTAGGED:
                untagged += run.located
                words = words or run.text
            elif tag.mcid is not None and not tag.artifact and run.text.strip():
                place = Content(index, tag.owner, tag.mcid)
                self.lines[place].append(TextLine(round(run.baseline, 1), run.letters.left))
                self.words.setdefault(place, run.text[:60])
                self.lowest[index] = min(run.baseline, self.lowest.get(index, run.baseline))
        content = page.content
        for shown in {mark.tag for marks in (content.runs, content.paints, content.pictures) for mark in marks}:
            if shown.mcid is not None:
                self.filled.add(Content(index, shown.owner, shown.mcid))
        untagged += sum(paint.tag == UNTAGGED and paint.located for paint in page.content.paints)
        untagged += sum(picture.tag == UNTAGGED and picture.located for picture in page.content.pictures)
        if untagged:
            self.untagged[index] = (untagged, words)

"""What a page shows: its texts, fills, lines and pictures, each with its place, its colour and its tag."""

from collections import defaultdict
from functools import cached_property
from typing import Any, Literal, NamedTuple, TypeAlias

from publisher.checking.pdf.colours import Colour, ColourSpace
from publisher.checking.pdf.fonts import Font, Glyph
from publisher.checking.pdf.geometry import Box, Matrix, placed_box, scale_of

ObjectId: TypeAlias = tuple[int, int]
"""An object's number and generation in the file."""

INVISIBLE = 3
"""The text rendering mode of text that is there to be searched, as under a scanned page (9.3.6)."""


class Tag(NamedTuple):
    """The marked content that something belongs to."""

    owner: ObjectId | None = None
    """The form whose content it is; ``None`` for the page itself."""

    mcid: int | None = None
    artifact: bool = False


UNTAGGED = Tag()


def is_number(text: str) -> bool:
    """Whether a text is a number and nothing else, as page numbers are."""
    return text.isdecimal()


class GlyphRun:
    """A piece of text that one operator shows."""

    def __init__(
        self,
        *,
        font: Font,
        size: float,
        matrix: Matrix,
        start: float,
        end: float,
        glyphs: list[Glyph],
        colour: Colour,
        mode: int,
        alpha: float,
        overprint: bool,
        clip: Box,
        tag: Tag,
        order: int,
        located: bool,
    ) -> None:
        self.font = font
        self.size = size
        """As the content says it, before the matrix."""

        self.matrix = matrix
        self.start = start
        """Where the first glyph begins and the last one ends, along the line, before the matrix."""

        self.end = end
        self.glyphs = glyphs
        self.colour = colour
        self.mode = mode
        self.alpha = alpha
        self.overprint = overprint
        self.clip = clip
        self.tag = tag
        self.order = order
        self.located = located
        """Whether it is where the page shows it: a pattern's content is not."""

    @property
    def size_pt(self) -> float:
        """As it stands on the page, in points."""
        return abs(self.size) * scale_of(self.matrix)

    @property
    def upright(self) -> bool:
        """Whether its line runs along the page's width."""
        return abs(self.matrix[1]) < 1e-6 * (abs(self.matrix[0]) or 1)

    @cached_property
    def text(self) -> str:
        """Its characters, as far as the file tells them."""
        return "".join(glyph.text or "" for glyph in self.glyphs)

    @property
    def is_number(self) -> bool:
        """Whether it is a number and nothing else."""
        return is_number(self.text)

    @property
    def baseline(self) -> float:
        """The height of its line on the page."""
        return self.matrix[5] + self.matrix[1] * self.start

    def box(self, low: float, high: float) -> Box:
        """What it covers from ``low`` to ``high``, both in em from the baseline."""
        return placed_box(
            self.matrix,
            Box(min(self.start, self.end), low * self.size, max(self.start, self.end), high * self.size),
        )

    @cached_property
    def letters(self) -> Box:
        """What the middle of its letters covers: what must be seen for the text to be read."""
        return self.box(0.0, 0.45)

    @cached_property
    def ink(self) -> Box:
        """What its glyphs cover, as high and as deep as they really are."""
        extents = [self.font.extent(glyph) for glyph in self.glyphs if (glyph.text or "x").strip()]
        low = min((extent[0] for extent in extents), default=0.0)
        high = max((extent[1] for extent in extents), default=0.0)
        return self.box(low, high)


class Paint(NamedTuple):
    """A filled area or a stroked line."""

    kind: Literal["fill", "stroke", "shading"]
    box: Box
    colour: Colour
    alpha: float
    thinnest_pt: float
    """Of a line its width; of a fill the shorter side of its thinnest part."""

    plain: bool
    """Whether it is an upright rectangle, all of which it covers."""

    overprint: bool
    clip: Box
    tag: Tag
    order: int
    located: bool


class PaintedPicture(NamedTuple):
    """A raster image as it is shown."""

    name: str
    value: Any
    """The image's stream; for one inside the content, its dictionary with long names and its data under ``""``."""

    width: int
    """In pixels."""

    height: int
    matrix: Matrix
    space: ColourSpace | None
    """``None`` for one that says nothing of its colours, as JPEG 2000 may; of a stencil, that of its colour."""

    stencil: bool
    interpolated: bool
    clip: Box
    tag: Tag
    order: int
    located: bool

    @property
    def box(self) -> Box:
        """What it covers."""
        return placed_box(self.matrix, Box(0.0, 0.0, 1.0, 1.0))


class PageContent:
    """All that one page shows, in the order in which it is painted."""

    def __init__(self) -> None:
        self.runs: list[GlyphRun] = []
        self.paints: list[Paint] = []
        self.pictures: list[PaintedPicture] = []
        self.tags: set[tuple[ObjectId | None, int]] = set()
        """The marked content that the page opens, shown or not."""

        self.blending: set[str] = set()
        """What of transparency it uses: names of blend modes, ``alpha``, ``mask``."""

        self.blending_spaces: set[str] = set()
        """The families of the colour spaces that groups blend in."""

        self.fonts: dict[int, Font] = {}
        """The fonts that it shows text in, by identity."""

        self.texts: dict[int, list[bytes]] = defaultdict(list)
        """What it shows in each of them, as the content has it."""

        self._places: dict[int, int] = {}
        self.cut_short = False
        """Whether it has more operations than are followed."""

    def words_from(self, run: GlyphRun) -> str:
        """The words that begin with a text: many programs show a line in pieces, down to its letters."""
        if not self._places:
            self._places = {id(each): place for place, each in enumerate(self.runs)}
        place = self._places.get(id(run), 0)
        words = ""
        for each in self.runs[place : place + 60]:
            if len(words) > 60 or abs(each.baseline - run.baseline) > 1:
                break
            words += each.text
        return words

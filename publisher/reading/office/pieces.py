"""What a document of a word processor is read into before it becomes an article: paragraphs and tables, in order."""

from dataclasses import dataclass, field

from publisher.model import Problem
from publisher.model.blocks import Value
from publisher.reading.decoding import clean
from publisher.reading.office.kinds import Kind
from publisher.reading.office.lists import Mark
from publisher.reading.office.properties import Properties

BREAK = "\n"
"""How a run's text holds a break of line; its other white space is spaces."""


class TextRun(Value, frozen=True, kw_only=True):
    """Text of one look. ``url`` is as the document has it."""

    text: str
    bold: bool = False
    italic: bool = False
    url: str | None = None


class Picture(Value, frozen=True, kw_only=True):
    """A picture where it stands: inside the document, or at an address."""

    inside: str | None = None
    """Where in the document: what fetching finds it by (``publisher/fetching/embedded.py``)."""

    url: str | None = None
    alt: str | None = None


@dataclass(slots=True)
class ParagraphRead:
    """One paragraph."""

    kind: Kind = "text"
    """What it is by its style."""

    level: int = 0
    """Of a heading, from 1."""

    runs: list[TextRun] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    worded: bool = False
    pictures_first: bool = False
    """Whether the pictures stand before the words."""

    item: Mark | None = None
    """Of one in a list."""

    note: bool = False
    in_box: bool = False
    """In a frame beside the text."""

    number: int = 0
    """Its line in the trace, from 1."""

    def add(self, text: str, *, bold: bool = False, italic: bool = False, url: str | None = None) -> None:
        """Add text of one look as the document has it; an empty one is nothing."""
        text = clean(text) if text != BREAK else BREAK
        if text:
            self.worded = self.worded or not text.isspace()
            self.runs.append(TextRun(text=text, bold=bold, italic=italic, url=url))

    def add_picture(self, picture: Picture) -> None:
        """Add a picture after what it has."""
        self.pictures_first = self.pictures_first or not self.worded
        self.pictures.append(picture)

    def join(self, other: "ParagraphRead") -> None:
        """Add what is in another one, on a line of its own."""
        if self.worded and other.worded:
            self.runs.append(TextRun(text=BREAK))
        self.runs += other.runs
        self.pictures += other.pictures
        self.worded = self.worded or other.worded

    @property
    def text(self) -> str:
        """The words, spaces in place of breaks."""
        return " ".join("".join(run.text for run in self.runs).split())

    @property
    def all_bold(self) -> bool:
        """Whether every word is bold, and there is one."""
        return self.worded and all(run.bold for run in self.runs if run.text.strip())

    @property
    def all_italic(self) -> bool:
        """Whether every word is italic, and there is one."""
        return self.worded and all(run.italic for run in self.runs if run.text.strip())


@dataclass(slots=True)
class CellRead:
    """One cell of a table: its paragraphs, tables inside it taken apart."""

    paragraphs: list[ParagraphRead]


@dataclass(slots=True)
class TableRead:
    """A table: its rows all have the same number of cells."""

    rows: list[list[CellRead]]
    headed: bool
    """Whether the document says that the first row is a heading."""


Piece = ParagraphRead | TableRead


class OfficeDocument(Value, frozen=True, kw_only=True):
    """A document as it reads: its pieces in order, notes after the text; what it says of itself; what was left out."""

    pieces: tuple[Piece, ...]
    properties: Properties = Properties()
    problems: tuple[Problem, ...] = ()


def paragraphs_of(piece: Piece) -> list[ParagraphRead]:
    """The paragraphs of a piece, in order."""
    if isinstance(piece, ParagraphRead):
        return [piece]
    return [paragraph for row in piece.rows for cell in row for paragraph in cell.paragraphs]


def as_note(pieces: list[Piece], number: int) -> list[ParagraphRead]:
    """The paragraphs of a note as they stand after the text, its number before the first."""
    paragraphs = [paragraph for piece in pieces for paragraph in paragraphs_of(piece)]
    for position, paragraph in enumerate(paragraphs):
        if position == 0:
            paragraph.runs.insert(0, TextRun(text=f"[{number}] "))
        paragraph.note, paragraph.item = True, None
    return paragraphs


def in_box(pieces: list[Piece]) -> list[Piece]:
    """The same pieces, of a frame beside the text."""
    for piece in pieces:
        for paragraph in paragraphs_of(piece):
            paragraph.in_box = True
    return pieces

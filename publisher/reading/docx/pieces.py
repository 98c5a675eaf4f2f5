"""What a Word document is read into before it becomes an article: paragraphs and tables, in order."""

from dataclasses import dataclass, field

from publisher.model.blocks import Value
from publisher.reading.docx.styles import Meaning

BREAK = "\n"
"""How a run's text holds a break of line; its other white space is spaces."""


class WordRun(Value, frozen=True, kw_only=True):
    """Text of one look. ``url`` is as the document has it."""

    text: str
    bold: bool = False
    italic: bool = False
    url: str | None = None


class WordPicture(Value, frozen=True, kw_only=True):
    """A picture where it stands: a member of the archive, or an address."""

    member: str | None
    url: str | None
    alt: str | None


@dataclass(slots=True)
class ParagraphRead:
    """One paragraph."""

    meaning: Meaning
    runs: list[WordRun] = field(default_factory=list)
    pictures: list[WordPicture] = field(default_factory=list)
    worded: bool = False
    pictures_first: bool = False
    """Whether the pictures stand before the words."""

    item: tuple[bool, int] | None = None
    """Of a list: whether it has a bullet, and its number."""

    note: bool = False
    in_box: bool = False
    """In a frame beside the text."""

    number: int = 0
    """Its line in the trace, from 1."""

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


def paragraphs_of(piece: Piece) -> list[ParagraphRead]:
    """The paragraphs of a piece, in order."""
    if isinstance(piece, ParagraphRead):
        return [piece]
    return [paragraph for row in piece.rows for cell in row for paragraph in cell.paragraphs]

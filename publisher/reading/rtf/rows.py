r"""A table as rich text has it: rows of cells that end somewhere on the line, and no columns."""

from dataclasses import dataclass, field

from publisher.reading.office.omissions import MOST_PARAGRAPHS, Omissions
from publisher.reading.office.pieces import CellRead, ParagraphRead, TableRead

_NEAR = 50
"""Twips between edges that are meant to be one: programs that count in millimetres miss by some."""

_MOST_EDGES = 1_000


@dataclass(slots=True)
class Rows:
    """The table that is being read."""

    _rows: list[tuple[list[CellRead], list[int]]] = field(default_factory=list)
    _cells: list[CellRead] = field(default_factory=list)
    _paragraphs: list[ParagraphRead] = field(default_factory=list)
    _edges: list[int] = field(default_factory=list)
    _heading: bool = False
    _headed: bool = False

    def begin_row(self) -> None:
        r"""Forget what was said of how rows are laid out (``\trowd``)."""
        self._edges, self._heading = [], False

    def add_edge(self, edge: int) -> None:
        r"""Say where the next cell of the row ends, in twips (``\cellx``)."""
        if len(self._edges) < _MOST_EDGES:
            self._edges.append(edge)

    def make_heading(self) -> None:
        """Say that the row is a heading."""
        self._heading = True

    def add(self, paragraph: ParagraphRead) -> None:
        """Add a paragraph to the open cell."""
        self._paragraphs.append(paragraph)

    def end_cell(self) -> None:
        """End the cell."""
        self._cells.append(CellRead(self._paragraphs))
        self._paragraphs = []

    def end_row(self) -> None:
        """End the row; words after its last cell are one more."""
        if self._paragraphs:
            self.end_cell()
        if self._cells:
            self._headed = self._headed or (self._heading and not self._rows)
            self._rows.append((self._cells, self._edges))
            self._cells = []

    def table(self, omissions: Omissions) -> TableRead | None:
        """The table; ``None`` when nothing was in it."""
        self.end_row()
        if not self._rows:
            return None
        columns = _columns([edge for cells, edges in self._rows if len(cells) == len(edges) for edge in edges])
        if len(columns) * len(self._rows) > MOST_PARAGRAPHS:
            columns = []
        rows = [_placed(cells, edges, columns) for cells, edges in self._rows]
        return omissions.squared(rows, self._headed)


def _columns(edges: list[int]) -> list[int]:
    """The edges at which columns end, from the left."""
    columns: list[int] = []
    for edge in sorted(set(edges)):
        if not columns or edge - columns[-1] > _NEAR:
            columns.append(edge)
    return columns


def _placed(cells: list[CellRead], edges: list[int], columns: list[int]) -> list[CellRead]:
    """The cells of a row, one that reaches over several columns followed by empty ones."""
    if len(edges) != len(cells) or not columns:
        return cells
    placed: list[CellRead] = []
    for cell, edge in zip(cells, edges, strict=True):
        placed.append(cell)
        while len(placed) < len(columns) and columns[len(placed)] <= edge:
            placed.append(CellRead([]))
    return placed

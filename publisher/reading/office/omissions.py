"""What of a document is not read, each thing once: what an article cannot hold, and what is beyond the limits."""

from publisher.counting import spelled
from publisher.model import Problem
from publisher.reading.office.pieces import CellRead, TableRead

MOST_PARAGRAPHS = 20_000
"""Paragraphs and cells of tables that are read: a book of 500 pages has some 8,000."""

MOST_RUNS = 100_000
"""Stretches of one look that are read: Word makes about ten to a paragraph that was much corrected."""


class Omissions:
    """The problems of one document, and the room that is left in it."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._problems: dict[str, Problem] = {}
        self._paragraphs = 0
        self._runs = 0
        self.comments = 0
        """How many were met."""

        self.full = False
        """Whether nothing more is read."""

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What was left out, the comments last."""
        found = tuple(self._problems.values())
        if not self.comments:
            return found
        said = f"{spelled(self.comments, 'comment was', 'comments were')} left out"
        return (*found, Problem(code="dropped-content", message=said, where=self._name))

    def dropped(self, message: str) -> None:
        """Note that something was left out which an article cannot hold."""
        self._note("dropped-content", message)

    def cut(self, message: str) -> None:
        """Note that something was read up to a limit only."""
        self._note("cut-short", message)

    def replaced(self, message: str) -> None:
        """Note that something is no characters."""
        self._note("replaced-characters", message)

    def _note(self, code: str, message: str) -> None:
        self._problems.setdefault(message, Problem(code=code, message=message, where=self._name))

    def paragraph(self) -> bool:
        """Whether one more paragraph or cell is read; it is counted."""
        if self._paragraphs >= MOST_PARAGRAPHS:
            self.cut(f"only the first {MOST_PARAGRAPHS} paragraphs and cells were read")
            self.full = True
            return False
        self._paragraphs += 1
        return True

    def run(self) -> bool:
        """Whether one more stretch of text is read; it is counted."""
        if self._runs >= MOST_RUNS:
            self.cut(f"only the first {MOST_RUNS} stretches of text were read")
            self.full = True
            return False
        self._runs += 1
        return True

    def squared(self, rows: list[list[CellRead]], headed: bool) -> TableRead:
        """The table of some rows, empty cells added to the short ones; ``headed`` when the first one is its heading."""
        width = max((len(row) for row in rows), default=0)
        if width * len(rows) > MOST_PARAGRAPHS:  # One wide row widens all.
            self.cut(f"of a table only the first {MOST_PARAGRAPHS} cells were read")
            rows = rows[: max(1, MOST_PARAGRAPHS // width)]
        for cells in rows:
            cells += [CellRead([]) for _ in range(width - len(cells))]
        return TableRead(rows=rows, headed=headed)

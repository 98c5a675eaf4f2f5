"""What became of each input line: the trace that every reader writes, the rules that speak in it, how people see it."""

from collections.abc import Iterable
from typing import NamedTuple

from publisher.model import Role, TracedLine


class Mark(NamedTuple):
    """What a line was taken for."""

    role: Role
    rule: str
    confidence: float = 1.0


BLANK = Mark("blank", "blank")


class Trace:
    """The lines of an input and what each was taken for: of all that is said of a line, the last word counts."""

    def __init__(self, texts: Iterable[str] = ()) -> None:
        self.texts = list(texts)
        self._marks: dict[int, Mark] = {}
        self._wholes: dict[int, int] = {}

    def add(self, text: str, role: Role, rule: str, confidence: float = 1.0) -> None:
        """Add a line, of an input that has none of its own, and say what it is."""
        self.texts.append(text)
        self.mark(len(self.texts), role, rule, confidence)

    def join(self, number: int, whole: int) -> None:
        """Say that a line is only a part of another, so that it is what that one is."""
        self._wholes[number] = whole

    def mark(self, number: int, role: Role, rule: str, confidence: float = 1.0) -> None:
        """Say what the line with a number, from 1, is."""
        self._marks[number] = Mark(role, rule, confidence)

    def role(self, number: int) -> Role | None:
        """What a line is; ``None`` when nothing was said of it."""
        mark = self._marks.get(number)
        return None if mark is None else mark.role

    def mark_of(self, number: int) -> Mark | None:
        """What a line was taken for and why; ``None`` when nothing was said of it."""
        return self._marks.get(number)

    def lines(self, otherwise: Mark) -> tuple[TracedLine, ...]:
        """Each line with its one role. One that nothing was said of is blank when it is empty, else ``otherwise``."""
        traced = []
        for number, text in enumerate(self.texts, 1):
            mark = self._marks.get(self._wholes.get(number, number))
            if mark is None:
                mark = otherwise if text and not text.isspace() else BLANK
            traced.append(
                TracedLine(
                    number=number, text=text, role=mark.role, rule=mark.rule, confidence=round(mark.confidence, 2)
                )
            )
        return tuple(traced)

r"""The lists of a rich text document: the table of lists, and that of which of them a number after ``\ls`` means."""

import re
from dataclasses import dataclass, field

from publisher.reading.office.lists import Mark
from publisher.reading.office.numberings import Level, Numberings
from publisher.reading.rtf.state import Setting

_BULLETS = (23, 255)
r"""The kinds of number (``\levelnfc``) that are none."""

_MOST_LEVELS = 9
_NUMBER = re.compile(r"\W{0,3}(\d{1,6})")
_LETTER = re.compile(r"\W{0,3}[A-Za-z]{1,5}[.)]")


@dataclass(slots=True)
class Lists:
    """The lists as they are defined, one after the other, and how far each has counted."""

    _numberings: Numberings = field(default_factory=Numberings)
    _known: dict[int, dict[int, Level]] = field(default_factory=dict)
    _levels: dict[int, Level] = field(default_factory=dict)
    _meant: int = 0

    def begin(self) -> None:
        """Begin a list."""
        self._levels = {}

    def add_level(self) -> None:
        """Add a level to the list."""
        if len(self._levels) < _MOST_LEVELS:
            self._levels[len(self._levels)] = Level(bullet=False)

    def set_kind(self, kind: int) -> None:
        """Say how the items of the last level are numbered."""
        if self._levels:
            last = len(self._levels) - 1
            self._levels[last] = Level(bullet=kind in _BULLETS, start=self._levels[last].start)

    def set_start(self, start: int) -> None:
        """Say with which number the last level begins."""
        if self._levels:
            last = len(self._levels) - 1
            self._levels[last] = Level(bullet=self._levels[last].bullet, start=start)

    def name(self, identifier: int) -> None:
        """Say what the list is called that was just defined."""
        self._known[identifier] = self._levels

    def mean(self, identifier: int) -> None:
        """Say which list the next number stands for."""
        self._meant = identifier

    def stand_for(self, number: int) -> None:
        """Say which number stands for that list."""
        self._numberings.levels[str(number)] = self._known.get(self._meant, {})

    def mark(self, setting: Setting, label: str | None) -> Mark | None:
        """How a paragraph is marked, if it is an item.

        ``label`` is what was written before it for programs that know no lists; its number counts.
        """
        numbered = _NUMBER.match(label or "")
        number = int(numbered[1]) if numbered else None
        if setting.numbering:
            mark = self._numberings.count(str(setting.numbering), setting.level, number)
            if mark is not None:
                return mark
        if label is None:
            return None
        return number is None and not _LETTER.match(label), number or 0

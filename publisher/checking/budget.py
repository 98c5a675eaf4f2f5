"""What the check of one file may cost, so that a small file cannot take the day.

Nothing is interrupted: those who loop ask, and what is not looked at any more is said in a ``cut-short`` finding.
"""

import time

LEAST_S = 8.0
"""Of processor time for any file. A brief takes half a second, a hundred pages three."""

S_PER_MIB = 15.0
"""What a file may take besides, by its size: text is packed to a fifth, and a page of three kilobytes takes 0.03 s."""

MOST_S = 300.0
"""For the largest, such as a book of two thousand pages with all its pictures."""

MAX_TABLE_ENTRIES = 1_000_000
"""Of the character maps and tables of widths of all fonts: some 150 MB. Fifteen whole Chinese fonts have as many."""


class OutOfTimeError(Exception):
    """The time of a file is over; it ends the part that asked."""


class Budget:
    """The time and the table entries that are left for one file of ``size_bytes``."""

    def __init__(self, size_bytes: int, seconds: float | None = None) -> None:
        self.seconds = min(MOST_S, LEAST_S + S_PER_MIB * size_bytes / 2**20) if seconds is None else seconds
        self._ends = time.thread_time() + self.seconds
        self._entries = MAX_TABLE_ENTRIES
        self.passed_over: list[str] = []
        """What was not looked at, in the order of the check."""

    @property
    def over(self) -> bool:
        """Whether the time is over."""
        return time.thread_time() > self._ends

    def ask(self) -> None:
        """OutOfTimeError when the time is over."""
        if self.over:
            raise OutOfTimeError

    def entries(self, wanted: int) -> int:
        """How many of so many entries a table may have; they are taken."""
        given = max(0, min(wanted, self._entries))
        self._entries -= given
        return given

    def give_back(self, entries: int) -> None:
        """Entries that were taken and are not needed."""
        self._entries += entries

"""How long a fetch may take, and what is raised when it takes longer."""

import time

from publisher.counting import counted
from publisher.errors import InputError


class SilenceError(InputError):
    """A server did not answer, or not in time."""


class Deadline:
    """How much is left of the seconds that a fetch may take in all, however many steps it has."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._end = time.monotonic() + seconds

    def left(self) -> float:
        """Seconds, more than none. Raises ``SilenceError`` with the bare reason when they are used up."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise SilenceError(f"it took longer than {counted(self.seconds, 'second')}")
        return left

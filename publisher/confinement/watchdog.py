"""Something is done about what takes too long: one thread for all that is watched, one thing after the other.

A timer for each would start a thread for each, which costs as much as reading a short page does.
"""

import contextlib
import math
import threading
import time
from collections.abc import Callable, Iterator


class Watchdog:
    """Calls a function, in a thread of its own, when what it watches passes its deadline."""

    def __init__(self, expire: Callable[[], None]) -> None:
        self._expire = expire
        self._due_s = self._looks_s = math.inf
        self._over = False
        self._changed = threading.Condition()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    @contextlib.contextmanager
    def within(self, seconds: float) -> Iterator[None]:
        """What is done inside may take so long. The function is not called once it is over."""
        self._await(time.monotonic() + seconds)
        try:
            yield
        finally:
            self._await(math.inf)

    def end(self) -> None:
        """Watch no longer."""
        with self._changed:
            self._over = True
            self._changed.notify()
        self._thread.join()

    def _await(self, due_s: float) -> None:
        with self._changed:
            self._due_s = due_s
            if due_s < self._looks_s:  # It is seldom woken: most deadlines are later than the one before.
                self._changed.notify()

    def _watch(self) -> None:
        with self._changed:
            while not self._over:
                left_s = self._due_s - time.monotonic()
                if left_s <= 0:
                    self._due_s = math.inf
                    self._expire()
                    continue
                self._looks_s = self._due_s
                self._changed.wait(None if left_s == math.inf else left_s)

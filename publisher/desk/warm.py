"""A thread with an engine that stays warm, for work that is done again after each change."""

import threading
import time
from collections.abc import Callable

from publisher.writing.pdf import PdfProcess


class Warm:
    """Works whenever it is woken, one time after the other, and once more for all that comes meanwhile.

    The engine dies with the thread that starts it: it is started where it is first asked for, which is within ``work``,
    or at once with ``early``. Work begins when nobody woke it for ``pause_s`` seconds.
    """

    def __init__(self, name: str, work: Callable[[], None], pause_s: float, *, early: bool = False) -> None:
        self._work = work
        self._pause_s = pause_s
        self._early = early
        self._lock = threading.Lock()
        self._wake = threading.Event()
        self._idle = threading.Event()
        self._idle.set()
        self.ended = False
        self._engine: PdfProcess | None = None
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    def start(self) -> None:
        """Begin: until then nothing is done."""
        self._thread.start()

    def wake(self) -> None:
        """Something has changed."""
        with self._lock:
            self._idle.clear()
            self._wake.set()

    @property
    def is_busy(self) -> bool:
        """Whether something has changed since the work was done."""
        return not self._idle.is_set()

    def wait(self) -> None:
        """Wait until nothing is to be done."""
        self._idle.wait()

    def end(self) -> None:
        """End the thread and the engine; who waits goes on."""
        self.ended = True
        self._wake.set()
        engine = self._engine
        if engine is not None:
            engine.kill()
        self._thread.join()
        self._idle.set()

    @property
    def engine(self) -> PdfProcess:
        """The engine, for ``work``."""
        if self._engine is None:
            self._engine = PdfProcess(stays=True)
        return self._engine

    def was_lost(self) -> bool:
        """Whether the engine has ended; another one is there then. For ``work``."""
        if self.engine.is_alive:
            return False
        self._leave()
        self._engine = PdfProcess(stays=True)
        return True

    def _leave(self) -> None:
        if self._engine is not None:
            self._engine.__exit__(None, None, None)

    def _run(self) -> None:
        if self._early:
            self._engine = PdfProcess(stays=True)
        try:
            while self._wake.wait():
                while not self.ended and self._wake.is_set():
                    self._wake.clear()
                    time.sleep(self._pause_s)
                if self.ended:
                    return
                self._work()
                with self._lock:
                    if not self._wake.is_set():
                        self._idle.set()
        finally:
            self._leave()

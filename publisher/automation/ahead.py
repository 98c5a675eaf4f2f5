"""Work that another process does ahead, while this one goes on with what does not wait for it."""

import contextlib
import gc
import os
import signal
import threading
import warnings
from collections.abc import Callable
from typing import Generic, NoReturn, TypeVar

import msgspec

from publisher.confinement.walls import die_with

__all__ = ["Ahead", "can_be_ahead"]

T = TypeVar("T")

_LEAST = 19
"""The niceness of a process that gives way to every other."""


def can_be_ahead() -> bool:
    """Whether a copy of this process can do something: it would have none of its other threads, but their locks."""
    return hasattr(os, "fork") and threading.active_count() == 1


class Ahead(Generic[T]):
    """What ``work`` gives, which is of the type ``of`` and which msgspec can encode, in a copy of this process.

    The copy holds nothing open that was, and ends with this process; one that ``yields`` takes only what processor time
    nobody else asks for. OSError when there can be none.
    """

    def __init__(self, work: Callable[[], T], of: type[T], *, yields: bool = False) -> None:
        self._of = of
        reading, writing = os.pipe()
        parent = os.getpid()
        try:
            with warnings.catch_warnings():
                # Threads that Python knows nothing of, as that of faulthandler, ask for nothing that this one holds.
                warnings.simplefilter("ignore", DeprecationWarning)
                self._process = os.fork()
        except OSError:
            os.close(reading)
            raise
        finally:
            if os.getpid() == parent:
                os.close(writing)
        if not self._process:
            _do(work, writing, parent, _LEAST if yields else 0)
        self._results = os.fdopen(reading, "rb")

    def result(self) -> T | None:
        """What it gave; ``None`` when it failed, or was ended. Asked once."""
        try:
            data = self._results.read()
        finally:
            self.end()
        try:
            return msgspec.msgpack.decode(data, type=self._of)
        except msgspec.MsgspecError:
            return None

    def end(self) -> None:
        """End the copy, if it is there."""
        if self._process:
            self._results.close()
            with contextlib.suppress(ProcessLookupError):
                os.kill(self._process, signal.SIGKILL)
            os.waitpid(self._process, 0)
            self._process = 0


def _do(work: Callable[[], object], writing: int, parent: int, niceness: int) -> NoReturn:
    """Do the work, and end whatever comes of it: what failed here is done where somebody is told of it."""
    try:
        with contextlib.suppress(OSError):  # Elsewhere than on Linux nobody reads what it gives.
            die_with(parent)
        os.nice(niceness)
        gc.freeze()  # What is here already is not looked at again, and so stays shared.
        os.closerange(3, writing)  # Among them the ends of pipes by which other processes would know of our end.
        os.closerange(writing + 1, os.sysconf("SC_OPEN_MAX"))
        data = msgspec.msgpack.encode(work())
        with os.fdopen(writing, "wb") as results:
            results.write(data)
    finally:
        os._exit(0)

"""Other processes of this machine."""

import multiprocessing
import os
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from queue import SimpleQueue
from types import TracebackType
from typing import Any, Self, TypeVar

from publisher.executing.handing import AHEAD, EndedError, each, in_order
from publisher.seams import Lost

T = TypeVar("T")
R = TypeVar("R")


class Processes:
    """The executor that works in so many processes of this machine at a time.

    They are started when there is something to do, stay for the next, and end with this one, however it ends. A process
    has one batch in hand, so that it is known which of them it ended with. Use it as a context manager.
    """

    def __init__(self, jobs: int) -> None:
        self._jobs = jobs
        self._threads = ThreadPoolExecutor(jobs)
        # A pool of one process each: one of several would take down the batches of the others when it ends.
        self._idle: SimpleQueue[_Lane] = SimpleQueue()
        for _ in range(jobs):
            self._idle.put(_Lane())

    def map(self, function: Callable[[T], R], values: Iterable[T], batch: int = 1) -> Iterator[R | Lost]:
        """What the function gives of each value: see ``Executor``."""

        def hand(some: Sequence[T]) -> Future[list[R]]:
            return self._threads.submit(self._done, partial(each, function, some))

        return in_order(hand, values, batch, AHEAD * self._jobs)

    def _done(self, work: Callable[[], R]) -> R:
        lane = self._idle.get()
        try:
            return lane.do(work)
        finally:
            self._idle.put(lane)

    def rest(self) -> None:
        """End the processes when they have done what they have in hand; others start when there is something to do."""
        lanes = [self._idle.get() for _ in range(self._jobs)]
        for lane in lanes:
            lane.end()
            self._idle.put(lane)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._threads.shutdown(cancel_futures=True)
        self.rest()


class _Lane:
    """One process at a time, which is replaced when it has ended."""

    def __init__(self) -> None:
        self._pool: ProcessPoolExecutor | None = None

    def do(self, work: Callable[[], R]) -> R:
        """What the work gives. EndedError when the process ends over it."""
        if self._pool is None:
            # Not forked: there are threads here, and whatever they hold would stay held.
            spawning = multiprocessing.get_context("spawn")
            self._pool = ProcessPoolExecutor(1, spawning, initializer=_end_with_parent)
        try:
            return self._pool.submit(work).result()
        except BrokenProcessPool as error:
            self.end()
            raise EndedError from error

    def end(self) -> None:
        """End the process when it has done what it has in hand."""
        if self._pool is not None:
            self._pool.shutdown()
            self._pool = None


def _end_with_parent() -> None:
    """Have this process end when the one that started it does: it would wait for ever for what to do."""
    parent: Any = multiprocessing.parent_process()

    def watch() -> None:
        parent.join()
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()

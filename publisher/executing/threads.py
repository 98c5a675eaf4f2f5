"""Threads of this process, for steps that other processes do: to wait for one of these takes no process."""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from queue import SimpleQueue
from types import TracebackType
from typing import Any, Self, TypeVar

from publisher.executing.handing import AHEAD, each, in_order
from publisher.seams import Lost

T = TypeVar("T")
R = TypeVar("R")


class Threads:
    """The executor that works in so many threads, which stay until they ``rest``. Use it as a context manager."""

    def __init__(self, jobs: int) -> None:
        self._jobs = jobs
        self._pool: ThreadPoolExecutor | None = None

    def map(self, function: Callable[[T], R], values: Iterable[T], batch: int = 1) -> Iterator[R | Lost]:
        """What the function gives of each value: see ``Executor``. It need not be picklable here."""
        pool = self._pool = self._pool or ThreadPoolExecutor(self._jobs)
        return in_order(lambda some: pool.submit(partial(each, function, some)), values, batch, AHEAD * self._jobs)

    def rest(self) -> None:
        """End the threads when they have done what they have in hand."""
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
            self._pool = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.rest()


def by_turns(functions: Iterable[Callable[..., R]]) -> Callable[..., R]:
    """A function that several threads may call, done by one of the functions that no other is calling."""
    idle: SimpleQueue[Callable[..., R]] = SimpleQueue()
    for function in functions:
        idle.put(function)

    def call(*arguments: Any) -> R:
        function = idle.get()
        try:
            return function(*arguments)
        finally:
            idle.put(function)

    return call

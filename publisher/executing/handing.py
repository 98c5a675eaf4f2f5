"""Batches handed over so many at a time, and their results in order, whatever ends on the way.

A process that ends takes all down that it had in hand. Once may be chance: the machine was out of memory, or somebody
ended it. So its batch is tried again. Of a batch that ends two processes the halves are tried, and of those that end
another one theirs, until what ends its process stands alone: it is lost, and all the others are done.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, Generic, Protocol, TypeVar

from publisher.seams import Lost

T = TypeVar("T")
R = TypeVar("R")
R_co = TypeVar("R_co", covariant=True)

TRIES = 2
"""How many processes a batch may end before it is halved, or lost."""

AHEAD = 4
"""How many batches a process or thread are handed over at most, or done and not asked for: none waits for its next."""


class Handed(Protocol[R_co]):
    """A batch in somebody's hands: a future of ``concurrent.futures`` or of Dask."""

    def result(self) -> R_co:
        """What came of it, when it is done. ``EndedError`` when its process has ended."""


class EndedError(Exception):
    """The process that had a batch in hand has ended."""


class _Waiting(Generic[T, R]):
    """A batch whose results are still to be given."""

    def __init__(self, batch: Sequence[T], handed: Handed[Sequence[R]], left: int = TRIES) -> None:
        self.batch = batch
        self.handed = handed
        self.left = left
        """How often it may be tried, this time included."""


def in_order(
    hand: Callable[[Sequence[T]], Handed[Sequence[R]]], values: Iterable[T], batch: int, ahead: int
) -> Iterator[R | Lost]:
    """The results for the values, in their order; at most ``ahead`` batches are out of hand, or done and not given."""
    waiting: deque[_Waiting[T, R]] = deque()
    left = iter(values)
    while True:
        while len(waiting) < ahead and (some := tuple(islice(left, batch))):
            waiting.append(_Waiting(some, hand(some)))
        if not waiting:
            return
        first = waiting.popleft()
        try:
            results = first.handed.result()
        except EndedError:
            if len(first.batch) == 1 and first.left == 1:
                yield Lost()
            else:
                waiting.extendleft(reversed(_again(hand, first, waiting)))
        else:
            yield from results


def _again(
    hand: Callable[[Sequence[T]], Handed[Sequence[R]]], ended: _Waiting[T, R], others: Iterable[_Waiting[T, R]]
) -> list[_Waiting[T, R]]:
    """The batch handed over once more, whole or in halves."""
    batch = ended.batch
    if ended.left > 1:
        if len(batch) == 1:
            for other in others:  # It is its last chance: none that may share its process is to blame.
                _await(other.handed)
        return [_Waiting(batch, hand(batch), ended.left - 1)]
    middle = len(batch) // 2
    return [_Waiting(half, hand(half), TRIES if len(half) == 1 else 1) for half in (batch[:middle], batch[middle:])]


def _await(handed: Handed[Any]) -> None:
    try:
        handed.result()
    except EndedError:
        return  # It is met again when its turn comes.


def each(function: Callable[[T], R], batch: Sequence[T]) -> list[R]:
    """What the function gives of each of the batch: done by whom it is handed to."""
    return [function(value) for value in batch]

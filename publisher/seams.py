"""Seams: what whoever runs the stages may put between them, and what stands there when nobody does."""

from collections.abc import Callable, Iterable, Iterator
from typing import Protocol, TypeAlias, TypeVar

import msgspec

T = TypeVar("T")
R = TypeVar("R")

Progress: TypeAlias = Callable[[str, int, int], None]
"""Told of the stage (``read``, ``fetch``, ``lay out`` or ``write``), and how many of how many things are done."""


class Keep(Protocol):
    """Gives what a dear step makes, or made before for the same material."""

    def __call__(self, kind: str, of: type[T], made_of: object, make: Callable[[], T]) -> T:
        """What ``make`` gives, which is of the type ``of`` and depends on ``made_of`` and on our own code alone.

        ``kind`` names the step: ``covers``. Both values are of the model, or of the kinds that msgspec can encode.
        """


def made_anew(kind: str, of: type[T], made_of: object, make: Callable[[], T]) -> T:
    """What ``make`` gives: nothing is kept."""
    return make()


class NotKeptError(Exception):
    """Nothing is kept of what was asked for."""


def only_kept(keep: Keep) -> Keep:
    """The same, which raises NotKeptError in the place of making anything."""

    def absent() -> object:
        raise NotKeptError

    return lambda kind, of, made_of, make: keep(kind, of, made_of, absent)


def untold(stage: str, done: int, total: int) -> None:
    """Progress that nobody is told of."""


class Lost(msgspec.Struct, frozen=True):
    """What stands in the place of a result whose process ended each time that it was worked on."""


class Executor(Protocol):
    """Where a step is done that takes many values one by one: here, in other processes, or on other machines."""

    def map(self, function: Callable[[T], R], values: Iterable[T], batch: int = 1) -> Iterator[R | Lost]:
        """What the function gives of each value, in their order.

        Values are taken from the iterable as there is room for them, so that it may be longer than memory, and handed
        over so many at a time: more of them cost less to hand over, and are all done again when a process ends. The
        function can be imported, or is a ``functools.partial`` of one that can; what it takes and gives is pickled. It
        depends on its value alone: it may be called more than once. An exception of its own ends the whole.
        """


class Here:
    """The executor that does all in this process, a value when it is asked for; with this process it would end."""

    def map(self, function: Callable[[T], R], values: Iterable[T], batch: int = 1) -> Iterator[R | Lost]:
        """What the function gives of each value: see ``Executor``."""
        return map(function, values)

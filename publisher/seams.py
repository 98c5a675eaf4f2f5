"""Seams: what whoever runs the stages may put between them, and what stands there when nobody does."""

from collections.abc import Callable
from typing import Protocol, TypeAlias, TypeVar

T = TypeVar("T")

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


def untold(stage: str, done: int, total: int) -> None:
    """Progress that nobody is told of."""

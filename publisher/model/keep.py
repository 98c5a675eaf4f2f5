"""Keeping: what a dear step has made may be kept by whoever runs the stages, and given again for the same material."""

from collections.abc import Callable
from typing import Protocol, TypeVar

T = TypeVar("T")


class Keep(Protocol):
    """Gives what a step makes, or made before."""

    def __call__(self, kind: str, of: type[T], made_of: object, make: Callable[[], T]) -> T:
        """What ``make`` gives, which is of the type ``of`` and depends on ``made_of`` and on our own code alone.

        ``kind`` names the step: ``covers``. Both values are of the model, or of the kinds that msgspec can encode.
        """


def made_anew(kind: str, of: type[T], made_of: object, make: Callable[[], T]) -> T:
    """What ``make`` gives: nothing is kept."""
    return make()

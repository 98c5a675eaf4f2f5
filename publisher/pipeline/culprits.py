"""Which of several articles makes a step fail that takes all of them at once.

Duplicates, the appendix, the contents and the files are made of an issue as a whole, so that an article which makes our
code or a library fail there would cost the issue. Such a step is tried again with fewer, until it is known for whom.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from publisher.bulkhead import bulkhead
from publisher.errors import DefectError, PublisherError, RenderingError, ThemeError

__all__ = ["FAULTS", "culprits", "original", "sifted"]

T = TypeVar("T")
R = TypeVar("R")

FAULTS = (DefectError, ThemeError, RenderingError)
"""What an article can be to blame for."""


def sifted(items: Sequence[T], step: Callable[[Sequence[T]], R]) -> tuple[R, dict[int, str]]:
    """What the step makes of the items, without those that make it fail; of these by their place the reason.

    The step's own exception where nobody can be blamed for it.
    """
    try:
        with bulkhead():
            return step(items), {}
    except FAULTS as error:
        found = culprits(items, step)
        if not found:
            raise original(error) from None
    return step([item for at, item in enumerate(items) if at not in found]), found


def culprits(items: Sequence[T], step: Callable[[Sequence[T]], object]) -> dict[int, str]:
    """By their place the items that make the step fail each by itself, and why, after it failed with all of them.

    Nobody where it is the step that fails: with the first, the one in the middle and the last alike, or only with
    several together, as for want of memory. One among a hundred is found in a dozen tries with ever fewer.
    """
    probes = {0, len(items) // 2, len(items) - 1}
    if len(items) < 2 or all(_fault([items[at]], step) for at in probes):
        return {}
    return dict(_found(items, range(len(items)), step))


def original(error: PublisherError) -> BaseException:
    """What a bulkhead made the error of; the error itself where it was ours from the beginning."""
    cause = error.__cause__
    return cause if type(error) is DefectError and cause and not isinstance(cause, PublisherError) else error


def _found(items: Sequence[T], part: range, step: Callable[[Sequence[T]], object]) -> Iterator[tuple[int, str]]:
    """The culprits of a part that fails."""
    middle = len(part) // 2
    for half in (part[:middle], part[middle:]):
        reason = _fault([items[at] for at in half], step)
        if reason and len(half) == 1:
            yield half[0], reason
        elif reason:
            yield from _found(items, half, step)


def _fault(items: Sequence[T], step: Callable[[Sequence[T]], object]) -> str | None:
    """Why the step fails with these; ``None`` when it does not."""
    try:
        with bulkhead():
            step(items)
    except FAULTS as error:
        return str(error)
    return None

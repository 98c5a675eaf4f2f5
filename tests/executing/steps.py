"""Steps for other processes: they can be imported there."""

import os
from functools import partial
from pathlib import Path

from publisher.seams import Lost

LAST_WORDS = "end"


def squared(number: int) -> int:
    return number * number


def whose(number: int) -> int:
    """The process that was asked."""
    return os.getpid()


def ending_over(poison: frozenset[int], number: int) -> int:
    """The square, but of numbers that end the process which works on them."""
    if number in poison:
        os._exit(1)
    return number * number


def ending_once(folder: Path, number: int) -> int:
    """The square; the first process that works on 30 ends over it."""
    mark = folder / "ended"
    if number == 30 and not mark.exists():
        mark.touch()
        os._exit(1)
    return number * number


def refusing(number: int) -> int:
    raise ValueError(f"there is no {number}")


def counted_in(folder: Path, number: int) -> int:
    """The number; how often it was asked for is in the folder."""
    (folder / f"{number}-{os.getpid()}-{os.urandom(8).hex()}").touch()
    return number


POISONED = partial(ending_over, frozenset({3, 30, 31}))
SQUARES_BUT_POISON = [Lost() if number in (3, 30, 31) else number * number for number in range(40)]

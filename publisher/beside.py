"""What was worked out before, kept beside what Python has compiled of this package, for the next process.

It lies in a folder where Python keeps bytecode: who can write there can change our code as well. Where nothing can be
written, nothing is kept.
"""

import contextlib
import functools
import hashlib
import os
import shutil
import sys
from collections.abc import Callable
from importlib.util import cache_from_source
from pathlib import Path
from typing import TypeVar

import msgspec

__all__ = ["find", "keep", "remembered"]

T = TypeVar("T")

_SUFFIX = ".pyc"
"""What tells bytecode from code where the code is digested."""

LIMIT_FILES = 1_000
"""Of the folder; the themes that come with us have some 200 templates, and some 60 fonts. Where there are more, they
are for the greater part of code that was changed since, and all go."""

_DIGEST = 32
"""Bytes of the SHA-256 digest before what is kept, by which a file that was not written whole is told."""


def remembered(key: bytes, of: type[T], make: Callable[[], T]) -> T:
    """What ``make`` gives for the key, which says all that it follows from; a process before may have made it."""
    data = find(key)
    if data is not None:
        with contextlib.suppress(msgspec.MsgspecError):
            return msgspec.msgpack.decode(data, type=of)
    made = make()
    keep(key, msgspec.msgpack.encode(made))
    return made


def find(key: bytes) -> bytes | None:
    """What is kept under the key; ``None`` when there is nothing, or it is damaged."""
    place = _place(key)
    try:
        found = place.read_bytes() if place else b""
    except OSError:
        return None
    data = found[_DIGEST:]
    return data if data and hashlib.sha256(data).digest() == found[:_DIGEST] else None


def keep(key: bytes, data: bytes) -> None:
    """Keep it under the key, if that is possible: whole, or not at all."""
    place = _place(key)
    if place is not None and not sys.dont_write_bytecode:
        with contextlib.suppress(OSError):
            _write(place, hashlib.sha256(data).digest() + data)


def _place(key: bytes) -> Path | None:
    """The file of a key; ``None`` where our code is in no folder."""
    folder = _folder()
    return folder / f"{hashlib.sha256(key).hexdigest()}{_SUFFIX}" if folder else None


@functools.cache
def _folder() -> Path | None:
    """Where it lies; ``None`` where our code is in no folder."""
    if not Path(__file__).is_file():
        return None
    return Path(cache_from_source(__file__)).parent / f"kept-{sys.implementation.cache_tag}"


def _write(place: Path, data: bytes) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    if sum(1 for _ in place.parent.iterdir()) >= LIMIT_FILES:
        shutil.rmtree(place.parent)
        place.parent.mkdir()
    unfinished = place.with_suffix(f".{os.getpid()}{_SUFFIX}")
    unfinished.write_bytes(data)
    unfinished.replace(place)

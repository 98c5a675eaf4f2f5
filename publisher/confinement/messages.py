"""What a worker and its child say to each other: msgpack of these values, each after its length.

Nothing is pickled, and nothing that comes from the child is more than bytes until it has been decoded as one of these.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import IO, TypeAlias

import msgspec

from publisher.confinement.jobs import JobLimits
from publisher.errors import InputError, OptionError, PublisherError, ThemeError

LIMIT_BYTES = 256 * 1024**2
"""The longest answer: above the largest source with the picture that is made of it, below what a machine notices."""

LIMIT_ORDER_BYTES = 3 * 1024**3
"""The longest order: above the largest file that is checked."""

REFUSALS: Mapping[str, type[PublisherError]] = MappingProxyType(
    {"InputError": InputError, "OptionError": OptionError, "ThemeError": ThemeError}
)
"""Our own errors that a job may end with, by name."""

_LENGTH_BYTES = 8


class Confinement(msgspec.Struct, frozen=True, kw_only=True):
    """How a process is confined."""

    missing: tuple[str, ...] = ()
    """What is not in force here and why, a phrase each: ``files can be read: the kernel has no landlock``."""

    def __str__(self) -> str:
        return f"confined, but {'; '.join(self.missing)}" if self.missing else "confined"


class Order(msgspec.Struct, frozen=True, tag=True):
    """To the child, which trusts us: call this function."""

    function: str
    limits: JobLimits
    arguments: tuple[msgspec.Raw, ...]
    """In the order of the function's parameters, whose annotations say what they are."""


class Ready(msgspec.Struct, frozen=True, tag=True):
    """From the child, once, before all else: it is locked in."""

    confinement: Confinement


class Done(msgspec.Struct, frozen=True, tag=True):
    """From the child: the job's result."""

    result: msgspec.Raw
    peak_bytes: int
    """The most memory that the child has held so far; 0 while that is less than its parent held when it started it."""


class Refused(msgspec.Struct, frozen=True, tag=True):
    """From the child: the job's function raised one of our own errors."""

    error: str
    """A key of ``REFUSALS``."""

    message: str


class Fell(msgspec.Struct, frozen=True, tag=True):
    """From the child: the job's function raised what nobody expected."""

    error: str
    """The exception's type."""

    where: str
    """The line of ours that it passed through last: ``reading/feed.py, line 12``."""


Answer: TypeAlias = Ready | Done | Refused | Fell


def send(message: Order | Answer, stream: IO[bytes]) -> None:
    """Write a message."""
    data = msgspec.msgpack.encode(message)
    stream.write(len(data).to_bytes(_LENGTH_BYTES, "big"))
    stream.write(data)
    stream.flush()


def receive(stream: IO[bytes], limit_bytes: int = LIMIT_BYTES) -> bytes:
    """The next message, not decoded; empty at the end of the stream and for one that is cut short or too long."""
    length = int.from_bytes(stream.read(_LENGTH_BYTES), "big")
    if length > limit_bytes:
        return b""
    data = stream.read(length)
    return data if len(data) == length else b""

"""What the parent and the child process say to each other: frames of msgpack, each with its length before it."""

import contextlib
import struct
from collections.abc import Iterator
from typing import IO, TypeAlias, TypeVar

import msgspec

from publisher.model import Asset, Pagination, Rendition, Written
from publisher.writing.pdf.press import PreparedPress
from publisher.writing.pdf.settling import Known

T = TypeVar("T")

REFUSED = "the PDF could not be made: "
_LENGTH = struct.Struct(">Q")
_HELD_BYTES = 1024**2
"""What anybody may have a pipe hold on Linux."""


class Foretold(msgspec.Struct, frozen=True, tag=True):
    """How what it is to make next is likely to look, for a child that has nothing to do before."""

    stylesheets: tuple[Asset, ...]
    fonts: tuple[Asset, ...]


class Given(msgspec.Struct, frozen=True, tag=True):
    """Files that the next job is likely to have: nearly all bytes of an issue are those of its pictures."""

    assets: tuple[Asset, ...]


class Job(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """What the child is to make."""

    rendition: Rendition
    given: tuple[str, ...] = ()
    """The names of its assets that were ``Given`` before, and are without their bytes here."""

    press: PreparedPress | None = None
    """``None``: the PDF for screens and archives."""

    jobs: int = 1
    """In how many processes at most documents are laid out."""

    document_s: int
    """Of processor time, for one document."""

    before: dict[str, Known] = {}
    """What the documents of the last job were made with, by their names."""

    keeps: bool = False
    """Whether fragments are kept: then what is ``Asked`` for is answered, with one ``Answer`` for each key."""


class Progress(msgspec.Struct, frozen=True, tag=True):
    """So many of so many documents are laid out."""

    done: int
    total: int


class Begun(msgspec.Struct, frozen=True, tag=True):
    """A document is being laid out in the child itself; without a name none is: whose fault it is if it ends now."""

    document: str


class Asked(msgspec.Struct, frozen=True, tag=True):
    """The child asks for the fragments that have these keys."""

    keys: tuple[bytes, ...]


class Answer(msgspec.Struct, frozen=True):
    """The fragment, encoded; ``None`` when there is none. The only message that goes to the child after a job."""

    fragment: bytes | None


class Kept(msgspec.Struct, frozen=True, tag=True):
    """A fragment, encoded, that may be asked for another time."""

    key: bytes
    fragment: bytes


class Paginated(msgspec.Struct, frozen=True, tag=True):
    """It is known where the pages begin; they are still to be joined."""

    pagination: Pagination


class Joined(msgspec.Struct, frozen=True, tag=True):
    """The next bytes of the PDF, of which others are still to be joined."""

    data: bytes


class Finished(msgspec.Struct, frozen=True, tag=True):
    """The PDF is ready."""

    written: Written
    """Its data are what comes behind all that was ``Joined``."""

    known: dict[str, Known]
    """What its documents were made with, by their names."""


class Failed(msgspec.Struct, frozen=True, tag=True):
    """There will be no PDF; ``reason`` completes the sentence that ``REFUSED`` begins."""

    reason: str


Order: TypeAlias = Given | Foretold | Job
Message: TypeAlias = Progress | Begun | Asked | Kept | Paginated | Joined | Finished | Failed


def widen(pipe: IO[bytes]) -> None:
    """Let a pipe hold more, where the system can: a PDF comes through it in half the time."""
    # Only Linux has the setting, Windows not even the module, and who has many pipes is given no more.
    with contextlib.suppress(ImportError, AttributeError, OSError):
        import fcntl

        fcntl.fcntl(pipe.fileno(), fcntl.F_SETPIPE_SZ, _HELD_BYTES)


def send(message: msgspec.Struct, stream: IO[bytes]) -> None:
    """Write one message and flush it."""
    data = msgspec.msgpack.encode(message)
    stream.write(_LENGTH.pack(len(data)))
    stream.write(data)
    stream.flush()


def receive(stream: IO[bytes]) -> Iterator[Message]:
    """The messages until the stream ends; a message cut short by the other side's end is not given."""
    decoder = msgspec.msgpack.Decoder(Message)
    while (data := _frame(stream)) is not None:
        yield decoder.decode(data)


def receive_one(stream: IO[bytes], of: type[T]) -> T | None:
    """The next message, of that type; ``None`` when the stream has ended, or ends in the middle of it."""
    data = _frame(stream)
    return None if data is None else msgspec.msgpack.decode(data, type=of)


def _frame(stream: IO[bytes]) -> bytes | None:
    header = _read(stream, _LENGTH.size)
    if len(header) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(header)
    data = _read(stream, length)
    return data if len(data) == length else None


def _read(stream: IO[bytes], length: int) -> bytes:
    """So many bytes, fewer only at the end: a stream without a buffer gives what it has."""
    parts = []
    while length and (data := stream.read(length)):
        parts.append(data)
        length -= len(data)
    return b"".join(parts)

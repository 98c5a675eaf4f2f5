"""What the parent and the child process say to each other: frames of msgpack, each with its length before it."""

import struct
from collections.abc import Iterator
from typing import IO, TypeAlias

import msgspec

from publisher.model import Rendition, Written
from publisher.writing.pdf.press import Press

REFUSED = "the PDF could not be made: "
_LENGTH = struct.Struct(">Q")


class Job(msgspec.Struct, frozen=True, kw_only=True):
    """What the child is to make: all that it is ever sent."""

    rendition: Rendition
    press: Press | None = None
    """``None``: the PDF for screens and archives."""


class Progress(msgspec.Struct, frozen=True, tag=True):
    """So many of so many documents are laid out."""

    done: int
    total: int


class Finished(msgspec.Struct, frozen=True, tag=True):
    """The PDF is ready."""

    written: Written


class Failed(msgspec.Struct, frozen=True, tag=True):
    """There will be no PDF; ``reason`` completes the sentence that ``REFUSED`` begins."""

    reason: str


Message: TypeAlias = Progress | Finished | Failed


def send(message: Message, stream: IO[bytes]) -> None:
    """Write one message and flush it."""
    data = msgspec.msgpack.encode(message)
    stream.write(_LENGTH.pack(len(data)))
    stream.write(data)
    stream.flush()


def receive(stream: IO[bytes]) -> Iterator[Message]:
    """The messages until the stream ends; a message cut short by the other side's end is not given."""
    decoder = msgspec.msgpack.Decoder(Message)
    while len(header := stream.read(_LENGTH.size)) == _LENGTH.size:
        (length,) = _LENGTH.unpack(header)
        data = stream.read(length)
        if len(data) < length:
            return
        yield decoder.decode(data)

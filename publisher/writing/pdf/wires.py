"""What is said between the process that has documents made and those that make them.

Each of these tells of what it lays out and what it has made, and may ask with what a document is to be made whose
numbers depend on others. What cannot be answered any more, since nobody is left who would make the others, is given up.
"""

import contextlib
import selectors
from collections.abc import Callable, Iterator, Mapping, MutableMapping
from typing import BinaryIO, TypeAlias

import msgspec

from publisher.writing.pdf.composing import Summary
from publisher.writing.pdf.later import Known, Later
from publisher.writing.pdf.messages import receive_one, send

__all__ = ["Composed", "DocumentWire", "GivenUpError", "Grown", "WorkerWire", "close", "results"]


class GivenUpError(Exception):
    """A document cannot be made beside others: what it depends on is not made."""


class Composed(msgspec.Struct, frozen=True, tag=True):
    """A document is made, and lies with the fragments."""

    index: int
    summary: Summary


class Grown(msgspec.Struct, frozen=True, tag=True):
    """Whoever says this ends, since it holds much that it does not need: another is to go on."""


class PagesTold(msgspec.Struct, frozen=True, tag=True):
    """A document is laid out: its pages will not change."""

    index: int
    page_count: int
    anchors: dict[str, int]


class KnownAsked(msgspec.Struct, frozen=True, tag=True):
    """Whoever says this waits for what a document is to be made with, ``certain`` or guessed."""

    index: int
    certain: bool


class KnownTold(msgspec.Struct, frozen=True):
    """With what; ``None``: it is not to be made."""

    known: Known | None


Said: TypeAlias = Composed | Grown | PagesTold | KnownAsked


class WorkerWire:
    """The end of who makes documents: its results, and what it is answered."""

    def __init__(self, results: BinaryIO, answers: BinaryIO) -> None:
        self._results = results
        self._answers = answers

    def tell(self, said: Said) -> None:
        """Say it."""
        send(said, self._results)

    def ask(self, index: int, *, certain: bool) -> Known:
        """What the document is to be made with. GivenUpError when it is not to be made."""
        self.tell(KnownAsked(index, certain))
        answer = receive_one(self._answers, KnownTold)
        if answer is None or answer.known is None:
            raise GivenUpError
        return answer.known


class DocumentWire:
    """The same for one document (``composing.Wire``); with what it is to be made is ``known`` already, or asked for."""

    def __init__(self, wire: WorkerWire, index: int, known: Known | None) -> None:
        self._wire = wire
        self._index = index
        self._known = known

    def laid_out(self, page_count: int, anchors: Mapping[str, int]) -> None:
        """Tell of its pages."""
        self._wire.tell(PagesTold(self._index, page_count, dict(anchors)))

    def known(self) -> Known:
        """What it is to be made with."""
        return self._known or self._wire.ask(self._index, certain=True)


def results(
    workers: MutableMapping[BinaryIO, BinaryIO], beside: Later | None, start: Callable[[], BinaryIO]
) -> Iterator[tuple[int, Summary]]:
    """What the processes tell to have made, as it comes, until the last of them has ended.

    ``workers`` has for each stream of what one says that of what it is answered, by what is known of those ``beside``;
    ``start`` adds one in the place of one that has grown. Those of one that has ended are closed and taken out.
    """
    waiting: dict[BinaryIO, int] = {}
    with selectors.DefaultSelector() as selector:
        for said in list(workers):
            selector.register(said, selectors.EVENT_READ, said)
        while selector.get_map():
            for key, _ in selector.select():
                message: Said | None = receive_one(key.data, Said)  # type: ignore[arg-type]  # it cannot say "one of these"
                match message:
                    case None:
                        selector.unregister(key.fileobj)
                        waiting.pop(key.data, None)
                        close(key.data, workers.pop(key.data))
                    case Composed():
                        yield message.index, message.summary
                    case Grown():
                        said = start()
                        selector.register(said, selectors.EVENT_READ, said)
                    case PagesTold() if beside:
                        beside.laid_out(message.index, message.page_count, message.anchors)
                    case KnownAsked(certain=False) if beside:
                        _answer(workers[key.data], beside.guess(message.index))
                    case KnownAsked():
                        waiting[key.data] = message.index
            for said, index in list(waiting.items()):
                known = beside.known(index) if beside else None
                if known or len(waiting) == len(selector.get_map()):  # Else who works may still tell.
                    del waiting[said]
                    _answer(workers[said], known)


def close(*ends: BinaryIO) -> None:
    """Close these ends of pipes, whatever has become of the others."""
    for end in ends:
        with contextlib.suppress(BrokenPipeError):  # What was said last to one that was killed.
            end.close()


def _answer(stream: BinaryIO, known: Known | None) -> None:
    with contextlib.suppress(BrokenPipeError):  # It may have been killed meanwhile.
        send(KnownTold(known), stream)

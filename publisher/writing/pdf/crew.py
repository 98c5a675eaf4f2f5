"""Several processes that make the documents of a wave at once, each the longest that is left.

They are forked from this one, with its engine loaded and its rendition read, and end with the wave. What one of them
could not do, whatever the reason, is done here when they are gone: with all the memory, and so that what goes wrong is
told as it always is.
"""

import contextlib
import gc
import os
import signal
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate
from typing import BinaryIO, NamedTuple

from publisher.confinement.walls import die_with, limit_memory, limit_processor
from publisher.memory import resident_bytes
from publisher.writing.pdf.composing import Composer, Summary
from publisher.writing.pdf.later import Known, Later
from publisher.writing.pdf.limits import Begin, Limits, untold
from publisher.writing.pdf.wires import Composed, DocumentWire, Grown, WorkerWire, close, results

__all__ = ["Crew"]

SHARE_BYTES = 768 * 1024**2
"""The least address space for a process: an article of a hundred pages takes half of it."""

GROWTH_BYTES = 32 * 1024**2
"""A process that holds so much more than at its start ends after its document: the engine never gives all back."""

_LAID_OUT = 0.6
"""The share of a document's time until it is laid out; then it is painted."""

_INDEX_BYTES = 4
_QUEUE_LENGTH = 16 * 1024 // _INDEX_BYTES
"""What a pipe holds before its writer waits is no less than this; a longer wave is made in several turns."""


class Crew:
    """Makes documents in so many processes at most, in as much address space as all may have together.

    ``begin`` is told of each document that is made in this process, and when none is.
    """

    def __init__(self, composer: Composer, limits: Limits, begin: Begin = untold) -> None:
        self._composer = composer
        self._begin = begin
        self._document_s = limits.document_s
        self._most = min(limits.jobs or 1, limits.memory_bytes // SHARE_BYTES) if hasattr(os, "fork") else 1
        self._memory_bytes = limits.memory_bytes

    @property
    def is_many(self) -> bool:
        """Whether several documents are made at once."""
        return self._most > 1

    def make(self, wanted: Mapping[int, Known], beside: Later | None = None) -> Iterator[tuple[int, Summary]]:
        """Make those documents, and give them as they are made. One by itself is made here, and ``begin`` is told.

        Where several processes make them, they make those too that may be made ``beside`` them, if all goes well.
        """
        left = dict(wanted)
        order = self._order([wanted, *(beside.waves if beside else ())])
        for start in range(0, len(order), _QUEUE_LENGTH):
            turn = order[start : start + _QUEUE_LENGTH]
            for index, summary in self._made_by_others(turn, wanted, beside) if min(self._most, len(turn)) > 1 else ():
                left.pop(index, None)
                yield index, summary
        for index, known in left.items():
            self._begin(self._composer.name_of(index))
            yield from self._composer.make({index: known})
        self._begin("")

    def _order(self, waves: Sequence[Iterable[int]]) -> list[int]:
        """The documents of some waves, in the order in which they are to be begun: the longest of a wave first.

        Who waits for the pages of others has begun after all of these, and so is never waited for by them; but for one,
        which is begun so early that it is laid out when the others are.
        """
        length = self._composer.length_of
        first, *later = (sorted(wave, key=length, reverse=True) for wave in waves)
        order = [*first, *(index for wave in later for index in wave)]
        if self.is_many and any(later):
            one = order.pop(len(first))
            enough = _LAID_OUT * length(one) * (self._most - 1)
            left = accumulate(map(length, reversed(first)))
            order.insert(len(first) - sum(each <= enough for each in left), one)
        return order

    def _made_by_others(
        self, order: Sequence[int], wanted: Mapping[int, Known], beside: Later | None
    ) -> Iterator[tuple[int, Summary]]:
        count = min(self._most, len(order))
        queue, filling = os.pipe()
        os.write(filling, b"".join(index.to_bytes(_INDEX_BYTES, "big") for index in order))
        os.close(filling)
        wires: dict[BinaryIO, BinaryIO] = {}
        processes: list[int] = []

        def start() -> BinaryIO:
            """Have another process take from the queue. What it says comes by what is returned."""
            said, saying = _pipe()
            heard, answering = _pipe()
            wires[said] = answering
            task = _Task(wanted, queue, WorkerWire(saying, heard), self._memory_bytes // count, beside is not None)
            processes.append(self._fork(task, (*wires, *wires.values())))
            saying.close()
            heard.close()
            return said

        gc.freeze()  # What is here already is not looked at again, and so stays shared.
        try:
            for _ in range(count):
                start()
            yield from results(wires, beside, start)
        finally:
            os.close(queue)
            close(*wires, *wires.values())
            for process in processes:
                os.kill(process, signal.SIGKILL)
                os.waitpid(process, 0)

    def _fork(self, task: "_Task", ends: Iterable[BinaryIO]) -> int:
        """A process that does its task; of those that were forked before it has the same ``ends`` as we."""
        parent = os.getpid()
        process = os.fork()
        if process:
            return process
        try:
            with contextlib.suppress(OSError):  # Elsewhere than on Linux the end of the pipe ends it.
                die_with(parent)
            for end in ends:
                end.close()
            limit_memory(task.share_bytes)
            self._do(task)
        finally:
            # Whatever went wrong shows in what is not done. The objects are many, and freeing them would take long.
            os._exit(0)

    def _do(self, task: "_Task") -> None:
        most = resident_bytes() + GROWTH_BYTES
        while found := os.read(task.queue, _INDEX_BYTES):
            index = int.from_bytes(found, "big")
            limit_processor(self._document_s)  # Who is killed for it leaves the document to be made here.
            known = task.wanted.get(index)
            alone = DocumentWire(task.wire, index, known) if task.tells else None
            for done in self._composer.make({index: known or task.wire.ask(index, certain=False)}, alone):
                task.wire.tell(Composed(*done))
            if resident_bytes() > most:
                task.wire.tell(Grown())
                break


class _Task(NamedTuple):
    """What a process of a crew is to make, in its own memory."""

    wanted: Mapping[int, Known]
    queue: int
    wire: WorkerWire
    share_bytes: int
    tells: bool
    """Whether others wait for what it lays out, or it for others."""


def _pipe() -> tuple[BinaryIO, BinaryIO]:
    """Its ends, to read from and to write to, without a buffer: a selector does not see what lies in one."""
    reading, writing = os.pipe()
    return os.fdopen(reading, "rb", buffering=0), os.fdopen(writing, "wb")

"""Several processes that make the documents of a wave at once, each the longest that is left.

They are forked from this one, with its engine loaded and its rendition read, and end with the wave. What one of them
could not do, whatever the reason, is done here when they are gone: with all the memory, and so that what goes wrong is
told as it always is.
"""

import contextlib
import gc
import os
import selectors
import signal
from collections.abc import Iterator, Mapping, Sequence
from typing import BinaryIO

import msgspec

from publisher.confinement.walls import die_with, limit_memory, limit_processor
from publisher.writing.pdf.composing import Composer, Summary
from publisher.writing.pdf.limits import Begin, Limits, untold
from publisher.writing.pdf.messages import receive_one, send
from publisher.writing.pdf.settling import Known

__all__ = ["Crew"]

SHARE_BYTES = 768 * 1024**2
"""The least address space for a process: an article of a hundred pages takes half of it."""

_INDEX_BYTES = 4
_QUEUE_LENGTH = 16 * 1024 // _INDEX_BYTES
"""What a pipe holds before its writer waits is no less than this; a longer wave is made in several turns."""


class Composed(msgspec.Struct, frozen=True):
    """A document is made, and lies with the fragments."""

    index: int
    summary: Summary


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

    def make(self, wanted: Mapping[int, Known]) -> Iterator[tuple[int, Summary]]:
        """Make those documents, and give them as they are made. One by itself is made here, and ``begin`` is told."""
        left = dict(wanted)
        order = sorted(wanted, key=self._composer.length_of, reverse=True)
        for start in range(0, len(order), _QUEUE_LENGTH):
            turn = order[start : start + _QUEUE_LENGTH]
            for index, summary in self._made_by_others(turn, wanted) if min(self._most, len(turn)) > 1 else ():
                del left[index]
                yield index, summary
        for index, known in left.items():
            self._begin(self._composer.name_of(index))
            yield from self._composer.make({index: known})
        self._begin("")

    def _made_by_others(self, order: Sequence[int], wanted: Mapping[int, Known]) -> Iterator[tuple[int, Summary]]:
        count = min(self._most, len(order))
        queue, filling = os.pipe()
        workers: dict[int, BinaryIO] = {}
        gc.freeze()  # What is here already is not looked at again, and so stays shared.
        try:
            for _ in range(count):
                process, results = self._start(wanted, queue, filling, self._memory_bytes // count)
                workers[process] = results
            os.close(queue)
            os.write(filling, b"".join(index.to_bytes(_INDEX_BYTES, "big") for index in order))
            os.close(filling)
            yield from _results(list(workers.values()))
        finally:
            for process, results in workers.items():
                results.close()
                os.kill(process, signal.SIGKILL)
                os.waitpid(process, 0)

    def _start(self, wanted: Mapping[int, Known], queue: int, filling: int, share_bytes: int) -> tuple[int, BinaryIO]:
        """A process that makes what it finds in the queue, and where it tells of it."""
        reading, writing = os.pipe()
        parent = os.getpid()
        process = os.fork()
        if process:
            os.close(writing)
            return process, os.fdopen(reading, "rb", buffering=0)
        try:
            with contextlib.suppress(OSError):  # Elsewhere than on Linux the end of the pipe ends it.
                die_with(parent)
            os.close(filling)
            os.close(reading)
            limit_memory(share_bytes)
            with os.fdopen(writing, "wb") as results:
                while index := os.read(queue, _INDEX_BYTES):
                    number = int.from_bytes(index, "big")
                    limit_processor(self._document_s)  # Who is killed for it leaves the document to be made here.
                    for done in self._composer.make({number: wanted[number]}):
                        send(Composed(*done), results)
        finally:
            # Whatever went wrong shows in what is not done. The objects are many, and freeing them would take long.
            os._exit(0)


def _results(streams: Sequence[BinaryIO]) -> Iterator[tuple[int, Summary]]:
    """What the processes tell, as it comes, until the last of them has ended."""
    with selectors.DefaultSelector() as selector:
        for stream in streams:
            selector.register(stream, selectors.EVENT_READ, stream)
        while selector.get_map():
            for key, _ in selector.select():
                done = receive_one(key.data, Composed)
                if done is None:
                    selector.unregister(key.fileobj)
                else:
                    yield done.index, done.summary

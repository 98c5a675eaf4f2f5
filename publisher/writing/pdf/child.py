"""The child process: a job on standard input, messages on standard output. ``process`` starts it."""

import contextlib
import gc
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from importlib import import_module
from typing import BinaryIO

import msgspec

from publisher.confinement.walls import die_with, limit_memory, limit_processor, no_core_dumps, unlimit_processor
from publisher.errors import RenderingError
from publisher.model import Asset, Pagination
from publisher.writing.pdf.limits import Limits
from publisher.writing.pdf.messages import (
    REFUSED,
    Answer,
    Asked,
    Begun,
    Failed,
    Finished,
    Foretold,
    Given,
    Job,
    Joined,
    Kept,
    Message,
    Order,
    Paginated,
    Progress,
    receive_one,
    send,
)
from publisher.writing.pdf.settling import Known
from publisher.writing.pdf.startup import load_engine

_THRESHOLD = 100_000
"""Objects that are made before those are looked for that hold each other: most of what is made is a document's boxes,
which are needed until it is painted, and to look at them again and again took a fourteenth of the time."""

_TURN = 100
"""How many keys are asked for at once."""

_PART_BYTES = 1024**2
"""How much of a file is sent at once, and at least: what a pipe holds."""


def main() -> None:
    """Make one PDF and end; arguments: bytes of memory, who started it, and whether one PDF after the other is made."""
    memory_bytes, parent, stays = map(int, sys.argv[1:])
    with contextlib.suppress(OSError):  # Elsewhere than on Linux the end of the pipe ends it.
        die_with(parent)
    output = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # What a library prints must not come between our messages.
    # Loaded before the job comes: the parent is still busy with it.
    load_engine()
    import_module("publisher.writing.pdf.layout")
    gc.freeze()  # What is here already is not looked at again, and so stays shared with copies.
    gc.set_threshold(_THRESHOLD)

    limit_memory(memory_bytes, for_good=True)
    with contextlib.suppress(OSError):
        no_core_dumps()
    while job := _next_job(memory_bytes, output):
        if stays and not hasattr(os, "fork"):
            _do(job, memory_bytes, output)
        elif not stays or _is_copy():
            _do(job, memory_bytes, output)
            # The engine's objects are many and the process ends here: freeing them one by one would take a tenth of
            # the time.
            os._exit(0)


def _next_job(memory_bytes: int, output: BinaryIO) -> Job | None:
    """The next job; ``None`` when there is none, or it is too large to be taken, which is said."""
    from publisher.writing.pdf.engine import read_styles

    given: dict[str, Asset] = {}
    try:
        while order := receive_one(sys.stdin.buffer, Order):  # type: ignore[arg-type]  # a union
            match order:
                case Given():
                    given = {asset.name: asset for asset in order.assets}
                case Foretold():
                    with contextlib.suppress(Exception):  # Whatever is wrong with them is told when they are used.
                        read_styles(order.stylesheets, order.fonts)
                case Job():
                    return _whole(order, given)
        return None
    except MemoryError:
        _end_with(_too_large(memory_bytes), output)
        return None


def _whole(job: Job, given: Mapping[str, Asset]) -> Job:
    """The job with those of its files that were given before."""
    if not job.given:
        return job
    named = frozenset(job.given)
    assets = tuple(given[asset.name] if asset.name in named else asset for asset in job.rendition.assets)
    return msgspec.structs.replace(job, rendition=msgspec.structs.replace(job.rendition, assets=assets), given=())


def _is_copy() -> bool:
    """Whether this is the process that makes a PDF, forked from the one that stays: its memory ends with it.

    The other one has waited for it, and ends as it did where that was not well.
    """
    stayed = os.getpid()
    copy = os.fork()
    if not copy:
        with contextlib.suppress(OSError):
            die_with(stayed)
        return True
    code = os.waitstatus_to_exitcode(os.waitpid(copy, 0)[1])
    if code < 0:
        os.kill(stayed, -code)
    if code:
        os._exit(code)
    return False


def _do(job: Job, memory_bytes: int, output: BinaryIO) -> None:
    """Make the PDF of a job, and say what came of it."""
    from publisher.writing.pdf.layout import write_pdf

    store = _Parent(sys.stdin.buffer, output) if job.keeps else None
    limits = Limits(memory_bytes=memory_bytes, document_s=job.document_s, jobs=job.jobs)

    def begin(document: str) -> None:
        send(Begun(document), output)
        limit_processor(job.document_s) if document else unlimit_processor()

    report = lambda done, total: send(Progress(done, total), output)  # noqa: E731
    known: dict[str, Known] = {}

    def settled(found: Mapping[str, Known], pagination: Pagination) -> None:
        known.update(found)
        send(Paginated(pagination), output)

    parts = _Parts(output)
    message: Message
    try:
        written = write_pdf(job.rendition, report, job.press, limits, store, begin, job.before, settled, parts)
        message = Finished(msgspec.structs.replace(written, data=written.data or parts.rest()), known)
    except (MemoryError, SystemError):  # The latter from extensions that do not look whether they were given memory.
        message = _too_large(memory_bytes)
    except RenderingError as error:
        message = Failed(str(error).removeprefix(REFUSED))
    except RecursionError:
        message = Failed("a document is nested too deeply")
    _end_with(message, output)


def _too_large(memory_bytes: int) -> Failed:
    return Failed(f"it needs more than {memory_bytes // 1024**2} MiB of memory. Make a smaller issue")


def _end_with(message: Message, output: BinaryIO) -> None:
    send(message, output)
    output.flush()


class _Parts:
    """A file that is sent as it grows: its end is given with the rest of what came of a job."""

    def __init__(self, output: BinaryIO) -> None:
        self._output = output
        self._waiting: list[bytes] = []
        self._bytes = 0

    def write(self, data: bytes) -> None:
        self._waiting.append(data)
        self._bytes += len(data)
        if self._bytes >= _PART_BYTES:
            send(Joined(self.rest()), self._output)

    def rest(self) -> bytes:
        """What has not been sent."""
        waiting, self._waiting, self._bytes = self._waiting, [], 0
        return b"".join(waiting)


class _Parent:
    """The parent as a ``Store`` of fragments."""

    def __init__(self, answers: BinaryIO, output: BinaryIO) -> None:
        self._answers = answers
        self._output = output

    def find(self, keys: Sequence[bytes]) -> Iterator[bytes | None]:
        """What the parent has for each of the keys."""
        # By turns: while the parent answers it does not listen, and a pipe holds no more than some thousand reports.
        for start in range(0, len(keys), _TURN):
            turn = tuple(keys[start : start + _TURN])
            send(Asked(turn), self._output)
            for _ in turn:
                answer = receive_one(self._answers, Answer)
                yield answer.fragment if answer else None

    def keep(self, key: bytes, fragment: bytes) -> None:
        """Give it to the parent."""
        send(Kept(key, fragment), self._output)


if __name__ == "__main__":
    main()

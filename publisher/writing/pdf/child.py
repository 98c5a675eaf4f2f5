"""The child process: a job on standard input, messages on standard output. ``process`` starts it."""

import contextlib
import os
import resource
import sys
from collections.abc import Iterator, Sequence
from typing import BinaryIO

from publisher.confinement.walls import die_with, limit_processor, unlimit_processor
from publisher.errors import RenderingError
from publisher.writing.pdf.limits import Limits
from publisher.writing.pdf.messages import (
    REFUSED,
    Answer,
    Asked,
    Begun,
    Failed,
    Finished,
    Job,
    Kept,
    Message,
    Progress,
    receive_one,
    send,
)
from publisher.writing.pdf.startup import load_engine

_TURN = 100
"""How many keys are asked for at once."""


def main() -> None:
    """Make one PDF and end; arguments: bytes of memory, and who started it."""
    memory_bytes, parent = map(int, sys.argv[1:])
    with contextlib.suppress(OSError):  # Elsewhere than on Linux the end of the pipe ends it.
        die_with(parent)
    output = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # What a library prints must not come between our messages.
    # Loaded before the job comes: the parent is still busy with it.
    load_engine()
    from publisher.writing.pdf.layout import write_pdf

    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    message: Message
    try:
        job = receive_one(sys.stdin.buffer, Job)
        if job is None:
            return  # The parent has given up.
        store = _Parent(sys.stdin.buffer, output) if job.keeps else None
        limits = Limits(memory_bytes=memory_bytes, document_s=job.document_s, jobs=job.jobs)

        def begin(document: str) -> None:
            send(Begun(document), output)
            limit_processor(job.document_s) if document else unlimit_processor()

        report = lambda done, total: send(Progress(done, total), output)  # noqa: E731
        message = Finished(write_pdf(job.rendition, report, job.press, limits, store, begin))
    except (MemoryError, SystemError):  # The latter from extensions that do not look whether they were given memory.
        message = Failed(f"it needs more than {memory_bytes // 1024**2} MiB of memory. Make a smaller issue")
    except RenderingError as error:
        message = Failed(str(error).removeprefix(REFUSED))
    except RecursionError:
        message = Failed("a document is nested too deeply")
    send(message, output)
    output.flush()
    # The engine's objects are many and the process ends here: freeing them one by one would take a tenth of the time.
    os._exit(0)


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

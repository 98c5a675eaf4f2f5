"""The parent's side of the child process that makes PDFs."""

import contextlib
import functools
import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import IO, Self

import msgspec

from publisher.confinement.walls import affordable_bytes
from publisher.counting import counted
from publisher.errors import DocumentError, RenderingError
from publisher.model import Asset, Pagination, Rendition, Written
from publisher.seams import Keep, NotKeptError, made_anew, only_kept
from publisher.writing.pdf.limits import Limits
from publisher.writing.pdf.messages import (
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
    Order,
    Paginated,
    Progress,
    receive,
    send,
    widen,
)
from publisher.writing.pdf.press import PreparedPress
from publisher.writing.pdf.scratch import Scratch
from publisher.writing.pdf.settling import Known

FONTCONFIG = Path(__file__).parent / "fonts.conf"
FRAGMENTS = "fragments"
"""The kind of step by which they are kept."""

PROGRAM = "publisher.writing.pdf.child"
CRASHES = tuple(getattr(signal, name) for name in ("SIGABRT", "SIGBUS", "SIGSEGV", "SIGTRAP") if hasattr(signal, name))
"""How the engine's C libraries end at the memory cap: GLib traps, others abort, or use what they were not given."""


class PdfProcess:
    """A child process that makes one PDF, and dies with us.

    Starting it early pays: it loads the engine, the longest single step of a short brief, while the caller still reads
    and renders. Use it as a context manager; leaving it ends the child, whatever it was doing.

    One that ``stays`` makes one PDF after the other, each in a copy of itself, until one of them is its end. Page
    numbers are taken to be those of the PDF before until it shows that they have moved.
    """

    def __init__(self, limits: Limits | None = None, *, stays: bool = False) -> None:
        self.limits = limits or Limits()
        self._memory_bytes = affordable_bytes(self.limits.memory_bytes)
        self._folder = Scratch()
        self._complaints = tempfile.TemporaryFile()  # noqa: SIM115  (closed in __exit__)
        self._late = False
        self._telling: threading.Thread | None = None
        self._given: tuple[Asset, ...] = ()
        self._known: dict[str, Known] = {}
        # -P keeps the current folder off the module path: a file called weasyprint.py there must not be run. The
        # environment is ours alone, so that the machine's locale, time zone and fonts have no influence.
        self._child = subprocess.Popen(  # noqa: S603  (our own interpreter and module)
            [sys.executable, "-P", "-m", PROGRAM, str(self._memory_bytes), str(os.getpid()), str(int(stays))],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._complaints,
            env={
                "FONTCONFIG_FILE": str(FONTCONFIG),
                "LC_ALL": "C.UTF-8",
                "PYTHONHASHSEED": "0",
                "PYTHONPATH": str(Path(__file__).parents[3]),
                "TMPDIR": str(self._folder.path),
                "TZ": "UTC",
            },
        )
        for pipe in filter(None, (self._child.stdin, self._child.stdout)):
            widen(pipe)

    def write(
        self,
        rendition: Rendition,
        report: Callable[[int, int], None] = lambda done, total: None,
        press: PreparedPress | None = None,
        keep: Keep = made_anew,
    ) -> Written:
        """The PDF and the page of every anchor; ``report`` is told of documents done and in all.

        With ``press`` the file is PDF/X-4 for it, else PDF/A-3a and PDF/UA-1 in one. ``keep`` may have fragments of it.

        RenderingError when the engine fails, or passes its deadline or its memory; DocumentError where it is known over
        which document.
        """
        self.begin(rendition, press, keep)
        return self.finish(report, keep)

    def give(self, assets: tuple[Asset, ...]) -> None:
        """Give the child files that the next PDF is likely to show, while it has nothing else to do."""
        self._given = assets
        self._tell(Given(assets))

    def foretell(self, stylesheets: tuple[Asset, ...], fonts: tuple[Asset, ...]) -> None:
        """Tell the child how the next PDF is likely to look: it reads them while it has nothing else to do."""
        self._tell(Foretold(stylesheets, fonts))

    def _tell(self, message: Order) -> None:
        """Say something and come back at once: who is still loading does not listen, and a pipe holds little."""
        before = self._telling

        def tell() -> None:
            if before:
                before.join()
            assert self._child.stdin is not None  # noqa: S101  (it is a pipe)
            _send(message, self._child.stdin)

        self._telling = threading.Thread(target=tell, daemon=True)
        self._telling.start()

    def _have_told(self) -> None:
        """Wait until all is said that was to be: nothing else may come between."""
        if self._telling:
            self._telling.join()
            self._telling = None

    def begin(self, rendition: Rendition, press: PreparedPress | None = None, keep: Keep = made_anew) -> None:
        """Have the child begin: it has the rendition then, and nobody else needs it, which takes much memory.

        The arguments are those of ``write``; ``finish`` is to be called next.
        """
        assert self._child.stdin is not None  # noqa: S101  (it is a pipe)
        self._timer = threading.Timer(self.limits.deadline_s, self._expire)
        self._timer.daemon = True  # Whoever is interrupted before it asks does not wait for the deadline.
        self._timer.start()
        given, self._given = {id(asset) for asset in self._given}, ()
        left = [msgspec.structs.replace(each, data=b"") if id(each) in given else each for each in rendition.assets]
        job = Job(
            rendition=msgspec.structs.replace(rendition, assets=tuple(left)),
            given=tuple(asset.name for asset in rendition.assets if id(asset) in given),
            press=press,
            jobs=self.limits.jobs or _cores(),
            document_s=self.limits.document_s,
            before=self._known,
            keeps=keep is not made_anew,
        )
        try:
            self._have_told()
            _send(job, self._child.stdin)
        except BaseException:
            self._timer.cancel()
            raise

    def finish(
        self,
        report: Callable[[int, int], None] = lambda done, total: None,
        keep: Keep = made_anew,
        paginated: Callable[[Pagination], None] = lambda pagination: None,
    ) -> Written:
        """What came of what was begun; the other arguments and the errors are those of ``write``.

        ``paginated`` is told where the pages begin as soon as that is known, if it is before the file is written.
        """
        try:
            return self._converse(report, keep, paginated)
        finally:
            self._timer.cancel()
            self._timer.join()  # Who has no other threads can be copied.

    def _converse(
        self, report: Callable[[int, int], None], keep: Keep, paginated: Callable[[Pagination], None]
    ) -> Written:
        assert self._child.stdin is not None and self._child.stdout is not None  # noqa: S101  (they are pipes)
        document = ""
        parts: list[bytes] = []
        for message in receive(self._child.stdout):
            match message:
                case Progress():
                    report(message.done, message.total)
                case Begun():
                    document = message.document
                case Asked():
                    with contextlib.suppress(BrokenPipeError):
                        for key in message.keys:
                            send(Answer(_find(key, keep)), self._child.stdin)
                case Kept():
                    keep(FRAGMENTS, bytes, message.key, functools.partial(bytes, message.fragment))
                case Paginated():
                    paginated(message.pagination)
                case Joined():
                    parts.append(message.data)
                case Finished():
                    self._known = message.known
                    parts.append(message.written.data)
                    return msgspec.structs.replace(message.written, data=b"".join(parts))
                case Failed():
                    raise _failure(message.reason, document)
        raise _failure(self._end(), document)

    def _expire(self) -> None:
        self._late = True
        self._child.kill()

    def _end(self) -> str:
        """Why the child ended without a result."""
        code = self._child.wait()
        if self._late:
            return f"it took more than {counted(self.limits.deadline_s, 'second')}. Make a smaller issue"
        if -code == getattr(signal, "SIGXCPU", None):
            allowed = counted(self.limits.document_s, "second")
            return f"a document takes more than {allowed} of processor time. Leave it out"
        if -code == getattr(signal, "SIGKILL", None):
            return "the engine was killed, probably for want of memory. Make a smaller issue"
        if -code in CRASHES:
            cap = f"its limit of {self._memory_bytes // 1024**2} MiB of memory"
            return f"the engine crashed ({signal.Signals(-code).name}), probably at {cap}. Make a smaller issue"
        self._complaints.seek(0)
        said = self._complaints.read().decode("utf-8", "replace").strip().splitlines()
        return f"the engine ended with code {code}" + (f": {said[-1]}" if said else "")

    @property
    def is_alive(self) -> bool:
        """Whether the child is there."""
        return self._child.poll() is None

    def kill(self) -> None:
        """End the child from another thread: whoever waits for it is told that it was killed."""
        self._child.kill()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._child.kill()
        self._have_told()
        for pipe in (self._child.stdin, self._child.stdout):
            if pipe and not pipe.closed:
                with contextlib.suppress(BrokenPipeError):
                    pipe.close()
        self._child.wait()
        self._complaints.close()
        self._folder.close()


def _send(message: msgspec.Struct, stream: IO[bytes]) -> None:
    with contextlib.suppress(BrokenPipeError):  # The child may have ended; why is found out by who waits for it.
        send(message, stream)


def _failure(reason: str, document: str) -> RenderingError:
    message = f"the PDF could not be made: {reason}"
    return DocumentError(message, document) if document else RenderingError(message)


def _find(key: bytes, keep: Keep) -> bytes | None:
    """What is kept; asking must not make it, since the child makes several at once."""
    with contextlib.suppress(NotKeptError):
        return only_kept(keep)(FRAGMENTS, bytes, key, bytes)
    return None


def _cores() -> int:
    """How many processes of this one's can run at once."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1

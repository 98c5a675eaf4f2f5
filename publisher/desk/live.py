"""The issue laid out after each change, in an engine that stays warm."""

import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar

import msgspec
from msgspec.structs import replace

from publisher.desk.reader import Recent
from publisher.errors import PublisherError, RenderingError
from publisher.model import Issue, PlacedArticle, Written
from publisher.model.blocks import Value
from publisher.pipeline import Bindery, Gathered, Means, Output, Request, gather, make
from publisher.writing.pdf import PdfProcess

T = TypeVar("T")

PAUSE_S = 0.12
"""How long nothing may have changed before the pages are made: the time between two letters of who types fast."""

PARTS_BYTES = 256 * 1024**2
"""What is kept of parts of PDFs."""

PAGES_KEPT = 5
"""How many PDFs are kept, to look at the pages before beside those after."""


class LaidOut(Value, frozen=True, kw_only=True):
    """The issue as it was laid out, or why it could not be."""

    number: int
    issue: Issue | None = None
    written: Written | None = None
    message: str | None = None
    """Why it could not be."""

    crashed: bool = False
    """Whether the engine is another one now."""

    allowed: int | None = None
    seconds: float = 0.0


class Live:
    """Lays the issue out whenever it is woken, one time after the other, in a thread of its own.

    ``wanted`` gives what is to be made: its errors are those of the work. ``tell`` is told before and after each time.
    The engine dies with the thread that starts it, and a new one is started when it has crashed.
    """

    def __init__(
        self,
        wanted: Callable[[], tuple[Request, int | None]],
        means: Means,
        tell: Callable[[LaidOut | None], None],
        pause_s: float = PAUSE_S,
    ) -> None:
        self._pause_s = pause_s
        self._wanted = wanted
        self._means = means
        self._tell = tell
        self._wake = threading.Event()
        self._ended = False
        self._busy = False
        self._parts: Recent[bytes] = Recent(PARTS_BYTES)
        self._engine: PdfProcess | None = None
        self._count = 0
        self._thread = threading.Thread(target=self._run, name="desk-live", daemon=True)
        self._thread.start()

    def wake(self) -> None:
        """Something has changed."""
        self._wake.set()

    @property
    def is_busy(self) -> bool:
        """Whether something has changed since the pages were laid out."""
        return self._busy or self._wake.is_set()

    def end(self) -> None:
        """End the thread and the engine."""
        self._ended = True
        self._wake.set()
        engine = self._engine
        if engine is not None:
            engine.kill()
        self._thread.join()

    def _run(self) -> None:
        self._engine = PdfProcess(stays=True)
        try:
            while self._wake.wait():
                self._busy = True
                while not self._ended and self._wake.is_set():
                    self._wake.clear()
                    time.sleep(self._pause_s)
                if self._ended:
                    return
                self._tell(None)
                laid_out = self._laid_out()
                if not self._ended:
                    self._tell(laid_out)
                self._busy = False
        finally:
            self._engine.__exit__(None, None, None)

    def _laid_out(self) -> LaidOut:
        self._count += 1
        began = time.monotonic()
        allowed: int | None = None
        try:
            request, allowed = self._wanted()
            gathered = gather(request, self._means)
            issue, written = self._made(gathered, request)
        except PublisherError as error:
            crashed = isinstance(error, RenderingError) and self._restarted()
            return LaidOut(number=self._count, message=str(error), crashed=crashed, allowed=allowed)
        seconds = round(time.monotonic() - began, 2)
        return LaidOut(number=self._count, issue=issue, written=written, allowed=allowed, seconds=seconds)

    def _made(self, gathered: Gathered, request: Request) -> tuple[Issue, Written]:
        """The issue and its PDF for screens, whatever files are asked for."""
        place = Path(request.references[0], "pages.pdf")  # Nothing is written there.
        edition = replace(request.edition, outputs=(Output(path=place),))
        with Bindery(edition, self._keep, picture=self._means.decoded, engine=self._engine) as bindery:
            issue, written = make(gathered, replace(request, edition=edition), self._means, bindery)
        return issue, written[place]

    def _keep(self, kind: str, of: type[T], made_of: object, make: Callable[[], T]) -> T:
        """See ``publisher.seams.Keep``. A whole file is made anew: each change makes another."""
        if kind == "files":
            return make()
        key = (kind, msgspec.msgpack.encode(made_of, enc_hook=_plain, order="deterministic"))
        data = self._parts.get(key)
        if data is not None:
            return msgspec.msgpack.decode(data, type=of)
        value = make()
        data = msgspec.msgpack.encode(value, enc_hook=str)
        self._parts.put(key, data, len(data) + len(key[1]))
        return value

    def _restarted(self) -> bool:
        """Whether the engine had ended, and another one is there now."""
        assert self._engine is not None  # noqa: S101 - for the types
        if self._engine.is_alive:
            return False
        self._engine.__exit__(None, None, None)
        self._engine = PdfProcess(stays=True)
        return True


def _plain(value: object) -> object:
    """What msgspec does not know, as what it knows."""
    return dict(value) if isinstance(value, Mapping) else str(value)


def article_of_page(issue: Issue, written: Written, number: int) -> PlacedArticle | None:
    """The first article that begins on the page, else the one that goes on there; ``None`` before the first."""
    starts = [(written.pages[placed.id], placed) for placed in issue.articles if placed.id in written.pages]
    here = [placed for page, placed in starts if page == number]
    before = [placed for page, placed in starts if page < number]
    return (*here[:1], *before[-1:], None)[0]

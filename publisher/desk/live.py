"""The issue laid out after each change, in an engine that stays warm."""

import time
from collections.abc import Callable, Mapping
from typing import TypeVar

import msgspec
from msgspec.structs import replace

from publisher.desk.galleys import Galleys, pages_of
from publisher.desk.reader import Recent
from publisher.desk.warm import Warm
from publisher.errors import PublisherError, RenderingError
from publisher.model import Article, Issue, PlacedArticle, Written
from publisher.model.blocks import Value
from publisher.pipeline import Bindery, Gathered, Means, Request, gather, make

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
    Of a long issue an article that was changed is set first, by itself: ``tell_galley`` is told.
    """

    def __init__(
        self,
        wanted: Callable[[], tuple[Request, int | None]],
        means: Means,
        tell: Callable[[LaidOut | None], None],
        tell_galley: Callable[[Article, Written], None],
        pause_s: float = PAUSE_S,
    ) -> None:
        self._wanted = wanted
        self._means = means
        self._tell = tell
        self._parts: Recent[bytes] = Recent(PARTS_BYTES)
        self._count = 0
        self._galleys = Galleys(wanted, means, self._keep, tell_galley, pause_s)
        self._warm = Warm("desk-live", self._lay_out, pause_s, early=True)
        self._galleys.warm.start()
        self._warm.start()

    def wake(self) -> None:
        """Something has changed."""
        self._galleys.warm.wake()
        self._warm.wake()

    @property
    def is_busy(self) -> bool:
        """Whether something has changed since the pages were laid out."""
        return self._warm.is_busy

    def end(self) -> None:
        """End the threads and the engines."""
        self._galleys.warm.end()
        self._warm.end()

    def _lay_out(self) -> None:
        self._galleys.warm.wait()  # One article is there soon: with another beside it, it would be there later.
        self._tell(None)
        laid_out = self._laid_out()
        if laid_out.crashed:  # It may have been ended while it waited: a fresh one is asked once.
            laid_out = self._laid_out()
        if self._warm.ended:
            return
        if laid_out.issue and laid_out.written:
            self._galleys.printed(laid_out.issue, laid_out.written.page_count)
        self._tell(laid_out)

    def _laid_out(self) -> LaidOut:
        self._count += 1
        began = time.monotonic()
        allowed: int | None = None
        try:
            request, allowed = self._wanted()
            gathered = gather(request, self._means)
            issue, written = self._made(gathered, request)
        except PublisherError as error:
            crashed = isinstance(error, RenderingError) and self._warm.was_lost()
            return LaidOut(number=self._count, message=str(error), crashed=crashed, allowed=allowed)
        seconds = round(time.monotonic() - began, 2)
        return LaidOut(number=self._count, issue=issue, written=written, allowed=allowed, seconds=seconds)

    def _made(self, gathered: Gathered, request: Request) -> tuple[Issue, Written]:
        """The issue and its PDF for screens."""
        edition, place = pages_of(request)
        with Bindery(edition, self._keep, picture=self._means.decoded, engine=self._warm.engine) as bindery:
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


def _plain(value: object) -> object:
    """What msgspec does not know, as what it knows."""
    return dict(value) if isinstance(value, Mapping) else str(value)


def article_of_page(issue: Issue, written: Written, number: int) -> PlacedArticle | None:
    """The first article that begins on the page, else the one that goes on there; ``None`` before the first."""
    starts = [(written.pages[placed.id], placed) for placed in issue.articles if placed.id in written.pages]
    here = [placed for page, placed in starts if page == number]
    before = [placed for page, placed in starts if page < number]
    return (*here[:1], *before[-1:], None)[0]

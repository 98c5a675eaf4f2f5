"""Other machines, or this one as if it were several: the workers of a Dask scheduler."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import CancelledError
from types import TracebackType
from typing import Generic, Self, TypeVar

from publisher.errors import OptionError
from publisher.executing.handing import EndedError, each, in_order
from publisher.packages import with_extra
from publisher.seams import Lost

try:
    from distributed import Client, Future, KilledWorker
except ModuleNotFoundError as error:
    raise OptionError(f"work on a cluster needs distributed. Install {with_extra('cluster')}.") from error

T = TypeVar("T")
R = TypeVar("R")

LIMIT_CONNECT_S = 30
"""How long a scheduler may take to answer: one that was just started does."""

WATCHED_EVERY_S = 5
"""How often it is asked whether the scheduler is still there: a batch may take minutes."""

AHEAD = 4
"""How many batches a thread of the workers are handed over at most, or done and not asked for."""

LEAST_AHEAD = 16
"""While there are few workers or none: more may come at any time."""


class Cluster:
    """The executor that works where a Dask scheduler has its workers: all of them, those too that come later.

    A worker that ends is the scheduler's to replace, and what it had in hand is done by others. A scheduler that is
    started again has forgotten what it was given, which is then given again. Use it as a context manager. OptionError
    when no scheduler answers at the address.
    """

    def __init__(self, address: str) -> None:
        self._address = address
        try:
            self._client = Client(address, timeout=LIMIT_CONNECT_S, set_as_default=False)
        except (OSError, ValueError) as error:
            raise OptionError(
                f"no scheduler of Dask answers at {address!r}: {error}. Start one, or name another."
            ) from error

    def map(self, function: Callable[[T], R], values: Iterable[T], batch: int = 1) -> Iterator[R | Lost]:
        """What the function gives of each value: see ``Executor``. OptionError when the scheduler is gone for good."""

        def hand(some: Sequence[T]) -> _HandedOver[R]:
            return _HandedOver(lambda: self._submitted(function, some), self._require_scheduler)

        threads = sum(self._client.nthreads().values())
        return in_order(hand, values, batch, max(LEAST_AHEAD, AHEAD * threads))

    def _submitted(self, function: Callable[[T], R], batch: Sequence[T]) -> "Future[list[R]]":
        self._require_scheduler()
        return self._client.submit(each, function, batch, pure=False)

    def _require_scheduler(self) -> None:
        """OptionError when it is gone, and was looked for as long as it may take to start."""
        if self._client.status not in ("running", "connecting"):
            raise OptionError(f"the scheduler at {self._address!r} has ended. Start it, and do this again to go on.")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._client.close()


class _HandedOver(Generic[R]):
    """A batch that the scheduler was given; given again when it has forgotten it."""

    def __init__(self, submit: Callable[[], "Future[list[R]]"], require_scheduler: Callable[[], None]) -> None:
        self._submit = submit
        self._require_scheduler = require_scheduler
        self._future = submit()

    def result(self) -> list[R]:
        """See ``Handed``."""
        while True:
            # One that is done, perhaps since the last look, is not waited for: its time-out is the step's own.
            timeout = None if self._future.done() else WATCHED_EVERY_S
            try:
                results: list[R] = self._future.result(timeout=timeout)
            except KilledWorker as error:  # As many workers have ended over it as the scheduler allows.
                raise EndedError from error
            except CancelledError:
                self._future = self._submit()
            except TimeoutError:
                if timeout is None:
                    raise
                self._require_scheduler()  # What was given while it was looked for is never done when it is not found.
            else:
                return results

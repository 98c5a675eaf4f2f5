"""A run that ends in time, whatever it is waiting for."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from publisher.counting import counted
from publisher.errors import LateError


class _Late(BaseException):
    """Passes every boundary on the way, which an error of ours would not."""


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """LateError when the block takes longer, as soon as Python is asked again: what waits is woken.

    Of the main thread only, as signals are; in another the block takes as long as it takes.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGALRM, _ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    except _Late:
        raise LateError(
            f"the run took longer than {counted(seconds, 'second')} and was ended. The next one goes on."
        ) from None
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _ring(number: int, frame: FrameType | None) -> None:
    raise _Late

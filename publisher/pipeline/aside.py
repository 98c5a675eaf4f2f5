"""What is done while something else is waited for."""

import contextlib
import threading
from collections.abc import Callable, Iterator

__all__ = ["aside"]


@contextlib.contextmanager
def aside(*works: Callable[[], object]) -> Iterator[None]:
    """Do the works one after the other in another thread, which has ended when the block is left.

    What fails is left: whoever needs it does it again, where somebody is told why.
    """

    def do() -> None:
        for work in works:
            with contextlib.suppress(Exception):
                work()

    thread = threading.Thread(target=do)
    if works:
        thread.start()
    try:
        yield
    finally:
        if works:
            thread.join()

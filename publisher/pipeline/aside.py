"""What is done while something else is waited for."""

import contextlib
import threading
from collections.abc import Callable, Iterator
from queue import SimpleQueue

__all__ = ["aside"]


@contextlib.contextmanager
def aside(*works: Callable[[], object]) -> Iterator[Callable[[Callable[[], object]], None]]:
    """Do the works, and those given meanwhile, one after the other in another thread; left when all are done.

    What fails is left: whoever needs it does it again, where somebody is told why.
    """
    waiting: SimpleQueue[Callable[[], object] | None] = SimpleQueue()

    def do() -> None:
        while work := waiting.get():
            with contextlib.suppress(Exception):
                work()

    thread = threading.Thread(target=do)

    def give(work: Callable[[], object]) -> None:
        waiting.put(work)
        if thread.ident is None:
            thread.start()

    for work in works:
        give(work)
    try:
        yield give
    finally:
        if thread.ident is not None:
            waiting.put(None)
            thread.join()

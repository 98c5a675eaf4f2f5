"""Who listens is told what happens, as server-sent events (HTML, section 9.2)."""

import asyncio
import threading
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import TypeAlias

import msgspec

Event: TypeAlias = tuple[str, object]
"""Its name, and what is said."""

KEEP_ALIVE_S = 15.0
_MOST_WAITING = 1000
"""A listener that is so far behind is sent away: its browser connects again, and asks for everything."""


class Hub:
    """Where anybody says what happened, from any thread, and each listener hears it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._listeners: dict[asyncio.Queue[Event | None], asyncio.AbstractEventLoop] = {}

    def tell(self, name: str, said: object) -> None:
        """Tell all who listen."""
        with self._lock:
            listeners = list(self._listeners.items())
        for queue, loop in listeners:
            loop.call_soon_threadsafe(_put, queue, (name, said))

    def end(self) -> None:
        """Send all listeners away: the desk ends."""
        self.tell("bye", {})
        with self._lock:
            listeners = list(self._listeners.items())
        for queue, loop in listeners:
            loop.call_soon_threadsafe(queue.put_nowait, None)

    @property
    def listeners(self) -> int:
        """How many listen."""
        with self._lock:
            return len(self._listeners)

    async def listen(self, hello: Callable[[], Awaitable[Event]]) -> AsyncIterator[bytes]:
        """What happens from now on, as it is sent: first ``hello``, and now and then a comment that keeps it open.

        ``hello`` says how things stand, and is asked when nothing that happens then can be missed.
        """
        queue: asyncio.Queue[Event | None] = asyncio.Queue(_MOST_WAITING)
        with self._lock:
            self._listeners[queue] = asyncio.get_running_loop()
        try:
            yield sent(await hello())
            while True:
                try:
                    event = await asyncio.wait_for(queue.get(), KEEP_ALIVE_S)
                except TimeoutError:
                    yield b":\n\n"
                    continue
                if event is None:
                    return
                yield sent(event)
        finally:
            with self._lock:
                del self._listeners[queue]


def sent(event: Event) -> bytes:
    """An event as it is sent: JSON has no line breaks."""
    name, said = event
    return b"event: " + name.encode() + b"\ndata: " + msgspec.json.encode(said) + b"\n\n"


def _put(queue: "asyncio.Queue[Event | None]", event: Event) -> None:
    if queue.full():
        while not queue.empty():
            queue.get_nowait()
        queue.put_nowait(None)
    else:
        queue.put_nowait(event)

"""The desk on a port of this machine, until it is ended or nobody has asked for a while."""

import contextlib
import socket
import threading
from collections.abc import Callable, Iterator

import uvicorn

from publisher.desk.app import closed, make_app
from publisher.desk.desk import Desk
from publisher.desk.events import Hub
from publisher.desk.guard import Guard, LastAsked
from publisher.errors import OutputError

HOST = "127.0.0.1"
IDLE_S = 600.0
"""How long nobody may ask, and no window listen, until the desk ends."""

_LOOK_S = 0.02


def serve(
    desk: Desk, *, port: int, token: str, cookie: str, opened: Callable[[str], None], idle_s: float = IDLE_S
) -> None:
    """Serve a desk; ``opened`` is told the address, with the token that opens it, once that answers.

    Port 0 is any that is free. It ends when it is interrupted, or nobody asked for so many seconds. OutputError when
    the port is taken.
    """
    with contextlib.closing(_listening(port)) as listening:
        port = listening.getsockname()[1]
        asked = LastAsked()
        app = Guard(make_app(desk), token=token, cookie=cookie, port=port, asked=asked, closed=closed)
        config = uvicorn.Config(
            app, log_level="critical", lifespan="off", access_log=False, timeout_graceful_shutdown=1
        )
        server = _Server(config, desk.hub)
        with _watched(server, desk, asked, idle_s, lambda: opened(f"http://{HOST}:{port}/?token={token}")):
            server.run(sockets=[listening])


class _Server(uvicorn.Server):
    """Says goodbye to who listens before it ends."""

    def __init__(self, config: uvicorn.Config, hub: Hub) -> None:
        super().__init__(config)
        self._hub = hub

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._hub.end()
        await super().shutdown(sockets)


def _listening(port: int) -> socket.socket:
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((HOST, port))
        listening.listen()
    except OSError as error:
        listening.close()
        raise OutputError(
            f"cannot open the desk at port {port}: {(error.strerror or '').lower()}. Choose another."
        ) from error
    return listening


@contextlib.contextmanager
def _watched(
    server: uvicorn.Server, desk: Desk, asked: LastAsked, idle_s: float, opened: Callable[[], None]
) -> Iterator[None]:
    """While a thread says when the server answers, and ends it when nobody is there any more."""
    over = threading.Event()

    def watch() -> None:
        while not server.started:
            if over.wait(_LOOK_S):
                return
        opened()
        while not over.wait(min(1.0, idle_s / 4)):
            if desk.hub.listeners:
                asked.now()
            elif asked.seconds() >= idle_s:
                server.should_exit = True
                return

    thread = threading.Thread(target=watch, name="desk-watch", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()

"""A web server of our own on this machine, that answers as it is told to."""

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Answer = Callable[["Handler"], None]


class Handler(BaseHTTPRequestHandler):
    """One request; an answer writes to it what it likes."""

    protocol_version = "HTTP/1.1"
    server: "Server"

    def do_GET(self) -> None:
        self.server.requests.append((self.path, dict(self.headers)))
        try:
            self.server.answers.get(self.path, status(404))(self)
        except (BrokenPipeError, ConnectionResetError):
            pass  # whoever asked has heard enough
        finally:
            self.close_connection = True

    def head(self, code: int, headers: Mapping[str, str]) -> None:
        self.send_response(code)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


class Server(ThreadingHTTPServer):
    """Answers by path; remembers what it was asked."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.answers: dict[str, Answer] = {}
        self.requests: list[tuple[str, dict[str, str]]] = []
        self.ending = threading.Event()

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.server_address[1]}{path}"


@contextmanager
def serving() -> Iterator[Server]:
    with Server() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server
        finally:
            server.ending.set()
            server.shutdown()
            thread.join()


def body(data: bytes, content_type: str | None = "text/html; charset=utf-8", **headers: str) -> Answer:
    def answer(handler: Handler) -> None:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        kind = {"Content-Type": content_type} if content_type else {}
        handler.head(200, {"Content-Length": str(len(data)), **kind, **named})
        handler.wfile.write(data)

    return answer


def status(code: int, **headers: str) -> Answer:
    def answer(handler: Handler) -> None:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        handler.head(code, {"Content-Length": "0", **named})

    return answer


def redirect(target: str, code: int = 302) -> Answer:
    return status(code, Location=target)


def endless(chunk: bytes, **headers: str) -> Answer:
    """The same again and again until nobody listens."""

    def answer(handler: Handler) -> None:
        handler.head(200, {"Content-Type": "text/html", **headers})
        while not handler.server.ending.is_set():
            handler.wfile.write(chunk)

    return answer


def dripping(data: bytes, seconds: float = 0.02) -> Answer:
    """Raw bytes, one after the other, each well within any timeout for a single step."""

    def answer(handler: Handler) -> None:
        for byte in data:
            if handler.server.ending.wait(seconds):
                return
            handler.wfile.write(bytes((byte,)))
        handler.server.ending.wait()

    return answer


def raw(data: bytes) -> Answer:
    return lambda handler: void(handler.wfile.write(data))


def void(_: object) -> None:
    return None

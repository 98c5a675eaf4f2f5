"""The shelf served in the house: to e-readers and telephones on the same network, from the folder as it is.

What a static host does, and two things more: media types that e-readers go by, and a way in for those who type only
the machine's address. By which name it was asked, and what a connection may cost, is judged first: see ``hosts`` and
``connections``; which files there are is known in ``files``.
"""

import email.utils
import io
import os
import re
import socket
from collections.abc import Callable, Iterable
from contextlib import suppress
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from socketserver import TCPServer
from typing import Any, BinaryIO
from urllib.parse import parse_qs, urlsplit

from publisher import __version__
from publisher.automation.issues import archives
from publisher.automation.shelf import opds, opds2, page, searching
from publisher.automation.shelf.conditions import is_known, range_of
from publisher.automation.shelf.connections import Allowance, Connections, Requests, affordable
from publisher.automation.shelf.files import GoneError, media_type_of, opened, parts_of
from publisher.automation.shelf.hosts import Hosts, host_in
from publisher.errors import OutputError

Log = Callable[[str], None]

_CHUNK_BYTES = 64 * 1024

_SAFETY = {
    # The page is one file that links to pictures of ours; nothing of the shelf runs, or is shown inside another page.
    "Content-Security-Policy": (
        "default-src 'none'; img-src 'self' data:; style-src 'unsafe-inline'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}

_MISDIRECTED = "this shelf is not served by that name. publisher shelf serve --name adds one"


class Server(ThreadingHTTPServer):
    """Serves a shelf's folder until it is closed. OutputError when the address cannot be had.

    It answers to ``localhost``, to the address that a reader reached it at, and to ``names``. ``sources`` also gives
    what the issues were made from. Where the host is ``::``, IPv4 is served too.
    """

    daemon_threads = True
    request_queue_size = 128

    def __init__(
        self,
        folder: Path,
        host: str,
        port: int,
        log: Log = lambda line: None,
        *,
        names: Iterable[str] = (),
        sources: bool = False,
        allowance: Allowance = Allowance(),  # noqa: B008 - frozen
    ) -> None:
        self.folder = folder
        self.log = log
        self.sources = sources
        self.hosts = Hosts((host, *names))
        self.allowance = allowance
        self.connections = Connections(affordable(allowance.most))
        try:
            self.address_family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
            super().__init__((host, port), _Handler)
        except (OSError, OverflowError, UnicodeError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            raise OutputError(
                f"cannot serve at {host}, port {port}: {reason.lower()}", code="cannot-serve", hint="Choose another"
            ) from error

    def server_bind(self) -> None:
        """As the base class does, without asking the network for this machine's name, which may take seconds."""
        if self.address_family is socket.AF_INET6:
            self.socket.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
        TCPServer.server_bind(self)
        self.server_name, self.server_port = str(self.server_address[0]), self.port

    @property
    def port(self) -> int:
        """The one that was given, or was free where 0 was."""
        return int(self.server_address[1])

    def verify_request(self, request: Any, client_address: object) -> bool:
        """Whether there is room for another connection; who gets none is told."""
        if self.connections.admit(request):
            return True
        request.setblocking(False)
        with suppress(OSError):
            request.send(b"HTTP/1.1 503 Service Unavailable\r\nRetry-After: 10\r\nConnection: close\r\n\r\n")
        return False

    def shutdown_request(self, request: Any) -> None:
        """Close a connection."""
        self.connections.release(request)
        super().shutdown_request(request)

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: a reader that hangs up in the middle of a book is no fault."""


class _Foreign(Exception):  # noqa: N818 - not an error, an answer
    """The request is for somebody else, or does not say whom it is for."""

    def __init__(self, status: HTTPStatus, message: str = "") -> None:
        super().__init__(message)
        self.status = status


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Server
    connection: socket.socket

    def setup(self) -> None:
        """As the base class does, with requests that must come in time."""
        super().setup()
        self._requests = Requests(self.connection, self.server.allowance)
        self.rfile.close()
        self.rfile = io.BufferedReader(self._requests)

    def handle_one_request(self) -> None:
        """As the base class does; until its next request comes, the connection may be taken from it."""
        self._requests.expect()
        self.server.connections.wait(self.connection)
        super().handle_one_request()

    def parse_request(self) -> bool:
        """As the base class does: from then on the connection is its reader's."""
        parsed = super().parse_request()
        self.server.connections.answer(self.connection)
        return parsed

    def version_string(self) -> str:
        return f"publisher/{__version__}"

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        """Only finished answers are told of, by ``_answer``."""

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """A line of plain text, for requests that cannot be understood too."""
        self.close_connection = True
        self._answer(HTTPStatus(code), {"Connection": "close"})

    def do_GET(self) -> None:
        """The file, or part of it."""
        self._serve()

    def do_HEAD(self) -> None:
        """What is known of the file."""
        self._serve()

    def _refuse(self) -> None:
        self._answer(HTTPStatus.METHOD_NOT_ALLOWED, {"Allow": "GET, HEAD", "Connection": "close"})
        self.close_connection = True  # A body that follows would be taken for the next request.

    do_POST = do_PUT = do_DELETE = do_PATCH = do_OPTIONS = _refuse  # noqa: N815

    def _serve(self) -> None:
        try:
            self._judge_host()
            self._judge_body()
            parts, slash = parts_of(self.path)
            if not slash and "/".join(parts) in (searching.DESCRIPTION, searching.SEARCH):
                self._search("/".join(parts))
                return
            path = self._file_for(parts, slash)
            with opened(self.server.folder, path.split("/")) as file:
                self._send(path, file)
        except GoneError:
            self._answer(HTTPStatus.NOT_FOUND, {})
        except _Foreign as foreign:
            self._answer(foreign.status, {"Connection": "close"}, said=str(foreign))
            self.close_connection = True

    def _judge_host(self) -> None:
        """_Foreign unless the request names us, once in its Host, and in its address too where that is whole."""
        named = self.headers.get_all("Host", [])
        whole = re.match(r"https?://([^/?#]*)", self.path, re.IGNORECASE)
        hosts = [host_in(name) for name in (*named, *([whole[1]] if whole else []))]
        if len(named) != 1 or None in hosts:
            raise _Foreign(HTTPStatus.BAD_REQUEST, "it takes one Host")
        here = self.connection.getsockname()[0]
        if not all(self.server.hosts.include(host, here) for host in hosts if host):
            raise _Foreign(HTTPStatus.MISDIRECTED_REQUEST, _MISDIRECTED)

    def _judge_body(self) -> None:
        """_Foreign for a request that brings anything: it would be taken for the next request."""
        lengths = self.headers.get_all("Content-Length", [])
        if "Transfer-Encoding" in self.headers or any(length.strip() != "0" for length in lengths):
            raise _Foreign(HTTPStatus.BAD_REQUEST, "it takes no body")

    def _file_for(self, parts: tuple[str, ...], slash: bool) -> str:
        """The file that an address stands for, from the shelf's folder; shorter ones that people type included.

        A catalogue stands only where its links resolve, and nothing redirects: KOReader resolves links from the address
        that it was given, and takes some redirects for errors. GoneError for a file's name with a slash after it,
        and for an issue's sources unless they are to be had.
        """
        path = "/".join(parts)
        if parts[-1:] == (archives.NAME,) and not self.server.sources:
            raise GoneError
        if not path:
            return self._front_door()
        if path == "opds" and not slash:
            return opds.CATALOGUE
        if path == opds2.FOLDER and slash:
            return opds2.CATALOGUE_2
        if slash:
            raise GoneError
        return path

    def _search(self, path: str) -> None:
        """How to search, or what was found. GoneError where there is no catalogue to search in."""
        if path == searching.DESCRIPTION:
            data, media_type = searching.description(f"http://{self.headers['Host']}"), searching.DESCRIPTION_TYPE
        else:
            asked = parse_qs(urlsplit(self.path).query).get("q", [""])[0]
            try:
                data, media_type = searching.search(self.server.folder, asked), opds.ACQUISITION
            except (OSError, UnicodeDecodeError):
                raise GoneError from None
        headers = {"Content-Type": media_type, "Cache-Control": "no-cache"}
        self._answer(HTTPStatus.OK, headers, io.BytesIO(data), range(len(data)))

    def _front_door(self) -> str:
        """The page for browsers, which always say that they take HTML; the catalogue for e-readers, which never do."""
        return page.PAGE if "text/html" in self.headers.get("Accept", "") else opds.CATALOGUE

    def _send(self, path: str, file: BinaryIO) -> None:
        status = os.fstat(file.fileno())
        size = status.st_size
        if path == opds.CATALOGUE:  # Where nobody answers, it says nothing of search.
            data = searching.with_search(file.read())
            file, size = io.BytesIO(data), len(data)
        modified = int(status.st_mtime)
        tag = f'"{status.st_mtime_ns:x}-{status.st_size:x}-{status.st_ino:x}"'
        headers = {
            "Content-Type": media_type_of(path),
            "Last-Modified": email.utils.formatdate(modified, usegmt=True),
            "ETag": tag,
            "Accept-Ranges": "bytes",
            "Cache-Control": "no-cache",  # Kept, and asked for again: a stale catalogue hides the new issue.
            "Vary": "Accept",
        }
        if is_known(self.headers, tag, modified):
            self._answer(HTTPStatus.NOT_MODIFIED, headers)
            return
        wanted = None if self.command == "HEAD" else range_of(self.headers, size, tag, modified)
        if wanted is None:
            self._answer(HTTPStatus.OK, headers, file, range(size))
        elif not wanted:
            unsatisfied = {"Content-Range": f"bytes */{size}"}
            self._answer(HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE, unsatisfied)
        else:
            headers["Content-Range"] = f"bytes {wanted.start}-{wanted.stop - 1}/{size}"
            self._answer(HTTPStatus.PARTIAL_CONTENT, headers, file, wanted)

    def _answer(
        self,
        status: HTTPStatus,
        headers: dict[str, str],
        file: BinaryIO | None = None,
        part: range = range(0),
        said: str = "",
    ) -> None:
        text = b""
        if file is None and status is not HTTPStatus.NOT_MODIFIED:
            text = f"{status.value} {status.phrase}{said and f': {said}'}\n".encode()
            headers = {"Content-Type": "text/plain; charset=utf-8"} | headers
        self.send_response_only(status)
        self.send_header("Date", self.date_time_string())
        self.send_header("Server", self.version_string())
        for name, value in (headers | _SAFETY).items():
            self.send_header(name, value)
        if status is not HTTPStatus.NOT_MODIFIED:
            self.send_header("Content-Length", str(len(text) or len(part)))
        self.end_headers()
        self.server.log(f"{self.command or '-'} {_printable(getattr(self, 'path', '-'))} {status.value} {len(part)}")
        if self.command == "HEAD":
            return
        self.wfile.write(text)
        if file is not None:
            _copy(file, self.wfile, part)


def _copy(source: BinaryIO, target: io.BufferedIOBase, part: range) -> None:
    source.seek(part.start)
    left = len(part)
    while left:
        data = source.read(min(_CHUNK_BYTES, left))
        if not data:  # Cut while it was being sent: a short answer tells the reader so.
            break
        target.write(data)
        left -= len(data)


def _printable(address: str) -> str:
    """An address that cannot forge a line of the log, or colour the terminal."""
    return address.encode("unicode_escape").decode("ascii")

"""Who may ask: only a browser on this machine that was given the address, and only from pages of ours.

1. The host must be ours by name, so that no page elsewhere reaches us by a name that was bent to this machine
   (DNS rebinding).
2. A token in the address is exchanged, once, for a cookie that no script sees and no other site sends.
3. What changes something must come from a page of ours: browsers say so in ``Sec-Fetch-Site`` or ``Origin``.
4. Pages may load nothing from elsewhere, run nothing inline, and stand in nobody's frame.
"""

import hmac
import threading
import time
from collections.abc import Callable
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qs

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

SAFE = frozenset(("GET", "HEAD"))
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
BOOKS = "/book/"
"""Where e-books are, in frames of no origin: these send no cookie, and know an address that nobody can guess."""


class Guard:
    """Lets through who may ask, and counts when somebody last did.

    ``token`` is taken once; ``cookie`` is what it is exchanged for. ``port`` is the one that we are reached at.
    ``closed`` gives the page for a window that is not known.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        token: str,
        cookie: str,
        port: int,
        asked: "LastAsked",
        closed: Callable[[Request], Response] | None = None,
    ) -> None:
        self._closed = closed
        self._app = app
        self._token: str | None = token
        self._cookie = cookie
        self._name = f"desk-{port}"
        self._hosts = frozenset((f"127.0.0.1:{port}", f"localhost:{port}"))
        self._origins = frozenset(f"http://{host}" for host in self._hosts)
        self._asked = asked

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or have the app answer."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        refusal = self._refusal(scope, headers)
        if refusal is not None:
            await _with_headers(refusal, scope, receive, send)
            return
        self._asked.now()
        await _with_headers(self._app, scope, receive, send)

    def _refusal(self, scope: Scope, headers: Headers) -> Response | None:
        """What is answered to who may not ask; ``None`` to who may."""
        path, method = scope["path"], scope["method"]
        if len(headers.getlist("host")) != 1 or headers["host"] not in self._hosts:
            return refused(
                421, "forbidden", "this address is not the desk's. Open the one that publisher desk printed."
            )
        if method not in SAFE and not self._is_ours(headers):
            return refused(403, "forbidden", "the request comes from another site. Open the desk's own page.")
        if path.startswith(BOOKS) and method in SAFE:
            return None
        if self._knows(headers):
            return None
        if path == "/" and method == "GET" and self._takes(scope):
            answer = RedirectResponse("/", 303)
            answer.set_cookie(self._name, self._cookie, httponly=True, samesite="strict", path="/")
            return answer
        if path == "/" and "text/html" in headers.get("accept", "") and self._closed:
            return self._closed(Request(scope))
        return refused(
            403, "forbidden", "the desk does not know this window. Open the address that publisher desk printed."
        )

    def _is_ours(self, headers: Headers) -> bool:
        site = headers.get("sec-fetch-site")
        if site is not None:
            return site == "same-origin"
        return headers.get("origin") in self._origins

    def _knows(self, headers: Headers) -> bool:
        try:
            cookies = SimpleCookie(headers.get("cookie", ""))
        except CookieError:
            return False
        return self._name in cookies and hmac.compare_digest(cookies[self._name].value.encode(), self._cookie.encode())

    def _takes(self, scope: Scope) -> bool:
        """Whether the token is the one in the address; then it is used up."""
        given = parse_qs(scope["query_string"].decode("latin-1")).get("token", [""])[0]
        token, right = self._token, False
        if token is not None and hmac.compare_digest(given.encode(), token.encode()):
            self._token, right = None, True
        return right


class LastAsked:
    """When somebody last asked for something."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._last_s = time.monotonic()

    def now(self) -> None:
        """Somebody asks."""
        with self._lock:
            self._last_s = time.monotonic()

    def seconds(self) -> float:
        """How long nobody did."""
        with self._lock:
            return time.monotonic() - self._last_s


def refused(status: int, code: str, message: str) -> Response:
    """An answer that says why there is none."""
    return JSONResponse({"error": {"code": code, "message": message}}, status)


async def _with_headers(app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
    async def send_with_headers(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
        await send(message)

    await app(scope, receive, send_with_headers)

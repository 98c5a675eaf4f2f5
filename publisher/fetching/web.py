"""Web addresses become bytes, within caps on bytes, seconds and redirects, and never from a private network."""

import datetime as dt
import threading
import zlib
from collections.abc import Callable, Iterable, Iterator
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING

from publisher import __version__
from publisher.errors import InputError
from publisher.fetching.cache import CachedAnswer, PageCache
from publisher.fetching.deadline import Deadline
from publisher.fetching.files import LIMIT_BYTES
from publisher.fetching.hosts import comparable_host
from publisher.model.blocks import Value
from publisher.packages import with_extra

if TYPE_CHECKING:
    import ssl

    import httpx


LIMIT_SECONDS = 30.0
"""What one page or picture may take in all, its redirects included."""

LIMIT_REDIRECTS = 5
"""As many as a shortened link, a move to https and a change of host need, and some more."""

USER_AGENT = f"publisher/{__version__} (reads single pages for a person; news text to PDF and EPUB)"

_LAST_PORT = 65535
_CHUNK_BYTES = 64 * 1024
_REDIRECTS = frozenset((301, 302, 303, 307, 308))
_ADVICE = {
    401: "Save the page in a browser and name the file",
    403: "Save the page in a browser and name the file",
    404: "Check the address",
    410: "The page is gone for good",
    429: "Wait a while",
    451: "Save the page in a browser and name the file",
}


class Advice(Value, frozen=True, kw_only=True):
    """How whoever opened the door to the web could open it wider, as the end of the reason why something is refused."""

    private: str = "Allow {host} if that is meant"
    """With the place of the host that is private."""

    pictures: str = "when that is asked for"


class Fetched(Value, frozen=True, kw_only=True):
    """What a web address gave."""

    url: str
    """Absolute, after all redirects, without fragment."""

    content_type: str | None
    """The header as sent."""

    data: bytes
    """Decompressed."""

    retrieved: dt.datetime
    """Aware, UTC; for an answer from the cache, when the server last said that it still holds."""


class Web:
    """The door to the web: one request at a time for each host, from any number of threads.

    ``clock`` gives the time, aware and UTC, that ``Fetched.retrieved`` is stamped with. ``cache`` is a folder of
    answers to be asked about again, ``None`` for none. ``allow_private`` names the hosts that may be of this machine or
    of its networks, servers of one's own: whatever else an address leads to must be on the internet at large.
    ``pictures`` also fetches what files on the disk link to; the pictures of fetched pages are fetched anyway.
    """

    def __init__(
        self,
        clock: Callable[[], dt.datetime],
        *,
        cache: Path | None = None,
        allow_private: Iterable[str] = (),
        pictures: bool = False,
        limit_seconds: float = LIMIT_SECONDS,
        advice: Advice = Advice(),  # noqa: B008 - frozen
    ) -> None:
        self.pictures = pictures
        self.advice = advice
        self._clock = clock
        self._cache = PageCache(cache) if cache is not None else None
        self._allow_private = frozenset(map(comparable_host, allow_private))
        self._limit_seconds = limit_seconds
        self._kept = False
        self._lock = threading.Lock()
        self._hosts: dict[str, threading.Lock] = {}
        self._certificates: ssl.SSLContext | None = None

    def get(self, url: str, limit_seconds: float | None = None) -> Fetched:
        """What the address gives, at most ``LIMIT_BYTES``, within the seconds given or else those of this door.

        Raises ``InputError``, whose message is the bare reason: not http or https, private, unknown, refused, too
        large, too slow, redirected too often, or an answer that is an error.
        """
        certificates = self.prepare()
        from publisher.fetching.connecting import ERRORS, reason_of

        deadline = Deadline(self._limit_seconds if limit_seconds is None else min(limit_seconds, self._limit_seconds))
        try:
            return self._follow(url, certificates, deadline)
        except ERRORS as error:
            raise InputError(reason_of(error, deadline)) from error

    def _follow(self, url: str, certificates: "ssl.SSLContext", deadline: Deadline) -> Fetched:
        """The answer at the end of the redirects. Each step is judged as the first: it may lead inside."""
        import httpx

        with self._client(certificates, deadline) as client:
            request = client.build_request("GET", url)
            for _ in range(LIMIT_REDIRECTS + 1):
                _refuse_oddities(request.url)
                with self._turn(request.url.host):
                    answer = self._ask(client, request)
                if not isinstance(answer, httpx.Request):
                    return answer
                request = answer
        raise InputError(f"it leads on more than {LIMIT_REDIRECTS} times")

    def prepare(self) -> "ssl.SSLContext":
        """Load, once, what any fetch needs: whose certificates are trusted. ``InputError`` when httpx is missing.

        For who counts the seconds of a fetch, before the clock runs: the machine's certificates can take longer.
        """
        try:
            import httpx
        except ModuleNotFoundError as error:
            raise InputError(f"fetching needs httpx; install {with_extra('web')}") from error

        with self._lock:
            if self._certificates is None:
                self._certificates = httpx.create_ssl_context(trust_env=False)
            return self._certificates

    def _client(self, certificates: "ssl.SSLContext", deadline: Deadline) -> "httpx.Client":
        """A client for one fetch, so that no cookie of one site or of one page reaches another."""
        import httpx

        from publisher.fetching.connecting import GuardedBackend, GuardedTransport

        backend = GuardedBackend(deadline, allow_private=self._allow_private, advice=self.advice.private)
        # Of the encodings only gzip is asked for: it is the one that is decoded here, within the cap.
        headers = {"User-Agent": USER_AGENT, "Accept": "*/*", "Accept-Encoding": "gzip"}
        transport = GuardedTransport(backend, certificates)
        # The timeout is the deadline's: httpx's own are for single steps.
        return httpx.Client(transport=transport, headers=headers, timeout=deadline.seconds, trust_env=False)

    def _turn(self, host: str) -> threading.Lock:
        """The lock that lets one request at a time go to a host."""
        with self._lock:
            return self._hosts.setdefault(host, threading.Lock())

    def _ask(self, client: "httpx.Client", request: "httpx.Request") -> "Fetched | httpx.Request":
        """The answer to one request, or the request that it redirects to."""
        url = str(request.url.copy_with(fragment=None))
        kept = self._cache.find(url) if self._cache else None
        for name in ("If-None-Match", "If-Modified-Since"):
            request.headers.pop(name, None)  # httpx carries them over from the request before the redirect
        if kept and kept.etag:
            request.headers["If-None-Match"] = kept.etag
        if kept and kept.last_modified:
            request.headers["If-Modified-Since"] = kept.last_modified
        response = client.send(request, stream=True)
        try:
            if response.status_code in _REDIRECTS and response.next_request is not None:
                return response.next_request
            if response.status_code == HTTPStatus.NOT_MODIFIED and kept:
                return self._fetched(kept)
            if response.status_code != HTTPStatus.OK:
                raise InputError(_refusal(response.status_code))
            answer = CachedAnswer(
                url=url,
                content_type=response.headers.get("Content-Type"),
                etag=response.headers.get("ETag"),
                last_modified=response.headers.get("Last-Modified"),
                data=_body(response),
            )
        finally:
            response.close()
        if self._cache and (answer.etag or answer.last_modified) and not _is_secret(response.headers):
            self._cache.keep(answer)
            self._kept = True
        return self._fetched(answer)

    def _fetched(self, answer: CachedAnswer) -> Fetched:
        return Fetched(url=answer.url, content_type=answer.content_type, data=answer.data, retrieved=self._clock())

    def close(self) -> None:
        """Leave the cache within its limit, if anything came into it."""
        if self._cache and self._kept:
            self._cache.make_room()

    def __enter__(self) -> "Web":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _refuse_oddities(url: "httpx.URL") -> None:
    if url.scheme not in ("http", "https") or not url.host:
        raise InputError("only addresses that start with http:// or https:// are fetched")
    if url.port is not None and not 0 < url.port <= _LAST_PORT:
        raise InputError("it is no web address")
    if url.userinfo:
        raise InputError("addresses with a password in them are not fetched")


def _refusal(status: int) -> str:
    """The status in words; what to do about it where that is known."""
    try:
        phrase = f" {HTTPStatus(status).phrase}"
    except ValueError:
        phrase = ""
    advice = _ADVICE.get(status, "Try again later" if status >= HTTPStatus.INTERNAL_SERVER_ERROR else "")
    return f"the server answers {status}{phrase}" + (f". {advice}" if advice else "")


def _is_secret(headers: "httpx.Headers") -> bool:
    return "no-store" in headers.get("Cache-Control", "").lower()


def _body(response: "httpx.Response") -> bytes:
    """The decompressed body, never held beyond the cap: a megabyte of gzip can stand for a gigabyte."""
    try:
        announced = int(response.headers.get("Content-Length", "0"))
    except ValueError:
        announced = 0
    if announced > LIMIT_BYTES:
        raise InputError(_too_large())
    encoding = response.headers.get("Content-Encoding", "identity").strip().lower()
    chunks = response.iter_raw(_CHUNK_BYTES)
    if encoding in ("gzip", "x-gzip"):
        chunks = _gunzipped(chunks)
    elif encoding not in ("identity", ""):
        raise InputError(f"it is compressed with {encoding[:40]}, which was not asked for")
    data = bytearray()
    for chunk in chunks:
        data += chunk
        if len(data) > LIMIT_BYTES:
            raise InputError(_too_large())
    return bytes(data)


def _gunzipped(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """The decompressed data in pieces of limited size; what follows its end is passed over, as browsers do."""
    decompressor = zlib.decompressobj(wbits=31)
    try:
        for chunk in chunks:
            waiting = chunk
            while waiting:
                yield decompressor.decompress(waiting, _CHUNK_BYTES)
                waiting = decompressor.unconsumed_tail
            if decompressor.eof:
                return
    except zlib.error as error:
        raise InputError("its compressed data is damaged") from error
    raise InputError("its compressed data is cut short")


def _too_large() -> str:
    return f"it is larger than {LIMIT_BYTES // 1024**2} MiB"

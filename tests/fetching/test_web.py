import datetime as dt
import gzip
import os
import shutil
import socket
import ssl
import subprocess
import sys
import threading
import zlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpcore
import pytest

from publisher.errors import InputError
from publisher.fetching import LIMIT_BYTES, Web, load
from publisher.fetching.cache import LIMIT_CACHE_BYTES, CachedAnswer, PageCache
from publisher.fetching.web import Fetched
from publisher.model import Source
from tests.fetching.serving import (
    Answer,
    Handler,
    Server,
    body,
    dripping,
    endless,
    raw,
    redirect,
    serving,
    status,
)

NOW = dt.datetime(2025, 10, 17, 9, 30, tzinfo=dt.UTC)
PAGE = "<html><body><h1>Cầu mới</h1></body></html>".encode()
CHUNK = bytes(1 << 16)


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as server:
        yield server


HERE = ("127.0.0.1", "localhost", "::1")


def web(cache: Path | None = None, *, allow_private: tuple[str, ...] = HERE, seconds: float = 30.0) -> Web:
    return Web(lambda: NOW, cache=cache, allow_private=allow_private, limit_seconds=seconds)


def reason_for(url: str, *, allow_private: tuple[str, ...] = HERE, seconds: float = 30.0) -> str:
    with pytest.raises(InputError) as caught:
        web(allow_private=allow_private, seconds=seconds).get(url)
    message = str(caught.value)
    assert "\n" not in message
    return message


class TestPage:
    def test_a_page_comes_with_its_address_its_kind_and_the_callers_time(self, server: Server) -> None:
        server.answers["/cau"] = body(PAGE)

        assert web().get(server.url("/cau#anh")) == Fetched(
            url=server.url("/cau"), content_type="text/html; charset=utf-8", data=PAGE, retrieved=NOW
        )

    def test_the_request_says_who_asks_and_carries_no_cookie_on(self, server: Server) -> None:
        server.answers["/a"] = body(PAGE, Set_Cookie="id=1; Path=/")
        door = web()

        door.get(server.url("/a"))
        door.get(server.url("/a"))

        for _, headers in server.requests:
            assert headers["User-Agent"].startswith("publisher/")
            assert headers["Accept-Encoding"] == "gzip"
            assert "Cookie" not in headers

    def test_a_compressed_page_is_decompressed(self, server: Server) -> None:
        server.answers["/a"] = body(gzip.compress(PAGE), Content_Encoding="gzip")
        server.answers["/b"] = body(gzip.compress(PAGE) + b"litter", Content_Encoding="x-gzip")

        assert web().get(server.url("/a")).data == PAGE
        assert web().get(server.url("/b")).data == PAGE

    def test_a_page_of_just_the_limit_is_taken(self, server: Server) -> None:
        server.answers["/a"] = body(bytes(LIMIT_BYTES))

        assert len(web().get(server.url("/a")).data) == LIMIT_BYTES

    def test_the_environment_names_no_proxy(self, server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
        monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:1")
        server.answers["/a"] = body(PAGE)

        assert web().get(server.url("/a")).data == PAGE


class TestRedirects:
    def test_a_redirect_is_followed_to_the_final_address(self, server: Server) -> None:
        server.answers["/ngan"] = redirect("/b?x=1#top", 301)
        server.answers["/b?x=1"] = redirect(server.url("/c", "localhost"), 308)
        server.answers["/c"] = body(PAGE)

        assert web().get(server.url("/ngan")).url == server.url("/c", "localhost")

    def test_five_redirects_are_followed_and_six_are_not(self, server: Server) -> None:
        for number in range(6):
            server.answers[f"/{number}"] = redirect(f"/{number + 1}")
        server.answers["/6"] = body(PAGE)

        assert web().get(server.url("/1")).data == PAGE
        assert reason_for(server.url("/0")) == "it leads on more than 5 times"

    def test_a_circle_ends(self, server: Server) -> None:
        server.answers["/a"] = redirect("/b")
        server.answers["/b"] = redirect("/a")

        assert reason_for(server.url("/a")) == "it leads on more than 5 times"
        assert len(server.requests) == 6

    @pytest.mark.parametrize(
        ("target", "reason"),
        [
            ("file:///etc/passwd", "only addresses that start with http:// or https:// are fetched"),
            ("ftp://bao.example/a", "only addresses that start with http:// or https:// are fetched"),
            ("http://an:mat-khau@bao.example/", "addresses with a password in them are not fetched"),
            ("http://[::1", "the server does not keep to HTTP, or broke off"),
            ("http://xn--a/", "it is no web address"),
        ],
    )
    def test_a_redirect_is_judged_as_an_address_is(self, server: Server, target: str, reason: str) -> None:
        server.answers["/a"] = redirect(target)

        assert reason_for(server.url("/a")) == reason

    def test_a_redirect_without_a_target_is_an_error(self, server: Server) -> None:
        server.answers["/a"] = status(302)

        assert reason_for(server.url("/a")) == "the server answers 302 Found"


class TestPrivate:
    @pytest.mark.parametrize(
        "host",
        [
            "127.0.0.1",
            "127.1",
            "2130706433",
            "0x7f000001",
            "0177.0.0.1",
            "0.0.0.0",  # noqa: S104 - an address to refuse
            "localhost",
            "[::1]",
            "[::ffff:127.0.0.1]",
            "[64:ff9b::7f00:1]",
            "10.0.0.1",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "224.0.0.1",
            "[fe80::1]",
            "[fc00::1]",
            "[fec0::1]",
            "[2002:7f00:1::]",
        ],
    )
    def test_a_private_address_is_refused_however_it_is_written(self, server: Server, host: str) -> None:
        reason = reason_for(server.url("/a", host), allow_private=())

        assert "is in a private network. Allow " in reason or (
            # Some systems know no IPv6, and httpx takes no octal.
            reason.endswith("is not known") or (host == "0177.0.0.1" and reason == "it is no web address")
        )
        assert server.requests == []

    @pytest.mark.parametrize(
        "target", ["http://127.0.0.1:{port}/b", "http://localhost:{port}/b", "http://trong.example/b"]
    )
    def test_a_public_page_cannot_lead_inside(
        self, server: Server, monkeypatch: pytest.MonkeyPatch, target: str
    ) -> None:
        port = server.server_address[1]
        public, connect, look_up = "93.184.216.34", httpcore.SyncBackend.connect_tcp, socket.getaddrinfo
        known = {"bao.example": public, "trong.example": "10.0.0.7"}
        monkeypatch.setattr(
            socket,
            "getaddrinfo",
            lambda host, *rest, **options: look_up(known.get(host, host), *rest, **options),
        )
        monkeypatch.setattr(  # the public server of this test is ours
            httpcore.SyncBackend,
            "connect_tcp",
            lambda self, host, _, *rest: connect(self, "127.0.0.1" if host == public else host, port, *rest),
        )
        server.answers["/a"] = redirect(target.format(port=port))
        server.answers["/b"] = server.answers["/c"] = body(PAGE)

        assert web(allow_private=()).get("http://bao.example/c").data == PAGE
        assert "is in a private network" in reason_for("http://bao.example/a", allow_private=())
        assert [path for path, _ in server.requests] == ["/c", "/a"]

    @pytest.mark.parametrize("host", ["xn--a", "xn--\udcff", "xn--" + "9" * 70, "xn--0", "a..b", "-", "*", "xn--.vn"])
    def test_a_host_that_no_name_can_be_is_an_error_of_one_line(self, host: str) -> None:
        assert "\n" not in reason_for(f"http://{host}/")

    def test_a_host_is_named_as_it_is_written_or_read(self, server: Server) -> None:
        server.answers["/a"] = body(PAGE)

        for name in ("LOCALHOST", "localhost."):
            assert web(allow_private=(name,)).get(server.url("/a", "localhost")).data == PAGE

    def test_a_refusal_names_the_host(self, server: Server) -> None:
        assert reason_for(server.url("/a"), allow_private=()) == (
            "the host '127.0.0.1' is in a private network. Allow 127.0.0.1 if that is meant"
        )


class TestRefusals:
    @pytest.mark.parametrize(
        ("code", "reason"),
        [
            (404, "the server answers 404 Not Found. Check the address"),
            (403, "the server answers 403 Forbidden. Save the page in a browser and name the file"),
            (418, "the server answers 418 I'm a Teapot"),
            (429, "the server answers 429 Too Many Requests. Wait a while"),
            (500, "the server answers 500 Internal Server Error. Try again later"),
            (599, "the server answers 599. Try again later"),
            (204, "the server answers 204 No Content"),
            (206, "the server answers 206 Partial Content"),
            (304, "the server answers 304 Not Modified"),
        ],
    )
    def test_an_answer_that_is_no_page_is_an_error(self, server: Server, code: int, reason: str) -> None:
        server.answers["/a"] = status(code)

        assert reason_for(server.url("/a")) == reason

    def test_nobody_there(self) -> None:
        assert reason_for("http://127.0.0.1:1/") == "the host '127.0.0.1' does not answer"

    @pytest.mark.parametrize("host", ["khong-co.invalid", "a..b.example", f"{'a' * 64}.example"])
    def test_a_host_that_nobody_knows(self, host: str) -> None:
        reason = reason_for(f"http://{host}/")

        assert reason in (f"the host {host!r} is not known", "it is no web address")

    @pytest.mark.parametrize(
        "url",
        ["http://", "https:///a", "http://[::1", "http://bao.example:99999/", "http://bao.example:x/", "http://\0/"],
    )
    def test_what_is_no_address(self, url: str) -> None:
        assert reason_for(url) in (
            "it is no web address",
            "only addresses that start with http:// or https:// are fetched",
        )

    def test_a_server_that_speaks_no_http(self, server: Server) -> None:
        server.answers["/a"] = raw(b"220 mail.example ESMTP\r\n")

        assert reason_for(server.url("/a")) == "the server does not keep to HTTP, or broke off"

    def test_a_body_cut_short(self, server: Server) -> None:
        server.answers["/a"] = raw(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc")

        assert reason_for(server.url("/a")) == "the server does not keep to HTTP, or broke off"

    def test_an_encoding_that_was_not_asked_for(self, server: Server) -> None:
        server.answers["/a"] = body(PAGE, Content_Encoding="br")
        server.answers["/b"] = body(PAGE, Content_Encoding="gzip, gzip")

        assert reason_for(server.url("/a")) == "it is compressed with br, which was not asked for"
        assert reason_for(server.url("/b")) == "it is compressed with gzip, gzip, which was not asked for"

    def test_damaged_compression(self, server: Server) -> None:
        server.answers["/a"] = body(b"no gzip", Content_Encoding="gzip")
        server.answers["/b"] = body(gzip.compress(PAGE)[:-9], Content_Encoding="gzip")
        server.answers["/c"] = body(b"", Content_Encoding="gzip")

        assert reason_for(server.url("/a")) == "its compressed data is damaged"
        assert reason_for(server.url("/b")) == "its compressed data is cut short"
        assert reason_for(server.url("/c")) == "its compressed data is cut short"

    def test_a_certificate_that_nobody_vouches_for(self, server: Server, tmp_path: Path) -> None:
        if shutil.which("openssl") is None:
            pytest.skip("openssl, which makes the certificate, is not installed")
        key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
        subprocess.run(
            (
                *("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"),
                *("-keyout", key, "-out", certificate, "-subj", "/CN=localhost", "-days", "2"),
            ),
            check=True,
            capture_output=True,
        )
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, key)
        server.socket = context.wrap_socket(server.socket, server_side=True)
        server.handle_error = lambda *_: None  # type: ignore[method-assign]  # the handshake fails: that is the point

        assert reason_for(server.url("/a").replace("http:", "https:")) == (
            "its certificate is not valid (self-signed certificate)"
        )

    def test_a_server_without_tls(self, server: Server) -> None:
        assert reason_for(server.url("/a").replace("http:", "https:")) == "no secure connection could be made"


class TestCaps:
    def test_a_body_announced_as_too_large_is_not_read(self, server: Server) -> None:
        server.answers["/a"] = raw(f"HTTP/1.1 200 OK\r\nContent-Length: {LIMIT_BYTES + 1}\r\n\r\n".encode())

        assert reason_for(server.url("/a")) == "it is larger than 32 MiB"

    def test_a_body_that_never_ends_is_too_large(self, server: Server) -> None:
        server.answers["/a"] = endless(CHUNK)

        assert reason_for(server.url("/a")) == "it is larger than 32 MiB"

    def test_a_gzip_bomb_is_too_large_long_before_it_is_unpacked(self, server: Server) -> None:
        compressor = zlib.compressobj(1, wbits=31)
        bomb = b"".join(compressor.compress(CHUNK * 16) for _ in range(200)) + compressor.flush()
        server.answers["/a"] = body(bomb, Content_Encoding="gzip")

        assert reason_for(server.url("/a")) == "it is larger than 32 MiB"

    @pytest.mark.parametrize(
        "answer",
        [
            pytest.param(lambda handler: handler.server.ending.wait(), id="silence"),
            pytest.param(dripping(b"HTTP/1.1 200 OK\r\nX: " + b"a" * 1000), id="head"),
            pytest.param(dripping(b"HTTP/1.1 103 Early Hints\r\n\r\n" * 100), id="hints"),
            pytest.param(dripping(b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n" + b"a" * 1000), id="body"),
        ],
    )
    def test_a_server_that_stalls_is_left_at_the_deadline(self, server: Server, answer: Answer) -> None:
        server.answers["/a"] = answer

        assert reason_for(server.url("/a"), seconds=0.3) == "it took longer than 0.3 seconds"

    def test_the_deadline_is_for_all_redirects_together(self, server: Server) -> None:
        def slow(handler: Handler) -> None:
            handler.server.ending.wait(0.15)
            redirect("/a")(handler)

        server.answers["/a"] = slow

        assert reason_for(server.url("/a"), seconds=0.4) == "it took longer than 0.4 seconds"

    def test_a_head_that_never_ends_is_refused(self, server: Server) -> None:
        def answer(handler: Handler) -> None:
            handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
            while not handler.server.ending.is_set():
                handler.wfile.write(b"X: " + b"a" * 1000 + b"\r\n")

        server.answers["/a"] = answer

        assert reason_for(server.url("/a")) == "the server does not keep to HTTP, or broke off"

    def test_a_host_is_asked_one_thing_at_a_time(self, server: Server) -> None:
        being_answered = threading.Semaphore()
        alone = []

        def slow(handler: Handler) -> None:
            alone.append(being_answered.acquire(blocking=False))
            handler.server.ending.wait(0.02)
            being_answered.release()  # Before the answer: who has it may ask again.
            body(PAGE)(handler)

        server.answers["/a"] = slow
        door = web()

        with ThreadPoolExecutor(4) as pool:
            pages = list(pool.map(door.get, [server.url("/a")] * 8))

        assert len(pages) == 8
        assert alone == [True] * 8


class TestCache:
    @pytest.mark.parametrize(
        ("header", "condition"), [("ETag", "If-None-Match"), ("Last-Modified", "If-Modified-Since")]
    )
    def test_a_page_that_has_not_changed_is_not_sent_again(
        self, server: Server, tmp_path: Path, header: str, condition: str
    ) -> None:
        value = {"ETag": '"v1"', "Last-Modified": "Fri, 17 Oct 2025 08:00:00 GMT"}[header]

        def answer(handler: Handler) -> None:
            if handler.headers[condition] == value:
                status(304)(handler)
            else:
                body(PAGE, **{header: value})(handler)

        server.answers["/a"] = answer
        door = web(tmp_path / "cache")

        first, second = door.get(server.url("/a")), door.get(server.url("/a"))

        assert first == second
        assert condition not in server.requests[0][1]
        assert server.requests[1][1][condition] == value

    def test_a_page_that_has_changed_takes_the_place_of_the_old_one(self, server: Server, tmp_path: Path) -> None:
        door = web(tmp_path)
        server.answers["/a"] = body(PAGE, ETag='"v1"')
        door.get(server.url("/a"))
        server.answers["/a"] = body(b"new", ETag='"v2"')

        assert door.get(server.url("/a")).data == b"new"

        server.answers["/a"] = status(304)
        assert door.get(server.url("/a")).data == b"new"
        assert server.requests[-1][1]["If-None-Match"] == '"v2"'

    @pytest.mark.parametrize("headers", [{}, {"ETag": '"v1"', "Cache_Control": "private, no-store"}])
    def test_what_cannot_be_asked_about_or_is_not_to_be_kept_is_not(
        self, server: Server, tmp_path: Path, headers: dict[str, str]
    ) -> None:
        server.answers["/a"] = body(PAGE, **headers)

        web(tmp_path).get(server.url("/a"))

        assert list(tmp_path.iterdir()) == []

    def test_a_condition_is_for_its_own_address_and_not_for_where_it_leads(
        self, server: Server, tmp_path: Path
    ) -> None:
        door = web(tmp_path)
        server.answers["/a"] = body(PAGE, ETag='"v1"')
        server.answers["/b"] = body(PAGE)
        door.get(server.url("/a"))
        server.answers["/a"] = redirect("/b")

        assert door.get(server.url("/a")).url == server.url("/b")
        assert "If-None-Match" not in server.requests[-1][1]

    def test_a_damaged_entry_is_fetched_anew(self, server: Server, tmp_path: Path) -> None:
        server.answers["/a"] = body(PAGE, ETag='"v1"')
        door = web(tmp_path)
        door.get(server.url("/a"))
        (entry,) = tmp_path.iterdir()
        entry.write_bytes(entry.read_bytes()[:-1])

        assert door.get(server.url("/a")).data == PAGE
        assert "If-None-Match" not in server.requests[-1][1]

    def test_a_folder_that_cannot_be_written_to_is_no_reason_to_stop(self, server: Server, tmp_path: Path) -> None:
        (tmp_path / "file").touch()
        server.answers["/a"] = body(PAGE, ETag='"v1"')

        with web(tmp_path / "file" / "cache") as door:
            assert door.get(server.url("/a")).data == PAGE

    def test_closing_leaves_the_cache_within_its_limit(self, server: Server, tmp_path: Path) -> None:
        cache = PageCache(tmp_path)
        for number, url in enumerate(("old", "new")):
            cache.keep(CachedAnswer(url=url, content_type=None, etag="e", last_modified=None, data=b"x"))
            newest = max(tmp_path.iterdir(), key=lambda path: path.stat().st_mtime_ns)
            os.truncate(newest, LIMIT_CACHE_BYTES // 2)
            os.utime(newest, (number, number))
        server.answers["/a"] = body(PAGE, ETag='"v1"')

        with web(tmp_path) as idle:
            assert idle is not None
        assert len(list(tmp_path.iterdir())) == 2
        with web(tmp_path) as door:
            door.get(server.url("/a"))

        assert sorted(path.stat().st_mtime for path in tmp_path.iterdir())[0] == 1
        assert len(list(tmp_path.iterdir())) == 2


class TestLoad:
    def test_an_address_is_loaded_like_a_file(self, server: Server, tmp_path: Path) -> None:
        (tmp_path / "a.txt").write_bytes(b"A")
        server.answers["/cau"] = redirect("/cau.html")
        server.answers["/cau.html"] = body(PAGE)

        assert load([server.url("/cau"), str(tmp_path / "a.txt")], web=web()) == (
            Source(
                name=server.url("/cau"),
                data=PAGE,
                media_type="text/html",
                charset="utf-8",
                url=server.url("/cau.html"),
                retrieved=NOW,
            ),
            Source(name=str(tmp_path / "a.txt"), data=b"A"),
        )

    @pytest.mark.parametrize(
        ("path", "content_type", "reason"),
        [
            ("/a", "image/png", "the server says it is image/png, which holds no article"),
            ("/a", None, "the server says it is nothing, which holds no article"),
            (
                "/a.zip",
                "application/octet-stream",
                "the server says it is application/octet-stream, which holds no article",
            ),
        ],
    )
    def test_what_could_hold_no_article_is_an_error(
        self, server: Server, path: str, content_type: str | None, reason: str
    ) -> None:
        server.answers[path] = body(b"\x89", content_type)

        with pytest.raises(InputError) as caught:
            load([server.url(path)], web=web())

        assert str(caught.value) == f"cannot read '{server.url(path)}': {reason}."

    def test_a_document_that_is_not_read_is_said_with_what_to_do(self, server: Server) -> None:
        server.answers["/bao-cao"] = body(b"%PDF-1.7", "application/pdf")

        with pytest.raises(InputError) as caught:
            load([server.url("/bao-cao")], web=web())

        assert str(caught.value) == (
            f"cannot read '{server.url('/bao-cao')}': it is a PDF document, which is not read. "
            "Save the page that it was made from, or copy its words into a .txt file."
        )

    def test_a_refusal_names_the_address(self, server: Server) -> None:
        with pytest.raises(InputError) as caught:
            load([server.url("/khong-co")], web=web())

        assert str(caught.value) == (
            f"cannot read '{server.url('/khong-co')}': the server answers 404 Not Found. Check the address."
        )


def test_without_httpx_the_message_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "httpx", None)
    monkeypatch.delitem(sys.modules, "publisher.fetching.connecting", raising=False)

    assert reason_for("http://127.0.0.1/") == "fetching needs httpx; install publisher-toolkit[web]"


def test_no_thread_is_left_behind(server: Server) -> None:
    server.answers["/a"] = body(PAGE)
    before = threading.active_count()

    web().get(server.url("/a"))

    assert threading.active_count() <= before + 1  # the server's own, on its way out

"""A real server on a free port: what e-readers and browsers ask, and what the curious try."""

import http.client
import os
import re
import socket
import threading
from xml.etree import ElementTree

import pytest

from publisher.automation.shelf.connections import Allowance
from publisher.automation.shelf.searching import with_search
from publisher.automation.shelf.serving import Server
from publisher.errors import OutputError
from tests.automation.shelf.conftest import serving

FILE = "/issues/2026-W12/tuan-tin-2026-W12.pdf"


@pytest.fixture
def ask(server):
    """The status, the headers and the body of an answer; asked as it stands, with nothing tidied."""

    def answer(path, method="GET", body=None, **headers):
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
        try:
            headers = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.request(method, path, body, headers)
            response = connection.getresponse()
            return response.status, dict(response.getheaders()), response.read()
        finally:
            connection.close()

    return answer


@pytest.mark.parametrize(
    ("path", "media_type"),
    [
        ("/catalog.xml", "application/atom+xml;profile=opds-catalog;kind=navigation"),
        ("/opds/all.xml", "application/atom+xml;profile=opds-catalog;kind=acquisition"),
        ("/opds/2026-epub.xml", "application/atom+xml;profile=opds-catalog;kind=acquisition"),
        ("/opds2/catalog.json", "application/opds+json"),
        ("/opds2/all.json", "application/opds+json"),
        ("/opds2/2026-W12.json", "application/opds-publication+json"),
        ("/feed.xml", "application/atom+xml; charset=utf-8"),
        ("/index.html", "text/html; charset=utf-8"),
        ("/latest.epub", "application/epub+zip"),
        ("/latest-kobo.kepub.epub", "application/epub+zip"),
        ("/latest.pdf", "application/pdf"),
        ("/issues/2026-W12/cover.png", "image/png"),
        ("/issues/2026-W12/issue.json", "application/json"),
    ],
)
def test_every_file_is_served_whole_as_what_it_is(server, ask, path, media_type):
    data = (server.folder / path.lstrip("/")).read_bytes()
    if path == "/catalog.xml":
        data = with_search(data)

    status, headers, body = ask(path)

    assert (status, body) == (200, data)
    assert headers["Content-Type"] == media_type
    assert headers["Content-Length"] == str(len(data))
    assert "Content-Encoding" not in headers
    status, same, body = ask(path, "HEAD")
    assert (status, same | {"Date": headers["Date"]}, body) == (200, headers, b"")


def test_the_entrance_is_the_page_for_browsers_and_the_catalogue_for_e_readers(server, ask):
    page = (server.folder / "index.html").read_bytes()
    catalogue = with_search((server.folder / "catalog.xml").read_bytes())

    assert ask("/", Accept="text/html,application/xhtml+xml;q=0.9,*/*;q=0.8")[2] == page
    assert ask("/")[2] == catalogue
    assert ask("/", Accept="*/*")[2] == catalogue
    assert ask("/")[1]["Vary"] == "Accept"


def test_short_addresses_are_answered_only_where_links_resolve_and_nothing_redirects(server, ask):
    assert ask("/opds")[2] == with_search((server.folder / "catalog.xml").read_bytes())
    assert ask("/opds2/")[2] == (server.folder / "opds2" / "catalog.json").read_bytes()
    for path in ("/opds/", "/opds2", "/catalog.xml/", "/issues", "/issues/", "/issues/2026-W12/"):
        assert ask(path)[0] == 404, path


class TestConditions:
    """What spares a sleeping e-reader a download."""

    def test_what_is_known_is_not_sent_again(self, ask):
        _, headers, _ = ask(FILE)

        for known in (
            {"If_None_Match": headers["ETag"]},
            {"If_None_Match": f'"other", W/{headers["ETag"]}'},
            {"If_None_Match": "*"},
            {"If_Modified_Since": headers["Last-Modified"]},
        ):
            status, answered, body = ask(FILE, **known)
            assert (status, body, answered["ETag"]) == (304, b"", headers["ETag"])

    def test_what_changed_is(self, server, ask):
        _, headers, _ = ask(FILE)
        path = server.folder / FILE.lstrip("/")
        other = path.with_name("other")
        other.write_bytes(path.read_bytes())
        other.replace(path)

        assert ask(FILE, If_None_Match=headers["ETag"])[0] == 200
        assert ask(FILE, If_None_Match='"other"', If_Modified_Since=headers["Last-Modified"])[0] == 200
        assert ask(FILE, If_Modified_Since="Thu, 01 Jan 1970 00:00:00 GMT")[0] == 200
        assert ask(FILE, If_Modified_Since="yesterday")[0] == 200

    @pytest.mark.parametrize(
        ("asked", "part"),
        [
            ("bytes=0-3", slice(0, 4)),
            ("bytes=5-", slice(5, None)),
            ("bytes=-4", slice(-4, None)),
            ("bytes=700-9999", slice(700, None)),
        ],
    )
    def test_a_part_is_sent(self, ask, asked, part):
        _, headers, body = ask(FILE)

        status, answered, sent = ask(FILE, Range=asked)

        first = body.index(body[part]) if part.start is None else range(len(body))[part].start
        assert status == 206
        assert sent == body[part]
        assert answered["Content-Range"] == f"bytes {first}-{first + len(sent) - 1}/{len(body)}"
        assert ask(FILE, Range=asked, If_Range=headers["ETag"])[0] == 206
        assert ask(FILE, Range=asked, If_Range='"other"')[0] == 200

    @pytest.mark.parametrize(
        "asked", ["bytes=9-3", "bytes=", "bytes=-", "lines=1-2", "bytes=0-1,5-6", "bytes=a-b", f"bytes={'9' * 5000}-"]
    )
    def test_what_is_no_range_is_answered_with_all(self, ask, asked):
        assert ask(FILE, Range=asked)[0] == 200

    @pytest.mark.parametrize("asked", ["bytes=732-", "bytes=9999-10000", "bytes=-0"])
    def test_a_range_beyond_the_end_is_refused(self, ask, asked):
        status, headers, _ = ask(FILE, Range=asked)

        assert (status, headers["Content-Range"]) == (416, "bytes */732")


class TestHostile:
    """What does not belong to the shelf is not there."""

    @pytest.mark.parametrize(
        "path",
        [
            "/../secret.txt",
            "/issues/../../secret.txt",
            "/%2e%2e/secret.txt",
            "/..%2fsecret.txt",
            "//secret.txt/../../secret.txt",
            "/issues/2026-W12/..%2f..%2f..%2fsecret.txt",
            "/.shelf.json",
            "/issues/.building/secret.txt",
            "/issues//2026-W12/issue.json",
            "/.",
            "/%00",
            "/%ff",
            "/catalog.xml%00.txt",
            "/out/secret.txt",
            "/secret-link.txt",
            "/pipe",
            "/missing",
            "/" + "a" * 5000,
            "/catalog.xml/catalog.xml",
            "*",
        ],
    )
    def test_nothing_else_is_had(self, server, ask, path):
        outside = server.folder.parent / "secret.txt"
        outside.write_text("secret")
        (server.folder / "out").symlink_to(server.folder.parent)
        (server.folder / "secret-link.txt").symlink_to(outside)
        (server.folder / "issues" / ".building").mkdir()
        (server.folder / "issues" / ".building" / "secret.txt").write_text("secret")
        os.mkfifo(server.folder / "pipe")

        status, _, body = ask(path)

        assert (status, body) == (404, b"404 Not Found\n")

    @pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"])
    def test_it_is_for_reading(self, ask, method):
        status, headers, _ = ask("/catalog.xml", method, b"GET /index.html HTTP/1.1\r\n\r\n")

        assert (status, headers["Allow"], headers["Connection"]) == (405, "GET, HEAD", "close")

    @pytest.mark.parametrize(
        "line",
        [b"", b"nonsense", b"GET", b"GET / HTTP/9.9", b"BREW / HTTP/1.1", b"GET http://[ HTTP/1.1", b"\xff \x00"],
    )
    def test_nonsense_does_not_end_it(self, server, ask, line):
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
        connection.connect()
        connection.sock.sendall(line + b"\r\n\r\n")
        connection.sock.shutdown(1)
        connection.sock.recv(65536)
        connection.close()

        assert ask("/catalog.xml")[0] == 200

    def test_a_reader_that_hangs_up_does_not_end_it(self, server, ask, capfd):
        (server.folder / "large.pdf").write_bytes(bytes(5_000_000))
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
        connection.request("GET", "/large.pdf")
        connection.sock.recv(100)
        connection.close()

        assert ask("/catalog.xml")[0] == 200
        assert capfd.readouterr() == ("", "")

    def test_nothing_of_it_runs_leads_on_or_is_shown_inside_another_page(self, ask):
        for path in ("/", "/missing", FILE):
            headers = ask(path)[1]

            assert {name: headers.get(name) for name in SAFETY} == SAFETY


SAFETY = {
    "Content-Security-Policy": "default-src 'none'; img-src 'self' data:; style-src 'unsafe-inline'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


def answer_to(port, request, address="127.0.0.1"):
    """The first line of the answer to a request of these bytes, and its last."""
    with socket.create_connection((address, port), timeout=10) as connection:
        connection.sendall(request)
        connection.shutdown(socket.SHUT_WR)
        answer = b"".join(iter(lambda: connection.recv(65536), b"")).decode()
    return answer.partition("\r\n")[0], answer.rpartition("\n")[0].rpartition("\n")[2]


class TestHosts:
    """A page of a stranger whose name leads here (DNS rebinding) reads nothing."""

    @pytest.mark.parametrize(
        "host", ["localhost", "LOCALHOST:8080", "127.0.0.1", "127.0.0.1:1", "localhost.", "[::ffff:127.0.0.1]:80"]
    )
    def test_this_machine_is_answered(self, ask, host):
        assert ask("/catalog.xml", Host=host)[0] == 200

    @pytest.mark.parametrize(
        "host", ["evil.example", "evil.example:8080", "localhost.evil.example", "127.0.0.2", "[::1]", "192.168.1.5"]
    )
    def test_another_name_is_not(self, server, host):
        request = f"GET /issues/2026-W12/issue.json HTTP/1.1\r\nHost: {host}\r\n\r\n".encode()

        assert answer_to(server.port, request) == (
            "HTTP/1.1 421 Misdirected Request",
            "421 Misdirected Request: this shelf is not served by that name. publisher shelf serve --name adds one",
        )

    @pytest.mark.parametrize(
        "headers",
        [
            "",
            "Host:\r\n",
            "Host: a b\r\n",
            "Host: [::1\r\n",
            "Host: localhost\r\nHost: evil.example\r\n",
            "Host: a/b\r\n",
        ],
    )
    def test_no_name_or_two_are_a_bad_request(self, server, headers):
        assert answer_to(server.port, f"GET / HTTP/1.1\r\n{headers}\r\n".encode()) == (
            "HTTP/1.1 400 Bad Request",
            "400 Bad Request: it takes one Host",
        )

    def test_a_whole_address_is_judged_beside_the_host(self, server):
        def status(address, host):
            return answer_to(server.port, f"GET {address} HTTP/1.1\r\nHost: {host}\r\n\r\n".encode())[0][9:12]

        assert status("http://localhost/catalog.xml", "127.0.0.1") == "200"
        assert status("HTTP://evil.example/catalog.xml", "localhost") == "421"
        assert status("http://localhost/catalog.xml", "evil.example") == "421"

    @pytest.mark.parametrize(
        "header", ["Content-Length: 36", "Content-Length: 0\r\nContent-Length: 36", "Transfer-Encoding: x"]
    )
    def test_what_a_request_brings_is_not_taken_for_the_next(self, server, header):
        """Before a proxy that joins readers' connections, one of them would answer for another."""
        hidden = "GET /catalog.xml HTTP/1.1\r\nHost: a\r\n\r\n"
        request = f"GET / HTTP/1.1\r\nHost: localhost\r\n{header}\r\n\r\n{hidden}".encode()

        assert answer_to(server.port, request) == ("HTTP/1.1 400 Bad Request", "400 Bad Request: it takes no body")

    def test_names_can_be_added(self, shelf):
        with serving(Server(shelf, "127.0.0.1", 0, names=("News.lan",))) as server:
            request = b"HEAD / HTTP/1.1\r\nHost: news.LAN:8080\r\n\r\n"

            assert answer_to(server.port, request)[0] == "HTTP/1.1 200 OK"


class TestAddresses:
    """IPv6 where the machine has it."""

    @pytest.fixture(autouse=True)
    def _version_6(self):
        try:
            socket.create_server(("::1", 0), family=socket.AF_INET6).close()
        except OSError:
            pytest.skip("no IPv6 on this machine")

    def test_all_addresses_are_those_of_both_versions(self, shelf):
        with serving(Server(shelf, "::", 0)) as server:
            for address, host in (("127.0.0.1", "127.0.0.1"), ("::1", "[::1]"), ("::1", "localhost")):
                request = f"HEAD / HTTP/1.1\r\nHost: {host}:{server.port}\r\n\r\n".encode()

                assert answer_to(server.port, request, address)[0] == "HTTP/1.1 200 OK"

    def test_one_of_version_6_can_be_named(self, shelf):
        with serving(Server(shelf, "::1", 0)) as server:
            assert answer_to(server.port, b"HEAD / HTTP/1.1\r\nHost: [0:0::1]\r\n\r\n", "::1")[0] == "HTTP/1.1 200 OK"


class TestSources:
    """The pages that an issue was made from are for those who made it."""

    @pytest.fixture
    def archive(self, shelf):
        path = shelf / "issues" / "2026-W12" / "sources.zip"
        path.write_bytes(b"PK\nthe pages\n")
        return "/issues/2026-W12/sources.zip"

    def test_they_are_not_served(self, archive, ask):
        assert ask(archive)[0] == 404
        assert ask(archive.replace("sources", "%73ources"))[0] == 404

    def test_they_are_where_that_is_asked_for(self, archive, shelf):
        with serving(Server(shelf, "127.0.0.1", 0, sources=True)) as server:
            request = f"GET {archive} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode()

            assert answer_to(server.port, request) == ("HTTP/1.1 200 OK", "the pages")


class TestConnections:
    """What holds a connection without asking anything costs the others nothing."""

    def closed(self, connection):
        """Wait until the other side has closed it; what it sent before."""
        connection.settimeout(20)
        try:
            return b"".join(iter(lambda: connection.recv(65536), b""))
        except ConnectionResetError:
            return b""

    def test_two_hundred_that_are_idle_keep_no_reader_out(self, server, ask):
        idle = [socket.create_connection(("127.0.0.1", server.port), timeout=10) for _ in range(200)]
        try:
            assert [ask("/catalog.xml")[0] for _ in range(3)] == [200] * 3
        finally:
            for connection in idle:
                connection.close()

    def test_the_one_that_has_waited_longest_makes_room(self, shelf):
        with serving(Server(shelf, "127.0.0.1", 0, allowance=Allowance(most=3))) as server:
            idle = [socket.create_connection(("127.0.0.1", server.port), timeout=10) for _ in range(3)]
            request = b"HEAD / HTTP/1.1\r\nHost: localhost\r\n\r\n"

            assert answer_to(server.port, request)[0] == "HTTP/1.1 200 OK"
            assert self.closed(idle[0]) == b""
            idle[2].sendall(request)
            assert idle[2].recv(12) == b"HTTP/1.1 200"
            for connection in idle:
                connection.close()

    def test_one_in_the_middle_of_a_book_is_not_cut_off(self, shelf):
        (shelf / "large.pdf").write_bytes(bytes(50_000_000))
        with serving(Server(shelf, "127.0.0.1", 0, allowance=Allowance(most=1))) as server:
            reading = socket.create_connection(("127.0.0.1", server.port), timeout=10)
            reading.sendall(b"GET /large.pdf HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            begun = reading.recv(1000)

            assert answer_to(server.port, b"")[0] == "HTTP/1.1 503 Service Unavailable"
            assert len(begun + self.closed(reading)) > 50_000_000
            reading.close()

    def test_a_request_that_drips_is_closed_within_its_deadline(self, shelf):
        allowance = Allowance(idle_s=60, request_s=0.2)
        with serving(Server(shelf, "127.0.0.1", 0, allowance=allowance)) as server:
            connection = socket.create_connection(("127.0.0.1", server.port), timeout=20)
            stopped = threading.Event()

            def drip():
                for byte in b"GET / HTTP/1.1\r\nHost: localhost\r\nX: " + b"x" * 100_000:
                    if stopped.wait(0.02):
                        return
                    try:
                        connection.sendall(bytes([byte]))
                    except OSError:
                        return

            dripping = threading.Thread(target=drip)
            dripping.start()

            assert self.closed(connection) == b""  # Long before all was sent, which would take half an hour.
            stopped.set()
            dripping.join()
            connection.close()

    def test_headers_without_end_are_closed(self, server):
        connection = socket.create_connection(("127.0.0.1", server.port), timeout=20)
        connection.sendall(b"GET / HTTP/1.1\r\n" + b"X: " + b"x" * 60_000 + b"\r\n" + b"X: " + b"x" * 60_000)

        assert self.closed(connection) == b""
        connection.close()

    def test_one_that_asks_nothing_is_closed(self, shelf):
        with serving(Server(shelf, "127.0.0.1", 0, allowance=Allowance(idle_s=0.2))) as server:
            connection = socket.create_connection(("127.0.0.1", server.port), timeout=20)

            assert self.closed(connection) == b""
            connection.close()

    def test_several_requests_come_by_one_connection(self, server):
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
        for _ in range(3):
            connection.request("GET", FILE)
            assert len(connection.getresponse().read()) == 732
        connection.close()


def test_several_are_served_at_once(ask):
    answers = []
    threads = [threading.Thread(target=lambda: answers.append(ask(FILE)[0])) for _ in range(12)]

    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert answers == [200] * 12


def test_each_answer_is_one_line_of_the_log(ask, log):
    ask("/catalog.xml")
    ask("/missing%0aGET%20/forged")
    ask(FILE, Range="bytes=0-9")

    assert [re.sub(r" \d+$", " N", line) for line in log] == [
        "GET /catalog.xml 200 N",
        "GET /missing%0aGET%20/forged 404 N",
        f"GET {FILE} 206 N",
    ]


def test_a_port_that_is_taken_is_an_error_of_one_line(server):
    with pytest.raises(OutputError) as raised:
        Server(server.folder, "127.0.0.1", server.port)

    assert str(raised.value) == (
        f"cannot serve at 127.0.0.1, port {server.port}: address already in use. Choose another"
    )


def test_a_host_that_is_none_is_an_error_of_one_line(server):
    with pytest.raises(OutputError, match=r"^cannot serve at 256\.0\.0\.1, port 0: .*Choose another$"):
        Server(server.folder, "256.0.0.1", 0)


# --- search -----------------------------------------------------------------------------------------------------------


def parsed(data: bytes) -> ElementTree.Element:
    return ElementTree.fromstring(data)  # noqa: S314 - our own


def entries(feed: bytes) -> list[str]:
    return [str(entry.findtext("{*}title")) for entry in parsed(feed).findall("{*}entry")]


def test_the_catalogue_leads_to_how_it_is_searched(server, ask):
    catalogue = parsed(ask("/catalog.xml")[2])
    (link,) = [link for link in catalogue.findall("{*}link") if link.get("rel") == "search"]

    status, headers, body = ask(f"/{link.get('href')}")

    assert (status, headers["Content-Type"], link.get("type")) == (200, *["application/opensearchdescription+xml"] * 2)
    url = parsed(body).find("{*}Url")
    assert url.get("template") == f"http://127.0.0.1:{server.port}/opds/search?q={{searchTerms}}"
    assert url.get("type") == "application/atom+xml;profile=opds-catalog;kind=acquisition"


def test_what_is_found_are_the_entries_of_the_catalogue_marks_and_case_aside(server, ask):
    every = (server.folder / "opds" / "all.xml").read_text(encoding="utf-8")

    status, headers, found = ask("/opds/search?q=THUYEN+th%C6%B0")

    assert (status, headers["Content-Type"]) == (200, "application/atom+xml;profile=opds-catalog;kind=acquisition")
    assert entries(found) == entries(every.encode())
    assert f"<opensearch:totalResults>{len(entries(found))}<" in found.decode()
    assert re.findall("<entry.*?</entry>", found.decode(), re.DOTALL) == re.findall(
        "<entry.*?</entry>", every, re.DOTALL
    )


@pytest.mark.parametrize("asked", ["", "?q=", "?q=khong+co+dau", "?q=thuyen+khong", "?q=%00%FF%3Cx%3E", "?p=thuyen"])
def test_nothing_is_found_for_other_words(ask, asked):
    status, _, body = ask(f"/opds/search{asked}")

    assert (status, entries(body)) == (200, [])


def test_the_marks_of_an_entry_are_no_words_of_it(ask):
    assert entries(ask("/opds/search?q=href")[2]) == []
    assert entries(ask("/opds/search?q=<li>")[2]) == []


def test_a_shelf_without_catalogues_is_not_searched(server, ask):
    (server.folder / "opds" / "all.xml").unlink()

    assert ask("/opds/search?q=thuyen")[0] == 404

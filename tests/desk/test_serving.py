"""The desk at its port: the few things that only sockets show."""

import http.client
import json
import re
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from publisher.desk.desk import Desk
from publisher.desk.serving import serve
from publisher.errors import OutputError
from tests.cli.running import PAGE, run
from tests.desk.browser import SAME
from tests.desk.conftest import COOKIE, TOKEN, until


class Served:
    """A desk that is served in a thread."""

    def __init__(self, folder: Path, idle_s: float) -> None:
        self.address = ""
        self.desk = Desk(folder)
        self.thread = threading.Thread(target=self._serve, args=(idle_s,))

    def _serve(self, idle_s: float) -> None:
        with self.desk:
            serve(self.desk, port=0, token=TOKEN, cookie=COOKIE, opened=self._opened, idle_s=idle_s)

    def _opened(self, address: str) -> None:
        self.address = address

    @property
    def port(self) -> int:
        return int(re.search(r":(\d+)/", self.address)[1])

    def asked(self, request: str) -> str:
        """What comes back for raw bytes."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=10) as connection:
            connection.sendall(request.replace("\n", "\r\n").encode())
            return b"".join(iter(lambda: connection.recv(65536), b"")).decode("utf-8", "replace")


def test_it_answers_this_machine_alone_to_its_own_name_and_ends_when_nobody_asks(tmp_path):
    (tmp_path / "cau.txt").write_text(PAGE, encoding="utf-8")
    served = Served(tmp_path, idle_s=2.0)
    served.thread.start()
    until(lambda: served.address)
    cookie = f"Cookie: desk-{served.port}=cookie\n"

    bent = served.asked(f"GET /api/desk HTTP/1.1\nHost: evil.example:{served.port}\n{cookie}Connection: close\n\n")
    twice = served.asked(
        f"GET /api/desk HTTP/1.1\nHost: 127.0.0.1:{served.port}\nHost: evil.example\n{cookie}Connection: close\n\n"
    )
    none = served.asked(f"GET /api/desk HTTP/1.0\n{cookie}\n")
    right = served.asked(f"GET /api/desk HTTP/1.1\nHost: 127.0.0.1:{served.port}\n{cookie}Connection: close\n\n")
    other = socket.getaddrinfo(socket.gethostname(), served.port, socket.AF_INET, socket.SOCK_STREAM)[0][4][0]

    assert [each.split(" ")[1] for each in (bent, twice, none)] in (["421", "421", "421"], ["421", "400", "421"])
    assert right.startswith("HTTP/1.1 200 OK")
    if not other.startswith("127."):
        with pytest.raises(OSError):
            socket.create_connection((other, served.port), timeout=2)
    served.thread.join(30)
    assert not served.thread.is_alive()


def test_who_listens_keeps_it_open_and_is_told_of_changes_and_of_the_end(tmp_path):
    (tmp_path / "cau.txt").write_text(PAGE, encoding="utf-8")
    served = Served(tmp_path, idle_s=1.0)
    served.thread.start()
    until(lambda: served.address)
    headers = {"Cookie": f"desk-{served.port}=cookie", **SAME}
    listening = http.client.HTTPConnection("127.0.0.1", served.port, timeout=30)
    listening.request("GET", "/api/events", headers=headers)
    events = listening.getresponse()
    heard = [events.readline() for _ in range(3)]

    time.sleep(1.5)  # Longer than nobody may ask.
    (tmp_path / "rau.txt").write_text(PAGE, encoding="utf-8")
    names = []
    while "reading" not in names or "desk" not in names:
        line = events.readline().decode()
        names += [line.removeprefix("event: ").strip()] if line.startswith("event: ") else []
    (tmp_path / "rau.txt").unlink()
    (tmp_path / "cau.txt").write_text(PAGE.replace("sáng nay", "hôm nay"), encoding="utf-8")
    told = dict.fromkeys(("desk", "page"))
    while None in told.values() or told["desk"]["pages"] != served.desk.state().pages:
        line = events.readline().decode()
        name = line.removeprefix("event: ").strip()
        if line.startswith("event: ") and name in told:
            told[name] = json.loads(events.readline().decode().removeprefix("data: "))
    served.desk.hub.end()
    rest = events.read()
    listening.close()

    assert heard[0] == b"event: hello\n"
    assert told["page"]["revision"] == ""  # Its lines are others.
    assert b"event: bye\n" in rest
    served.thread.join(30)
    assert not served.thread.is_alive()


def test_a_port_that_is_taken_is_told(tmp_path):
    with socket.socket() as taken, Desk(tmp_path) as desk:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        with pytest.raises(OutputError) as caught:
            serve(desk, port=port, token=TOKEN, cookie=COOKIE, opened=lambda address: None)

    assert str(caught.value) == f"cannot open the desk at port {port}: address already in use. Choose another."


def test_an_engine_that_crashed_is_another_and_where_it_crashes_again_the_pages_are_those_before(tmp_path):
    (tmp_path / "cau.txt").write_text(PAGE, encoding="utf-8")
    with Desk(tmp_path) as desk:
        until(lambda: desk.proofs.render().state == "done")
        before = desk.proofs.render()
        desk._live._warm.engine.kill()
        desk.make_pages()
        until(lambda: desk.proofs.render().id > before.id)
        again = desk.proofs.render()

        def failed() -> bool:
            desk._live._warm.engine.kill()
            if desk.proofs.render().state == "done":  # Not begun, or done between two kills.
                desk.make_pages()
            return desk.proofs.render().state == "failed"

        until(failed)
        failed = desk.proofs.render()

        assert (again.state, again.pages, failed.pages) == ("done", before.pages, before.pages)
    assert failed.message == (
        "the PDF could not be made: the engine was killed, probably for want of memory. Make a smaller issue"
    )


def test_the_command_prints_the_address_and_ends_with_the_signal(tmp_path):
    program = [sys.executable, "-m", "publisher", "desk", str(tmp_path), "--no-browser"]
    with subprocess.Popen(program, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        line = process.stdout.readline()
        process.terminate()
        _, complaints = process.communicate(timeout=30)

    assert re.fullmatch(
        rf"The desk of {re.escape(str(tmp_path))} is at http://127\.0\.0\.1:\d+/\?token=[\w-]{{32}}\n", line
    )
    assert complaints == ""


@pytest.mark.parametrize("shelf", ["ke", "."])
def test_a_shelf_among_the_pages_would_be_read_with_them(tmp_path, shelf):
    result = run("desk", tmp_path, "--shelf", tmp_path / shelf, "--no-browser")

    assert (result.exit_code, result.stderr) == (
        2,
        f"publisher: the shelf {tmp_path / shelf} lies in {tmp_path}, whose pages are read. "
        "Choose a folder elsewhere\n",
    )

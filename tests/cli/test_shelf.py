"""``publisher shelf`` as it is meant to be used, and as it is not."""

import http.client
import re
import signal
import subprocess
import sys

import pytest

from publisher.automation.lock import locked
from publisher.automation.shelf.searching import with_search
from tests.automation.shelf.shelves import put_issue
from tests.cli.running import PAGE, interruptible, run


@pytest.fixture
def shelf(tmp_path):
    put_issue(tmp_path / "shelf", "2026-W12")
    return tmp_path / "shelf"


@pytest.mark.parametrize(
    "command", [("shelf",), ("shelf", "add"), ("shelf", "refresh"), ("shelf", "serve")], ids=" ".join
)
def test_every_command_explains_itself(command):
    assert run(*command, "--help").exit_code == 0


DESK = """\
[issue]
title = "Tuần tin"
date = 2026-03-21
[[outputs]]
file = "so.epub"
"""


class TestAdd:
    def test_the_issue_of_a_desk_is_put_on_the_shelf_once_unless_it_shall_be_replaced(self, shelf, tmp_path):
        (tmp_path / "week").mkdir()
        (tmp_path / "week" / "cau.txt").write_text(PAGE, encoding="utf-8")
        (tmp_path / "week" / "desk.toml").write_text(DESK, encoding="utf-8")

        refused = run("shelf", "add", shelf, tmp_path / "week" / "desk.toml")
        added = run("shelf", "add", shelf, tmp_path / "week" / "desk.toml", "--replace")

        assert (refused.exit_code, refused.stderr) == (
            3,
            f"publisher: the shelf {shelf} has an issue of 2026-W12 already. "
            "Give --replace to put this one in its place\n",
        )
        assert (added.exit_code, added.stdout) == (0, f"{shelf}: 2026-W12 has 1 article in 1 file\n")
        assert (shelf / "latest.epub").is_symlink() or (shelf / "latest.epub").is_file()

    def test_a_desk_that_makes_no_file_is_an_error(self, shelf, tmp_path):
        (tmp_path / "desk.toml").write_text("outputs = []\n", encoding="utf-8")

        result = run("shelf", "add", shelf, tmp_path / "desk.toml")

        assert (result.exit_code, result.stderr) == (
            2,
            f"publisher: {tmp_path / 'desk.toml'} names no outputs. Add [[outputs]] there\n",
        )


class TestRefresh:
    def test_it_says_what_it_did(self, shelf):
        first = run("shelf", "refresh", shelf, "--title", "The Week", "--keep", 2)
        second = run("shelf", "refresh", shelf)

        assert (first.exit_code, first.stdout) == (0, f"{shelf}: 1 issue, 21 files changed\n")
        assert (second.exit_code, second.stdout) == (0, f"{shelf}: 1 issue, nothing changed\n")
        assert "<h1>The Week</h1>" in (shelf / "index.html").read_text(encoding="utf-8")

    def test_it_says_what_it_left_out_and_what_it_removed(self, shelf):
        put_issue(shelf, "2026-W13")
        run("shelf", "refresh", shelf, "--keep", 1)
        put_issue(shelf, "2026-W14")
        (shelf / "issues" / "2026-W13" / "issue.json").write_bytes(b"{")

        refreshed = run("shelf", "refresh", shelf)

        assert "removed issues/2026-W12\n" in refreshed.stdout
        assert refreshed.stderr.startswith("publisher: the issue 2026-W13 is not listed: cannot read the proof ")

    def test_it_waits_for_no_run_that_is_at_work(self, shelf):
        with locked(shelf):
            result = run("shelf", "refresh", shelf)

        assert result.exit_code == 11
        assert re.fullmatch(
            rf"publisher: another run \(process \d+\) is at work on {shelf}\. Wait for it, or end it\.\n", result.stderr
        )
        assert not (shelf / "index.html").exists()

    @pytest.mark.parametrize("command", ["refresh", "serve"])
    def test_a_folder_that_is_not_there_is_an_error(self, tmp_path, command):
        result = run("shelf", command, tmp_path / "shelv")

        assert result.exit_code == 3
        assert result.stderr == (
            f"publisher: there is no shelf {tmp_path / 'shelv'}: no such folder. "
            "Correct the name, or let publisher digest make it.\n"
        )

    @pytest.mark.parametrize("options", [("--keep", "0"), ("--keep", "-3"), ("--keep", "x"), ("--base-url", "example")])
    def test_wrong_values_are_refused(self, shelf, options):
        assert run("shelf", "refresh", shelf, *options).exit_code == 2
        assert not (shelf / "index.html").exists()


class TestServe:
    @pytest.mark.parametrize(
        ("signal_", "code", "said"),
        [(signal.SIGINT, 0, "publisher: no longer serving\n"), (signal.SIGTERM, 143, "")],
        ids=["interrupted", "terminated"],
    )
    def test_it_serves_until_it_is_stopped(self, shelf, signal_, code, said):
        run("shelf", "refresh", shelf)
        command = [sys.executable, "-m", "publisher", "shelf", "serve", str(shelf), "--port", "0"]
        with subprocess.Popen(
            command,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            preexec_fn=interruptible,
        ) as process:
            address = process.stdout.readline()
            port = int(re.fullmatch(r"http://127\.0\.0\.1:(\d+)/\n", address)[1])
            rest = [process.stdout.readline() for _ in range(2)]
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
            connection.request("GET", "/catalog.xml")
            body = connection.getresponse().read()
            connection.close()
            process.send_signal(signal_)
            _, errors = process.communicate(timeout=30)

        assert rest == [f"{address[:-1]}catalog.xml (OPDS 1.2)\n", f"{address[:-1]}opds2/catalog.json (OPDS 2.0)\n"]
        assert body == with_search((shelf / "catalog.xml").read_bytes())
        assert process.returncode == code
        assert errors == f"GET /catalog.xml 200 {len(body)}\n{said}"

    def test_a_shelf_without_catalogues_is_not_served(self, shelf):
        result = run("shelf", "serve", shelf, "--port", "0")

        assert result.exit_code == 3
        assert result.stderr == (
            f"publisher: {shelf} has no catalogues: nothing leads to its issues. Run publisher shelf refresh {shelf}\n"
        )

    def test_a_name_that_is_none_is_refused(self, shelf):
        run("shelf", "refresh", shelf)

        result = run("shelf", "serve", shelf, "--name", "http://news.lan/")

        assert result.exit_code == 2
        assert result.stderr == (
            "publisher: --name 'http://news.lan/' is no host. Give a name such as news.lan, without http://.\n"
        )

"""What goes wrong with nobody watching, and the documented outcome of each."""

import datetime as dt
import functools
import os
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys

import pytest

from publisher.automation.digest.outcome import Ending
from publisher.automation.ledger.store import open_ledger
from publisher.automation.lock import locked
from publisher.errors import ConfigError, InputError, LockedError, OutputError
from tests.automation.digest.test_digest import BRIDGE, CRANES, SILK
from tests.automation.digests import NOW, SETTINGS, Desk, feed_server, page
from tests.privileges import ordinary_rights


@pytest.fixture
def desk(tmp_path) -> Desk:
    desk = Desk(tmp_path)
    desk.put("2026-W12", "cau.md", page(BRIDGE, "2026-03-17"))
    return desk


def limited(desk: Desk, kind: int, limit: int) -> subprocess.CompletedProcess[str]:
    """A run in a process of its own that the system limits."""
    return subprocess.run(
        [sys.executable, "-m", "publisher", "digest", desk.folder / "digest.toml", "--week", "2026-W12"],
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(kind, (limit, limit)),
        env={**os.environ, "HOME": str(desk.folder)},
    )


class TestLock:
    def test_a_second_run_at_the_same_time_is_refused(self, desk):
        with locked(desk.shelf), pytest.raises(LockedError) as raised:
            desk.run()

        assert str(raised.value) == (
            f"another run (process {os.getpid()}) is at work on {desk.shelf}. Wait for it, or end it."
        )
        assert desk.run().ending == Ending.PUBLISHED

    def test_a_dead_process_keeps_no_lock(self, desk):
        program = (
            "import sys, time, pathlib\nfrom publisher.automation.lock import locked\n"
            "with locked(pathlib.Path(sys.argv[1])):\n    print('held', flush=True)\n    time.sleep(60)\n"
        )
        holder = subprocess.Popen([sys.executable, "-c", program, str(desk.shelf)], stdout=subprocess.PIPE)
        assert holder.stdout is not None
        with holder, holder.stdout:
            assert holder.stdout.readline() == b"held\n"
            with pytest.raises(LockedError):
                desk.run()
            holder.send_signal(signal.SIGKILL)

        assert desk.run().ending == Ending.PUBLISHED


class TestLedger:
    def test_a_corrupt_ledger_is_put_aside_and_made_anew_from_the_shelf(self, desk):
        desk.run()
        ledger = desk.folder / "ledger.sqlite"
        ledger.write_bytes(b"SQLite format 3\0" + b"\xff" * 8000)
        desk.put("2026-W13", "cau.md", page(BRIDGE, "2026-03-17"))
        desk.put("2026-W13", "seu.md", page(CRANES, "2026-03-24"))

        outcome = desk.run("2026-W13")

        assert outcome.ending == Ending.PUBLISHED_WITH_WARNINGS
        assert [warning.partition(" (")[0] for warning in outcome.warnings] == [f"the ledger {ledger} is damaged"]
        assert desk.headlines("2026-W13") == [CRANES]
        assert (desk.folder / "ledger.sqlite.corrupt-1").read_bytes()[-1] == 0xFF

    def test_a_lost_ledger_is_made_anew(self, desk):
        desk.run()
        (desk.folder / "ledger.sqlite").unlink()
        desk.put("2026-W13", "cau.md", page(BRIDGE, "2026-03-17"))

        assert desk.run("2026-W13").ending == Ending.NOTHING_NEW

    def test_a_ledger_of_a_later_version_is_left_alone(self, desk):
        path = desk.folder / "ledger.sqlite"
        with sqlite3.connect(path) as connection:
            connection.execute("PRAGMA user_version = 99")
        connection.close()

        with pytest.raises(ConfigError) as raised:
            desk.run()

        assert str(raised.value) == f"cannot use the ledger {path}: a later publisher wrote it. Use that one."

    def test_it_remembers_what_the_shelf_has_not_any_more(self, desk):
        desk.run()
        for path in desk.issue("2026-W12").iterdir():
            path.unlink()
        desk.issue("2026-W12").rmdir()
        desk.put("2026-W13", "cau.md", page(BRIDGE, "2026-03-17"))

        assert desk.run("2026-W12").message == (
            "2026-W12 is published already: the ledger; the shelf keeps it no longer"
        )
        assert desk.run("2026-W13").ending == Ending.NOTHING_NEW


class TestInterrupted:
    def test_an_issue_that_only_the_shelf_knows_is_finished(self, desk):
        desk.run()
        before = desk.files()
        (desk.folder / "ledger.sqlite").unlink()
        (desk.shelf / "feed.xml").unlink()

        outcome = desk.run()

        assert (outcome.ending, outcome.message) == (
            Ending.PUBLISHED,
            "2026-W12 was published by a run that was ended, and is now complete",
        )
        assert desk.files() == before
        assert desk.run().ending == Ending.ALREADY_PUBLISHED

    def test_half_an_issue_is_removed(self, desk):
        half = desk.shelf / "issues" / ".building-2026-W11"
        half.mkdir(parents=True)
        (half / "lam-chau.epub").write_bytes(b"PK")

        desk.run()

        assert [path.name for path in (desk.shelf / "issues").iterdir()] == ["2026-W12"]

    def test_an_issue_that_was_about_to_be_replaced_is_back(self, desk):
        desk.run()
        before = desk.files()
        desk.issue("2026-W12").rename(desk.shelf / "issues" / ".replaced-2026-W12")

        assert desk.run().ending == Ending.ALREADY_PUBLISHED
        assert desk.files() == before

    def test_a_folder_without_a_proof_is_put_aside(self, desk):
        desk.issue("2026-W12").mkdir(parents=True)

        outcome = desk.run()

        assert (outcome.ending, outcome.warnings) == (
            Ending.PUBLISHED_WITH_WARNINGS,
            (f"{desk.issue('2026-W12')} holds no issue that can be read: it is now .broken-2026-W12-1",),
        )


class TestDisk:
    @pytest.mark.parametrize(
        "pages", [0, 1, *(pytest.param(pages, marks=pytest.mark.campaign) for pages in range(2, 9))]
    )
    def test_a_ledger_that_finds_no_room_for_so_many_pages_is_whole_after_the_next_run(self, desk, pages):
        """SQLite's own writes fail, of the ledger and of its journal: no other file of this run is as small."""
        ended = limited(desk, resource.RLIMIT_FSIZE, 4096 * pages)

        assert ended.returncode in (0, 20, OutputError.exit_code), ended.stderr
        assert desk.run("2026-W12").ending in (Ending.PUBLISHED, Ending.ALREADY_PUBLISHED)
        assert desk.headlines("2026-W12") == [BRIDGE]
        with open_ledger(desk.folder / "ledger.sqlite") as ledger:
            assert ledger.proofs("lam-chau").keys() == {"2026-W12"}

    @pytest.mark.sample(2)
    @pytest.mark.parametrize("limit_bytes", [pytest.param(4096, id="the ledger"), pytest.param(100_000, id="a file")])
    def test_a_full_disk_publishes_nothing_and_the_next_run_does(self, desk, limit_bytes):
        long = " ".join(str(number**5) for number in range(20_000))
        desk.put("2026-W12", "cau.md", page(BRIDGE, "2026-03-17", extra=long))

        ended = limited(desk, resource.RLIMIT_FSIZE, limit_bytes)

        assert ended.returncode == OutputError.exit_code, ended.stderr
        assert ended.stderr.splitlines()[-1].startswith("publisher: cannot ")
        assert not desk.issue("2026-W12").exists()
        assert desk.run("2026-W12").ending == Ending.PUBLISHED

    def test_a_file_in_the_place_of_the_shelf_is_an_error(self, desk):
        desk.shelf.write_text("")

        with pytest.raises(OutputError) as raised:
            desk.run()

        assert str(raised.value) == (
            f"cannot work in the shelf {desk.shelf}: file exists. Choose another or change it."
        )

    def test_a_read_only_shelf_is_an_error(self, desk):
        desk.shelf.mkdir()
        desk.shelf.chmod(0o555)

        with ordinary_rights(), pytest.raises(OutputError) as raised:
            desk.run()

        desk.shelf.chmod(0o755)
        assert str(raised.value) == (
            f"cannot work in the shelf {desk.shelf}: permission denied. Choose another or change it."
        )
        assert desk.run().ending == Ending.PUBLISHED


STATEMENTS = 19
"""What a run asks of its ledger, at least."""


class TestStatements:
    """SQLite's own reads and writes, each of which the disk can refuse."""

    @pytest.mark.parametrize("words", ["disk I/O error", "database or disk is full"])
    @pytest.mark.parametrize(
        "number",
        [*range(0, STATEMENTS, 6), *(pytest.param(each, marks=pytest.mark.campaign) for each in range(STATEMENTS))],
    )
    def test_whichever_the_disk_refuses_the_run_says_so_and_the_next_makes_all_whole(
        self, desk, monkeypatch, number, words
    ):
        asked = []

        def refused(name):
            def ask(connection, *arguments):
                asked.append(name)
                if len(asked) == number + 1:
                    if name == "__exit__":
                        connection.rollback()  # So does the module when the commit fails.
                    raise sqlite3.OperationalError(words)
                return getattr(sqlite3.Connection, name)(connection, *arguments)

            return ask

        names = ("execute", "executemany", "executescript", "__exit__")
        refusing = type("Refusing", (sqlite3.Connection,), {name: refused(name) for name in names})
        with monkeypatch.context() as patched:
            patched.setattr(sqlite3, "connect", functools.partial(sqlite3.connect, factory=refusing))
            with pytest.raises(OutputError) as raised:
                desk.run("2026-W12")

        assert len(asked) > number
        assert words in str(raised.value)
        assert desk.run("2026-W12").ending in (Ending.PUBLISHED, Ending.ALREADY_PUBLISHED)
        assert desk.headlines("2026-W12") == [BRIDGE]
        with open_ledger(desk.folder / "ledger.sqlite") as ledger:
            assert ledger.proofs("lam-chau").keys() == {"2026-W12"}


ONE_ALLOCATION = """
import sys, _testcapi
from publisher.cli import cli
number, *arguments = sys.argv[1:]
_testcapi.set_nomemory(int(number), int(number) + 1)
cli(arguments, prog_name="publisher")
"""


class TestMemory:
    @pytest.mark.parametrize(
        "number",
        [
            3_000,
            600_000,
            *(pytest.param(int(1_000 * 1.2**step), marks=pytest.mark.campaign) for step in range(42)),
        ],
    )
    def test_a_run_in_which_one_allocation_fails_ends_as_documented_and_the_next_makes_all_whole(self, desk, number):
        """The interpreter makes some 1,500,000 of them in a run; what fails in C is met where Python is asked again."""
        pytest.importorskip("_testcapi", reason="this interpreter cannot refuse itself memory")

        ended = subprocess.run(
            [
                sys.executable,
                "-c",
                ONE_ALLOCATION,
                str(number),
                "digest",
                desk.folder / "digest.toml",
                "--week",
                "2026-W12",
            ],
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, "HOME": str(desk.folder)},
        )

        assert ended.returncode in (0, 3, 4, 5, 6, 20), ended.stderr
        assert "Traceback" not in ended.stderr
        assert desk.run("2026-W12").ending in (Ending.PUBLISHED, Ending.ALREADY_PUBLISHED)
        assert desk.headlines("2026-W12") == [BRIDGE]

    @pytest.mark.parametrize(
        "mebibytes",
        [60, 200, *(pytest.param(each, marks=pytest.mark.campaign) for each in (80, 100, 125, 150, 175, 300))],
    )
    def test_a_run_with_little_memory_ends_as_documented_and_the_next_makes_all_whole(self, desk, mebibytes):
        ended = limited(desk, resource.RLIMIT_AS, mebibytes * 2**20)

        assert ended.returncode in (0, 3, 5, 6, 20), ended.stderr
        assert "Traceback" not in ended.stderr
        assert desk.run("2026-W12").ending in (Ending.PUBLISHED, Ending.ALREADY_PUBLISHED)
        assert desk.headlines("2026-W12") == [BRIDGE]
        assert (desk.shelf / "catalog.xml").exists()


class TestClock:
    def test_a_clock_that_was_set_back_makes_no_issue_of_the_past(self, desk):
        desk.run()
        before = desk.files()
        desk.put("2026-W10", "lua.md", page(SILK, "2026-03-03"))

        outcome = desk.run(now=NOW - dt.timedelta(days=14))

        assert (outcome.ending, outcome.message, outcome.warnings) == (
            Ending.ALREADY_PUBLISHED,
            "nothing is done for 2026-W10: the later 2026-W12 is published. Give --week to make it",
            ("the clock says 2026-03-09, and 2026-W12 is published already",),
        )
        assert desk.files() == before
        assert desk.run("2026-W10").ending == Ending.PUBLISHED


class TestSources:
    def test_a_source_that_hangs_costs_only_its_seconds(self, tmp_path):
        with feed_server({"/rss": None}) as server:
            desk = Desk(
                tmp_path,
                SETTINGS.replace("[[outputs]]", f'[[sources]]\nfrom = "{server}/rss"\n\n[[outputs]]')
                + '[fetch]\nallow_private = ["127.0.0.1"]\nseconds = 0.3\n',
            )
            desk.put("2026-W12", "cau.md", page(BRIDGE, "2026-03-17"))

            outcome = desk.run()

        assert outcome.ending == Ending.PUBLISHED_WITH_WARNINGS
        assert outcome.warnings == (f"cannot read '{server}/rss': it took longer than 0.3 seconds.",)
        assert desk.headlines("2026-W12") == [BRIDGE]


class TestCache:
    def test_a_damaged_cache_is_a_cache_that_is_not_there(self, desk):
        desk.run()
        before = desk.files()
        entries = [path for path in (desk.folder / "cache").glob("*/*/*") if path.is_file()]
        for path in entries:
            data = bytearray(path.read_bytes())
            data[len(data) // 2] ^= 0xFF
            path.write_bytes(data)

        desk.run(rebuild=True)

        assert {path.parts[-3] for path in entries} == {
            *("fingerprints", "readings", "files", "archives", "words", "markups", "surveys", "webpages"),
        }
        assert desk.files() == before

    def test_a_week_with_a_changed_page_is_the_same_with_it_as_without(self, desk):
        settings = SETTINGS.replace('checks = "none"', 'checks = "error"\nvalidators = "skip"')
        desk.configure(settings.replace('name = "bare"', 'name = "compilation"'))
        desk.run()
        desk.put("2026-W12", "cau.md", page(BRIDGE, "2026-03-17", extra="Chiều qua cầu được thử tải."))

        def made_anew() -> dict[str, bytes]:
            shutil.rmtree(desk.shelf)
            (desk.folder / "ledger.sqlite").unlink()
            assert desk.run().ending in (Ending.PUBLISHED, Ending.PUBLISHED_WITH_WARNINGS)
            return desk.files()

        with_it = made_anew()
        kinds = {path.name for path in (desk.folder / "cache").iterdir()}
        for path in sorted((desk.folder / "cache").glob("*/*/*"))[::2]:
            path.unlink()
        with_half_of_it = made_anew()
        shutil.rmtree(desk.folder / "cache")

        assert with_it == with_half_of_it == made_anew()
        assert kinds >= {"readings", "files", "words", "markups", "covers", "reports"}

    def test_it_may_be_deleted(self, desk):
        desk.run()
        before = desk.files()
        shutil.rmtree(desk.folder / "cache")

        assert desk.run(rebuild=True).message == "2026-W12 is made again: the same bytes"
        assert desk.files() == before

    def test_a_source_that_failed_is_never_taken_for_a_week_without_news(self, tmp_path):
        desk = Desk(tmp_path)
        desk.put("2026-W12", "cau.md", page(BRIDGE, "2026-03-17"))
        page_of_bridge = tmp_path / "pages" / "2026-W12" / "cau.md"
        page_of_bridge.unlink()
        page_of_bridge.symlink_to("khong-co.md")

        with pytest.raises(InputError) as raised:
            desk.run()

        assert str(raised.value).startswith(
            "there is nothing new for 2026-W12, and one source failed. The first: cannot"
        )

    def test_a_run_that_is_as_it_should_be_says_when_it_was(self, tmp_path):
        desk = Desk(tmp_path)
        told = tmp_path / "lam-chau.last-success"
        (tmp_path / "pages" / "2026-W12").mkdir(parents=True)
        desk.run()
        nothing = told.read_text()
        desk.put("2026-W12", "cau.md", page(BRIDGE, "2026-03-17"))
        desk.run()

        assert nothing.split()[1:] == ["2026-W12", "21"]
        assert told.read_text().split()[1:] == ["2026-W12", "0"]

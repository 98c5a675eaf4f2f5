"""The ledger by itself: its versions, its transactions, what it remembers."""

import sqlite3
from contextlib import closing

import msgspec
import pytest

from publisher.automation.issues.proof import Pointer
from publisher.automation.ledger.memory import Remembered
from publisher.automation.ledger.store import (
    MIGRATIONS,
    CorruptLedgerError,
    Issued,
    Run,
    open_ledger,
    set_ledger_aside,
)
from publisher.errors import OutputError
from tests.automation.digests import NOW
from tests.automation.issues.test_proof import PROOF

LATER = msgspec.structs.replace(PROOF, week="2026-W13", number=None, teasers=(Pointer(headline="Phà"),))
RAN = Remembered(week="2026-W12", number="12", key="k", sha256="1" * 64, headline="Bến Lứa", fingerprint=b"\x00\xff")


def test_a_ledger_remembers_what_issues_ran(tmp_path):
    path = tmp_path / "new" / "ledger.sqlite"
    with open_ledger(path) as ledger:
        ledger.enter(LATER, "d13")
        ledger.enter(PROOF, "d12")

    with open_ledger(path) as ledger:
        assert ledger.proofs("tuan-tin") == {"2026-W12": "d12", "2026-W13": "d13"}
        assert ledger.numbers("tuan-tin") == {"2026-W12": "12", "2026-W13": None}
        assert ledger.memory("tuan-tin", "2026-W13").articles == (RAN,)
        assert [each.number for each in ledger.memory("tuan-tin", "2026-W01").articles] == ["12", "2026-W13"]
        assert ledger.issued("tuan-tin") == (
            Issued(week="2026-W13", number=None, title="Tuần tin", articles=1, teasers=1),
            Issued(week="2026-W12", number="12", title="Tuần tin", articles=1, teasers=1),
        )


def test_series_do_not_know_each_other(tmp_path):
    with open_ledger(tmp_path / "ledger.sqlite") as ledger:
        ledger.enter(PROOF, "d12")

        assert ledger.proofs("khac") == {}
        assert ledger.memory("khac", "2026-W01").articles == ()


def test_an_issue_entered_again_takes_the_place_of_itself(tmp_path):
    with open_ledger(tmp_path / "ledger.sqlite") as ledger:
        ledger.enter(PROOF, "one")
        ledger.enter(msgspec.structs.replace(PROOF, articles=(), teasers=()), "two")

        assert ledger.proofs("tuan-tin") == {"2026-W12": "two"}
        assert [(each.articles, each.teasers) for each in ledger.issued("tuan-tin")] == [(0, 0)]


def test_runs_are_shown_the_newest_first_and_a_killed_one_without_an_end(tmp_path):
    with open_ledger(tmp_path / "ledger.sqlite") as ledger:
        first = ledger.begin_run("tuan-tin", "2026-W12", NOW)
        ledger.begin_run("tuan-tin", "2026-W12", NOW)
        ledger.end_run(first, NOW, 21, "nothing new")

        assert ledger.runs("tuan-tin") == (
            Run(week="2026-W12", started=NOW.isoformat(), ended=None, code=None, message=None),
            Run(week="2026-W12", started=NOW.isoformat(), ended=NOW.isoformat(), code=21, message="nothing new"),
        )


def test_deliveries_are_kept_by_issue(tmp_path):
    with open_ledger(tmp_path / "ledger.sqlite") as ledger:
        ledger.keep_deliveries("tuan-tin", "2026-W12", "[1]")
        ledger.keep_deliveries("tuan-tin", "2026-W12", "[2]")

        assert ledger.deliveries("tuan-tin", "2026-W12") == "[2]"
        assert ledger.deliveries("tuan-tin", "2026-W13") is None


@pytest.mark.parametrize("version", range(1, len(MIGRATIONS)))
def test_a_ledger_of_an_earlier_version_is_brought_to_this_one_with_what_it_knows(tmp_path, version):
    path = tmp_path / "ledger.sqlite"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript("".join(MIGRATIONS[:version]))
        connection.execute("INSERT INTO issues VALUES ('tuan-tin', '2026-W12', '12', 'Tuần tin', 'urn:x', 'd12')")
        connection.execute(
            "INSERT INTO articles VALUES ('tuan-tin', '2026-W12', 1, 'k', ?, NULL, 'Bến Lứa', NULL, ?)",
            ("1" * 64, b"\x00\xff"),
        )
        connection.execute(f"PRAGMA user_version = {version}")
        connection.commit()

    with open_ledger(path) as ledger:
        ledger.enter(LATER, "d13")
        ledger.keep_deliveries("tuan-tin", "2026-W12", "[]")

        assert ledger.memory("tuan-tin", "2026-W13").articles == (RAN,)
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (len(MIGRATIONS),)
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)


@pytest.mark.parametrize(
    "data", [pytest.param(b"no ledger at all" * 100, id="no database"), pytest.param(b"SQLite format 3\0", id="cut")]
)
def test_what_is_no_ledger_is_found_out_and_put_aside(tmp_path, data):
    path = tmp_path / "ledger.sqlite"
    path.write_bytes(data)
    with pytest.raises(CorruptLedgerError):
        open_ledger(path)

    asides = [set_ledger_aside(path).name]
    path.write_bytes(data)
    asides.append(set_ledger_aside(path).name)

    assert asides == ["ledger.sqlite.corrupt-1", "ledger.sqlite.corrupt-2"]
    assert (tmp_path / "ledger.sqlite.corrupt-1").read_bytes() == data
    with open_ledger(path) as ledger:
        assert ledger.proofs("tuan-tin") == {}


def test_a_page_that_was_overwritten_is_found_out(tmp_path):
    path = tmp_path / "ledger.sqlite"
    with open_ledger(path) as ledger:
        ledger.enter(PROOF, "d12")
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    data = bytearray(path.read_bytes())
    data[4096:8192] = b"\xff" * 4096
    path.write_bytes(data)

    with pytest.raises(CorruptLedgerError):
        open_ledger(path)


def test_a_folder_in_its_place_is_an_error(tmp_path):
    with pytest.raises(OutputError) as raised:
        open_ledger(tmp_path)

    assert str(raised.value) == f"cannot open the ledger {tmp_path}: is a directory. Choose another place."


def test_nobody_else_can_read_a_ledger(tmp_path):
    old, new = tmp_path / "old.sqlite", tmp_path / "new.sqlite"
    old.touch(0o644)
    old.chmod(0o644)

    for path in (old, new):
        with open_ledger(path) as ledger:
            ledger.enter(PROOF, "d12")

            modes = {each.name: each.stat().st_mode & 0o777 for each in tmp_path.glob(f"{path.name}*")}

        assert set(modes.values()) == {0o600}, modes

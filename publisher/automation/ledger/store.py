"""The ledger: what every issue of every series ran, and every run. The only user of SQLite.

The shelf is the truth and the ledger its memory, also of issues that the shelf no longer keeps: what the shelf has and
the ledger lacks is entered when a run begins.
"""

import contextlib
import datetime as dt
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Self

from publisher.automation.issues.proof import Proof
from publisher.automation.ledger.memory import Memory, Remembered
from publisher.errors import ConfigError, OutputError
from publisher.model.blocks import Value

MIGRATIONS = (
    # 1: what ran
    """
    CREATE TABLE issues (
        series TEXT NOT NULL, week TEXT NOT NULL, number TEXT, title TEXT NOT NULL, identifier TEXT NOT NULL,
        proof TEXT NOT NULL, PRIMARY KEY (series, week)
    ) WITHOUT ROWID;
    CREATE TABLE articles (
        series TEXT NOT NULL, week TEXT NOT NULL, place INTEGER NOT NULL, key TEXT NOT NULL, sha256 TEXT NOT NULL,
        source TEXT, headline TEXT NOT NULL, url TEXT, fingerprint BLOB, PRIMARY KEY (series, week, place),
        FOREIGN KEY (series, week) REFERENCES issues (series, week) ON DELETE CASCADE
    ) WITHOUT ROWID;
    CREATE INDEX articles_by_key ON articles (series, key);
    CREATE TABLE runs (
        id INTEGER PRIMARY KEY, series TEXT NOT NULL, week TEXT, started TEXT NOT NULL, ended TEXT, code INTEGER,
        message TEXT
    );
    """,
    # 2: what was pointed to, and what was sent
    """
    CREATE TABLE teasers (
        series TEXT NOT NULL, week TEXT NOT NULL, place INTEGER NOT NULL, headline TEXT NOT NULL, url TEXT,
        PRIMARY KEY (series, week, place),
        FOREIGN KEY (series, week) REFERENCES issues (series, week) ON DELETE CASCADE
    ) WITHOUT ROWID;
    CREATE TABLE deliveries (
        series TEXT NOT NULL, week TEXT NOT NULL, records TEXT NOT NULL, PRIMARY KEY (series, week)
    ) WITHOUT ROWID;
    """,
)
"""Each brings a ledger of the version before to its own, which is its place here, from 1. None is ever changed."""


_REMEMBERED = ("week", "number", "key", "sha256", "source", "headline", "url", "fingerprint")


class CorruptLedgerError(Exception):
    """The file is no ledger any more."""


class Run(Value, frozen=True, kw_only=True):
    """One run, as history shows it."""

    week: str | None
    started: str
    ended: str | None
    """``None`` for one that was killed, or is still going on."""

    code: int | None
    message: str | None


class Issued(Value, frozen=True, kw_only=True):
    """One issue, as history shows it."""

    week: str
    number: str | None
    title: str
    articles: int
    teasers: int


class Ledger:
    """An open ledger. Use it as a context manager."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self._path = path
        self._connection = connection

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self._connection.close()

    # --- issues ----------------------------------------------------------------------------------------------------

    def enter(self, proof: Proof, digest: str) -> None:
        """Enter an issue in the place of what was there, in one transaction; ``digest`` is that of its proof's file."""
        key = (proof.series, proof.week)
        with self._writing() as connection:
            connection.execute("DELETE FROM issues WHERE series = ? AND week = ?", key)
            connection.execute(
                "INSERT INTO issues VALUES (?, ?, ?, ?, ?, ?)",
                (*key, proof.number, proof.title, proof.identifier, digest),
            )
            connection.executemany(
                "INSERT INTO articles VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                [
                    (*key, place, each.key, each.sha256, each.source, each.headline, each.url, each.fingerprint)
                    for place, each in enumerate(proof.articles, start=1)
                ],
            )
            connection.executemany(
                "INSERT INTO teasers VALUES (?, ?, ?, ?, ?)",
                [(*key, place, each.headline, each.url) for place, each in enumerate(proof.teasers, start=1)],
            )

    def proofs(self, series: str) -> dict[str, str]:
        """The digest of each issue's proof, by week."""
        return dict(self._rows("SELECT week, proof FROM issues WHERE series = ? ORDER BY week", series))

    def memory(self, series: str, without: str) -> Memory:
        """What the issues of all weeks but one ran, from the oldest to the newest."""
        rows = self._rows(
            "SELECT a.week, coalesce(i.number, i.week), a.key, a.sha256, a.source, a.headline, a.url, a.fingerprint "
            "FROM articles a JOIN issues i USING (series, week) WHERE a.series = ? AND a.week <> ? "
            "ORDER BY a.week, a.place",
            series,
            without,
        )
        return Memory(
            Remembered(
                week=week,
                number=number,
                key=key,
                sha256=sha,
                source=source,
                headline=headline,
                url=url,
                fingerprint=mark,
            )
            for week, number, key, sha, source, headline, url, mark in rows
        )

    def numbers(self, series: str) -> dict[str, str | None]:
        """The printed number of each issue, by week."""
        return dict(self._rows("SELECT week, number FROM issues WHERE series = ? ORDER BY week", series))

    def issued(self, series: str) -> tuple[Issued, ...]:
        """All issues, the newest first."""
        rows = self._rows(
            "SELECT week, number, title, "
            "(SELECT count(*) FROM articles a WHERE a.series = i.series AND a.week = i.week), "
            "(SELECT count(*) FROM teasers t WHERE t.series = i.series AND t.week = i.week) "
            "FROM issues i WHERE series = ? ORDER BY week DESC",
            series,
        )
        return tuple(
            Issued(week=week, number=number, title=title, articles=articles, teasers=teasers)
            for week, number, title, articles, teasers in rows
        )

    # --- deliveries ------------------------------------------------------------------------------------------------

    def deliveries(self, series: str, week: str) -> str | None:
        """The records of an issue's deliveries as JSON; ``None`` when there are none."""
        query = "SELECT records FROM deliveries WHERE series = ? AND week = ?"
        rows: list[tuple[str]] = self._rows(query, series, week)
        return rows[0][0] if rows else None

    def keep_deliveries(self, series: str, week: str, records: str) -> None:
        """Keep them in the place of those that were there."""
        with self._writing() as connection:
            connection.execute("INSERT OR REPLACE INTO deliveries VALUES (?, ?, ?)", (series, week, records))

    # --- runs ------------------------------------------------------------------------------------------------------

    def begin_run(self, series: str, week: str, now: dt.datetime) -> int:
        """Enter a run that has begun; its number."""
        with self._writing() as connection:
            cursor = connection.execute(
                "INSERT INTO runs (series, week, started) VALUES (?, ?, ?)",
                (series, week, _stamp(now)),
            )
            return cursor.lastrowid or 0

    def end_run(self, run: int, now: dt.datetime, code: int, message: str) -> None:
        """Enter how a run ended."""
        with self._writing() as connection:
            connection.execute(
                "UPDATE runs SET ended = ?, code = ?, message = ? WHERE id = ?",
                (_stamp(now), code, message, run),
            )

    def runs(self, series: str, limit: int = 50) -> tuple[Run, ...]:
        """The last runs, the newest first."""
        rows = self._rows(
            "SELECT week, started, ended, code, message FROM runs WHERE series = ? ORDER BY id DESC LIMIT ?",
            series,
            limit,
        )
        return tuple(
            Run(week=week, started=started, ended=ended, code=code, message=message)
            for week, started, ended, code, message in rows
        )

    def _rows(self, query: str, *values: object) -> list[Any]:
        try:
            return self._connection.execute(query, values).fetchall()
        except sqlite3.Error as error:
            why = f"{error}. Move it away to have it made anew"
            raise OutputError(f"cannot read the ledger {self._path}: {why}.") from error

    @contextlib.contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """A transaction; nothing of it stays when the block fails."""
        try:
            with self._connection as connection:
                connection.execute("BEGIN IMMEDIATE")
                yield connection
        except sqlite3.Error as error:
            raise OutputError(f"cannot write the ledger {self._path}: {error}. The next run enters it.") from error


def open_ledger(path: Path, *, read_only: bool = False) -> Ledger:
    """The ledger in a file, made where there is none, brought to this version, and found sound.

    CorruptLedgerError when it is damaged or no ledger; ConfigError when a later publisher wrote it; OutputError when
    the folder cannot be written.
    """
    try:
        if not read_only:
            path.parent.mkdir(parents=True, exist_ok=True)
            _keep_private(path)
        uri = f"{path.absolute().as_uri()}?mode={'ro' if read_only else 'rwc'}"
        connection = sqlite3.connect(uri, uri=True, isolation_level=None)
    except (sqlite3.Error, OSError) as error:
        reason = (getattr(error, "strerror", None) or str(error)).lower()
        raise OutputError(f"cannot open the ledger {path}: {reason}. Choose another place.") from error
    try:
        connection.execute("PRAGMA foreign_keys = ON")
        (sound,) = connection.execute("PRAGMA integrity_check").fetchone()
        if sound != "ok":
            raise CorruptLedgerError(str(sound).splitlines()[0])
        if not read_only:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
        _migrate(connection, path, read_only=read_only)
    except sqlite3.OperationalError as error:
        connection.close()
        raise OutputError(f"cannot open the ledger {path}: {error}. Choose another place.") from error
    except sqlite3.DatabaseError as error:
        connection.close()
        raise CorruptLedgerError(str(error)) from error
    except BaseException:
        connection.close()
        raise
    return Ledger(path, connection)


def _keep_private(path: Path) -> None:
    """Make the file where there is none, and close it to others: it holds recipients' addresses.

    SQLite gives its journals the same permissions.
    """
    os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))
    with contextlib.suppress(PermissionError):  # Somebody else's, which we may write.
        path.chmod(0o600)


def _migrate(connection: sqlite3.Connection, path: Path, *, read_only: bool) -> None:
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version > len(MIGRATIONS):
        raise ConfigError(f"cannot use the ledger {path}: a later publisher wrote it. Use that one.")
    if read_only and version < len(MIGRATIONS):
        raise CorruptLedgerError("it is of an earlier version, and is only read")
    for number, script in enumerate(MIGRATIONS[version:], start=version + 1):
        # The version is part of the transaction: killed in between, the step is done again from the start.
        connection.executescript(f"BEGIN IMMEDIATE; {script} PRAGMA user_version = {number}; COMMIT;")


def set_ledger_aside(path: Path) -> Path:
    """Give a damaged ledger another name, its journals too; the new one."""
    for number in range(1, 1000):
        aside = path.with_name(f"{path.name}.corrupt-{number}")
        if not aside.exists():
            for suffix in ("", "-wal", "-shm"):
                with contextlib.suppress(FileNotFoundError):
                    path.with_name(path.name + suffix).rename(aside.with_name(aside.name + suffix))
            return aside
    raise OutputError(f"cannot put the ledger {path} aside: there are too many like it. Remove some.")


def _stamp(moment: dt.datetime) -> str:
    return moment.isoformat(timespec="seconds")

"""The index: by which words an article of an archive is found. It is made of the parts, and may be deleted."""

import contextlib
import datetime as dt
import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path

from publisher.archive.parts import KeptArticle, read_part
from publisher.archive.places import parts_of, weeks_of
from publisher.archive.words import searched, words_in
from publisher.compiling import words_of
from publisher.errors import InputError
from publisher.model.blocks import Value

NAME = "index.sqlite"

_VERSION = 1
"""Raised when anything in it is made otherwise: it is then made again."""

_TABLES = """
CREATE TABLE parts (name TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE articles (
    id INTEGER PRIMARY KEY, key TEXT NOT NULL, headline TEXT NOT NULL, publication TEXT, language TEXT NOT NULL,
    url TEXT, published TEXT, part TEXT NOT NULL, place INTEGER NOT NULL
);
CREATE VIRTUAL TABLE words USING fts5 (said, content = '', detail = none, tokenize = 'unicode61 remove_diacritics 0');
"""
"""Without the texts, which the parts have, and without the places of words: an index is a quarter of the articles."""

_BITS = 24
"""A number holds its article's day above so many bits, and which it is of that day in them: so the newest are found
first without sorting, and a span of days is a span of numbers."""


class Question(Value, frozen=True, kw_only=True):
    """What is looked for: all of it holds."""

    words: str = ""
    """Each of them stands in the article; what has no marks is found with them too."""

    since: dt.date | None = None
    until: dt.date | None = None
    publication: str | None = None
    language: str | None = None
    """The primary subtag."""


class Found(Value, frozen=True, kw_only=True):
    """An article that was found, and where it is."""

    key: str
    headline: str
    publication: str | None
    language: str
    url: str | None
    published: str | None
    part: str
    place: int


def index(archive: Path) -> int:
    """Bring the index up to the parts that there are; how many articles were taken up. InputError for no archive."""
    with _opened(archive) as base:
        had = {name for (name,) in base.execute("SELECT name FROM parts")}
        taken = 0
        for week in weeks_of(archive):
            for path in parts_of(archive, week):
                name = path.relative_to(archive).as_posix()
                if name not in had:
                    with base:  # A part is taken up whole or not at all.
                        taken += _take_up(base, name, list(read_part(path)))
        return taken


def find(archive: Path, question: Question, limit: int) -> list[Found]:
    """The newest articles that answer the question, each once; those without a date come last, and only without days.

    InputError when the index cannot be used.
    """
    wheres, values = _conditions(question)
    sought = " ".join(f'"{word}"' for word in words_in(question.words))
    table = "articles"
    if sought:
        table = "words JOIN articles ON articles.id = words.rowid"
        wheres, values = ["words MATCH ?", *wheres], [sought, *values]
    identity = "words.rowid" if sought else "articles.id"
    where = f"WHERE {' AND '.join(wheres)}".replace("{id}", identity) if wheres else ""
    columns = ", ".join(f"articles.{name}" for name in Found.__struct_fields__)
    query = f"SELECT {columns} FROM {table} {where} ORDER BY {identity} DESC"  # noqa: S608 - names of ours
    found: dict[str, Found] = {}
    with _opened(archive) as base:
        for row in base.execute(query, values):
            each = Found(**dict(zip(Found.__struct_fields__, row, strict=True)))
            found.setdefault(each.key, each)
            if len(found) == limit:
                break
    return list(found.values())


def _conditions(question: Question) -> tuple[list[str], list[object]]:
    """What SQL asks of an article, ``{id}`` standing for its number, and the values in it."""
    wheres: list[str] = []
    values: list[object] = []
    if question.since:
        wheres.append("{id} >= ?")
        values.append(question.since.toordinal() << _BITS)
    elif question.until:
        wheres.append("{id} >= ?")
        values.append(1 << _BITS)
    if question.until:
        wheres.append("{id} < ?")
        values.append((question.until.toordinal() + 1) << _BITS)
    if question.publication:
        wheres.append("articles.publication = ?")
        values.append(question.publication)
    if question.language:
        wheres.append("(articles.language = ? OR articles.language LIKE ?)")
        values += [question.language, f"{question.language}-%"]
    return wheres, values


def _take_up(base: sqlite3.Connection, part: str, rows: Sequence[KeptArticle]) -> int:
    base.execute("INSERT INTO parts VALUES (?)", (part,))
    for place, row in enumerate(rows):
        start = row.published.toordinal() << _BITS if row.published else 0
        (last,) = base.execute("SELECT max(id) FROM articles WHERE id < ?", (start + (1 << _BITS),)).fetchone()
        number = max(start, (last or 0) + 1)
        day = row.published.isoformat() if row.published else None
        base.execute(
            "INSERT INTO articles VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (number, row.key, row.headline, row.publication, row.language, row.url, day, part, place),
        )
        words = " ".join(sorted(searched(words_of(row.whole()))))
        base.execute("INSERT INTO words (rowid, said) VALUES (?, ?)", (number, words))
    return len(rows)


@contextlib.contextmanager
def _opened(archive: Path) -> Iterator[sqlite3.Connection]:
    """The index; an empty one where there is none of this version. InputError when it cannot be used."""
    path = archive / NAME
    weeks_of(archive)  # It says where there is no archive.
    try:
        with contextlib.closing(sqlite3.connect(path, timeout=60)) as base:
            (version,) = base.execute("PRAGMA user_version").fetchone()
            if version != _VERSION:
                _make_anew(base)
            yield base
    except sqlite3.Error as error:
        raise InputError(f"cannot use the index {path}: {error}. Delete it: it is made again.") from error


def _make_anew(base: sqlite3.Connection) -> None:
    for table in ("parts", "articles", "words"):
        base.execute(f"DROP TABLE IF EXISTS {table}")
    base.executescript(f"BEGIN; {_TABLES} PRAGMA user_version = {_VERSION}; COMMIT;")

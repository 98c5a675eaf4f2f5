"""Where things lie in an archive, and what weeks are called."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

from publisher.errors import InputError, OutputError
from publisher.writing import write_atomically

UNDATED = "undated"
"""The week of articles without a date."""

_WEEK = "week="
_PART = "part-"


def week_name(day: dt.date | None) -> str:
    """The ISO week of a day as ``2026-W12``, which sorts in the order of time; ``undated`` of none."""
    if day is None:
        return UNDATED
    year, week, _ = day.isocalendar()
    return f"{year:04}-W{week:02}"


def part_path(archive: Path, week: str, batch: str) -> Path:
    """The part of a batch that is of one week."""
    return archive / "articles" / f"{_WEEK}{week}" / f"{_PART}{batch}.parquet"


def stories_path(archive: Path, week: str) -> Path:
    """Which articles of a week tell one story."""
    return archive / "stories" / f"{_WEEK}{week}.json"


def keep(path: Path, data: bytes) -> None:
    """Have the bytes in a file, whole or not at all, its folder made where it is missing. OutputError."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise OutputError(f"cannot keep anything in {path.parent}: {reason}. Choose another archive.") from error
    write_atomically(path, data)


def weeks_of(archive: Path) -> tuple[str, ...]:
    """The weeks that have articles, the undated last. InputError where there is no archive."""
    folder = archive / "articles"
    if not folder.is_dir():
        raise InputError(f"there is no archive in {archive}. Make one: publisher archive add {archive} PAGES")
    return tuple(sorted(path.name.removeprefix(_WEEK) for path in folder.glob(f"{_WEEK}*")))


def parts_of(archive: Path, week: str) -> Iterator[Path]:
    """The parts of a week, in the order of their names."""
    yield from sorted((archive / "articles" / f"{_WEEK}{week}").glob(f"{_PART}*.parquet"))

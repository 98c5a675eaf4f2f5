"""Articles of an archive for an issue: those of its days, from the outlets and with the words that are asked for."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qsl

from publisher.archive.parts import KeptArticle, read_days, read_part
from publisher.archive.places import UNDATED, parts_of, week_name, weeks_of
from publisher.archive.words import searched, words_in
from publisher.compiling import words_of
from publisher.errors import InputError, near_match
from publisher.model import Reading, Source
from publisher.model.blocks import Value
from publisher.model.formats import JSON

UPDATED_DAYS = 28
"""An article that is updated later than so many days after its publication is news of no week: it is not looked for."""

_KEYS = ("language", "publication", "since", "until", "words")


class TakenFrom(Value, frozen=True, kw_only=True):
    """What is taken from an archive."""

    archive: Path
    publications: tuple[str, ...] = ()
    """Any of them; empty: of all outlets."""

    language: str | None = None
    """The primary subtag."""

    since: dt.date | None = None
    until: dt.date | None = None
    words: tuple[str, ...] = ()
    """All of them stand in the article; those without marks are found with them too."""


def asked(reference: str) -> TakenFrom:
    """What a reference such as ``news?publication=Báo&since=2026-01-01`` asks for. InputError for any other."""
    path, _, query = reference.partition("?")
    values: dict[str, list[str]] = {}
    for key, value in parse_qsl(query, keep_blank_values=True):
        if key not in _KEYS:
            raise InputError(f"{reference!r} asks for {key!r}. {near_match(key, _KEYS)}")
        values.setdefault(key, []).append(value)
    return TakenFrom(
        archive=Path(path),
        publications=tuple(values.get("publication", ())),
        language=values["language"][-1] if "language" in values else None,
        since=_day(reference, values.get("since")),
        until=_day(reference, values.get("until")),
        words=tuple(word for each in values.get("words", ()) for word in words_in(each)),
    )


def taken(
    what: TakenFrom, first: dt.date, last: dt.date, *, undated: bool
) -> tuple[tuple[Reading, ...], tuple[Source, ...]]:
    """The articles that were published or updated from the first day to the last, and the sources that they stand in.

    A source has the articles of one page as lines of JSON, under the page's name; they come in the order of the weeks,
    the days and the keys. InputError where there is no archive.
    """
    weeks = set(weeks_of(what.archive))
    found = []
    day = first - dt.timedelta(days=UPDATED_DAYS)
    while day <= last + dt.timedelta(days=6):  # One day of each week.
        if (name := week_name(day)) in weeks:
            found += [each for each in _of_days(what.archive, name, first, last) if _answers(each, what)]
        day += dt.timedelta(days=7)
    if undated and UNDATED in weeks:
        parts = parts_of(what.archive, UNDATED)
        found += [each for part in parts for each in read_part(part) if _answers(each, what)]
    found.sort(key=lambda each: (each.published or dt.date.max, each.key, each.sha256))
    by_page: dict[str, list[KeptArticle]] = {}
    for each in found:
        by_page.setdefault(each.origin, []).append(each)
    readings = tuple(Reading(articles=tuple(each.whole() for each in page), trace=()) for page in by_page.values())
    return readings, tuple(_source(name, page) for name, page in by_page.items())


def _of_days(archive: Path, week: str, first: dt.date, last: dt.date) -> Iterator[KeptArticle]:
    for part in parts_of(archive, week):
        if any(_is_between(days, first, last) for days in read_days(part)):
            for each in read_part(part):
                if _is_between((each.published, each.updated), first, last):
                    yield each


def _is_between(days: tuple[dt.date | None, dt.date | None], first: dt.date, last: dt.date) -> bool:
    return any(day is not None and first <= day <= last for day in days)


def _answers(each: KeptArticle, what: TakenFrom) -> bool:
    if what.publications and each.publication not in what.publications:
        return False
    if what.language and each.language.split("-")[0].lower() != what.language.lower():
        return False
    if what.since and (each.published is None or each.published < what.since):
        return False
    if what.until and (each.published is None or each.published > what.until):
        return False
    return not what.words or searched(words_of(each.whole())).issuperset(what.words)


def _source(name: str, page: list[KeptArticle]) -> Source:
    return Source(name=name, data=b"\n".join(each.article for each in page), media_type=JSON)


def _day(reference: str, values: list[str] | None) -> dt.date | None:
    if not values:
        return None
    try:
        return dt.date.fromisoformat(values[-1])
    except ValueError as error:
        raise InputError(f"{reference!r} names {values[-1]!r}, which is no day such as 2026-03-21") from error

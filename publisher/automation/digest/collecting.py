"""The settings' sources become candidates. One that fails is a warning, or the end of the run when it is required."""

import time
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec

from publisher.automation.digest.selection import Candidate, outside_window
from publisher.automation.digest.surroundings import Surroundings
from publisher.automation.issues.proof import sha256
from publisher.automation.issues.week import Week, names_of
from publisher.automation.ledger.memory import Memory
from publisher.automation.log import Log, counted
from publisher.automation.memo import Memo
from publisher.config import Place, Settings
from publisher.errors import InputError
from publisher.model import Article, Omission, Problem, Reading, Source
from publisher.model.blocks import Value
from publisher.pipeline import (
    Correction,
    OutletProfile,
    OutletProfiles,
    Progress,
    Web,
    article_files,
    fetch_articles,
    is_address,
    load,
    load_corrections,
    load_profiles,
    read_all,
)


class Collected(Value, frozen=True, kw_only=True):
    """All that was found."""

    candidates: tuple[Candidate, ...] = ()
    sources: tuple[Source, ...] = ()
    problems: tuple[Problem, ...] = ()
    omissions: tuple[Omission, ...] = ()
    """What was left out without being read in full, and the sources that failed."""


class _Collecting(Value, frozen=True, kw_only=True):
    """What each source is collected with."""

    web: Web
    memo: Memo
    log: Log
    progress: Progress
    profiles: OutletProfiles
    """The user's own, for sources that name none."""

    early: Callable[[Article], Omission | None]
    """Why an article need not be fetched in full; ``None`` when it must."""

    home: Path
    """The folder of the settings: names are shown from there."""


def collect(
    settings: Settings,
    week: Week,
    number: str | None,
    memory: Memory,
    surroundings: Surroundings,
    memo: Memo,
    web: Web,
    log: Log,
) -> Collected:
    """The articles of all sources, in the order of the settings. InputError when a required one fails."""
    by = _Collecting(
        web=web,
        memo=memo,
        log=log,
        progress=surroundings.progress,
        profiles=load_profiles(None, surroundings.outlets) if surroundings.outlets else OutletProfiles(),
        early=lambda article: outside_window(article, week, settings.window, memory),
        home=surroundings.home,
    )
    names = names_of(week, number)
    found = Collected()
    for place_number, place in enumerate(settings.sources):
        reference = place.from_ if is_address(place.from_) else place.from_.format(**names)
        start = time.monotonic()
        try:
            one = _collect_one(reference, place, place_number, by)
        except InputError as error:
            if place.required:
                raise
            shown = shown_name(reference, by.home)
            by.log.warn("read", str(error), code="source-failed")
            because = str(error).replace(reference, shown)  # The proof says nothing of where folders lie.
            one = Collected(omissions=(Omission(what=shown, reason="source-failed", because=because),))
        else:
            by.log.say(
                "read",
                f"{shown_name(reference, by.home)}: {counted(len(one.candidates), 'article')}",
                seconds=time.monotonic() - start,
            )
        found = Collected(
            candidates=found.candidates + one.candidates,
            sources=found.sources + one.sources,
            problems=found.problems + one.problems,
            omissions=found.omissions + one.omissions,
        )
    return found


def shown_name(name: str, home: Path) -> str:
    """A source's name without the place of the folder on this machine."""
    if is_address(name):
        return name
    path = Path(name)
    return path.relative_to(home).as_posix() if path.is_relative_to(home) else path.name


def _collect_one(reference: str, place: Place, number: int, by: _Collecting) -> Collected:
    if not is_address(reference) and Path(reference).is_dir() and not article_files(Path(reference)):
        return Collected()  # A week without a page is no failure.
    profiles = load_profiles(place.outlet) if place.outlet else by.profiles
    sources = load([reference], web=by.web)
    readings, problems = read_all(sources, by.progress, profiles, load_corrections(sources), _timed(by))
    readings, omissions = _without_early(readings, by)
    web = by.web if place.articles else None
    readings, pages = fetch_articles(readings, web, by.progress, profiles, by.memo.read)
    digests = {source.name: sha256(source.data) for source in (*sources, *pages)}
    candidates = tuple(
        Candidate(
            article=article,
            section=place.section,
            data=digests.get(article.origin or ""),
            source=number,
            source_limit=place.limit,
        )
        for reading in readings
        for article in reading.articles
    )
    return Collected(candidates=candidates, sources=(*sources, *pages), problems=problems, omissions=omissions)


def _timed(by: _Collecting) -> Callable[[Source, OutletProfile | None, Sequence[Correction]], Reading]:
    """The reader, which says of each source how long it took."""

    def read(source: Source, profile: OutletProfile | None, corrections: Sequence[Correction]) -> Reading:
        start = time.monotonic()
        reading = by.memo.read(source, profile, corrections)
        seconds = time.monotonic() - start
        for article in reading.articles:
            by.log.say("read", shown_name(source.name, by.home), article=article.headline, seconds=seconds)
        return reading

    return read


def _without_early(readings: Sequence[Reading], by: _Collecting) -> tuple[tuple[Reading, ...], tuple[Omission, ...]]:
    """The readings without the articles that need not be fetched."""
    omissions: list[Omission] = []
    kept = []
    for reading in readings:
        articles = []
        for article in reading.articles:
            omission = by.early(article)
            if omission:
                omissions.append(omission)
            else:
                articles.append(article)
        kept.append(msgspec.structs.replace(reading, articles=tuple(articles)))
    return tuple(kept), tuple(omissions)

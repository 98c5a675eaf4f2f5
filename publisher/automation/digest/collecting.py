"""The settings' sources become candidates. One that fails is a warning, or the end of the run when it is required."""

import os
import time
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import msgspec

from publisher.automation.digest.commission import Commission
from publisher.automation.digest.selection import Candidate, first_day, is_named, outside_window
from publisher.automation.digest.surroundings import Surroundings
from publisher.automation.digest.timing import timed
from publisher.automation.issues.proof import sha256
from publisher.automation.issues.week import names_of
from publisher.automation.log import Log
from publisher.config import ARCHIVE, Place
from publisher.counting import spelled
from publisher.errors import InputError
from publisher.fetching import MEDIA_TYPES, is_address, is_without_files
from publisher.model import Article, Omission, Reading, Source
from publisher.model.blocks import Value
from publisher.pipeline import Gathered, Means, OutletProfiles, Wanted, gather, load_profiles


class Collected(Value, frozen=True, kw_only=True):
    """All that was found."""

    candidates: tuple[Candidate, ...] = ()
    gathered: Gathered = Gathered()
    """What the candidates came from. ``omissions``: what was not read in full, and the sources that failed."""


def collect(commission: Commission, means: Means, by: Surroundings, log: Log) -> Collected:
    """The articles of all sources, in the order of the settings. InputError when a required one fails."""
    collecting = _Collecting(commission, means, by, log)
    found = [collecting.from_place(number, place) for number, place in enumerate(commission.settings.sources)]
    return Collected(
        candidates=tuple(candidate for one in found for candidate in one.candidates),
        gathered=joined([one.gathered for one in found]),
    )


class _Collecting:
    """What each source is collected with."""

    def __init__(self, commission: Commission, means: Means, by: Surroundings, log: Log) -> None:
        self._commission = commission
        self._means = means
        self._log = log
        self._home = by.home
        # The user's own, for sources that name none.
        self._own_profiles = load_profiles(None, by.outlets) if by.outlets else OutletProfiles()

    def from_place(self, number: int, place: Place) -> Collected:
        """What one source holds; of one that failed, the omission. InputError when it is required."""
        names = names_of(self._commission.week, self._commission.number)
        reference = place.from_ if is_address(place.from_) else place.from_.format(**names)
        shown = shown_name(reference, self._home)
        start = time.monotonic()
        try:
            one = self._collected(reference, place, number)
        except InputError as error:
            if place.required:
                raise
            self._log.warn("read", str(error), code="source-failed")
            because = str(error).replace(reference, shown)  # The proof says nothing of where folders lie.
            omission = Omission(what=shown, reason="source-failed", because=because)
            return Collected(gathered=Gathered(omissions=(omission,)))
        found = spelled(len(one.candidates), "article")
        out = f", {len(one.gathered.omissions)} left out" if one.gathered.omissions else ""
        self._log.say("read", f"{shown}: {found}{out}", seconds=time.monotonic() - start)
        return one

    def _collected(self, reference: str, place: Place, number: int) -> Collected:
        if place.from_.startswith(ARCHIVE):
            return self._candidates(self._from_archive(reference), place, number)
        if not is_address(reference) and Path(reference).is_dir() and is_without_files(Path(reference)):
            return Collected()  # A week without a page is no failure.
        if not place.required and is_not_made(place, reference):
            return Collected()  # Nor is one for which nobody made a folder.
        wanted = Wanted(
            references=(reference,),
            profiles=load_profiles(place.outlet) if place.outlet else self._own_profiles,
            articles=place.articles,
        )
        means = msgspec.structs.replace(self._means, read=timed(self._means.read, partial(self._tell, reference)))
        gathered = gather(wanted, means, self._outside_window).untraced()
        return self._candidates(gathered, place, number)

    def _from_archive(self, reference: str) -> Gathered:
        """The articles of the issue's days in an archive: those of others are not even opened."""
        from publisher.archive.asking import asked, taken  # It loads pyarrow, which most digests can do without.

        week, window = self._commission.week, self._commission.settings.window
        what = asked(reference.removeprefix(ARCHIVE))
        readings, sources = taken(what, first_day(week, window), week.sunday, undated=window.undated == "keep")
        return Gathered(readings=readings, sources=sources)

    def _candidates(self, gathered: Gathered, place: Place, number: int) -> Collected:
        digests = {source.name: sha256(source.data) for source in gathered.sources}
        candidates = tuple(
            Candidate(
                article=article,
                section=place.section,
                data=digests.get(article.origin or ""),
                source=number,
                source_limit=place.limit,
            )
            for article in gathered.articles
        )
        return Collected(candidates=candidates, gathered=gathered)

    def _outside_window(self, article: Article) -> Omission | None:
        """Why an article need not be fetched in full; ``None`` when it must."""
        commission = self._commission
        if is_named(article, commission.settings.selection.take):
            return None
        return outside_window(article, commission.week, commission.settings.window, commission.memory)

    def _tell(self, reference: str, source: Source, reading: Reading, seconds: float) -> None:
        if source.url is not None and source.name != reference:
            return  # A page that a feed leads to is part of the feed.
        for article in reading.articles:
            shown = shown_name(source.name, self._home)
            self._log.say("read", shown, article=article.headline, seconds=seconds)


_FAILURES = ("compiling-failed", "no-article", "reader-failed")
"""The codes of problems by which an article is missing."""


def is_not_made(place: Place, reference: str) -> bool:
    """Whether a place is a folder for each issue, and that of this one was never made.

    The folder in which they are made must be there: where that is missing, the place itself is.
    """
    parts = Path(place.from_).parts
    varying = next((at for at, part in enumerate(parts) if "{" in part), None)
    if is_address(place.from_) or varying is None or Path(reference).suffix in MEDIA_TYPES:
        return False
    try:
        os.lstat(reference)
    except FileNotFoundError:
        return Path(*parts[:varying]).is_dir()
    except OSError:  # It cannot be looked at: whoever reads it says why.
        return False
    return False


def require_sources(message: str, collected: Collected) -> None:
    """InputError when a source failed: whoever watches must not take that for a week without news."""
    failed = [each.because for each in collected.gathered.omissions if each.reason == "source-failed"]
    failed += [each.message for each in collected.gathered.problems if each.code in _FAILURES]
    if failed:
        raise InputError(f"{message}, and {spelled(len(failed), 'source')} failed. The first: {failed[0]}")


def joined(parts: Sequence[Gathered]) -> Gathered:
    """What was gathered in parts, as if it had been at once."""
    return Gathered(
        readings=tuple(reading for part in parts for reading in part.readings),
        sources=tuple(source for part in parts for source in part.sources),
        problems=tuple(problem for part in parts for problem in part.problems),
        omissions=tuple(omission for part in parts for omission in part.omissions),
    )


def shown_name(name: str, home: Path) -> str:
    """A source's name without the place of the folder on this machine."""
    if is_address(name):
        return name
    path = Path(name)
    return path.relative_to(home).as_posix() if path.is_relative_to(home) else path.name

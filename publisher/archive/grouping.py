"""Which articles of an archive tell one story, week by week: those weeks anew of which articles have changed."""

import datetime as dt
import functools
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path

import msgspec

from publisher.archive.parts import KeptArticle, read_fingerprints, read_part
from publisher.archive.places import UNDATED, keep, parts_of, stories_path, weeks_of
from publisher.compiling import DAYS_APART, Fingerprint, Grouping, Rarity, StoryReport, Traits
from publisher.model.blocks import Value
from publisher.packages import code_digest


class ArchivedStory(Value, frozen=True, kw_only=True):
    """Articles that tell one story, by their keys; those of one article have no other."""

    lead: str
    """Who told it first. It may be of the week before."""

    members: tuple[str, ...]
    """All of the week, the lead among them if it is, in the order of their days."""


class StoriesOfWeek(Value, frozen=True, kw_only=True):
    """The stories of a week."""

    made_of: str
    """Another one when the articles are others, the leads of the week before, or our code."""

    stories: tuple[ArchivedStory, ...]
    ends: Mapping[str, str]
    """Of the leads that the next week's articles may tell again: the SHA-256 of their words, by key."""


class Regrouped(Value, frozen=True, kw_only=True):
    """What came of grouping."""

    weeks: int
    """How many were grouped; the others were as they had been."""

    articles: int
    stories: int
    """Of these weeks."""


def group(archive: Path) -> Regrouped:
    """Bring the stories of all weeks up to their articles, with the judgement of ``compiling.sameness``.

    A story goes on over the end of a week: the last days' leads are there before the next week's articles. How rare a
    name or a figure is, is counted among the articles of its year, as the archive has them now. A week that gives the
    same leads as before leaves those after it as they are. InputError where there is no archive.
    """
    counts = _Counts(archive)
    weeks = articles = stories = 0
    last: _Week | None = None
    for name in weeks_of(archive):
        week = _Week(archive, name, last)
        if not week.is_grouped:
            made = week.group(last, counts)
            weeks += 1
            articles += sum(len(story.members) for story in made)
            stories += len(made)
        last = week
    return Regrouped(weeks=weeks, articles=articles, stories=stories)


def stories_of(archive: Path, week: str) -> tuple[ArchivedStory, ...]:
    """The stories of a week as they were grouped last; none when they never were."""
    kept = _kept(stories_path(archive, week))
    return kept.stories if kept else ()


class _Week:
    """A week that is being looked at, after the one before."""

    def __init__(self, archive: Path, name: str, before: "_Week | None") -> None:
        self._name = name
        self._archive = archive
        self._goes_on = before is not None and _follows(before._name, name)
        digest = sha256(code_digest(("compiling",), ()))
        for part in parts_of(archive, name):
            digest.update(f"{part.name}\n".encode())
        for key, told in before.ends.items() if before and self._goes_on else ():
            digest.update(f"{key} {told}\n".encode())
        self._made_of = digest.hexdigest()
        self._kept = _kept(stories_path(archive, name))

    @property
    def is_grouped(self) -> bool:
        return self._kept is not None and self._kept.made_of == self._made_of

    @property
    def ends(self) -> Mapping[str, str]:
        """See ``StoriesOfWeek``."""
        return self._kept.ends if self._kept else {}

    @functools.cached_property
    def _articles(self) -> tuple[KeptArticle, ...]:
        """Each once, the fullest form of it, in the order of their days."""
        by_key: dict[str, KeptArticle] = {}
        for part in parts_of(self._archive, self._name):
            for each in read_part(part):
                other = by_key.get(each.key)
                if other is None or (len(each.article), each.sha256) > (len(other.article), other.sha256):
                    by_key[each.key] = each
        return tuple(sorted(by_key.values(), key=lambda each: (each.published or dt.date.min, each.key)))

    def group(self, before: "_Week | None", counts: "_Counts") -> tuple[ArchivedStory, ...]:
        """The stories of the week, which are kept."""
        earlier = [each for each in before._articles if each.key in before.ends] if before and self._goes_on else []
        known = [*earlier, *self._articles]
        reports = [_report(each) for each in known]
        grouping = Grouping(counts.rarity(self._name))
        leads: dict[int, KeptArticle] = {}
        members: dict[int, list[str]] = {}
        for number, (each, report) in enumerate(zip(known, reports, strict=True)):
            story = grouping.story_of(report)
            leads.setdefault(story, each)
            if number >= len(earlier):
                members.setdefault(story, []).append(each.key)
        made = tuple(ArchivedStory(lead=leads[story].key, members=tuple(told)) for story, told in members.items())
        own = [leads[story] for story, told in members.items() if leads[story].key == told[0]]
        ends = {lead.key: lead.sha256 for lead in own if _is_near_the_end(lead)}
        self._kept = StoriesOfWeek(made_of=self._made_of, stories=made, ends=ends)
        keep(stories_path(self._archive, self._name), msgspec.json.encode(self._kept))
        return made


class _Counts:
    """How rare names, figures and words are among all articles of a week's year: of one year at a time."""

    def __init__(self, archive: Path) -> None:
        self._archive = archive
        self._year = ""
        self._rarity = Rarity(())

    def rarity(self, week: str) -> Rarity:
        """As it is known for a week; the undated are a year of their own."""
        year = week.partition("-")[0]
        if year != self._year:
            weeks = [each for each in weeks_of(self._archive) if each.partition("-")[0] == year]
            self._rarity = Rarity(self._traits(weeks))
            self._year = year
        return self._rarity

    def _traits(self, weeks: Iterable[str]) -> Iterator[Traits]:
        for week in weeks:
            for part in parts_of(self._archive, week):
                yield from (_traits_in(each) for each in read_fingerprints(part))


def _report(kept: KeptArticle) -> StoryReport:
    return StoryReport(headline=kept.headline, traits=_traits_in(kept.fingerprint), whole=kept.whole)


def _traits_in(kept: bytes) -> Traits:
    known: Fingerprint = msgspec.msgpack.decode(kept, type=Fingerprint)
    return known.traits


def _is_near_the_end(kept: KeptArticle) -> bool:
    """Whether an article of the next week may tell its story again."""
    return kept.published is not None and kept.published.isoweekday() > 7 - DAYS_APART


def _follows(week: str, other: str) -> bool:
    """Whether the other is the week after it."""
    if UNDATED in (week, other):
        return False
    return _monday(other) - _monday(week) == dt.timedelta(days=7)


def _monday(week: str) -> dt.date:
    return dt.date.fromisocalendar(int(week[:4]), int(week[-2:]), 1)


def _kept(path: Path) -> StoriesOfWeek | None:
    """The stories in a file; ``None`` when there are none that can be used: they are made again."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=StoriesOfWeek)
    except (OSError, msgspec.MsgspecError):
        return None

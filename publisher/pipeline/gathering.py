"""References become readings: fetching, reading, and fetching again, in their order.

1. Files, folders and addresses become sources.
2. Each source becomes a reading, helped by its outlet's profile and its corrections.
3. Articles that are not wanted are left out, before anything is fetched for them.
4. Of articles of which a feed holds only a summary, the page is fetched and read.
"""

from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec

from publisher.errors import InputError
from publisher.fetching import Refuse, load
from publisher.model import Article, Omission, Problem, Reading, Source
from publisher.model.blocks import Value
from publisher.pipeline.means import Means
from publisher.pipeline.readings import OutletProfiles, fetch_articles, load_corrections, read_all


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be had, and what helps to read it."""

    references: tuple[str, ...]
    """Files, folders, web addresses, or ``-`` for standard input."""

    sources: tuple[Source, ...] = ()
    """Those that are at hand already; they follow those of the references."""

    profiles: OutletProfiles = OutletProfiles()
    corrections: Path | None = None
    """A file for the one source; ``None``: what lies beside each source."""

    articles: bool = False
    """Whether the pages are fetched of which a feed holds only summaries."""


class Gathered(Value, frozen=True, kw_only=True):
    """All that was had."""

    readings: tuple[Reading, ...] = ()
    """One for each source that could be read, in the order of the references."""

    sources: tuple[Source, ...] = ()
    """Those that were named, then the pages fetched for articles in them: what pictures inside them are taken from."""

    problems: tuple[Problem, ...] = ()
    """Of sources without an article. Each article carries its own."""

    omissions: tuple[Omission, ...] = ()

    @property
    def articles(self) -> tuple[Article, ...]:
        """Those of all readings."""
        return tuple(article for reading in self.readings for article in reading.articles)

    def only(self, articles: Sequence[Article]) -> "Gathered":
        """The same with these articles alone, which were chosen among its own."""
        return msgspec.structs.replace(self, readings=(Reading(articles=tuple(articles), trace=()),))

    def untraced(self) -> "Gathered":
        """The same without how each line was read: for who makes files of it, half of the memory would go to that."""
        return self.only(self.articles)


def none_left_out(_article: Article) -> None:
    """Leaves no article out."""


def gather(wanted: Wanted, means: Means, leave_out: Callable[[Article], Omission | None] = none_left_out) -> Gathered:
    """The articles that the references lead to. What went wrong with one of several sources is a problem.

    ``leave_out`` says of an article, which may be a summary still, why it is not wanted; ``None`` when it is.
    InputError when a reference leads nowhere, or none of the sources holds an article; OptionError when corrections are
    named for several sources.
    """
    refused: list[Problem] = []

    def refuse(error: InputError, name: str) -> None:
        refused.append(Problem(code="no-article", message=str(error), where=name))

    sources = _sources(wanted, means, refuse)  # 1
    corrections = load_corrections(sources, wanted.corrections, refuse)
    sources = tuple(source for source in sources if source.name in corrections)
    readings, problems = read_all(sources, means, wanted.profiles, corrections)  # 2
    readings, omissions = _without(readings, leave_out)  # 3
    readings, pages = fetch_articles(readings, means, wanted.profiles) if wanted.articles else (readings, ())  # 4
    return Gathered(readings=readings, sources=(*sources, *pages), problems=(*refused, *problems), omissions=omissions)


def _sources(wanted: Wanted, means: Means, refuse: Refuse) -> tuple[Source, ...]:
    """What the references lead to, and what is at hand."""
    if wanted.sources and not wanted.references:
        return wanted.sources
    return (*load(wanted.references, means.stdin, means.web, refuse), *wanted.sources)


def _without(
    readings: Sequence[Reading], leave_out: Callable[[Article], Omission | None]
) -> tuple[tuple[Reading, ...], tuple[Omission, ...]]:
    """The readings without the articles that are not wanted, and why each is not."""
    omissions: list[Omission] = []
    kept = []
    for reading in readings:
        articles = []
        for article in reading.articles:
            omission = leave_out(article)
            if omission:
                omissions.append(omission)
            else:
                articles.append(article)
        kept.append(msgspec.structs.replace(reading, articles=tuple(articles)))
    return tuple(kept), tuple(omissions)

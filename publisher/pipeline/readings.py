"""Sources become readings: fetching and reading, in their order, helped by outlets' profiles and by corrections."""

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import TypeAlias

import msgspec

from publisher.bulkhead import bulkhead
from publisher.errors import DefectError, InputError, OptionError
from publisher.fetching import STANDARD_INPUT, Refuse, load, read_beside, read_settings, refuse_all, suffix_for
from publisher.model import Article, Problem, Reading, Source
from publisher.pipeline.means import Means, Read
from publisher.pipeline.quarantine import Casualty, Quarantine, advice
from publisher.reading import Correction, OutletProfile, parse_corrections, parse_profile, profile_for
from publisher.seams import Here, Lost

Corrections: TypeAlias = Mapping[str, tuple[Correction, ...]]
"""By the name of the source whose lines they are of."""

CORRECTIONS_SUFFIX = ".corrections.toml"

READ_TOGETHER = 20
"""How many sources another process is handed at a time: of pages of text a fifth of a second's work, of HTML three."""

LOST = "each process that read it has ended"
"""Why there is no reading of what is lost."""


class OutletProfiles(msgspec.Struct, frozen=True, kw_only=True):
    """The outlet profiles that pages are read with."""

    chosen: OutletProfile | None = None
    """The one for all pages; ``None``: each page's own."""

    known: tuple[OutletProfile, ...] = ()
    """Those found by a page's host."""


def load_profiles(chosen: Path | None = None, folder: Path | None = None) -> OutletProfiles:
    """The profile in a file for all pages, else those of a folder's ``*.toml`` files, found by host.

    A missing folder holds none. InputError when a file cannot be read or used, or two of them claim one host.
    """
    if chosen is not None:
        return OutletProfiles(chosen=parse_profile(read_settings(chosen, "profile"), str(chosen)))
    owners: dict[str, Path] = {}
    known = []
    for path in sorted(folder.glob("*.toml")) if folder is not None else ():
        profile = parse_profile(read_settings(path, "profile"), str(path))
        for host in profile.hosts:
            if host in owners:
                raise InputError(f"the profiles {owners[host]} and {path} are both for {host}. Remove one of them.")
            owners[host] = path
        known.append(profile)
    return OutletProfiles(known=tuple(known))


def load_corrections(sources: Sequence[Source], chosen: Path | None = None, refuse: Refuse = refuse_all) -> Corrections:
    """The corrections in a file for the one source, else those beside each file: ``page.txt.corrections.toml``.

    OptionError when a file is given for several sources; InputError when it, or one beside the one source, cannot be
    used. Of one beside one of several ``refuse`` is told: that source, which would be misread, is then not among them.
    """
    if chosen is not None:
        if len(sources) != 1:
            raise OptionError(
                f"corrections in one file are for one source, and there are {len(sources)}",
                code="corrections-of-several",
                subject=str(len(sources)),
                hint=f"Put each one's beside it, as page.txt{CORRECTIONS_SUFFIX}",
            )
        return {sources[0].name: parse_corrections(read_settings(chosen, "corrections"), str(chosen))}
    corrections = {}
    for source in sources:
        try:
            corrections[source.name] = _corrections_beside(source)
        except InputError as error:
            if len(sources) == 1:
                raise
            refuse(error, Path(source.name).name)
    return corrections


def _corrections_beside(source: Source) -> tuple[Correction, ...]:
    if source.url is not None or source.name == STANDARD_INPUT:
        return ()
    path = Path(source.name + CORRECTIONS_SUFFIX)
    data = read_beside(path, "corrections")
    return () if data is None else tuple(parse_corrections(data, str(path)))


def read_all(
    sources: Sequence[Source],
    means: Means,
    profiles: OutletProfiles = OutletProfiles(),  # noqa: B008 - frozen
    corrections: Corrections = MappingProxyType({}),
) -> tuple[tuple[Reading, ...], tuple[Problem, ...]]:
    """What was understood of each source, and a problem for each of several that holds no article.

    InputError when there is only one source and it cannot be read, or when none of them can.
    """
    readings, problems = [], []
    orders = ((source, corrections.get(source.name, ())) for source in sources)
    executor = means.executor if len(sources) > READ_TOGETHER else Here()  # One batch is read sooner here.
    came = executor.map(partial(_attempt, means.read, profiles), orders, READ_TOGETHER)
    for number, (source, outcome) in enumerate(zip(sources, came, strict=True), start=1):
        try:
            readings.append(_settled(source, outcome, means.quarantine))
        except InputError as error:
            if len(sources) == 1:
                raise
            code = "reader-failed" if isinstance(error, DefectError) else "no-article"
            problems.append(Problem(code=code, message=str(error), where=Path(source.name).name))
        means.progress("read", number, len(sources))
    if not readings:
        raise InputError(f"none of the {len(sources)} sources holds an article. The first: {problems[0].message}")
    return tuple(readings), tuple(problems)


def _profiled(source: Source, read: Read, profiles: OutletProfiles, corrections: Sequence[Correction]) -> Reading:
    """The source as its outlet's profile and its corrections have it read.

    A saved page tells its address only when it is read: then it is read again.
    """
    profile = profiles.chosen or profile_for(profiles.known, source.url)
    reading = read(source, profile, corrections)
    if profile is None and profiles.known and source.url is None:
        urls = [article.url for article in reading.articles]
        profile = next((found for url in urls if (found := profile_for(profiles.known, url))), None)
        return reading if profile is None else read(source, profile, corrections)
    return reading


def _read(source: Source, means: Means, profiles: OutletProfiles) -> Reading:
    """What the reader makes of the source. DefectError where it fails, and the source is in the quarantine."""
    return _settled(source, _attempt(means.read, profiles, (source, ())), means.quarantine)


def _attempt(read: Read, profiles: OutletProfiles, order: tuple[Source, Sequence[Correction]]) -> Reading | InputError:
    """What the reader makes of a source with its corrections, or why it makes nothing."""
    source, corrections = order
    try:
        with bulkhead():
            return _profiled(source, read, profiles, corrections)
    except InputError as error:
        return error


def _settled(source: Source, outcome: Reading | InputError | Lost, quarantine: Quarantine) -> Reading:
    """The reading. InputError where there is none; after a defect the source is in the quarantine."""
    if isinstance(outcome, Reading):
        return outcome
    if isinstance(outcome, InputError) and not isinstance(outcome, DefectError):
        raise outcome
    reason = LOST if isinstance(outcome, Lost) else str(outcome)
    casualty = Casualty(
        code="reader-failed",
        name=source.name,
        reason=reason,
        data=source.data,
        suffix=suffix_for(source.media_type),
    )
    cause = None if isinstance(outcome, Lost) else outcome
    raise DefectError(f"{source.name} could not be read: {reason}. {advice(quarantine(casualty))}") from cause


def fetch_articles(
    readings: Sequence[Reading], means: Means, profiles: OutletProfiles
) -> tuple[tuple[Reading, ...], tuple[Source, ...]]:
    """The readings with the pages in the place of articles of which a feed held only a summary, and these pages.

    A page that cannot be had or read leaves the summary, with the reason. Without a web,
    all is left as it is.
    """
    if means.web is None:
        return tuple(readings), ()
    total = sum(_is_summary(article) for reading in readings for article in reading.articles)
    completed: list[Reading] = []
    pages: list[Source] = []
    done = 0
    for reading in readings:
        articles = []
        for article in reading.articles:
            if _is_summary(article):
                article, page = _with_page(article, means, profiles)
                pages += [page] if page else []
                done += 1
                means.progress("fetch", done, total)
            articles.append(article)
        completed.append(msgspec.structs.replace(reading, articles=tuple(articles)))
    return tuple(completed), tuple(pages)


def _is_summary(article: Article) -> bool:
    return article.url is not None and any(problem.code == "summary-only" for problem in article.problems)


def _with_page(article: Article, means: Means, profiles: OutletProfiles) -> tuple[Article, Source | None]:
    """The article on the page that a feed's entry leads to; what the page does not say, the entry does."""
    try:
        (page,) = load([article.url or ""], web=means.web)
        full = _read(page, means, profiles).articles[0]
    except InputError as error:
        problems = tuple(
            Problem(code=problem.code, message=f"{problem.message}: {error}", where=problem.where)
            if problem.code == "summary-only"
            else problem
            for problem in article.problems
        )
        return msgspec.structs.replace(article, problems=problems), None
    known = {
        name: getattr(article, name)
        for name in ("standfirst", "bylines", "published", "certainty", "updated", "publication", "url")
        if not getattr(full, name)
    }
    return msgspec.structs.replace(full, **known), page

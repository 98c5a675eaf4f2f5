"""The stages in their order: read this first.

::

    reference ──fetching──▶ Source ──reading──▶ Articles ──compiling──▶ Issue ──theming──▶ Rendition ──writing──▶ bytes

Each stage is a function from one frozen value to the next and knows none of the others; this module alone knows which
comes after which. Nothing here reads the clock, the environment or the current folder: a date comes in a plan, a
folder in a request.
"""

import contextlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import BinaryIO, TypeAlias

import msgspec

from publisher.compiling import compile_issue
from publisher.errors import InputError, OptionError, StrictError
from publisher.fetching import STANDARD_INPUT, Web, gather_assets, load, read_beside, read_settings, suffix_for
from publisher.model import (
    Article,
    Attachment,
    Issue,
    IssuePlan,
    PlacedArticle,
    Problem,
    Reading,
    Rendition,
    Source,
    Target,
    Written,
    to_json,
)
from publisher.reading import Correction, Profile, parse_corrections, parse_profile, profile_for, read
from publisher.theming import load_theme, render
from publisher.writing import check_place, target_for, write, write_atomically
from publisher.writing.pdf import Limits, PdfProcess, Press, PressOptions, prepare_press

__all__ = [
    "Outcome",
    "PressOptions",
    "Profiles",
    "Progress",
    "Request",
    "Web",
    "fail_on",
    "fetch_articles",
    "load",
    "load_corrections",
    "load_profiles",
    "publish",
    "read_all",
]

Progress: TypeAlias = Callable[[str, int, int], None]
"""Told of the stage (``read``, ``fetch``, ``lay out`` or ``write``), and how many of how many things are done."""


Corrections: TypeAlias = Mapping[str, tuple[Correction, ...]]
"""By the name of the source whose lines they are of."""

CORRECTIONS_SUFFIX = ".corrections.toml"


class Profiles(msgspec.Struct, frozen=True, kw_only=True):
    """The outlet profiles that pages are read with."""

    chosen: Profile | None = None
    """The one for all pages; ``None``: each page's own."""

    known: tuple[Profile, ...] = ()
    """Those found by a page's host."""


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be made of what."""

    references: tuple[str, ...]
    """Files, folders, web addresses, or ``-`` for standard input."""

    outputs: tuple[Path, ...]
    """The files to write; the suffix names the format."""

    plan: IssuePlan = IssuePlan()
    theme: str
    theme_folders: tuple[Path, ...] = ()
    options: Mapping[str, str] = {}
    single: bool = False
    """Whether more than one article is a mistake, as in a brief."""

    strict: bool = False
    """Whether any problem is a failure: then nothing is written."""

    profiles: Profiles = Profiles()
    corrections: Path | None = None
    """A file for the one source; ``None``: what lies beside each source."""

    press: PressOptions | None = None
    """How the PDF is made for a press; ``None``: for screens and archives."""

    limits: Limits = Limits()


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What came of a request."""

    issue: Issue
    written: Mapping[Path, Written]
    problems: tuple[Problem, ...]


def publish(
    request: Request,
    stdin: BinaryIO | None = None,
    progress: Progress = lambda stage, done, total: None,
    web: Web | None = None,
) -> Outcome:
    """Make the issue and write its files, each whole or not at all. Without ``web``, nothing is fetched.

    Any of the errors of ``publisher.errors``; what went wrong in one of several sources is a problem instead.
    """
    targets = {path: target_for(path) for path in request.outputs}
    for path in targets:
        check_place(path)  # All of them before the first is written: the second must not fail for a folder's name.
    theme = load_theme(request.theme, request.theme_folders)
    press = _press(request.press, targets.values())
    with contextlib.ExitStack() as stack:
        # The engine loads in its own process while the articles are read here.
        process = stack.enter_context(PdfProcess(request.limits)) if "print" in targets.values() else None
        sources = load(request.references, stdin, web)
        corrections = load_corrections(sources, request.corrections)
        readings, problems = read_all(sources, progress, request.profiles, corrections)
        readings, pages = fetch_articles(readings, web, progress, request.profiles)
        sources = (*sources, *pages)
        issue = compile_issue(_articles(readings, single=request.single), request.plan)
        issue = gather_assets(issue, sources, web)
        issue = msgspec.structs.replace(issue, problems=(*problems, *issue.problems))
        finished: dict[Target, Written] = {}
        for target in dict.fromkeys(targets.values()):
            rendition = render(issue, theme, target, request.options)
            if target == "print" and press is None:
                rendition = msgspec.structs.replace(rendition, attachments=evidence(issue, sources))
            finished[target] = write_rendition(rendition, process, progress, press)
    found = tuple(dict.fromkeys(problem for written in finished.values() for problem in written.problems))
    if request.strict:
        fail_on(found)
    for number, (path, target) in enumerate(targets.items(), start=1):
        write_atomically(path, finished[target].data)
        progress("write", number, len(targets))
    return Outcome(issue=issue, written={path: finished[target] for path, target in targets.items()}, problems=found)


def load_profiles(chosen: Path | None = None, folder: Path | None = None) -> Profiles:
    """The profile in a file for all pages, else those of a folder's ``*.toml`` files, found by host.

    A missing folder holds none. InputError when a file cannot be read or used, or two of them claim one host.
    """
    if chosen is not None:
        return Profiles(chosen=parse_profile(read_settings(chosen, "profile"), str(chosen)))
    owners: dict[str, Path] = {}
    known = []
    for path in sorted(folder.glob("*.toml")) if folder is not None else ():
        profile = parse_profile(read_settings(path, "profile"), str(path))
        for host in profile.hosts:
            if host in owners:
                raise InputError(f"the profiles {owners[host]} and {path} are both for {host}. Remove one of them.")
            owners[host] = path
        known.append(profile)
    return Profiles(known=tuple(known))


def load_corrections(sources: Sequence[Source], chosen: Path | None = None) -> Corrections:
    """The corrections in a file for the one source, else those beside each file: ``page.txt.corrections.toml``.

    OptionError when a file is given for several sources; InputError when it, or one beside a source, cannot be used.
    """
    if chosen is not None:
        if len(sources) != 1:
            raise OptionError(
                f"--corrections is for one source, and there are {len(sources)}. "
                f"Put each one's beside it, as page.txt{CORRECTIONS_SUFFIX}"
            )
        return {sources[0].name: parse_corrections(read_settings(chosen, "corrections"), str(chosen))}
    corrections = {}
    for source in sources:
        if source.url is None and source.name != STANDARD_INPUT:
            path = Path(source.name + CORRECTIONS_SUFFIX)
            data = read_beside(path, "corrections")
            if data is not None:
                corrections[source.name] = parse_corrections(data, str(path))
    return corrections


def read_all(
    sources: Sequence[Source],
    progress: Progress = lambda stage, done, total: None,
    profiles: Profiles = Profiles(),  # noqa: B008 - frozen
    corrections: Corrections = MappingProxyType({}),
) -> tuple[tuple[Reading, ...], tuple[Problem, ...]]:
    """What was understood of each source, and a problem for each of several that holds no article.

    InputError when there is only one source and it cannot be read, or when none of them can.
    """
    readings, problems = [], []
    for number, source in enumerate(sources, start=1):
        try:
            readings.append(_read(source, profiles, corrections.get(source.name, ())))
        except InputError as error:
            if len(sources) == 1:
                raise
            problems.append(Problem(code="no-article", message=str(error), where=Path(source.name).name))
        progress("read", number, len(sources))
    if not readings:
        raise InputError(f"none of the {len(sources)} sources holds an article. The first: {problems[0].message}")
    return tuple(readings), tuple(problems)


def _read(source: Source, profiles: Profiles, corrections: Sequence[Correction] = ()) -> Reading:
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


def fetch_articles(
    readings: Sequence[Reading],
    web: Web | None,
    progress: Progress = lambda stage, done, total: None,
    profiles: Profiles = Profiles(),  # noqa: B008 - frozen
) -> tuple[tuple[Reading, ...], tuple[Source, ...]]:
    """The readings with the pages in the place of articles of which a feed held only a summary, and these pages.

    Only when ``web.articles`` asks for it. A page that cannot be had or read leaves the summary, with the reason.
    """
    if web is None or not web.articles:
        return tuple(readings), ()
    total = sum(_is_summary(article) for reading in readings for article in reading.articles)
    completed: list[Reading] = []
    pages: list[Source] = []
    done = 0
    for reading in readings:
        articles = []
        for article in reading.articles:
            if _is_summary(article):
                article, page = _with_page(article, web, profiles)
                pages += [page] if page else []
                done += 1
                progress("fetch", done, total)
            articles.append(article)
        completed.append(msgspec.structs.replace(reading, articles=tuple(articles)))
    return tuple(completed), tuple(pages)


def _is_summary(article: Article) -> bool:
    return article.url is not None and any(problem.code == "summary-only" for problem in article.problems)


def _with_page(article: Article, web: Web, profiles: Profiles) -> tuple[Article, Source | None]:
    """The article on the page that a feed's entry leads to; what the page does not say, the entry does."""
    try:
        (page,) = load([article.url or ""], web=web)
        full = _read(page, profiles).articles[0]
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


def write_rendition(
    rendition: Rendition,
    process: PdfProcess | None,
    progress: Progress = lambda stage, done, total: None,
    press: Press | None = None,
) -> Written:
    """The finished file, with the problems of all stages."""
    if rendition.target == "print" and process is not None:
        written = process.write(rendition, lambda done, total: progress("lay out", done, total), press)
    else:
        written = write(rendition)
    return msgspec.structs.replace(written, problems=(*rendition.problems, *written.problems))


def evidence(issue: Issue, sources: Sequence[Source]) -> tuple[Attachment, ...]:
    """What an archive copy carries: each article's source as it came, and the articles as they were understood."""
    by_name = {source.name: source for source in sources}
    first: dict[str, PlacedArticle] = {}
    for placed in issue.articles:  # a feed is the source of many
        first.setdefault(placed.article.origin or "", placed)
    attachments = [
        Attachment(
            name=f"{placed.id}{suffix_for(source.media_type)}",
            description=f"The page as it was read: {placed.article.headline}",
            relationship="Source",
            data=source.data,
        )
        for origin, placed in first.items()
        if (source := by_name.get(origin))
    ]
    # Where a source lay on this machine says nothing about it.
    articles = [msgspec.structs.replace(placed.article, origin=None) for placed in issue.articles]
    understood = "".join(f"{to_json(article)}\n" for article in articles).encode()
    return (
        *attachments,
        Attachment(
            name="articles.jsonl",
            description="The articles as they were understood, one a line, as publisher read prints them",
            relationship="Data",
            data=understood,
        ),
    )


def fail_on(problems: Sequence[Problem]) -> None:
    """StrictError when there are any."""
    if problems:
        count = "one problem was" if len(problems) == 1 else f"{len(problems)} problems were"
        raise StrictError(f"{count} found and --strict is given, so nothing was written. The first: {problems[0]}")


def _press(options: PressOptions | None, targets: Iterable[Target]) -> Press | None:
    """The press that was asked for; its profile is looked at before anything is read."""
    if options is None:
        return None
    if "print" not in targets:
        raise OptionError("--print makes a PDF for a press, and no output is a PDF. Add -o with a name ending in .pdf")
    return prepare_press(options)


def _articles(readings: Sequence[Reading], *, single: bool) -> tuple[Article, ...]:
    articles = tuple(article for reading in readings for article in reading.articles)
    if single and len(articles) > 1:
        raise OptionError(f"a brief holds one article, and there are {len(articles)}. Use publisher compile")
    return articles

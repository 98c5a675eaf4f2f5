"""The stages in their order: read this first.

::

    reference ──fetching──▶ Source ──reading──▶ Articles ──compiling──▶ Issue ──theming──▶ Rendition ──writing──▶ bytes

Each stage is a function from one frozen value to the next and knows none of the others; this module alone knows which
comes after which. Nothing here reads the clock, the environment or the current folder: a date comes in a plan, a
folder in a request.
"""

import contextlib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import BinaryIO, Self, TypeAlias

import msgspec

from publisher.checking import Purpose, Report, Validators, check, find_validators
from publisher.compiling import Fingerprint, compile_issue, fingerprint, group_stories, same_story, same_text
from publisher.errors import InputError, OptionError, StrictError
from publisher.fetching import (
    STANDARD_INPUT,
    Web,
    article_files,
    gather_assets,
    is_address,
    load,
    load_picture,
    picture_asset,
    read_beside,
    read_settings,
    suffix_for,
)
from publisher.model import (
    Article,
    Attachment,
    Issue,
    IssuePlan,
    Keep,
    Pagination,
    PlacedArticle,
    Problem,
    ReaderProfile,
    Reading,
    Rendition,
    Source,
    Target,
    Written,
    made_anew,
    to_json,
)
from publisher.reading import Correction, Profile, parse_corrections, parse_profile, profile_for, read
from publisher.theming import Setting, Theme, load_theme, render, resolve_options
from publisher.writing import check_place, target_for, write, write_atomically
from publisher.writing.pdf import Limits, PdfProcess, Press, PressOptions, prepare_press
from publisher.writing.readers import ReaderOptions, for_reader, path_for, profile_of

__all__ = [
    "Bindery",
    "Correction",
    "Edition",
    "Fingerprint",
    "Keep",
    "Outcome",
    "Output",
    "Press",
    "PressOptions",
    "Profile",
    "Profiles",
    "Progress",
    "Purpose",
    "Read",
    "ReaderOptions",
    "Report",
    "Request",
    "Validators",
    "Web",
    "article_files",
    "check",
    "compile_issue",
    "fail_on",
    "fetch_articles",
    "find_validators",
    "fingerprint",
    "gather_assets",
    "group_stories",
    "is_address",
    "load",
    "load_corrections",
    "load_profiles",
    "outputs_for",
    "picture_asset",
    "publish",
    "read",
    "read_all",
    "same_story",
    "same_text",
    "suffix_for",
    "write_atomically",
]

Progress: TypeAlias = Callable[[str, int, int], None]
"""Told of the stage (``read``, ``fetch``, ``lay out`` or ``write``), and how many of how many things are done."""


Corrections: TypeAlias = Mapping[str, tuple[Correction, ...]]
"""By the name of the source whose lines they are of."""

Read: TypeAlias = Callable[[Source, Profile | None, Sequence[Correction]], Reading]
"""``read``, or something in its place that remembers what it gave."""

CORRECTIONS_SUFFIX = ".corrections.toml"


class Profiles(msgspec.Struct, frozen=True, kw_only=True):
    """The outlet profiles that pages are read with."""

    chosen: Profile | None = None
    """The one for all pages; ``None``: each page's own."""

    known: tuple[Profile, ...] = ()
    """Those found by a page's host."""


class Output(msgspec.Struct, frozen=True, kw_only=True):
    """One file to make of an issue."""

    path: Path
    """Its suffix names the format."""

    press: PressOptions | None = None
    """Of a PDF: how it is made for a press; ``None``: for screens and archives."""

    profile: ReaderProfile = "generic"
    """Of an e-book: whom it is made for."""


def outputs_for(
    paths: Sequence[Path], press: PressOptions | None = None, profiles: Sequence[ReaderProfile] = ()
) -> tuple[Output, ...]:
    """An output for each path; with ``press``, the PDFs among them are made for it.

    With ``profiles``, each path of an e-book stands for one file a profile, beside each other: ``week.epub`` for
    ``week.epub``, ``week.kepub.epub`` and so on. OutputError for a suffix that names no format, OptionError for a press
    without a PDF, profiles without an e-book, or two different files of one name.
    """
    targets = {path: target_for(path) for path in paths}
    if press and "print" not in targets.values():
        raise OptionError("--print makes a PDF for a press, and no output is a PDF. Add -o with a name ending in .pdf")
    if profiles and "ebook" not in targets.values():
        raise OptionError("--profile makes e-books, and no output is one. Add -o with a name ending in .epub")
    outputs: dict[Path, Output] = {}
    for path, target in targets.items():
        for output in _outputs(path, target, press, profiles):
            if outputs.setdefault(output.path, output) != output:
                raise OptionError(f"two different files would be called {output.path}. Choose other names with -o")
    return tuple(outputs.values())


def _outputs(
    path: Path, target: Target, press: PressOptions | None, profiles: Sequence[ReaderProfile]
) -> tuple[Output, ...]:
    if target == "print":
        return (Output(path=path, press=press),)
    if not profiles:
        return (Output(path=path, profile=profile_of(path)),)
    return tuple(Output(path=path_for(path, profile), profile=profile) for profile in profiles)


class Edition(msgspec.Struct, frozen=True, kw_only=True):
    """The files that an issue becomes, and how they look."""

    outputs: tuple[Output, ...]
    theme: str
    theme_folders: tuple[Path, ...] = ()
    options: Mapping[str, str] = {}
    limits: Limits = Limits()
    readers: ReaderOptions = ReaderOptions()


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be made of what."""

    references: tuple[str, ...]
    """Files, folders, web addresses, or ``-`` for standard input."""

    edition: Edition
    plan: IssuePlan = IssuePlan()
    single: bool = False
    """Whether more than one article is a mistake, as in a brief."""

    strict: bool = False
    """Whether any problem is a failure: then nothing is written."""

    profiles: Profiles = Profiles()
    corrections: Path | None = None
    """A file for the one source; ``None``: what lies beside each source."""


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
    with Bindery(request.edition) as bindery:  # The engine loads in its own process while the articles are read.
        sources = load(request.references, stdin, web)
        corrections = load_corrections(sources, request.corrections)
        readings, problems = read_all(sources, progress, request.profiles, corrections)
        readings, pages = fetch_articles(readings, web, progress, request.profiles)
        sources = (*sources, *pages)
        issue = compile_issue(_articles(readings, single=request.single), request.plan)
        issue = gather_assets(issue, sources, web)
        issue = msgspec.structs.replace(issue, problems=(*problems, *issue.problems))
        written = bindery.make(issue, sources, progress)
    found = tuple(dict.fromkeys(problem for file in written.values() for problem in file.problems))
    if request.strict:
        fail_on(found)
    for number, (path, file) in enumerate(written.items(), start=1):
        write_atomically(path, file.data)
        progress("write", number, len(written))
    return Outcome(issue=issue, written=written, problems=found)


class Bindery:
    """Where an edition's files are made: its theme loaded, its presses prepared, its engines started.

    Any mistake in the edition is raised when it is opened, before anything is read: OptionError, OutputError,
    ThemeError. Use it as a context manager, for one issue. With ``keep``, which may have a file or parts of it from
    before, an engine is started only when it is needed.
    """

    def __init__(self, edition: Edition, keep: Keep | None = None) -> None:
        self._edition = edition
        self._keep = keep or made_anew
        self._starts_early = keep is None
        self._targets = {output: target_for(output.path) for output in edition.outputs}
        for output in self._targets:
            check_place(output.path)  # All before the first is written: the second must not fail for a folder's name.
        self._theme = load_theme(edition.theme, edition.theme_folders)
        self._options = load_settings(self._theme, edition.options)
        self._presses = {press: prepare_press(press) for output in edition.outputs if (press := output.press)}
        self._processes: dict[PressOptions | None, PdfProcess] = {}
        self._stack = contextlib.ExitStack()

    def __enter__(self) -> Self:
        with contextlib.ExitStack() as self._stack:
            if self._starts_early:
                for press in self._pdfs():
                    self._process(press)
            self._stack = self._stack.pop_all()
        return self

    def __exit__(self, *exception: object) -> None:
        self._stack.close()

    def make(
        self, issue: Issue, sources: Sequence[Source], progress: Progress = lambda stage, done, total: None
    ) -> dict[Path, Written]:
        """The finished files of the issue, in the order of the outputs, none of them written yet.

        ``sources`` are attached to a PDF for archives. RenderingError when an engine fails.
        """
        pdfs = {press: self._pdf(issue, sources, press, progress) for press in self._pdfs()}
        # An e-book lists the pages of the PDF for screens; of that for a press where there is no other.
        printed = pdfs[None] if None in pdfs else next(iter(pdfs.values()), None)
        books = self._books(issue, printed.pagination if printed else None)
        return {
            output.path: pdfs[output.press] if target == "print" else books[output.profile]
            for output, target in self._targets.items()
        }

    def _pdfs(self) -> tuple[PressOptions | None, ...]:
        """The ways in which PDFs are asked for, each once."""
        asked = (output.press for output, target in self._targets.items() if target == "print")
        return tuple(dict.fromkeys(asked))

    def _process(self, press: PressOptions | None) -> PdfProcess:
        """The engine for it, running."""
        if press not in self._processes:
            self._processes[press] = self._stack.enter_context(PdfProcess(self._edition.limits))
        return self._processes[press]

    def _pdf(self, issue: Issue, sources: Sequence[Source], press: PressOptions | None, progress: Progress) -> Written:
        rendition = render(issue, self._theme, "print", self._options)
        if press is None:
            rendition = msgspec.structs.replace(rendition, attachments=evidence(issue, sources))
        prepared = self._presses[press] if press else None
        written = self._keep(
            "files",
            Written,
            (rendition, prepared),
            lambda: self._process(press).write(
                rendition, lambda done, total: progress("lay out", done, total), prepared
            ),
        )
        return _with_problems(written, rendition)

    def _books(self, issue: Issue, pagination: Pagination | None) -> dict[ReaderProfile, Written]:
        """The e-book for each profile that is asked for, all from one master."""
        profiles = {output.profile: None for output, target in self._targets.items() if target == "ebook"}
        if not profiles:
            return {}
        rendition = render(issue, self._theme, "ebook", self._options, pagination)
        written = self._keep("files", Written, (rendition, None), lambda: write(rendition, self._keep))
        master = _with_problems(written, rendition)
        return {profile: for_reader(master, profile, self._edition.readers) for profile in profiles}


def _with_problems(written: Written, rendition: Rendition) -> Written:
    """The finished file, with the problems of all stages."""
    return msgspec.structs.replace(written, problems=(*rendition.problems, *written.problems))


def load_settings(theme: Theme, given: Mapping[str, str]) -> dict[str, Setting]:
    """The settings of the theme's options, with the pictures that they name; OptionError when one does not fit."""
    settings: dict[str, Setting] = {}
    for name, value in given.items():
        option = theme.options.get(name)
        try:
            settings[name] = load_picture(Path(value)) if value and option and option.type == "picture" else value
        except InputError as error:
            raise OptionError(
                f"option {name!r} cannot use {value!r}: {error}. Name a file that is a picture"
            ) from error
    resolve_options(theme.options, settings)
    return settings


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
    reader: Read = read,
) -> tuple[tuple[Reading, ...], tuple[Problem, ...]]:
    """What was understood of each source, and a problem for each of several that holds no article.

    InputError when there is only one source and it cannot be read, or when none of them can.
    """
    readings, problems = [], []
    for number, source in enumerate(sources, start=1):
        try:
            readings.append(_read(source, profiles, corrections.get(source.name, ()), reader))
        except InputError as error:
            if len(sources) == 1:
                raise
            problems.append(Problem(code="no-article", message=str(error), where=Path(source.name).name))
        progress("read", number, len(sources))
    if not readings:
        raise InputError(f"none of the {len(sources)} sources holds an article. The first: {problems[0].message}")
    return tuple(readings), tuple(problems)


def _read(source: Source, profiles: Profiles, corrections: Sequence[Correction] = (), reader: Read = read) -> Reading:
    """The source as its outlet's profile and its corrections have it read.

    A saved page tells its address only when it is read: then it is read again.
    """
    profile = profiles.chosen or profile_for(profiles.known, source.url)
    reading = reader(source, profile, corrections)
    if profile is None and profiles.known and source.url is None:
        urls = [article.url for article in reading.articles]
        profile = next((found for url in urls if (found := profile_for(profiles.known, url))), None)
        return reading if profile is None else reader(source, profile, corrections)
    return reading


def fetch_articles(
    readings: Sequence[Reading],
    web: Web | None,
    progress: Progress = lambda stage, done, total: None,
    profiles: Profiles = Profiles(),  # noqa: B008 - frozen
    reader: Read = read,
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
                article, page = _with_page(article, web, profiles, reader)
                pages += [page] if page else []
                done += 1
                progress("fetch", done, total)
            articles.append(article)
        completed.append(msgspec.structs.replace(reading, articles=tuple(articles)))
    return tuple(completed), tuple(pages)


def _is_summary(article: Article) -> bool:
    return article.url is not None and any(problem.code == "summary-only" for problem in article.problems)


def _with_page(article: Article, web: Web, profiles: Profiles, reader: Read) -> tuple[Article, Source | None]:
    """The article on the page that a feed's entry leads to; what the page does not say, the entry does."""
    try:
        (page,) = load([article.url or ""], web=web)
        full = _read(page, profiles, reader=reader).articles[0]
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
            media_type=source.media_type,
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
            media_type="application/jsonl",
            data=understood,
        ),
    )


def fail_on(problems: Sequence[Problem]) -> None:
    """StrictError when there are any."""
    if problems:
        count = "one problem was" if len(problems) == 1 else f"{len(problems)} problems were"
        raise StrictError(f"{count} found and --strict is given, so nothing was written. The first: {problems[0]}")


def _articles(readings: Sequence[Reading], *, single: bool) -> tuple[Article, ...]:
    articles = tuple(article for reading in readings for article in reading.articles)
    if single and len(articles) > 1:
        raise OptionError(f"a brief holds one article, and there are {len(articles)}. Use publisher compile")
    return articles

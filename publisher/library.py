"""The toolkit from Python: what ``import publisher`` gives, each name loaded when it is first used.

The functions are the pipeline's stages, with what most programs leave out left out: ``read`` gathers, ``compile``
makes an issue, ``render`` a file of it, ``check`` looks at one, and ``publish`` does what the command line does.
Nothing here reads the clock or the current folder's settings, prints, or ends the process.
"""

import contextlib
import functools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal, Self, TypeAlias

from msgspec.structs import replace

from publisher.checking import Purpose, Report
from publisher.checking import check as check_file
from publisher.confinement.jobs import JOBS
from publisher.confinement.standing import do
from publisher.confinement.worker import Worker
from publisher.errors import DefectError, InputError, OptionError, near_match
from publisher.fetching import Web, picture_asset
from publisher.model import Article, Asset, Attach, Issue, IssuePlan, Reading, Rendition, Source, Target, Written
from publisher.pipeline import (
    Edition,
    Gathered,
    Means,
    Published,
    Request,
    Wanted,
    assemble,
    gather,
    load_profiles,
    outputs_for,
)
from publisher.pipeline import publish as publish_request
from publisher.pipeline.bindery import load_settings
from publisher.pipeline.evidence import attached
from publisher.pipeline.readings import LOST, READ_TOGETHER
from publisher.seams import Executor, Lost
from publisher.theming import Setting, Theme, load_theme
from publisher.theming import render as themed
from publisher.writing import write
from publisher.writing.pdf import Limits, PdfProcess

__all__ = ["Confined", "Format", "Press", "check", "compile", "publish", "read", "read_many", "render"]

Format: TypeAlias = Literal["pdf", "epub"]

FORMATS: Mapping[str, Target] = {"pdf": "print", "epub": "ebook"}

Origin: TypeAlias = str | Path | Source
"""A file, a folder or an address; or bytes, with their name and their media type."""


class Confined:
    """A confined process that reads pages and decodes pictures of strangers: give it to ``read`` and ``publish``.

    It has limits of memory and time and no way to the network or to files (docs/security.md); a page that it dies of
    costs itself. Use it as a context manager.
    """

    def __init__(self) -> None:
        self._worker = Worker(JOBS)

    def __enter__(self) -> Self:
        self._worker.__enter__()
        return self

    def __exit__(self, *exception: Any) -> None:
        self._worker.__exit__(*exception)

    def read(self, *order: Any) -> Reading:
        """What is understood of a source, as ``publisher.reading.read``."""
        reading: Reading = self._worker.do("read", *order)
        return reading

    def picture(self, *order: Any) -> Asset:
        """The picture as an asset, as ``publisher.fetching.picture_asset``."""
        asset: Asset = self._worker.do("picture", *order)
        return asset


def read(
    *origins: Origin, web: Web | None = None, outlet: Path | None = None, confined: Confined | None = None
) -> Gathered:
    """The articles of files, folders, addresses or bytes, in ``.articles``; what went wrong in ``.problems``.

    Addresses are fetched with ``web``. ``outlet`` is a file with an outlet's own words. Without ``confined``, pages are
    read in this process, without limits.

    InputError when the one origin cannot be read, or none of several holds an article.
    """
    return gather(_wanted(origins, outlet), _means(web, confined))


def read_many(
    origins: Iterable[Origin],
    *,
    outlet: Path | None = None,
    confined: Confined | None = None,
    executor: Executor | None = None,
) -> Iterator[Gathered | InputError]:
    """What ``read`` makes of each origin, in their order; the error in the place of one that cannot be read.

    Origins are taken as they are read, so that there may be more of them than memory holds. With ``executor``, such as
    ``Processes`` or ``Cluster``, several are read at a time, each in a confined process that the executor's has.
    """
    if executor is None:
        return (_tried(_means(None, confined), outlet, origin) for origin in origins)
    if confined is not None:
        raise OptionError(
            "an executor's processes are confined", code="confined-of-an-executor", hint="Give one of both"
        )
    means = Means(read=functools.partial(do, JOBS["read"]))
    came = executor.map(functools.partial(_tried, means, outlet), origins, READ_TOGETHER)
    return (DefectError(f"a source could not be read: {LOST}") if isinstance(one, Lost) else one for one in came)


def _tried(means: Means, outlet: Path | None, origin: Origin) -> Gathered | InputError:
    try:
        return gather(_wanted([origin], outlet), means)
    except InputError as error:
        return error


def compile(  # noqa: A001 - its name in the trade
    articles: Gathered | Iterable[Article],
    *,
    web: Web | None = None,
    confined: Confined | None = None,
    **plan: Any,
) -> Issue:
    """An issue of what was read, or of any articles: repetitions found, related news in an appendix, pictures at hand.

    ``plan`` is what ``publisher.IssuePlan`` has: ``title``, ``number``, ``date``, ``language``, ``sections`` and the
    others. Pictures on the web are fetched with ``web``.
    """
    had = articles if isinstance(articles, Gathered) else _gathered(tuple(articles))
    return assemble(had, _plan(plan), _means(web, confined))


def render(
    issue: Issue,
    format: Format,  # noqa: A002 - its name in the trade
    *,
    theme: str = "compilation",
    theme_folders: Sequence[Path] = (),
    options: Mapping[str, str] = {},
    pages_of: Written | None = None,
    attach: Attach = "articles",
) -> Written:
    """The issue as a PDF or an EPUB in a theme: the file's bytes are ``.data``, what went wrong ``.problems``.

    A PDF has ``.page_count`` too, and ``.pages`` by anchor; an e-book lists the pages of the PDF that ``pages_of`` is.
    ThemeError and OptionError for a mistake in what was asked; RenderingError when the engine fails.
    """
    look = _look(theme, theme_folders, options)
    return write(_rendition(issue, _target(format), *look, attach, pages_of))


class Press:
    """A warm engine for many PDFs in one theme: the next one is started while the one before works.

    Use it as a context manager. ThemeError and OptionError when it is made, for a mistake in what was asked.
    """

    def __init__(
        self,
        *,
        theme: str = "brief",
        theme_folders: Sequence[Path] = (),
        options: Mapping[str, str] = {},
        limits: Limits = Limits(),  # noqa: B008 - frozen
    ) -> None:
        self._limits = limits
        self._look = _look(theme, theme_folders, options)
        self._stack = contextlib.ExitStack()

    def __enter__(self) -> Self:
        self._next = self._stack.enter_context(PdfProcess(self._limits))
        return self

    def __exit__(self, *exception: object) -> None:
        self._stack.close()

    def pdf(self, issue: Issue, *, attach: Attach = "articles") -> Written:
        """The issue as a PDF, as ``render`` makes it."""
        rendition = _rendition(issue, "print", *self._look, attach)
        ready = self._next
        self._next = PdfProcess(self._limits)
        try:
            return ready.write(rendition)
        finally:
            self._stack.close()
            self._stack.enter_context(self._next)


def check(file: bytes | Path, *, name: str | None = None, purposes: Iterable[Purpose] = ()) -> Report:
    """What is found in a PDF or an EPUB, ours or anybody's. It takes the extra ``check``.

    InputError when it is neither, or cannot be read.
    """
    data = file if isinstance(file, bytes) else _bytes_of(file)
    return check_file(data, name or (str(file) if isinstance(file, Path) else "the file"), frozenset(purposes))


def publish(
    origins: Sequence[Origin],
    outputs: Sequence[str | Path],
    *,
    theme: str = "compilation",
    theme_folders: Sequence[Path] = (),
    options: Mapping[str, str] = {},
    web: Web | None = None,
    confined: Confined | None = None,
    strict: bool = False,
    **plan: Any,
) -> Published:
    """Read, compile and write the files, each whole or not at all, as ``publisher compile`` does.

    ``plan`` as of ``compile``. Any of the errors of ``publisher``; with ``strict``, StrictError for any problem.
    """
    edition = Edition(
        outputs=outputs_for([Path(output) for output in outputs]),
        theme=theme,
        theme_folders=tuple(theme_folders),
        options=options,
    )
    wanted = _wanted(origins)
    request = Request(
        references=wanted.references, sources=wanted.sources, edition=edition, plan=_plan(plan), strict=strict
    )
    return publish_request(request, _means(web, confined))


def _wanted(origins: Sequence[Origin], outlet: Path | None = None) -> Wanted:
    references = tuple(str(origin) for origin in origins if not isinstance(origin, Source))
    sources = tuple(origin for origin in origins if isinstance(origin, Source))
    return Wanted(references=references, sources=sources, profiles=load_profiles(outlet))


def _means(web: Web | None, confined: Confined | None) -> Means:
    return Means(web=web, read=confined.read, picture=confined.picture) if confined else Means(web=web)


def _gathered(articles: tuple[Article, ...]) -> Gathered:
    return Gathered(readings=(Reading(articles=articles, trace=()),))


def _plan(fields: Mapping[str, Any]) -> IssuePlan:
    unknown = [name for name in fields if name not in IssuePlan.__struct_fields__]
    if unknown:
        raise OptionError(
            f"an issue has no {unknown[0]!r}",
            code="unknown-field",
            subject=unknown[0],
            hint=near_match(unknown[0], IssuePlan.__struct_fields__),
        )
    return IssuePlan(**fields)


def _target(format_: str) -> Target:
    if format_ not in FORMATS:
        raise OptionError(
            f"{format_!r} names no format that is made here",
            code="unknown-format",
            subject=format_,
            hint=near_match(format_, FORMATS),
        )
    return FORMATS[format_]


def _look(theme: str, folders: Sequence[Path], options: Mapping[str, str]) -> tuple[Theme, dict[str, Setting]]:
    """A theme and the settings of its options."""
    found = load_theme(theme, folders)
    return found, load_settings(found, options, picture_asset)


def _rendition(
    issue: Issue,
    target: Target,
    theme: Theme,
    settings: Mapping[str, Setting],
    attach: Attach,
    pages_of: Written | None = None,
) -> Rendition:
    rendition = themed(issue, theme, target, settings, pages_of.pagination if pages_of else None)
    if target == "ebook":
        return rendition
    attachments, withheld = attached(issue, (), attach, ())
    return replace(rendition, attachments=attachments, problems=(*rendition.problems, *withheld))


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise InputError(f"cannot read {str(path)!r}: {error.strerror}. Name a finished file.") from error

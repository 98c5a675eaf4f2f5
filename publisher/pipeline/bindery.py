"""An issue becomes the files of an edition: theming and writing, in their order."""

import contextlib
import datetime as dt
import functools
import threading
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Self

import msgspec

from publisher.bulkhead import bulkhead
from publisher.compiling import compile_issue, part_of
from publisher.errors import DocumentError, InputError, OptionError, PublisherError, UnthemedError
from publisher.fetching import load_picture, picture_asset
from publisher.memory import give_back_memory
from publisher.model import (
    Article,
    Asset,
    Attach,
    Device,
    Figure,
    Issue,
    IssuePlan,
    Pagination,
    PlacedArticle,
    Problem,
    Rendition,
    Source,
    Written,
)
from publisher.packages import versions_of
from publisher.pipeline.aside import aside
from publisher.pipeline.culprits import FAULTS, culprits, original
from publisher.pipeline.evidence import Carried
from publisher.pipeline.fitting import Trimmed, fit
from publisher.pipeline.lean import KeptFiles
from publisher.pipeline.outputs import Output
from publisher.seams import Keep, Progress, made_anew, untold
from publisher.theming import Setting, Theme, begin_ebook, load_theme, render, resolve_options
from publisher.writing import check_place, target_for, write
from publisher.writing.devices import DeviceOptions, for_device
from publisher.writing.pdf import Limits, PdfProcess, PressOptions, prepare_press


def untold_of(output: Output, data: bytes) -> None:
    """Tells nobody."""


def untold_pages(pagination: Pagination) -> None:
    """Tells nobody."""


class Edition(msgspec.Struct, frozen=True, kw_only=True):
    """The files that an issue becomes, and how they look."""

    outputs: tuple[Output, ...]
    theme: str
    theme_folders: tuple[Path, ...] = ()
    options: Mapping[str, str] = {}
    limits: Limits = Limits()
    for_devices: DeviceOptions = DeviceOptions()
    attach: Attach = "articles"
    """What the PDFs for archives carry of what they were made from."""

    originals: tuple[str, ...] = ()
    """Names of sources that these carry whatever they are and ``attach`` says."""

    pages: int | None = None
    """The most that a PDF may have: ``publisher.pipeline.fitting`` says what it then goes without."""


class Bindery:
    """Where an edition's files are made: its theme loaded, its presses prepared, its engines started.

    Any mistake in the edition is raised when it is opened, before anything is read: OptionError, OutputError,
    ThemeError. Use it as a context manager, for one issue. With ``keep``, which may have a file or parts of it from
    before, an engine is started only when it is needed. ``picture`` decodes those that options of the theme name.
    ``engine`` is one that is running already and stays, in the place of those that are started here; ``loading`` one
    that makes the first PDF, in the place of the first that would be.
    """

    def __init__(
        self,
        edition: Edition,
        keep: Keep | None = None,
        progress: Progress = untold,
        picture: Callable[[bytes], Asset] = picture_asset,
        engine: PdfProcess | None = None,
        loading: PdfProcess | None = None,
    ) -> None:
        self._edition = edition
        self._progress = progress
        self._keep = keep or made_anew
        self._files = KeptFiles(self._keep)
        self._engine = engine
        self._loading = loading
        self._starts_early = keep is None and engine is None
        self._targets = {output: target_for(output.path) for output in edition.outputs}
        for output in self._targets:
            check_place(output.path)  # All before the first is written: the second must not fail for a folder's name.
        if edition.pages and "print" not in self._targets.values():
            raise OptionError(
                "only a PDF has pages to be counted, and no output is one",
                code="pages-of-none",
                hint="Add a name ending in .pdf",
            )
        self._theme = load_theme(edition.theme, edition.theme_folders)
        self._options = load_settings(self._theme, edition.options, picture)
        self._presses = {press: prepare_press(press) for output in edition.outputs if (press := output.press)}
        self._processes: dict[PressOptions | None, PdfProcess] = {}
        self._tell: Callable[[Output, bytes], None] = untold_of
        self._meanwhile: list[Callable[[], object]] = []
        self._begun: Callable[[Pagination], Rendition] | None = None
        """The e-book, as far as it goes without the pages of the PDF."""

        self._bound: tuple[Pagination, dict[Device, Written]] | None = None
        """The e-books with these pages, made while the PDF was written."""

        self._stack = contextlib.ExitStack()

    def __enter__(self) -> Self:
        with contextlib.ExitStack() as self._stack:
            if self._starts_early:
                for press in self._pdfs():
                    self._process(press)
                if not self._pdfs():  # Whose engine has the other core.
                    self.rehearse()
            self._stack = self._stack.pop_all()
        return self

    def __exit__(self, *exception: object) -> None:
        self._stack.close()

    def expect(self) -> None:
        """Have an engine load beside what is done now: some file will have to be made anew."""
        with contextlib.suppress(OSError):  # What the system refuses now is asked for again.
            if self._pdfs() and self._engine is None:
                self._process(self._pdfs()[0])

    def make(
        self,
        issue: Issue,
        sources: Sequence[Source],
        tell: Callable[[Output, bytes], None] = untold_of,
        meanwhile: Sequence[Callable[[], object]] = (),
    ) -> dict[Path, Written]:
        """The finished files of the issue, in the order of the outputs, none of them written yet.

        ``tell`` is given each PDF as soon as it is made anew, while the e-books are still to be made. What is to be
        done ``meanwhile`` is, in another thread, if and while an engine is waited for; its errors are nobody's. Of the
        ``sources``, a PDF for archives carries what the edition says. RenderingError when an engine fails, OptionError
        when an original that it names is none of them, UnthemedError when files cannot be made of some articles: then
        they can be made again of an issue without these.
        """
        self._tell = tell
        self._begun = self._bound = None
        self._meanwhile = [*meanwhile, functools.partial(self._begin_books, issue)]
        try:
            with bulkhead():
                return self._made(issue, sources)
        except UnthemedError:
            raise
        except FAULTS as error:
            self._tell = untold_of
            unfit = self._unfit(error, issue, sources)
            if unfit:
                raise UnthemedError(unfit) from error
            raise original(error) from None

    def beside(self, issue: Issue, kind: str, made_of: object, make: Callable[[], bytes]) -> Written:
        """A file that is none of the edition's, of the issue and what else it is ``made_of``, made or kept.

        ``kind`` is that of the step to whoever keeps it.
        """
        material = (*self._files.material(issue), made_of)
        return self._files.kept(issue, material, lambda: Written(data=make()), kind)

    def galley(self, issue: Issue, placed: PlacedArticle) -> Written | None:
        """The pages of one of its articles by itself, at the head of a page and counted from 1.

        ``None`` where the theme gives articles no pages of their own. The errors are those of ``make``.
        """
        shown = {block.src for block in placed.article.body if isinstance(block, Figure)}
        assets = tuple(asset for asset in issue.assets if asset.name in shown)
        alone = msgspec.structs.replace(part_of(issue, [placed]), assets=assets)
        settings = {**self._options, "flow": "each"} if "flow" in self._theme.options else self._options
        with bulkhead():
            rendition = render(alone, self._theme, "print", settings, keep=self._keep)
        documents = tuple(document for document in rendition.documents if document.role == "article")
        if not documents:
            return None
        self._begin(msgspec.structs.replace(rendition, documents=documents), None)
        return self._finished(None)

    def rehearse(self) -> None:
        """Have a file themed that nobody sees, in another thread: what it takes is loaded while pages are read."""
        rehearsal = threading.Thread(target=self._rehearse)
        with contextlib.suppress(RuntimeError):  # The system has no thread for it.
            rehearsal.start()
            self._stack.callback(rehearsal.join)

    def _rehearse(self) -> None:
        with contextlib.suppress(PublisherError), bulkhead():
            article = Article(headline="1", language="en", published=dt.date.min, body=())
            render(
                compile_issue((article,), IssuePlan()),
                self._theme,
                "print" if self._pdfs() else "ebook",
                self._options,
            )

    def _unfit(self, error: PublisherError, issue: Issue, sources: Sequence[Source]) -> dict[str, str]:
        """Why, by its id, of each article to blame for an error; none where it is nobody's."""
        articles = issue.articles
        if isinstance(error, DocumentError) and len(articles) > 1 and error.document in {each.id for each in articles}:
            found = {error.document: str(error)}
        elif isinstance(error, DocumentError):  # Of several articles in a row.
            found = self._sought(articles, lambda some: self._pdfs_of(part_of(issue, some), sources))
        else:
            found = self._sought(articles, lambda some: self._themed(part_of(issue, some)))
        headlines = {each.id: each.article.headline for each in articles}
        return {id_: f"the article {headlines[id_]!r} could not be set: {reason}" for id_, reason in found.items()}

    def _sought(
        self, articles: Sequence[PlacedArticle], step: Callable[[Sequence[PlacedArticle]], object]
    ) -> dict[str, str]:
        return {articles[at].id: reason for at, reason in culprits(articles, step).items()}

    def _themed(self, issue: Issue) -> None:
        """All that is done for the files in this process, for who wants to know whether it can be."""
        if self._pdfs():
            render(issue, self._theme, "print", self._options)
        self._books(issue, None)

    def _made(self, issue: Issue, sources: Sequence[Source]) -> dict[Path, Written]:
        pdfs = self._pdfs_of(issue, sources)
        pagination = pdfs[self._listed].pagination if pdfs else None
        bound, books = self._bound or (None, {})
        if not books or bound != pagination:
            books = self._books(issue, pagination)
        return {
            output.path: pdfs[output.press] if target == "print" else books[output.device]
            for output, target in self._targets.items()
        }

    def _pdfs_of(self, issue: Issue, sources: Sequence[Source]) -> dict[PressOptions | None, Written]:
        return {press: self._pdf(issue, sources, press) for press in self._pdfs()}

    def _pdfs(self) -> tuple[PressOptions | None, ...]:
        """The ways in which PDFs are asked for, each once."""
        asked = (output.press for output, target in self._targets.items() if target == "print")
        return tuple(dict.fromkeys(asked))

    @property
    def _listed(self) -> PressOptions | None:
        """How the PDF is made whose pages an e-book lists: that for screens, or for a press where there is no other."""
        pdfs = self._pdfs()
        return None if None in pdfs else next(iter(pdfs), None)

    def _printed(self, press: PressOptions | None) -> Output:
        """The first output that is so made."""
        return next(out for out, target in self._targets.items() if target == "print" and out.press == press)

    def _process(self, press: PressOptions | None) -> PdfProcess:
        """The engine for it, running."""
        if press not in self._processes:
            loading, self._loading = self._loading, None
            self._processes[press] = loading or self._stack.enter_context(PdfProcess(self._edition.limits))
        return self._processes[press]

    def _pdf(self, issue: Issue, sources: Sequence[Source], press: PressOptions | None) -> Written:
        def lay_out(draft: Trimmed) -> Written:
            return self._drafted(draft, press, carried)

        edition = self._edition
        carried = (
            Carried(issue=issue, sources=sources, attach=edition.attach, originals=edition.originals)
            if press is None
            else Carried(issue=issue, attach="none")
        )
        if self._edition.pages is None:
            return lay_out(Trimmed(issue=issue))
        return fit(issue, self._edition.pages, tuple(self._theme.options), lay_out)

    def _drafted(self, draft: Trimmed, press: PressOptions | None, carried: Carried) -> Written:
        """The PDF of a draft, with what it carries. Drafts carry alike: the articles whole."""
        issue, problems_before = _apart(draft.issue)
        settings = {**self._options, **draft.settings}
        prepared = self._presses[press] if press else None

        def make() -> Written:
            problems = begin()
            give_back_memory()
            with aside(*self._meanwhile) as do:
                self._meanwhile = []

                def paginated(found: Pagination) -> None:
                    if press == self._listed and self._edition.pages is None:  # Else it is one draft of several.
                        do(functools.partial(self._bind_books, draft.issue, found))

                written = self._finished(press, paginated)
            if self._edition.pages is None:
                self._tell(self._printed(press), written.data)
            return _with_problems(problems, written)

        def begin() -> tuple[Problem, ...]:
            """Have it laid out. Nobody here has the rendition meanwhile: that of many articles takes much memory."""
            process = self._engine or self._process(press)  # One that is started only now loads while we theme.
            process.give(issue.assets)
            rendition = render(issue, self._theme, "print", settings, keep=self._keep, foretell=process.foretell)
            attachments, withheld = carried.attached()
            problems = (*rendition.problems, *withheld)
            self._begin(msgspec.structs.replace(rendition, attachments=attachments, problems=problems), press)
            return problems

        whole = () if draft.issue is carried.issue else carried.issue.articles
        made_of = (*self._files.material(issue), self._look, settings, carried.made_of(), whole, prepared)
        return _with_problems(problems_before, self._files.kept(issue, made_of, make))

    def _begin(self, rendition: Rendition, press: PressOptions | None) -> None:
        """Have the engine make a PDF, which is to be asked for next."""
        process = self._engine or self._process(press)
        process.begin(rendition, self._presses[press] if press else None, self._keep)

    def _finished(self, press: PressOptions | None, paginated: Callable[[Pagination], None] = untold_pages) -> Written:
        """The PDF that was begun. An engine of ours makes one: the next would be another's."""
        process = self._engine or self._process(press)
        self._processes.pop(press, None)
        return process.finish(functools.partial(self._progress, "lay out"), self._keep, paginated)

    def _books(self, issue: Issue, pagination: Pagination | None) -> dict[Device, Written]:
        """The e-book for each device that is asked for, all from one master."""
        devices = {output.device: None for output, target in self._targets.items() if target == "ebook"}
        if not devices:
            return {}
        issue, problems_before = _apart(issue)

        def make() -> Written:
            if self._begun and pagination:
                rendition = self._begun(pagination)
            else:
                rendition = render(issue, self._theme, "ebook", self._options, pagination, self._keep)
            return _with_problems(rendition.problems, write(rendition, self._keep))

        made_of = (*self._files.material(issue), self._look, self._options, pagination)
        master = self._files.kept(issue, made_of, make)
        return {device: _with_problems(problems_before, self._for_device(issue, master, device)) for device in devices}

    def _for_device(self, issue: Issue, master: Written, device: Device) -> Written:
        options = self._edition.for_devices
        if device == "generic":
            return master
        made_of = (msgspec.structs.replace(master, data=b""), device, options)  # Its digest is known where this counts.
        return self._files.kept(issue, made_of, lambda: for_device(master, device, options, self._keep))

    def _bind_books(self, issue: Issue, pagination: Pagination) -> None:
        self._bound = pagination, self._books(issue, pagination)

    def _begin_books(self, issue: Issue) -> None:
        if "ebook" in self._targets.values():
            self._begun = begin_ebook(_apart(issue)[0], self._theme, self._options, self._keep)

    @cached_property
    def _look(self) -> tuple[Theme, dict[str, str]]:
        """What files look like: the theme, and the versions of the packages that its fonts come from."""
        return self._theme, versions_of(family.package for family in self._theme.fonts if family.package)


def _apart(issue: Issue) -> tuple[Issue, tuple[Problem, ...]]:
    """The issue, and the problems met on the way to it: no file is another for them."""
    return msgspec.structs.replace(issue, problems=()), issue.problems


def _with_problems(before: tuple[Problem, ...], written: Written) -> Written:
    """The finished file, with the problems of the stages before."""
    return msgspec.structs.replace(written, problems=(*before, *written.problems))


def problems_of(written: Mapping[Path, Written]) -> tuple[Problem, ...]:
    """The problems of all the files, each once."""
    return tuple(dict.fromkeys(problem for file in written.values() for problem in file.problems))


def load_settings(theme: Theme, given: Mapping[str, str], picture: Callable[[bytes], Asset]) -> dict[str, Setting]:
    """The settings of the theme's options, with the pictures that they name; OptionError when one does not fit."""
    settings: dict[str, Setting] = {}
    for name, value in given.items():
        option = theme.options.get(name)
        try:
            is_picture = value and option and option.type == "picture"
            settings[name] = load_picture(Path(value), picture) if is_picture else value
        except InputError as error:
            raise OptionError(
                f"option {name!r} cannot use {value!r}: {error}. Name a file that is a picture"
            ) from error
    resolve_options(theme.options, settings)
    return settings

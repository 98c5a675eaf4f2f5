"""A desk: its folder, what it was read as, what is decided, and its pages as they would be printed."""

import contextlib
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

from publisher import __version__
from publisher.automation.shelving import put_on_shelf
from publisher.config import DeskSettings
from publisher.confinement.jobs import JOBS, ConfinedJob
from publisher.desk import changes
from publisher.desk.bringing import Bringing
from publisher.desk.contents import DESK, Contents, NotFoundError
from publisher.desk.decisions import Decisions
from publisher.desk.digests import Digests, SurroundingsOf
from publisher.desk.drafts import ConflictError, Drafts, revision_of
from publisher.desk.events import Hub
from publisher.desk.exporting import CarriedFile, export, findings, shown_findings
from publisher.desk.folder import DeskFolder
from publisher.desk.jobs import Jobs
from publisher.desk.live import PAUSE_S, LaidOut, Live
from publisher.desk.looks import ThemeForm, ThemeName, form_of, themes
from publisher.desk.pages import DeskPage, DeskPages, corrections_of, short_id
from publisher.desk.pictures import Pictures
from publisher.desk.prints import Prints
from publisher.desk.proofs import Proofs
from publisher.desk.reader import PageReader
from publisher.desk.steps import step_name
from publisher.desk.views import (
    ArticleCard,
    DeskState,
    History,
    Progressed,
    ShownIssue,
    ShownTheme,
    UploadLimits,
    cards_of,
)
from publisher.errors import ConfigError, PublisherError
from publisher.fetching import Web
from publisher.model import Article, Written
from publisher.pipeline import Request, desk_request
from publisher.seams import Progress

LIMIT_UPLOAD_BYTES = 32 * 1024**2
LIMIT_UPLOAD_FILES = 500
LOOK_S = 1.0
"""How often the folder is looked at for what others change in it, while somebody is there."""


class Desk:
    """One folder, for any number of windows. Its methods may be called from any thread.

    ``contents`` is what lies there, ``decisions`` changes it, ``proofs`` are its pages. ``themes`` are looked in behind
    those that ``desk.toml`` names. Use it as a context manager.
    """

    def __init__(
        self,
        folder: Path,
        *,
        themes: Sequence[Path] = (),
        web: Web | None = None,
        secret: str = "",
        surroundings: SurroundingsOf | None = None,
        shelf: Path | None = None,
        pause_s: float = PAUSE_S,
        jobs: Mapping[str, ConfinedJob] = JOBS,
    ) -> None:
        """InputError when there is no such folder.

        ``secret`` makes addresses that nobody guesses. Issues are put on the ``shelf``, if there is one. Pages are laid
        out when nothing changed for ``pause_s`` seconds.
        """
        self.folder = DeskFolder(folder)
        self.hub = Hub()
        self.drafts = Drafts(self.folder)
        self._themes = tuple(themes)
        self._reader = PageReader(jobs)
        self.pages = DeskPages(self.folder, self._reader)
        self.pictures = Pictures(self.folder, self._reader)
        self.bringing = Bringing(self.folder, self.drafts, self._reader, web)
        self.jobs = Jobs(self.hub, self.folder)
        self.digests = Digests(self.folder, self.drafts, surroundings) if surroundings else None
        self.shelf = shelf
        self._has_web = web is not None
        self.prints = Prints(self.folder, self.pages.id_of)
        self.contents = Contents(self.folder, self.drafts, self.pages, self.pictures, self.prints)
        self._stamp = ""
        self._ended = threading.Event()
        self._to_read = threading.Event()
        self._threads = (
            threading.Thread(target=self._read_pages, name="desk-pages", daemon=True),
            threading.Thread(target=self._watch, name="desk-watch", daemon=True),
        )
        self._live = Live(self._wanted, self._reader.means(), self._told, self._told_galley, pause_s)
        self.proofs = Proofs(self.prints, self.contents, self._wanted, lambda: self._live.is_busy, secret)
        self.decisions = Decisions(
            self.folder,
            self.drafts,
            self.pages,
            self.contents,
            self.hub,
            look=self.look,
            changed=self._desk_changed,
            wake=self.make_pages,
        )

    def __enter__(self) -> "Desk":
        self.look()
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *exception: object) -> None:
        self._ended.set()
        self._to_read.set()
        self.hub.end()
        self.jobs.close()
        self._live.end()
        self._reader.close()

    # --- what is shown -----------------------------------------------------------------------------------------------

    def state(self) -> DeskState:
        """All that is shown at first."""
        data = self.drafts.content(DESK)
        desk = self.contents.parsed(data)
        waiting = len(self.pages.waiting)
        total = len(self.pages.all())
        issue = {name: getattr(desk.issue, name) for name in ShownIssue.__struct_fields__}
        return DeskState(
            folder=self.folder.path.name,
            revision=revision_of(data),
            version=__version__,
            history=self.history(),
            issue=ShownIssue(**issue),
            theme=ShownTheme(name=desk.theme.name, options=desk.theme.options),
            outputs=desk.outputs,
            cards=self.contents.cards(desk),
            pages=self._known_pages(),
            reading=Progressed(done=total - waiting, total=total),
            render=self.proofs.render(),
            limits=UploadLimits(upload_bytes=LIMIT_UPLOAD_BYTES, upload_files=LIMIT_UPLOAD_FILES),
            has={"web": self._has_web, "shelf": self.shelf is not None},
        )

    def _known_pages(self) -> str:
        return revision_of("\n".join(page.id for page in self.pages.all()).encode())

    def history(self) -> History:
        """What would be undone, and what done again."""
        undo, redo = self.drafts.steps
        return History(undo=undo, redo=redo)

    def themes(self) -> tuple[ThemeName, ...]:
        """The themes that there are."""
        return themes(self._search())

    def theme(self, name: str) -> ThemeForm:
        """A theme with its options."""
        return form_of(name, self._search(), self.contents.settings().theme)

    def _search(self) -> tuple[Path, ...]:
        try:
            folders = self.contents.settings().theme.folders
        except ConfigError:  # Which is told where the file is used.
            folders = ()
        return (*(self.folder.path / each for each in folders), *self._themes)

    def conflict(self, error: ConflictError) -> dict[str, object]:
        """What is there now of what somebody wanted to change, and what is other than they knew."""
        if error.name == DESK:
            state = self.state()
            was = changes.flat(self.contents.parsed(error.was))
            return {"now": state, "changed": changes.differing(was, changes.flat(self.contents.settings()))}
        page = next((page for page in self.pages.all() if corrections_of(page.file) == error.name), None)
        if page is None:
            return {"now": None, "changed": [step_name("file", error.name)]}
        was_becoming = changes.by_line(page, error.was)
        now = changes.by_line(self.pages.read(page), self.drafts.content(error.name))
        return {"now": self.contents.lines(page.id), "changed": changes.differing(was_becoming, now)}

    # --- what is done ------------------------------------------------------------------------------------------------

    def brought(self, file: str) -> tuple[ArticleCard, ...]:
        """The cards of a file that came in; none for a picture."""
        self.look()
        self.pages.get(short_id(file))
        return tuple(card for card in self.contents.cards(self.contents.settings()) if card.file == file)

    def check(self) -> str:
        """The name of a job that looks at the pages as a reader and a press will."""
        last = self.proofs.last()
        written, attached = last.written, last.sheets.attachments()
        ids = {card.headline: card.id for card in self.contents.cards(self.contents.settings())}

        def do(progress: Progress) -> object:
            progress("check", 0, 1)
            carried = tuple(CarriedFile(name=name, description=what, bytes=size) for name, what, size in attached)
            return {"findings": shown_findings(findings(written), ids), "attachments": carried}

        return self.jobs.start("check", do)

    def export(self) -> str:
        """The name of a job that writes the files that ``desk.toml`` names."""
        request = desk_request(self._with_outputs(), self.folder.path, self._themes)
        means = self._reader.means()
        return self.jobs.start("export", lambda progress: export(request, means, progress, self.folder))

    def put_on_shelf(self, *, replace: bool) -> str:
        """The name of a job that puts the issue on the shelf, in the place of another where ``replace`` says so."""
        if self.shelf is None:
            raise NotFoundError("there is no shelf. Start the desk with one.")
        desk, shelf, means = self._with_outputs(), self.shelf, self._reader.means()

        def do(progress: Progress) -> object:
            by = msgspec.structs.replace(means, progress=progress)
            put = put_on_shelf(desk, self.folder.path, shelf, by, themes=self._themes, replace=replace)
            return {"week": put.proof.week, "shelf": shelf.name}

        return self.jobs.start("shelf", do)

    def _with_outputs(self) -> DeskSettings:
        desk = self.contents.settings()
        if not desk.outputs:
            raise NotFoundError("no file is to be written. Choose one.")
        return desk

    def make_pages(self) -> None:
        """Lay the issue out again."""
        self._live.wake()

    def look(self) -> None:
        """Look at the folder anew."""
        self.pages.look()
        self._stamp = self._stamped()
        self._to_read.set()
        self._desk_changed()

    def _desk_changed(self) -> None:
        self._stamp = self._stamped()
        said = {"revision": self.drafts.revision(DESK), "history": self.history(), "pages": self._known_pages()}
        self.hub.tell("desk", said)
        self._live.wake()

    # --- what goes on by itself --------------------------------------------------------------------------------------

    def _stamped(self) -> str:
        """What changes with the files of the folder and of the themes that are looked for outside of those shipped."""
        return self.folder.stamp(self._search())

    def _read_pages(self) -> None:
        while self._to_read.wait() and not self._ended.is_set():
            self._to_read.clear()
            self.pages.read_rest(self._read_one)

    def _read_one(self, was: DeskPage, page: DeskPage, done: int, total: int) -> None:
        try:
            desk = self.contents.settings()
        except ConfigError:  # Which is told to who asks for the desk.
            desk = DeskSettings()
        for card in cards_of(page, desk, self.folder, waiting=False):
            self.hub.tell("card", card)
        self.hub.tell("reading", Progressed(done=done, total=total))
        if was.by_rules and was.texts != page.texts:
            self.hub.tell("page", {"page": page.id, "revision": ""})

    def _watch(self) -> None:
        while not self._ended.wait(LOOK_S):
            if self.hub.listeners and self._stamped() != self._stamp:
                with contextlib.suppress(PublisherError):  # A folder that is gone is told to who asks for it.
                    self.look()

    def _wanted(self) -> tuple[Request, int | None]:
        desk = self.contents.settings()
        return desk_request(desk, self.folder.path, self._themes), desk.issue.pages

    def _told(self, laid_out: LaidOut | None) -> None:
        """What is shown of the pages while they are made, and after."""
        render = self.prints.take(laid_out)
        self.hub.tell("render", render)
        if laid_out and laid_out.crashed:
            self.hub.tell("engine", {"state": "ready", "message": render.message})

    def _told_galley(self, article: Article, written: Written) -> None:
        """What is shown when one article was set by itself, before all are."""
        self.hub.tell("render", self.prints.take_galley(article, written))

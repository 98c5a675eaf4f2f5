"""A desk: its folder, what it was read as, what is decided, and its pages as they would be printed."""

import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from msgspec import UNSET
from msgspec.structs import replace

from publisher import __version__
from publisher.config import DeskSettings, dump_desk, parse_desk
from publisher.confinement.jobs import JOBS, ConfinedJob
from publisher.desk import changes
from publisher.desk.drafts import ConflictError, Drafts, revision_of
from publisher.desk.events import Hub
from publisher.desk.folder import DeskFolder
from publisher.desk.live import PAGES_KEPT, LaidOut, Live, article_of_page
from publisher.desk.pages import DeskPage, DeskPages, corrections_of
from publisher.desk.printing import Printer, Printing, name_of
from publisher.desk.reader import PageReader, Recent
from publisher.desk.sheets import PICTURES_BYTES, Sheets
from publisher.desk.views import (
    ArticleCard,
    DeskState,
    History,
    PageBudget,
    PageLines,
    Progressed,
    Render,
    ShownIssue,
    ShownPage,
    ShownTheme,
    UploadLimits,
    cards_of,
    lines_of,
    shown_problem,
    without_place,
)
from publisher.errors import PublisherError
from publisher.model import Article
from publisher.pipeline import Request, desk_request, plan_of_desk

DESK = "desk.toml"
LIMIT_UPLOAD_BYTES = 32 * 1024**2
LIMIT_UPLOAD_FILES = 500
LOOK_S = 1.0
"""How often the folder is looked at for what others change in it, while somebody is there."""


class NotFoundError(PublisherError):
    """There is no such page, article, picture or line."""


class Desk:
    """One folder, for any number of windows. Its methods may be called from any thread.

    ``themes`` are looked in behind those that ``desk.toml`` names. Use it as a context manager.
    """

    def __init__(self, folder: Path, *, themes: Sequence[Path] = (), jobs: Mapping[str, ConfinedJob] = JOBS) -> None:
        """InputError when there is no such folder."""
        self.folder = DeskFolder(folder)
        self.hub = Hub()
        self.drafts = Drafts(self.folder)
        self._themes = tuple(themes)
        self._reader = PageReader(jobs)
        self.pages = DeskPages(self.folder, self._reader)
        self._printer = Printer()
        self._lock = threading.Lock()
        self._render = Render()
        self._laid_out: LaidOut | None = None
        self._drawn: Recent[bytes] = Recent(PICTURES_BYTES)
        self._sheets: dict[int, Sheets] = {}
        self._renders: dict[int, Render] = {}
        self._stamp = ""
        self._ended = threading.Event()
        self._to_read = threading.Event()
        self._threads = (
            threading.Thread(target=self._read_pages, name="desk-pages", daemon=True),
            threading.Thread(target=self._watch, name="desk-watch", daemon=True),
        )
        self._live = Live(self._wanted, self._reader.means(), self._told)

    def __enter__(self) -> "Desk":
        self.look()
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *exception: object) -> None:
        self._ended.set()
        self._to_read.set()
        self.hub.end()
        self._live.end()
        self._reader.close()

    # --- what there is -----------------------------------------------------------------------------------------------

    def settings(self) -> DeskSettings:
        """What ``desk.toml`` says now. ConfigError when it cannot be used."""
        return self._parsed(self.drafts.content(DESK))

    def _parsed(self, data: bytes | None) -> DeskSettings:
        return parse_desk(data or b"", Path(DESK))

    def state(self) -> DeskState:
        """All that is shown at first."""
        data = self.drafts.content(DESK)
        desk = self._parsed(data)
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
            cards=self.cards(desk),
            reading=Progressed(done=total - waiting, total=total),
            render=self.render(),
            limits=UploadLimits(upload_bytes=LIMIT_UPLOAD_BYTES, upload_files=LIMIT_UPLOAD_FILES),
            has={"web": True, "check": True},
        )

    def history(self) -> History:
        """What would be undone, and what done again."""
        undo, redo = self.drafts.steps
        return History(undo=undo, redo=redo)

    def cards(self, desk: DeskSettings) -> tuple[ArticleCard, ...]:
        """A card for each article: as they are printed, then those that are left out."""
        waiting = self.pages.waiting
        pages = self.pages.all()
        by_place: dict[tuple[str, str | None], list[tuple[ArticleCard, Article | None]]] = {}
        for page in pages:
            cards = cards_of(page, desk, self.folder, waiting=page.id in waiting)
            articles: Sequence[Article | None] = page.articles or (None,)
            for article, card in zip(articles, cards, strict=True):
                key = article.key if article and len(articles) > 1 else None
                by_place.setdefault((page.file, key), []).append((card, article))
        ordered = [pair for each in changes.entries(desk, pages) for pair in by_place.get((each.file, each.key), ())]
        return tuple(self._printed(ordered, desk))

    def _printed(
        self, cards: Sequence[tuple[ArticleCard, Article | None]], desk: DeskSettings
    ) -> Iterator[ArticleCard]:
        """The cards in the order of print, with what is known of them there."""
        printing = self.printing(desk)
        ids = {name_of(article): card.id for card, article in cards if article}
        order = {name: at for at, name in enumerate(printing.sections)}
        same = {
            name: ids.get(story.leads)
            for story in printing.stories
            if story.kind == "double"
            for name in story.articles
        }
        stories = {name: ids.get(story.leads) for story in printing.stories for name in story.articles}
        pages = self._first_pages()
        shown = [(card, name_of(article) if article else ("", "")) for card, article in cards if not card.left_out]
        shown.sort(key=lambda pair: order.get(pair[1], len(order)))
        for at, (card, name) in enumerate(shown):
            twin = same.get(name)
            yield replace(
                card,
                lead=at == 0,
                section=printing.sections.get(name, card.section),
                same_as=twin if twin != card.id else None,
                story=stories.get(name),
                first_page=pages.get(name),
            )
        yield from (card for card, _ in cards if card.left_out)

    def printing(self, desk: DeskSettings) -> Printing:
        """What would be printed of the pages that were read."""
        articles = tuple(article for page in self.pages.all() for article in page.articles)
        return self._printer.printing(articles, plan_of_desk(desk, self.folder.path))

    def _first_pages(self) -> dict[tuple[str, str], int]:
        """The page that each article begins on, as it was laid out last."""
        with self._lock:
            laid_out = self._laid_out
        if laid_out is None or laid_out.issue is None or laid_out.written is None:
            return {}
        pages = laid_out.written.pages
        return {name_of(each.article): pages[each.id] for each in laid_out.issue.articles if each.id in pages}

    def page(self, id_: str) -> DeskPage:
        """The page, read. NotFoundError when there is none."""
        page = self.pages.get(id_)
        if page is None:
            raise NotFoundError("there is no such page any more. Look at the folder again.")
        return page

    def article(self, id_: str) -> tuple[DeskPage, Article | None]:
        """An article and the page that it is on; ``None`` for the page itself while it was not read."""
        for page in self.pages.all():
            for article in page.articles:
                if page.article_id(article) == id_:
                    return page, article
            if page.id == id_ and not page.articles:
                return page, None
        raise NotFoundError("there is no such article any more. Look at the folder again.")

    def lines(self, id_: str, start: int = 1, count: int | None = None) -> PageLines:
        """Lines of a page. NotFoundError for none such."""
        page = self.page(id_)
        lines = lines_of(page, 1, None)
        end = len(lines) if count is None else start - 1 + count
        return PageLines(
            page=page.id,
            file=page.file,
            revision=self.drafts.revision(corrections_of(page.file)),
            articles=tuple(page.article_id(article) for article in page.articles),
            total=len(lines),
            to_look_at=tuple(line.n for line in lines if line.guess),
            lines=lines[max(0, start - 1) : end],
        )

    def conflict(self, error: ConflictError) -> dict[str, object]:
        """What is there now of what somebody wanted to change, and what is other than they knew."""
        if error.name == DESK:
            state = self.state()
            was = changes.flat(self._parsed(error.was))
            return {"now": state, "changed": changes.differing(was, changes.flat(self.settings()))}
        page = next((page for page in self.pages.all() if corrections_of(page.file) == error.name), None)
        if page is None:
            return {"now": None, "changed": [error.name]}
        was_becoming = changes.by_line(page, error.was)
        now = changes.by_line(self.pages.read(page), self.drafts.content(error.name))
        return {"now": self.lines(page.id), "changed": changes.differing(was_becoming, now)}

    # --- what is changed ---------------------------------------------------------------------------------------------

    def change_lines(self, id_: str, change: changes.LinesChange) -> tuple[PageLines, tuple[ArticleCard, ...]]:
        """Give lines roles and words. The lines that are other than before, and the cards of the page."""
        page = self.page(id_)
        before = {line.n: line for line in lines_of(page, 1, None)}
        try:
            data = changes.with_lines(page, change.changes)
        except LookupError as error:
            raise NotFoundError(f"there is no {error.args[0]} on {page.file}. Look at it again.") from error
        name = corrections_of(page.file)
        first = change.changes[0] if change.changes else None
        place = f"{name} {first.n}" if change.typing and first else ""
        what = self._named(page, first)
        self.drafts.change(what, {name: data}, {name: change.revision}, place, time.monotonic())
        page = self.pages.read(page)
        lines = self.lines(id_)
        self.hub.tell("page", {"page": id_, "revision": lines.revision})
        self._live.wake()
        changed = tuple(line for line in lines.lines if before.get(line.n) != line)
        cards = tuple(card for card in self.cards(self.settings()) if card.page == id_)
        return replace(lines, lines=changed), cards

    def _named(self, page: DeskPage, change: changes.LineChange | None) -> str:
        """What a change of a line is called."""
        if change is None or page.by_rules is None or not 1 <= change.n <= len(page.by_rules.trace):
            return page.file
        text = " ".join(page.by_rules.trace[change.n - 1].text.split())
        shown = text if len(text) <= 40 else f"{text[:40]}…"
        return f"{'words' if change.role is UNSET else 'role'} of “{shown}”"

    def change(self, change: changes.DeskChange) -> None:
        """Change the issue, the theme, the outputs."""
        named = [*changes.given(change.issue), *(["theme"] if changes.given(change.theme) else [])]
        what = ", ".join(named if change.outputs is UNSET else [*named, "outputs"])
        self._change(what, change.revision, lambda desk: changes.with_desk(desk, change), typing=change.typing)

    def change_article(self, id_: str, change: changes.ArticleChange) -> None:
        """Change what is decided of an article."""
        page, article = self.article(id_)
        given = changes.given(change)
        revision = given.pop("revision")
        if "cut_after" in given and change.cut_after is not None:
            given["cut_after"] = changes.beginning(article, given["cut_after"])
            if given["cut_after"] is None:
                raise NotFoundError(f"{page.file} has no such paragraph. Look at it again.")
        what = f"{', '.join(given).replace('_', ' ')} of “{article.headline if article else page.file}”"
        self._change(what, revision, lambda desk: changes.with_article(desk, self.pages.all(), page, article, given))

    def order(self, change: changes.OrderChange) -> None:
        """Put the articles into another order."""
        order = [self.article(id_) for id_ in change.order]
        self._change("order", change.revision, lambda desk: changes.in_order(desk, self.pages.all(), order))

    def _change(
        self, what: str, revision: str, changed: Callable[[DeskSettings], DeskSettings], *, typing: bool = False
    ) -> None:
        self.drafts.expect(DESK, revision)
        data = dump_desk(changed(self.settings()))
        self._parsed(data)  # What does not fit is said before it is written.
        place = f"{DESK} {what}" if typing else ""
        self.drafts.change(what, {DESK: data}, {DESK: revision}, place, time.monotonic())
        self._desk_changed()

    def undo(self) -> str | None:
        """Take the last change back; what it was, ``None`` for none."""
        return self._after(self.drafts.undo())

    def redo(self) -> str | None:
        """Do again what was taken back last."""
        return self._after(self.drafts.redo())

    def _after(self, what: str | None) -> str | None:
        if what is not None:
            self.look()
        return what

    def look(self) -> None:
        """Look at the folder anew."""
        self.pages.look()
        self._stamp = self.folder.stamp()
        self._to_read.set()
        self._desk_changed()

    def _desk_changed(self) -> None:
        self._stamp = self.folder.stamp()
        said = {"revision": self.drafts.revision(DESK), "history": self.history()}
        self.hub.tell("desk", said)
        self._live.wake()

    # --- what goes on by itself --------------------------------------------------------------------------------------

    def _read_pages(self) -> None:
        while self._to_read.wait() and not self._ended.is_set():
            self._to_read.clear()
            self.pages.read_rest(self._read_one)

    def _read_one(self, page: DeskPage, done: int, total: int) -> None:
        desk = self.settings()
        for card in cards_of(page, desk, self.folder, waiting=False):
            self.hub.tell("card", card)
        self.hub.tell("reading", Progressed(done=done, total=total))

    def _watch(self) -> None:
        while not self._ended.wait(LOOK_S):
            if self.hub.listeners and self.folder.stamp() != self._stamp:
                self.look()

    def _wanted(self) -> tuple[Request, int | None]:
        desk = self.settings()
        return desk_request(desk, self.folder.path, self._themes), desk.issue.pages

    def _told(self, laid_out: LaidOut | None) -> None:
        """What is shown of the pages while they are made, and after."""
        with self._lock:
            if laid_out is None:
                self._render = replace(self._render, state="working", message=None)
            elif laid_out.issue is None or laid_out.written is None:
                message = without_place(laid_out.message or "", self.folder)
                self._render = replace(self._render, id=laid_out.number, state="failed", message=message)
            else:
                self._laid_out = laid_out
                sheets = Sheets(laid_out.written.data, self._drawn)
                self._sheets[laid_out.number] = sheets
                self._render = self._shown(laid_out, sheets)
                self._renders[laid_out.number] = self._render
                for old in sorted(self._sheets)[:-PAGES_KEPT]:
                    del self._sheets[old], self._renders[old]
            render = self._render
        self.hub.tell("render", render)
        if laid_out and laid_out.crashed:
            self.hub.tell("engine", {"state": "ready", "message": render.message})

    def _shown(self, laid_out: LaidOut, sheets: Sheets) -> Render:
        issue, written = laid_out.issue, laid_out.written
        assert issue is not None and written is not None  # noqa: S101 - for the types
        pages = []
        for number, sheet in enumerate(sheets.sheets, start=1):
            placed = article_of_page(issue, written, number)
            pages.append(
                ShownPage(
                    number=number,
                    image=sheet.image,
                    width_mm=sheet.width_mm,
                    height_mm=sheet.height_mm,
                    article=self._id_of(placed.article) if placed else None,
                )
            )
        return Render(
            id=laid_out.number,
            state="done",
            pages=tuple(pages),
            budget=PageBudget(used=sheets.used(), allowed=laid_out.allowed),
            problems=tuple(shown_problem(each, self.folder) for each in written.problems),
            seconds=laid_out.seconds,
        )

    def _id_of(self, article: Article) -> str | None:
        for page in self.pages.all():
            if str(self.folder.path / page.file) == article.origin:
                return page.article_id(article)
        return None

    def render(self, id_: int | None = None) -> Render:
        """The pages as they were laid out last, or a time before. NotFoundError for one that is kept no more."""
        with self._lock:
            if id_ is None:
                return replace(self._render, state="working") if self._live.is_busy else self._render
            if id_ not in self._renders:
                raise NotFoundError("these pages are kept no more. Look at the last ones.")
            return self._renders[id_]

    def make_pages(self) -> None:
        """Lay the issue out again."""
        self._live.wake()

    def image(self, name: str) -> bytes:
        """A page as PNG. NotFoundError when none looks so."""
        with self._lock:
            known = list(self._sheets.values())
        for sheets in reversed(known):
            found = sheets.picture(name)
            if found is not None:
                return found
        raise NotFoundError("there is no such page any more. Look at the last ones.")

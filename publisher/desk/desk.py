"""A desk: its folder, what it was read as, what is decided, and its pages as they would be printed."""

import contextlib
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from msgspec import UNSET
from msgspec.structs import replace

from publisher import __version__
from publisher.config import DeskSettings, dump_desk, parse_desk
from publisher.confinement.jobs import JOBS, ConfinedJob
from publisher.desk import changes
from publisher.desk.articles import ArticleView, view_of
from publisher.desk.books import BookPart, OpenBook, make_book
from publisher.desk.bringing import Bringing
from publisher.desk.digests import Digests, SurroundingsOf
from publisher.desk.drafts import ConflictError, Drafts, revision_of
from publisher.desk.events import Hub
from publisher.desk.exporting import CarriedFile, export, findings, shown_findings
from publisher.desk.finding_lines import LineFound, LinePlace, find_line, line_with
from publisher.desk.folder import DeskFolder
from publisher.desk.jobs import Jobs
from publisher.desk.live import PAUSE_S, LaidOut, Live
from publisher.desk.looks import ThemeForm, ThemeName, form_of, themes
from publisher.desk.outlets import LineReason, is_of, reason_of, with_phrase
from publisher.desk.pages import DeskPage, DeskPages, corrections_of, short_id
from publisher.desk.pictures import LoosePicture, Pictures, ShownPicture
from publisher.desk.printing import Printer, Printing, name_of
from publisher.desk.prints import Print, Prints
from publisher.desk.reader import PageReader
from publisher.desk.views import (
    ArticleCard,
    DeskState,
    History,
    PageLines,
    PictureCounts,
    Progressed,
    Render,
    ShownIssue,
    ShownStory,
    ShownTheme,
    UploadLimits,
    cards_of,
    lines_of,
    settings_of,
)
from publisher.errors import ConfigError, PublisherError
from publisher.fetching import Web
from publisher.model import Article, Edit, Figure
from publisher.pipeline import Request, desk_request, plan_of_desk
from publisher.seams import Progress

DESK = "desk.toml"
LIMIT_UPLOAD_BYTES = 32 * 1024**2
LIMIT_UPLOAD_FILES = 500
LOOK_S = 1.0
"""How often the folder is looked at for what others change in it, while somebody is there."""


SAME = {
    "double": "they are the same article: the fuller one is printed",
    "story": "they tell the same story",
}
"""By the kind of a story: why articles stand beside each other."""


class NotFoundError(PublisherError):
    """There is no such page, article, picture or line."""


class Desk:
    """One folder, for any number of windows. Its methods may be called from any thread.

    ``themes`` are looked in behind those that ``desk.toml`` names. Use it as a context manager.
    """

    def __init__(
        self,
        folder: Path,
        *,
        themes: Sequence[Path] = (),
        web: Web | None = None,
        secret: str = "",
        surroundings: SurroundingsOf | None = None,
        pause_s: float = PAUSE_S,
        jobs: Mapping[str, ConfinedJob] = JOBS,
    ) -> None:
        """InputError when there is no such folder.

        ``secret`` makes addresses that nobody guesses. Pages are laid out when nothing changed for ``pause_s`` seconds.
        """
        self.folder = DeskFolder(folder)
        self.hub = Hub()
        self.drafts = Drafts(self.folder)
        self._themes = tuple(themes)
        self._reader = PageReader(jobs)
        self.pages = DeskPages(self.folder, self._reader)
        self.pictures = Pictures(self.folder, self._reader)
        self.bringing = Bringing(self.folder, self.drafts, self._reader, web)
        self.jobs = Jobs(self.hub)
        self.digests = Digests(self.folder, self.drafts, surroundings) if surroundings else None
        self._secret = secret
        self._has_web = web is not None
        self._book: tuple[int, OpenBook] | None = None
        self._printer = Printer()
        self.prints = Prints(self.folder, self._id_of)
        self._stamp = ""
        self._ended = threading.Event()
        self._to_read = threading.Event()
        self._threads = (
            threading.Thread(target=self._read_pages, name="desk-pages", daemon=True),
            threading.Thread(target=self._watch, name="desk-watch", daemon=True),
        )
        self._live = Live(self._wanted, self._reader.means(), self._told, pause_s)

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
            has={"web": self._has_web},
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
        pages, pictures = self.prints.first_pages(), self.prints.picture_counts()
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
                pictures=_counted(card.pictures, pictures.get(name)),
            )
        yield from (card for card, _ in cards if card.left_out)

    def printing(self, desk: DeskSettings) -> Printing:
        """What would be printed of the pages that were read."""
        articles = tuple(article for page in self.pages.all() for article in page.articles)
        return self._printer.printing(articles, plan_of_desk(desk, self.folder.path))

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

    def article_view(self, id_: str) -> ArticleView:
        """An article with its related news and its paragraphs."""
        page, article = self._read_article(id_)
        desk = self.settings()
        card = next(card for card in self.cards(desk) if card.id == id_)
        return view_of(page, article, card, settings_of(desk, page, article))

    def _read_article(self, id_: str) -> tuple[DeskPage, Article]:
        page, article = self.article(id_)
        if article is None:
            page = self.page(page.id)
            article = next(iter(page.articles), None)
        if article is None:
            raise NotFoundError(f"{page.file} holds no article. See what is wrong with it.")
        return page, article

    def edit_of(self, page: DeskPage, article: Article) -> Edit:
        """What is decided of an article."""
        origin = str(self.folder.path / page.file)
        edits = plan_of_desk(self.settings(), self.folder.path).edits
        found = (each for each in edits if each.source == origin and each.key in (None, article.key))
        return next(found, Edit(source=origin))

    def pictures_of(self, id_: str) -> tuple[tuple[ShownPicture, ...], tuple[LoosePicture, ...]]:
        """The pictures of an article, and those in the folder that it does not show."""
        page, article = self._read_article(id_)
        shown = self.pictures.of(page, article, self.edit_of(page, article))
        return shown, self.pictures.loose(shown)

    def stories(self) -> tuple[ShownStory, ...]:
        """The articles that tell the same, to choose from."""
        desk = self.settings()
        ids = {name_of(article): page.article_id(article) for page in self.pages.all() for article in page.articles}
        return tuple(
            ShownStory(
                kind=story.kind,
                articles=tuple(ids[name] for name in story.articles),
                leads=ids[story.leads],
                why=SAME[story.kind],
            )
            for story in self.printing(desk).stories
            if all(name in ids for name in story.articles)
        )

    def reason(self, id_: str, number: int) -> LineReason:
        """Why a line is what it is."""
        page = self.page(id_)
        try:
            return reason_of(page, number)
        except LookupError as error:
            raise NotFoundError(f"there is no {error.args[0]} on {page.file}. Look at it again.") from error

    def themes(self) -> tuple[ThemeName, ...]:
        """The themes that there are."""
        return themes(self._search())

    def theme(self, name: str) -> ThemeForm:
        """A theme with its options."""
        return form_of(name, self._search(), self.settings().theme)

    def _search(self) -> tuple[Path, ...]:
        try:
            folders = self.settings().theme.folders
        except ConfigError:  # Which is told where the file is used.
            folders = ()
        return (*(self.folder.path / each for each in folders), *self._themes)

    def book(self) -> OpenBook:
        """The e-book of the issue as it was laid out last. NotFoundError while there is none."""
        last, book = self._last(), self._book
        if book is None or book[0] != last.number:
            request, _ = self._wanted()
            book = self._book = (last.number, make_book(request, last.issue, (), self._secret))
        return book[1]

    def _last(self) -> Print:
        last = self.prints.last
        if last is None:
            raise NotFoundError("there are no pages yet. Wait until they are laid out.")
        return last

    def book_part(self, key: str, name: str, *, night: bool, zoom: int) -> BookPart:
        """A file of the e-book that was asked for last."""
        book = self._book
        part = book[1].part(name, night=night, zoom=zoom) if book and book[1].key == key else None
        if part is None:
            raise NotFoundError("there is no such part of the book. Open it again.")
        return part

    def place_of(self, id_: str, number: int) -> LinePlace:
        """Where a line stands in print. NotFoundError for one that does not."""
        page = self.page(id_)
        line = next((line for line in lines_of(page, number, 1)), None)
        last = self.prints.last
        if line is not None and line.article and last:
            first = self._pages_of(line.article)
            found = first and find_line(last.sheets, line.text if line.becomes is None else line.becomes, *first)
            if found:
                return LinePlace(render=last.number, number=found[0], box=found[1])
        raise NotFoundError("this line is not printed. Look at what it was read as.")

    def _pages_of(self, article: str) -> tuple[int, int] | None:
        """The first and the last page of an article in print."""
        render = self.render()
        cards = [card for card in self.cards(self.settings()) if card.first_page]
        at = next((at for at, card in enumerate(cards) if card.id == article), None)
        if at is None:
            return None
        after = [card.first_page for card in cards[at + 1 :] if card.first_page]
        return cards[at].first_page or 1, after[0] if after else len(render.pages)

    def line_at(self, number: int, x: float, y: float) -> LineFound:
        """The line of a page of the folder that is printed at a place."""
        last = self.prints.last
        words = last.sheets.words_at(number, x, y) if last else None
        cards = [card for card in self.cards(self.settings()) if card.first_page]
        for card in cards:
            pages = self._pages_of(card.id)
            if words and pages and pages[0] <= number <= pages[1]:
                page = self.page(card.page)
                line = line_with([line for line in lines_of(page, 1, None) if line.article == card.id], words)
                if line is not None:
                    return LineFound(page=page.id, article=card.id, line=line.n)
        raise NotFoundError("no line of a page stands there. Click into the text.")

    def check(self) -> str:
        """The name of a job that looks at the pages as a reader and a press will."""
        last = self._last()
        written, attached = last.written, last.sheets.attachments()
        ids = {card.headline: card.id for card in self.cards(self.settings())}

        def do(progress: Progress) -> object:
            progress("check", 0, 1)
            carried = tuple(CarriedFile(name=name, description=what, bytes=size) for name, what, size in attached)
            return {"findings": shown_findings(findings(written), ids), "attachments": carried}

        return self.jobs.start("check", do)

    def export(self) -> str:
        """The name of a job that writes the files that ``desk.toml`` names."""
        request, _ = self._wanted()
        if not request.edition.outputs:
            raise NotFoundError("no file is to be written. Choose one.")
        means = self._reader.means()
        return self.jobs.start("export", lambda progress: export(request, means, progress, self.folder))

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

    def change_picture(self, id_: str, picture: str, change: changes.PictureChange) -> None:
        """Change what is decided of a picture of an article."""
        page, article = self._read_article(id_)
        shown = next((each for each in self.pictures_of(id_)[0] if each.id == picture), None)
        if shown is None or shown.src is None:
            raise NotFoundError("there is no such picture any more. Look at the article again.")
        given = {name: value for name, value in changes.given(change).items() if name not in ("revision", "typing")}
        named = any(isinstance(block, Figure) and block.src == shown.src for block in article.body)
        beside = None if named else shown.caption[: changes.BEGINNING] or None
        file = shown.src
        self._change_pictures(page, article, change.revision, file, beside, given, typing=change.typing)

    def place_picture(self, id_: str, change: changes.PicturePlace) -> None:
        """Put a picture of the folder at a line."""
        page, article = self._read_article(id_)
        if change.file not in self.folder.pictures():
            raise NotFoundError(f"there is no picture {change.file!r} in the folder. Bring it in first.")
        line = next(iter(lines_of(page, change.line, 1)), None)
        words = " ".join((line.text if line.becomes is None else line.becomes).split()) if line else ""
        beside = changes.beginning_with(article, words)
        if beside is None:
            raise NotFoundError("a picture stands at a caption or behind a paragraph. Choose such a line.")
        file = changes.beside_page(change.file, page.file)
        self._change_pictures(page, article, change.revision, file, beside, {})

    def _change_pictures(
        self,
        page: DeskPage,
        article: Article,
        revision: str,
        file: str,
        beside: str | None,
        given: Mapping[str, Any],
        *,
        typing: bool = False,
    ) -> None:
        def changed(desk: DeskSettings) -> DeskSettings:
            pictures = changes.with_picture(settings_of(desk, page, article), file, beside, given)
            return changes.with_article(desk, self.pages.all(), page, article, {"pictures": pictures})

        self._change(f"picture {file.rpartition('/')[2][:40]}", revision, changed, typing=typing)

    def change_outlet(self, id_: str, change: changes.OutletChange) -> tuple[str, tuple[str, ...]]:
        """Say of all such lines of the page's outlet what they are: the profile's name, and the pages read again."""
        page = self.page(id_)
        self.drafts.expect(corrections_of(page.file), change.revision)
        reason = self.reason(id_, change.n)
        offer = reason.outlet
        if offer is None:
            raise NotFoundError("the page does not say which outlet it is of. Correct the line alone.")
        try:
            data = with_phrase(self.drafts.content(offer.file), offer, change.group, offer.groups[0].phrase)
        except LookupError as error:
            raise NotFoundError(f"profiles have no {error.args[0]}. Choose another.") from error
        self.drafts.change(f"profile of {offer.host}", {offer.file: data}, {}, "", time.monotonic())
        self.look()
        return offer.file, tuple(each.id for each in self.pages.all() if is_of(each, offer.host))

    def remove(self, id_: str, revision: str) -> None:
        """Take a page out of the folder, with its corrections."""
        page = self.page(id_)
        names = (page.file, corrections_of(page.file))
        content = {name: None for name in names if self.drafts.content(name) is not None}
        self.drafts.change(f"{page.file} taken out", content, {DESK: revision})
        self.look()

    def brought(self, file: str) -> tuple[ArticleCard, ...]:
        """The cards of a file that came in; none for a picture."""
        self.look()
        self.pages.get(short_id(file))
        return tuple(card for card in self.cards(self.settings()) if card.file == file)

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
        self._stamp = self._stamped()
        self._to_read.set()
        self._desk_changed()

    def _desk_changed(self) -> None:
        self._stamp = self._stamped()
        said = {"revision": self.drafts.revision(DESK), "history": self.history()}
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

    def _read_one(self, page: DeskPage, done: int, total: int) -> None:
        try:
            desk = self.settings()
        except ConfigError:  # Which is told to who asks for the desk.
            desk = DeskSettings()
        for card in cards_of(page, desk, self.folder, waiting=False):
            self.hub.tell("card", card)
        self.hub.tell("reading", Progressed(done=done, total=total))

    def _watch(self) -> None:
        while not self._ended.wait(LOOK_S):
            if self.hub.listeners and self._stamped() != self._stamp:
                with contextlib.suppress(PublisherError):  # A folder that is gone is told to who asks for it.
                    self.look()

    def _wanted(self) -> tuple[Request, int | None]:
        desk = self.settings()
        return desk_request(desk, self.folder.path, self._themes), desk.issue.pages

    def _told(self, laid_out: LaidOut | None) -> None:
        """What is shown of the pages while they are made, and after."""
        render = self.prints.take(laid_out)
        self.hub.tell("render", render)
        if laid_out and laid_out.crashed:
            self.hub.tell("engine", {"state": "ready", "message": render.message})

    def _id_of(self, article: Article) -> str | None:
        for page in self.pages.all():
            if str(self.folder.path / page.file) == article.origin:
                return page.article_id(article)
        return None

    def render(self, id_: int | None = None) -> Render:
        """The pages as they were laid out last, or a time before. NotFoundError for one that is kept no more."""
        render = self.prints.render(id_)
        if render is None:
            raise NotFoundError("these pages are kept no more. Look at the last ones.")
        return replace(render, state="working") if id_ is None and self._live.is_busy else render

    def make_pages(self) -> None:
        """Lay the issue out again."""
        self._live.wake()

    def image(self, name: str) -> bytes:
        """A page as PNG. NotFoundError when none looks so."""
        found = self.prints.image(name)
        if found is None:
            raise NotFoundError("there is no such page any more. Look at the last ones.")
        return found


def _counted(read: PictureCounts, printed: PictureCounts | None) -> PictureCounts:
    """What is known of pictures from the page, with what is known from the print."""
    if printed is None:
        return read
    return replace(read, missing=printed.missing, coarse=printed.coarse)

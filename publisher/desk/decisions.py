"""What people decide at a desk: each change becomes the new content of files, in a step that can be undone."""

import time
from collections.abc import Callable, Mapping
from typing import Any

from msgspec import UNSET
from msgspec.structs import replace

from publisher.config import DeskSettings
from publisher.desk import changes
from publisher.desk.contents import DESK, Contents, NotFoundError
from publisher.desk.cropping import SHAPES, crop_to, middle_of
from publisher.desk.drafts import Drafts
from publisher.desk.events import Hub
from publisher.desk.examples import shipped_examples
from publisher.desk.folder import DeskFolder
from publisher.desk.outlets import is_of, with_phrase
from publisher.desk.pages import DeskPage, DeskPages, corrections_of
from publisher.desk.pictures import ShownPicture
from publisher.desk.rewriting import rewritten
from publisher.desk.steps import StepName, step_name
from publisher.desk.views import ArticleCard, PageLines, lines_of, settings_of
from publisher.errors import InputError
from publisher.model import Article, Crop, Figure


class Decisions:
    """What is changed, for any thread: ``drafts`` writes it, and those are told who follow from it.

    ``look`` looks at the folder anew, ``changed`` is called when ``desk.toml`` is another, ``wake`` when the pages are
    others alone.
    """

    def __init__(
        self,
        folder: DeskFolder,
        drafts: Drafts,
        pages: DeskPages,
        contents: Contents,
        hub: Hub,
        *,
        look: Callable[[], None],
        changed: Callable[[], None],
        wake: Callable[[], None],
    ) -> None:
        self._folder = folder
        self._drafts = drafts
        self._pages = pages
        self._contents = contents
        self._hub = hub
        self._look = look
        self._changed = changed
        self._wake = wake

    def change_lines(self, id_: str, change: changes.LinesChange) -> tuple[PageLines, tuple[ArticleCard, ...]]:
        """Give lines roles and words. The lines that are other than before, and the cards of the page."""
        page = self._contents.page(id_)
        before = {line.n: line for line in lines_of(page, 1, None)}
        try:
            data = changes.with_lines(page, change.changes)
        except LookupError as error:
            raise NotFoundError(f"there is no {error.args[0]} on {page.file}. Look at it again.") from error
        name = corrections_of(page.file)
        first = change.changes[0] if change.changes else None
        place = f"{name} {first.n}" if change.typing and first else ""
        what = self._named(page, first)
        self._drafts.change(what, {name: data}, {name: change.revision}, place, time.monotonic())
        page = self._pages.read(page)
        lines = self._contents.lines(id_)
        self._hub.tell("page", {"page": id_, "revision": lines.revision})
        self._wake()
        changed = tuple(line for line in lines.lines if before.get(line.n) != line)
        cards = tuple(card for card in self._contents.cards(self._contents.settings()) if card.page == id_)
        return replace(lines, lines=changed), cards

    def _named(self, page: DeskPage, change: changes.LineChange | None) -> StepName:
        """What a change of a line is called."""
        kind = "words" if change and change.role is UNSET else "role"
        if change is None or page.by_rules is None or not 1 <= change.n <= len(page.by_rules.trace):
            return step_name(kind, page.file)
        return step_name(kind, page.by_rules.trace[change.n - 1].text)

    def change(self, change: changes.DeskChange) -> None:
        """Change the issue, the theme, the outputs."""
        named = [*changes.given(change.issue), *(["theme"] if changes.given(change.theme) else []), "outputs"]
        self._change(
            step_name(named[0]), change.revision, lambda desk: changes.with_desk(desk, change), typing=change.typing
        )

    def change_article(self, id_: str, change: changes.ArticleChange) -> None:
        """Change what is decided of an article."""
        page, article = self._contents.article(id_)
        given = changes.given(change)
        revision = given.pop("revision")
        if "cut_after" in given and change.cut_after is not None:
            given["cut_after"] = changes.beginning(article, given["cut_after"])
            if given["cut_after"] is None:
                raise NotFoundError(f"{page.file} has no such paragraph. Look at it again.")
        what = step_name(next(iter(given), "section"), article.headline if article else page.file)
        self._change(what, revision, lambda desk: changes.with_article(desk, self._pages.all(), page, article, given))

    def change_picture(self, id_: str, picture: str, change: changes.PictureChange) -> None:
        """Change what is decided of a picture of an article."""
        page, article = self._contents.read_article(id_)
        shown = next((each for each in self._contents.pictures_of(id_)[0] if each.id == picture), None)
        if shown is None or shown.src is None:
            raise NotFoundError("there is no such picture any more. Look at the article again.")
        given = {name: value for name, value in changes.given(change).items() if name in ("alt", "left_out")}
        if change.shape is not UNSET or change.focus is not UNSET:
            given["crop"] = _cropped(shown, change)
        named = any(isinstance(block, Figure) and block.src == shown.src for block in article.body)
        beside = None if named else shown.caption[: changes.BEGINNING] or None
        file = shown.src
        self._change_pictures(page, article, change.revision, file, beside, given, typing=change.typing)

    def place_picture(self, id_: str, change: changes.PicturePlace) -> None:
        """Put a picture of the folder at a line."""
        page, article = self._contents.read_article(id_)
        if change.file not in self._folder.pictures():
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
            return changes.with_article(desk, self._pages.all(), page, article, {"pictures": pictures})

        self._change(step_name("picture", file.rpartition("/")[2]), revision, changed, typing=typing)

    def change_outlet(self, id_: str, change: changes.OutletChange) -> tuple[str, tuple[str, ...]]:
        """Say of all such lines of the page's outlet what they are: the profile's name, and the pages read again."""
        page = self._contents.page(id_)
        self._drafts.expect(corrections_of(page.file), change.revision)
        reason = self._contents.reason(id_, change.n)
        offer = reason.outlet
        if offer is None:
            raise NotFoundError("the page does not say which outlet it is of. Correct the line alone.")
        try:
            data = with_phrase(self._drafts.content(offer.file), offer, change.group, offer.groups[0].phrase)
        except LookupError as error:
            raise NotFoundError(f"profiles have no {error.args[0]}. Choose another.") from error
        self._drafts.change(step_name("outlet", offer.host), {offer.file: data}, {}, "", time.monotonic())
        self._look()
        return offer.file, tuple(each.id for each in self._pages.all() if is_of(each, offer.host))

    def remove(self, id_: str, revision: str) -> None:
        """Take a page out of the folder, with its corrections."""
        page = self._contents.page(id_)
        names = (page.file, corrections_of(page.file))
        content = {name: None for name in names if self._drafts.content(name) is not None}
        self._drafts.change(step_name("removal", page.file), content, {DESK: revision})
        self._look()

    def bring_examples(self) -> None:
        """Put the examples into a folder without pages. InputError where there are some."""
        if self._folder.pages():
            raise InputError("there are pages in the folder already. Open the examples in an empty one.")
        self._drafts.change(step_name("examples"), shipped_examples(), {})
        self._look()

    def order(self, change: changes.OrderChange) -> None:
        """Put the articles into another order."""
        order = [self._contents.article(id_) for id_ in change.order]
        self._change(step_name("order"), change.revision, lambda desk: changes.in_order(desk, self._pages.all(), order))

    def _change(
        self, what: StepName, revision: str, changed: Callable[[DeskSettings], DeskSettings], *, typing: bool = False
    ) -> None:
        self._drafts.expect(DESK, revision)
        data = rewritten(self._drafts.content(DESK), changed(self._contents.settings()))
        self._contents.parsed(data)  # What does not fit is said before it is written.
        place = f"{DESK} {what.words} {what.name}" if typing else ""
        self._drafts.change(what, {DESK: data}, {DESK: revision}, place, time.monotonic())
        self._changed()

    def undo(self) -> StepName | None:
        """Take the last change back; what it was, ``None`` for none."""
        return self._after(self._drafts.undo())

    def redo(self) -> StepName | None:
        """Do again what was taken back last."""
        return self._after(self._drafts.redo())

    def _after(self, what: StepName | None) -> StepName | None:
        if what is not None:
            self._look()
        return what


def _cropped(shown: ShownPicture, change: changes.PictureChange) -> Crop | None:
    """What is to be shown of a picture: what is not given stays. NotFoundError for a shape that there is not."""
    shape = shown.shape if change.shape is UNSET else change.shape
    focus = (middle_of(shown.crop) if shown.crop else None) if change.focus is UNSET else change.focus
    if shape is None or not shown.width_px or not shown.height_px:
        return None
    try:
        return crop_to(shape, focus, shown.width_px, shown.height_px)
    except LookupError as error:
        raise NotFoundError(f"pictures are not cut to {shape!r}. There is: {', '.join(SHAPES)}.") from error

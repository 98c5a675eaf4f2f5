"""What lies on a desk: its articles, their lines and their pictures, with what is decided of them."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec.structs import replace

from publisher.config import DeskSettings, parse_desk
from publisher.desk import changes
from publisher.desk.articles import ArticleView, view_of
from publisher.desk.drafts import Drafts
from publisher.desk.folder import DeskFolder
from publisher.desk.outlets import LineReason, reason_of
from publisher.desk.pages import DeskPage, DeskPages, corrections_of
from publisher.desk.pictures import LoosePicture, Pictures, ShownPicture
from publisher.desk.printing import Printer, Printing, name_of
from publisher.desk.prints import Prints
from publisher.desk.views import ArticleCard, PageLines, PictureCounts, ShownStory, cards_of, lines_of, settings_of
from publisher.errors import PublisherError
from publisher.model import Article, Edit
from publisher.pipeline import plan_of_desk

DESK = "desk.toml"

SAME = {
    "double": "they are the same article: the fuller one is printed",
    "story": "they tell the same story",
}
"""By the kind of a story: why articles stand beside each other."""


class NotFoundError(PublisherError):
    """There is no such page, article, picture or line."""


class Contents:
    """What lies on a desk, as it is shown. For any thread."""

    def __init__(
        self, folder: DeskFolder, drafts: Drafts, pages: DeskPages, pictures: Pictures, prints: Prints
    ) -> None:
        self._folder = folder
        self._drafts = drafts
        self._pages = pages
        self._pictures = pictures
        self._prints = prints
        self._printer = Printer()

    def settings(self) -> DeskSettings:
        """What ``desk.toml`` says now. ConfigError when it cannot be used."""
        return self.parsed(self._drafts.content(DESK))

    def parsed(self, data: bytes | None) -> DeskSettings:
        """What ``desk.toml`` would say with that content. ConfigError when it cannot be used."""
        return parse_desk(data or b"", Path(DESK))

    def cards(self, desk: DeskSettings) -> tuple[ArticleCard, ...]:
        """A card for each article: as they are printed, then those that are left out."""
        waiting = self._pages.waiting
        pages = self._pages.all()
        by_place: dict[tuple[str, str | None], list[tuple[ArticleCard, Article | None]]] = {}
        for page in pages:
            cards = cards_of(page, desk, self._folder, waiting=page.id in waiting)
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
        pages, pictures = self._prints.first_pages(), self._prints.picture_counts()
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
        articles = tuple(article for page in self._pages.all() for article in page.articles)
        return self._printer.printing(articles, plan_of_desk(desk, self._folder.path))

    def page(self, id_: str) -> DeskPage:
        """The page, read. NotFoundError when there is none."""
        page = self._pages.get(id_)
        if page is None:
            raise NotFoundError("there is no such page any more. Look at the folder again.")
        return page

    def article(self, id_: str) -> tuple[DeskPage, Article | None]:
        """An article and the page that it is on; ``None`` for the page itself while it was not read."""
        for page in self._pages.all():
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
            revision=self._drafts.revision(corrections_of(page.file)),
            articles=tuple(page.article_id(article) for article in page.articles),
            total=len(lines),
            to_look_at=tuple(line.n for line in lines if line.guess),
            lines=lines[max(0, start - 1) : end],
        )

    def article_view(self, id_: str) -> ArticleView:
        """An article with its related news and its paragraphs."""
        page, article = self.read_article(id_)
        desk = self.settings()
        card = next(card for card in self.cards(desk) if card.id == id_)
        return view_of(page, article, card, settings_of(desk, page, article))

    def read_article(self, id_: str) -> tuple[DeskPage, Article]:
        """An article that was read, and the page that it is on. NotFoundError for none such."""
        page, article = self.article(id_)
        if article is None:
            page = self.page(page.id)
            article = next(iter(page.articles), None)
        if article is None:
            raise NotFoundError(f"{page.file} holds no article. See what is wrong with it.")
        return page, article

    def edit_of(self, page: DeskPage, article: Article) -> Edit:
        """What is decided of an article."""
        origin = str(self._folder.path / page.file)
        edits = plan_of_desk(self.settings(), self._folder.path).edits
        found = (each for each in edits if each.source == origin and each.key in (None, article.key))
        return next(found, Edit(source=origin))

    def pictures_of(self, id_: str) -> tuple[tuple[ShownPicture, ...], tuple[LoosePicture, ...]]:
        """The pictures of an article, and those in the folder that it does not show."""
        page, article = self.read_article(id_)
        shown = self._pictures.of(page, article, self.edit_of(page, article))
        return shown, self._pictures.loose(shown)

    def stories(self) -> tuple[ShownStory, ...]:
        """The articles that tell the same, to choose from."""
        desk = self.settings()
        ids = {name_of(article): page.article_id(article) for page in self._pages.all() for article in page.articles}
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


def _counted(read: PictureCounts, printed: PictureCounts | None) -> PictureCounts:
    """What is known of pictures from the page, with what is known from the print."""
    if printed is None:
        return read
    return replace(read, missing=printed.missing, coarse=printed.coarse)

"""One article, with what can be decided of its parts."""

from publisher.compiling.editing import ALL, begins
from publisher.config import ArticleSettings
from publisher.desk.pages import DeskPage
from publisher.desk.views import ArticleCard
from publisher.model import Article, block_words
from publisher.model.article import fold_headline
from publisher.model.blocks import Value

SHOWN_LETTERS = 200


class ShownTeaser(Value, frozen=True, kw_only=True):
    """A piece of related news."""

    headline: str
    section: str | None
    summary: str | None
    url: str | None
    kept: bool


class ShownBlock(Value, frozen=True, kw_only=True):
    """A part of the text, after which it can end."""

    at: int
    kind: str
    text: str
    words: int
    line: int | None
    cut_here: bool


class ArticleView(ArticleCard, frozen=True, kw_only=True):
    """A card with the article's parts."""

    related: tuple[ShownTeaser, ...]
    blocks: tuple[ShownBlock, ...]
    left_words: int
    """How many are cut off."""


def view_of(page: DeskPage, article: Article, card: ArticleCard, decided: ArticleSettings) -> ArticleView:
    """The article, as it was read, with what is decided of it."""
    out = {fold_headline(headline) for headline in decided.teasers_out}
    lines = {" ".join(line.text.split()): line.number for line in (page.reading.trace if page.reading else ())}
    blocks = []
    ended = False
    left_words = 0
    for at, block in enumerate(article.body):
        text = " ".join(block_words(block).split())
        here = not ended and decided.cut_after is not None and begins(text, decided.cut_after)
        left_words += len(text.split()) if ended else 0
        ended = ended or here
        kind = block.__struct_config__.tag
        blocks.append(
            ShownBlock(
                at=at,
                kind=str(kind),
                text=_shortened(text),
                words=len(text.split()),
                line=lines.get(text),
                cut_here=here,
            )
        )
    fields = {name: getattr(card, name) for name in ArticleCard.__struct_fields__}
    return ArticleView(
        **fields,
        related=tuple(
            ShownTeaser(
                headline=teaser.headline,
                section=teaser.section,
                summary=teaser.summary,
                url=teaser.url,
                kept=ALL not in decided.teasers_out and fold_headline(teaser.headline) not in out,
            )
            for teaser in article.related
        ),
        blocks=tuple(blocks),
        left_words=left_words,
    )


def _shortened(text: str) -> str:
    """The beginning of a text, to know it by."""
    return text if len(text) <= SHOWN_LETTERS else f"{text[:SHOWN_LETTERS].rpartition(' ')[0]}…"

"""What an editor has decided of single articles is done to them, before they are compiled."""

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from publisher.compiling.names import headline_key, shown_name
from publisher.model import Article, Block, Edit, Figure, PictureEdit, Problem, Teaser, block_words
from publisher.model.blocks import Value

ALL = "*"


class Edited(Value, frozen=True, kw_only=True):
    """The articles of an issue as an editor wants them."""

    articles: tuple[Article, ...]
    cut: frozenset[tuple[str | None, str]] = frozenset()
    """Of those whose text was cut, source and key: what is cut off is read at their address."""

    problems: tuple[Problem, ...] = ()
    """A ``stale-edit`` for each decision that fits nothing in the articles any more."""


def edit(articles: Sequence[Article], edits: Sequence[Edit]) -> Edited:
    """The articles that are not left out, those that are edited first and in the order of the edits, each as decided.

    Without edits they are as they were given.
    """
    left = list(articles)
    done: list[Article] = []
    cut: set[tuple[str | None, str]] = set()
    problems: list[Problem] = []
    for each in edits:
        found = [article for article in left if _is_of(article, each)]
        if not found:
            problems.append(_stale("an editor's decision is of an article that is not there", each.key or each.source))
        for article in found:
            left.remove(article)
            if each.left_out:
                continue
            editing = _Editing(article, each)
            done.append(editing.article)
            problems += editing.problems
            if editing.is_cut:
                cut.add((article.origin, article.key))
    return Edited(articles=(*done, *left), cut=frozenset(cut), problems=tuple(problems))


def begins(words: str, start: str) -> bool:
    """Whether words begin so, whatever their spacing."""
    return " ".join(words.split()).startswith(" ".join(start.split()))


def _is_of(article: Article, each: Edit) -> bool:
    return article.origin == each.source and each.key in (None, article.key)


def _stale(what: str, name: str) -> Problem:
    return Problem(code="stale-edit", message=f"{what}: it is not used", where=name)


class _Editing:
    """One article, and what was decided of it."""

    def __init__(self, article: Article, each: Edit) -> None:
        self.problems: list[Problem] = []
        self.is_cut = False
        self._name = shown_name(article)
        if each.section is not None:
            article = replace(article, section=each.section or None)
        if each.teasers_out:
            article = replace(article, related=tuple(self._kept(article, each.teasers_out)))
        for picture in each.pictures:
            article = replace(article, body=self._with_picture(article.body, picture))
        if each.cut_after is not None:
            article = replace(article, body=self._cut(article.body, each.cut_after))
        self.article = article

    def _kept(self, article: Article, teasers_out: Sequence[str]) -> Iterator[Teaser]:
        out = {headline_key(headline) for headline in teasers_out}
        for headline in teasers_out:
            if headline != ALL and all(
                headline_key(each.headline) != headline_key(headline) for each in article.related
            ):
                self.problems.append(_stale(f"the page has no related news “{headline}”", self._name))
        return (each for each in article.related if ALL not in teasers_out and headline_key(each.headline) not in out)

    def _cut(self, body: tuple[Block, ...], last: str) -> tuple[Block, ...]:
        for at, block in enumerate(body, start=1):
            if begins(block_words(block), last):
                self.is_cut = at < len(body)
                return body[:at]
        self.problems.append(_stale(f"no paragraph begins with “{last}”, after which the text is to end", self._name))
        return body

    def _with_picture(self, body: tuple[Block, ...], picture: PictureEdit) -> tuple[Block, ...]:
        if picture.beside is not None and not any(_shows(block, picture) for block in body):
            body = self._with_picture_beside(body, picture, picture.beside)
        elif not any(_shows(block, picture) for block in body):
            self.problems.append(_stale(f"the page has no picture {picture.src!r}", self._name))
        if picture.left_out:
            return tuple(block for block in body if not _shows(block, picture))
        return tuple(
            replace(block, alt=picture.alt) if _shows(block, picture) and picture.alt is not None else block
            for block in body
        )

    def _with_picture_beside(self, body: tuple[Block, ...], picture: PictureEdit, words: str) -> tuple[Block, ...]:
        """The body with the picture over the caption that begins so, else behind the block that does."""
        for at, block in enumerate(body):
            if isinstance(block, Figure) and begins(block_words(block), words):
                return (*body[:at], replace(block, src=picture.src), *body[at + 1 :])
        for at, block in enumerate(body, start=1):
            if begins(block_words(block), words):
                return (*body[:at], Figure(src=picture.src), *body[at:])
        self.problems.append(_stale(f"nothing begins with “{words}”, where {picture.src!r} is to stand", self._name))
        return body


def _shows(block: Block, picture: PictureEdit) -> bool:
    return isinstance(block, Figure) and block.src == picture.src

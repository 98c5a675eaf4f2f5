"""A promise of so many pages: what an issue goes without in print until it keeps to them.

The steps are those of a sub-editor, from what is missed least: letters a size smaller, no related news, no captions of
lost pictures; then the longest texts are cut after a paragraph, where the address of the rest is printed. Headlines,
standfirsts and pictures stay. What is left out is a ``Problem``; smaller letters are none.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence

import msgspec
from msgspec.structs import replace

from publisher.counting import counted, noun
from publisher.errors import OptionError
from publisher.model import Article, Block, Figure, Issue, Paragraph, PlacedArticle, Problem, Subheading, Written, plain
from publisher.model.blocks import Break, block_words

__all__ = ["Trimmed", "fit"]


class Trimmed(msgspec.Struct, frozen=True, kw_only=True):
    """An issue as it might be printed."""

    issue: Issue
    settings: Mapping[str, str] = {}
    """Of the theme's options, what is to be other than was asked for."""

    left_out: tuple[str, ...] = ()
    """What it goes without, in words."""


def fit(issue: Issue, pages: int, options: Sequence[str], lay_out: Callable[[Trimmed], Written]) -> Written:
    """The issue on ``pages`` pages at most, with as much of it as these hold by the steps above.

    ``options`` are the names of those that the theme takes: a step that it has no option for is passed over. Each draft
    is laid out to be counted. OptionError when even texts of one paragraph each take more pages.
    """
    for draft in _steps(issue, options):
        written = lay_out(draft)
        if written.page_count <= pages:
            return _reported(written, draft, pages)
    return _cut_to_fit(draft, pages, lay_out)


def _steps(issue: Issue, options: Sequence[str]) -> Iterator[Trimmed]:
    """The whole issue, and what it goes without in turn; each step keeps those before it."""
    yield (draft := Trimmed(issue=issue))
    if "text_size" in options:
        yield (draft := replace(draft, settings={"text_size": "small"}))
    if items := sum(len(section.items) for section in issue.appendix):
        yield (draft := _without(draft, replace(draft.issue, appendix=()), f"{items} related news"))
    bodies = (placed.article.body for placed in issue.articles)
    if captions := sum(isinstance(block, Figure) and not block.src for body in bodies for block in body):
        articles = tuple(map(_without_lost, issue.articles))
        what = f"the {noun(captions, 'caption')} of {counted(captions, 'lost picture')}"
        yield _without(draft, replace(draft.issue, articles=articles), what)


def _without(draft: Trimmed, issue: Issue, *left_out: str) -> Trimmed:
    return replace(draft, issue=issue, left_out=(*draft.left_out, *left_out))


def _reported(written: Written, draft: Trimmed, pages: int) -> Written:
    """The file with a problem for what it goes without, if it does."""
    if not draft.left_out:
        return written
    message = f"to keep to {counted(pages, 'page')} it goes without {', '.join(draft.left_out)}"
    return replace(written, problems=(*written.problems, Problem(code="left-out", message=message)))


def _without_lost(placed: PlacedArticle) -> PlacedArticle:
    """The article without figures of which there is only a caption."""
    body = tuple(block for block in placed.article.body if not isinstance(block, Figure) or block.src)
    return _with_body(placed, body)


def _with_body(placed: PlacedArticle, body: tuple[Block, ...]) -> PlacedArticle:
    return replace(placed, article=replace(placed.article, body=body))


# --- cutting --------------------------------------------------------------------------------------------------------


def _cut_to_fit(draft: Trimmed, pages: int, lay_out: Callable[[Trimmed], Written]) -> Written:
    """The draft with texts cut at the largest number of words that fits, found by halving: the longest first."""
    lengths = sorted({words for placed in draft.issue.articles for words, _ in _places(placed.article)})
    best = _cut(draft, lengths[0])
    written = lay_out(best)
    if written.page_count > pages:
        least = counted(written.page_count, "page")
        raise OptionError(
            f"{counted(pages, 'page')} cannot hold it: with each text cut after its first paragraph it takes {least}",
            code="too-few-pages",
            subject=str(pages),
            hint=f"Allow {least}, or leave articles out",
        )
    fitting, over = 0, len(lengths) - 1  # The whole texts have been tried.
    while over - fitting > 1:
        middle = (fitting + over) // 2
        longer = _cut(draft, lengths[middle])
        tried = lay_out(longer)
        if tried.page_count <= pages:
            fitting, best, written = middle, longer, tried
        else:
            over = middle
    return _reported(written, best, pages)


def _cut(draft: Trimmed, words: int) -> Trimmed:
    """The draft with each text cut at so many words, or after its first paragraph where that has more."""
    articles, left_out = [], []
    for placed in draft.issue.articles:
        article = placed.article
        places = _places(article)
        kept, end = max((place for place in places if place[0] <= words), default=places[0])
        if end < len(article.body):
            placed = replace(_with_body(placed, article.body[:end]), continues=True)
            left_out.append(f"{places[-1][0] - kept} of {counted(places[-1][0], 'word')} of {article.headline!r}")
        articles.append(placed)
    return _without(draft, replace(draft.issue, articles=tuple(articles)), *left_out)


def _places(article: Article) -> list[tuple[int, int]]:
    """Where the text may end: after how many words and blocks. The last place is its own end."""
    places, words, has_text = [], 0, False
    for end, block in enumerate(article.body, start=1):
        words += len(block_words(block).split())
        has_text = has_text or isinstance(block, Paragraph)
        if has_text and not isinstance(block, Subheading | Break) and not _announces(block):
            places.append((words, end))
    if not places or places[-1][1] < len(article.body):
        places.append((words, len(article.body)))
    return places


def _announces(block: Block) -> bool:
    """Whether what comes next belongs to it, as a list does."""
    return isinstance(block, Paragraph) and plain(block.inlines).rstrip().endswith(":")

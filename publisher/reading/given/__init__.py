"""Articles that are given as they are, in JSON or by another package: what is wrong with one, and their trace."""

import re
from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from publisher.model import (
    Article,
    Block,
    BlockQuote,
    BulletList,
    Figure,
    LineBreak,
    Link,
    NumberedList,
    Role,
    Subheading,
    Table,
    Text,
    TracedLine,
    block_words,
)
from publisher.model.blocks import Inlines
from publisher.reading.trace import BLANK, Trace

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_WEB = ("http://", "https://")
_DEEPEST = 200
"""Emphasis in emphasis; readers give less."""

_ROLES: dict[type[Block], Role] = {
    BlockQuote: "quote",
    BulletList: "list item",
    Figure: "caption",
    NumberedList: "list item",
    Subheading: "subheading",
    Table: "table",
}


def traced(articles: Iterable[Article], rule: str) -> tuple[TracedLine, ...]:
    """The trace of articles that come without lines of their own: a line for each of their parts, by one rule."""
    trace = Trace()
    for article in articles:
        trace.add(article.headline, "headline", rule)
        if article.standfirst:
            trace.add(article.standfirst, "standfirst", rule)
        for block in article.body:
            for line in block_words(block).splitlines():
                trace.add(line, _ROLES.get(type(block), "paragraph"), rule)
        for teaser in article.related:
            trace.add(teaser.headline, "teaser headline", rule)
    return trace.lines(BLANK)


def faults(article: Article) -> Iterator[str]:
    """What no reader gives, and no theme reckons with."""
    if not article.headline.strip():
        yield "its headline is empty"
    if not _LANGUAGE.fullmatch(article.language):
        yield f"its language {article.language[:40]!r} is no language tag"
    for url in (article.url, *(teaser.url for teaser in article.related)):
        if url is not None and not _leads(url, _WEB):
            yield f"its link {url[:60]!r} is neither http nor https"
    for block in article.body:
        yield from _faults_of(block)


def _faults_of(block: Block) -> Iterator[str]:
    match block:
        case Subheading() if not 2 <= block.level <= 6:
            yield f"a sub-heading is of level {block.level}"
        case NumberedList() if not 0 <= block.start < 10**9:
            yield f"a list begins with {block.start}"
        case Table() if len({len(row) for row in (*filter(None, [block.header]), *block.rows)}) != 1:
            yield "the rows of a table are not of one length"
        case Figure(src=str(src)) if _SCHEME.match(src) and not _leads(src, (*_WEB, "embedded:")):
            yield f"the picture {src[:60]!r} is neither on the web nor beside the article"
    for inlines in _runs(block):
        yield from _faults_in(inlines, 0)


def _runs(block: Block) -> tuple[Inlines, ...]:
    match block:
        case BulletList() | NumberedList():
            return block.items
        case BlockQuote():
            return tuple(paragraph.inlines for paragraph in block.blocks)
        case Figure():
            return (block.caption,)
        case Table():
            return (block.caption, *block.header, *(cell for row in block.rows for cell in row))
    return (getattr(block, "inlines", ()),)


def _faults_in(inlines: Inlines, depth: int) -> Iterator[str]:
    if depth > _DEEPEST:
        yield "emphasis stands too deep in emphasis"
        return
    for inline in inlines:
        if isinstance(inline, Text):
            if inline.language is not None and not _LANGUAGE.fullmatch(inline.language):
                yield f"the language {inline.language[:40]!r} is no language tag"
        elif not isinstance(inline, LineBreak):
            if isinstance(inline, Link) and not _leads(inline.url, (*_WEB, "mailto:")):
                yield f"the link {inline.url[:60]!r} is neither http, https nor mailto"
            yield from _faults_in(inline.children, depth + 1)


def _leads(url: str, schemes: tuple[str, ...]) -> bool:
    """Whether an address is one, with one of the schemes."""
    try:
        urlsplit(url)  # Knows what a malformed host is.
    except ValueError:
        return False
    return url.lower().startswith(schemes)

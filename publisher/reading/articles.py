"""Articles as this program prints them, in JSON: one, or one a line. They are taken as they are, or not at all."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import msgspec

from publisher.errors import InputError
from publisher.model import (
    Article,
    Block,
    BlockQuote,
    BulletList,
    Figure,
    LineBreak,
    Link,
    NumberedList,
    Reading,
    Role,
    Source,
    Subheading,
    Table,
    Text,
    block_words,
)
from publisher.model.blocks import Inlines
from publisher.reading.finishing import finish
from publisher.reading.trace import BLANK, Trace
from publisher.reading.vocabulary import Vocabulary

_MARK = b"\xef\xbb\xbf"
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


def read(source: Source, known: Vocabulary) -> Reading:
    """The articles in a source, their problems with them; each one's origin is the source.

    Raises InputError when it holds none, or one that no reader gives: with links that lead nowhere safe, for example.
    """
    data = source.data.removeprefix(_MARK)
    try:
        articles = _decoded(data)
        fault = next((fault for article in articles for fault in _faults(article)), None)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        articles, fault = (), " ".join(str(error).split())
    if fault or not articles:
        raise InputError(
            f"{source.name} is JSON that holds no article: {fault or 'it is empty'}. "
            "Give what publisher read --format json prints."
        )
    trace = Trace()
    for article in articles:
        trace.add(article.headline, "headline", "json.field")
        if article.standfirst:
            trace.add(article.standfirst, "standfirst", "json.field")
        for block in article.body:
            for line in block_words(block).splitlines():
                trace.add(line, _ROLES.get(type(block), "paragraph"), "json.field")
        for teaser in article.related:
            trace.add(teaser.headline, "teaser headline", "json.field")
    return finish(source, articles, trace.lines(BLANK))


def _decoded(data: bytes) -> tuple[Article, ...]:
    """One article, on however many lines, or one on each line."""
    decoder = msgspec.json.Decoder(Article)
    try:
        return (decoder.decode(data),)
    except msgspec.ValidationError:
        raise
    except msgspec.DecodeError:
        return tuple(decoder.decode_lines(data))


def _faults(article: Article) -> Iterator[str]:
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

"""Typographic care of an article's words: each printed text passed through what sets it, block by block."""

import re
from collections.abc import Callable, Iterator, Sequence

import msgspec

from publisher.model import (
    Article,
    Block,
    BlockQuote,
    BulletList,
    Emphasis,
    Figure,
    Inline,
    LineBreak,
    Link,
    Note,
    NumberedList,
    Paragraph,
    Preformatted,
    PullQuote,
    Strong,
    Subheading,
    Table,
    Text,
)
from publisher.theming.binding import Setter
from publisher.theming.quotes import OPAQUE

Marks = Callable[[Sequence[str]], list[str]]
"""What exchanges the marks of the pieces of one text."""


def set_article(article: Article, setter: Setter, marks: Marks | None = None, closer: Setter = str) -> Article:
    """The article with every printed text passed through ``setter``; addresses and alternative texts stay.

    ``marks`` exchanges the marks of a text's pieces before that (``publisher.theming.quotes``); ``None`` leaves them.
    Names and preformatted texts keep theirs. ``closer`` sets the end of each text that fills lines of its own.
    """
    return _Setting(setter, marks, closer).article(article)


def set_line(text: str, setter: Setter, marks: Marks | None = None, closer: Setter = str) -> str:
    """A text that stands alone, such as a headline, set like those of an article."""
    return _Setting(setter, marks, closer).line(text)


_LETTER = re.compile(r"\S")
_LINE_BREAK = Text(text="\n")
"""Stands for a break among the texts, which words do not run across."""


def set_note(note: Note, setter: Setter) -> Note:
    """The note with every printed text passed through ``setter``."""
    return msgspec.structs.replace(
        note,
        section=None if note.section is None else setter(note.section),
        also=tuple(
            msgspec.structs.replace(
                report,
                headline=setter(report.headline),
                publication=None if report.publication is None else setter(report.publication),
            )
            for report in note.also
        ),
    )


class _Setting:
    def __init__(self, setter: Setter, marks: Marks | None, closer: Setter) -> None:
        self._setter = setter
        self._marks = marks
        self._closer = closer

    def article(self, article: Article) -> Article:
        def name(text: str | None) -> str | None:
            return None if text is None else self._setter(text)

        def line(text: str | None) -> str | None:
            return None if text is None else self.line(text)

        return msgspec.structs.replace(
            article,
            headline=self._open().line(article.headline),
            kicker=line(article.kicker),
            standfirst=line(article.standfirst),
            bylines=tuple(map(self._setter, article.bylines)),
            dateline=name(article.dateline),
            publication=name(article.publication),
            body=tuple(map(self._block, article.body)),
        )

    def line(self, text: str) -> str:
        if self._marks:
            (text,) = self._marks([text])
        return self._closer(self._setter(text))

    def _open(self) -> "_Setting":
        """How words are set whose ends are cared for elsewhere, or that share a line with others."""
        return _Setting(self._setter, self._marks, str)

    def _speech(self) -> "_Setting":
        """How words of somebody else are set: with their own marks."""
        return _Setting(self._setter, None, self._closer)

    def _run(self, inlines: tuple[Inline, ...]) -> tuple[Inline, ...]:
        """The inlines of one text: a quotation may open in one of them and close in another."""
        leaves = list(_leaves(inlines))
        texts = [leaf.text for leaf in leaves]
        if self._marks:
            looked_at = [leaf.text if leaf.language is None else _LETTER.sub(OPAQUE, leaf.text) for leaf in leaves]
            marked = self._marks(looked_at)
            texts = [new if leaf.language is None else leaf.text for leaf, new in zip(leaves, marked, strict=True)]
        set_texts = [self._setter(text) for leaf, text in zip(leaves, texts, strict=True) if leaf is not _LINE_BREAK]
        if set_texts:
            set_texts[-1] = self._closer(set_texts[-1])
        return tuple(_with_texts(inlines, iter(set_texts)))

    def _block(self, block: Block) -> Block:
        replace = msgspec.structs.replace
        match block:
            case Paragraph() | Subheading():
                return replace(block, inlines=self._run(block.inlines))
            case PullQuote():
                attribution = None if block.attribution is None else self._setter(block.attribution)
                return replace(block, inlines=self._speech()._run(block.inlines), attribution=attribution)
            case BulletList() | NumberedList():
                return replace(block, items=tuple(map(self._run, block.items)))
            case BlockQuote():
                return replace(block, blocks=tuple(map(self._speech()._block, block.blocks)))
            case Figure():
                return replace(block, caption=self._run(block.caption))
            case Table():
                cell = self._open()._run
                return replace(
                    block,
                    header=tuple(map(cell, block.header)),
                    rows=tuple(tuple(map(cell, row)) for row in block.rows),
                    caption=self._run(block.caption),
                )
            case Preformatted():
                return replace(block, text=self._setter(block.text))
            case _:
                return block


def _leaves(inlines: tuple[Inline, ...]) -> Iterator[Text]:
    """The texts in the inlines, in reading order, and what stands for a break."""
    for inline in inlines:
        match inline:
            case Text():
                yield inline
            case LineBreak():
                yield _LINE_BREAK
            case Emphasis() | Strong() | Link():
                yield from _leaves(inline.children)


def _with_texts(inlines: tuple[Inline, ...], texts: Iterator[str]) -> Iterator[Inline]:
    """The inlines with the next of the texts for each of their own."""
    for inline in inlines:
        match inline:
            case Text():
                yield msgspec.structs.replace(inline, text=next(texts))
            case Emphasis() | Strong() | Link():
                yield msgspec.structs.replace(inline, children=tuple(_with_texts(inline.children, texts)))
            case LineBreak():
                yield inline

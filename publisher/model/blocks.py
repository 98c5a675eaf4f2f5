"""What an article's body is made of: a small closed set of inlines and blocks.

Content that the set cannot hold is dropped *with a Problem* by the reader that met it, never silently.
"""

from typing import TypeAlias, Union

import msgspec


class Value(msgspec.Struct, frozen=True, kw_only=True):
    """The base of every value of the model."""


class Text(Value, frozen=True, kw_only=True, tag="text", omit_defaults=True):
    """A run of text: NFC, unescaped, no line breaks."""

    text: str
    language: str | None = None
    """BCP 47, where it is another than the article's; left out of the JSON where it is not."""


class Emphasis(Value, frozen=True, kw_only=True, tag="emphasis"):
    """Stressed words, usually set in italics."""

    children: tuple["Inline", ...]


class Strong(Value, frozen=True, kw_only=True, tag="strong"):
    """Important words, usually set in bold."""

    children: tuple["Inline", ...]


class Link(Value, frozen=True, kw_only=True, tag="link"):
    """Words that lead elsewhere. ``url`` is absolute, http, https or mailto; a reader drops any other."""

    url: str
    children: tuple["Inline", ...]


class LineBreak(Value, frozen=True, kw_only=True, tag="line_break"):
    """A break inside a paragraph that carries meaning, as in verse or an address."""


# ``Union`` and strings: msgspec resolves the recursion when it first meets the type.
Inline: TypeAlias = Union[Text, Emphasis, Strong, Link, LineBreak]  # noqa: UP007
Inlines: TypeAlias = tuple[Inline, ...]


class Paragraph(Value, frozen=True, kw_only=True, tag="paragraph"):
    """Running text."""

    inlines: Inlines


class Subheading(Value, frozen=True, kw_only=True, tag="subheading"):
    """A heading inside the article; ``level`` 2 is the highest, since 1 is the headline."""

    inlines: Inlines
    level: int = 2


class BulletList(Value, frozen=True, kw_only=True, tag="bullet_list"):
    """Items in no particular order, their markers removed."""

    items: tuple[Inlines, ...]


class NumberedList(Value, frozen=True, kw_only=True, tag="numbered_list"):
    """Items that count, their numbers removed; the first one is ``start``."""

    items: tuple[Inlines, ...]
    start: int = 1


class BlockQuote(Value, frozen=True, kw_only=True, tag="block_quote"):
    """Words of somebody else, part of the running text."""

    blocks: tuple[Paragraph, ...]


class PullQuote(Value, frozen=True, kw_only=True, tag="pull_quote"):
    """A sentence taken out of the text for display; ``attribution`` is the speaker."""

    inlines: Inlines
    attribution: str | None = None


class Figure(Value, frozen=True, kw_only=True, tag="figure"):
    """A picture, or what the scraper left of one.

    ``src`` is as the source wrote it until assets are gathered, then an asset's name; ``None`` when only the words
    survived. ``caption`` keeps the printed text, the credit included; ``credit`` is the parsed name.
    """

    src: str | None = None
    alt: str | None = None
    caption: Inlines = ()
    credit: str | None = None


class Table(Value, frozen=True, kw_only=True, tag="table"):
    """Rows of cells; ``header`` is empty when the source marks none. Every row has the same number of cells."""

    header: tuple[Inlines, ...] = ()
    rows: tuple[tuple[Inlines, ...], ...] = ()
    caption: Inlines = ()


class Preformatted(Value, frozen=True, kw_only=True, tag="preformatted"):
    """Text whose white space carries meaning."""

    text: str


class Break(Value, frozen=True, kw_only=True, tag="break"):
    """A pause between paragraphs, as a line of asterisks makes it."""


Block: TypeAlias = Union[  # noqa: UP007
    Paragraph,
    Subheading,
    BulletList,
    NumberedList,
    BlockQuote,
    PullQuote,
    Figure,
    Table,
    Preformatted,
    Break,
]


def plain(inlines: Inlines) -> str:
    """The words of inlines without their marking; a line break is a space."""
    words = []
    for inline in inlines:
        match inline:
            case Text():
                words.append(inline.text)
            case LineBreak():
                words.append(" ")
            case _:
                words.append(plain(inline.children))
    return "".join(words)


def block_words(block: Block) -> str:
    """The words of a block; each item, cell and paragraph of it is a line of its own."""
    match block:
        case Paragraph() | Subheading() | PullQuote():
            return plain(block.inlines)
        case BulletList() | NumberedList():
            return "\n".join(plain(item) for item in block.items)
        case BlockQuote():
            return "\n".join(plain(paragraph.inlines) for paragraph in block.blocks)
        case Figure():
            return plain(block.caption)
        case Table():
            rows = (block.header, *block.rows)
            return "\n".join(plain(cell) for row in rows for cell in row)
        case Preformatted():
            return block.text
        case Break():
            return ""

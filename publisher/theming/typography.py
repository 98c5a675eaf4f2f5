"""Typographic care of the words that are set in print: spaces that must not break. No letter or mark is changed.

House decisions: a number keeps its unit, an abbreviation its name, and a headline's last line more than one word.
"""

import re
from collections.abc import Callable

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

NO_BREAK_SPACE = "\u00a0"

_UNITS = {
    "vi": "%|°C|km|km2|km²|m|m2|m²|m³|cm|mm|ha|kg|g|tấn|tạ|lít|kWh|MW|GW|tỷ|tỉ|triệu|nghìn|ngàn|đồng|USD|giờ|phút",
    "en": r"%|°C|°F|km|km²|m|m²|cm|mm|ha|kg|g|lb|oz|mph|kWh|MW|GW|million|billion|trillion|percent|a\.m\.|p\.m\.",
}
_TITLES = {"vi": "TP|Q|P|TX|TT|ThS|TS|PGS|GS|BS|KS", "en": "Mr|Mrs|Ms|Dr|Prof|St|No|Gen|Sen|Rep"}
_ANY_UNIT = r"%|°C|km|m|cm|mm|ha|kg|g|MW|GW"

Setter = Callable[[str], str]


def binder_for(language: str) -> Setter:
    """A function that binds what belongs together in that language."""
    primary = language.split("-")[0].lower()
    rules = [
        (re.compile(rf"(?<=\d) (?=(?:{_UNITS.get(primary, _ANY_UNIT)})(?!\w))"), NO_BREAK_SPACE),
    ]
    if primary in _TITLES:
        rules.append((re.compile(rf"(?<=\b)((?:{_TITLES[primary]})\.) (?=[^\W\d_])"), rf"\1{NO_BREAK_SPACE}"))

    def bind(text: str) -> str:
        for pattern, replacement in rules:
            text = pattern.sub(replacement, text)
        return text

    return bind


def bind_end(headline: str) -> str:
    """The headline with its last three words bound, so that its last line is no lone syllable."""
    head, *tail = headline.rsplit(" ", 3)
    return f"{head} {NO_BREAK_SPACE.join(tail)}" if head.count(" ") >= 3 and sum(map(len, tail)) <= 24 else headline


def set_article(article: Article, setter: Setter) -> Article:
    """The article with every printed text passed through ``setter``; addresses and alternative texts stay."""

    def maybe(text: str | None) -> str | None:
        return None if text is None else setter(text)

    return msgspec.structs.replace(
        article,
        headline=bind_end(setter(article.headline)),
        kicker=maybe(article.kicker),
        standfirst=maybe(article.standfirst),
        bylines=tuple(setter(byline) for byline in article.bylines),
        dateline=maybe(article.dateline),
        publication=maybe(article.publication),
        body=tuple(_set_block(block, setter) for block in article.body),
    )


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


def _set_block(block: Block, setter: Setter) -> Block:
    replace = msgspec.structs.replace

    def inlines(run: tuple[Inline, ...]) -> tuple[Inline, ...]:
        return tuple(_set_inline(inline, setter) for inline in run)

    match block:
        case Paragraph() | Subheading():
            return replace(block, inlines=inlines(block.inlines))
        case PullQuote():
            attribution = None if block.attribution is None else setter(block.attribution)
            return replace(block, inlines=inlines(block.inlines), attribution=attribution)
        case BulletList() | NumberedList():
            return replace(block, items=tuple(inlines(item) for item in block.items))
        case BlockQuote():
            return replace(block, blocks=tuple(_set_block(paragraph, setter) for paragraph in block.blocks))
        case Figure():
            return replace(block, caption=inlines(block.caption))
        case Table():
            return replace(
                block,
                header=tuple(inlines(cell) for cell in block.header),
                rows=tuple(tuple(inlines(cell) for cell in row) for row in block.rows),
                caption=inlines(block.caption),
            )
        case Preformatted():
            return replace(block, text=setter(block.text))
        case _:
            return block


def _set_inline(inline: Inline, setter: Setter) -> Inline:
    match inline:
        case Text():
            return msgspec.structs.replace(inline, text=setter(inline.text))
        case Emphasis() | Strong() | Link():
            return msgspec.structs.replace(
                inline, children=tuple(_set_inline(child, setter) for child in inline.children)
            )
        case LineBreak():
            return inline

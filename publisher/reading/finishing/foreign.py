"""Runs of another language inside an article: paragraphs, and what stands between quotation marks.

So marked, a screen reader pronounces them right and a line is broken by their own rules. Names are left alone: they are
pronounced as the language around them does (WCAG 2.2, 3.1.2).
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
    Link,
    NumberedList,
    Paragraph,
    PullQuote,
    Strong,
    Subheading,
    Text,
)
from publisher.model.blocks import Inlines
from publisher.reading.vocabulary import Vocabulary
from publisher.reading.vocabulary.language import (
    UNDETERMINED,
    frequent_words,
    is_vietnamese,
    language_of,
    sure_language,
)

_QUOTED = re.compile(r"[“„«\"]([^“”„«»\"]{16,})(?=[”“»\"])")
_FEWEST_WORDS = 4
"""Fewer words are a name or a title, and too few to tell a language by."""

_FEWEST_HITS = 3

_ROMANCE = frozenset(("pt", "it", "ca", "gl", "ro", "oc", "ast"))
_GERMANIC = frozenset(("nl", "af", "lb", "da", "sv", "no", "nb", "nn", "is", "fy"))
_RELATIVES = {"es": _ROMANCE, "fr": _ROMANCE, "de": _GERMANIC, "en": _GERMANIC}
"""Languages without a file whose sentences are taken for one of the shipped language's."""

Marker = Callable[[Inlines], Inlines]


def mark_foreign(article: Article, known: Vocabulary) -> Article:
    """The article with the language of each run that is in another than its own."""

    def mark(inlines: Inlines) -> Inlines:
        if len(inlines) == 1 and isinstance(inlines[0], Text) and not inlines[0].language:
            return _marked(inlines[0].text, article.language, known)
        return tuple(
            msgspec.structs.replace(inline, children=mark(inline.children))
            if isinstance(inline, Emphasis | Strong | Link)
            else inline
            for inline in inlines
        )

    body = tuple(_with_marks(block, mark) for block in article.body)
    return article if body == article.body else msgspec.structs.replace(article, body=body)


def _with_marks(block: Block, mark: Marker) -> Block:
    match block:
        case Paragraph() | Subheading() | PullQuote():
            return msgspec.structs.replace(block, inlines=mark(block.inlines))
        case BulletList() | NumberedList():
            return msgspec.structs.replace(block, items=tuple(mark(item) for item in block.items))
        case BlockQuote():
            blocks = tuple(Paragraph(inlines=mark(paragraph.inlines)) for paragraph in block.blocks)
            return BlockQuote(blocks=blocks)
        case Figure():
            return msgspec.structs.replace(block, caption=mark(block.caption))
        case _:
            return block


def _marked(text: str, around: str, known: Vocabulary) -> Inlines:
    """The text in runs of one language each."""
    runs: list[Text] = []
    end = 0
    for match in _QUOTED.finditer(text):
        if language := _other_language(match[1], around, known):
            runs += [Text(text=text[end : match.start(1)]), Text(text=match[1], language=language)]
            end = match.end()
    if not runs:
        return (Text(text=text, language=_other_language(text, around, known)),)
    return (*runs, Text(text=text[end:])) if end < len(text) else tuple(runs)


def _other_language(text: str, around: str, known: Vocabulary) -> str | None:
    """The language of a text that is surely not in the one around it."""
    primary = around.split("-")[0]
    if text.count(" ") + 1 < _FEWEST_WORDS or (primary == "vi" and is_vietnamese(text)):
        return None
    if is_vietnamese(text):
        language = language_of(text, known)
        return None if language in (primary, UNDETERMINED) else language
    if primary not in (UNDETERMINED, *known.languages):
        # Its own words cannot be counted: those of its nearest relative among the shipped languages would be.
        sure = sure_language(text, known)
        return None if sure == primary or primary in _RELATIVES.get(sure or "", ()) else sure
    # Related languages share their smallest words: it takes several of one, and hardly any of the article's own.
    counts = frequent_words(text, known)
    language = max(counts, key=lambda tag: (counts[tag], tag))
    told = language != primary and counts[language] >= _FEWEST_HITS and counts[language] > 2 * counts.get(primary, 0)
    return language if told else None

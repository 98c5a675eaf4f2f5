"""Extracts: what a front page takes of an article, and how long it takes to read."""

import itertools
import re
from collections.abc import Iterator

from publisher.model import Article, BulletList, Figure, Paragraph, block_words, plain
from publisher.model.blocks import Inlines

WORDS_A_MINUTE = 238
"""Read silently, in English: Brysbaert, How many words do we read per minute?, Journal of Memory and Language, 2019."""

SYLLABLES_A_MINUTE = 350
"""In Vietnamese, which writes each syllable apart: about one and a half make a word."""

_SENTENCE_ENDS = re.compile(r"(?<=[.!?…][\"”»)])\s+|(?<=[.!?…])\s+")


def word_count(article: Article) -> int:
    """How many words the article's body has; in Vietnamese, syllables."""
    return sum(len(block_words(block).split()) for block in article.body)


def minutes(article: Article) -> int:
    """How long the article takes to read: whole minutes, one at least."""
    in_a_minute = SYLLABLES_A_MINUTE if article.language.split("-")[0] == "vi" else WORDS_A_MINUTE
    return max(1, round(word_count(article) / in_a_minute))


def extract(article: Article, words: int) -> str:
    """The first sentences of its text that have no more than so many words; empty when it has no paragraph.

    A first sentence that is longer is cut, and ends in an ellipsis.
    """
    taken: list[str] = []
    for sentence in _sentences(article):
        if len(" ".join([*taken, sentence]).split()) > words:
            break
        taken.append(sentence)
    if taken:
        return " ".join(taken)
    first = next(_sentences(article), "")
    for space in itertools.islice(re.finditer(r"\s+", first), words - 1, None):
        return f"{first[: space.start()].rstrip(' ,;:.-–—')}…"
    return first


def first_picture(article: Article) -> Figure | None:
    """The first of its pictures that is there; ``None`` when there is none."""
    return next((block for block in article.body if isinstance(block, Figure) and block.src), None)


def key_points(article: Article) -> tuple[Inlines, ...]:
    """The items of the list that stands before its first paragraph; none where no such list is."""
    before = itertools.takewhile(lambda block: not isinstance(block, Paragraph), article.body)
    return next((block.items for block in before if isinstance(block, BulletList)), ())


def _sentences(article: Article) -> Iterator[str]:
    for block in article.body:
        if isinstance(block, Paragraph):
            yield from filter(None, _SENTENCE_ENDS.split(plain(block.inlines)))

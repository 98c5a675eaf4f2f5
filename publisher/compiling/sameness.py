"""When two articles are the same, and which of two tells more: judged here, whoever asks.

Two are the same *article* when their keys are, or when one headline stands over one text: in one issue, where a copy
may be cut or updated, most of the shorter text is enough; of issues weeks apart, where a column comes back under its
headline with other figures, the text may hardly be touched. Two tell the same *story* when what they share, weighed by
its rarity, is enough (``likeness``), and is of two sides at least.
"""

import functools
import hashlib
import unicodedata
from itertools import accumulate
from zlib import crc32

import msgspec

from publisher.compiling.likeness import Weighed, Weights, days_between
from publisher.compiling.names import headline_key
from publisher.model import Article, Figure, block_words
from publisher.model.article import fold_headline

_GROUP_WORDS = 4

WEIGHTS = Weights(
    names=4.2, figures=6.2, amounts=7.2, opening=4.6, headline=7.5, later=-7.5, other_dates=-3.7, threshold=8.1
)
"""Of a logistic regression over the pairs of the labelled reports whose themes are in the one half by a fixed hash, as
they are and set on one day, rounded: ``benchmarks/stories.py`` fits it again. The threshold asks for odds of two to
one: a story that is joined to another is lost, one that is not joined is only told twice. On the other half precision
is 1.00 and recall 0.91, as they are and on one day; but which traits are weighed was chosen seeing both halves, so that
new themes will fare worse (``benchmarks/STORIES.md``)."""

DAYS_APART = 3
"""Reports further apart than this tell of an event and of what came of it: two stories."""


def same_story(one: Weighed, other: Weighed) -> bool:
    """Whether both tell of the same event; the same whichever comes first."""
    return told_alike(one, other) > 0


def told_alike(one: Weighed, other: Weighed) -> float:
    """How much more they share than is enough, above 0 for the same story, up to some 20."""
    a, b = one.traits, other.traits
    if a.language != b.language or days_between(a, b) > DAYS_APART:
        return 0.0
    if a.headline_dates and b.headline_dates and a.headline_dates.isdisjoint(b.headline_dates):
        return 0.0  # A column of that day: prices, weather, fixtures.
    if not one.tells_of_whom(other):
        return 0.0
    likeness = one.shared(other)
    return max(0.0, WEIGHTS.over(likeness)) if likeness.is_of_two_sides else 0.0


MOST_OF_IT = 0.6
"""The share of the shorter text's word groups that the longer one must have. Under one headline of one issue stand
either two readings of an article (a cut or updated copy shares nearly all) or two days of a column (weather, prices: a
few set phrases); anything between would do."""

HARDLY_TOUCHED = 0.85
"""The same of two issues. A changed figure costs the four groups that it stands in, so that a column of forty words
with three new prices stays below, and one that has a sentence more stays above."""

KEPT_GROUPS = 256
"""How many groups are kept of a text for later issues: the share of a long text is then known to three hundredths."""


def words_of(article: Article) -> str:
    """What an article says, in NFC: headline, standfirst, and the words of its body with its captions."""
    parts = (article.headline, article.standfirst, *_texts(msgspec.to_builtins(article.body)))
    return unicodedata.normalize("NFC", "\n".join(filter(None, parts)))


def content_digest(article: Article) -> str:
    """The SHA-256 of ``words_of``, whatever its spacing: whether an article has changed since."""
    return hashlib.sha256(" ".join(words_of(article).split()).encode()).hexdigest()


def fullness(article: Article) -> tuple[int, int, int]:
    """What is compared of two articles to keep the fuller: their text's length, then pictures, then teasers."""
    pictures = sum(isinstance(block, Figure) for block in article.body)
    return len(_text(article)), pictures, len(article.related)


def same_article(one: Article, other: Article) -> bool:
    """Whether both are one article, in one issue."""
    if one.key == other.key:
        return True
    if headline_key(one.headline) != headline_key(other.headline):
        return False
    return overlap(word_groups(one), word_groups(other)) >= MOST_OF_IT


@functools.lru_cache(maxsize=100)  # Of many articles under one headline each is compared with all the others.
def word_groups(article: Article) -> frozenset[int]:
    """The text's groups of four successive words, as CRC-32; a text of fewer words is one group."""
    words = fold_headline(_text(article)).encode().split(b" ")
    if words == [b""]:
        return frozenset()
    # With a space between them they are one text, of which a group is a part: none is put together or encoded.
    text = b" ".join(words)
    begin = list(accumulate((len(word) + 1 for word in words), initial=0))
    ends = begin[_GROUP_WORDS:] or begin[-1:]
    return frozenset([crc32(text[start : end - 1]) for start, end in zip(begin, ends, strict=False)])


def kept_groups(groups: frozenset[int]) -> frozenset[int]:
    """The ``KEPT_GROUPS`` lowest of the groups: a sample that is the same for the same words (Broder, 1997)."""
    return frozenset(sorted(groups)[:KEPT_GROUPS])


def overlap(one: frozenset[int], other: frozenset[int]) -> float:
    """The share, from 0 to 1, of the shorter text's groups that the longer has; of samples, an estimate of it.

    Of a text without words nothing is known: it shares nothing.
    """
    # Above the highest group of a sample others may have been left out: there neither is asked.
    edge = min(max(groups) if len(groups) == KEPT_GROUPS else _NO_EDGE for groups in (one, other))
    shorter = min(sum(group <= edge for group in groups) for groups in (one, other))
    return len(one & other) / shorter if shorter else 0.0


_NO_EDGE = 2**32


def _text(article: Article) -> str:
    """The standfirst and the running text, in order, a block a line."""
    return "\n".join(filter(None, (article.standfirst, *(block_words(block) for block in article.body))))


def _texts(value: object) -> list[str]:
    """All the words in a value of the model, in order."""
    if isinstance(value, dict):
        own = [value["text"]] if isinstance(value.get("text"), str) else []
        return own + [text for each in value.values() if not isinstance(each, str) for text in _texts(each)]
    if isinstance(value, list | tuple):
        return [text for each in value for text in _texts(each)]
    return []

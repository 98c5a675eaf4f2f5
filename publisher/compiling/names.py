"""Names: ASCII identifiers made from headlines, and what an article is called in a message."""

import functools
import hashlib
import itertools
import re
import unicodedata
from collections.abc import Iterable
from pathlib import PurePosixPath

from publisher.model import Article
from publisher.model.article import fold_headline

_SLUG_CHARACTERS = 40
_HASH_DIGITS = 6
_STANDARD_INPUT = "-"

_LETTERS = str.maketrans({"đ": "d", "ð": "d", "ø": "o", "ł": "l", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"})
"""Letters that Unicode does not decompose into a Latin letter and a mark."""

_MARKS_OF_LATIN = re.compile("[\u0300-\u034e\u0350-\u036f]+")
"""Combining marks, all that most headlines have; the character between them is none."""

_NOT_ALPHANUMERIC = re.compile(r"[^a-z0-9]+")


def slug(headline: str) -> str:
    """The headline in lower-case ASCII, words joined by hyphens, at most 40 characters, cut between words.

    Empty when no letter of it has an ASCII form.
    """
    letters = unicodedata.normalize("NFKD", headline.casefold().translate(_LETTERS)).lower()
    letters = _MARKS_OF_LATIN.sub("", letters)
    if not letters.isascii():
        letters = "".join(letter for letter in letters if not unicodedata.combining(letter))
    whole = _NOT_ALPHANUMERIC.sub("-", letters).strip("-")
    if len(whole) <= _SLUG_CHARACTERS:
        return whole
    cut = whole[: _SLUG_CHARACTERS + 1].rpartition("-")[0]
    return cut or whole[:_SLUG_CHARACTERS]


def article_id(article: Article) -> str:
    """``a-``, the headline's slug, six digits of the hash of the article's key: the same whatever stands around it."""
    return _name("a", article.headline, article.key)


def item_id(headline: str) -> str:
    """``t-``, the headline's slug, six digits of the hash of its key: two ways to print it share the digits."""
    return _name("t", headline, headline_key(headline))


def unique(names: Iterable[str]) -> tuple[str, ...]:
    """The names in order, one that has been met before made different by a counter."""
    met: set[str] = set()
    result = []
    for name in names:
        candidates = itertools.chain((name,), (f"{name}-{count}" for count in itertools.count(2)))
        fresh = next(candidate for candidate in candidates if candidate not in met)
        met.add(fresh)
        result.append(fresh)
    return tuple(result)


@functools.lru_cache(maxsize=10_000)  # The appendix asks for each of a thousand teasers several times.
def headline_key(headline: str) -> str:
    """What makes two headlines the same: the folded headline; of one without any letter or digit, its characters."""
    return fold_headline(headline) or headline.strip()


def shown_name(article: Article) -> str:
    """The article as a message names it: its file without the folders, else its headline."""
    if article.origin is None or article.origin == _STANDARD_INPUT:
        return article.headline
    return PurePosixPath(article.origin).name


def _name(prefix: str, headline: str, key: str) -> str:
    digest = hashlib.sha256(key.encode()).hexdigest()[:_HASH_DIGITS]
    return "-".join(part for part in (prefix, slug(headline), digest) if part)

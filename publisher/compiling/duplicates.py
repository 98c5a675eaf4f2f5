"""The same article met twice: one of them is kept."""

from collections.abc import Sequence

from publisher.compiling.clusters import Clusters
from publisher.compiling.names import headline_key, shown_name
from publisher.model import Article, Figure, Problem, block_words
from publisher.model.article import fold_headline

_SHINGLE_WORDS = 4
_STRONG_OVERLAP = 0.6
"""The share of the shorter text's word groups that the longer one must have. Under one headline stand either two
readings of an article (a cut or updated copy shares nearly all) or two days of a column (weather, prices: a few set
phrases); anything between would do."""

_Shingles = frozenset[tuple[str, ...]]


def without_duplicates(articles: Sequence[Article]) -> tuple[tuple[Article, ...], tuple[Problem, ...]]:
    """The articles, each once, and a ``duplicate-article`` problem for each one left out.

    Two are the same when their keys are, or when their headlines are and most of the shorter text stands in the longer.
    The one with most text is kept, at the place of the first; nothing of the others is merged into it. Doing it again
    changes nothing.
    """
    kept: list[Article] = []
    problems: list[Problem] = []
    for group in _clusters(articles).groups():
        fullest = max(group, key=lambda number: _fullness(articles[number]))  # of equals the first
        kept.append(articles[fullest])
        problems.extend(_problem(articles[number], articles[fullest]) for number in group if number != fullest)
    return tuple(kept), tuple(problems)


def _clusters(articles: Sequence[Article]) -> Clusters:
    clusters = Clusters(len(articles))
    by_key: dict[str, int] = {}
    by_headline: dict[str, list[int]] = {}
    for number, article in enumerate(articles):
        clusters.join(by_key.setdefault(article.key, number), number)
        by_headline.setdefault(headline_key(article.headline), []).append(number)
    for numbers in by_headline.values():
        _join_overlapping(articles, numbers, clusters)
    return clusters


def _join_overlapping(articles: Sequence[Article], numbers: list[int], clusters: Clusters) -> None:
    if len(numbers) < 2:
        return
    texts = {number: _shingles(articles[number]) for number in numbers}
    for at, number in enumerate(numbers):
        for earlier in numbers[:at]:
            if clusters.leader(earlier) != clusters.leader(number) and _overlap_strongly(texts[earlier], texts[number]):
                clusters.join(earlier, number)


def _overlap_strongly(one: _Shingles, other: _Shingles) -> bool:
    """Whether most of the shorter is in the longer. Of an article without text nothing is known: it is no duplicate."""
    shorter = min(len(one), len(other))
    return shorter > 0 and len(one & other) >= _STRONG_OVERLAP * shorter


def _shingles(article: Article) -> _Shingles:
    """The text's groups of successive words; a text of fewer words is one group."""
    words = fold_headline(_text(article)).split()
    if not words:
        return frozenset()
    last = max(1, len(words) - _SHINGLE_WORDS + 1)
    return frozenset(tuple(words[start : start + _SHINGLE_WORDS]) for start in range(last))


def _fullness(article: Article) -> tuple[int, int, int]:
    pictures = sum(isinstance(block, Figure) for block in article.body)
    return len(_text(article)), pictures, len(article.related)


def _text(article: Article) -> str:
    """The standfirst and the running text, in order, a block a line."""
    return "\n".join(filter(None, (article.standfirst, *(block_words(block) for block in article.body))))


def _problem(left_out: Article, kept: Article) -> Problem:
    dropped, stayed = _told_apart(left_out, kept)
    better = "is fuller" if _fullness(kept) > _fullness(left_out) else "came first"
    if dropped == stayed:
        message = f"{stayed!r} holds the same article twice; the one that {better} was kept"
    else:
        message = f"{dropped!r} and {stayed!r} hold the same article; {stayed!r} {better} and was kept"
    return Problem(code="duplicate-article", message=message, where=kept.headline)


def _told_apart(one: Article, other: Article) -> tuple[str, str]:
    """What a message calls the two: their files' names, with the folders where those alone are the same."""
    names = shown_name(one), shown_name(other)
    if names[0] == names[1] and one.origin and other.origin and one.origin != other.origin:
        return one.origin, other.origin
    return names

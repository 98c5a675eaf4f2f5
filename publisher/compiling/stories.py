"""The same story told by several outlets, or by one twice, in other words.

What makes two reports one story was measured on pairs of reports that were labelled by hand, in
``tests/compiling/stories``: the names and the figures that both give, the words that their headlines and their openings
share, and the days between them. Of words alone, two reports of one event share no more than two of similar events do.
"""

import functools
import re
from collections.abc import Iterator, Sequence

from publisher.compiling.clusters import Clusters
from publisher.compiling.common_words import COMMON_WORDS
from publisher.model import Article, BlockQuote, BulletList, NumberedList, Paragraph, PullQuote, block_words
from publisher.model.blocks import Value

_RUNNING = (BlockQuote, BulletList, NumberedList, Paragraph, PullQuote)
"""What of a body is text that runs on: not its headings, captions and tables."""

OPENING_WORDS = 160
"""How much of the text is looked at: news tells first what happened, and long texts share figures by chance."""

_WEIGHTS = (3.0, 3.0, 7.5, 6.0, -2.0, -2.0)
_THRESHOLD = 3.6
"""Of a logistic regression over the labelled pairs, rounded: what each of ``traits`` weighs, and how much is enough.
Precision matters more than recall, since a story that is joined to another is lost, and one that is not joined is only
told twice. Fitted to all themes but one and judged on that, it has precision 0.97 and recall 0.94: see
``benchmarks/stories.py``."""

_DAYS_APART = 3
"""Reports further apart than this tell of an event and of what came of it: two stories."""

_SAME_TEXT = 0.85
"""So much of the words and of the figures stays when an article is touched; of a column that comes back, the figures
do not."""

_DATE = re.compile(r"(?<![\d/.])\d{1,2}/\d{1,2}(?:/\d{4})?(?![\d/])")
_WORD = re.compile(r"\d+(?:[.,:]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)?")
_SENTENCE_END = re.compile(r"(?<=[.!?…:])\s+|\n+")
_YEAR = re.compile(r"(?:19|20)\d\d")
_ALL_NOUNS_CAPITAL = ("de", "lb")


class Fingerprint(Value, frozen=True, kw_only=True):
    """What of an article is compared; small, and worth keeping in place of the article."""

    language: str
    """The primary subtag: reports in two languages are never taken for one story."""

    day: int | None
    """The day of publication as the proleptic Gregorian ordinal."""

    headline: frozenset[str]
    """Words, folded, without the common ones; so are ``words``."""

    words: frozenset[str]
    names: frozenset[str]
    """Runs of capitalised words, folded."""

    figures: frozenset[str]
    """Numbers as printed, without years and dates."""

    dates: frozenset[str]
    """Dates as day and month, such as ``18/3``."""

    headline_dates: frozenset[str]


def fingerprint(article: Article) -> Fingerprint:
    """What ``same_story`` compares of the article."""
    day = article.published.toordinal() if article.published else None
    return _fingerprint(article.language.split("-")[0].lower(), day, article.headline, tuple(_opening(article)))


@functools.lru_cache(maxsize=1000)  # A digest asks for each article's three times.
def _fingerprint(language: str, day: int | None, headline: str, paragraphs: tuple[str, ...]) -> Fingerprint:
    headline_text, headline_dates = _without_dates(headline)
    opening, dates = _without_dates("\n".join([headline, *paragraphs]))
    common = COMMON_WORDS.get(language, frozenset())
    words = {word.casefold() for word in _WORD.findall(opening)}
    headline_words = frozenset(word.casefold() for word in _WORD.findall(headline_text) if not word[0].isdigit())
    return Fingerprint(
        language=language,
        day=day,
        headline=headline_words - common,
        words=frozenset(word for word in words if not word[0].isdigit()) - common,
        names=frozenset(_names(opening, single=language not in _ALL_NOUNS_CAPITAL)),
        figures=frozenset(word for word in words if word[0].isdigit() and not _YEAR.fullmatch(word)),
        dates=dates,
        headline_dates=headline_dates,
    )


def same_story(one: Fingerprint, other: Fingerprint) -> bool:
    """Whether both tell of the same event; the same whichever comes first. A fingerprint is not asked about itself."""
    if one.language != other.language:
        return False
    if one.headline_dates and other.headline_dates and one.headline_dates.isdisjoint(other.headline_dates):
        return False  # A column of that day: prices, weather, fixtures.
    if _days_between(one, other) > _DAYS_APART:
        return False
    return sum(weight * trait for weight, trait in zip(_WEIGHTS, traits(one, other), strict=True)) > _THRESHOLD


def same_text(one: Fingerprint, other: Fingerprint) -> bool:
    """Whether both are one article, of whatever days: the same headline, nearly the same words and figures."""
    if (one.language, one.headline, one.headline_dates) != (other.language, other.headline, other.headline_dates):
        return False
    figures = _dice(one.figures, other.figures) if one.figures or other.figures else 1.0
    return min(_dice(one.words, other.words), figures) >= _SAME_TEXT


def traits(one: Fingerprint, other: Fingerprint) -> tuple[float, float, float, float, float, float]:
    """What both share, as numbers that can be weighed.

    Names (0 to 2), figures (0 to 3), words of the opening and of the headline (0 to 1 each), the days between them, and
    1.0 when both give dates, but none in common.
    """
    return (
        min(sum(min(name.count(" ") + 1, 3) for name in one.names & other.names), 6) / 3,
        min(sum(_telling(figure) for figure in one.figures & other.figures), 3.0),
        _dice(one.words, other.words),
        _dice(one.headline, other.headline),
        float(_days_between(one, other)),
        float(bool(one.dates and other.dates and one.dates.isdisjoint(other.dates))),
    )


def group_stories(articles: Sequence[Article]) -> list[list[int]]:
    """The articles' positions by story, in the order of each story's first article. Every position is in one group.

    Only those are compared that share a name, a figure or a word of the headline: nothing else makes a story the same.
    """
    prints = [fingerprint(article) for article in articles]
    clusters = Clusters(len(prints))
    holders: dict[str, list[int]] = {}
    for number, one in enumerate(prints):
        traits = one.names | one.figures | one.headline
        candidates = {holder for trait in traits for holder in holders.get(trait, ())}
        for other in sorted(candidates):
            if clusters.leader(other) != clusters.leader(number) and same_story(prints[other], one):
                clusters.join(other, number)
        for trait in traits:
            holders.setdefault(trait, []).append(number)
    return clusters.groups()


def _without_dates(text: str) -> tuple[str, frozenset[str]]:
    dates = frozenset("/".join(part.lstrip("0") for part in date.split("/")[:2]) for date in _DATE.findall(text))
    return _DATE.sub(" ", text), dates


def _opening(article: Article) -> Iterator[str]:
    """The standfirst and the first blocks of running text, until there are words enough; the last is cut."""
    left = OPENING_WORDS
    running = (block_words(block) for block in article.body if isinstance(block, _RUNNING))
    for text in filter(None, (article.standfirst, *running)):
        words = text.split()
        yield " ".join(words[:left])
        left -= len(words)
        if left <= 0:
            return


def _names(text: str, *, single: bool) -> Iterator[str]:
    """The runs of capitalised words; one that opens a sentence also without its first, which any word may be there."""
    for sentence in _SENTENCE_END.split(text):
        for run, opens in _capital_runs(sentence):
            for words in (run, run[1:]) if opens else (run,):
                if len(words) > 1 or (words and single and not (opens and words is run)):
                    yield " ".join(words).casefold()


def _capital_runs(sentence: str) -> Iterator[tuple[list[str], bool]]:
    """The runs of capitalised words with nothing but a space between them, and whether each opens the sentence."""
    run: list[str] = []
    opens = True
    end = None
    for number, match in enumerate(_WORD.finditer(sentence)):
        word = match[0]
        joined = end is not None and sentence[end : match.start()] == " "
        if run and not (word[0].isupper() and joined):
            yield run, opens
            run = []
        if word[0].isupper():
            if not run:
                opens = number == 0
            run.append(word)
        end = match.end()
    if run:
        yield run, opens


def _days_between(one: Fingerprint, other: Fingerprint) -> int:
    """0 where one of them has no day."""
    return abs(one.day - other.day) if one.day is not None and other.day is not None else 0


def _telling(figure: str) -> float:
    """How much a shared figure says: a long or broken one hardly comes twice by chance, a single digit often."""
    digits = sum(character.isdigit() for character in figure)
    return 1.0 if digits >= 3 or not figure.isdigit() else 0.4 if digits == 2 else 0.1


def _dice(one: frozenset[str], other: frozenset[str]) -> float:
    """The share of two sets that is common to both, from 0 to 1 (Dice, 1945)."""
    total = len(one) + len(other)
    return 2 * len(one & other) / total if total else 0.0

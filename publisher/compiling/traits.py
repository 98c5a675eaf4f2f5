"""What is compared of an article to know whether another tells the same story: small, and worth keeping."""

import functools
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from publisher.compiling.common_words import COMMON_WORDS
from publisher.model import Article, BlockQuote, BulletList, NumberedList, Paragraph, PullQuote, block_words
from publisher.model.blocks import Value

_RUNNING = (BlockQuote, BulletList, NumberedList, Paragraph, PullQuote)
"""What of a body is text that runs on: not its headings, captions and tables."""

OPENING_WORDS = 160
"""How much of the text is looked at: news tells first what happened, and long texts share figures by chance."""

_DATE = re.compile(r"(?<![\d/.])\d{1,2}/\d{1,2}(?:/\d{4})?(?![\d/])")
_WORD = re.compile(r"\d+(?:[.,:]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)?")
_WORD_APART = re.compile(rf"({_WORD.pattern})")
_SENTENCE_END = re.compile(r"(?<=[.!?…:])\s+|\n+")
_YEAR = re.compile(r"(?:19|20)\d\d")
_ALL_NOUNS_CAPITAL = ("de", "lb")


class Traits(Value, frozen=True, kw_only=True):
    """The headline and the opening of an article, taken apart."""

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

    amounts: frozenset[str]
    """The same, each with the word after it: ``250 beds`` is not ``250 to 400``."""

    dates: frozenset[str]
    """Dates as day and month, such as ``18/3``."""

    headline_dates: frozenset[str]


def traits_of(article: Article) -> Traits:
    """What ``same_story`` compares of the article."""
    day = article.published.toordinal() if article.published else None
    return _traits(article.language.split("-")[0].lower(), day, article.headline, tuple(_opening(article)))


@functools.lru_cache(maxsize=1000)  # A digest asks for each article's three times.
def _traits(language: str, day: int | None, headline: str, paragraphs: tuple[str, ...]) -> Traits:
    headline_text, headline_dates = _without_dates(headline)
    opening, dates = _without_dates("\n".join([headline, *paragraphs]))
    common = COMMON_WORDS.get(language, frozenset())
    parts = _WORD_APART.split(opening)
    gaps, printed = parts[::2], parts[1::2]
    tokens = [word.casefold() for word in printed]
    figures = frozenset(token for token in tokens if token[0].isdigit() and not _YEAR.fullmatch(token))
    headline_words = frozenset(word.casefold() for word in _WORD.findall(headline_text) if not word[0].isdigit())
    return Traits(
        language=language,
        day=day,
        headline=headline_words - common,
        words=frozenset(token for token in tokens if not token[0].isdigit()) - common,
        names=frozenset(_names(gaps, printed, single=language not in _ALL_NOUNS_CAPITAL)),
        figures=figures,
        amounts=frozenset(
            f"{token} {after}" for token, after in pairwise(tokens) if token in figures and not after[0].isdigit()
        ),
        dates=dates,
        headline_dates=headline_dates,
    )


def _without_dates(text: str) -> tuple[str, frozenset[str]]:
    if "/" not in text:  # as most texts are
        return text, frozenset()
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


def _names(gaps: Sequence[str], words: Sequence[str], *, single: bool) -> Iterator[str]:
    """The runs of capitalised words; one that opens a sentence also without its first, which any word may be there."""
    for run, opens in _capital_runs(gaps, words):
        for name in (run, run[1:]) if opens else (run,):
            if len(name) > 1 or (name and single and not (opens and name is run)):
                yield " ".join(name).casefold()


def _capital_runs(gaps: Sequence[str], words: Sequence[str]) -> Iterator[tuple[list[str], bool]]:
    """The runs of capitalised words with nothing but a space between them, and whether each opens a sentence.

    ``gaps`` are what stands before each word.
    """
    run: list[str] = []
    opens = True
    for number, word in enumerate(words):
        capital = word[0].isupper()
        if run and not (capital and gaps[number] == " "):
            yield run, opens
            run = []
        if capital:
            if not run:
                opens = number == 0 or _SENTENCE_END.search(gaps[number]) is not None
            run.append(word)
    if run:
        yield run, opens

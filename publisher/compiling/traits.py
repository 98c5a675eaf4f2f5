"""What is compared of an article to know whether another tells the same story: small, and worth keeping."""

import functools
import re
from collections.abc import Iterator, Mapping, Sequence

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
    printed, gaps, numbers_at = _apart(opening)
    folded = [word.casefold() for word in printed]
    numbers = frozenset([folded[at] for at in numbers_at])
    figures = frozenset([number for number in numbers if not _YEAR.fullmatch(number)])
    followed = [(folded[at], folded[at + 1]) for at in numbers_at if at + 1 < len(folded)]
    headline_words = frozenset([word.casefold() for word in _WORD.findall(headline_text) if not word[0].isdigit()])
    return Traits(
        language=language,
        day=day,
        headline=headline_words - common,
        words=frozenset(folded) - numbers - common,
        names=frozenset(_names(printed, folded, gaps, single=language not in _ALL_NOUNS_CAPITAL)),
        figures=figures,
        amounts=frozenset(
            [f"{figure} {after}" for figure, after in followed if figure in figures and after not in numbers]
        ),
        dates=dates,
        headline_dates=headline_dates,
    )


def _apart(text: str) -> tuple[list[str], dict[int, str], list[int]]:
    """The words; by a word's place what stands before it where that is not one space; the places of the numbers."""
    words: list[str] = []
    gaps: dict[int, str] = {}
    numbers: list[int] = []
    tail = ""
    for piece in text.split(" "):
        if piece.isalpha():  # as most are: the expression takes ten times as long
            if tail:
                gaps[len(words)] = f"{tail} "
                tail = ""
            words.append(piece)
            continue
        gap, *rest = _WORD_APART.split(piece)
        gap = f"{tail} {gap}"
        for word, after in zip(rest[::2], rest[1::2], strict=True):
            if gap != " ":
                gaps[len(words)] = gap
            if word[0].isdigit():
                numbers.append(len(words))
            words.append(word)
            gap = after
        tail = gap
    return words, gaps, numbers


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


def _names(printed: Sequence[str], folded: Sequence[str], gaps: Mapping[int, str], *, single: bool) -> Iterator[str]:
    """The runs of capitalised words; one that opens a sentence also without its first, which any word may be there."""
    for start, end, opens in _capital_runs(printed, gaps):
        if end - start > 1 or (single and not opens):
            yield " ".join(folded[start:end])
        if opens and (end - start > 2 or (single and end - start > 1)):
            yield " ".join(folded[start + 1 : end])


def _capital_runs(words: Sequence[str], gaps: Mapping[int, str]) -> Iterator[tuple[int, int, bool]]:
    """Where runs of capitalised words with one space between them start and end, and whether each opens a sentence."""
    start = end = 0
    opens = True
    for number in [number for number, word in enumerate(words) if word[0].isupper()]:
        if number == end > start and number not in gaps:
            end += 1
            continue
        if end > start:
            yield start, end, opens
        start, end = number, number + 1
        opens = number == 0 or _SENTENCE_END.search(gaps.get(number, "")) is not None
    if end > start:
        yield start, end, opens

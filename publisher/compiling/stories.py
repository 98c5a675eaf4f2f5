"""The same story told by several outlets, or by one twice, in other words.

What makes two reports one story was measured on pairs of reports that were labelled by hand, in
``tests/compiling/stories``: the names and the figures that both give, the words that their headlines and their openings
share, and the days between them. Of words alone, two reports of one event share no more than two of similar events do.
"""

from collections.abc import Sequence

from publisher.compiling.sameness import same_article
from publisher.compiling.traits import Traits, traits_of
from publisher.model import Article

_WEIGHTS = (3.0, 3.0, 7.5, 6.0, -2.0, -2.0)
_THRESHOLD = 3.6
"""Of a logistic regression over the labelled pairs, rounded: what each of ``shared`` weighs, and how much is enough.
Precision matters more than recall, since a story that is joined to another is lost, and one that is not joined is only
told twice. Fitted to all themes but one and judged on that, it has precision 0.97 and recall 0.94: see
``benchmarks/stories.py``."""

_DAYS_APART = 3
"""Reports further apart than this tell of an event and of what came of it: two stories."""


def same_story(one: Traits, other: Traits) -> bool:
    """Whether both tell of the same event; the same whichever comes first."""
    if one.language != other.language:
        return False
    if one.headline_dates and other.headline_dates and one.headline_dates.isdisjoint(other.headline_dates):
        return False  # A column of that day: prices, weather, fixtures.
    if _days_between(one, other) > _DAYS_APART:
        return False
    return sum(weight * trait for weight, trait in zip(_WEIGHTS, shared(one, other), strict=True)) > _THRESHOLD


def shared(one: Traits, other: Traits) -> tuple[float, float, float, float, float, float]:
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
    """The articles' positions by story. Every position is in one group, whose first leads it.

    Who comes before may lead: an article joins the first lead that tells the same, or that is the same article. What it
    shares with the other members counts nothing, so that no story grows into another one.
    """
    groups: list[list[int]] = []
    told = [traits_of(article) for article in articles]
    for number, article in enumerate(articles):
        for group in groups:
            lead = group[0]
            if same_story(told[lead], told[number]) or same_article(articles[lead], article):
                group.append(number)
                break
        else:
            groups.append([number])
    return groups


def _days_between(one: Traits, other: Traits) -> int:
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

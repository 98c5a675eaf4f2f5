"""The same story told by several outlets, or by one twice, in other words.

What makes two reports one story was measured on pairs of reports that were labelled by hand, in
``tests/compiling/stories``; how it is weighed is in ``sameness``. Here those are found that are worth comparing.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import partial

import msgspec

from publisher.compiling.likeness import Weighed
from publisher.compiling.names import headline_key
from publisher.compiling.rarity import Rarity
from publisher.compiling.sameness import DAYS_APART, same_article, told_alike
from publisher.compiling.traits import Traits, traits_of
from publisher.model import Article

MET = 50
"""How many reports are looked up by their traits, the rarest first: so that a batch of twice the size takes twice the
time. Of 2,000 made reports twice and eight times as many give the same stories."""

COMPARED = 5
"""How many of those met are compared: the ones with which most is shared. Of 2,000 made reports five find as many
stories as ten, and three leave five apart; among the labelled ones the story is the first of them in 81 of 83 cases."""


class Stories:
    """Stories as they were first told. Who asks is told which of them an article tells again."""

    def __init__(self) -> None:
        self._told: list[Weighed] = []
        self._blocks: dict[tuple[str, int | None], dict[str, list[int]]] = {}
        """By language and day; in each the stories by trait."""

    def add(self, story: Weighed) -> None:
        """Take up another story; it is known by its number, from 0."""
        block = self._blocks.setdefault((story.traits.language, story.traits.day), {})
        for trait in story.telling:
            block.setdefault(trait, []).append(len(self._told))
        self._told.append(story)

    def same_as(self, one: Weighed) -> list[int]:
        """The numbers of the stories that it tells again, the likest first; of equals the first told."""
        alike = {number: told_alike(one, self._told[number]) for number in self._worth_comparing(one)}
        return sorted(
            (number for number, over in alike.items() if over > 0), key=lambda number: (-alike[number], number)
        )

    def _worth_comparing(self, one: Weighed) -> list[int]:
        """The stories that share most with it, each as much as the traits by which it was met are rare."""
        lacking: defaultdict[int, float] = defaultdict(float)  # less than nothing: the least shares most
        met = 0
        blocks = list(self._blocks_around(one.traits))
        for trait, rarity in one.telling.items():
            for block in blocks:
                numbers = block.get(trait, ())
                met += len(numbers)
                for number in numbers:
                    lacking[number] -= rarity
            if met >= MET:
                break
        return sorted(sorted(lacking), key=lacking.__getitem__)[:COMPARED]

    def _blocks_around(self, traits: Traits) -> Iterator[dict[str, list[int]]]:
        """Of the days that one story can be told on; an article without a day may be of any."""
        if traits.day is None:
            yield from (block for (language, _), block in self._blocks.items() if language == traits.language)
            return
        for day in (None, *range(traits.day - DAYS_APART, traits.day + DAYS_APART + 1)):
            if (traits.language, day) in self._blocks:
                yield self._blocks[traits.language, day]


class StoryReport(msgspec.Struct, frozen=True, kw_only=True):
    """An article as it is compared: its traits, made of it or kept, and itself where it is asked for."""

    headline: str
    traits: Traits
    whole: Callable[[], Article]


class Grouping:
    """Reports brought together by story, one after the other.

    Who comes before may lead: a report joins the lead that tells most like it, or that is the same article. What it
    shares with the other members counts nothing, so that no story grows into another one.
    """

    def __init__(self, rarity: Rarity) -> None:
        self._rarity = rarity
        self._stories = Stories()
        self._leads: list[StoryReport] = []
        self._under: dict[str, list[int]] = {}

    def story_of(self, report: StoryReport) -> int:
        """The number of the story that it tells, from 0; it leads one whose number was not given before."""
        one = Weighed(report.traits, self._rarity)
        copies = self._under.setdefault(headline_key(report.headline), [])
        same = [story for story in copies if same_article(self._leads[story].whole(), report.whole())]
        same = same or self._stories.same_as(one)
        if same:
            return same[0]
        copies.append(len(self._leads))
        self._leads.append(report)
        self._stories.add(one)
        return len(self._leads) - 1


def group_stories(articles: Sequence[Article]) -> list[list[int]]:
    """The positions by story of articles whose keys differ, as ``Grouping`` brings them together.

    Every position is in one group, whose first leads it.
    """
    reports = [
        StoryReport(headline=article.headline, traits=traits_of(article), whole=partial(_itself, article))
        for article in articles
    ]
    grouping = Grouping(Rarity(report.traits for report in reports))
    groups: dict[int, list[int]] = {}
    for number, report in enumerate(reports):
        groups.setdefault(grouping.story_of(report), []).append(number)
    return list(groups.values())


def _itself(article: Article) -> Article:
    return article

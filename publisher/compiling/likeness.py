"""What speaks for it that two articles tell one story, and how much."""

import functools
import math
from collections.abc import Iterable
from operator import itemgetter

import msgspec

from publisher.compiling.rarity import Kind, Rarity
from publisher.compiling.traits import Traits
from publisher.model.blocks import Value


class Likeness(Value, frozen=True, kw_only=True):
    """What two articles share: each a kind of its own, from 0 to 1, where rare traits count more."""

    names: float
    """The cosine of the names, its root: of long texts, which have many, one shared name is a small part."""

    figures: float
    """Two rare figures are all that counts: more of them may come with a table."""

    amounts: float
    """Two rare figures with the word after them."""

    opening: float
    """The share of the openings' words that stands in both (Dice, 1945)."""

    headline: float
    """The share of a headline's words that stands in the other's opening, of both headlines."""

    later: int
    """The days between beyond one, which lies between an evening's news and a morning's paper."""

    other_dates: bool
    """Whether both give dates, and none in common."""

    @property
    def is_of_two_sides(self) -> bool:
        """Whether it says of whom both tell, and that they tell the same of them.

        Figures alone make a hospital with 250 beds of a price that was 250; names and headlines alone a story of all
        that one columnist writes. Of the 100 labelled pairs of one story 99 have both sides.
        """
        what = self.opening >= ALIKE_OPENING or self.figures + self.amounts >= ALIKE_FIGURES
        return _say_of_whom(self.names, self.headline) and what


ALIKE_NAMES, ALIKE_HEADLINE, ALIKE_OPENING, ALIKE_FIGURES = 0.3, 0.25, 0.13, 0.4
"""From which on each kind counts as a side: see ``Likeness.is_of_two_sides``."""


def _say_of_whom(names: float, headline: float) -> bool:
    return names >= ALIKE_NAMES or headline >= ALIKE_HEADLINE


class Weights(Value, frozen=True, kw_only=True):
    """What each kind of likeness weighs, and how much is enough."""

    names: float
    figures: float
    amounts: float
    opening: float
    headline: float
    later: float
    other_dates: float
    threshold: float

    def over(self, likeness: Likeness) -> float:
        """How much the likeness weighs beyond what is enough."""
        weighed = (getattr(self, kind) * getattr(likeness, kind) for kind in KINDS)
        return math.fsum(weighed) - self.threshold


KINDS = tuple(field.name for field in msgspec.structs.fields(Likeness))


class Weighed:
    """An article's traits, each weighed by its rarity. Sums are exact, so that no order of a set shows in them."""

    def __init__(self, traits: Traits, rarity: Rarity) -> None:
        self.traits = traits
        self._rarity = rarity.of(traits.language)
        self._holders = rarity.holders(traits.language)
        self._names = self._squares(traits.names)
        self._headline = self._sum("words", traits.headline)

    @functools.cached_property
    def _words(self) -> float:
        return self._sum("words", self.traits.words)

    @functools.cached_property
    def telling(self) -> dict[str, float]:
        """The traits by which others of its story are found, with the rarity of each, the rarest first.

        Names, figures, and the words of the headline: two reports of one story share at least one. Those that no other
        article has are left out.
        """
        traits = self.traits
        rare = {
            **self._held_by_others("words", traits.headline),
            **self._held_by_others("names", traits.names),
            **self._held_by_others("figures", traits.figures),
            **self._held_by_others("amounts", traits.amounts),
        }
        return dict(sorted(sorted(rare.items()), key=itemgetter(1), reverse=True))

    def _held_by_others(self, kind: Kind, traits: Iterable[str]) -> dict[str, float]:
        holders, rarity = self._holders[kind], self._rarity[kind]
        return {trait: rarity[trait] for trait in traits if holders[trait] > 1}

    def shared(self, other: "Weighed") -> Likeness:
        """What both share; the same whichever is asked. Both are of one language."""
        one, two = self.traits, other.traits
        words = self._words + other._words
        return Likeness(
            names=self._shared_names(other),
            figures=min(self._sum("figures", one.figures & two.figures) / 2, 1.0),
            amounts=min(self._sum("amounts", one.amounts & two.amounts) / 2, 1.0),
            opening=2 * self._sum("words", one.words & two.words) / words if words else 0.0,
            headline=self._shared_headline(other),
            later=max(0, days_between(one, two) - 1),
            other_dates=bool(one.dates and two.dates and one.dates.isdisjoint(two.dates)),
        )

    def tells_of_whom(self, other: "Weighed") -> bool:
        """Whether what both share is of that side at all: asked first, since three pairs in four have nothing of it."""
        return _say_of_whom(self._shared_names(other), self._shared_headline(other))

    def _shared_names(self, other: "Weighed") -> float:
        names = self._squares(self.traits.names & other.traits.names)
        return math.sqrt(names / math.sqrt(self._names * other._names)) if names else 0.0

    def _shared_headline(self, other: "Weighed") -> float:
        return (self._covered(other.traits) + other._covered(self.traits)) / 2

    def _covered(self, other: Traits) -> float:
        """How much of the headline the other's opening says."""
        covered = self._sum("words", self.traits.headline & other.words)
        return covered / self._headline if covered else 0.0

    def _squares(self, names: Iterable[str]) -> float:
        rarity = self._rarity["names"]
        return math.fsum([rarity[name] ** 2 for name in names])

    def _sum(self, kind: Kind, traits: Iterable[str]) -> float:
        return math.fsum(map(self._rarity[kind].__getitem__, traits))


def days_between(one: Traits, other: Traits) -> int:
    """0 where one of them has no day."""
    return abs(one.day - other.day) if one.day is not None and other.day is not None else 0

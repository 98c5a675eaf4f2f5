"""How rare a name, a figure or a word is among the articles at hand: what is in every second one tells nothing."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Literal, TypeAlias

from publisher.compiling.traits import Traits

Kind: TypeAlias = Literal["names", "figures", "amounts", "words"]
"""A field of ``Traits`` whose members are counted."""

KINDS: tuple[Kind, ...] = ("names", "figures", "amounts", "words")

_BEFORE = 100
"""As many articles count as seen before the first: of two articles nothing can be said by counting. In them a trait is
as common as ``_commonness`` guesses; a hundred articles at hand weigh as much as the guess."""


class Rarity:
    """What is known from counting the articles of an issue, and from those that earlier ones ran."""

    def __init__(self, articles: Iterable[Traits]) -> None:
        self._articles: Counter[str] = Counter()
        self._holders: dict[str, dict[Kind, Counter[str]]] = {}
        self._tables: dict[str, dict[Kind, _Table]] = {}
        for each in articles:
            self._articles[each.language] += 1
            for kind, holders in self.holders(each.language).items():
                holders.update(getattr(each, kind))

    def of(self, language: str) -> Mapping[Kind, Mapping[str, float]]:
        """By kind and trait: from nearly 0 for what every article has to nearly 1 for what one in a great many has."""
        if language not in self._tables:
            articles, holders = self._articles[language], self.holders(language)
            self._tables[language] = {kind: _Table(kind, holders[kind], articles) for kind in KINDS}
        return self._tables[language]

    def holders(self, language: str) -> Mapping[Kind, Counter[str]]:
        """By kind and trait: how many of the articles have it."""
        if language not in self._holders:
            self._holders[language] = {kind: Counter() for kind in KINDS}
        return self._holders[language]


class _Table(dict[str, float]):
    """The rarity of one kind of traits in one language, worked out for each when it is first asked for."""

    def __init__(self, kind: Kind, holders: Counter[str], articles: int) -> None:
        super().__init__()
        self._kind = kind
        self._holders = holders
        self._total = _BEFORE + articles
        self._highest = math.log(self._total)

    def __missing__(self, trait: str) -> float:
        held = _BEFORE * _commonness(self._kind, trait) + self._holders[trait]
        self[trait] = rarity = max(0.0, math.log(self._total / held) / self._highest)
        return rarity


def _commonness(kind: Kind, trait: str) -> float:
    """In what share of articles such a trait stands, before any is seen: by its length, a round figure apart."""
    if kind == "names":
        return (0.03, 0.01, 0.004)[min(trait.count(" "), 2)]
    if kind == "figures":
        digits = [character for character in trait if character.isdigit()]
        if len(digits) < 3:
            return 0.3 if len(digits) == 1 else 0.1
        return 0.04 if set(digits[1:]) == {"0"} else 0.008
    return 0.005 if kind == "amounts" else 0.02

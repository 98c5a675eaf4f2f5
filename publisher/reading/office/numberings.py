"""The lists of a document: which items have bullets, and how far each list has counted."""

from dataclasses import dataclass, field

from publisher.model.blocks import Value
from publisher.reading.office.lists import Mark

_DEEPEST = 9
"""The deepest level: Word has nine levels, OpenDocument ten."""


class Level(Value, frozen=True, kw_only=True):
    """How the items of one level of a list are marked."""

    bullet: bool
    start: int = 1


@dataclass(slots=True)
class Numberings:
    """The lists by their ids; levels count from 0."""

    levels: dict[str, dict[int, Level]] = field(default_factory=dict)
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)

    def count(self, identifier: str, level: int, number: int | None = None) -> Mark | None:
        """The mark of the next item of a list, which may say its number itself; ``None`` when there is no such list.

        An item starts the levels below its own anew.
        """
        levels = self.levels.get(identifier, {})
        level = max(0, min(level, _DEEPEST))
        known = levels.get(level) or levels.get(0)
        if known is None:
            return None
        counts = self._counts.setdefault(identifier, {})
        for deeper in [other for other in counts if other > level]:
            del counts[deeper]
        counts[level] = counts.get(level, known.start - 1) + 1 if number is None else number
        return known.bullet, counts[level]

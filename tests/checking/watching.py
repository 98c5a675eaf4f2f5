"""A memo of what checks have seen before, and what they had to look at."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from publisher.automation.memo import Memo
from publisher.automation.memo.cache import Cache

T = TypeVar("T")


class Watched:
    """A memo, and how many things of a kind were in no way known."""

    def __init__(self, folder: Path) -> None:
        self._memo = Memo(Cache(folder))
        self._asked = 0
        self.kinds: Counter[str] = Counter()

    def keep(self, kind: str, of: type[T], made_of: object, make: Callable[[], T]) -> T:
        def counted() -> T:
            before = self._asked
            value = make()
            self.kinds[kind] += self._asked == before
            return value

        self._asked += 1
        return self._memo.keep(kind, of, made_of, counted)

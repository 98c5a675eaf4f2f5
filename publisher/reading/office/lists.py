"""Items in a row become lists."""

from collections.abc import Iterator, Sequence
from typing import TypeAlias

from publisher.model import Block, BulletList, NumberedList
from publisher.model.blocks import Inlines

Mark: TypeAlias = tuple[bool, int]
"""Of an item: whether it has a bullet, and its number."""

Item: TypeAlias = tuple[bool, int, Inlines]
"""Whether it has a bullet, its number, its words."""


def lists_of(items: Sequence[Item]) -> Iterator[Block]:
    """Items in a row as lists: bullets and numbers apart, a nested list's items after the one that holds them."""
    run: list[Item] = []
    for item in (*items, None):
        if run and (item is None or item[0] != run[0][0]):
            words = tuple(inlines for _, _, inlines in run)
            yield BulletList(items=words) if run[0][0] else NumberedList(items=words, start=max(run[0][1], 1))
            run = []
        if item is not None:
            run.append(item)

"""Related news by article: each item of the appendix once, under the article that mentioned it first."""

from collections.abc import Iterator

import msgspec

from publisher.model import AppendixItem, Issue, PlacedArticle


class Labelled(msgspec.Struct, frozen=True, kw_only=True):
    """Items that stood beside one article under one label."""

    label: str | None
    """As printed; ``None`` for headlines that stood without one."""

    items: tuple[AppendixItem, ...]


class Beside(msgspec.Struct, frozen=True, kw_only=True):
    """What stood beside one article and beside none before it."""

    placed: PlacedArticle
    groups: tuple[Labelled, ...]
    """In the order of the appendix; none is empty."""


def by_article(issue: Issue) -> Iterator[Beside]:
    """The appendix by article, in the order of the issue; an article without items of its own is left out."""
    found: dict[str, dict[int, list[AppendixItem]]] = {}
    for number, section in enumerate(issue.appendix):
        for item in section.items:
            found.setdefault(item.mentions[0], {}).setdefault(number, []).append(item)
    for placed in issue.articles:
        if placed.id in found:
            groups = (
                Labelled(label=issue.appendix[number].label, items=tuple(items))
                for number, items in sorted(found[placed.id].items())
            )
            yield Beside(placed=placed, groups=tuple(groups))

"""Related news by article: each item of the appendix once, under the article that mentioned it first."""

from collections.abc import Iterator, Mapping

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


def by_mention(issue: Issue) -> Mapping[str, tuple[AppendixItem, ...]]:
    """The items that each article mentions, by its id, whatever article they stand under."""
    found: dict[str, list[AppendixItem]] = {}
    for section in issue.appendix:
        for item in section.items:
            for article in item.mentions:
                found.setdefault(article, []).append(item)
    return {article: tuple(items) for article, items in found.items()}

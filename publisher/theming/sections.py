"""The sections of an issue as themes print them: each with its articles, its number and its colour."""

import itertools
from collections.abc import Iterator, Sequence

import msgspec

from publisher.model import Issue, PlacedArticle


class Section(msgspec.Struct, frozen=True, kw_only=True):
    """Articles that stand together under one name."""

    name: str
    """As printed, without words that must not part: the theme's own words for what is in no section."""

    number: int
    """From 1, in the order of the issue."""

    tone: int
    """The place of its colour in the theme's palette, from 1: the class ``section-`` with it has that colour."""

    colour: str
    articles: tuple[PlacedArticle, ...]
    """One at least."""

    @property
    def first(self) -> str:
        """The id of the article that it begins with."""
        return self.articles[0].id


def sections_in(issue: Issue, palette: Sequence[str], others: str) -> Iterator[Section]:
    """The sections in the order of the issue; none where it has fewer than two.

    ``others`` is the name of what belongs to none. Each has the next colour, after the last the first again.
    """
    groups = [
        (name, tuple(articles))
        for name, articles in itertools.groupby(issue.articles, lambda placed: placed.note.section)
    ]
    if len(groups) < 2:
        return
    for number, (name, articles) in enumerate(groups, start=1):
        tone = (number - 1) % len(palette)
        yield Section(name=name or others, number=number, tone=tone + 1, colour=palette[tone], articles=articles)

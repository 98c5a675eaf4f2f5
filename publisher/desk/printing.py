"""What an issue would hold, and in which order: known before its pages are laid out."""

import threading
from collections.abc import Mapping, Sequence
from typing import TypeAlias

from publisher.compiling import compile_issue, group_stories
from publisher.compiling.duplicates import without_duplicates
from publisher.compiling.editing import edit
from publisher.errors import InputError
from publisher.model import Article, IssuePlan
from publisher.model.blocks import Value

Name: TypeAlias = tuple[str, str]
"""What an article is known by here: the name of its source, and its key."""


class Story(Value, frozen=True, kw_only=True):
    """Articles that tell the same."""

    kind: str
    """``double`` where they are one article, ``story`` where they are reports of one story."""

    articles: tuple[Name, ...]
    leads: Name
    """The one that is printed, or that tells it first."""


class Printing(Value, frozen=True, kw_only=True):
    """The articles of an issue, as they would be printed."""

    sections: Mapping[Name, str | None]
    """By article, in the order of the issue: the section of each."""

    stories: tuple[Story, ...]


class Printer:
    """Says what would be printed, and remembers it while nothing changes. For any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._of: tuple[Sequence[Article], IssuePlan] | None = None
        self._printing = Printing(sections={}, stories=())

    def printing(self, articles: Sequence[Article], plan: IssuePlan) -> Printing:
        """What would be printed of articles by a plan; nothing where nothing can be."""
        with self._lock:
            if self._of is None or not _same(self._of, (articles, plan)):
                self._printing = _printing(articles, plan)
                self._of = (articles, plan)
            return self._printing


def name_of(article: Article) -> Name:
    """What the article is known by."""
    return article.origin or "", article.key


def _same(one: tuple[Sequence[Article], IssuePlan], other: tuple[Sequence[Article], IssuePlan]) -> bool:
    """Whether they are the same. Readings are remembered: an article that has not changed is the very same."""
    return (
        len(one[0]) == len(other[0])
        and all(a is b for a, b in zip(one[0], other[0], strict=True))
        and one[1] == other[1]
    )


def _printing(articles: Sequence[Article], plan: IssuePlan) -> Printing:
    try:
        issue = compile_issue(articles, plan)
    except InputError:
        return Printing(sections={}, stories=())
    taken = edit(articles, plan.edits).articles
    kept, doubles = without_duplicates(taken)
    stories = [
        Story(kind="double", articles=(name_of(double.kept), name_of(double.left_out)), leads=name_of(double.kept))
        for double in doubles
    ]
    for group in group_stories(kept):
        if len(group) > 1:
            names = tuple(name_of(kept[at]) for at in group)
            stories.append(Story(kind="story", articles=names, leads=names[0]))
    sections = {name_of(placed.article): placed.note.section for placed in issue.articles}
    return Printing(sections=sections, stories=tuple(stories))

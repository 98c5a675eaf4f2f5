"""The issue: articles put together by a plan, with the appendix of related news."""

import datetime as dt
from typing import Literal, TypeAlias

from publisher.model.article import Article
from publisher.model.blocks import Value
from publisher.model.problem import Problem

Order: TypeAlias = Literal["given", "newest", "oldest"]


class IssuePlan(Value, frozen=True, kw_only=True):
    """What an editor decides. ``None`` leaves it to the theme or to the articles."""

    title: str | None = None
    number: str | None = None
    date: dt.date | None = None
    """``None``: the newest date among the articles, so that the same input gives the same bytes on any day."""

    language: str | None = None
    """``None``: the language that most of the articles are in."""

    order: Order = "given"


class Asset(Value, frozen=True, kw_only=True):
    """A file that a rendition uses: a picture, a font, a style sheet."""

    name: str
    """ASCII, relative, unique in its rendition: ``pictures/0f3a….jpg``."""

    media_type: str
    data: bytes


class PlacedArticle(Value, frozen=True, kw_only=True):
    """An article at its place in an issue."""

    id: str
    """An ASCII name made from the article alone: it does not change when another article is inserted."""

    article: Article


class AppendixItem(Value, frozen=True, kw_only=True):
    """One piece of related news, however many articles mentioned it."""

    id: str
    headline: str
    summary: str | None = None
    url: str | None = None
    sponsored: bool = False
    mentions: tuple[str, ...]
    """The ids of the placed articles that mentioned it, in the issue's order; never empty."""

    full_article: str | None = None
    """The id of the placed article that it points to, when the issue has it."""


class AppendixSection(Value, frozen=True, kw_only=True):
    """The items that stood under one label."""

    label: str | None
    """As printed; ``None`` for headlines that stood without one."""

    items: tuple[AppendixItem, ...]


class Issue(Value, frozen=True, kw_only=True):
    """What a theme renders."""

    identifier: str
    """A URN that follows from the plan and the articles, never random."""

    title: str | None
    number: str | None
    date: dt.date | None
    language: str
    """BCP 47; the language of the words that the theme prints itself."""

    articles: tuple[PlacedArticle, ...]
    appendix: tuple[AppendixSection, ...]
    assets: tuple[Asset, ...] = ()
    """The articles' pictures; a ``Figure.src`` is the name of one of them."""

    problems: tuple[Problem, ...] = ()
    """Those of the articles, and those met while compiling."""

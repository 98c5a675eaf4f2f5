"""The issue: articles put together by a plan, with the appendix of related news."""

import datetime as dt
from typing import Literal, TypeAlias

import msgspec

from publisher.model.article import Article
from publisher.model.blocks import Value
from publisher.model.edit import Edit
from publisher.model.omission import Omission
from publisher.model.problem import Problem

Order: TypeAlias = Literal["given", "newest", "oldest"]


class AlsoIn(Value, frozen=True, kw_only=True):
    """The same story as another outlet has it."""

    headline: str
    publication: str | None = None
    url: str | None = None
    language: str
    """BCP 47, of the headline."""


SectionsBy: TypeAlias = Literal["folder", "kicker"]
"""What puts an article in a section that nobody put in one: the folder that its file lies in, or its kicker."""


class SectionRule(Value, frozen=True, kw_only=True):
    """A section of an issue, and which articles belong to it."""

    name: str
    """As printed."""

    patterns: tuple[str, ...] = ()
    """Of sources and addresses: a whole one, its last parts or a folder of it, where ``*`` stands for anything."""


class Note(Value, frozen=True, kw_only=True):
    """What an editor knows of an article that its page does not say."""

    section: str | None = None
    """The part of the issue that it belongs to, as printed."""

    updated_since: str | None = None
    """The number of the earlier issue that ran another text of it, as printed."""

    also: tuple[AlsoIn, ...] = ()
    """Who else reports the same."""


class Earlier(Value, frozen=True, kw_only=True):
    """An article that an earlier issue ran."""

    headline: str
    url: str | None = None
    issue: str
    """The issue's number, as printed."""


class IssuePlan(Value, frozen=True, kw_only=True):
    """What an editor decides. ``None`` leaves it to the theme or to the articles."""

    title: str | None = None
    number: str | None = None
    date: dt.date | None = None
    """``None``: the newest date among the articles, so that the same input gives the same bytes on any day."""

    language: str | None = None
    """``None``: the language that most of the articles are in."""

    series: str | None = None
    """What the issues are called together; ``None``: the title."""

    order: Order = "given"
    """Inside a section, where there are any."""

    sections: tuple[SectionRule, ...] = ()
    """In their order; others follow as their articles come."""

    sections_by: SectionsBy | None = None

    identity: str | None = None
    """What names the issue for good, whatever is printed on it; ``None``: its title with its number or its date."""

    notes: dict[str, Note] = msgspec.field(default_factory=dict)
    """By ``Article.key``."""

    edits: tuple[Edit, ...] = ()
    """What is decided of single articles; with ``order`` given, they stand as these do, and others follow."""

    earlier: tuple[Earlier, ...] = ()
    """What teasers may point to besides the issue's own articles; of several for one address or headline the last."""


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
    note: Note = Note()
    continues: bool = False
    """Whether its text was cut: the rest is read at its address."""


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

    earlier_issue: str | None = None
    """The number of the earlier issue that has the article it points to, as printed; this issue's own comes first."""


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
    series: str | None = None
    """What the issues are called together, when it is not the title."""

    language: str
    """BCP 47; the language of the words that the theme prints itself."""

    articles: tuple[PlacedArticle, ...]
    appendix: tuple[AppendixSection, ...]
    assets: tuple[Asset, ...] = ()
    """The articles' pictures; a ``Figure.src`` is the name of one of them."""

    problems: tuple[Problem, ...] = ()
    """Those of the articles, and those met while compiling."""

    omissions: tuple[Omission, ...] = ()
    """The articles given that do not stand in it."""

"""Sources, articles, and the trace that says what became of every input line."""

import datetime as dt
import re
import unicodedata
from typing import Literal, TypeAlias

from publisher.model.blocks import Block, Value
from publisher.model.problem import Problem

Placement: TypeAlias = Literal["inline", "after"]
"""Where a teaser stood: inside the article it interrupts, or after it."""

Certainty: TypeAlias = Literal["stated", "inferred"]
"""Whether a date stands on the page in full, or its year was worked out from other evidence."""

Role: TypeAlias = Literal[
    "blank",
    "byline",
    "caption",
    "credit",
    "dateline",
    "figure alt",
    "front matter",
    "furniture",
    "headline",
    "kicker",
    "list item",
    "paragraph",
    "preformatted",
    "published",
    "pull quote",
    "quote",
    "related headline",
    "section label",
    "standfirst",
    "subheading",
    "table",
    "teaser headline",
    "teaser summary",
]
"""What an input line is. ``furniture`` is what no reader of the article needs: menus, buttons, repetitions, footers."""


class Source(Value, frozen=True, kw_only=True):
    """Bytes to read, and where they came from."""

    name: str
    """The reference as given: a path, a web address, or ``-`` for standard input. For messages, printed nowhere."""

    data: bytes
    media_type: str = "text/plain"
    """``text/plain``, ``text/markdown`` and so on; decides the reader."""

    charset: str | None = None
    """What the server said of a page's characters, which is not always so."""

    url: str | None = None
    """Where a fetched source was found, after all redirects."""

    retrieved: dt.datetime | None = None
    """Aware, UTC."""


class Teaser(Value, frozen=True, kw_only=True):
    """A pointer to another article: what the appendix of related news is made of."""

    headline: str
    section: str | None = None
    """The label it stood under, as printed."""

    summary: str | None = None
    url: str | None = None
    publication: str | None = None
    published: dt.date | None = None
    sponsored: bool = False
    placement: Placement = "after"


class Article(Value, frozen=True, kw_only=True):
    """One article as it was understood."""

    headline: str
    kicker: str | None = None
    section: str | None = None
    """The part of an issue that it belongs to, as whoever wrote it says."""

    standfirst: str | None = None
    bylines: tuple[str, ...] = ()
    dateline: str | None = None
    """The place and date line as printed."""

    published: dt.date | None = None
    certainty: Certainty | None = None
    """Of ``published``; ``None`` when there is no date."""

    updated: dt.date | None = None
    publication: str | None = None
    """The outlet's name."""

    url: str | None = None
    language: str
    """BCP 47."""

    body: tuple[Block, ...] = ()
    related: tuple[Teaser, ...] = ()
    """In the order of the page."""

    problems: tuple[Problem, ...] = ()
    origin: str | None = None
    """The name of its ``Source``: what pictures' paths are relative to. Shown in messages, printed nowhere."""

    @property
    def key(self) -> str:
        """What makes two readings the same article: the canonical URL, else the folded headline and the day."""
        if self.url:
            return self.url
        day = self.published.isoformat() if self.published else ""
        return f"{fold_headline(self.headline)}|{day}"


class TracedLine(Value, frozen=True, kw_only=True):
    """What one input line was taken for, and why."""

    number: int
    """From 1, in the decoded source."""

    text: str
    role: Role
    rule: str
    """The stable code of the rule that decided."""

    confidence: float
    """From 0 to 1: how much of the evidence agrees. Below 0.5 is a guess."""


class Reading(Value, frozen=True, kw_only=True):
    """All that was understood of one source. ``trace`` has each input line exactly once, in order."""

    articles: tuple[Article, ...]
    trace: tuple[TracedLine, ...]


_NOT_WORD = re.compile(r"[\W_]+")


def fold_headline(headline: str) -> str:
    """A headline as a key for comparison: NFC, case folded, punctuation and spacing reduced to single spaces."""
    return _NOT_WORD.sub(" ", unicodedata.normalize("NFC", headline).casefold()).strip()

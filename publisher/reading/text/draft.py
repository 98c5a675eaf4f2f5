"""What the text reader has understood so far: items in page order, and what each line was taken for."""

from dataclasses import dataclass, field

from publisher.model import Problem, Role, Teaser
from publisher.reading.trace import Trace
from publisher.reading.vocabulary.lines import Line
from publisher.reading.vocabulary.page import Page


@dataclass(slots=True)
class DraftItem:
    """A piece of the article, or a teaser standing inside it, in page order."""

    kind: str
    """``paragraph``, ``subheading``, ``bullet``, ``figure``, ``quote``, ``table``, ``break`` or ``teaser``."""

    text: str = ""
    lines: list[Line] = field(default_factory=list)
    alt: str | None = None
    src: str | None = None
    credit: str | None = None
    teaser: Teaser | None = None
    speaker: str | None = None
    """Who says what a quotation says that is set apart."""


@dataclass(slots=True)
class Draft:
    """The article in the making."""

    page: Page
    trace: Trace
    headline: str = ""
    headline_key: str = ""
    kicker: str | None = None
    publication: str | None = None
    standfirst: str | None = None
    bylines: list[str] = field(default_factory=list)
    agencies: list[str] = field(default_factory=list)
    dateline: str | None = None
    date_texts: list[str] = field(default_factory=list)
    """The lines near the headline that hold a date, in order."""

    items: list[DraftItem] = field(default_factory=list)
    teasers: list[Teaser] = field(default_factory=list)
    """Those outside the article's text."""

    teaser_lines: list[list[Line]] = field(default_factory=list)
    """Of each of them: the line of its headline, then those of its summary."""

    url: str | None = None
    problems: list[Problem] = field(default_factory=list)

    def mark(self, line: Line, role: Role, rule: str, confidence: float) -> None:
        """Say what a line is; the last word counts."""
        self.trace.mark(line.number, role, rule, confidence)

    def add_teaser(self, teaser: Teaser, line: Line) -> None:
        """Add a teaser outside the article's text, from the line of its headline."""
        self.teasers.append(teaser)
        self.teaser_lines.append([line])

    def drop(self, line: Line, rule: str, confidence: float = 0.8) -> None:
        """Take a line for furniture; the rule that already spoke of the line itself is the better reason."""
        self.mark(line, "furniture", line.rule or rule, 0.95 if line.rule else confidence)

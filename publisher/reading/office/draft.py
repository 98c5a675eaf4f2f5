"""What has been understood of a document so far: the article's fields, its blocks, and the one still open."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from publisher.model import Block, BlockQuote, Paragraph, Preformatted, Problem, Role, Teaser
from publisher.model.blocks import Inlines
from publisher.reading.office.inlines import inlines_of
from publisher.reading.office.lists import Item, Mark, lists_of
from publisher.reading.office.pieces import ParagraphRead, TextRun
from publisher.reading.trace import Trace
from publisher.reading.vocabulary import Vocabulary


@dataclass(slots=True)
class OfficeDraft:
    """The article in the making."""

    name: str
    """The source's, for messages."""

    vocabulary: Vocabulary
    trace: Trace
    problems: list[Problem] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    related: list[Teaser] = field(default_factory=list)
    headline: str | None = None
    kicker: str | None = None
    standfirst: str | None = None
    bylines: list[str] = field(default_factory=list)
    dateline: str | None = None
    published: dt.date | None = None
    above_text: bool = True
    """Whether no paragraph of the text came yet."""

    caption_of_next: Inlines = ()
    """A caption that stands over the picture or the table that it is of."""

    _items: list[Item] = field(default_factory=list)
    _quoted: list[Paragraph] = field(default_factory=list)
    _verbatim: list[str] = field(default_factory=list)

    def inside(self) -> "OfficeDraft":
        """A draft of what stands in a frame inside this one: blocks, but none of the article's fields."""
        return OfficeDraft(
            name=self.name,
            vocabulary=self.vocabulary,
            trace=self.trace,
            problems=self.problems,
            headline="",
            bylines=["-"],
            above_text=False,
        )

    def mark(self, paragraph: ParagraphRead, role: Role, rule: str, confidence: float = 1.0) -> None:
        """Say what a paragraph is."""
        self.trace.mark(paragraph.number, role, rule, confidence)

    def inlines(self, runs: Iterable[TextRun], *, plain: bool = False) -> Inlines:
        """The runs as inlines, with a problem for each link that is refused; ``plain`` without their looks."""
        return inlines_of(runs, self._refuse, plain=plain)

    def take_caption(self) -> Inlines:
        """The caption for what comes next, once."""
        caption, self.caption_of_next = self.caption_of_next, ()
        return caption

    def add_item(self, paragraph: ParagraphRead, item: Mark) -> None:
        """Add an item to the open list, or open one."""
        self.close(keep="items")
        self._items.append((*item, self.inlines(paragraph.runs)))
        self.mark(paragraph, "list item", "office.list")

    def add_quoted(self, paragraph: ParagraphRead) -> None:
        """Add a paragraph to the open quotation, or open one."""
        self.close(keep="quoted")
        self._quoted.append(Paragraph(inlines=self.inlines(paragraph.runs)))
        self.mark(paragraph, "quote", "office.style")

    def add_verbatim(self, paragraph: ParagraphRead) -> None:
        """Add a line to the open preformatted text, or open one; an empty line does not open any."""
        if not paragraph.worded:
            self._verbatim += [""] if self._verbatim else []
            return
        self.close(keep="verbatim")
        self._verbatim.append("".join(run.text for run in paragraph.runs).rstrip())
        self.mark(paragraph, "preformatted", "office.style")

    def close(self, keep: str = "") -> None:
        """End the list, the quotation or the preformatted text that is open, all but the one to keep."""
        if self._items and keep != "items":
            self.blocks += lists_of(self._items)
            self._items = []
            self.above_text = False
        if self._quoted and keep != "quoted":
            self.blocks.append(BlockQuote(blocks=tuple(self._quoted)))
            self._quoted = []
            self.above_text = False
        if self._verbatim and keep != "verbatim":
            self.blocks.append(Preformatted(text="\n".join(self._verbatim).rstrip()))
            self._verbatim = []
            self.above_text = False

    def _refuse(self, url: str) -> None:
        message = f"the link to {url[:60]!r} is neither http, https nor mailto; its words were kept"
        self.problems.append(Problem(code="unsafe-link", message=message, where=self.name))

"""What the rules for the article's lines work on: the lines, what was made of them so far, and ways to add to it."""

import re
from collections import Counter
from collections.abc import Callable
from functools import cached_property
from itertools import pairwise
from typing import TypeAlias

from publisher.model import Role, Teaser
from publisher.reading.text.draft import Draft, DraftItem
from publisher.reading.text.likeness import overlap
from publisher.reading.vocabulary import fold
from publisher.reading.vocabulary.captions import caption_credit
from publisher.reading.vocabulary.lines import Line, same_start

_DESCRIBED, _SAID_AGAIN = 3, 0.6
"""More words than the shortest description of a picture has, and the share of them that its caption says again."""

COUNTER = re.compile(r"^\d[\d.,]*\s+[^\W\d_]+$")
CAPTION_LENGTH = 420
_BUTTONED = 3
"""Lines from a picture's alternative text to its caption under a button such as *Enlarge*."""

_ENCLOSED = re.compile(r"^\[([^\[\]]+)\]$|^\(([^()]+)\)$")
"""A caption in brackets of its own, as some pages and most people who copy by hand write it."""


class Body:
    """The lines between the headline and the article's end, and the items that they become."""

    def __init__(self, draft: Draft, start: int, end: int) -> None:
        self.draft = draft
        self.page = draft.page
        self.lines = draft.page.lines[start:end]
        self.items = draft.items
        self.text_seen = False
        """Whether a paragraph came yet: what stands before it is the article's front matter."""

        self.paragraphs = 0
        self.signed_at: int | None = None
        """The number of items before the author's name that stands under the text once more."""

        self.captions: set[str] = set()
        self.under_credits: set[int] | None = None
        """Where credits stand alone over what can be captions; looked for when first asked."""

        self.parted: bool | None = None
        """Whether the lines between its paragraphs are sub-headings, however long; looked for when first asked."""

    @cached_property
    def between(self) -> Counter[str]:
        """How often the words of each line of the page stand between two paragraphs."""
        return Counter(line.key for at, line in enumerate(self.page.lines) if self.page.parts_paragraphs(at))

    @cached_property
    def partings(self) -> list[int]:
        """The indices of the lines without a full stop between two paragraphs that no credit closes."""
        known = self.page.vocabulary
        return [
            at
            for at, line in enumerate(self.lines)
            if self.parts_paragraphs(at)
            and not (line.prose or line.bullet or line.ended or line.cue is not None)
            and can_be_caption(line)
            and caption_credit(line.text, known) is None
        ]

    @cached_property
    def questions(self) -> frozenset[int]:
        """The indices of the lines between two paragraphs that ask."""
        asking = (at for at, line in enumerate(self.lines) if line.text[-1] == "?" and self.parts_paragraphs(at))
        return frozenset(at for at in asking if not (self.lines[at].bullet or self.lines[at + 1].bullet))

    @cached_property
    def credits(self) -> frozenset[str]:
        """The keys of the names that close captions."""
        known = self.page.vocabulary
        found = ((line, caption_credit(line.text, known)) for line in self.lines)
        return frozenset(fold(credit) for line, credit in found if credit and fold(credit) != line.key)

    @cached_property
    def is_credited(self) -> bool:
        """Whether the article has a caption that a credit closes: then all of the page have one."""
        known = self.page.vocabulary
        return any(caption_credit(line.text, known) is not None for line in self.lines if can_be_caption(line))

    @cached_property
    def has_descriptions(self) -> bool:
        """Whether pictures' alternative texts stand among the lines: one says what the caption under it does."""
        short = [line for line in self.lines if can_be_caption(line) and line.words > _DESCRIBED]
        return any(
            below.number == line.number + 1
            and (same_start(line, below) or overlap(line.text, below.text, self.page.vocabulary) >= _SAID_AGAIN)
            for line, below in pairwise(short)
            if not (line.prose and below.prose)
        )

    def parts_paragraphs(self, index: int) -> bool:
        """Whether two paragraphs of the text stand above and below the line at an index."""
        above, below = self.at(index - 1), self.at(index + 1)
        return above is not None and below is not None and above.prose and below.prose

    def at(self, index: int) -> Line | None:
        """The line at an index, or None past the end."""
        return self.lines[index] if 0 <= index < len(self.lines) else None

    def add(
        self, kind: str, line: Line, role: Role, rule: str, confidence: float, text: str | None = None
    ) -> DraftItem:
        """A new item of one line."""
        item = DraftItem(kind=kind, text=line.text if text is None else text, lines=[line])
        self.items.append(item)
        self.draft.mark(line, role, rule, confidence)
        return item

    def add_figure(
        self,
        line: Line,
        rule: str,
        confidence: float,
        alt: Line | None = None,
        text: str | None = None,
        src: str | None = None,
    ) -> None:
        """A figure of which the caption survived, with its alternative text if that did too; each caption once."""
        if line.words > 5 and line.key in self.captions:
            # A gallery shows a caption again for the small picture of it.
            for again in (line, *([alt] if alt else ())):
                self.draft.drop(again, "furniture.repeated", 0.8)
            return
        self.captions.add(line.key)
        caption = _ENCLOSED.sub(r"\1\2", line.text) if text is None else text
        item = self._described(line) if alt is None and src is None else None
        if item is None:
            item = self.add("figure", line, "caption", rule, confidence, caption)
        else:
            item.text = caption
            item.lines.append(line)
            self.draft.mark(line, "caption", rule, confidence)
        item.credit = caption_credit(caption, self.page.vocabulary) or None
        item.src = src
        if alt is not None:
            item.alt = alt.text
            item.lines.insert(0, alt)

    def _described(self, line: Line) -> DraftItem | None:
        """The picture of which only the alternative text came, a button at most over the line."""
        last = self.items[-1] if self.items else None
        if last is None or last.kind != "figure" or last.text or not last.alt or last.src:
            return None
        return last if line.number - last.lines[-1].number <= _BUTTONED else None

    def add_related(
        self, line: Line, headline: str, rule: str, confidence: float, section: str | None = None
    ) -> DraftItem:
        """A headline of another article inside this one."""
        headline = headline[1:-1] if headline[:1] + headline[-1:] == "[]" else headline
        item = self.add("teaser", line, "related headline", rule, confidence, headline)
        sponsored = self.page.vocabulary.is_sponsored(line.lowered)
        item.teaser = Teaser(headline=headline, section=section, placement="inline", sponsored=sponsored)
        return item


def goes_on(body: Body, start: int) -> bool:
    """Whether more paragraphs follow within the article."""
    return any(other.prose for other in body.lines[start : start + 40])


def can_be_caption(line: Line) -> bool:
    """Whether nothing in a line's own looks speaks against its being a caption."""
    return (
        not (line.furniture or line.end or line.label or line.date or line.meta or line.file_name)
        and len(line.text) <= CAPTION_LENGTH
    )


def asks(line: Line) -> bool:
    """Whether a line is an interviewer's question: it opens with the dash of speech and ends in its mark."""
    return line.text[0] in "—–-" and line.text.endswith("?")


def headline_like(line: Line, fewest: int) -> bool:
    """Whether a line could be another article's headline of so many words at least."""
    return line.words >= fewest and not line.prose and not line.label and not line.end and not line.file_name


Rule: TypeAlias = Callable[[Body, int], int]
"""A rule for the article's lines: how many of them, from an index on, it took; 0 when the first is not its own."""

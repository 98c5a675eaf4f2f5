"""The labels that lists of other articles stand under."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from publisher.reading.html.classes import classes
from publisher.reading.html.lines import PageLine
from publisher.reading.html.links import MOST_LINES
from publisher.reading.html.page import HEADINGS, WebPage, shape_of
from publisher.reading.html.tree import Element

_WORDS = 9
_INVITING_WORDS = 4
_REACH = 5
"""In how many lines under a label its list begins, when its words do not tell that it is one."""

_BETWEEN = 4
"""Lines that part a label from its list at most: buttons, a sentence on what is listed."""


class _Scope(NamedTuple):
    """Where a label counts: in an element, or in those of its children that have a shape."""

    element: Element
    shape: tuple[str, str | None] | None

    def holds(self, line: PageLine) -> bool:
        """Whether a line stands there."""
        if self.shape is None:
            return self.element in line.ancestors
        inside = (each for each in line.ancestors if each.getparent() is self.element)
        return any(shape_of(each) == self.shape for each in inside)


class ListLabels:
    """Tells the labels of a page; ``body`` are the indices of the lines that are text of the article."""

    def __init__(self, page: WebPage, body: set[int]) -> None:
        self.page = page
        self.body = body
        signed = (line.text for line in page.lines if page.trace.role(line.number) == "byline")
        self._authors = frozenset((*signed, *page.metadata.authors))
        """Who wrote the article: what stands under the name is about them, or theirs."""

    def is_known(self, index: int) -> bool:
        """Whether a line is a label by its words, or invites to read on as a label does and no button.

        Words that are a button or a menu's elsewhere (*Most viewed*) are a label as a heading.
        """
        line = self.page.lines[index]
        seen = self.page.feature(line)
        if seen is None or seen.label:
            return seen is not None
        if not seen.furniture or line.words > _INVITING_WORDS:
            return False
        heading = line.within(*HEADINGS) is not None
        if heading and line.words > 1 and seen.key in self.page.vocabulary.headings:
            return True
        return seen.key in self.page.vocabulary.cues and (heading or not line.linked)

    def over(self, cards: Sequence[Sequence[int]]) -> list[int | None]:
        """The label of each card, as the index of its line; ``cards`` are the cards' lines, in page order.

        A label counts for the cards after it up to the next label or the article, as long as they lie in the element
        that holds the label and its first card. Where that element holds the article too, they stand with the first.
        """
        inside = {i: lines[0] for lines in cards for i in lines}
        found: dict[int, int] = {}
        label: int | None = None
        scope: _Scope | None = None
        for index, line in enumerate(self.page.lines):
            start = inside.get(index)
            if index in self.body and start is None:
                label, scope = None, None
            elif start is None and self._is_label(index, inside):
                if label is None or scope is not None or not self._yields(index, label, inside):
                    label, scope = index, None
            elif index == start and label is not None:
                scope = scope or self._scope(label, index)
                if scope is not None and scope.holds(line):
                    found[index] = label
                else:
                    label, scope = None, None
        return [found.get(lines[0]) for lines in cards]

    def _scope(self, label: int, first: int) -> _Scope | None:
        """Where a label counts, of whose cards ``first`` is the first; None where it is far off."""
        lines = self.page.lines
        shared = self.page.common(lines[label], lines[first])
        if shared is None or sum(bool(line.text) for line in lines[label + 1 : first]) > _BETWEEN:
            return None
        start, end = self.page.spans[shared]
        own = next((each for each in lines[first].ancestors if each.getparent() is shared), None)
        if own is None or (shared.tag not in ("body", "html") and not any(start <= i <= end for i in self.body)):
            return _Scope(shared, None)
        return _Scope(shared, shape_of(own))

    def _is_label(self, index: int, inside: Mapping[int, int]) -> bool:
        page, line = self.page, self.page.lines[index]
        seen = page.feature(line)
        if seen is None or line.kind != "text" or line.words > _WORDS or page.framed(line):
            return False
        if seen.date or seen.ended or page.marked(line) or line.text in self._authors:
            return False
        if seen.label:
            return True
        known = self.is_known(index)
        if not known and (seen.furniture or seen.end or not any(map(str.isalpha, line.text))):
            return False
        below = self._below(index, inside)
        if below is None or self._is_of_last(index, below, inside) or not self._may_head(line, below):
            return False
        return known or self._is_headed(line) or line.is_bold or self._is_right_over(index, below)

    def _below(self, index: int, inside: Mapping[int, int]) -> int | None:
        """The first line of a card that stands a few lines under a line."""
        return next((i for i in range(index + 1, min(index + _REACH, len(self.page.lines))) if i in inside), None)

    def _may_head(self, line: PageLine, below: int) -> bool:
        """Whether a line stands in no list's item, or in an only one, or in one that holds a list itself."""
        item = line.within("li")
        return item is None or self.page.spans[item][1] >= below or self.page.alone_listed(line)

    def _is_headed(self, line: PageLine) -> bool:
        return line.within(*HEADINGS) is not None or self.page.hinted(line, classes().label, 2)

    def _is_right_over(self, index: int, below: int) -> bool:
        """Whether nothing but buttons and pictures parts a line from a card."""
        between = ((line, self.page.feature(line)) for line in self.page.lines[index + 1 : below])
        return all(seen is None or seen.furniture or line.within("button") is not None for line, seen in between)

    def _yields(self, index: int, label: int, inside: Mapping[int, int]) -> bool:
        """Whether a line over a card is what stands beside its label, such as a button that leads to all of them."""
        page, below = self.page, self._below(index, inside)
        if below is None:
            return False
        line, other, card = page.lines[index], page.lines[label], page.lines[below]
        beside = page.common(line, card) is page.common(other, card)
        return beside and self._rank(index) < self._rank(label)

    def _rank(self, index: int) -> tuple[bool, bool, bool]:
        """How much a line looks like a label."""
        line = self.page.lines[index]
        return self.is_known(index) and not line.linked, self._is_headed(line), not line.linked

    def _is_of_last(self, index: int, below: int, inside: Mapping[int, int]) -> bool:
        """Whether a line stands closer to the card before it than to the one after it: its author, what it is about."""
        page = self.page
        before = next((i for i in range(index - 1, max(-1, index - MOST_LINES), -1) if i in inside), None)
        if before is None:
            return False
        shared = page.common(page.lines[before], page.lines[index])
        around = page.common(page.lines[index], page.lines[below])
        return shared is not around and around in (shared.iterancestors() if shared is not None else ())

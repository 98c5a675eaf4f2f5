"""The lines after the article as they stand beside each other: which are cards, summaries, labels over nothing.

What a line's neighbours show of it, whatever was read before: ``tail`` keeps in mind what was.
"""

import re
from collections.abc import Sequence

from publisher.reading.text.teaser import headline_shaped, is_rubric, opens_with_hour, sums_up
from publisher.reading.vocabulary.bylines import parse_byline
from publisher.reading.vocabulary.lines import Line
from publisher.reading.vocabulary.page import Page

FEWEST_WORDS = 4
"""Words of the shortest headline under a label."""

MENU_WORDS = 3
"""Words of an entry of a menu at most."""

_UNIT, _AUTHOR_WORDS = 5, 6
"""Lines of a teaser at most (a rubric, a headline, a summary, days, an author), and words of its author's line."""

_COUNTER = re.compile(r"^\d[\d.,]*\s+[^\W\d_]+$|^\d+$|^(?:[^\W\d_]+ ){1,3}\d[\d.,]*$")
_COUNTER_WORDS = 4

_BETWEEN = 3
"""Lines between the two prints of a headline at most."""

_ENTRIES = 3
_ENTRY_WORDS = 7
_ENTRY_SYLLABLES = 9
"""How many of four neighbours are a menu's entries, and the words of its longest."""

_MORE = frozenset(
    ("more", "further", "other", "mehr", "weitere", "andere", "plus", "autres", "más", "otras", "otros", "mais", "thêm")
)
"""First words of labels that name what more there is of."""

_COUNTED = 3
"""How many headlines under bare numbers are a list."""

_RUN, _LONG_HEADLINE = 3, 7
"""How many headlines in a row reopen a list that was over, and the words of the shortest."""

_LABEL_WORDS = 6
_LEAST_HEADLINE, _UNDER_LABEL = 6, 6
"""Words of the shortest headline that tells what stands over it, and lines among which two are looked for."""


class Listing:
    """The lines, asked by their index."""

    def __init__(self, lines: Sequence[Line], page: Page) -> None:
        self.lines = lines
        self._page = page
        self._known = page.vocabulary

    def at(self, index: int) -> Line | None:
        """The line at an index, or None past the end."""
        return self.lines[index] if 0 <= index < len(self.lines) else None

    def after(self, index: int) -> tuple[int, Line] | None:
        """The next line that is not furniture of the teaser's own, such as its hour, with its index."""
        for place in range(index + 1, index + 2 + _BETWEEN):
            following = self.at(place)
            if following is None:
                return None
            few = following.words <= FEWEST_WORDS and any(map(str.isdigit, following.text))
            if not (following.rule == "furniture.signs" or following.date or few):
                return place, following
        return None

    def is_summary(self, index: int) -> bool:
        """Whether the line after a teaser's headline is its summary and not the next headline."""
        line = self.lines[index]
        if line.furniture or line.label or line.end or line.date or line.bullet or line.file_name:
            return False
        if opens_with_hour(line.text):
            return False
        following = self.at(index + 1)
        if following is not None and following.key == line.key:
            return False
        return line.prose or (line.ended and line.words > 3) or line.words > 24 or sums_up(line.text)

    def is_card(self, index: int) -> bool:
        """Whether a picture's description and a rubric stand together over a headline alone."""
        line, rubric, headline = self.lines[index], self.at(index + 1), self.at(index + 2)
        if rubric is None or headline is None or not self._page.spaced or line.block != 2 or not line.after_blank:
            return False
        if parse_byline(rubric.text, self._known) is not None:
            return False
        if rubric.words > 6 or rubric.ended or rubric.furniture or rubric.label or rubric.date or rubric.bullet:
            return False
        return headline.words >= FEWEST_WORDS and not (headline.prose or headline.bullet or headline.furniture)

    def in_cards(self, index: int) -> bool:
        """Whether short lines are the rule here: cards of a picture's description, a title and a summary."""
        near = self.lines[max(0, index - 6) : index + 7]
        short = [
            line for line in near if line.words <= 4 and not (line.date or line.bullet or line.label or line.furniture)
        ]
        return len(short) > 3

    def is_bare_label(self, index: int) -> bool:
        """Whether nothing like a headline stands under a label: in a footer, section names look like labels."""
        below = [line for line in self.lines[index + 1 : index + 6] if not (line.furniture or line.date)]
        return all(line.words < FEWEST_WORDS and not line.label for line in below[:3])

    def reopens(self, index: int) -> bool:
        """Whether a short line after comments or tags heads a list of doubled headlines."""
        line = self.lines[index]
        first, second = self.at(index + 1), self.at(index + 2)
        return (
            line.words <= 6
            and not line.ended
            and first is not None
            and second is not None
            and first.key == second.key
            and first.words > 3
        )

    def is_worded_label(self, index: int) -> bool:
        """Whether a short line with a word of labels stands over two headlines, rubrics and hours between them."""
        line = self.lines[index]
        if line.words > _LABEL_WORDS or line.ended or line.bullet or line.date or not line.text[:1].isupper():
            return False
        if is_rubric(line, self._known):
            return False
        words = line.key.split()
        if self._known.label_words.isdisjoint(words) and words[0] not in _MORE:
            return False
        below = self.lines[index + 1 : index + 1 + _UNDER_LABEL]
        heads = [
            other
            for other in below
            if other.words > MENU_WORDS and not (other.date or other.furniture or is_rubric(other, self._known))
        ]
        doubled = bool(heads) and heads[0].key == line.key
        return (
            len(heads) > 1
            and not doubled
            and all(
                other.words >= _LEAST_HEADLINE and not (other.label or other.end or (other.prose and at == 0))
                for at, other in enumerate(heads[:2])
            )
        )

    def units(self, index: int) -> list[int]:
        """How many lines each teaser has, of those in a row from here on: a short line, a headline, what may follow it.

        A day may stand between them; a summary and days may follow.
        """
        sizes: list[int] = []
        while size := self._unit(index):
            sizes.append(size)
            index += size
        return sizes

    def is_beside(self, line: Line) -> bool:
        """Whether a line is a day of a teaser's, or its author."""
        if line.date or is_rubric(line, self._known):
            return True
        byline = parse_byline(line.text, self._known) if line.words <= _AUTHOR_WORDS else None
        return byline is not None and byline.signed and bool(byline.people)

    def _unit(self, index: int) -> int:
        """How many lines a teaser has that begins with a rubric at an index; 0 where none does.

        A headline of a few words is one when a summary stands under it.
        """
        short, headline = self.at(index), self.at(index + 1)
        if short is None or headline is None:
            return 0
        size = 2
        if headline.date or is_rubric(headline, self._known):
            size, headline = 3, self.at(index + 2)
        # The name of a rubric may be a button's, too.
        button = short.furniture and short.rule != "furniture.phrase"
        rubric = 0 < short.words <= MENU_WORDS and not (short.ended or button or short.label or short.bullet)
        if not rubric or short.end or short.date or headline is None or headline.bullet or self.is_beside(headline):
            return 0
        summed = False
        while size < _UNIT and (line := self.at(index + size)) is not None:
            summary = not summed and self.is_summary(index + size)
            if not (summary or self.is_beside(line)):
                break
            size, summed = size + 1, summed or summary
        if self._heads(headline) and headline_shaped(headline, self._page):
            return size
        plain = headline.prose or headline.label or headline.furniture or headline.end or headline.key == short.key
        return size if summed and headline.words > 1 and not plain else 0

    def turns_again(self, index: int) -> bool:
        """Whether a short line and a headline follow once more: the short ones are rubrics, authors between them."""
        for at in range(index + 2, index + 2 + _UNDER_LABEL):
            short, headline = self.at(at), self.at(at + 1)
            if short is None or headline is None or short.label or short.end:
                return False
            if short.words <= MENU_WORDS and not (short.ended or short.furniture) and self._heads(headline):
                return True
        return False

    def _heads(self, line: Line) -> bool:
        return line.words >= _LEAST_HEADLINE and not (line.prose or line.label or line.furniture or line.date)

    def heads_run(self, index: int) -> bool:
        """Whether lines that look like headlines stand in a row, three at least."""
        run = [line for line in self.lines[index : index + _RUN] if self._heads(line)]
        return len(run) == _RUN and all(headline_shaped(line, self._page) for line in run)

    def is_run_of_headlines(self, index: int) -> bool:
        """Whether lines like long headlines stand in a row: no footer has them, and no comments."""
        run = [self.at(index + at) for at in range(_RUN)]
        return all(
            line is not None
            and line.words >= _LONG_HEADLINE
            and not (line.prose or line.ended or line.bullet or line.furniture or line.label)
            and headline_shaped(line, self._page)
            for line in run
        )

    def are_signed_cards(self, index: int) -> bool:
        """Whether teasers follow, each a rubric and a headline, and most with who wrote them: no comments look so."""
        at, signed = index, 0
        for _ in range(_RUN):
            size = self._unit(at)
            if not size:
                return False
            bylines = (parse_byline(line.text, self._known) for line in self.lines[at + 2 : at + size])
            signed += any(byline is not None and byline.introduced for byline in bylines)
            at += size
        return 2 * signed > _RUN

    def counts(self, index: int) -> bool:
        """Whether bare numbers from 1 on stand over headlines, one over each: what most people read."""
        for number in range(1, _COUNTED + 1):
            rank, headline = self.at(index), self.at(index + 1)
            if rank is None or headline is None or rank.text.rstrip(".)") != str(number) or not self._heads(headline):
                return False
            index += 2
        return True

    def among_shorter(self, index: int) -> bool:
        """Whether a line is not long and what stands on both sides of it is shorter still, as the entries of menus."""
        most = _ENTRY_SYLLABLES if self._page.language == "vi" else _ENTRY_WORDS
        beside = [other for at in (-2, -1, 1, 2) if (other := self.at(index + at)) is not None]
        short = [
            other.words < FEWEST_WORDS and not (other.date or other.label or is_rubric(other, self._known))
            for other in beside
        ]
        return self.lines[index].words <= most and sum(short) >= _ENTRIES


def is_counter(line: Line) -> bool:
    """Whether a number and a few words are all of a line (``12 comments``)."""
    return line.words <= _COUNTER_WORDS and _COUNTER.match(line.text) is not None

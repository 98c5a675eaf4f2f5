"""Teasers that stand in cards, one like the other: of lines that take turns, or of a rubric, a headline and days."""

from collections.abc import Sequence

from publisher.reading.text.draft import Draft
from publisher.reading.text.joints import headlines_in
from publisher.reading.text.kickers import runs_on, without_kicker
from publisher.reading.text.labels import LABEL_WORDS, Labels
from publisher.reading.text.listing import MENU_WORDS, Listing
from publisher.reading.text.teaser import headline_of, is_counted, is_rubric
from publisher.reading.text.teaser_list import TeaserList
from publisher.reading.text.turns import Turns, turns_at
from publisher.reading.vocabulary.dates import find_dates
from publisher.reading.vocabulary.lines import Line, repeats_headline

NEAR = 4

_UNITS, _LABELLED = 3, 2
"""Rubrics with headlines under them that are a list without a label, and under one."""


class Cards:
    """The lines after the article, the list of teasers that is open among them, and cards read into it."""

    def __init__(self, draft: Draft, start: int) -> None:
        self.draft = draft
        self.start = start
        self.lines = draft.page.lines[start:]
        self.known = draft.page.vocabulary
        self.listing = Listing(self.lines, draft.page)
        self.places = {line.number: index for index, line in enumerate(self.lines)}
        self.labels = Labels(draft, self.lines, self.listing)
        self.list = TeaserList(draft)
        self.closed = False
        """Whether comments, tags or the footer began: nothing is a teaser until the next label."""

        self.order = ""
        """The kinds of lines of the last cards that took turns."""

        self.direct = True
        self.first = -1
        """The index of the first line after the article's bylines, when nothing else came between; else -1."""

    def _in_turns(self, index: int) -> Turns | None:
        """Cards of lines that take turns, where a list is closed, waits for its first teaser, or has no label."""
        headed = self.list.waiting is not None and self.list.waiting is self.listing.at(index - 1)
        fewest = _LABELLED if headed and self.order else _UNITS
        begins = self.closed or self.list.waiting is not None or self.list.section is None
        return turns_at(self.draft.page, self.start + index, fewest, headed=headed) if begins else None

    def _heads_turns(self, index: int) -> bool:
        """Whether a few words stand over two cards more like those above."""
        line = self.lines[index]
        headed = self.order and line.words <= LABEL_WORDS and not (line.ended or line.date or line.furniture)
        turns = turns_at(self.draft.page, self.start + index + 1, _LABELLED) if headed else None
        return turns is not None and turns.order == self.order

    def _cards(self, index: int, turns: Turns) -> int:
        """Teasers of lines that take turns, under the line above when it is short enough for a label."""
        if self.list.waiting is None:
            self._open_run(index)
        size, end = len(turns.order), index + turns.length
        self.order = turns.order
        for card in range(index, end, size):
            for at, line in enumerate(self.lines[card : min(card + size, end)]):
                if at == turns.headline and repeats_headline(line, self.draft.headline_key) and not is_counted(line):
                    self.draft.drop(line, "furniture.headline-again", 0.8)
                elif at == turns.headline:
                    self._teaser(line, "teaser.turns", 0.7)
                elif at == turns.summary and self.list.open is not None:
                    self.list.sum_up(line)
                elif line.date or line.meta or is_rubric(line, self.known):
                    self._dated(line, above=at < turns.headline)
                elif at < turns.headline and (line.prose or line.words > MENU_WORDS):
                    self.draft.mark(line, "figure alt", "figure.alt", 0.6)
                else:
                    self.draft.drop(line, "furniture.teaser-extra", 0.6)
            self.list.open = None
        return turns.length

    def _open_run(self, index: int) -> None:
        """Go on with teasers, under the line above when it is short enough for a label."""
        above = self.listing.at(index - 1) if index else None
        own = above is None or above.furniture or above.end or above.ended or self._among_short(index - 1)
        if above is not None and above.words <= LABEL_WORDS and not own:
            self._label(above, "label.guessed", 0.5)
        else:
            self.closed, self.list.section, self.list.misfits = False, None, 0

    def _among_short(self, index: int) -> bool:
        """Whether a short line is the last of several, as tags are, and nothing sets it apart from them."""
        line, above = self.lines[index], self.listing.at(index - 1) if index else None
        apart = self.draft.page.spaced and line.after_blank
        short = above is not None and above.words <= LABEL_WORDS and not (above.prose or above.furniture or above.date)
        return short and not apart

    def _label(self, line: Line, rule: str, confidence: float) -> int:
        self._end_list()
        self.draft.mark(line, "section label", rule, confidence)
        known = rule == "label.known"
        within = None if known or self.closed or self.list.section is None else self.list
        self.list, self.closed = TeaserList(self.draft, line, is_known=known, within=within), False
        return 1

    def _end_list(self) -> None:
        if self.list.waiting is not None:
            self.draft.mark(self.list.waiting, "section label", "label.empty", 0.85)
        self.list = self.list.rejoin()

    def _dated(self, line: Line, *, above: bool = False) -> None:
        """Take a day for its teaser's: the next one's when it stands ``above``, or where days were seen to."""
        hits = find_dates(line.text, self.known)
        if above or self.list.waiting is not None or self.list.dates_first:
            # The label's first line is a date: here dates stand over the headlines.
            self.list.dates_first, self.list.date = True, hits[0].date if hits else None
        elif self.list.open is not None and hits and self.list.open.published is None and self.draft.teasers:
            self.list.replace(published=hits[0].date)
        self.draft.drop(line, "furniture.teaser-extra", 0.85)

    def _teaser(self, line: Line, rule: str, confidence: float) -> None:
        """A new teaser from a headline's line: rank, badge and time taken off."""
        kicker, headline = without_kicker(line.text, self.draft.page) if runs_on(self.draft.page) else (None, "")
        if kicker is not None:
            self.list.add(line, headline, "teaser.kicker", confidence)
            return
        several = headlines_in(line.text, self.draft.page.language)
        for headline in several or [self._headline(line)]:
            self.list.add(line, headline, "related.run-together" if several else rule, confidence)

    def _headline(self, line: Line) -> str:
        place = self.places[line.number]
        return headline_of(line, self.lines[max(0, place - NEAR) : place + NEAR + 1], self.known)

    def _alike(self, index: int) -> Sequence[int] | None:
        """How many lines each teaser has of several alike from here on, or of one where those above are like it."""
        if self.list.rubrics:
            fewest = 1
        elif self.list.waiting is not None:
            fewest = _LABELLED
        elif self.list.section is None:
            fewest = _UNITS
        else:
            return None
        sizes = self.listing.units(index)
        return sizes if len(sizes) >= fewest else None

    def _units(self, index: int, sizes: Sequence[int]) -> int:
        """Teasers alike: of each a rubric, a headline, and perhaps a summary and days."""
        start, self.list.rubrics = index, True
        for size in sizes:
            self.draft.drop(self.lines[index], "furniture.teaser-extra", 0.6)
            self.list.open = None
            headed = False
            for line in self.lines[index + 1 : index + size]:
                if self.listing.is_beside(line):
                    self._dated(line, above=not headed)
                elif headed:
                    self.list.sum_up(line)
                else:
                    self._teaser(line, "teaser.single", 0.6)
                    headed = True
            index += size
        self.list.open = None
        return index - start

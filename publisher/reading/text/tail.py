"""What follows the article: bylines, then blocks of teasers under labels, then the page's furniture."""

import re
from collections.abc import Sequence
from functools import cached_property
from itertools import takewhile

from publisher.model import Teaser
from publisher.reading.text.authors import may_close, tells_of_author
from publisher.reading.text.cards import NEAR, Cards
from publisher.reading.text.joints import headlines_in, is_row_of_buttons
from publisher.reading.text.labels import LABEL_WORDS
from publisher.reading.text.likeness import overlap
from publisher.reading.text.listing import FEWEST_WORDS, MENU_WORDS, is_counter
from publisher.reading.text.menus import drop_menus
from publisher.reading.text.readers import poll_at, remarks_at
from publisher.reading.text.signatures import BARE_NAMES, add_names, names_author, names_staff, signs_with_date
from publisher.reading.text.teaser import (
    headline_shaped,
    is_counted,
    is_rubric,
    of_buttons,
    opens_with_hour,
    sums_up,
    without_rank,
)
from publisher.reading.vocabulary import fold
from publisher.reading.vocabulary.bylines import parse_byline
from publisher.reading.vocabulary.lines import Line, repeats_headline

_SAYS_AGAIN = 0.5
"""The share of a headline's words that a longer line under it says again: it is the summary."""

_LONGER = 1.5
"""How much longer it is, where it ends as no sentence does and no other teaser has one."""

_BARE, _SHORT_BARE = 6, 5
"""Words of the shortest headline in a row under no label, and of a later one in German, which joins words."""

_ENTRY_WORDS = 5
"""Of a line that is an entry of a menu if it stands over the headline, too."""

_COUNT, _COUNTED = re.compile(r"\(\d[\d.,]*\)$"), 2
"""How many articles there are of a kind, and entries so counted that are no headlines."""

_ROW = 4
"""Headlines in a row under no label that are a list, and not links beside the text."""

_LISTED = 3
"""Bulleted headlines whose label need not be known."""

_MISFITS = 2
"""Lines that are no headlines after which a list of headlines is over: footers follow, whose entries look alike."""


class Tail(Cards):
    """Reads the lines after the article into the draft's teasers."""

    def read(self) -> None:
        """Go through the lines; each is a label, a teaser's part, or furniture."""
        index = self._signatures()
        self.first = index if self.direct else -1
        while index < len(self.lines):
            index += self._line(index)
        self._end_list()
        drop_menus(self.draft)

    @cached_property
    def _menu(self) -> frozenset[str]:
        """The keys of the few words that stand over the headline, most of them a menu's."""
        above = takewhile(lambda line: self.draft.trace.role(line.number) != "headline", self.draft.page.lines)
        return frozenset(line.key for line in above if line.words <= _ENTRY_WORDS)

    def _signatures(self) -> int:
        """Take the bylines that stand directly after the article; how many lines they are."""
        index = 0
        while (line := self.listing.at(index)) is not None and index < 6 and not self.listing.counts(index):
            may_sign = not (line.label or line.bullet) and line.words <= 14 and not of_buttons(line, self.known)
            byline = parse_byline(line.text, self.known) if may_sign else None
            bare = byline is not None and not byline.signed
            if byline is not None and byline.when and self.draft.bylines and not byline.introduced:
                bare = True  # Beside an age stands who has commented, too.
            if byline is not None and bare and (line.words > BARE_NAMES or not may_close(self.draft, line, byline)):
                byline = None
            if line.meta and index == 0 and signs_with_date(self.draft, line):
                pass
            elif line.furniture or line.date or line.meta or (line.end and byline is None):
                self.closed = self.closed or line.end
                self.direct = False
                self.draft.drop(line, "furniture.after")
            elif byline is not None:
                self.draft.mark(line, "byline", "byline.label" if byline.signed else "byline.after-body", 0.8)
                add_names(self.draft, byline.people)
                self.draft.agencies += byline.agencies
            else:
                break
            index += 1
        return index

    def _line(self, index: int) -> int:
        line = self.lines[index]
        if self.listing.counts(index):
            return self._counted(index)
        if (turns := self._in_turns(index)) is not None:
            return self._cards(index, turns)
        if self._heads_turns(index):
            return self._label(line, "label.guessed", 0.6)
        if self.labels.is_button_over_list(index):
            return self._label(line, "label.known", 0.7)
        if line.furniture or line.file_name:
            return self._furniture(line)
        if line.end:
            self.draft.drop(line, "furniture.end", 0.9)
            self.closed, self.list.open = True, None
            return 1 + self._drop(remarks_at(self.lines, index + 1), "furniture.comments", 0.8)
        if line.cue is not None and self.labels.names_list(index):
            return self._label(line, "label.known", 0.7)
        tab = line.label and line.words == 1 and self.labels.is_tab(index, self.list)
        if line.label and self.labels.is_rubric_of_each(index, self.list):
            self.draft.drop(line, "furniture.teaser-extra", 0.6)
            return 1
        if line.label and not tab and not (self.closed and self.listing.is_bare_label(index)):
            return self._label(line, "label.known", 0.9)
        again = self.list.labelled and self.list.waiting is not None and self.draft.page.counts[line.key] > 1
        if not (tab or again) and self.listing.is_worded_label(index):
            return self._label(line, "label.guessed", 0.6)
        if line.date or line.meta or is_counter(line) or is_rubric(line, self.known):
            self._dated(line)
            return 1
        if line.bullet and not self._is_picture(index):
            return self._bullets(index)
        if names_staff(line, self.known) or tells_of_author(self.draft, line):
            self.draft.drop(line, "furniture.after", 0.7)
            return 1
        if self.list.section is not None and names_author(line, self.known):
            self.draft.drop(line, "furniture.teaser-extra", 0.7)
            return 1
        following = self.listing.after(index)
        if following is not None and following[1].key == line.key and line.words > 2:
            return self._doubled(index, following[0])
        if self.closed and (self.listing.is_run_of_headlines(index) or self.listing.are_signed_cards(index)):
            self._open_run(index)
        if self.closed:
            if not self.listing.reopens(index):
                self.draft.drop(line, "furniture.comments" if line.prose else "furniture.after", 0.7)
                return 1
            return self._label(line, "label.guessed", 0.5)
        if poll := poll_at(self.lines, index):
            return self._drop(poll, "furniture.after", 0.7)
        if (alike := self._alike(index)) is not None:
            return self._units(index, alike)
        below = self.listing.at(index + 1)
        if line.key in self._menu and (below is None or below.words <= _ENTRY_WORDS):
            self.draft.drop(line, "furniture.repeated", 0.8)
            self.list.open = None
            return 1
        rubric = self.labels.is_author(index) or self.labels.repeats_as_rubric(index, self.list)
        if rubric or self.labels.is_first_tab(index, self.list):
            self.draft.drop(line, "furniture.teaser-extra", 0.6)
            return 1
        if self.labels.is_guessed(index, self.list) and not self.listing.is_card(index):
            return self._label(line, "label.guessed", 0.6)
        return self._single(index)

    def _drop(self, lines: Sequence[Line], rule: str, confidence: float) -> int:
        """Drop several lines; how many they are."""
        for line in lines:
            self.draft.drop(line, rule, confidence)
        return len(lines)

    def _is_picture(self, index: int) -> bool:
        """Whether a bulleted line is the text of the picture over the same words: its teaser's headline."""
        line, following = self.lines[index], self.listing.after(index)
        same = following is not None and following[1].key == line.key and not following[1].bullet
        return same and headline_shaped(line, self.draft.page)

    def _counted(self, index: int) -> int:
        """Headlines, each under a bare number, and the line over the first number as their label."""
        above = self.draft.page.lines[self.start + index - 1] if self.start + index else None
        own = above is None or above.prose or above.bullet or above.date or above.words > LABEL_WORDS
        if self.list.waiting is None and above is not None and not own:
            self._label(above, "label.guessed", 0.5)
        taken = 0
        while (rank := self.listing.at(index + taken)) is not None and rank.text.rstrip(".)") == str(taken // 2 + 1):
            headline = self.listing.at(index + taken + 1)
            if headline is None or headline.words < FEWEST_WORDS or headline.label:
                break
            self.draft.drop(rank, "furniture.teaser-extra", 0.9)
            self._teaser(headline, "teaser.ranked", 0.8)
            taken += 2
        self.list.open = None
        return taken

    def _furniture(self, line: Line) -> int:
        if line.rule in ("furniture.imprint", "furniture.code") or line.lowered.startswith(("©", "copyright")):
            self.closed, self.list.open = True, None
        self.draft.drop(line, "furniture.after")
        return 1

    def _bullets(self, index: int) -> int:
        """A run of bulleted lines: a menu when its entries are short, else teasers."""
        group: list[Line] = []
        while (line := self.listing.at(index + len(group))) is not None and (
            line.bullet
            or (line.date and (following := self.listing.at(index + len(group) + 1)) is not None and following.bullet)
        ):
            if line.label and group:
                break
            group.append(line)
        content = [line for line in group if not (line.furniture or line.end or line.date or line.label)]
        lengths = sorted(line.words for line in content)
        counted = len(content) >= _COUNTED and all(_COUNT.search(line.text) for line in content)
        menu = counted or not lengths or lengths[len(lengths) // 2] <= MENU_WORDS
        if self.list.section is None and not (self.closed or menu) and len(content) >= _LISTED:
            self._label_above(index)
        teasing = {line.number for line in content}
        for line in group:
            if line.date:
                self._dated(line)
            elif (
                line.number not in teasing
                or is_counter(line)
                or menu
                or (self.closed and self.list.section is None)
                or line.words < 2
                or (line.words < FEWEST_WORDS and 2 * line.words < lengths[len(lengths) // 2])
                or (self.list.section is None and not headline_shaped(line, self.draft.page))
            ):
                self.draft.drop(line, "furniture.menu", 0.85)
            elif self.closed:
                self.draft.drop(line, "furniture.footer", 0.7)
            elif self.list.section is None:
                self.draft.mark(line, "related headline", "related.bullet", 0.7)
                self.draft.add_teaser(Teaser(headline=self._headline(line), placement="inline"), line)
            else:
                self._teaser(line, "teaser.bullet", 0.85)
        return len(group)

    def _label_above(self, index: int) -> None:
        """Take the line over a bulleted list for its label, if it is a few words and nothing else is known of it."""
        above = self.listing.at(index - 1) if index else None
        own = above is None or above.furniture or above.date or above.end or above.ended or above.bullet or above.prose
        if above is not None and not own and above.words <= LABEL_WORDS and above.text[:1].isupper():
            self._label(above, "label.guessed", 0.5)

    def _doubled(self, index: int, again: int) -> int:
        """A headline that stands twice, and the summary that may follow."""
        first = self.lines[index]
        self.closed = False
        self.draft.mark(first, "figure alt", "figure.alt-doubled", 0.9)
        for between in self.lines[index + 1 : again]:
            self.draft.drop(between, "furniture.teaser-extra", 0.8)
        self._teaser(self.lines[again], "teaser.doubled", 0.95)
        taken = again - index + 1
        while (extra := self.listing.at(index + taken)) is not None and extra.date:
            self._dated(extra)
            taken += 1
        summary = self.listing.at(index + taken)
        if summary is not None and self.listing.is_summary(index + taken):
            self.list.sum_up(summary)
            taken += 1
        return taken

    def _sums_up(self, index: int) -> bool:
        """Whether a line is its teaser's summary by its place: those above have one there, and a date comes next."""
        line, above = self.lines[index], self.listing.at(index - 1)
        if not self.list.awaits_summary or above is None:
            return False
        if self.draft.trace.role(above.number) != "teaser headline":
            return False
        longer = line.words > above.words * (1 if self.list.summed or line.ended else _LONGER)
        if longer and overlap(above.text, line.text, self.known) >= _SAYS_AGAIN:
            return True
        if not self.list.summed:
            return False
        below = [other for at in (1, 2) if (other := self.listing.at(index + at)) is not None]
        dated = any(other.date or is_rubric(other, self.known) for other in below)
        return dated and line.words > MENU_WORDS and below[0].words <= MENU_WORDS

    def _single(self, index: int) -> int:
        """A headline that stands once, or what belongs to the teaser before it."""
        line = self.lines[index]
        page = self.draft.page
        if repeats_headline(line, self.draft.headline_key) and not is_counted(line):
            # Lists of what most people read have the article itself.
            self.draft.drop(line, "furniture.headline-again", 0.8)
            self.list.open = None
            return 1
        if (line.prose or line.ended or sums_up(line.text)) and not opens_with_hour(line.text):
            below = self.listing.at(index + 1)
            headed = below is not None and not (
                below.prose or below.label or below.furniture or below.end or below.date
            )
            if self.list.waiting is not None and headed and line.prose:
                # The label's first line is a sentence over a headline: here pictures' descriptions stand first.
                self.list.described = True
            if self.list.described and headed:
                self.draft.mark(line, "figure alt", "figure.alt", 0.6)
                self.list.open = None
            elif self.list.awaits_summary and self.listing.is_summary(index):
                self.list.sum_up(line)
            else:
                self.draft.drop(line, "furniture.after", 0.6)
            return 1
        if self._sums_up(index):
            self.list.sum_up(line)
            return 1
        following = self.listing.at(index + 1)
        if self.listing.is_card(index):
            self.draft.mark(line, "figure alt", "figure.alt", 0.6)
            self.draft.drop(self.lines[index + 1], "furniture.teaser-extra", 0.6)
            return 2
        summary = following is not None and self.listing.is_summary(index + 1)
        if not summary and self._among_entries(index):
            return self._misfit(line)
        repeats = page.counts[line.key] > 1 or page.counts[fold("full article " + line.text)] > 0
        next_repeats = (
            following is not None
            and not (following.date or is_rubric(following, self.known))
            and not repeats_headline(following, self.draft.headline_key)
            and (page.counts[following.key] > 1 or page.counts[fold("full article " + following.text)] > 0)
        )
        if is_row_of_buttons(line.text, page.language):
            return self._misfit(line)
        if line.words < FEWEST_WORDS and not (summary and line.words > 2):
            self.draft.drop(line, "furniture.after", 0.6)
            return 1
        if not (summary or repeats or headline_shaped(line, page, FEWEST_WORDS if self.list.labelled else None)):
            return self._misfit(line)
        pictured = self.list.pictured or not self.list.lengths or not headline_shaped(line, page)
        if next_repeats and not repeats and not summary and pictured and following is not None and following.words > 3:
            self.draft.mark(line, "figure alt", "figure.alt", 0.5)
            self.list.pictured = True
            return 1
        if self.list.section is None and not summary:
            return self._bare(index)
        if not (summary or repeats) and self.list.is_too_short(line, following):
            return self._misfit(line)
        self._teaser(line, "teaser.single", 0.8 if summary else 0.65)
        return 1

    def _among_entries(self, index: int) -> bool:
        """Whether a line is one of a menu's and no headline: nothing waits for one, and no picture's words came."""
        above = self.listing.at(index - 2) if index > 1 else None
        if above is not None and self.draft.trace.role(above.number) == "figure alt":
            return False
        return self.list.waiting is None and self.list.open is None and self.listing.among_shorter(index)

    def _misfit(self, line: Line) -> int:
        """Drop a line that is no headline where one was due; after several the list is over."""
        self.list.misfits += 1
        if self.list.misfits >= _MISFITS:
            self.list.section, self.closed = None, True
        self.draft.drop(line, "furniture.after", 0.6)
        self.list.open = None
        return 1

    def _bare(self, index: int) -> int:
        """Headlines with no label over them: related when several stand directly after the article."""
        group: list[Line] = []
        while (line := self.listing.at(index + len(group))) is not None and not (
            line.furniture
            or line.end
            or line.label
            or line.date
            or line.prose
            or line.bullet
            or line.words < (_SHORT_BARE if group and self.draft.page.language == "de" else _BARE)
            or not headline_shaped(line, self.draft.page)
            or (group and is_counted(line) != is_counted(group[0]))
        ):
            group.append(line)
        # One alone is a link that closes the text, when nothing but bylines came between.
        if len(group) < 2 and not (index == self.first and group):
            self.draft.drop(self.lines[index], "furniture.after", 0.5)
            return 1
        ranked = len(group) > 2 and is_counted(group[0])
        for at, line in enumerate(group):
            if not ranked and repeats_headline(line, self.draft.headline_key):
                self.draft.drop(line, "furniture.headline-again", 0.8)
                continue
            if ranked or len(group) >= _ROW:
                # What is counted is what most people read, and stands after the text; so does a long row.
                self._teaser(line, "teaser.ranked" if ranked else "teaser.row", 0.7 if ranked else 0.6)
                continue
            self.draft.mark(line, "related headline", "related.bare", 0.6)
            several = headlines_in(line.text, self.draft.page.language)
            for headline in several or [line.cue or without_rank(line, group[max(0, at - NEAR) : at + NEAR + 1])]:
                self.draft.add_teaser(Teaser(headline=headline, placement="inline"), line)
        return len(group)

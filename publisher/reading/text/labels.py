"""Lines under an article that are labels of the teasers below them, and lines that only look like some."""

from collections.abc import Sequence

from publisher.reading.text.draft import Draft
from publisher.reading.text.listing import FEWEST_WORDS, MENU_WORDS, Listing
from publisher.reading.text.teaser import headline_shaped
from publisher.reading.text.teaser_list import TeaserList
from publisher.reading.vocabulary.lines import Line
from publisher.reading.vocabulary.names import name_like

_TAB_WORDS = 3
_AGAIN = 20
"""Lines among which a rubric comes again."""

LABEL_WORDS = 6
"""Words of a label over headlines that reopen a list which was over."""


def _opens_as_label(text: str) -> bool:
    """Whether a capital opens a text, or a letter of a script that has none."""
    return text[:1].isalpha() and not text[:1].islower()


class Labels:
    """Tells labels from rubrics, tabs and headlines by their neighbours, and by the list that they stand under."""

    def __init__(self, draft: Draft, lines: Sequence[Line], listing: Listing) -> None:
        self.draft = draft
        self.lines = lines
        self.listing = listing
        self._rubrics: set[str] = set()
        """Lines that were seen to take turns with headlines."""

    def names_list(self, index: int) -> bool:
        """Whether words such as *Tin cùng chủ đề:* and a few more stand over headlines: what those are about."""
        line, below = self.lines[index], self.lines[index + 1 : index + 3]
        named = line.cue is not None and len(line.cue.split()) < LABEL_WORDS
        headed = all(headline_shaped(other, self.draft.page) and not other.prose for other in below)
        return named and len(below) > 1 and headed

    def is_button_over_list(self, index: int) -> bool:
        """Whether a word of buttons that heads lists too (*Xem thêm*, *Podcasts*) stands once, over headlines."""
        line, below = self.lines[index], self.lines[index + 1 : index + 4]
        if below and below[0].words <= _TAB_WORDS and not headline_shaped(below[0], self.draft.page):
            below = self.lines[index + 2 : index + 5]  # What the list shows first: everywhere, today.
        doubtful = line.furniture and line.key in self.draft.page.vocabulary.headings
        if not doubtful or len(below) < 2 or sum(other.key == line.key for other in self.lines) > 1:
            return False
        first, second, *_ = below
        headline = headline_shaped(first, self.draft.page) and not (first.prose or first.furniture or first.label)
        goes_on = any(other.words >= FEWEST_WORDS for other in below[1:])
        return headline and goes_on and not (second.furniture or second.label or second.end)

    def is_guessed(self, index: int, under: TeaserList) -> bool:
        """Whether a short line heads the teasers below it: something longer follows, and not another short line."""
        line, following = self.lines[index], self.listing.at(index + 1)
        if line.words > 4 or line.ended or following is None or not _opens_as_label(line.text):
            return False
        # Under a label that is known, words that come again, and the first of few, are rubrics of the headlines.
        if under.labelled and under.waiting is not None and self.listing.turns_again(index):
            return False
        if under.labelled and self.is_tab(index, under):
            return False
        again = self.draft.page.counts[line.key] > 1
        if under.labelled and again and (under.waiting is not None or under.section is not None):
            return False
        # A label set over a list often has no gap above; right after another label it still is one.
        headed = line.text.endswith(":") or (under.section is None and self.listing.heads_run(index + 1))
        close = self.draft.page.spaced and not line.after_blank and not headed
        unlike = line.text.endswith(("?", "!", ",")) or close
        if unlike and under.waiting is None:
            return False
        if (
            following.furniture
            or following.end
            or following.date
            or following.label
            or following.words < 5
            or following.prose
        ):
            return False
        return not (under.section is not None and under.awaits_summary and self.listing.in_cards(index))

    def is_tab(self, index: int, under: TeaserList) -> bool:
        """Whether only shorter lines stand between a label and a line: names of tabs, of which the first is shown."""
        above = self.listing.at(index - 1)
        shorter = above is not None and above is not under.waiting and not above.date and above.words <= _TAB_WORDS
        return under.waiting is not None and shorter

    def is_first_tab(self, index: int, under: TeaserList) -> bool:
        """Whether a few words stand right under a label: what the label's list shows first, and no other label."""
        line = self.lines[index]
        direct = under.waiting is not None and self.listing.at(index - 1) is under.waiting
        return direct and line.words <= _TAB_WORDS and not (line.label or line.ended or line.date)

    def repeats_as_rubric(self, index: int, under: TeaserList) -> bool:
        """Whether short lines and headlines take turns under a label: the short ones are rubrics, not labels."""
        line, headline = self.lines[index], self.listing.at(index + 1)
        again, second = self.listing.at(index + 2), self.listing.at(index + 3)
        if under.section is None or headline is None or line.words > MENU_WORDS or line.ended:
            return False
        if headline.words < FEWEST_WORDS or headline.prose or headline.label or headline.key == line.key:
            return False
        if again is None:
            return line.key in self._rubrics
        short = again.words <= MENU_WORDS and not (again.date or again.furniture or again.label or again.ended)
        turns = short and second is not None and second.words >= FEWEST_WORDS and not second.prose
        if turns:
            self._rubrics |= {line.key, again.key}
        return turns or line.key in self._rubrics

    def is_rubric_of_each(self, index: int, under: TeaserList) -> bool:
        """Whether a word of labels stands again and again, each time over one headline: it says of what kind it is."""
        line = self.lines[index]
        if under.section is None or line.words > 1:
            return False
        places = [at for at in range(index, min(index + _AGAIN, len(self.lines))) if self.lines[at].key == line.key]
        return len(places) > 1 and all(self._heads_one(at) for at in places)

    def _heads_one(self, index: int) -> bool:
        head, below = self.listing.at(index + 1), self.listing.at(index + 2)
        headed = head is not None and headline_shaped(head, self.draft.page) and not (head.label or head.furniture)
        return headed and (below is None or not headline_shaped(below, self.draft.page))

    def is_author(self, index: int) -> bool:
        """Whether a bare name stands under a teaser's summary: who wrote what it leads to, and no label."""
        line, above = self.lines[index], self.listing.at(index - 1)
        summed = above is not None and self.draft.trace.role(above.number) == "teaser summary"
        return summed and self.draft.page.language != "vi" and name_like(line.text)

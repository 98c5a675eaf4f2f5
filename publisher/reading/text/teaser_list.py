"""The teasers under one label after the article, as they are found line by line."""

import datetime as dt

import msgspec

from publisher.model import Teaser
from publisher.reading.text.draft import Draft
from publisher.reading.text.teaser import date_beside, headline_shaped, without_button
from publisher.reading.vocabulary.lines import Line

_FEWEST_LENGTHS, _SHORTER = 2, 0.6
"""Headlines under a label that a line is held against, and the share of their words below which it is none of them."""


class TeaserList:
    """What is known of a list of teasers so far: under a label, or under none."""

    def __init__(
        self, draft: Draft, label: Line | None = None, *, is_known: bool = False, within: "TeaserList | None" = None
    ) -> None:
        self.draft = draft
        self.label = label
        self.within = within
        """The list that goes on, should the label prove to be a rubric of a single teaser."""

        self.section = label.text.strip(" :»>") if label else None
        self.waiting = label
        """The label, until its first teaser comes."""

        self.labelled = is_known
        """Whether the label is known by its words."""

        self.sponsored = label is not None and label.key in draft.page.vocabulary.sponsored_labels
        self.described = False
        """Whether a picture's description stands over each headline here."""

        self.pictured = False
        """Whether a picture's words of no more than a headline's stood over one here."""

        self.dates_first = False
        self.date: dt.date | None = None
        """The date over the next headline, where dates stand first."""

        self.summed = False
        """Whether a teaser has a summary."""

        self.rubrics = False
        """Whether a rubric stands over each headline here."""

        self.lengths: list[int] = []
        """Words of the headlines."""

        self.misfits = 0
        """Lines since the label that are no headlines."""

        self.open: Teaser | None = None
        """The teaser that a summary or a date would belong to."""

    @property
    def awaits_summary(self) -> bool:
        """Whether the last teaser may still be summed up."""
        return self.open is not None and self.open.summary is None

    def add(self, line: Line, headline: str, rule: str, confidence: float) -> None:
        """A new teaser from the line of its headline."""
        known = self.draft.page.vocabulary
        self.open = Teaser(
            headline=headline,
            section=self.section,
            sponsored=self.sponsored or known.is_sponsored(line.lowered),
            placement="after",
            published=self.date or date_beside(line, headline, known),
        )
        self.date = self.waiting = None
        self.lengths.append(line.words)
        self.draft.add_teaser(self.open, line)
        self.draft.mark(line, "teaser headline", rule, confidence)

    def replace(self, **changes: object) -> None:
        """Change the open teaser, the last one."""
        if self.open is not None:
            self.open = self.draft.teasers[-1] = msgspec.structs.replace(self.open, **changes)

    def sum_up(self, line: Line) -> None:
        """The line as the open teaser's summary, which closes it."""
        self.summed = True
        summary = without_button(line.text)
        self.replace(summary=summary)
        self.draft.teaser_lines[-1].append(line)
        rule = "teaser.summary" if summary == line.text else "teaser.summary-button"
        self.draft.mark(line, "teaser summary", rule, 0.9)
        self.open = None

    def rejoin(self) -> "TeaserList":
        """The list that goes on after this one: a guessed label over one teaser among others was its rubric."""
        teaser = self.draft.teasers[-1] if self.draft.teasers else None
        if self.within is None or self.label is None or len(self.lengths) != 1 or teaser is None:
            return self
        if teaser.section != self.section:
            return self
        self.draft.drop(self.label, "furniture.teaser-extra", 0.6)
        around = self.within
        self.draft.teasers[-1] = msgspec.structs.replace(teaser, section=around.section, sponsored=around.sponsored)
        return self.within

    def is_too_short(self, line: Line, following: Line | None) -> bool:
        """Whether a line has far fewer words than the headlines over it, and no headline under it: a footer begins."""
        if len(self.lengths) < _FEWEST_LENGTHS or headline_shaped(line, self.draft.page):
            return False
        most = _SHORTER * sum(self.lengths) / len(self.lengths)
        return line.words <= most and (following is None or following.furniture or following.words <= most)

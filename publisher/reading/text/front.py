"""Where the article starts: its first paragraph, and the headline before it."""

from collections.abc import Sequence

from publisher.model import Teaser
from publisher.reading.text.draft import Draft, DraftItem
from publisher.reading.text.headline import REACH, find_headline
from publisher.reading.vocabulary.bylines import parse_byline
from publisher.reading.vocabulary.captions import caption_credit, credit_alone
from publisher.reading.vocabulary.lines import Line
from publisher.reading.vocabulary.page import Page

_NEAR = 5
_LONG = 400
_HEADLINE = 60
_DENSE = 0.15
"""Lines looked at for the density of running text; the characters of one that count; what a headline among them costs;
and the share of the densest run's weight that the article's first lines have at least (a short article may stand above
teasers with long summaries)."""

_ENOUGH = 800
"""The characters of a run that is as dense as three paragraphs are, however few it has."""

_SHARE, _PARTED = 0.25, 8
"""The share of the longest run's characters that the run of the first paragraph has, and the lines that end a run."""

_POOR, _GOOD = 0.7, 0.8
_STARTS, _AS_LONG = 4, 0.5
"""Confidence below which a headline is not believed, that from which one further down is, how many are asked, and the
share of the characters of the run that it is passed over for which the text under it has at least."""

_CAPTION_WORDS = 5
"""Words of the shortest caption under a credit of its own."""

_OVER = 6
"""Lines over the headline among which the caption of its picture stands."""

_ENTRY, _AGAIN = 4, 2
"""Words below which a headline may be a menu's entry, unless it stands on the page so many times."""


def find_start(page: Page) -> tuple[int | None, tuple[int, str, float] | None]:
    """The index of the first paragraph, and the headline's index, rule and confidence; ``None`` for what there is not.

    Where nothing above the first paragraphs makes a good headline, they are a notice or a teaser's: the next ones are
    asked, and believed when a good one stands over them.
    """
    first = find_first_paragraph(page)
    found = find_headline(page, len(page.lines) if first is None else first)
    entry = found is not None and page.lines[found[0]].words < _ENTRY and page.counts[page.lines[found[0]].key] < _AGAIN
    if first is None or (found is not None and found[2] >= _POOR and not entry):
        return first, found
    for start in _next_starts(page, first):
        other = find_headline(page, start)
        if other is not None and other[0] > first and other[2] >= _GOOD and page.lines[other[0]].words >= _ENTRY:
            return start, other
    return first, found


def _next_starts(page: Page, first: int) -> list[int]:
    """The next places below the first paragraph where running text starts again."""
    lines = page.lines[first : first + REACH]
    starts = [first + at for at in range(1, len(lines)) if lines[at].prose and not lines[at - 1].prose]
    prose = [index for index, line in enumerate(page.lines) if line.prose and not line.bullet]
    lengths = dict(zip(prose, _lengths(page, prose), strict=True))
    # A list of other articles has summaries, too, and they are no text.
    least = _AS_LONG * lengths.get(first, 0)
    return [start for start in starts[:_STARTS] if lengths.get(start, 0) >= least]


def find_first_paragraph(page: Page) -> int | None:
    """The index of the first line of the first dense run of paragraphs; ``None`` when the page has no paragraph.

    A lone sentence in a menu (a notice, a slogan) and teasers above the headline are passed over when a much denser run
    follows: their text is short, and headlines stand between.
    """
    prose = [index for index, line in enumerate(page.lines) if line.prose and not line.bullet]
    # What is printed again is a notice, or a teaser's.
    prose = [index for index in prose if page.counts[page.lines[index].key] == 1] or prose
    if not prose:
        return None
    in_row = min(3, len(prose))
    lengths = _lengths(page, prose)
    dense = [
        at
        for at, start in enumerate(prose)
        if (at + in_row <= len(prose) and prose[at + in_row - 1] - start <= in_row * 4) or lengths[at] >= _ENOUGH
    ]
    if not dense:
        return prose[0]
    weights = [_density(page, prose[at]) for at in dense]
    enough, long_enough = _DENSE * max(weights), _SHARE * max(lengths)
    starts = zip(dense, weights, strict=True)
    return next(
        (prose[at] for at, weight in starts if weight >= enough and lengths[at] >= long_enough), prose[dense[0]]
    )


def _lengths(page: Page, prose: Sequence[int]) -> list[int]:
    """Of each paragraph, the characters from it to the end of its run: to where many other lines part two."""
    lengths = [0] * len(prose)
    for at in range(len(prose) - 1, -1, -1):
        goes_on = at + 1 < len(prose) and prose[at + 1] - prose[at] <= _PARTED
        lengths[at] = min(len(page.lines[prose[at]].text), _LONG) + (lengths[at + 1] if goes_on else 0)
    return lengths


def _density(page: Page, start: int) -> int:
    """The characters of running text in the lines from an index on, less what headlines among them take away."""
    near = page.lines[start : start + _NEAR]
    text = sum(min(len(line.text), _LONG) for line in near if line.prose and not line.bullet)
    return text - _HEADLINE * sum(not (line.prose or line.furniture or line.date) and line.words > 4 for line in near)


def read_before(draft: Draft, headline: int, title: tuple[int, str, str | None] | None) -> None:
    """Mark the lines before the headline: furniture, but for other articles' headlines under a label, told once."""
    section: str | None = None
    for index, line in enumerate(draft.page.lines[:headline]):
        if line.label:
            section = line.text.strip(" :")
        elif not line.bullet:
            section = None
        if title is not None and index == title[0]:
            draft.drop(line, "furniture.browser-title", 0.95)
        elif line.key == draft.headline_key:
            draft.drop(line, "furniture.headline-again", 0.9)
        elif section and line.bullet and line.words >= 6 and not line.furniture and draft.page.counts[line.key] == 1:
            draft.mark(line, "teaser headline", "teaser.before-headline", 0.5)
            draft.add_teaser(Teaser(headline=line.text, section=section), line)
        else:
            draft.drop(line, "furniture.before", 0.8)
    first = 0 if title is None else title[0] + 1
    _show_picture(draft, draft.page.lines[max(first, headline - _OVER) : headline])


def _show_picture(draft: Draft, above: Sequence[Line]) -> None:
    """Take a line right over the headline for the caption of its picture, if a credit closes it."""
    known, below = draft.page.vocabulary, None
    for line in reversed(above):
        own = line.furniture or line.date or line.bullet or draft.page.counts[line.key] > 1
        credit = None if own else caption_credit(line.text, known)
        if credit is not None and parse_byline(line.text, known) is None:
            lines = [line]
            # Over the caption the credit may stand alone.
            if below is not None and credit_alone(line.text, known) is not None and below.words >= _CAPTION_WORDS:
                draft.mark(line, "credit", "credit.above", 0.6)
                lines.append(below)
            draft.items.append(DraftItem(kind="figure", text=lines[-1].text, lines=lines, credit=credit or None))
            draft.mark(lines[-1], "caption", "caption.over-headline", 0.6)
            return
        below = line

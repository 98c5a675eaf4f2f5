"""Running text far down a page: whether the article goes on there, or summaries of others stand in a list."""

from publisher.reading.text.likeness import covered, stems
from publisher.reading.text.teaser import opens_with_hour
from publisher.reading.vocabulary import Vocabulary
from publisher.reading.vocabulary.bylines import parse_byline
from publisher.reading.vocabulary.lines import Line
from publisher.reading.vocabulary.page import Page

_BELOW, _SENTENCE, _COHESION, _ABOVE, _FEW = 25, 60, 0.15, 12, 6
"""Lines below a label among which the text may go on; the characters of the shorter of two paragraphs in a row that
show it (together they have as many as ``PARAGRAPH``); the share of their words that paragraphs above them
have, how many of these are looked at, and below how many the share says nothing. Of 128 summaries of teasers on the fit
half none stands beside another paragraph, of the text's paragraphs nine in ten; 95 in 100 of these share that much with
those above."""

FEW_WORDS, _PARTED = 5, 100
"""Words of a sub-heading that shows that the text goes on, and the characters of the paragraphs about it."""

_LOOKED_AT = 1000
"""Characters of a paragraph that another's words are looked for in."""

_LONG = 90
"""Characters below which a sentence far below the text is none of it."""

PARAGRAPH = 150
"""Characters of the shortest paragraph that shows, with another, that the text goes on after a box."""

_SIGNED_WORDS = 14
"""Words of the longest byline."""


def is_paragraph(line: Line) -> bool:
    """Whether a line is running text, and no headline of a ticker: cut short, or opened by an hour."""
    return line.prose and not (line.bullet or line.text.endswith(("...", "…")) or opens_with_hour(line.text))


def heads_text(page: Page, index: int) -> bool:
    """Whether running text follows before the next label: paragraphs in a row, which lists of teasers never have.

    Two alone may be a summary and the next picture's description; they count when no headline follows them.
    """
    run = 0
    for line in page.lines[index:]:
        if line.label or line.end or line.rule == "furniture.imprint":
            return run > 1
        if is_paragraph(line):
            run += 1
            if run > 2:
                return True
        elif not line.furniture:
            if run > 1 and signs(line, page.vocabulary):
                return True
            run = 0
    return run > 1


def is_alone(page: Page, index: int) -> bool:
    """Whether a paragraph far below the text is none of it: no other under it, and short or about something else."""
    line = page.lines[index]
    if any(below.prose for below in page.lines[index + 1 : index + 2]):
        return False
    return len(line.text) < _LONG or not _is_akin(line.text, page, index)


def _is_akin(text: str, page: Page, index: int) -> bool:
    """Whether a text has words of the paragraphs above an index; of few paragraphs, whatever it has."""
    above = [other.text[:_LOOKED_AT] for other in page.lines[max(0, index - 2 * _ABOVE) : index] if other.prose]
    if len(above) < _FEW:
        return True
    return covered(text, stems(" ".join(above[-_ABOVE:]), page.vocabulary), page.vocabulary) >= _COHESION


def text_goes_on(page: Page, index: int, reach: int = _BELOW) -> bool:
    """Whether two paragraphs in a row, with words of those above, stand below, or two about a short line.

    No list of teasers has them: over a summary stands a headline.
    """
    above: Line | None = None
    for at, line in enumerate(page.lines[index : index + reach], index):
        if line.label or line.end or line.rule == "furniture.imprint":
            return False
        if line.furniture:
            continue
        if _parts_text(page, at):
            return True
        if not is_paragraph(line) or len(line.text) < _SENTENCE:
            above = None
        elif above is None or len(above.text) + len(line.text) < PARAGRAPH:
            above = line
        else:
            return _is_akin(f"{above.text[:_LOOKED_AT]} {line.text[:_LOOKED_AT]}", page, index)
    return False


def heads_box(page: Page, index: int) -> bool:
    """Whether a label stands over one headline, and that over a paragraph: a box in the text, which has another."""
    below = page.lines[index + 1 : index + 3]
    headed = len(below) > 1 and not (below[0].prose or below[0].furniture or below[0].label) and below[1].prose
    return headed and len(below[1].text) >= _PARTED


def _parts_text(page: Page, at: int) -> bool:
    """Whether a line of few words parts two paragraphs, as a sub-heading does: no day, name or rubric that repeats."""
    line = page.lines[at]
    if line.words > FEW_WORDS or line.prose or line.bullet or line.date or line.meta or page.counts[line.key] > 1:
        return False
    if not page.parts_paragraphs(at) or line.ended or line.text.isupper() or signs(line, page.vocabulary):
        return False
    above, below = page.lines[at - 1], page.lines[at + 1]
    return min(len(above.text), len(below.text)) >= _PARTED and not (above.bullet or below.bullet)


def signs(line: Line, known: Vocabulary) -> bool:
    """Whether a line is short enough for a byline, and one."""
    if line.words > _SIGNED_WORDS or line.text.endswith(":"):
        return False
    return parse_byline(line.text, known) is not None

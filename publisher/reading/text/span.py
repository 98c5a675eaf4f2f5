"""Where the article ends: the point that parts the running text from what follows it, weighed over the whole page."""

import re
from dataclasses import dataclass

from publisher.reading.text.days import first_of_list, opens_list
from publisher.reading.text.parts import counts_part
from publisher.reading.text.running import (
    FEW_WORDS,
    PARAGRAPH,
    heads_box,
    heads_text,
    is_alone,
    is_paragraph,
    signs,
    text_goes_on,
)
from publisher.reading.text.signatures import INITIALS
from publisher.reading.text.speakers import names_speaker
from publisher.reading.text.teaser import headline_shaped
from publisher.reading.vocabulary.captions import caption_credit
from publisher.reading.vocabulary.dates import find_dates
from publisher.reading.vocabulary.lines import Line, repeats_headline, same_start
from publisher.reading.vocabulary.page import Page

# The weights say how much a line speaks for still being in the article (above 0) or for being after it. They were set
# by hand: a paragraph outweighs a heading or two, a label outweighs one paragraph but not three.
_LABEL = -3.5
_END = -5.0
_IMPRINT = -2.5
_BUTTON = -0.2
_HEADING = -0.7
_BULLET = -0.5
_DOUBLED = -1.5
_SUMMARY = -0.6
_SIGNED = 2.0
_INITIALS = re.compile(rf"[(\[][a-z]{{2,5}}(?:[/,]\s?[A-Za-z]{{2,5}})*[)\]]$|{INITIALS.pattern}$")
"""Who wrote a text, in brackets under it, or an editor's letters and an agency's."""

_SIGNED_AFTER = 2
"""Headline-like lines after the last paragraph under which a name still signs: further down it is of a menu."""

_LIST = 40
"""Items of a list over which its announcement is looked for."""

_BOX = 6
"""Headlines that a box inside an article holds at most; longer lists stand after it."""

_RESUMED = 2
"""How many paragraphs in a row show that the text goes on after a box."""

_TOLD = 2
"""Paragraphs after which days between lines tell of a list."""

_CUT_SHORT = 3
"""Summaries that break off, each under a headline, that are a list."""

_NEXT, _OPENS = 8, 3
"""Lines below the headline of a second article that hold its day and so many paragraphs."""

_UNITS = 8
"""Lines below a summary that hold the next article of its list, too, with who wrote it."""

_MASS = 6
"""Lines in a row without a sentence that no box between paragraphs has more of, buttons apart."""

_AWAY, _ALONE = 8, 0.2
"""Lines that part a sentence from the text above, and what one alone then says for the text's going on."""

_DEEPEST_DIP = -1.6
"""What lines between two paragraphs may cost together: a newsletter box may have ten of them."""

_GAP, _FURTHER = 12, 0.2
"""Lines between two paragraphs that no box has more of, and what each further one may cost."""

_TEXT = 1.0
"""What a line weighs that is surely text, after which such lines count anew."""

_LONG_SUMMARY = 340
"""Characters from which text under a headline is rather a paragraph under a sub-heading: of the seventeen summaries of
the seed page three are longer, and those stand under doubled headlines."""


@dataclass(slots=True)
class _State:
    """What was met on the way down the page."""

    paragraphs: int = 0
    listing: bool = False
    """Whether a label or an end came and no run of paragraphs since."""

    closed: bool = False
    """Whether comments or tags began."""

    run: int = 0
    heads: int = 0
    """Headline-like lines since the last paragraph."""

    away: int = 0
    """Lines since the last paragraph that counts in full."""

    bulleted: bool = False
    """Whether all headline-like lines since the label are bulleted."""

    box: float = 0.0
    """What the label and its bullets cost so far: paid back when the text goes on after them."""

    summaries: int = 0
    """Headlines since the label with text under them."""

    doubled_above: bool = False
    above: int = 0
    """Characters of the last paragraph under the label."""


def find_end(page: Page, headline: int, headline_key: str) -> int:
    """The index after the article's last line: where the evidence summed from the headline on is the greatest."""
    state = _State()
    total = best = dip = 0.0
    gap = 0
    end = index = headline + 1
    ends = [(end, best)]
    while index < len(page.lines):
        listing = state.listing
        weight, step = _weigh(page, index, headline_key, state)
        if state.listing and not listing and weight == _LABEL and not page.lines[index].label:
            # What stands over the first day of a list is its first headline, and perhaps a summary.
            first = first_of_list(page, index)
            while ends[-1][0] > first and len(ends) > 1:
                ends.pop()
            end, best = ends[-1]
        # Before the first paragraph nothing tells: share buttons and galleries may be many.
        if not state.paragraphs:
            weight = 0.0
        if weight >= _TEXT:
            dip, gap = 0.0, 0
        elif weight < 0 and not state.listing:
            gap += 1
            weight = max(weight, _DEEPEST_DIP - _FURTHER * max(0, gap - _GAP) - dip)
            dip += weight
        total += weight
        if total > best:
            best, end = total, index + step
            ends.append((end, best))
        index += step
        state.away += step
    return end


def _weigh(page: Page, index: int, headline_key: str, state: _State) -> tuple[float, int]:
    """A line's weight and how many lines it speaks for; the state moves on."""
    lines = page.lines
    line = lines[index]
    doubled = index + 1 < len(lines) and lines[index + 1].key == line.key and line.words > 2
    if len(line.cells) > 1 and state.paragraphs and not state.listing:
        return 0.0, 1
    if line.end and (state.paragraphs < 2 or text_goes_on(page, index + 1, 2)):
        return _BUTTON, 1
    if line.end:
        state.closed = state.closed or state.paragraphs > 1
        state.listing, state.run = True, 0
        return _END, 1
    if state.paragraphs > _TOLD and not state.listing and opens_list(page, index):
        state.listing, state.run, state.heads = True, 0, 0
        state.box, state.summaries = -_LABEL, 0
        return _LABEL, 1
    if state.paragraphs > _TOLD and not state.listing and _opens_cut_list(lines, index):
        state.listing, state.run, state.heads = True, 0, 1
        state.box, state.summaries = -_LABEL, 0
        return _LABEL, 1
    if line.rule == "furniture.imprint":
        # Far below the text it is the page's foot, and no credit or notice among paragraphs.
        if state.paragraphs and state.away > _AWAY and not text_goes_on(page, index + 1):
            state.closed = state.listing = True
        return _IMPRINT, 1
    if line.furniture:
        return _BUTTON, 1
    if page.is_slot(line):
        return _BUTTON, 1
    row = 1
    while index + row < len(lines) and lines[index + row].key == line.key:
        row += 1
    if row > 2:
        return _BUTTON, row
    if line.date or line.meta or line.cue is not None or (state.paragraphs > 1 and names_speaker(lines, index)):
        return _BUTTON, 1
    if state.paragraphs and not state.listing and _INITIALS.match(line.text):
        return _SIGNED, 1
    if state.paragraphs > _TOLD and not state.closed and _opens_article(page, index):
        state.closed = state.listing = True
        state.run = 0
        return _END, 1
    if line.label:
        again = page.counts[line.key] > 1 and heads_box(page, index)
        if not state.closed and (again or heads_text(page, index + 1) or text_goes_on(page, index + 1)):
            return _BULLET, 1
        state.listing, state.run, state.heads = state.paragraphs > 0, 0, 0
        # Under the standfirst a label heads related headlines, hardly ever what follows the article.
        cost = _LABEL if state.paragraphs > 1 else _BULLET
        state.box, state.summaries = -cost, 0
        return cost, 1
    if index + 1 < len(lines) and not doubled and same_start(line, lines[index + 1]):
        return 0.2, 2
    if repeats_headline(line, headline_key):
        return 0.0, 1
    if line.prose and not line.bullet and (not state.listing or is_paragraph(line)):
        weight = _weigh_prose(page, index, doubled, state)
        state.heads, state.doubled_above = 0, False
        return weight, 2 if doubled else 1
    if doubled:
        state.doubled_above, state.heads, state.run = True, state.heads + 1, 0
        return _DOUBLED, 2
    near = state.heads <= _SIGNED_AFTER and (not state.listing or state.run > 1)
    if state.paragraphs and near and signs(line, page.vocabulary) and not text_goes_on(page, index + 1):
        state.listing = state.paragraphs > 2
        return _SIGNED, 1
    if caption_credit(line.text, page.vocabulary) is not None:
        return 0.3, 1
    if line.text.endswith((".", "!", "?", "…")) and line.words < 8 and not state.listing and not line.bullet:
        return 0.1, 1
    if line.bullet and not state.listing and _announced(lines, index):
        return 0.3, 1
    if state.listing and state.paragraphs > 1 and not state.closed and counts_part(lines, index):
        # The text's own parts are counted: the label and its headlines were a box among them.
        refund, state.box, state.listing, state.heads = state.box, 0.0, False, 0
        return refund, 1
    state.bulleted = line.bullet and (state.bulleted or state.heads == 0)
    state.heads, state.run, state.doubled_above = state.heads + 1, 0, False
    if state.heads > _MASS and state.paragraphs > _TOLD and not (state.listing or text_goes_on(page, index + 1)):
        # No text has so many lines in a row without a sentence, and none after them.
        state.listing = True
    if state.listing:
        state.box -= _BULLET if line.bullet else _HEADING
    return (_BULLET if line.bullet else _HEADING), 1


def _weigh_prose(page: Page, index: int, doubled: bool, state: _State) -> float:
    """The weight of a paragraph, a caption or a summary."""
    line = page.lines[index]
    if doubled:
        return 0.5 if state.paragraphs == 0 or not state.listing else _SUMMARY
    if state.doubled_above:
        state.run = 0
        return _SUMMARY
    if state.closed:
        return 0.1
    if not state.listing:
        if state.away > _AWAY and is_alone(page, index):
            return _ALONE
        state.away = 0
        state.paragraphs += 1
        return 1.0 + min(len(line.text), 400) / 200
    if state.bulleted and 0 < state.heads <= _BOX and not line.bullet and not state.closed and line.after_blank:
        # No summary stands under a bulleted list and a gap: the list was a box within the text.
        refund, state.box, state.listing, state.bulleted = state.box, 0.0, False, False
        state.paragraphs += 1
        return 1.0 + min(len(line.text), 400) / 200 + refund
    state.run += 1
    state.listing = state.run < 3
    if state.run == _RESUMED and state.box > -_LABEL and min(len(line.text), state.above) >= PARAGRAPH:
        # No teaser has two long paragraphs: the label and its headlines were a box within the text.
        refund, state.box, state.listing = state.box, 0.0, False
        state.paragraphs += 1
        return 1.0 + min(len(line.text), 400) / 200 + refund
    state.above = len(line.text)
    if state.run > 1:
        # Two paragraphs in a row under a label: the text goes on, and the first of them counts after all.
        return 2.5
    if not state.heads:
        return 1.0
    if 1 < state.heads <= _BOX and not state.closed and not state.summaries and _resumes(page, index):
        refund, state.box, state.listing = state.box, 0.0, False
        state.paragraphs += 1
        return 1.0 + min(len(line.text), 400) / 200 + refund
    state.summaries += 1
    return _SUMMARY if len(line.text) < _LONG_SUMMARY else min(len(line.text) - _LONG_SUMMARY, 400) / 160


def _opens_article(page: Page, index: int) -> bool:
    """Whether another article begins at a line: a headline, a full day under it, and paragraphs in a row under that."""
    line, dated, run = page.lines[index], False, 0
    if line.prose or line.furniture or line.date or line.label or not headline_shaped(line, page):
        return False
    for below in page.lines[index + 1 : index + 1 + _NEXT]:
        if (below.date or below.meta) and not run:
            dated = dated or bool(find_dates(below.text, page.vocabulary))
        elif below.prose and not below.bullet:
            run += 1
        elif not dated and not below.furniture and below.words > FEW_WORDS:
            return False
    return dated and run >= _OPENS


def _opens_cut_list(lines: list[Line], index: int) -> bool:
    """Whether headlines stand from an index on, each over a summary that breaks off: a list of other articles."""
    for _ in range(_CUT_SHORT):
        while index < len(lines) and lines[index].furniture:
            index += 1
        head, summary = lines[index : index + 1], lines[index + 1 : index + 2]
        headed = bool(head) and not (head[0].prose or head[0].label or head[0].end) and head[0].words >= FEW_WORDS - 1
        cut = bool(summary) and summary[0].prose and summary[0].text.rstrip("]").endswith(("...", "…"))
        if not (headed and cut):
            return False
        index += 2
    return True


def _announced(lines: list[Line], index: int) -> bool:
    """Whether a list belongs to the text: the paragraph above its first item ends in a colon."""
    first = index
    while first and lines[first].bullet and index - first < _LIST:
        first -= 1
    return lines[first].text.endswith(":") and not lines[first].label


def _resumes(page: Page, index: int) -> bool:
    """Whether what follows a paragraph shows that it belongs to the text: another one, a byline, tags."""
    below = (line for line in page.lines[index + 1 : index + 4] if line.rule != "furniture.signs")
    following = next(below, None)
    if following is None:
        return False
    return (
        following.end
        or _INITIALS.match(following.text) is not None
        or following.cue is not None
        or is_paragraph(following)
        or (signs(following, page.vocabulary) and not _is_of_many(page, index))
    )


def _is_of_many(page: Page, index: int) -> bool:
    """Whether more than one name stands below a summary: each article of a list has its author's."""
    signed = (line for line in page.lines[index + 1 : index + _UNITS] if signs(line, page.vocabulary))
    return sum(1 for _ in signed) > 1

"""Rules for lines without a full stop between the headline and the text.

One of them may be the standfirst, one a picture's words; several in a row lead to other articles.
"""

from publisher.reading.text.body import Body, can_be_caption, goes_on
from publisher.reading.text.likeness import covered, overlap, stems
from publisher.reading.text.scenes import shows
from publisher.reading.text.teaser import headline_shaped
from publisher.reading.vocabulary import Vocabulary
from publisher.reading.vocabulary.bylines import parse_byline
from publisher.reading.vocabulary.captions import caption_credit
from publisher.reading.vocabulary.lines import Line, are_topics

_MOST_WORDS = 60
_STANDFIRST, _STANDFIRST_WORDS, _HEADED_WORDS = {"vi": 18}, 12, 9
_SURELY, _SURELY_WORDS = {"vi": 30}, 24
"""Words of the shortest standfirst, and of one that is no caption whatever it is about."""

_ABOUT, _LEAD = {"vi": 0.3}, 4
"""The share of a standfirst's words that the headline and the text have at least, in Vietnamese, whose syllables come
again; and the paragraphs of the text that are looked at."""

_CAPTION_WORDS, _CAPTION = 5, {"vi": 6}
"""Words of the shortest caption."""

_ROW_LEAST, _ROW, _MOST_LINKS, _AGAIN = 3, {"vi": 2}, 6, 0.5
"""Headlines of other articles in a row, and the share of one's words that this article's headline has at most."""

_SIGNED_WITHIN, _RUBRIC_WORDS = 5, 4
"""Lines under a standfirst among which its author stands, and the words of what may stand between."""

_CUT = "–—-,:"
"""Signs that a line goes on after."""


def over_text(body: Body, index: int) -> int:
    """Lines over the text that do not end as a sentence does."""
    if body.text_seen or not _is_open(body, index):
        return 0
    if are_topics(body.lines[index].text):
        body.draft.drop(body.lines[index], "furniture.menu", 0.7)
        return 1
    count = 1
    while _is_open(body, index + count):
        count += 1
    if not goes_on(body, index + count):
        return 0
    lines = body.lines[index : index + count]
    if body.draft.standfirst is None and _is_standfirst(body, lines, index + count):
        body.draft.standfirst = lines[0].text
        body.draft.mark(lines[0], "standfirst", "standfirst.unended", 0.75)
        return 1
    linked = [line for line in lines if _can_be_linked(body, line)]
    if _ROW.get(body.page.language, _ROW_LEAST) <= len(linked) == count <= _MOST_LINKS:
        for line in lines:
            body.add_related(line, line.text, "related.listed", 0.6)
        return count
    if lines[0].words < _CAPTION.get(body.page.language, _CAPTION_WORDS):
        return 0
    below = body.lines[index + 1]
    if can_be_caption(below) and caption_credit(below.text, body.page.vocabulary) is not None:
        body.add("figure", lines[0], "figure alt", "figure.alt", 0.5, "").alt = lines[0].text
    else:
        body.add_figure(lines[0], "caption.unended", 0.5)
    return 1


def _is_open(body: Body, index: int) -> bool:
    """Whether a line may be one of those over the text."""
    line = body.at(index)
    if line is None or line.prose or line.bullet or line.ended or line.words > _MOST_WORDS or line.cue is not None:
        return False
    return can_be_caption(line) and line.key != body.draft.headline_key


def _can_be_linked(body: Body, line: Line) -> bool:
    known = body.page.vocabulary
    if line.text[-1] in _CUT or shows(line, body.page) or caption_credit(line.text, known) is not None:
        return False
    return headline_shaped(line, body.page) and overlap(line.text, body.draft.headline, known) <= _AGAIN


def _is_standfirst(body: Body, lines: list[Line], below: int) -> bool:
    """Whether the first of the lines over an index sums the text up that stands below it, and describes no picture."""
    line, language, known = lines[0], body.page.language, body.page.vocabulary
    least = _STANDFIRST.get(language, _STANDFIRST_WORDS)
    # Over a picture's words, or over who wrote it and when, it may be shorter.
    headed = lines[1].words < line.words if len(lines) > 1 else _signed_below(body, below)
    if line.words < (min(least, _HEADED_WORDS) if headed and language != "vi" else least):
        return False
    if line.words >= _SURELY.get(language, _SURELY_WORDS):
        return True
    if shows(line, body.page):
        return False
    lead = [other.text for other in body.lines[below : below + 2 * _LEAD] if other.prose][:_LEAD]
    return covered(line.text, stems(" ".join((body.draft.headline, *lead)), known), known) >= _ABOUT.get(language, 0.0)


def _signed_below(body: Body, index: int) -> bool:
    """Whether who wrote the text, or when, stands at an index, buttons and a rubric passed over."""
    rubrics = 0
    for line in body.lines[index : index + _SIGNED_WITHIN]:
        if _signs(line, body.page.vocabulary):
            return True
        rubrics += not line.furniture
        if line.prose or line.bullet or rubrics > 1 or line.words > _RUBRIC_WORDS:
            return False
    return False


def _signs(line: Line, known: Vocabulary) -> bool:
    return line.date or line.meta or (not line.prose and parse_byline(line.text, known) is not None)

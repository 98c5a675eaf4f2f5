"""The headline: the line before the text for which most speaks."""

import re
from collections.abc import Collection, Mapping
from math import inf

from publisher.reading.text.candidates import (
    DECKS,
    MOST_WORDS,
    NEAR,
    RUBRIC_TIMES,
    STANDFIRST_WORDS,
    in_list,
    is_candidate,
    is_content,
    rows_of_entries,
    signed_below,
    signs_headline,
    ways_to,
)
from publisher.reading.text.likeness import covered, overlap, stems
from publisher.reading.text.scenes import shows
from publisher.reading.text.titles import NAMED_WORDS, browser_title
from publisher.reading.vocabulary import Vocabulary, fold
from publisher.reading.vocabulary.bylines import closing_byline, parse_byline
from publisher.reading.vocabulary.captions import caption_credit, closing_agency, credit_alone
from publisher.reading.vocabulary.dates import find_dates
from publisher.reading.vocabulary.lines import Line, has_inner_end, same_start
from publisher.reading.vocabulary.page import Page

_IN_LIST = 6
"""What it costs a line to stand in a list of headlines."""

_SIGNS = re.compile(r"[\W_]+")
_FARTHEST = 400
"""Lines before the first paragraph that are looked at, however little they count."""

REACH = 40
"""How many lines before the first paragraph a headline is looked for: galleries and share buttons may stand between."""

_MOST_WORDS_AT_ALL = 120
"""Words of the longest headline that a date or a byline under it shows to be one."""

_FEWEST = -1.5
"""What a line of a few words over a date or a byline may come to."""

_SAME, _NEARLY, _CAPTION_WORDS = 0.5, 0.75, 20
"""The share of a caption's words that the text of its picture says, and of a caption's without a credit, one sentence
of so many words at most."""

_LEAD, _ABOUT, _MUCH = 12, 4, 0.5
"""Lines of the text that a headline is held against; how much speaks for one that is about the same; and the share of
its words that the text must have for all of that."""

_FAR = 0.12
"""What each line between a headline and the text costs it, buttons left out."""

_DATED_WORDS, _LISTED = 8, 2
"""Words of a line above a headline that gives the day, and lines above one that show it to be the last of a list."""

_NUMBER = re.compile(r"(\d{1,2})[.)] ")
_SIGNED = 6
"""What it costs a line that somebody signs at its end: it is a standfirst."""

_CREDITED = 12
"""What a credit at its end costs a line: it is a caption, however well it is placed."""

_OVER_CREDIT = 3
"""What it costs a line to stand right over a credit, and under a day with a headline over it: it is a caption."""

_DESCRIBED = 4
"""What it costs a line that a caption under it says the same: it is a picture's text, if another headline is there."""

_ROW_WORDS = 6
"""Words of a line that may be a row of a menu's entries."""

_LATE, _HEADED_WORDS = 3, 6
"""What it costs a line to stand under a date or a byline that stands under a headline, and the least words of that."""

_UNDER_DAY = 2.0
"""What it says for a line that nobody signs below to stand under a day."""

_LABELLED = 8
"""Lines above a headline among which the label of a box stands that it would be of."""

_TWICE = 1.5
"""What it says for a line that it stands on the page again; next to itself a caption does that, too."""

_OPENS_PAGE = 2
"""What it says for a line of few words: it opens the page, as its title does."""

_POINTS = 2
"""What it costs a line to stand under points that sum the text up: their headline is above them."""

_SENTENCES = 14
"""Words from which several sentences in a line are rather a standfirst."""

_ASKS = 3
"""What it costs a line to be about two such things as accounts and passwords are: it is of a form."""

_CREDIT_SIGNS = frozenset("([|©/–-")

_MARKED = 6
"""What the mark of a first heading says for a line: more than anything but the browser's title."""


def find_headline(page: Page, first: int) -> tuple[int, str, float] | None:
    """The headline's index, rule and confidence, among the lines before ``first``; ``None`` when none will do."""
    title = browser_title(page)
    title_key = fold(title[1]) if title else None
    lead = stems(" ".join(line.text for line in page.lines[first : first + _LEAD] if line.prose), page.vocabulary)
    scores: dict[int, float] = {}
    # The first paragraph itself may be a headline that ends in a full stop, when nothing stands before it.
    for index in _within_reach(page, first):
        line = page.lines[index]
        if not is_candidate(line, page.vocabulary):
            continue
        following = page.lines[index + 1] if index + 1 < len(page.lines) else None
        described = following is not None and following.key != line.key and _describes(line, following, page.vocabulary)
        scores[index] = _score(page, index, first, title_key, lead) - (_DESCRIBED if described else 0)
        over_credit = following is not None and credit_alone(following.text, page.vocabulary) is not None
        if over_credit and (_is_headed(page, index, scores) or _is_second(page, index, scores)):
            scores[index] -= _OVER_CREDIT
    for index in in_list(page, scores):
        scores[index] -= _IN_LIST
    for index in (*ways_to(page, scores), *rows_of_entries(page, scores)):
        scores[index] -= _CREDITED
    best = _best(page, scores, first)
    if best is None or best[0] < (_FEWEST if signed_below(page, best[1], first) else 0):
        overlong = _overlong(page, first)
        return None if overlong is None else (overlong, "headline.position", 0.5)
    index = _signed_print(page, best[1], first)
    key = page.lines[index].key
    if key == title_key:
        return index, "headline.browser-title", 0.98
    if page.counts[key] > 1:
        return index, "headline.repeated", 0.95
    return index, "headline.position", min(0.9, 0.5 + best[0] / 15)


def _is_second(page: Page, index: int, scores: Mapping[int, float]) -> bool:
    """Whether one of the lines above a line that may be a headline is hardly worse."""
    least = scores[index] - _OVER_CREDIT
    return any(page.lines[at].words >= _HEADED_WORDS and score >= least for at, score in scores.items() if at != index)


def _is_headed(page: Page, index: int, above: Collection[int]) -> bool:
    """Whether a date or a byline stands over a line, and over that one of the lines above that may be a headline."""
    signed = False
    for at in range(index - 1, max(-1, index - 1 - REACH), -1):
        if signed and at in above and page.lines[at].words >= _HEADED_WORDS:
            return True
        signed = signed or signs_headline(page.lines[at], page.vocabulary, surely=True)
    return False


def _within_reach(page: Page, first: int) -> list[int]:
    """The indices of the lines among which a headline is looked for; the only first heading that is marked is one."""
    marked = [
        index
        for index, line in enumerate(page.lines[:first])
        if line.level == 1 and is_candidate(line, page.vocabulary)
    ]
    start, left = first, REACH
    while start and left and first - start < _FARTHEST:
        start -= 1
        line = page.lines[start]
        left -= _counts(page, line)
    near = range(start, first)
    return [*(index for index in marked if len(marked) == 1 and index not in near), *near]


def _signed_print(page: Page, index: int, first: int) -> int:
    """The index of the print of a headline that a date or a name stands under: others are pictures' texts, or links.

    Signs do not tell two prints apart: a picture's text has none of the quotation marks.
    """
    if signed_below(page, index, first):
        return index
    bare = _SIGNS.sub("", page.lines[index].key)
    for at in _within_reach(page, first):
        line = page.lines[at]
        again = at != index and is_candidate(line, page.vocabulary) and _SIGNS.sub("", line.key) == bare
        if again and signed_below(page, at, first):
            return at
    return index


def _describes(line: Line, caption: Line, known: Vocabulary) -> bool:
    """Whether a line is the alternative text of the caption below it."""
    if same_start(line, caption):
        return True
    shared = overlap(line.text, caption.text, known)
    if caption_credit(caption.text, known) is not None:
        return shared >= _SAME
    sentence = caption.prose and caption.words <= _CAPTION_WORDS and not has_inner_end(caption.text)
    return sentence and shared >= _NEARLY


def _overlong(page: Page, first: int) -> int | None:
    """A line longer than headlines are, but without a full stop and with a date or a byline under it."""
    for index in range(max(0, first - REACH), first):
        line, following = page.lines[index], page.lines[index + 1 : index + 2]
        overlong = MOST_WORDS < line.words <= _MOST_WORDS_AT_ALL and not line.ended
        if overlong and is_content(line) and any(signs_headline(below, page.vocabulary) for below in following):
            return index
    return None


def _score(page: Page, index: int, first: int, title_key: str | None, lead: set[str]) -> float:
    """How much speaks for a line as the headline."""
    line = page.lines[index]
    score = min(line.words, 12) / 3.0
    about = covered(line.text, lead, page.vocabulary)
    score -= _FAR * sum(_counts(page, other) for other in page.lines[index:first])
    if index and _credited_again(page.lines[index - 1], line):
        score -= _CREDITED
    if line.level:
        score += _MARKED if line.level == 1 else 1
    if line.words <= 3:
        score -= 2
    if line.bullet or _is_counted(page, index):
        score -= 3
    if closing_byline(line.text, page.vocabulary) is not None:
        score -= _SIGNED
    if line.key == title_key:
        score += 8
    elif page.counts[line.key] > 1 and line.words >= 4:
        score += _TWICE
    elif page.counts[line.key] > 1 and line.key == page.lines[0].key and about >= _MUCH:
        score += _OPENS_PAGE
    if index and page.lines[index - 1].bullet and page.lines[index - 1].words >= _HEADED_WORDS:
        score -= _POINTS
    if line.words > 26:
        score -= 1.5
    if len(page.vocabulary.notice_matters.intersection(line.key.split())) > 1:
        score -= _ASKS
    if line.words >= _SENTENCES and has_inner_end(line.text):
        score -= 2
    if line.text.endswith((".", ":", ",")):
        score -= 2.5
    if signed_below(page, index, first):
        score += 2.5
    elif _stands_under_day(page, index):
        score += _UNDER_DAY
    score += _ABOUT * min(1.0, about / _MUCH)
    if caption_credit(line.text, page.vocabulary) is not None:
        score -= _CREDITED
    elif closing_agency(line.text, page.vocabulary) is not None:
        score -= _SIGNED
    byline = parse_byline(line.text, page.vocabulary)
    named = 4 if page.language == "en" else NAMED_WORDS - 1
    bare = byline is not None and (line.words <= named or len(byline.people) > 1) and line.level != 1
    if bare or (byline is not None and byline.signed):
        score -= 6
    # A long line under a headline is its standfirst; the headline is the line above, unless that is the last of a list.
    if line.words >= STANDFIRST_WORDS and _stands_under_headline(page, index, lead):
        score -= 6
    if line.after_blank and line.before_blank and page.spaced:
        score += 0.5
    return score


def _credited_again(above: Line, line: Line) -> bool:
    """Whether a line is the one above it and a credit in brackets or behind a bar: a caption under a picture's text."""
    return (
        line.key != above.key and same_start(above, line) and line.text[len(above.text) :].strip()[:1] in _CREDIT_SIGNS
    )


def _best(page: Page, scores: dict[int, float], first: int) -> tuple[float, int] | None:
    """The best score and its line; ``None`` when there are none.

    A line with a date or a byline over it, and none under it but a bare name, gives way to one above these that is
    hardly worse: it is a picture's caption, and the name a photographer's. So does one under a label that is of a box.
    """
    if not scores:
        return None
    best = max(scores, key=lambda index: (scores[index], -index))
    label = next((at for at in range(best - 1, max(-1, best - 1 - _LABELLED), -1) if page.lines[at].label), 0)
    for at in range(label - 1, max(-1, label - 1 - REACH), -1):
        headed = page.lines[at].words >= _HEADED_WORDS and scores.get(at, -inf) >= scores[best] - _LATE
        if headed and any(find_dates(line.text, page.vocabulary) for line in page.lines[at + 1 : at + 1 + DECKS]):
            return scores[at], at
    if not signed_below(page, best, first, surely=True):
        signed = False
        doubled = page.lines[best].key in {line.key for line in page.lines[best - 1 : best + 2 : 2]}
        late = _LATE + (_TWICE if doubled else 0)
        for at in range(best - 1, max(-1, best - 1 - REACH), -1):
            signed = signed or signs_headline(page.lines[at], page.vocabulary, surely=True)
            headed = page.lines[at].words >= _HEADED_WORDS and scores.get(at, -inf) >= scores[best] - late
            if signed and headed and signed_below(page, at, first):
                return scores[at], at
    return scores[best], best


def _counts(page: Page, line: Line) -> bool:
    """Whether a line adds to the distance of a headline from its text: no button does, nor what stands all over."""
    return not line.furniture and page.counts[line.key] < RUBRIC_TIMES


def _is_counted(page: Page, index: int) -> bool:
    """Whether a line is one of several that are counted, as the way to the page is in a numbered list."""
    number = _NUMBER.match(page.lines[index].text)
    if number is None:
        return False
    above = (_NUMBER.match(line.text) for line in page.lines[max(0, index - 2) : index])
    return any(other is not None and int(other[1]) == int(number[1]) - 1 for other in above)


def _stands_under_headline(page: Page, index: int, lead: set[str]) -> bool:
    """Whether a line over this one could be the headline, at most buttons and one line more between them."""
    known, between = page.vocabulary, False
    for at in range(index - 1, max(-1, index - 1 - NEAR), -1):
        line = page.lines[at]
        if line.furniture:
            continue
        if _stands_alone(page, at, lead):
            # Of three lines in a row the first is the headline if the text is about it rather than about the last.
            akin = covered(line.text, lead, known) > covered(page.lines[index].text, lead, known)
            return not between or akin
        if between or signs_headline(line, known):
            return False
        between = not (shows(line, page) or caption_credit(line.text, known) is not None)
    return False


def _stands_alone(page: Page, index: int, lead: set[str]) -> bool:
    """Whether a line could be the headline and those above it could not: it ends no list of headlines."""
    line, known = page.lines[index], page.vocabulary
    # A rubric above the headline is shorter, or in capitals; Vietnamese counts a syllable as a word.
    words = sum(word[:1].isalpha() for word in line.text.split())
    if words < (6 if page.language == "vi" else 5) or line.text.isupper() or _is_row(line):
        return False
    if not is_candidate(line, known) or line.bullet or signs_headline(line, known):
        return False
    if caption_credit(line.text, known) is not None or shows(line, page):
        return False
    above = [other for other in page.lines[max(0, index - _LISTED) : index] if other.key != line.key]
    listed = [
        other for other in above if is_candidate(other, known) and other.words >= 5 and not _is_dated(other, known)
    ]
    # One line above may be a notice or a picture's: it is about something else.
    if len(listed) == 1 and listed[0] is above[-1]:
        return covered(line.text, lead, known) > covered(listed[0].text, lead, known)
    return not listed or listed[-1] is not above[-1]


def _stands_under_day(page: Page, index: int) -> bool:
    """Whether a day stands right over a line, or over the one above it; a line that comes again below has none."""
    if any(below.key == page.lines[index].key for below in page.lines[index + 1 : index + 2]):
        return False
    above = page.lines[max(0, index - 2) : index]
    return any(find_dates(line.text, page.vocabulary) for line in above if not line.prose)


def _is_row(line: Line) -> bool:
    """Whether each of a few words has a capital, as the entries of a menu have."""
    return line.words <= _ROW_WORDS and all(word[:1].isupper() for word in line.text.split())


def _is_dated(line: Line, known: Vocabulary) -> bool:
    """Whether a line above a headline gives the day."""
    return line.words <= _DATED_WORDS and bool(find_dates(line.text, known))

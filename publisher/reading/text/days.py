"""Lists of other articles that days, hours or bare numbers tell from text: they take turns with headlines."""

import re

from publisher.reading.text.teaser import is_rubric
from publisher.reading.text.turns import turns_at
from publisher.reading.vocabulary import Vocabulary
from publisher.reading.vocabulary.lines import Line
from publisher.reading.vocabulary.page import Page

_DIGIT = re.compile(r"\d")
_LISTED, _DAYS, _HEADED_WORDS = 12, 2, 4
"""The lines among which days are looked for, how many of them are too few for a list, and the words of the shortest
headline beside them."""


def opens_list(page: Page, index: int) -> bool:
    """Whether headlines take turns with days or authors, or stand under bare numbers from 1 on: a list of others'."""
    line = page.lines[index]
    turns = turns_at(page, index) if not line.prose else None
    if turns is not None and {"a", "d"} & set(turns.order[turns.headline + 1 :]):
        return True
    if line.text == "1":
        below = [other.text for other in page.lines[index + 2 : index + 5 : 2]]
        return below == ["2", "3"]
    if not _is_day(line, page.vocabulary):
        return False
    days = 1
    headed = prose = 0
    for other in page.lines[index + 1 : index + 1 + _LISTED]:
        if _is_day(other, page.vocabulary):
            if headed not in (1, 2) or prose > 1:
                return False
            days, headed, prose = days + 1, 0, 0
        elif other.prose:
            prose += 1
        elif not other.furniture:
            headed += other.words >= _HEADED_WORDS
    return days > _DAYS


def first_of_list(page: Page, index: int) -> int:
    """The index of the first line of a list whose first day stands at an index.

    Above the day there are a headline, and perhaps a summary and a rubric; the day's own index where it stands first.
    """
    above = index - 1
    if above > 0 and not page.lines[above].prose and page.lines[above].words < _HEADED_WORDS:
        above -= 1
    summed = page.lines[above].prose
    head = above - 1 if summed else above
    line = page.lines[head] if head > 0 else None
    headed = line is not None and not (line.prose or line.furniture or line.date) and line.words >= _HEADED_WORDS
    return head if headed else index


def _is_day(line: Line, known: Vocabulary) -> bool:
    """Whether a line is a day, an hour or an age, perhaps with a rubric."""
    if line.furniture or line.prose:
        return False
    return line.date or line.meta or (_DIGIT.search(line.text) is not None and is_rubric(line, known))

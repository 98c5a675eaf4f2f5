"""The parts of a text that open with a number or with an hour, each over its paragraphs."""

import re
from collections.abc import Sequence

from publisher.reading.text.body import Body
from publisher.reading.vocabulary.lines import Line

_NUMBER = re.compile(r"(\d{1,2})[.)] (?=\S)")
_WITHIN, _PARAGRAPH, _HEADING_WORDS = 14, 100, 30
"""Lines about a part among which the one before it or after it is headed, the characters of the shortest paragraph
under a heading, and the words of the longest heading."""

_COUNT = re.compile(
    r"(?:[IVX]{1,4}|\d{1,2})\s?[.)–:-]\s*[^\W\d_]|(?:(?:một|hai|ba|bốn|năm|sáu) là|thứ (?:nhất|hai|ba|tư|năm))[,:]\s",
    re.IGNORECASE,
)
"""How a part is counted between two paragraphs."""

_HOUR = re.compile(
    r"\d{1,2}\s?[:.hHg]\s?[0-5]\d(?:\s?(?:Uhr|GMT|Uhr MEZ|CET|a\.?m\.?|p\.?m\.?))?\s?[:–—|-]\s?[^\W\d_«“\"]",
    re.IGNORECASE,
)
_ENTRIES = 20
"""How an entry of a report told by the hour opens, and the lines on both sides among which another does."""

_ASKED = 3
"""Questions, each over its answer, that make an interview."""


def counts_part(lines: Sequence[Line], index: int) -> bool:
    """Whether a line heads a part of the text by its number, and another near it the one before that or after it."""
    number = _part(lines, index)
    if not number:
        return False
    near = range(max(0, index - _WITHIN), min(len(lines), index + _WITHIN + 1))
    return any(_part(lines, at) in (number - 1, number + 1) for at in near if at != index)


def _part(lines: Sequence[Line], index: int) -> int:
    """The number of a line over a paragraph; 0 of any other."""
    line, below = lines[index], next((other for other in lines[index + 1 : index + 3] if not other.furniture), None)
    match = _NUMBER.match(line.text) if line.text[0].isdigit() and line.words <= _HEADING_WORDS else None
    paragraph = below is not None and below.prose and not below.bullet and len(below.text) >= _PARAGRAPH
    return int(match[1]) if match is not None and paragraph else 0


def parts_by_number(body: Body, index: int) -> bool:
    """Whether a line between paragraphs opens with the number of a part of the text."""
    line = body.lines[index]
    numbered = _COUNT.match(line.text) is not None
    return numbered and not line.ended and line.words <= _HEADING_WORDS and body.parts_paragraphs(index)


def parts_by_hour(body: Body, index: int) -> bool:
    """Whether an hour opens a line over a paragraph, and another such line stands near: a report told by the hour."""
    if _HOUR.match(body.lines[index].text) is None or body.lines[index].ended:
        return False
    near = range(max(0, index - _ENTRIES), min(len(body.lines), index + _ENTRIES + 1))
    return sum(_over_paragraph(body, at) for at in near if _HOUR.match(body.lines[at].text)) > 1


def parts_by_question(body: Body, index: int) -> bool:
    """Whether a line asks over a paragraph, as others of the text do: an interview without a sign for who asks."""
    return len(body.questions) >= _ASKED and index in body.questions


def _over_paragraph(body: Body, index: int) -> bool:
    below = body.at(index + 1)
    return below is not None and below.prose and not below.bullet

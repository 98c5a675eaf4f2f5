"""The parts of a text that are counted, each under its number and a few words."""

import re
from collections.abc import Sequence

from publisher.reading.vocabulary.lines import Line

_NUMBER = re.compile(r"(\d{1,2})[.)] (?=\S)")
_WITHIN, _PARAGRAPH, _HEADING_WORDS = 14, 100, 30
"""Lines about a part among which the one before it or after it is headed, the characters of the shortest paragraph
under a heading, and the words of the longest heading."""


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

"""What a page's readers said and are asked, under the article: remarks on other articles, and polls."""

import re
from collections.abc import Sequence
from itertools import takewhile

from publisher.reading.vocabulary.lines import Line

_VOTES = ("bình chọn", "biểu quyết", "xem kết quả", "vote", "view results", "abstimmen", "voter", "votar")
_POLL_LINES, _ANSWER_WORDS = 9, 12
"""How the buttons of polls open; the lines of a poll at most, and the words of an answer."""

_REMARK, _REMARKS = re.compile(r"\S+(?: \S+){0,3} (?:bei|zu|on|sur|en|trong|về)\s?[:„“«\"]?\s?\S+(?: \S+)+"), 2
"""Who said something, and of which article; and how many such lines are a list of them."""


def remarks_at(lines: Sequence[Line], index: int) -> Sequence[Line]:
    """The lines from an index on that say who said something of which article (``NAME on HEADLINE``), if several do."""
    remarks = list(takewhile(lambda line: _REMARK.match(line.text), lines[index:]))
    return remarks if len(remarks) >= _REMARKS else ()


def poll_at(lines: Sequence[Line], index: int) -> Sequence[Line]:
    """The question at an index with its answers, down to the button that gives a vote; empty where there is none."""
    if not lines[index].text.endswith("?"):
        return ()
    for at, line in enumerate(lines[index + 1 : index + _POLL_LINES], start=index + 1):
        if line.prose or line.label or line.words > _ANSWER_WORDS:
            return ()
        if line.lowered.startswith(_VOTES):
            return lines[index : at + 1]
    return ()

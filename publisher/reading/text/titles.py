"""The title that a browser shows, where it was saved with the page: the headline and the outlet's name."""

import re
from itertools import islice

from publisher.reading.vocabulary import fold
from publisher.reading.vocabulary.bylines import parse_byline
from publisher.reading.vocabulary.page import Page

_SEPARATOR = re.compile(r"\s+(?:[-–—|•·»:]|::)\s+")
_LONGEST_OUTLET = 60
"""What stands between the two, and the characters of the longest outlet's name."""

NAMED_WORDS = 7
"""Words of a line that is no list of names."""


def browser_title(page: Page) -> tuple[int, str, str | None] | None:
    """The line, among the first ones, that is the headline with the outlet's name, as (index, headline, outlet)."""
    for index, line in enumerate(islice(page.lines, 6)):
        if line.bullet or (line.prose and line.words > 40):
            continue
        pieces = list(_SEPARATOR.finditer(line.text))
        # A name is short: of a thousand separators only those near the end and near the beginning are looked at.
        for match in reversed([match for match in pieces if len(line.text) - match.end() <= _LONGEST_OUTLET]):
            if not _outlet(outlet := line.text[match.end() :]):
                continue
            head = line.text[: match.start()]
            byline = parse_byline(head, page.vocabulary) if len(head.split()) < NAMED_WORDS else None
            if len(head.split()) >= 3 and page.counts[fold(head)] and byline is None:
                return index, head, outlet
        for match in [match for match in pieces if match.start() <= _LONGEST_OUTLET]:
            if not _outlet(outlet := line.text[: match.start()]):
                continue
            head = line.text[match.end() :]
            if len(head.split()) >= 4 and page.counts[fold(head)]:
                return index, head, outlet
    return None


def _outlet(text: str) -> bool:
    """Whether a text can be an outlet's name: short, words, no date."""
    return (
        0 < len(text) <= _LONGEST_OUTLET
        and text[:1].isalnum()
        and not any(map(str.isdigit, text[:6]))
        and text.count(" ") < 8
    )

"""Text whose paragraphs are cut at a column, as w3m, lynx and mail programs leave it: its lines are joined again.

Programs that wrap put as many words in a line as fit. So the lines tell by themselves: where the next line's first word
would have fitted, somebody ended the line on purpose; where it would not, the paragraph goes on.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

_WIDEST = 132
"""Columns beyond which nothing is wrapped: line printers had as many."""

_NARROWEST = 40
_LEAST_JOINTS = 2
"""Lines that must go on in mid-sentence before a page counts as wrapped: a single one may be chance."""

_LEAST_SHARE = 0.42
"""The share of the lines that go on in mid-sentence which must be full to the margin. Pages that are not wrapped have
longer lines than any margin; of the few that have not, menus and verse, none has a third."""

_LONG = 0.75
"""The share of the margin from which a line without a stop goes on in one that opens with a small letter."""

_STOPS = frozenset(".:!?…|")
_WIDER = 2
"""Columns by which signs of double or no width may make even the usual line look wider."""

_FEW = 50
"""One line in so many may be wider than the margin."""

_NEARLY_ALL = 0.97

_MARKER = re.compile(r"\s*(?:[*+•▪■□►»›●○◦‣∙–—-]|\(?\d{1,3}[.)])(?=\s|$)")

_NUMBER = re.compile(r"\s*\d{1,3}\.\s\S")


def owners_of_lines(texts: Sequence[str]) -> list[int]:
    """For each line the index of the line that its paragraph begins with: its own where nothing is wrapped.

    Joining the lines of one owner by spaces gives the page as it was before it was wrapped. Blank lines own themselves.
    """
    owners = list(range(len(texts)))
    margin = _margin(texts)
    if margin is None:
        return owners
    for index in range(1, len(texts)):
        if _continues(texts[index - 1], texts[index], margin, opened=texts[owners[index - 1]]):
            owners[index] = owners[index - 1]
    return owners


def _margin(texts: Sequence[str]) -> int | None:
    """The column that the page is wrapped at; ``None`` when it is not wrapped."""
    if any(len(text) > _WIDEST and " " in text.strip() and len(text.rstrip()) > _WIDEST for text in texts):
        return None  # As most pages have soon.
    # A word longer than the line stands out over the margin, or is cut there.
    widths = sorted((len(text.rstrip()) for text in texts if " " in text.strip()), reverse=True)
    if not widths or widths[0] < _NARROWEST:
        return None
    joints = list(_mid_sentence(texts))
    # Signs of double or no width make a few lines wider than they look: the margin is the widest that explains
    # nearly all of the rest.
    narrowest = widths[len(widths) // _FEW]
    full = {
        margin: sum(_is_full(above, below, margin) for above, below in joints)
        for margin in range(widths[0], narrowest - 1 - _WIDER, -1)
    }
    most = max(full.values())
    if most < _LEAST_JOINTS or most < _LEAST_SHARE * len(joints):
        return None
    return next(margin for margin, count in full.items() if count >= _NEARLY_ALL * most)


def _mid_sentence(texts: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The neighbours of which the second begins as no line does that begins something."""
    for above, below in pairwise(texts):
        if len(above.strip()) >= _NARROWEST // 2 and below.strip()[:1].islower() and not _MARKER.match(below):
            yield above, below


def _is_full(above: str, below: str, margin: int) -> bool:
    """Whether the next line's first word would not have fitted in the line."""
    first, _, _ = below.strip().partition(" ")
    return len(above.rstrip()) + 1 + len(first) > margin


def _continues(above: str, below: str, margin: int, *, opened: str) -> bool:
    """Whether a line goes on with the paragraph of the one above it; ``opened`` is the line that began that."""
    if not above.strip() or not below.strip():
        return False
    if _MARKER.match(below) and not (_NUMBER.match(below) and _is_within(above, below, margin, opened=opened)):
        return False
    if not (_is_full(above, below, margin) or _is_torn(above, below, margin)):
        return False
    # An item goes on under its words or its marker; a paragraph may open with an indent, and never goes on with one.
    return _indent(below) >= _indent(opened) if _MARKER.match(opened) else _indent(below) <= _indent(opened)


def _is_within(above: str, below: str, margin: int, *, opened: str) -> bool:
    """Whether a line that a number opens is the rest of a sentence (*am / 14. Juli*), and no entry of a list."""
    within = above.rstrip()[-1] not in _STOPS and not _MARKER.match(opened) and _indent(below) == _indent(above)
    return within and _is_full(above, below, margin)


def _is_torn(above: str, below: str, margin: int) -> bool:
    """Whether two lines are one sentence's, though a word would have fitted: it was held to the next by its space."""
    return len(above.rstrip()) >= _LONG * margin and above.rstrip()[-1] not in _STOPS and below.strip()[:1].islower()


def _indent(text: str) -> int:
    return len(text) - len(text.lstrip())

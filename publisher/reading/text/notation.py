"""Text in the notation of a converter, as html2text and lynx leave it: its marks are taken off, and headings told.

A page counts as noted when its headings are: ``# `` before words is in no running text, and a hashtag has no space.
"""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

_HEADING = re.compile(r"\s*(?:\d{1,2}[.)]\s+|[*+-]\s+)?(#{1,6})\s+(?=[^\s#])")
_QUOTED = re.compile(r"\s*>\s+(?=[^\s>])")
_CLOSING = re.compile(r"\s+#{1,6}\s*$")
_IMAGE = re.compile(r"!\[([^\[\]]*)\]\(\s*<?[^()\s]*>?(?:\s+\"[^\"]*\")?\s*\)")
_LINK = re.compile(r"(?<!!)\[([^\[\]]+)\]\(\s*<?[^()\s]*>?(?:\s+\"[^\"]*\")?\s*\)")
_STRONG = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
_EMPHASIS = re.compile(r"(?<![\w*_])([*_])(?=[^\s*_])([^*_]*[^\s*_])\1(?![\w*_])")
_ESCAPE = re.compile(r"\\([-.+_#*()!\[\]`>])")
_HINT = re.compile(
    r"\((?:öffnet in|opens? (?:in|external)|nouvelle fenêtre|s['’]ouvre dans|(?:se )?abre en|mở trong)[^()]{0,40}\)",
    re.IGNORECASE,
)
_SPACED_HINT = re.compile(rf"\s*{_HINT.pattern}", re.IGNORECASE)
_CELL = re.compile(r"^\|\s*([^|]+?)\s*\|?$")
_BUTTON = re.compile(r"\(BUTTON\)\s*")
_LINK_NUMBER = re.compile(r"(?<![\w\]])\[(\d{1,4})\](?=[\w\"'“‘«¿¡(])")
_FEWEST_NUMBERS = 3
"""Links of a page whose numbers are lynx's: notes are numbered, too, and stand behind their words."""

_LONGEST = 20_000
"""Characters of a line that are looked through for marks: a longer one is no line of a page."""


class Plain(NamedTuple):
    """A line without its notation."""

    text: str
    level: int = 0
    """Of a heading, from 1; 0 for any other line."""


def plain_lines(texts: Sequence[str]) -> list[Plain]:
    """The lines without marks of notation, one for one; as they are on a page that has none."""
    texts = _without_numbers(texts)
    texts = [_CELL.sub(r"\1", text) if text[:1] == "|" else text for text in texts]
    texts = [_without_hints(text) if "(" in text else text for text in texts]
    if not any("#" in text and _HEADING.match(text) for text in texts):
        return [Plain(_without_buttons(text)) for text in texts]
    return [_plain(text) for text in texts]


def _without_numbers(texts: Sequence[str]) -> Sequence[str]:
    """The lines without the numbers that lynx puts before links, which rise from the first of a page to its last."""
    if sum("[" in text for text in texts) < _FEWEST_NUMBERS:
        return texts
    numbers = [int(match[1]) for text in texts for match in _LINK_NUMBER.finditer(text)]
    if len(numbers) < _FEWEST_NUMBERS or any(number >= later for number, later in pairwise(numbers)):
        return texts
    return [_LINK_NUMBER.sub("", text) for text in texts]


def _without_buttons(text: str) -> str:
    return _BUTTON.sub("", text) if "(BUTTON)" in text else text


def _without_hints(text: str) -> str:
    """A line without what is told to those who cannot see it: that a link opens a window of its own."""
    return (_SPACED_HINT.sub("", text) if _HINT.search(text) else text) or text


def _plain(text: str) -> Plain:
    if len(text) > _LONGEST:
        return Plain(text)
    heading = _HEADING.match(text)
    if heading is not None:
        text = _CLOSING.sub("", text[heading.end() :])
    elif (quoted := _QUOTED.match(text)) is not None:
        text = text[quoted.end() :]
    for mark in (_IMAGE, _LINK):
        text = mark.sub(r"\1", text)
    for mark in (_STRONG, _EMPHASIS):
        text = mark.sub(r"\2", text)
    return Plain(_ESCAPE.sub(r"\1", text), len(heading[1]) if heading else 0)

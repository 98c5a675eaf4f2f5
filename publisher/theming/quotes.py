"""Quotation marks, apostrophes and dashes as each language has them, for a theme whose option ``quotes`` asks for it.

A quotation is somebody else's words, so nothing between two marks is touched: only the marks themselves are exchanged.
Outside of quotations, apostrophes are curled and, where that is asked for, a spaced hyphen becomes a dash. A text whose
marks do not pair up stays as it is, all of it, and so does one that opens with a dash: it is a speaker's. What was
exchanged can be told from what replaced it, so the step can be undone.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

from publisher.theming.binding import NO_BREAK_SPACE

EN_DASH = "\u2013"
APOSTROPHE = "\u2019"
OPAQUE = "\ufffc"
"""Stands for a letter that is not looked at, such as one of a run in another language."""


class Marks(NamedTuple):
    """A language's pairs, as opening and closing mark."""

    double: tuple[str, str]
    single: tuple[str, str]
    apostrophes: bool = False
    """Whether an apostrophe inside a word is one of its letters' marks."""


MARKS = {
    "vi": Marks(("“", "”"), ("‘", "’")),
    "en": Marks(("“", "”"), ("‘", "’"), apostrophes=True),
    "de": Marks(("„", "“"), ("‚", "‘"), apostrophes=True),
    "fr": Marks((f"«{NO_BREAK_SPACE}", f"{NO_BREAK_SPACE}»"), ("“", "”"), apostrophes=True),
    "es": Marks(("«", "»"), ("“", "”"), apostrophes=True),
}
"""After the CLDR's quotation marks; a language that is not here keeps its texts as they are."""

_CURLED = {"“": "”", "„": "“”", "«": "»", "»": "«", "‹": "›", "‘": "’", "‚": "‘’"}
"""Marks that a writer has set, each with what may close it."""

_MARK = re.compile(f"[\"'”›{''.join(_CURLED)}]")
"""What may open a quotation or stand for a letter, and what closes one that nothing has opened."""

_OPENS_AFTER = re.compile(r"[\s(\[{/–—\-]\Z")
_CLOSES_BEFORE = re.compile(r"[\s)\]}/–—\-.,;:!?…]|\Z")
_SPEECH_BY_DASH = re.compile(r"\s*[-–—] ")
_SPACED_HYPHEN = re.compile(r"(?<=\S) - (?=\S)")


def set_marks(texts: Sequence[str], language: str, *, dashes: bool = True) -> list[str]:
    """The pieces of one text, such as a paragraph's, with the language's own marks; as they are if that is unsafe.

    Without ``dashes`` a spaced hyphen stays one.
    """
    marks = MARKS.get(language.split("-")[0].lower())
    whole = "".join(texts)
    if marks is None or _SPEECH_BY_DASH.match(whole):
        return list(texts)
    try:
        exchanged = {place: mark for place, mark in _exchanged(whole, marks) if dashes or mark != EN_DASH}
    except _UnpairedError:
        return list(texts)
    if not exchanged:  # As of most texts.
        return list(texts)
    characters = list(whole)
    for place, mark in exchanged.items():
        characters[place] = mark
    ends = list(accumulate(map(len, texts), initial=0))
    return ["".join(characters[start:end]) for start, end in pairwise(ends)]


class _UnpairedError(Exception):
    """The marks of a text do not pair up."""


def _exchanged(text: str, marks: Marks) -> Iterator[tuple[int, str]]:
    """The places of the text where another mark is to stand, and that mark."""
    place = outside = 0
    while found := _MARK.search(text, place):
        place, character = found.start(), found[0]
        if character == "'" and _is_inside_a_word(text, place):
            if marks.apostrophes:
                yield place, APOSTROPHE
        elif character == "'" and marks.apostrophes and _may_close(text, place) and not _may_open(text, place):
            yield place, APOSTROPHE  # Of a word's end: the girls' school.
        elif character in "\"'" or character in _CURLED:
            yield from _dashes(text, outside, place)
            close = _closing(text, place)
            if character in "\"'":
                pair = marks.double if character == '"' else marks.single
                yield place, pair[0]
                yield close, pair[1]
            place = outside = close
            outside += 1
        elif character in "”›":
            raise _UnpairedError
        place += 1
    yield from _dashes(text, outside, len(text))


def _closing(text: str, opening: int) -> int:
    """The place of the mark that closes what is opened there."""
    mark = text[opening]
    if mark in _CURLED:
        places = range(opening + 1, len(text))
        close = next((p for p in places if text[p] in _CURLED[mark] and not _is_inside_a_word(text, p)), -1)
        if close < 0:
            raise _UnpairedError
        return close
    if not _may_open(text, opening) or (mark == "'" and text[opening + 1 : opening + 2].isdigit()):  # '90s
        raise _UnpairedError
    close = text.find(mark, opening + 1)
    while mark == "'" and close > 0 and _is_inside_a_word(text, close):
        close = text.find(mark, close + 1)
    if close < 0 or not _may_close(text, close) or (_may_open(text, close) and close + 1 < len(text)):
        raise _UnpairedError
    return close


def _is_inside_a_word(text: str, place: int) -> bool:
    return 0 < place < len(text) - 1 and text[place - 1].isalnum() and text[place + 1].isalpha()


def _may_open(text: str, place: int) -> bool:
    """Whether a mark there may open: something follows it, and what stands before it ends nothing."""
    before, after = text[max(0, place - 1) : place], text[place + 1 : place + 2]
    return bool(after.strip()) and (not before or bool(_OPENS_AFTER.search(before)) or before in "\"'“‘„«‚")


def _may_close(text: str, place: int) -> bool:
    """Whether a mark there may close: something stands before it, and what follows it begins nothing."""
    before, after = text[max(0, place - 1) : place], text[place + 1 : place + 2]
    return bool(before.strip()) and (bool(_CLOSES_BEFORE.match(after)) or after in "\"'”’“»‘")


def _dashes(text: str, start: int, end: int) -> Iterator[tuple[int, str]]:
    """The spaced hyphens of a part that is outside of quotations."""
    if " - " not in text:  # As in most.
        return
    for match in _SPACED_HYPHEN.finditer(text, start):
        if match.start() + 1 >= end:
            break
        yield match.start() + 1, EN_DASH

"""Several headlines run together in one line, taken apart where the evidence allows.

Each way to part the line is weighed: how long headlines of the language are, and how much each word looks like a
headline's first. The likeliest is taken, when headlines are likely at all and no other way is about as likely.
"""

import re
from itertools import pairwise
from math import exp
from typing import NamedTuple

from publisher.reading.vocabulary import fold
from publisher.reading.vocabulary.names import PARTICLES
from publisher.reading.vocabulary.page import Page

_FEWEST_WORDS, _MOST_WORDS = 5, 26
_TOGETHER, _LONGEST = 18, 2000
"""Words of the shortest line that holds several headlines, and the characters of the longest."""

_LOOKED_AT = 400
"""Lines in which headlines known from elsewhere are looked for, so that no page costs the square of its size."""

_USUAL = {"vi": (13.5, 3.5), "en": (8.5, 2.5), "de": (8.0, 2.5)}
_USUAL_ELSEWHERE = (11.5, 3.2)
"""Words of the usual headline, and how far others are from that."""

_SURE, _HEADLINES = 0.4, 0.04
"""How likely the likeliest way to part a line is, among all, where it is believed; and how likely all are together: of
133 sentences of the *fit* half without their full stop eight are so likely."""

# How much likelier a headline's first word looks so than another word: counted in 116 Vietnamese headlines.
_KNOWN = 100.0
_CAPITAL, _CAPITALS, _NUMBER = 12.0, 4.0, 0.2
_ASKED, _STOPPED, _QUOTED, _NAMED_PLACE = 8.0, 0.1, 6.0, 3.0
_COMMON, _OFFICE, _NAME, _FOREIGN, _LED_ON = 3.0, 0.4, 0.05, 0.3, 0.02
_PLACE, _AFTER_NAME, _HALF_NAME = 0.01, 0.25, 0.1

_EDGES = "\"“”'‘’«».,:;()[]\N{NO-BREAK SPACE}"
_OPENING, _ENDING = "\"“'‘«¿¡", "?!…"
_PARTED = frozenset(",:;–-(/&")
_LEADING = PARTICLES.union(re.findall(r"\w+", "và của các những cho với tại trong từ theo là để do bị một ở"))
"""Words that lead on to others, and end no headline; of Vietnamese ones those that are no part of longer words."""

_APART = re.compile("(?<=[«¿¡]) | (?=[»:;?!%€$](?:\\s|$))")
"""Spaces that part a sign from its word."""

_SYLLABLE = re.compile("[bcdđghklmnpqrstvx]{0,3}[^\\Wbcdđfghjklmnpqrstvwxz_]+(?:ch|n[gh]?|[cmpt])?", re.IGNORECASE)
"""A Vietnamese syllable: its words in other letters, or of several syllables, are foreign names."""


class Parted(NamedTuple):
    """What a line of headlines may be taken apart into."""

    parts: list[str]
    """The headlines; the line as it is where their boundaries are not sure."""

    sure: bool
    likely: bool
    """Whether headlines are in the line rather than one sentence."""


def run_together(text: str) -> bool:
    """Whether a line is too long and too unpunctuated to be one headline."""
    words = text.count(" ") + 1
    return words >= _TOGETHER and len(text) <= _LONGEST and not text.endswith((".", ":", "…", '"', "”", ","))


def split_headlines(text: str, page: Page, *, told: bool = False) -> Parted:
    """The headlines in a line.

    ``told``: that headlines are in the line, and no sentence, is known.
    """
    text = _APART.sub("\N{NO-BREAK SPACE}", _unglue(text))
    words = text.split(" ")
    known = _known_boundaries(text, page)
    odds = [1.0] + [_opens(words, at, page, known) for at in range(1, len(words))]
    usual, spread = _USUAL.get(page.language, _USUAL_ELSEWHERE)
    weights = [exp(-(((length - usual) / spread) ** 2) / 2) / (2.5 * spread) for length in range(_MOST_WORDS + 1)]
    # Of all ways to part the words before each word: how likely they are together, the likeliest, and its last part.
    every, best, came_from = [1.0], [1.0], [0]
    starts = [at for at, likely in enumerate(odds) if likely]
    for end in range(1, len(words) + 1):
        together, likeliest, last = 0.0, -1.0, 0
        for start in starts:
            if _FEWEST_WORDS <= end - start <= _MOST_WORDS:
                weight = odds[start] * weights[end - start]
                together += every[start] * weight
                if best[start] * weight > likeliest:
                    likeliest, last = best[start] * weight, start
        every.append(together)
        best.append(max(likeliest, 0.0))
        came_from.append(last)
    cuts = [len(words)]
    while cuts[-1]:
        cuts.append(came_from[cuts[-1]])
    cuts.reverse()
    parts = [" ".join(words[start:end]) for start, end in pairwise(cuts)]
    likely = told or every[-1] >= _HEADLINES
    sure = likely and len(parts) > 1 and best[-1] >= _SURE * every[-1]
    parts = parts if sure else [text]
    return Parted([part.replace("\N{NO-BREAK SPACE}", " ") for part in parts], sure, likely)


def _opens(words: list[str], at: int, page: Page, known: set[int]) -> float:
    """How much likelier a word looks as it does when it opens a headline than when it does not."""
    if at in known:
        return _KNOWN
    before, word = words[at - 1], words[at]
    following = words[at + 1] if at + 1 < len(words) else ""
    bare = word.strip(_EDGES)
    if not bare or before[-1] in _PARTED or bare[0].islower() or page.language == "de":
        return 0.0
    odds = _ASKED if before[-1] in _ENDING else _STOPPED if before[-1] == "." else 1.0
    odds *= _QUOTED if word[0] in _OPENING else 1.0
    if before in _LEADING or (page.language != "vi" and before.casefold() in page.vocabulary.stop_words):
        odds *= _LED_ON
    common = _is_common(bare, page)
    if before[0].isupper() and before[-1].isalpha():
        odds *= max(_goes_on_name(words, at, page), _AFTER_NAME if common else 0.0)
    if bare[0].isdigit():
        return odds * _NUMBER
    if bare.isupper() and len(bare) > 1:
        return odds * _CAPITALS
    if not following[:1].islower() or word[-1] in ",.":
        return odds * _CAPITALS * (_NAMED_PLACE if _name_end(words, at)[-1] == ":" else 1)
    odds *= _CAPITAL
    if common:
        return odds * _COMMON
    if _written(page, bare):
        return odds * _NAME
    if bare in page.vocabulary.capitalised:
        return odds * _OFFICE
    return odds * _FOREIGN if page.language == "vi" and not _SYLLABLE.fullmatch(bare) else odds


def _is_common(word: str, page: Page) -> bool:
    """Whether a word is no name's, so that its capital says that something opens."""
    lowered = word.casefold()
    return lowered in page.vocabulary.stop_words or lowered in page.vocabulary.headline_openers


def _name_end(words: list[str], at: int) -> str:
    """The last word of the name that opens with a word."""
    while at < len(words) - 1 and words[at][-1].isalnum() and words[at + 1][0].isupper():
        at += 1
    return words[at]


def _goes_on_name(words: list[str], at: int, page: Page) -> float:
    """What it says against a word that it may belong to the name before it."""
    before, word = words[at - 1], words[at].strip(_EDGES)
    if fold(f"{before} {word}") in page.vocabulary.places:
        return _PLACE
    if before in page.vocabulary.capitalised:
        return _AFTER_NAME
    whole = page.language != "vi" or before.isupper() or not _SYLLABLE.fullmatch(before)
    opened = at > 1 and words[at - 2][0].isupper() and words[at - 2][-1].isalnum()
    return _AFTER_NAME if whole or opened else _HALF_NAME


def _unglue(text: str) -> str:
    """A space where a lower-case letter runs into a capitalised word; brands such as VnExpress are left alone."""
    return " ".join(word if word.isascii() else _parted(word) for word in text.split())


def _parted(word: str) -> str:
    """A word with a space before each capital that stands between two small letters."""
    for at in range(len(word) - 2, 0, -1):
        if word[at].isupper() and word[at - 1].islower() and word[at + 1].islower():
            word = f"{word[:at]} {word[at:]}"
    return word


def _known_boundaries(text: str, page: Page) -> set[int]:
    """The words before which headlines known from elsewhere on the page start or end in the line."""
    found: set[int] = set()
    for line in page.lines[:_LOOKED_AT]:
        if 4 <= line.words <= _MOST_WORDS and len(line.text) < len(text):
            at = text.find(line.text)
            if at >= 0:
                first = text.count(" ", 0, at)
                found |= {first, first + line.text.count(" ") + 1}
    return found - {0}


def _written(page: Page, word: str) -> bool:
    """Whether a word stands in the page's paragraphs with a capital after a word in small letters."""
    text = page.running_text
    at = text.find(" " + word)
    while at >= 0:
        end = at + 1 + len(word)
        before = text[text.rfind(" ", max(0, at - 40), at) + 1 : at]
        if before and before[0].islower() and before[-1].islower() and not text[end : end + 1].isalnum():
            return True
        at = text.find(" " + word, end)
    return False

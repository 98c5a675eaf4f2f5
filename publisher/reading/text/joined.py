"""Several headlines run together in one line, taken apart where the evidence allows."""

import re

from publisher.reading.vocabulary.page import Page

_WORD = re.compile(r"[^\s]+")
_FEWEST_WORDS = 5
_MOST_WORDS = 26
_LONGEST = 2000
_LOOKED_AT = 400
"""Lines in which headlines known from elsewhere are looked for, so that no page costs the square of its size."""


def run_together(text: str) -> bool:
    """Whether a line is too long and too unpunctuated to be one headline."""
    return text.count(" ") + 1 >= 18 and len(text) <= _LONGEST and not text.endswith((".", ":", "…", '"', "”", ","))


def split_headlines(text: str, page: Page) -> tuple[list[str], bool]:
    """The headlines in a line, and whether their boundaries are sure.

    A boundary is a capital after a lower-case word, when the word it starts goes on in lower case (so it is no personal
    name) and stands nowhere on the page with a capital in mid-sentence; or the start of a headline known from elsewhere
    on the page. Each part must have the length of a headline.
    """
    text = _unglue(text)
    known = _known_boundaries(text, page)
    words = list(_WORD.finditer(text))
    starts = [0]
    first = 0
    for position in range(1, len(words)):
        start = words[position].start()
        long = position - first >= _FEWEST_WORDS and len(words) - position >= _FEWEST_WORDS - 1
        if start in known or (long and _opens(words, position, page)):
            starts.append(start)
            first = position
    parts = [text[start:end].strip() for start, end in zip(starts, [*starts[1:], len(text)], strict=True)]
    sure = len(parts) > 1 and all(_FEWEST_WORDS - 1 <= part.count(" ") + 1 <= _MOST_WORDS for part in parts)
    return (parts, True) if sure else ([text], False)


def _unglue(text: str) -> str:
    """A space where a lower-case letter runs into a capitalised word; brands such as VnExpress are left alone."""
    return " ".join(word if word.isascii() else _parted(word) for word in text.split(" "))


def _parted(word: str) -> str:
    """A word with a space before each capital that stands between two small letters."""
    for at in range(len(word) - 2, 0, -1):
        if word[at].isupper() and word[at - 1].islower() and word[at + 1].islower():
            word = f"{word[:at]} {word[at:]}"
    return word


def _opens(words: list[re.Match[str]], position: int, page: Page) -> bool:
    """Whether the word at a position can open a headline after the word before it."""
    if page.language == "de":
        return False  # Its nouns have capitals.
    before, word = words[position - 1].group(), words[position].group()
    following = words[position + 1].group() if position + 1 < len(words) else ""
    if not word[0].isupper() or (not before[-1].isalnum() and before[-1] not in '"”»)?!%'):
        return False
    if before[0].isupper() and before[-1] not in "?!" and not before.isupper():
        return False
    if not following[:1].islower() or (word.isupper() and len(word) > 1):
        return False
    if word[-1] in ",;.":
        return False
    # No headline ends in a small word; in Vietnamese such syllables are parts of words too.
    if page.language != "vi" and before.casefold() in page.vocabulary.stop_words:
        return False
    bare = word.strip('"“”.,:;()')
    return bare not in page.vocabulary.capitalised and not _is_name(bare, page)


def _known_boundaries(text: str, page: Page) -> set[int]:
    """Where headlines known from elsewhere on the page start and end in the line."""
    found: set[int] = set()
    for line in page.lines[:_LOOKED_AT]:
        if 4 <= line.words <= _MOST_WORDS and len(line.text) < len(text):
            at = text.find(line.text)
            if at >= 0:
                found.add(at)
                rest = at + len(line.text)
                found.add(rest + (len(text[rest:]) - len(text[rest:].lstrip())))
    return found - {0, len(text)}


def _is_name(word: str, page: Page) -> bool:
    """Whether a word stands capitalised after a lower-case word within the page's paragraphs."""
    if page.prose is None:
        page.prose = "\n".join(line.text[:5000] for line in page.lines if line.prose)
    at = page.prose.find(" " + word)
    while at >= 0:
        end = at + 1 + len(word)
        start = page.prose.rfind(" ", max(0, at - 40), at) + 1
        before = page.prose[start:at]
        if before and before[0].islower() and before[-1].islower() and not page.prose[end : end + 1].isalnum():
            return True
        at = page.prose.find(" " + word, end)
    return False

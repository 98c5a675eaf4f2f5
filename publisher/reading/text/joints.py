"""Where links run into one another: a style sheet sets them apart, and the program that made text of them saw none."""

from itertools import pairwise

from publisher.reading.vocabulary.words import words_in

_ENDING = frozenset("!?»”…%)")
"""Signs that a headline may end in, and no word goes on from."""

_LEAST_BEFORE, _LONG_BEFORE, _LONG_AFTER = 2, 7, 5
"""Letters of a word in small letters into which another runs (*iPhone* has one), and of two words with capitals:
the parts of brands (*HelloFresh*) are shorter."""

_INNER = "innen"
"""How German names men and women (*LehrerInnen*)."""

_FEWEST, _MOST_WORDS = {"vi": 5}, 30
_FEWEST_WORDS = 4
"""Words of the shortest and the longest headline that runs into another."""

_LONGEST = 2000
"""Characters of the longest line that is looked at."""


def parted(text: str) -> list[str]:
    """The parts of a line between which one word surely runs into the next; the line alone where none does."""
    if len(text) > _LONGEST:
        return [text]
    cuts, start = [0], 0
    for word in text.split(" "):
        if not word[1:].islower():  # As most are, and are no two.
            cuts += [start + at for at in _joints(word)]
        start += len(word) + 1
    return [text[one:other].strip() for one, other in pairwise([*cuts, len(text)])]


def headlines_in(text: str, language: str) -> list[str]:
    """The headlines that run into one another in a line; empty where it holds none or one."""
    parts = parted(text)
    fewest = _FEWEST.get(language, _FEWEST_WORDS)
    return parts if len(parts) > 1 and all(fewest <= words_in(part) <= _MOST_WORDS for part in parts) else []


def is_row_of_buttons(text: str, language: str) -> bool:
    """Whether what runs into one another in a line is too short for headlines, every part of it."""
    parts = parted(text)
    fewest = _FEWEST.get(language, _FEWEST_WORDS)
    return len(parts) > 1 and all(words_in(part) <= fewest for part in parts)


def _joints(word: str) -> list[int]:
    """The places in a word where another begins."""
    found: list[int] = []
    begun = 0
    for at in range(1, len(word) - 1):
        if not (word[at].isupper() and word[at + 1].islower()) or word[at : at + len(_INNER)].lower() == _INNER:
            continue
        before, above = word[begun:at], word[at - 1]
        if above in _ENDING:
            sure = True
        elif above.isdigit():
            sure = before.isdigit()
        elif above.islower() and before.isalpha():
            small = before.islower() and len(before) >= _LEAST_BEFORE
            small = small or not (before + word[at:]).isascii()
            sure = small or (len(before) >= _LONG_BEFORE and _letters(word, at) >= _LONG_AFTER)
        else:
            sure = False
        if sure:
            found.append(at)
            begun = at
    return found


def _letters(word: str, at: int) -> int:
    """How many small letters follow a capital."""
    end = at + 1
    while end < len(word) and word[end].islower():
        end += 1
    return end - at

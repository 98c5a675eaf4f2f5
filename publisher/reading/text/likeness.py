"""How much two texts have in common, by the stems of their words."""

from publisher.reading.vocabulary import Vocabulary
from publisher.reading.vocabulary.words import words_among

_FEWEST_LETTERS = 3
_STEM = 6
"""Letters of a word that count: inflected forms of one word agree in them, most different words do not."""


_NEAR_START = 3000


def overlap(one: str, other: str, known: Vocabulary) -> float:
    """The share of words that two lines have in common, of the shorter one; 0 when a line has no word that counts."""
    first, second = stems(one, known), stems(other, known)
    return len(first & second) / min(len(first), len(second)) if first and second else 0.0


def share(short: str, text: str, known: Vocabulary) -> float:
    """The share of a short line's words that a text has near its start."""
    return covered(short, stems(text[:_NEAR_START], known), known)


def covered(short: str, found: set[str], known: Vocabulary) -> float:
    """The share of a short line's words whose stems are among those found in a text."""
    words = stems(short, known)
    return len(words & found) / len(words) if words else 0.0


def stems(text: str, known: Vocabulary) -> set[str]:
    """The stems of a text's words, those left out that are in every text."""
    # Texts repeat their words: each piece is looked at once.
    pieces = set(text.casefold().split())
    plain = set(filter(str.isalpha, pieces))
    words = plain.union(words_among(pieces - plain)) - known.stop_words
    return {word[:_STEM] for word in words if len(word) >= _FEWEST_LETTERS}

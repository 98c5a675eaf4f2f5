"""Words: runs of letters, whatever stands between them."""

import re
from collections.abc import Iterable

_LETTERS = re.compile(r"[^\W\d_]+")
MARKS = "\u0900-\u0963\u0970-\u0dff\u0e00-\u0e4e\u0e81-\u0ece"
"""Letters of scripts that write vowels as marks, and these."""

_FIRST_MARKED = "\u0900"
_MARKED = re.compile(rf"(?:[{MARKS}]|[^\W\d_])+")

_SPACELESS = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3041-\u30ff\u3400-\u9fff]")
FIRST_SPACELESS, _WORD_SIGNS = "\u0e00", 2
"""The signs of scripts that set no spaces between words, the first of them, and how many make a word about."""


def single_spaced(text: str) -> str:
    """The text with one space wherever white space stands in it, and none at its ends."""
    # Most texts are so already, and splitting them takes several times as long as seeing that.
    return text if text.isprintable() and "  " not in text and text == text.strip() else " ".join(text.split())


def words_of(text: str) -> list[str]:
    """The runs of letters in a text, in order, as they are written."""
    return words_among(text.split())


def words_among(pieces: Iterable[str]) -> list[str]:
    """The runs of letters in what white space parts, in its order."""
    words: list[str] = []
    for piece in pieces:
        if piece.isalpha():  # As most are: the expression takes five times as long.
            words.append(piece)
        else:
            words += (_LETTERS if piece[0] < _FIRST_MARKED else _MARKED).findall(piece)
    return words


def letters_in(text: str) -> int:
    """How many letters a text has, vowels that are written as marks among them."""
    plain = sum(map(str.isalpha, text))
    return plain if 2 * plain >= len(text) else sum(map(len, _MARKED.findall(text)))


def words_in(text: str) -> int:
    """How many words a line has; about as many in scripts that set no spaces between them."""
    spaced = text.count(" ") + 1
    if text and (text[0] >= FIRST_SPACELESS or text[len(text) // 2] >= FIRST_SPACELESS):
        return max(spaced, len(_SPACELESS.findall(text)) // _WORD_SIGNS)
    return spaced

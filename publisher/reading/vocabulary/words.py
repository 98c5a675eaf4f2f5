"""Words: runs of letters, whatever stands between them."""

import re

_LETTERS = re.compile(r"[^\W\d_]+")
MARKS = "\u0900-\u0963\u0970-\u0dff\u0e00-\u0e4e\u0e81-\u0ece"
"""Letters of scripts that write vowels as marks, and these."""

_FIRST_MARKED = "\u0900"
_MARKED = re.compile(rf"(?:[{MARKS}]|[^\W\d_])+")


def words_of(text: str) -> list[str]:
    """The runs of letters in a text, in order, as they are written."""
    words: list[str] = []
    for piece in text.split():
        if piece.isalpha():  # As most are: the expression takes five times as long.
            words.append(piece)
        else:
            words += (_LETTERS if piece[0] < _FIRST_MARKED else _MARKED).findall(piece)
    return words


def letters_in(text: str) -> int:
    """How many letters a text has, vowels that are written as marks among them."""
    plain = sum(map(str.isalpha, text))
    return plain if 2 * plain >= len(text) else sum(map(len, _MARKED.findall(text)))

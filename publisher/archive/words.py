"""Words as an archive is searched for them: without case, and found without their marks too."""

import re
import unicodedata

_WORD = re.compile(r"[^\W_]+")
_CROSSED = str.maketrans({"đ": "d", "ð": "d", "ø": "o", "ł": "l", "ħ": "h"})
"""Letters whose mark is no character of its own in Unicode."""


def words_in(text: str) -> list[str]:
    """The words of a text, each as often as it stands there: NFC, case folded."""
    return _WORD.findall(unicodedata.normalize("NFC", text).casefold())


def unmarked(word: str) -> str:
    """The word without its marks, as it is typed in a hurry: ``cầu`` is ``cau``, ``Đà`` is ``da``."""
    apart = unicodedata.normalize("NFD", word.casefold().translate(_CROSSED))
    return "".join(character for character in apart if not unicodedata.combining(character))


def searched(text: str) -> set[str]:
    """What a text is found by: its words, and those that have marks without them too.

    So who types marks finds only what has them, and who types none finds both.
    """
    words = set(words_in(text))
    return words | {unmarked(word) for word in words if not word.isascii()}

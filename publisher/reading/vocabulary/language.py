"""The language of a text: what its page declares, its most frequent words and its letters, and a detector's word."""

import re
from collections import Counter
from functools import lru_cache

from publisher.reading.vocabulary import Vocabulary
from publisher.reading.vocabulary.detection import detected
from publisher.reading.vocabulary.words import words_of

UNDETERMINED = "und"

# Letters with a hook above, a dot below, a horn or two marks at once are in no other language's press.
_VIETNAMESE_LETTER = re.compile("[ăắằẳẵặấầẩẫậđẻẽẹếềểễệỉĩịỏọốồổỗộơớờởỡợủũụưứừửữựỳỷỹỵảạ]")
_SAMPLE = 4_000
_FEWEST_WORDS = 8
_SURE = 0.25
_MARGIN = 1.6
"""The words of a text, the share of a language's most frequent ones in it, and how many times as many as of the next,
from which it is surely in that language. Texts in the shipped ones have .34 and more, and five times as many; Italian,
Dutch, Romanian or Catalan ones have at most .22 of any, and hardly more than of the next."""


def is_vietnamese(text: str) -> bool:
    """Whether a text has a letter that no other language's press has."""
    return _VIETNAMESE_LETTER.search(text) is not None


def frequent_words(text: str, known: Vocabulary) -> dict[str, int]:
    """How many of a text's words are among the most frequent of each shipped language."""
    return _hits(Counter(words_of(text.casefold())), known)


def _hits(words: Counter[str], known: Vocabulary) -> dict[str, int]:
    return {
        tag: sum(count for word, count in words.items() if word in frequent)
        for tag, frequent in _frequent(known).items()
    }


@lru_cache(maxsize=64)
def _frequent(known: Vocabulary) -> dict[str, frozenset[str]]:
    """The most frequent words of each shipped language."""
    return {tag: frozenset(entry.stop_words) for tag, entry in known.languages.items()}


def language_for(text: str, known: Vocabulary, declared: str | None = None) -> str:
    """The language of an article as a BCP 47 tag: what is declared, unless the text surely is in another.

    A text of which nothing is declared has the language that its words surely show, else the one that the detector
    finds, where it is installed; ``und`` when nothing decides.
    """
    sure = sure_language(text, known)
    if declared is not None:
        primary = declared.split("-")[0]
        if sure not in (None, primary):
            return sure or UNDETERMINED
        # Where one country speaks for a language, its name in the tag says nothing, and other readers leave it out.
        return primary if primary == "vi" else declared
    return sure or detected(text[:_SAMPLE]) or language_of(text, known)


def sure_language(text: str, known: Vocabulary) -> str | None:
    """The shipped language that a text is in beyond doubt."""
    sample = text[:_SAMPLE].casefold()
    if len(_VIETNAMESE_LETTER.findall(sample)) * 5 > len(sample.split()):
        return "vi"
    words = words_of(sample)
    hits = sorted(((count, tag) for tag, count in _hits(Counter(words), known).items()), reverse=True)
    (most, found), (next_most, _) = hits[:2]
    return found if len(words) >= _FEWEST_WORDS and most >= _SURE * len(words) and most >= _MARGIN * next_most else None


def language_of(text: str, known: Vocabulary) -> str:
    """A BCP 47 tag among the shipped languages, or ``und`` when nothing decides."""
    sample = text[:_SAMPLE].casefold()
    words = words_of(sample)
    total = len(words)
    if not total:
        return UNDETERMINED
    # Half of Vietnamese words bear such a letter; of a foreign page that names Vietnamese people, one in twenty.
    if len(_VIETNAMESE_LETTER.findall(sample)) * 5 > total:
        return "vi"
    scores = _hits(Counter(words), known)
    best = max(scores, key=lambda tag: (scores[tag], tag))
    return best if scores[best] * 20 >= total else UNDETERMINED

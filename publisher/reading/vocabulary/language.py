"""The language of a text, by its most frequent words and its letters."""

import re
from collections import Counter

from publisher.reading.vocabulary import Vocabulary
from publisher.reading.vocabulary.words import words_of

UNDETERMINED = "und"

# Letters with a hook above, a dot below, a horn or two marks at once are in no other language's press.
_VIETNAMESE_LETTER = re.compile("[ăắằẳẵặấầẩẫậđẻẽẹếềểễệỉĩịỏọốồổỗộơớờởỡợủũụưứừửữựỳỷỹỵảạ]")
_SAMPLE = 4_000


def is_vietnamese(text: str) -> bool:
    """Whether a text has a letter that no other language's press has."""
    return _VIETNAMESE_LETTER.search(text) is not None


def frequent_words(text: str, known: Vocabulary) -> dict[str, int]:
    """How many of a text's words are among the most frequent of each shipped language."""
    return _hits(Counter(words_of(text.casefold())), known)


def _hits(words: Counter[str], known: Vocabulary) -> dict[str, int]:
    return {tag: sum(words[word] for word in set(entry.stop_words)) for tag, entry in known.languages.items()}


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

"""The language of a text: what its page declares, its most frequent words and its letters, and a detector's word."""

import re
from collections import Counter
from functools import lru_cache
from itertools import islice

from publisher.reading.vocabulary import Vocabulary
from publisher.reading.vocabulary.detection import detected
from publisher.reading.vocabulary.words import words_of

UNDETERMINED = "und"

# Letters with a hook above, a dot below, a horn or two marks at once are in no other language's press; ă is Romanian,
# and đ Croatian.
_VIETNAMESE_LETTER = re.compile("[ắằẳẵặấầẩẫậẻẽẹếềểễệỉĩịỏọốồổỗộơớờởỡợủũụưứừửữựỳỷỹỵảạ]")
_SCRIPTS = (
    # A tenth of a Japanese text's letters at least are its own; what has Han alone is Chinese.
    ("ja", 0.1, re.compile("[\u3041-\u30ff]")),
    ("ko", 0.5, re.compile("[\uac00-\ud7a3]")),
    ("zh", 0.5, re.compile("[\u4e00-\u9fff]")),
    ("th", 0.5, re.compile("[\u0e01-\u0e4e]")),
    ("lo", 0.5, re.compile("[\u0e81-\u0ecd]")),
    ("km", 0.5, re.compile("[\u1780-\u17d3]")),
    ("my", 0.5, re.compile("[\u1000-\u103f]")),
    ("el", 0.5, re.compile("[\u0370-\u03ff\u1f00-\u1fff]")),
    ("he", 0.5, re.compile("[\u05d0-\u05ea]")),
    ("hy", 0.5, re.compile("[\u0531-\u0587]")),
    ("ka", 0.5, re.compile("[\u10d0-\u10ff]")),
    ("ta", 0.5, re.compile("[\u0b80-\u0bff]")),
)
"""Scripts of one language's press alone, and the share of a text's letters that they have in it."""

_FEWEST_LETTERS = 20
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
        tag: sum(words[word] for word in frequent.intersection(words)) for tag, frequent in _frequent(known).items()
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
    """The language that a text is in beyond doubt: a shipped one, or one that a script is used for alone."""
    sample = text[:_SAMPLE].casefold().strip()
    # Where nothing but single spaces stands between words, these are counted in a tenth of the time.
    single = sample.isprintable() and "  " not in sample
    fifth = (sample.count(" ") + 1 if single else len(sample.split())) // 5
    if next(islice(_VIETNAMESE_LETTER.finditer(sample), fifth, None), None) is not None:
        return "vi"
    if not sample.isascii() and (written := _language_of_script(sample)) is not None:
        return written
    words = words_of(sample)
    hits = sorted(((count, tag) for tag, count in _hits(Counter(words), known).items()), reverse=True)
    (most, found), (next_most, _) = hits[:2]
    return found if len(words) >= _FEWEST_WORDS and most >= _SURE * len(words) and most >= _MARGIN * next_most else None


def _language_of_script(text: str) -> str | None:
    """The language whose own script a text is written in; other scripts are shared, or the text is too short."""
    letters = sum(map(str.isalpha, text))
    if letters < _FEWEST_LETTERS:
        return None
    return next((tag for tag, share, own in _SCRIPTS if len(own.findall(text)) >= share * letters), None)


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

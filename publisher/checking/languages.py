"""Language tags, as documents write them, and the language that a text is really in."""

import re

from publisher.model.characters import normal

NAMES = {"de": "German", "en": "English", "es": "Spanish", "fr": "French", "vi": "Vietnamese"}
"""The languages that are told apart."""

LEAST_LETTERS = 200
VIETNAMESE_SHARE = 0.06
"""Of the letters. On annotated news pages Vietnamese has 0.14 to 0.22, each other language 0.00."""

SMALL_WORDS_SHARE = 0.12
"""Of the words. On annotated news pages each language has 0.18 to 0.28 of its own, and 0.05 or less of another's."""

_VIETNAMESE_ALONE = re.compile("[ăđơư\u1ea0-\u1ef9]")
"""Letters of no other language of NAMES: ă, đ, ơ, ư, and the block of letters with two marks or a dot below."""

_SMALL_WORDS = {
    language: frozenset(words.split())
    for language, words in {
        "de": "der die das und den von zu mit ist im auf für nicht ein eine dem des sich als auch",
        "en": "the of and to in is was for that with on by as at from it are be this",
        "es": "el los las y en que una por con del para se su al más como pero fue",
        "fr": "le les des et du une est dans pour que qui sur par au aux ne pas ce avec",
    }.items()
}

_TAG = re.compile(
    r"(?:[a-z]{2,3}(?:-[a-z]{3}){0,3}|[a-z]{4,8})(?:-[a-z]{4})?(?:-(?:[a-z]{2}|\d{3}))?"
    r"(?:-(?:[a-z0-9]{5,8}|\d[a-z0-9]{3}))*(?:-[a-wy-z0-9](?:-[a-z0-9]{2,8})+)*(?:-x(?:-[a-z0-9]{1,8})+)?"
    r"|x(?:-[a-z0-9]{1,8})+|i-[a-z]+",
    re.IGNORECASE,
)


def is_language_tag(text: str) -> bool:
    """Whether it is well-formed by BCP 47 (RFC 5646, 2.1); not whether such a language exists."""
    return bool(_TAG.fullmatch(text))


def primary(tag: str) -> str:
    """The language alone: ``vi`` of ``vi-VN``."""
    return tag.partition("-")[0].casefold()


def likely_language(text: str) -> str | None:
    """The language of a text, of those in ``NAMES``; ``None`` when it is short, mixed or in any other."""
    text = normal(text).casefold()
    letters = sum(map(str.isalpha, text))
    if letters < LEAST_LETTERS:
        return None
    if len(_VIETNAMESE_ALONE.findall(text)) > VIETNAMESE_SHARE * letters:
        return "vi"
    words = re.findall(r"[^\W\d_]+", text)
    shares = {language: sum(word in small for word in words) / len(words) for language, small in _SMALL_WORDS.items()}
    first, second = sorted(shares, key=lambda language: -shares[language])[:2]
    return first if shares[first] > SMALL_WORDS_SHARE and shares[first] > 2 * shares[second] else None

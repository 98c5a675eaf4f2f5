"""Names: whether a few words are, by their looks, a person's, an outlet's, an office's or a place's."""

import re

from publisher.reading.vocabulary import Vocabulary, fold, lower
from publisher.reading.vocabulary.words import MARKS

_NAME_WORD = re.compile(rf"^[^\W\d_a-zà-öø-ÿ](?:[^\W\d_]|[{MARKS}])*(?:[-'’.][^\W\d_]+)*\.?$")
_INITIALS = re.compile(r"^(?:[^\W\d_]\.){1,4}$|^[A-ZĐ]{1,2}\.?$|^[A-ZĐ]\.[^\W\d_]+$")
_RUNS_ON = re.compile(r"[^\W\d_A-ZÀ-ÞĐ]{5}[A-ZÀ-ÞĐ]")
"""Two words that run into one another: the capital in a name comes sooner (*MacArthur*, *FitzGerald*)."""

PARTICLES = frozenset(
    re.findall("[a-z]+", "de da do di du del der den des dos la le van von bin ibn al el y e zu ter af")
)
"""Small words inside a name."""

EAST_ASIAN = re.compile("[\u3041-\u30ff\u3400-\u9fff\uac00-\ud7a3]{2,6}")
"""A person's name in scripts that part no words in it."""

_LONGEST = 48
_DOTTED = re.compile(r"^[^\W\d_]\.[^\W\d_.]{2,}$")
_HIGHLAND = re.compile(r"^[HYĐ]['’][A-ZĐ][^\W\d_]+$")
"""A first name of the peoples of Vietnam's highlands (``H'Lan``)."""

_SINGLE = re.compile(r"^[^\W\d_a-z][^\W\d_.]*(?:\.[^\W\d_.]+)*$|^(?:[^\W\d_]\.)+[^\W\d_]*\.?$")
_SITE = re.compile(r"^[\w.-]+\.(?:vn|com|net|org|com\.vn|de|fr|es)$")
_ARTICLES = frozenset(("the", "der", "die", "das", "el", "los", "las", "une", "uno", "una"))
"""Words that open a name of an outlet, of a column or of a place, and no person's."""

_FUNCTION_WORDS = frozenset(
    re.findall(
        r"\w+",
        "zur zum im am vom ihr ihre ihren unser unsere mehr alle neue neues wie was wer warum mit für aus bei nach "
        "über auf your our more all new how what why when who for with from about this these notre nos votre vos "
        "plus tous toutes sur dans pour avec en au aux ce cette comment pourquoi nuestro nuestra sus tus más todos "
        "todas para con cómo qué via view get add follow watch listen sign log take",
    )
)
"""Words that open what a page says of itself (*Zur Person*, *Your Guide*) or asks for (*View Profile*), and no name."""


def name_like(text: str) -> bool:
    """Whether a text has the shape of one person's name."""
    if len(text) > _LONGEST:
        return False
    words = text.split()
    if not 1 < len(words) <= 6:
        return bool(len(words) == 1 and (_DOTTED.match(text) or _HIGHLAND.match(text)))
    if any(character.isdigit() for character in text):
        return False
    capitals = 0
    for position, word in enumerate(words):
        if word.casefold() in PARTICLES and 0 < position < len(words) - 1:
            continue
        if word[0].islower() or _RUNS_ON.search(word) or not (_NAME_WORD.match(word) or _INITIALS.match(word)):
            return False
        capitals += 1
    return capitals >= 2


def single_name(text: str) -> bool:
    """Whether a text is one word that may be a name where a word such as *By* introduces it."""
    return bool(_SINGLE.match(text)) and len(text) < 24


def is_organisation(text: str, known: Vocabulary) -> bool:
    """Whether a name is an outlet's, a desk's or a firm's by one of its words, and no person's."""
    lowered = lower(text)
    words = lowered.replace("-", " ").split()
    opened = lowered.startswith(known.outlets) or (len(words) > 1 and words[0] in _ARTICLES)
    return opened or not known.organisations.isdisjoint(words)


def names_thing(text: str, known: Vocabulary) -> bool:
    """Whether what looks like a name is a button's, a picture's or a column's, which never signs."""
    words = lower(text).replace("-", " ").split()
    opened = words[0] in _FUNCTION_WORDS
    return opened or any(word.endswith("'s") for word in words[:-1]) or not known.things.isdisjoint(words)


def is_agency(text: str, known: Vocabulary) -> bool:
    """Whether a text is the name of an agency, or the address of a site."""
    agencies = known.agencies
    key = fold(text)
    return key in agencies or bool(_SITE.match(key)) or any(fold(part) in agencies for part in text.split("/"))


def is_role(text: str, known: Vocabulary) -> bool:
    """Whether a text says what somebody does (*correspondent*, *ghi*)."""
    roles = known.roles
    key = fold(text)
    words = key.split()
    return bool(words) and (key in roles or (len(words) <= 6 and (words[-1] in roles or words[0] in roles)))


def is_place(text: str) -> bool:
    """Whether a text has the shape of a place: three words with capitals at most."""
    words = text.split()
    return len(words) <= 3 and all(word[:1].isupper() for word in words)

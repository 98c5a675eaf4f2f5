"""Who signs, where a byline says more of each than a name: what somebody did, with whom, or what they are."""

import re

from publisher.reading.vocabulary import Vocabulary, fold
from publisher.reading.vocabulary.names import is_organisation, is_role, name_like, names_thing

_DID = re.compile(r"([^(),;&]{4,40}?) ?\(([^()]{2,30})\)(?:\s*(?:,|;|&|\bund\b|\bet\b|\by\b|\band\b)\s*|$)")
_WITH = re.compile(r" (?:avec|with|mit|con) (?=[A-ZÀ-Þ]|l[’']|(?:the|la|le|les|die|der|dem|el) [A-ZÀ-Þ])")
_WROTE = frozenset(("text", "texte", "textes", "texto", "textos", "words", "bericht", "recherche", "tekst", "testo"))
"""What brackets say of who has written."""

_BEHIND = 60
"""Characters behind the last bracket, at most: a place, a day and an hour."""

_FEWEST, _LONGEST, _LONGEST_NAME = 2, 12, 4
"""Names in a line that says what each did; the words of the longest line in which an office is looked for behind a
name, and of that name."""

_OF = frozenset(("de", "del", "des", "du", "en", "of", "für"))
"""Words behind an office that say whose it is."""

_JOINT = re.compile(r"[a-zà-ỹ]{2}(?=[A-ZÀ-ÞĐ][a-zà-ỹ])")
_PREFIXES = frozenset(("mac", "fitz", "van", "von", "del", "della", "de", "di", "la", "le", "des", "dos", "san"))
"""Where two names run into one another, and what of one name runs into its next part."""

_TOWN = frozenset(
    ("bad", "san", "santa", "saint", "sankt", "são", "new", "los", "las", "port", "puerto", "fort", "mount")
)
"""Words that open the names of towns, and nobody's."""


def plain(text: str, known: Vocabulary) -> str | None:
    """A byline without what it says of those who sign; ``None`` where it says nothing of them.

    ``A (Text), B (Fotos)`` is *A*, ``Par A avec l'agence`` is *Par A*, and ``A Redactora de Economía`` is
    *A, Redactora de Economía*.
    """
    if text.count("(") >= _FEWEST and len(text) - text.rfind(")") <= _BEHIND:
        return _writers(text[: text.rfind(")") + 1], known)
    joined = _WITH.search(text)
    return text[: joined.start()] if joined is not None else _before_office(text, known)


def names_town(text: str) -> bool:
    """Whether two words with the looks of a name are a town's by the first of them."""
    first, _, second = text.partition(" ")
    return first.casefold() in _TOWN and second.isalpha()


def parted_names(text: str, known: Vocabulary) -> str:
    """A line with a semicolon between two names that run into one another, the second no office and no town."""
    joint = _JOINT.search(text)
    if joint is None or any(character.isdigit() for character in text):
        return text
    one, other = text[: joint.end()], text[joint.end() :]
    if fold(one.split()[-1]) in _PREFIXES or not (name_like(one) and name_like(other)):
        return text
    thing = is_role(other, known) or is_organisation(other, known) or names_thing(other, known) or names_town(other)
    return text if thing else f"{one}; {other}"


def _writers(text: str, known: Vocabulary) -> str | None:
    """Those of whom brackets do not say that they took the pictures, where brackets follow every name."""
    parts = list(_DID.finditer(text))
    if len(parts) < _FEWEST or sum(len(part[0]) for part in parts) < len(text):
        return None
    did = [part[2].casefold() for part in parts]
    if not any(each in _WROTE or each.startswith(known.credits) for each in did):
        return None
    wrote = (part[1].strip() for part, each in zip(parts, did, strict=True) if not each.startswith(known.credits))
    return ", ".join(wrote) or None


def _before_office(text: str, known: Vocabulary) -> str | None:
    """A name and the office behind it, a comma between them."""
    words = text.split()
    if not _FEWEST < len(words) <= _LONGEST:
        return None
    for at in range(_FEWEST, min(len(words), _LONGEST_NAME + 1)):
        if words[at].casefold() in known.roles and words[at + 1 : at + 2] and words[at + 1] in _OF:
            name = " ".join(words[:at])
            return f"{name}, {' '.join(words[at:])}" if name_like(name) else None
    return None

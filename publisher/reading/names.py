"""Names as bylines print them, and the bylines around them."""

import re

from publisher.model.blocks import Value
from publisher.reading.dates import without_date
from publisher.reading.words import fold, vocabulary

_NAME_WORD = re.compile(r"^[^\W\d_a-zà-öø-ÿ][^\W\d_]*(?:[-'’.][^\W\d_]+)*\.?$")
_INITIALS = re.compile(r"^(?:[^\W\d_]\.){1,4}$|^[A-ZĐ]{1,2}\.?$|^[A-ZĐ]\.[^\W\d_]+$")
_PARTICLES = frozenset(
    [
        "de",
        "da",
        "di",
        "du",
        "del",
        "der",
        "den",
        "des",
        "dos",
        "la",
        "le",
        "van",
        "von",
        "bin",
        "binti",
        "ibn",
        "al",
        "el",
        "y",
        "e",
        "zu",
        "ter",
        "af",
    ]
)
_BRACKET = re.compile(r"\s*[(\[]([^()\[\]]*)[)\]]\s*")
_OPENER = re.compile(r"^([^:]{1,28}?)\s*:\s*(.+)$")
_LEADING_OPENER = re.compile(
    r"^(By|Von|Par|Por|Theo|Written by|Propos recueillis par|Escrito por|Texto de|Eine? [^\W\d_]+ von)\s+(?=\S)",
    re.IGNORECASE,
)
_SLASH_OUTLET = re.compile(r"\s*/\s*[\w.+ -]{2,30}$")
_SEPARATORS = re.compile(r"\s+[-–—|•·]\s+|\s*[|•·;]\s*|\s*,\s+|\s*,$|\s+&\s+")
_TOO_LONG = 160
_MOST_NAMES = 8


class Byline(Value, frozen=True, kw_only=True):
    """A line read as a byline."""

    names: tuple[str, ...]
    when: str
    """The date and time in the line, as printed; ``""`` when none."""

    signed: bool
    """Whether a word, a date or a role says so, and not the shape of the name alone."""


def name_like(text: str) -> bool:
    """Whether a text has the shape of one person's name."""
    words = text.split()
    if not 1 < len(words) <= 6 or len(text) > 48:
        return bool(len(words) == 1 and re.match(r"^[^\W\d_]\.[^\W\d_.]{2,}$", text))
    if any(character.isdigit() for character in text):
        return False
    capitals = 0
    for position, word in enumerate(words):
        if word.casefold() in _PARTICLES and 0 < position < len(words) - 1:
            continue
        if not (_NAME_WORD.match(word) or _INITIALS.match(word)):
            return False
        capitals += 1
    return capitals >= 2


def family_name_first(text: str) -> bool:
    """Whether a text starts with a Vietnamese family name."""
    first = text.split(" ", 1)[0]
    return first.capitalize() in vocabulary().family_names


def parse_byline(text: str) -> Byline | None:
    """The byline in a line; ``None`` when the line is none.

    Agencies, places and roles beside a person's name are left out; an agency stands when nobody else signs.
    """
    if len(text) > _TOO_LONG:
        return None
    rest, when = without_date(text)
    rest = rest.strip(" -–—|•·,;:()[]")
    if not rest:
        return None
    opened = False
    names: list[str] = []
    agencies: list[str] = []
    for part in _opened_parts(rest):
        opener, body = part
        opened = opened or opener
        found = _people(body, opener or opened)
        if found is None:
            return None
        names += [name for name in found[0] if name not in names]
        agencies += [name for name in found[1] if name not in agencies]
    if len(names) > _MOST_NAMES or not (names or agencies):
        return None
    role = any(_is_role(piece) for piece in _SEPARATORS.split(rest))
    signed = opened or bool(when) or role or (bool(agencies) and bool(names))
    return Byline(names=tuple(names or agencies), when=when, signed=signed)


def _opened_parts(text: str) -> list[tuple[bool, str]]:
    """The parts of a byline, each with whether an opener (``By``, ``Tin:``) introduced it, the opener removed."""
    known = vocabulary()
    parts: list[tuple[bool, str]] = []
    pieces = re.split(r"\s+[-–—|•·;]\s+|\s*[;•|]\s*|\s{2,}", text)
    for piece in pieces:
        match = _OPENER.match(piece)
        if match and fold(match[1]) in known.openers:
            parts.append((True, match[2]))
            continue
        match = _LEADING_OPENER.match(piece)
        if match:
            parts.append((True, piece[match.end() :]))
            continue
        parts.append((False, piece))
    return [(opener, body.strip()) for opener, body in parts if body.strip()]


def _people(text: str, opened: bool) -> tuple[list[str], list[str]] | None:
    """The people and the agencies of a byline's part; ``None`` when it holds something that is neither."""
    for inside in _BRACKET.findall(text):
        if not (_is_agency(inside) or _is_role(inside) or name_like(inside) or fold(inside).startswith("theo ")):
            return None
    bracketed = [inside for inside in _BRACKET.findall(text) if _is_agency(inside)]
    text = _BRACKET.sub(" ", text).strip()
    names: list[str] = []
    agencies: list[str] = [*bracketed]
    for piece in _pieces(text):
        bare = _SLASH_OUTLET.sub("", piece).strip(" .") if "/" in piece else piece.strip()
        if _is_agency(bare):
            agencies.append(bare)
        elif _is_role(bare):
            continue
        elif name_like(bare) or (opened and _single_name(bare)):
            names.append(bare)
        elif names and (_is_place(bare) or _is_role(bare)):
            continue
        else:
            return None
    return (names, agencies) if names or agencies or not text else ([], [])


def _pieces(text: str) -> list[str]:
    """A list of names taken apart at commas and at the words for *and*; a trailing ``in Place`` goes."""
    joined = vocabulary().joiners
    words = ["," if word.casefold() in joined else word for word in text.replace(",", " , ").split()]
    text = re.sub(r"(?:\s*,\s*)+", ", ", " ".join(words)).strip(", ")
    text = re.sub(r"\s+(?:in|à|en|aus|tại|für|pour|para)\s+[^\W\d_a-z][^,]*$", "", text)
    return [piece for piece in _SEPARATORS.split(text) if piece]


def _single_name(text: str) -> bool:
    return (
        bool(re.match(r"^[^\W\d_a-z][^\W\d_.]*(?:\.[^\W\d_.]+)*$|^(?:[^\W\d_]\.)+[^\W\d_]*\.?$", text))
        and len(text) < 24
    )


def _is_agency(text: str) -> bool:
    key = fold(text)
    if key.startswith("theo "):
        key = key[5:]
    return key in vocabulary().agencies or bool(re.match(r"^[\w.-]+\.(?:vn|com|net|org|com\.vn|de|fr|es)$", key))


def _is_role(text: str) -> bool:
    key = fold(text)
    roles = vocabulary().roles
    words = key.split()
    return bool(words) and (key in roles or (len(words) <= 6 and (words[-1] in roles or words[0] in roles)))


def _is_place(text: str) -> bool:
    words = text.split()
    return len(words) <= 3 and all(word[:1].isupper() for word in words)

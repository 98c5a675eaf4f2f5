"""Bylines: who signs in a line, for which agency, and when."""

import re
from functools import lru_cache

from publisher.model.blocks import Value
from publisher.reading.vocabulary import Vocabulary, fold
from publisher.reading.vocabulary.dates import without_date
from publisher.reading.vocabulary.names import (
    EAST_ASIAN,
    PARTICLES,
    is_agency,
    is_organisation,
    is_place,
    is_role,
    name_like,
    names_thing,
    single_name,
)

_BRACKET = re.compile(r"\s*[(\[]([^()\[\]]*)[)\]]\s*")
_OPENER = re.compile(r"^([^:：]{1,28}?)\s*[:：]\s*(.+)$")
_SLASH_OUTLET = re.compile(r"\s*/\s*[\w.+ -]{2,30}$")
_SEPARATORS = re.compile(r"\s+[-–—|•·]\s+|\s*[|•·;]\s*|\s*,\s+|\s*,$|\s+&\s+")
_PARTS = re.compile(
    r"\s+[-–—|•·;]\s+|\s*[;•|]\s*|\s{2,}"
    r"|\.\s+(?=(?:Pictures|Photos|Photographs|Photography|Images|Illustrations?|Graphics?|Video|Fotos?|Bilder)"
    r" (?:by|von|de|par|por) )"
)
_COMMAS = re.compile(r"(?:\s*,\s*)+")
_IN_PLACE = re.compile(r"\s+(?:in|à|en|aus|tại|für|pour|para)\s+[^\W\d_a-z][^,\s]*(?:\s[^,\s]+){0,3}$")
_LEADING_WITH = re.compile(r"^(?:theo|avec|mit|with|con|và|và theo|nach)\s+", re.IGNORECASE)
_SOURCED = re.compile(
    r"^(?:theo|nguồn|nach|mit material|d['’]après|según)(?::\s*|\s+)(\S+(?:\s+\S+){0,6})$", re.IGNORECASE
)
"""What a signature's brackets say of the text's source (*Theo hãng tin …*), in a few words."""

_ADDRESS = re.compile(r"\(?[\w.+-]+@[\w.-]+\)?")
_FOLLOW = re.compile(r"\s+\+?\s?(?:follow|folgen|suivre|seguir|theo dõi)$", re.IGNORECASE)
_BEFORE_DATE = re.compile(r"\s(?:on|at|am|um|le|el|em|ngày|lúc)$")
_TOLD_WHEN = re.compile(
    r"[\s,|·•–-]+(?:(?:last |first )?(?:published|posted|updated)|publiée?|mise? à jour|modifiée?|veröffentlicht|"
    r"aktualisiert|erschienen|publicad[ao]|actualizad[ao]|atualizad[ao]|pubblicato|aggiornato|gepubliceerd|bijgewerkt)$",
    re.IGNORECASE,
)
"""What stands between a name and the day that was taken out, and the word before that."""

_COMPASS = frozenset(
    ("north", "south", "east", "west", "middle", "far", "northern", "southern", "eastern", "western", "central")
)
"""Words that open the region a correspondent reports from (*South East Asia correspondent*), and no name."""

_ELSEWHERE = frozenset(
    re.findall(
        r"\w+",
        "كتب كتبت كتبه بقلم تقرير 文 取材 記者 글 기자 di testo articolo autore door tekst text av af forfatter автор "
        "текст yazan haber oleh penulis",
    )
)
"""Words that open a byline, with a colon, in languages that have no vocabulary of their own."""

_SINGLE_OPENERS = (
    "by",
    "von",
    "par",
    "por",
    "theo",
    "autor",
    "autora",
    "autorin",
    "author",
    "auteur",
    "autrice",
    "door",
    "av",
)
_CLOSING = re.compile(r"[.!?…][»”“\"]?\s+(?=(?:By|Von|Par|Por|BY|VON|PAR|POR)\s+[^\W\d_])")
_CLOSING_LENGTH = 120
_SOURCES = frozenset(("theo", "nguồn", "nach", "d'après", "según"))
_EDITORS = frozenset(("editing by", "additional reporting by", "biên tập"))
_META_PARTS = re.compile(r"\s+[-–—|•·]\s+|\s*[|•·;,]\s*")
_SOURCE_WORDS = 8
_TOO_LONG = 160
_MOST_NAMES = 8
_OUTLET_WORDS = 4
_EMPLOYER_WORDS = 5
_TWO = 2
"""Words of the shortest name that a role is taken off."""


class Byline(Value, frozen=True, kw_only=True):
    """A line read as a byline. It has a person or an agency at least."""

    people: tuple[str, ...]
    agencies: tuple[str, ...]
    """Agencies, and what the text was taken from (``Theo …``): they sign when no person does."""

    when: str
    """The date and time in the line, as printed; ``""`` when none."""

    signed: bool
    """Whether a word, a date or a role says so, and not the shape of the name alone."""

    introduced: bool = False
    """Whether a word or a role says so: beside a date alone rubrics and places stand, too."""


@lru_cache(maxsize=4096)
def parse_byline(text: str, known: Vocabulary) -> Byline | None:
    """The byline in a line; ``None`` when the line is none.

    Places and roles beside a person's name are left out.
    """
    if len(text) > _TOO_LONG:
        return None
    rest, when = without_date(text, known)
    rest = _FOLLOW.sub("", rest)
    rest = _TOLD_WHEN.sub("", _BEFORE_DATE.sub("", rest.rstrip(" -–—|•·,;:"))) if when else rest
    rest = _ADDRESS.sub(" ", rest).strip(" -–—|•·,;:") if "@" in rest else rest.strip(" -–—|•·,;:")
    if rest.startswith("(") and rest.endswith(")"):
        rest = rest[1:-1]
    if not rest.strip("()[] "):
        return None
    people: list[str] = []
    agencies: list[str] = []
    opened, credited, role = False, True, False
    for opener, body in _opened_parts(rest, known):
        if opener in _EDITORS:
            continue
        credited = credited and opener in known.credits
        opened = opened or bool(opener)
        found = _people(body, opened, known)
        if found is None and people and not opener and _is_bureau(body, known):
            continue
        if found is None and not people and (employed := _employed(body, opener)) is not None:
            # What follows says where they work, not who else signs.
            people.append(employed)
            opened = True
            break
        if found is None:
            return None
        taken = opener in _SOURCES and not any(found[1])
        # After whole names a single word is a place.
        placed = not opener and any(" " in name for name in people)
        people += [] if taken else [name for name in found[0] if name not in people and (" " in name or not placed)]
        agencies += [name for name in (found[0] if taken else found[1]) if name not in agencies]
        role = role or found[2]
    # A photographer alone signs a picture, not the article.
    if len(people) > _MOST_NAMES or credited or not (people or agencies):
        return None
    introduced = opened or role or bool(people and any(is_agency(name, known) for name in agencies))
    return Byline(
        people=tuple(people),
        agencies=tuple(agencies),
        when=when,
        signed=bool(when) or introduced,
        introduced=introduced,
    )


def names_beside_date(text: str, known: Vocabulary) -> Byline | None:
    """Who signs in a line that gives a day and an hour, whatever else stands in it; ``None`` when nobody does.

    The parts before the date are asked one by one, and the first that is no byline ends them: after a name come its
    source and its section, never another name.
    """
    rest, when = without_date(text, known)
    people: list[str] = []
    agencies: list[str] = []
    at = text.find(when)
    for part in parts_of(rest[at:]) if 0 < at < len(rest) else ():
        # After the date a name must be introduced: sections and places stand there too.
        byline = parse_byline(part, known) if part else None
        if byline is not None and byline.signed and byline.people:
            people += byline.people
    for part in parts_of(rest[:at] or rest):
        byline = parse_byline(part, known) if part else None
        source = _LEADING_WITH.match(part)
        if byline is not None:
            people += [name for name in byline.people if name not in people]
            agencies += byline.agencies
        elif source and len(part.split()) <= _SOURCE_WORDS:
            agencies.append(part[source.end() :])
        elif people or agencies:
            break
    if not (people or agencies):
        return None
    return Byline(people=tuple(people), agencies=tuple(agencies), when=when, signed=True)


def parts_of(text: str) -> list[str]:
    """The parts of a line about the article, taken apart at dashes, bars, dots and commas."""
    return _META_PARTS.split(text)


@lru_cache(maxsize=64)
def _leading_opener(known: Vocabulary) -> re.Pattern[str]:
    """Matches a byline's first words where no colon follows them; of single words only the unmistakable."""
    several = {opener for opener in known.openers if " " in opener}
    openers = sorted({*several, *_SINGLE_OPENERS}, key=len, reverse=True)
    # With a capital, *Di* opens surnames.
    return re.compile(rf"^({'|'.join(map(re.escape, openers))}|(?-i:di))\s+(?=\S)", re.IGNORECASE)


def _opened_parts(text: str, known: Vocabulary) -> list[tuple[str, str]]:
    """The parts of a byline, each with what introduced it (``By``, ``Tin:``), folded; ``""`` when nothing did."""
    parts: list[tuple[str, str]] = []
    for piece in _PARTS.split(text):
        match = _OPENER.match(piece)
        if match and (fold(match[1]) in known.openers or fold(match[1]) in _ELSEWHERE):
            parts.append((fold(match[1]), match[2].strip()))
            continue
        match = _leading_opener(known).match(piece)
        parts.append((fold(match[1]), piece[match.end() :].strip()) if match else ("", piece.strip()))
    parts = [(opener, body) for opener, body in parts if body]
    # Before ``| By NAME`` stands the outlet or a rubric, unless it is a name as well.
    if len(parts) > 1 and not parts[0][0] and parts[1][0] in _SINGLE_OPENERS and not name_like(parts[0][1]):
        return parts[1:] if len(parts[0][1].split()) <= _OUTLET_WORDS else parts
    return parts


def _people(text: str, opened: bool, known: Vocabulary) -> tuple[list[str], list[str], bool] | None:
    """The people and the agencies of a byline's part, and whether a role stands with them.

    ``None`` when it holds something that is none of these.
    """
    inside: list[str] = []
    sources: list[str] = []
    for bracket in _BRACKET.findall(text):
        parts = re.split(r"\s*,\s*", _LEADING_WITH.sub("", bracket))
        if all(
            is_agency(part, known) or is_role(part, known) or name_like(part) or (opened and is_place(part))
            for part in parts
        ):
            inside += parts
        elif (source := _SOURCED.match(bracket)) is not None:
            sources.append(source[1])
        else:
            return None
    people: list[str] = []
    organisations: list[str] = []
    agencies = [*sources, *(found for found in inside if is_agency(found, known))]
    roles = any(is_role(found, known) for found in inside)
    listed_people, outlet = _without_outlet(_BRACKET.sub(" ", text).strip(), known)
    agencies += [outlet] if outlet else []
    for piece in _pieces(listed_people, known):
        bare, role = _without_role(_SLASH_OUTLET.sub("", piece).strip(" .") if "/" in piece else piece.strip(), known)
        if fold(piece) in known.agencies:
            # An agency's name may have the word of a role (``Agencia EFE``).
            agencies.append(piece.strip())
            continue
        # After a role, alone or after its name, comes whom they work for.
        employed = (bool(people) or not opened) and roles
        roles = roles or role
        if not bare:
            continue
        if is_agency(bare, known) or (employed and not role and name_like(bare)):
            agencies.append(bare)
        elif fold(bare) in known.places or names_thing(bare, known):
            continue
        elif is_organisation(bare, known) and name_like(bare):
            organisations.append(bare)
        elif (
            name_like(bare)
            or (role and EAST_ASIAN.fullmatch(bare))
            or (opened and single_name(bare) and not any(" " in name for name in people))
        ):
            people.append(bare)
        elif not ((people or agencies) and is_place(bare)):
            return None
    # An outlet signs as an agency does, when nobody else signs.
    return people, agencies + organisations, roles or bool(sources)


def _without_outlet(text: str, known: Vocabulary) -> tuple[str, str]:
    """A list of names without what follows the last of them: nobody is named after *and* and a comma but an outlet."""
    head, comma, tail = text.rpartition(",")
    words = head.rpartition(",")[2].split()
    closing = name_like(tail.strip()) or is_place(tail)
    if comma and closing and any(word.casefold() in known.joiners for word in words[1:]):
        return head.strip(), tail.strip()
    return text, ""


def _without_role(text: str, known: Vocabulary) -> tuple[str, bool]:
    """A byline's piece without the role before or after the name, and whether there was one; all of it may be one."""
    roles = known.roles
    key = fold(text)
    if key in roles:
        return "", True
    words = text.split()
    if len(words) == _TWO and EAST_ASIAN.fullmatch(words[0]) and fold(words[1]) in roles:
        return words[0], True
    for count in (3, 2, 1):
        if len(words) > count + 1:
            named = words[:-count]
            if fold(" ".join(words[-count:])) in roles and name_like(" ".join(named)):
                if fold(named[0]) in _COMPASS:
                    return "", True
                while len(named) > _TWO and fold(named[-1]) in known.fields:
                    named.pop()
                return " ".join(named), True
            if fold(" ".join(words[:count])) in roles and name_like(" ".join(words[count:])):
                return " ".join(words[count:]), True
    return ("", True) if is_role(text, known) else (text, False)


def _pieces(text: str, known: Vocabulary) -> list[str]:
    """A list of names taken apart at commas and at the words for *and*; a trailing ``in Place`` goes."""
    words = ["," if word.casefold() in known.joiners else word for word in text.replace(",", " , ").split()]
    text = _COMMAS.sub(", ", " ".join(words)).strip(", ")
    pieces = [piece for piece in _SEPARATORS.split(_IN_PLACE.sub("", text)) if piece]
    return [name for piece in pieces for name in _beside_a_slash(piece, known)]


def _beside_a_slash(piece: str, known: Vocabulary) -> list[str]:
    """Two people that a slash with spaces parts; any other piece as it is, as an outlet stands behind a slash, too."""
    names = piece.split(" / ")
    people = all(name_like(name) and not is_agency(name, known) for name in names)
    return names if len(names) > 1 and people else [piece]


def closing_byline(text: str, known: Vocabulary) -> Byline | None:
    """The byline after a text's last sentence (``… lebendig. Von NAME``); ``None`` when none closes it."""
    tail = text[-_CLOSING_LENGTH:]
    ends = [match.end() for match in _CLOSING.finditer(tail)]
    byline = parse_byline(tail[ends[-1] :], known) if ends else None
    return byline if byline is not None and byline.people else None


def _employed(text: str, opener: str) -> str | None:
    """The person that a word introduces, when the few capitals after the comma say for whom they write."""
    name, _, tail = text.partition(", ")
    words = tail.split()
    named = 0 < len(words) <= _EMPLOYER_WORDS and all(
        word[0].isupper() or word[-1].isdigit() or word in PARTICLES for word in words
    )
    signs = opener in _SINGLE_OPENERS and opener not in _SOURCES
    return name if signs and named and name_like(name) else None


def _is_bureau(text: str, known: Vocabulary) -> bool:
    """Whether a part after a name says from where it was sent: a known place, or one in capitals (``ĐBSCL``)."""
    return fold(text) in known.places or (text.isupper() and text.isalpha())

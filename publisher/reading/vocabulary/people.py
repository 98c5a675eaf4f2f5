"""Who signs in a part of a byline: people and agencies, without their roles and places."""

import re

from publisher.reading.vocabulary import Vocabulary, fold, lower
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

LEADING_WITH = re.compile(r"^(?:theo|avec|mit|with|con|và|và theo|nach)\s+", re.IGNORECASE)
SOURCE_WORDS = 8
"""Words of the title of what a text was taken from, at most."""


_BRACKET = re.compile(r"\s*[(\[]([^()\[\]]*)[)\]]\s*")
_SLASH_OUTLET = re.compile(r"\s*/\s*[\w.+ -]{2,30}$")
_LETTERS = re.compile(r"\b[A-ZĐ]{2,}\b")
"""Letters that stand for an outlet's words."""

_LISTED = re.compile(r"\s*,\s*|\s+(?:and|und|et|y|và|&)\s+")
"""Between names in brackets."""

_SEPARATORS = re.compile(r"\s+[-–—|•·]\s+|\s*[|•·;]\s*|\s*,\s+|\s*,$|\s+&\s+")
_COMMAS = re.compile(r"(?:\s*,\s*)+")
_IN_PLACE = re.compile(r",?\s+(?:in|à|en|aus|tại|für|[Ff]or|pour|para)\s+[^\W\d_a-z][^,\s]*(?:\s[^,\s]+){0,3}$")
_PLACE_OPENS = re.compile(r"^(?:in|à|en|aus|tại|từ)\s+")
_SOURCED = re.compile(
    r"^(?:theo|nguồn|nach|mit material|d['’]après|según)(?::\s*|\s+)(\S+(?:\s+\S+){0,6})$", re.IGNORECASE
)
"""What a signature's brackets say of the text's source (*Theo hãng tin …*), in a few words."""

_REPORTERS = re.compile(r"[\u3400-\u9fff]{0,8}(?:记者|記者)\s+((?:[\u3400-\u9fff]{2,4}\s*)+)$")
"""Who reports for whom, in Chinese: the outlet, the word for reporters, and their names."""

_COMPASS = frozenset(
    ("north", "south", "east", "west", "middle", "far", "northern", "southern", "eastern", "western", "central")
)
"""Words that open the region a correspondent reports from (*South East Asia correspondent*), and no name."""

_RANKS = frozenset(("senior", "chief", "deputy", "executive", "associate", "assistant", "managing", "contributing"))
"""Words that open an office of several words, and no name."""

_EMPLOYER_WORDS = 5
_FOR_WHOM = frozenset(("to", "for", "the"))
"""Small words before an outlet's name (*Special to the …*)."""

_TWO = 2
"""Words of the shortest name that a role is taken off."""


def _is_title(text: str) -> bool:
    """Whether a few words may be the title of a paper."""
    return text[:1].isupper() and len(text.split()) <= SOURCE_WORDS


def _is_outlet(text: str, known: Vocabulary) -> bool:
    """Whether a few words are what an outlet is, and its title (``báo An Giang``)."""
    return lower(text).startswith(known.outlets) and len(text.split()) <= SOURCE_WORDS


def people_in(text: str, opened: bool, known: Vocabulary, *, sourced: bool) -> tuple[list[str], list[str], bool] | None:
    """The people and the agencies of a byline's part, and whether a role stands with them.

    ``None`` when it holds something that is none of these. After *Theo*, ``sourced``, brackets hold a paper's title.
    """
    if (reporters := _REPORTERS.match(text)) and all(map(EAST_ASIAN.fullmatch, reporters[1].split())):
        return reporters[1].split(), [], True
    inside: list[str] = []
    sources: list[str] = []
    for bracket in _BRACKET.findall(text):
        bare = LEADING_WITH.sub("", bracket)
        parts = _LISTED.split(_IN_PLACE.sub("", _PLACE_OPENS.sub("", bare)))
        placed = opened or _PLACE_OPENS.match(bare) is not None
        if all(
            is_agency(part, known) or is_role(part, known) or name_like(part) or (placed and is_place(part))
            for part in parts
        ):
            inside += parts
        elif (source := _SOURCED.match(bracket)) is not None:
            sources.append(source[1])
        elif (sourced and _is_title(bracket)) or _is_outlet(bracket, known):
            sources.append(bracket)
        else:
            return None
    people: list[str] = []
    organisations: list[str] = []
    agencies = [*sources, *(found for found in inside if is_agency(found, known))]
    any_role = roles = any(is_role(found, known) for found in inside)
    listed_people, outlet = _without_outlet(_BRACKET.sub(" ", text).strip(), known)
    agencies += [outlet] if outlet else []
    for piece, joined in _pieces(listed_people, known):
        if joined:
            roles = False  # After *and* comes another person, whatever the one before was.
        bare, role = _without_role(_SLASH_OUTLET.sub("", piece).strip(" .") if "/" in piece else piece.strip(), known)
        if fold(piece) in known.agencies:
            # An agency's name may have the word of a role (``Agencia EFE``).
            agencies.append(piece.strip())
            continue
        # After a role, alone or after its name, comes whom they work for.
        employed = (bool(people) or not opened) and roles
        roles, any_role = roles or role, any_role or role
        if not bare:
            continue
        if is_agency(bare, known) or (employed and not role and name_like(bare)):
            agencies.append(bare)
        elif fold(bare) in known.places or names_thing(bare, known):
            continue
        elif opened and (signed := _of_agency(bare, known)) is not None:
            people.append(signed[0])
            agencies.append(signed[1])
        elif (is_organisation(bare, known) or (people and _has_letters(bare))) and name_like(bare):
            name = " ".join(bare.split()[:_TWO])
            if joined and opened and name != bare and not is_organisation(name, known):
                people.append(name)  # ``NAME and NAME Coast News``: what follows the last is whom they work for.
            else:
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
    return people, agencies + organisations, any_role or bool(sources)


def _without_outlet(text: str, known: Vocabulary) -> tuple[str, str]:
    """A list of names without what follows the last of them: nobody is named after *and* and a comma but an outlet."""
    head, comma, tail = text.rpartition(",")
    words = head.rpartition(",")[2].split()
    closing = name_like(tail.strip()) or is_place(tail)
    if comma and closing and any(word.casefold() in known.joiners for word in words[1:]):
        return head.strip(), tail.strip()
    return text, ""


def _has_letters(text: str) -> bool:
    """Whether a word of letters alone is in what looks like a name: an outlet's has one (*Portal MS*), no person's."""
    return not text.isupper() and any(len(word) > 1 and word.isalpha() and word.isupper() for word in text.split()[1:])


def _of_agency(text: str, known: Vocabulary) -> tuple[str, str] | None:
    """A person and the agency whose name of several words follows theirs with no sign between: ``NAME Nord Presse``."""
    words = text.split()
    for at in range(_TWO, len(words) - 1):
        name, agency = " ".join(words[:at]), " ".join(words[at:])
        if fold(agency) in known.agencies and name_like(name):
            return name, agency
    return None


def _without_role(text: str, known: Vocabulary) -> tuple[str, bool]:
    """A byline's piece without the role before or after the name, and whether there was one; all of it may be one."""
    roles = known.roles
    key = fold(text)
    if key in roles:
        return "", True
    words = text.split()
    if len(words) > 1 and fold(words[-1]) in roles and (ranked := _before_rank(words, known)) is not None:
        return ranked, True
    if len(words) == _TWO and EAST_ASIAN.fullmatch(words[0]) and fold(words[1]) in roles:
        return words[0], True
    for count in (3, 2, 1):
        if len(words) > count + 1:
            named = words[:-count]
            if fold(" ".join(words[-count:])) in roles and name_like(" ".join(named)):
                if fold(named[0]) in _COMPASS or is_agency(named[0], known):
                    return "", True
                while len(named) > _TWO and fold(named[-1]) in known.fields:
                    named.pop()
                return " ".join(named), True
            if fold(" ".join(words[:count])) in roles and name_like(" ".join(words[count:])):
                return " ".join(words[count:]), True
    return ("", True) if is_role(text, known) else (text, False)


def _before_rank(words: list[str], known: Vocabulary) -> str | None:
    """The name before the rank that opens an office (``NAME Senior Washington Correspondent``).

    ``""`` for an office alone, or with whom it is of; ``None`` where there is no rank.
    """
    at = next((at for at, word in enumerate(words[:-1]) if word.casefold() in _RANKS), None)
    if at is None:
        return None
    name = " ".join(words[:at])
    return "" if at <= 1 else name if name_like(name) else None


def _pieces(text: str, known: Vocabulary) -> list[tuple[str, bool]]:
    """A list of names taken apart at commas and at the words for *and*, each with whether it alone follows such a word.

    ``in Place`` after a name goes.
    """
    pieces: list[tuple[str, bool]] = []
    for at, group in enumerate(_groups(text, known)):
        names = [piece for piece in _SEPARATORS.split(_IN_PLACE.sub("", group)) if piece]
        people = [name for piece in names for name in _beside_a_slash(piece, known)]
        pieces += [(name, at > 0 and len(people) == 1) for name in people]
    return pieces


def _groups(text: str, known: Vocabulary) -> list[str]:
    """A text taken apart at the words for *and*."""
    groups: list[list[str]] = [[]]
    for word in text.replace(",", " , ").split():
        # Where nobody is named before it, a *Y* opens a name: many in the highlands of Vietnam are so called.
        named = len(word) > 1 or word.islower() or (groups[-1] and groups[-1][-1].isalpha())
        if word.casefold() in known.joiners and named:
            groups.append([])
        else:
            groups[-1].append(word)
    return [_COMMAS.sub(", ", " ".join(words)).strip(", ") for words in groups]


def _beside_a_slash(piece: str, known: Vocabulary) -> list[str]:
    """Two people that a slash with spaces parts; any other piece as it is, as an outlet stands behind a slash, too."""
    names = piece.split(" / ") if " / " in piece else piece.split("/")
    if " / " not in piece and any(
        " " not in name or names_thing(name, known) or _LETTERS.search(name) for name in names
    ):
        return [piece]
    people = all(name_like(name) and not is_agency(name, known) for name in names)
    return names if len(names) > 1 and people else [piece]


def employed_name(text: str) -> str | None:
    """The person before a comma when the few capitals after it say for whom they write; ``None`` where they do not."""
    name, _, tail = text.partition(", ")
    words = tail.split()
    named = 0 < len(words) <= _EMPLOYER_WORDS and all(
        word[0].isupper() or word[-1].isdigit() or word in PARTICLES or word in _FOR_WHOM for word in words
    )
    return name if named and name_like(name) else None


def is_bureau(text: str, known: Vocabulary) -> bool:
    """Whether a part after a name says from where it was sent: a known place, or one in capitals (``ĐBSCL``)."""
    return fold(text) in known.places or (text.isupper() and text.isalpha())

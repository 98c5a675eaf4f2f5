"""Bylines: who signs in a line, for which agency, and when."""

import re
from functools import lru_cache

from publisher.model.blocks import Value
from publisher.reading.vocabulary import Vocabulary, fold, lower
from publisher.reading.vocabulary.dates import holds_day_and_hour, without_date
from publisher.reading.vocabulary.lines import has_inner_end
from publisher.reading.vocabulary.names import is_agency, is_place, name_like
from publisher.reading.vocabulary.people import LEADING_WITH, SOURCE_WORDS, employed_name, is_bureau, people_in
from publisher.reading.vocabulary.signatories import names_town, parted_names, plain

_OPENER = re.compile(r"^([^:：]{1,28}?)\s*[:：]\s*(.+)$")
_PARTS = re.compile(
    r"\s+[-–—|•·;]\s+|\s*[;•|]\s*|\s{2,}|,\s+(?=(?i:theo)\s)"
    r"|\.\s+(?=(?:Pictures|Photos|Photographs|Photography|Images|Illustrations?|Graphics?|Video|Fotos?|Bilder)"
    r" (?:by|von|de|par|por) )"
)
_PICTURED = re.compile(r",?\s+(?=(?:Fotos?|Photos?|Bild(?:er)?|Ảnh|Grafik|Infografik|Infographie|Vidéo|Video)\s?:\s)")
"""Before who took the pictures, in a line that names first whom the text is by."""


_ADDRESS = re.compile(r"\(?[\w.+-]*@[\w.-]+\)?")
_GLUED_ADDRESS = re.compile(r"\b([^\W\d_a-z][^\W\d_]+)([\w.+-]*@[\w.-]+)")
_FOLLOW = re.compile(r"\s+\+?\s?(?:follow|folgen|suivre|seguir|theo dõi)$", re.IGNORECASE)
_BEFORE_DATE = re.compile(r"\s(?:on|at|am|um|le|el|em|ngày|lúc)$")
_COUNTED = re.compile(
    r"[\s,|·•–-]+(?:(?:lesezeit|lesedauer|temps de lecture|reading time|tiempo de lectura|thời gian đọc)\s?:?\s?)?"
    r"(?:\d{1,3}[\s-]?(?:min(?:ut[eo]s?|uten|\.)?)(?:\s(?:read|lesezeit|de lecture|de lectura|di lettura|de leitura))?"
    r"|\d{1,3} phút đọc|\d{1,4} (?:comments?|(?:leser)?kommentare?|commentaires?|comentarios?|bình luận))$",
    re.IGNORECASE,
)
"""How long a text takes to read, or how many have commented it, behind who wrote it and when."""

_COUNTERS = re.compile(r"(?:\s*\|\s*\d[\d.,]*)+$|(?:\s+@\w+)?\s+\d{1,5}\s?(?:comments?|shares?)$", re.IGNORECASE)
"""How often a page was looked at or answered, in numbers behind the day."""

_GLUED_DAY = re.compile(r"(?<=[a-zà-ÿ])(?=\d{4}-\d\d-\d\d|\d{1,2}[./]\d{1,2}[./]\d{2}|\d{1,2}:[0-5]\d\b)")
"""Where a day runs into the name before it."""

_GLUED_OPENER = re.compile(r"^(By|Von|Par|Por)(?=[A-ZÀ-ÞĐ][^\W\d_A-ZÀ-ÞĐ])")
_GLUED_DESK = re.compile(r"^[A-Z][\w ]{2,30}[a-z](?=By [A-Z][a-z]+ [A-Z])")
"""What introduces a name and runs into it, and a desk that runs into that."""

_FROM = re.compile(r"^Aus [^\d,.:]{2,40} berichte[tn] (?=[A-ZÀ-Þ])")
"""Where a correspondent was, before the name."""

_FULL_STOP = re.compile(r"(?<=[^\W\d_]{4})\.$")
"""Behind the last name of a line: an initial has one, too, and so have *Jr.* and *Dr.*"""

_TOLD_WHEN = re.compile(
    r"[\s,|·•–-]+(?:(?:last |first )?(?:published|posted|updated)|publiée?|mise? à jour|modifiée?|veröffentlicht|"
    r"aktualisiert|erschienen|publicad[ao]|actualizad[ao]|atualizad[ao]|pubblicato|aggiornato|gepubliceerd|bijgewerkt)$",
    re.IGNORECASE,
)
"""What stands between a name and the day that was taken out, and the word before that."""


_ELSEWHERE = frozenset(
    re.findall(
        r"\w+",
        "كتب كتبت كتبه بقلم تقرير 文 取材 記者 记者 作者 撰文 撰稿 采写 글 기자 "
        "di testo articolo autore door tekst text av af forfatter автор "
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
    "oleh",
    "penulis",
    "nga",
    "piše",
)
_CLOSING = re.compile(r"[.!?…][»”“\"]?\s+(?=(?:By|Von|Par|Por|BY|VON|PAR|POR)\s+[^\W\d_])")
_CLOSING_LENGTH = 120
_SOURCES = frozenset(("theo", "nguồn", "nach", "d'après", "según"))
_EDITORS = frozenset(("editing by", "edited by", "additional reporting by", "biên tập"))
_INNER_OPENER = re.compile(r"\s(?=(?:by|von|par|por)\s+[^\W\d_a-z])")
"""Before what introduces a name after an outlet's, with no sign between them."""

_META_PARTS = re.compile(r"\s+[-–—|•·/]\s+|\s*[|•·;,]\s*")
_TOO_LONG = 160
_BARS = 3
"""Bars in a line of which a menu is made, at least."""

_MOST_NAMES = 8
_OUTLET_WORDS = 4
_SOURCE_WORDS = 6


_RUN_ON = re.compile(r"[a-zà-ỹ]{4}(?=[A-ZÀ-ÞĐ]\w)")
_CREDITED = re.compile(r"^[^()]+\(([^()]{5,80})\)$")
"""What stands behind a name in brackets: in those of a caption whose picture that is."""

_HANDLE = re.compile(r"(?:by|von|par|por|door) ((?-i:[a-z])[a-z0-9_.-]{3,24})", re.IGNORECASE)
"""Who writes under the name of an account, beside the day (``von bkrueger · 31. Oktober 2023``)."""

_SINGLE_OPENER = re.compile(rf"^(?:{'|'.join(_SINGLE_OPENERS)})[:\s]+", re.IGNORECASE)


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


def _parted(glued: re.Match[str]) -> str:
    """A name and the address that it runs into, apart: who is called Lam has *lam* in the address."""
    name, address = glued[1], glued[2]
    for end in range(len(name), 1, -1):
        rest = name[end:] + address
        if fold(name[:end]) in fold(rest.partition("@")[0]):
            return f"{name[:end]} {rest}"
    return glued[0]


@lru_cache(maxsize=4096)
def parse_byline(text: str, known: Vocabulary) -> Byline | None:
    """The byline in a line; ``None`` when the line is none.

    Places and roles beside a person's name are left out.
    """
    if len(text) > _TOO_LONG or (text.count("(") == 1 and has_inner_end(text[: text.index("(")])):
        return None
    if (credited := _CREDITED.search(text)) is not None and lower(credited[1]).startswith(known.credits):
        return None
    byline = _parse(text, known)
    if byline is None and (shorter := plain(text, known)) is not None:
        byline = _parse(shorter, known)
        return byline if byline is not None and (byline.introduced or "(" in text) else None
    return byline


def _parse(text: str, known: Vocabulary) -> Byline | None:
    """The byline in a line that says of nobody what they did."""
    text = _FROM.sub("Von ", text)
    text = _GLUED_DAY.sub(" ", _COUNTERS.sub("", text))
    text = _without_tail(_COUNTED.sub("", _GLUED_OPENER.sub(r"\1 ", _GLUED_DESK.sub("", text))), known)
    rest, when = without_date(text, known)
    rest = _FOLLOW.sub("", rest)
    rest = _TOLD_WHEN.sub("", _BEFORE_DATE.sub("", rest.rstrip(" -–—|•·,;:/"))).rstrip(" /") if when else rest
    if "@" in rest:
        rest = _GLUED_ADDRESS.sub(_parted, rest)
        before = rest[: rest.index("@")].strip(" -–—|•·,;:(")
        rest = before if name_like(before) else _ADDRESS.sub(" ", rest)
    rest = _FULL_STOP.sub("", rest.strip(" -–—|•·,;:"))
    if rest.startswith("(") and rest.endswith(")"):
        rest = rest[1:-1]
    if not rest.strip("()[] "):
        return None
    if when and (handle := _HANDLE.fullmatch(rest)) is not None and handle[1] not in known.page_words:
        return Byline(people=(handle[1],), agencies=(), when=when, signed=True, introduced=True)
    if ";" in rest:
        rest = _names_in_list(rest)
    people: list[str] = []
    agencies: list[str] = []
    opened, credited, role, hired = False, True, False, False
    for opener, body in _opened_parts(rest, known):
        if opener in _EDITORS:
            continue
        credited = credited and opener in known.credits
        opened = opened or bool(opener)
        found = people_in(body, opened, known, sourced=opener in _SOURCES)
        bureau = is_bureau(body, known) or (bool(when) and " " not in body and is_place(body))
        if people and not opener and (bureau if found is None else hired and is_place(body)):
            # Behind a name, or a name and whom they work for, where they were.
            continue
        if found is None and people and opener in _SOURCES and len(body.split()) <= _SOURCE_WORDS:
            # Behind somebody's name, what a text was taken from needs no capitals: *Theo Thể thao văn hóa*.
            agencies.append(body)
            continue
        signs = opener in _SINGLE_OPENERS and opener not in _SOURCES
        if found is None and not people and signs and (employed := employed_name(body)) is not None:
            # What follows says where they work, not who else signs.
            people.append(employed)
            opened = True
            break
        if found is None:
            return None
        taken = opener in _SOURCES and not any(found[1])
        # A comma after the name of the last: there stands whom they work for.
        hired = opened and body.count(",") >= len(found[0]) > 0
        # After whole names a single word is a place.
        placed = not opener and any(" " in name for name in people)
        people += [] if taken else [name for name in found[0] if name not in people and (" " in name or not placed)]
        agencies += [name for name in (found[0] if taken else found[1]) if name not in agencies]
        role = role or found[2]
    people = [name for name in people if " " in name or not _is_small_word(name, known)]
    if opened and len(people) > 1:
        people = [people[0], *(name for name in people[1:] if not names_town(name))]
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


def _is_small_word(name: str, known: Vocabulary) -> bool:
    """Whether a single word is one that opens bylines or forms (``From``, ``To``), and nobody's name."""
    word = fold(name)
    return word in known.openers or word in known.stop_words


def signs(text: str, known: Vocabulary) -> bool:
    """Whether a line that ends as a sentence does is a byline all the same, as ``Par A et B.`` is."""
    opened = _leading_opener(known).match(text) or _OPENER.match(text)
    byline = parse_byline(text, known) if opened else None
    return byline is not None and byline.introduced and bool(byline.people)


def menu_of_bars(text: str, known: Vocabulary) -> bool:
    """Whether bars part the entries of a menu, and not who wrote a text from its day and hour."""
    if text.count("|") < _BARS:
        return False
    byline = parse_byline(text.partition("|")[0], known) if holds_day_and_hour(text, known) else None
    return byline is None or not byline.introduced


def _without_tail(text: str, known: Vocabulary) -> str:
    """A line without what runs on from a name (``Mina HoltzTransport editor``), but for the day."""
    text = parted_names(text, known)
    end = _RUN_ON.search(text)
    if end is None or not name_like(_SINGLE_OPENER.sub("", text[: end.end()])):
        return text
    return f"{text[: end.end()]} {without_date(text, known)[1]}".rstrip()


def _names_in_list(text: str) -> str:
    """The whole names of a list that semicolons part, where single words (a nickname, an agency) stand among them."""
    entries = [entry.strip() for entry in text.split(";")]
    names = [entry for entry in entries if name_like(entry)]
    plain = all(is_place(entry) for entry in entries)
    return "; ".join(names) if names and plain else text


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
        source = LEADING_WITH.match(part)
        if byline is not None:
            people += [name for name in byline.people if name not in people]
            agencies += byline.agencies
        elif source and len(part.split()) <= SOURCE_WORDS:
            agencies.append(part[source.end() :])
        elif people or agencies:
            break
    if not people and (inner := _INNER_OPENER.search(rest)) is not None:
        byline = parse_byline(rest[inner.end() :].partition(". ")[0], known)
        people += byline.people if byline is not None else ()
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
    elided = sorted({opener[:-1] for opener in several if opener.endswith(" de")}, key=len, reverse=True)
    # With a capital, *Di* opens surnames.
    return re.compile(
        rf"^(?:({'|'.join(map(re.escape, openers))}|(?-i:di))\s+|({'|'.join(map(re.escape, elided))})['’])(?=\S)",
        re.IGNORECASE,
    )


def _opened_parts(text: str, known: Vocabulary) -> list[tuple[str, str]]:
    """The parts of a byline, each with what introduced it (``By``, ``Tin:``), folded; ``""`` when nothing did."""
    parts: list[tuple[str, str]] = []
    for piece in _pieces(text, known):
        match = _OPENER.match(piece)
        also = known.credits if parts and parts[0][0] else ()
        if match and any(fold(match[1]) in words for words in (known.openers, _ELSEWHERE, also)):
            parts.append((fold(match[1]), match[2].strip()))
            continue
        match = _leading_opener(known).match(piece)
        parts.append((fold(match[1] or match[2]), piece[match.end() :].strip()) if match else ("", piece.strip()))
    parts = [(opener, body) for opener, body in parts if body]
    # Before ``| By NAME`` stands the outlet or a rubric, unless it is a name as well.
    if len(parts) > 1 and not parts[0][0] and parts[1][0] in _SINGLE_OPENERS and not name_like(parts[0][1]):
        return parts[1:] if len(parts[0][1].split()) <= _OUTLET_WORDS else parts
    return parts


def _pieces(text: str, known: Vocabulary) -> list[str]:
    """A byline taken apart at its signs, and before who took the pictures where it says whom the text is by."""
    pieces = _PARTS.split(text)
    match = _OPENER.match(pieces[0])
    if match is None or fold(match[1]) not in known.openers:
        return pieces
    return [part for piece in pieces for part in _PICTURED.split(piece)]


def closing_byline(text: str, known: Vocabulary) -> Byline | None:
    """The byline after a text's last sentence (``… lebendig. Von NAME``); ``None`` when none closes it."""
    tail = text[-_CLOSING_LENGTH:]
    ends = [match.end() for match in _CLOSING.finditer(tail)]
    byline = parse_byline(tail[ends[-1] :], known) if ends else None
    return byline if byline is not None and byline.people else None

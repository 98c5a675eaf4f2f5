"""Picture captions and the credits in them."""

import re
from functools import cached_property, lru_cache

from publisher.reading.vocabulary import Vocabulary
from publisher.reading.vocabulary.names import is_organisation, name_like, names_thing

_TOO_LONG = 700
_CREDIT_NAME = 70
_CREDIT_WORDS = 6
_WITH_CREDIT = 9
"""Words from which a line that opens with a credit is a caption too."""
_AGENCY_WORDS, _WITH_AGENCY = 4, 6
"""More words than an agency's name has, and those of the shortest caption that one closes."""

_NAME_WORDS = 4
_PARTICLE = 3
"""Letters of the small words inside a name (``Government of Canada``)."""


class _Patterns:
    """The expressions that hold an outlet's words: long ones, each compiled when a caption is held against it."""

    def __init__(self, known: Vocabulary) -> None:
        self._known = known
        self._words = "|".join(re.escape(word) for word in known.credits)

    @cached_property
    def inside(self) -> re.Pattern[str]:
        """``… Ảnh: NAME``, ``… (Ảnh: NAME)``, ``… - Ảnh NAME``, ``… | Bildrechte: NAME``."""
        return re.compile(
            rf"(?:^|[\s(\[|./–—-])(?:{self._words})\s*(?:[:：|]|\.\.\.|…)\s*([^:]{{1,{_CREDIT_NAME}}}?)[)\].\s]*$",
            re.IGNORECASE,
        )

    @cached_property
    def dashed(self) -> re.Pattern[str]:
        """``… - Ảnh NAME``, ``… (Foto von NAME)``."""
        return re.compile(
            rf"(?:\s[-–—|]\s*|[(\[]|[.\"”]\s+)(?P<word>{self._words})(?P<by>\s+(?:của|by|von|de|par|por))?\s+(?P<name>[^:.]{{2,40}}?(?:\.[A-Z][^:.]{{0,30}})?)[)\].\s]*$",
            re.IGNORECASE,
        )

    @cached_property
    def noted(self) -> re.Pattern[str]:
        """A credit that names nobody."""
        notes = "|".join(re.escape(word) for word in self._known.notes)
        return re.compile(rf"(?:[(\[]\s*|[-–—|]\s*|[.:,;]\s+)(?:{notes})[^()\[\]]{{0,60}}[)\].]*$", re.IGNORECASE)

    @cached_property
    def labelled(self) -> re.Pattern[str]:
        """A caption that says that it is one."""
        labels = "|".join(re.escape(word) for word in self._known.caption_labels)
        return re.compile(rf"^(?:{labels})(?:\s*[:：]\s*|\s+(?=\S))", re.IGNORECASE)

    @cached_property
    def owned(self) -> re.Pattern[str]:
        """``(Foto Prensa Libre: NAME)``: whose photographer it is stands between."""
        return re.compile(
            rf"[(\[]\s*(?:{self._words})\s+[^:()]{{2,30}}:\s*([^:()]{{2,{_CREDIT_NAME}}}?)\s*[)\]]\.?$", re.IGNORECASE
        )

    @cached_property
    def bracketed(self) -> re.Pattern[str]:
        """``(foto NAME)``: brackets and the word are enough, one word may be a photographer or an agency."""
        return re.compile(rf"[(\[](?:{self._words})\s+([^()\[\]:]{{2,{_CREDIT_NAME}}})[)\]]\.?$", re.IGNORECASE)

    @cached_property
    def lettered(self) -> re.Pattern[str]:
        """``… in the port Photo NAME/OUTLET``: the word has a capital, and so has all that follows."""
        words = (word for word in self._known.credits if word[0].isalpha())
        capital = "|".join(re.escape(word[0].upper() + word[1:]) for word in words)
        return re.compile(rf"(\S+)\s(?:{capital})(?:\s(?:by|von|de|par|por|di))?\s((?:[A-ZÀ-ÞĐ][\w.’'/-]*\s?){{1,5}})$")


_patterns = lru_cache(maxsize=64)(_Patterns)


_NAMED = re.compile(r"\S{3,} \(([A-ZÀ-Þ][^()\d]{2,40})\)$")
"""Words with a capital in brackets that close a line without a full stop."""

_SIGN = re.compile(r"(?:^|\s|\()(?:©|\(c\))\s*([^©]{2,60}?)[)\].\s]*$", re.IGNORECASE)
# ``…＝港、大瀬留美撮影``: taken by, given by.
_EAST_ASIAN_TAIL = re.compile(r"[、，,＝（(]([^、，,＝（()）]{2,20})(?:撮影|提供|写す|摄|攝)[）)]?$")
# What may stand before an agency, written so that the expression opens with one class: it is found faster.
_AGENCY_TAIL = re.compile(
    r"[(\[/\s.”\"](?:(?<=[(\[/])|(?<=\s)[-–—|]\s|(?<=[.”\"])\s+)([^()\[\]|–—/]{2,40}(?:/[^()\[\]|–—]{2,40})?)[)\].]*$"
)
_CAPITALS = re.compile(r"[(\[]([^()\[\]\d]{3,40}\s?/\s?[^()\[\]\d]{2,40})[)\]]\.?$")
# ``…. NAME POUR « OUTLET »``, ``…. NAME / AGENCY``, without brackets or a word for it.
_CAPITAL_TAIL = re.compile(
    r"[.!?»”\"]\s+((?:[A-ZÀ-Þ][A-ZÀ-Þ'’.-]+\s+){1,3}[A-ZÀ-Þ'’.-]{2,}"
    r"(?:\s*/\s*[^/]{2,40}|\s+(?:POUR|FOR|PARA|FÜR|PER|VIA)\s+.{2,40})?)$"
)
# ``… DR`` (*droits réservés*), as French pictures are signed whose owner is not known.
_RESERVED = re.compile(r"(?:[.!?»”\")|/–—-]\s*|\()(D\.?R\.?)\)?$")
# ``NAME for the Outlet``
_FOR_OUTLET = re.compile(
    r"([^\d:]{4,40}?) (?:for|pour|für|para|per) "
    r"((?:(?:[Tt]he|[Ll]e|[Ll]a|[Dd]ie|[Dd]er|[Ee]l) )?[A-ZÀ-Þ«][^\d.:]{2,40})"
)
_ARTICLES = ("the ", "le ", "la ", "die ", "der ", "el ", "«")
# ``…. / NAME``, as Spanish papers sign their pictures.
_SLASHED_TAIL = re.compile(r"[.!?…»”\")]\s*/\s*([A-ZÀ-Þ][^/\d.:]{2,40})$")
# ``…. | NAME``, ``…. XY - NAME``, ``…. (Outlet: NAME)``; a name with no sign before it may sign a standfirst.
_NAME_TAIL = re.compile(
    r"[.!?…»”\")]\s+(?:\|\s*([^\W\d_][^|\d/:.?!]{3,60})|[A-Z]{2,5}\s?[-/]\s?([^\W\d_][^|\d/:.?!]{3,60})"
    r"|\([^():]{2,30}: ([^():]{4,40})\))$"
)
# ``…. —NAME NAME``, as papers of the Philippines sign their pictures.
_DASHED_CAPITALS = re.compile(r"\s[—–]\s?([A-ZÀ-Þ][A-ZÀ-Þ.’'-]+(?: [A-ZÀ-Þ][A-ZÀ-Þ.’'-]*){1,3})$")
# ``…. NAME for the Outlet``
_EMPLOYED_TAIL = re.compile(r"[.!?…»”\")]\s+(?:\|\s*)?([^\W\d_][^|\d/:.?!]{3,60})$")
_BEHIND_WORDS = (":", "：", "|", "...", "…")
"""Signs between a word such as *Photo* and a name."""

_DOTTED = re.compile(r"(?:[^\W\d_]\.\s?){2,4}")
_CLOSING_SIGNS = ' »”"'
_CAPTION_WORDS = 45
# ``… | NAME / AGENCY``
_BARRED = re.compile(r"\s\|\s([^\W\d_][^|\d/]{2,40}/\s?[^\W\d_][^|\d/]{1,40})$")
_BY = re.compile(r" (?:by|von|de|par|por)$", re.IGNORECASE)
# What a program made text of behind the credit: a button.
_RIGHTS = re.compile(r"[ ,]*(?:(?:Purchase|Acquire) Licensing Rights(?:, opens new tab)?|(?:hide|toggle) caption)$")
_BRACKETED = re.compile(r"^[(\[]\s*(.*?)\s*[)\]]$")


@lru_cache(maxsize=4096)
def caption_credit(text: str, known: Vocabulary) -> str | None:
    """The credit that closes a caption; ``""`` when it names nobody (a file picture); ``None`` when there is none."""
    if len(text) > _TOO_LONG:
        return None
    tail = _RIGHTS.sub("", text[-200:])[-160:]
    lowered = tail.casefold()
    if any(map(lowered.__contains__, known.credit_stems)):
        patterns = _patterns(known)
        match = patterns.inside.search(tail) if any(sign in tail for sign in _BEHIND_WORDS) else None
        if match and not (match[1].strip().endswith("?") or _says_something(match[1])):
            return match[1].strip(" .)]")
        match = patterns.owned.search(tail)
        if match:
            return match[1].strip()
        match = patterns.dashed.search(tail)
        if match and _names_somebody(match["name"], known, introduced=bool(match["by"] or _BY.search(match["word"]))):
            return match["name"].strip(" .)]")
        match = patterns.bracketed.search(tail) if tail.rstrip(".")[-1:] in ")]" else None
        if match and all(word[0].isupper() or len(word) <= _PARTICLE for word in match[1].split()):
            return match[1].strip()
        if patterns.noted.search(tail):
            return ""
        match = patterns.lettered.search(tail) if text.count(" ") < _CAPTION_WORDS else None
        if match and _ends_caption(match[1], known) and _names_owner(match[2].strip(), known):
            return match[2].strip()
    match = _EAST_ASIAN_TAIL.search(tail)
    if match:
        return match[1]
    match = _SIGN.search(tail) if "©" in tail or "(c)" in lowered else None
    if match and not any(character.isdigit() for character in match[1][:4]):
        return match[1].strip()
    match = _CAPITALS.search(tail)
    if match and (match[1].isupper() or name_like(re.split(r"[/,]", match[1])[0].strip())):
        return match[1].strip()
    match = _DASHED_CAPITALS.search(tail) if tail[-1:].isupper() else None
    if match and text.count(" ") < _CAPTION_WORDS:
        return match[1]
    match = _RESERVED.search(tail) if tail.rstrip(").")[-1:] == "R" else None
    if match and text.count(" ") < _CAPTION_WORDS:
        return match[1]
    match = _SLASHED_TAIL.search(tail) if "/" in tail else None
    if match and (match[1].isupper() or name_like(match[1]) or _is_agency_credit(match[1], known)):
        return match[1].strip()
    match = _BARRED.search(tail) if "|" in tail else None
    if match:
        return match[1].strip()
    match = _CAPITAL_TAIL.search(tail) if tail.rstrip(_CLOSING_SIGNS)[-1:].isupper() else None
    if match and text.count(" ") < _CAPTION_WORDS:
        return match[1].strip()
    match = _AGENCY_TAIL.search(tail)
    if match and _is_agency_credit(match[1], known):
        return match[1].strip()
    short = text.count(" ") < _CAPTION_WORDS
    match = _EMPLOYED_TAIL.search(tail) if short else None
    if match and _is_employed(match[1].strip(), known):
        return match[1].strip()
    match = _NAME_TAIL.search(tail) if short else None
    name = str(match[match.lastindex or 0]).strip() if match else ""
    return name if name and _is_photographer(name, known) else None


def _says_something(text: str) -> bool:
    """Whether words behind a colon go on in small letters, more than name anybody (``En vidéo : voilà …``)."""
    words = text.split()
    return len(words) > _CREDIT_WORDS and words[0].islower() and sum(word[0].isupper() for word in words) <= 1


def _is_employed(text: str, known: Vocabulary) -> bool:
    """Whether a few words name somebody and the outlet that they work for: headlines say for whom things are, too."""
    match = _FOR_OUTLET.fullmatch(text)
    if match is None or not name_like(match[1]) or names_thing(match[1], known):
        return False
    outlet = match[2]
    return outlet.isupper() or outlet.casefold().startswith(_ARTICLES) or is_organisation(outlet, known)


def _is_photographer(text: str, known: Vocabulary) -> bool:
    """Whether what stands behind a caption's full stop and a sign is somebody's name, or an outlet's in capitals."""
    words = text.split()
    named = name_like(text) and len(words) <= _NAME_WORDS
    return (named and not names_thing(text, known)) or (len(words) <= _CREDIT_WORDS and text.isupper())


def named_in_brackets(text: str, known: Vocabulary) -> re.Match[str] | None:
    """Somebody's name in brackets, or an agency's, at the end of a text that is no sentence: it signs a picture."""
    match = _NAMED.search(text) if text.endswith(")") else None
    return match if match is not None and (name_like(match[1]) or agency_alone(match[1], known)) else None


def credit_alone(text: str, known: Vocabulary) -> str | None:
    """The name in a line that is a credit and nothing else; ``None`` for any other line."""
    if len(text) > 100:
        return None
    bare = _BRACKETED.sub(r"\1", text.strip())
    lowered = bare.casefold()
    for word in known.credits if lowered.startswith(known.credits) else ():
        if lowered.startswith(word):
            rest = bare[len(word) :]
            if rest.lstrip().startswith((":", "：")):
                named = rest.lstrip(" :：").strip(" .")
                # ``Video: The harbour at night. (Source: NAME)`` is a caption.
                return None if named.count(" ") > _AGENCY_WORDS and caption_credit(named, known) else named or None
            if rest.startswith(" ") and len(rest) < 40 and (name_like(rest.strip()) or _is_agency_credit(rest, known)):
                return rest.strip()
            if word.endswith(" by") and _is_employed(rest.strip(), known):
                return rest.strip()
            if rest.startswith(" ") and bare.isupper() and name_like(rest.partition(",")[0].strip()):
                return rest.strip()  # ``PHOTO NAME, OUTLET``
    if lowered.startswith(("©", "(c)")) and len(bare) < 60 and not any(character.isdigit() for character in bare):
        return bare.lstrip("©()cC ").strip() or None
    if lowered.strip(" .()") in known.notes:
        return bare
    if _is_employed(bare, known) or _STATION.fullmatch(text):
        return bare
    if text.startswith(("(", "[")):
        return bare if _is_agency_credit(bare, known) else None
    # An agency for news may sign the text, one for pictures never does.
    traded = any(piece.strip() in known.picture_agencies for piece in re.split("[/,]", lowered))
    return bare if traded and len(bare.split()) <= _AGENCY_WORDS else None


def agency_alone(text: str, known: Vocabulary) -> bool:
    """Whether a line is an agency's name and nothing else: under a picture its credit, elsewhere a byline."""
    return text.count(" ") < _AGENCY_WORDS and _is_agency_credit(text, known)


def closing_agency(text: str, known: Vocabulary) -> str | None:
    """The agency that closes a line without a sign before it, after a word that no name follows; ``None`` else."""
    words = text.split()
    if len(words) < _WITH_AGENCY or words[-1].casefold() not in known.agency_ends:
        return None
    for count in range(1, _AGENCY_WORDS):
        name, before = " ".join(words[-count:]), words[-count - 1]
        if name[0].isupper() and agency_alone(name, known) and _ends_caption(before, known):
            return name
    return None


def _ends_caption(word: str, known: Vocabulary) -> bool:
    """Whether a caption may end in a word before a credit: it ends a sentence, or is none that leads on to a name."""
    if word[-1] in ".!?…”»":
        return True
    return word[-1].isalnum() and not word[0].isupper() and word.casefold() not in known.stop_words


def _names_owner(text: str, known: Vocabulary) -> bool:
    """Whether a few words with capitals name whose picture it is: a person, an agency, initials, two about a slash."""
    return "/" in text or name_like(text) or _is_agency_credit(text, known) or _DOTTED.fullmatch(text) is not None


def credit_named(text: str, known: Vocabulary) -> bool:
    """Whether a credit word (``Photo``, ``Ảnh``) is there: without one, an agency in brackets may sign the text."""
    lowered = text[-160:].casefold()
    return any(map(lowered.__contains__, known.credit_stems))


def credit_first(text: str, known: Vocabulary) -> bool:
    """Whether a line opens with a credit and goes on with words enough for a caption (``Photo: NAME The square``)."""
    lowered = text[:40].casefold()
    if not lowered.startswith(known.credits):
        return False
    word = next((word for word in known.credits if lowered.startswith(word)), None)
    return word is not None and lowered[len(word) :].lstrip().startswith(":") and text.count(" ") >= _WITH_CREDIT


def places_somebody(text: str, known: Vocabulary) -> bool:
    """Whether a line says where in a picture somebody stands (``second left``): only a caption does."""
    # Half of the places stand in brackets, and few lines have any.
    places = known.caption_places if "(" in text else known.bare_places
    return any(map(text.casefold().__contains__, places))


_STATION = re.compile(r"\([KW][A-Z]{2,3}(?:[-/][\w /-]{2,20})?\)")
"""The sign of an American broadcaster in brackets."""

_SLASHED = re.compile(
    r"[^\W\d_][\w.’'-]*(?: [^\W\d_][\w.’'-]*){0,2}\s?/\s?[^\W\d_][\w.’'-]*(?: [^\W\d_][\w.’'-]*){0,2}"
)


def slashed_credit(text: str) -> bool:
    """Whether a line is an agency and a photographer, or two agencies, parted by a slash, and nothing else."""
    if "/" not in text:
        return False
    words = text.replace("/", " ").split()
    return len(words) < _CREDIT_WORDS and _SLASHED.fullmatch(text) is not None and all(w[0].isupper() for w in words)


def without_label(text: str, known: Vocabulary) -> str | None:
    """A caption without the words that a screen reader says before it (``Media caption``); ``None`` without them."""
    match = _patterns(known).labelled.match(text[:60])
    return text[match.end() :] if match else None


def _names_somebody(text: str, known: Vocabulary, *, introduced: bool) -> bool:
    """Whether a credit names a person or an agency; ``introduced``: a word for *by* stands before it."""
    text = text.strip(" .)]")
    words = text.replace("/", " ").split()
    titled = introduced and len(words) <= _CREDIT_WORDS and all(w[:1].isupper() or len(w) <= _PARTICLE for w in words)
    return bool(text) and (titled or name_like(text) or _is_agency_credit(text, known) or text.isupper())


# What trades in pictures says so in its name.
_STOCK = re.compile(r"[^\W\d_] (?:images|pictures|photography|photos|stock|foto|fotos|photo)$")


def _is_agency_credit(text: str, known: Vocabulary) -> bool:
    pieces = [piece.strip().casefold() for piece in re.split(r"[/,]|\s+via\s+|\s+-\s+", text)]
    return any(piece in known.agencies or _STOCK.search(piece) for piece in pieces if piece)

"""What belongs together stays in one line: the spaces that must not break become no-break spaces.

House decisions: a number keeps its unit and the word that it numbers, an abbreviation its name, initials each other and
the name, a day its month, a dash the word before it, and a last line has more than one word. French has no-break spaces
before its high marks where the text has a space. A space is exchanged for another; no letter, mark or space is added or
taken away. In an e-book, whose lines have any length, ends of texts are left as they are.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

NO_BREAK_SPACE = "\u00a0"
NARROW_NO_BREAK_SPACE = "\u202f"

DASHES = "-–—"

_BOUND_DASH = re.compile(rf"([{DASHES}]){NO_BREAK_SPACE}")
"""Lines break behind a dash in front of a no-break space too (UAX 14, LB12a), which then begins a line."""

LONGEST_END = 17
"""Characters of the last words that are bound: longer ones would leave a hole in the line before."""

LONGEST_LAST = 9
"""Characters of a last word that is bound: a longer one fills a line well enough."""

Setter = Callable[[str], str]

_ANY_UNIT = "%|‰|°C|km/h|km²|km|m²|m³|m|cm|mm|ha|kg|g|kW|kWh|MW|GW|₫|€|£"
_UNITS = {
    "vi": f"{_ANY_UNIT}|°|km2|m2|m3|tấn|tạ|yến|lít|tỷ|tỉ|triệu|nghìn|ngàn|đồng|USD|VND|giờ|phút|giây|độ C",
    "en": f"{_ANY_UNIT}|°F|lb|oz|ft|mph|tonnes|million|billion|trillion|thousand|percent|per cent|a.m.|p.m.|am|pm",
    "de": f"{_ANY_UNIT}|Euro|Dollar|Prozent|Mio.|Mrd.|Millionen|Million|Milliarden|Milliarde|Uhr|Tonnen",
    "fr": f"{_ANY_UNIT}|h|euros|dollars|millions|million|milliards|milliard|tonnes|heures|minutes",
    "es": f"{_ANY_UNIT}|h|euros|dólares|millones|millón|mil|toneladas|horas|minutos|por ciento",
}

_NUMBERED = {
    "vi": "số|điều|khoản|điểm|mục|chương|phần|phụ lục|kỳ|khóa|khoá|nghị quyết|nghị định|quyết định|thông tư|chỉ thị"
    "|kết luận|quy định|công điện|đề án|tuần|tháng|ngày|mùng|mồng|quý|lúc|thứ|quận|phường|tổ|thôn|ấp|lớp|tầng|trang"
    "|tr.|bài|tập|hình|bảng|vòng|quốc lộ|tỉnh lộ|QL",
    "en": "no.|nos.|article|art.|section|sec.|chapter|ch.|part|volume|vol.|resolution|decree|decision|directive|week"
    "|page|pp.|p.|fig.|figure|table|route|highway|room|§§|§",
    "de": "Nr.|Nrn.|Artikel|Art.|Absatz|Abs.|Satz|Kapitel|Kap.|Band|Bd.|Heft|Teil|Woche|KW|Seite|S.|Abb.|Tab.|§§|§",
    "fr": "n°|nº|nos|no|article|art.|chapitre|chap.|alinéa|page|p.|tome|vol.|fig.|semaine|§",
    "es": "n.º|nº|núm.|artículo|art.|capítulo|cap.|página|pág.|p.|tomo|vol.|fig.|semana|§",
}
"""Words and abbreviations that a number follows."""

_NAMED = {
    "vi": "TP.|Tp.|Q.|P.|TX.|TT.|H.|X.|ThS.|TS.|PGS.|GS.|BS.|KS.|LS.|NSND.|NSƯT."
    "|TP|TX|ThS|TS|PGS|GS|BS|KS|LS|NSND|NSƯT",
    "en": "Mr.|Mrs.|Ms.|Dr.|Prof.|St.|Gen.|Sen.|Rep.|Gov.|Sgt.|Capt.|Col.|Lt.|Rev.|Hon.|Mt.|Mr|Mrs|Ms|Dr|St",
    "de": "Dr.|Prof.|Hr.|Fr.|St.|Ing.|Dipl.",
    "fr": "M.|MM.|Mgr.|Me.|Pr.|Dr.|St.|Ste.|Mme|Mmes|Mlle|Mgr|Dr|Pr|Me|MM",
    "es": "Sr.|Sra.|Srta.|Dr.|Dra.|D.|Da.|Prof.|Ing.|Lic.|Gral.|Sto.|Sta.",
}
"""Abbreviations that a name follows."""

_PHRASES = {
    "de": ("z. B.", "d. h.", "u. a.", "u. Ä.", "i. d. R.", "v. a.", "s. o.", "s. u.", "z. T."),
    "es": ("EE. UU.", "p. ej.", "RR. HH.", "JJ. OO."),
    "fr": ("p. ex.", "c. à d.", "J.-C."),
    "en": ("i. e.", "e. g."),
}
"""Abbreviations of several words."""

_MONTHS = {
    "en": "January|February|March|April|May|June|July|August|September|October|November|December"
    "|Jan.|Feb.|Mar.|Apr.|Aug.|Sept.|Oct.|Nov.|Dec.",
    "de": "Januar|Jänner|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember",
    "fr": "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre",
    "es": "enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|setiembre|octubre|noviembre|diciembre",
}

_CAPITAL = "A-ZÀ-ÖØ-ÞĂĐĨŨƠƯẠ-Ỹ"
_IN_A_WORD = r"[\w.]"


@lru_cache(maxsize=16)
def binder_for(language: str) -> Setter:
    """A function that binds what belongs together in that language."""
    primary = language.split("-")[0].lower()
    bound = re.compile(f" (?:{'|'.join(_surroundings(primary))})")
    narrow = re.compile(" (?=[;!?])")

    def bind(text: str) -> str:
        return bound.sub(NO_BREAK_SPACE, text)

    def bind_french(text: str) -> str:
        return narrow.sub(NARROW_NO_BREAK_SPACE, bind(text))

    return bind_french if primary == "fr" else bind


def _surroundings(primary: str) -> Iterator[str]:
    """What stands around the spaces that become no-break spaces, as patterns that hold right behind one.

    A text is looked through for spaces once, and around each then: to try each letter as the first of a word takes ten
    times as long. What decides for most of them that they stay comes first.
    """
    yield rf"(?<=\d )(?:{'|'.join(_behind_a_number(primary))})"
    named = [_after(_patterns(_NAMED[primary]), r"\w")] if primary in _NAMED else []  # GS.TS. Lan
    initials = r"(?=.[\w.])" + _after((rf"[{_CAPITAL}]\.",))
    dash = "(?=[-–—] )"  # It ends a line, it begins none.
    number = rf"(?=[\dIVXL])(?:{'|'.join(_before_a_number(primary))})"
    name = f"(?=[{_CAPITAL}])(?:{'|'.join([initials, *named])})"
    yield rf"(?=[-–—\d{_CAPITAL}])(?:{dash}|{number}|{name})"
    for phrase in _PHRASES.get(primary, ()):
        words = phrase.split(" ")
        for at in range(1, len(words)):
            head, tail = (re.escape(" ".join(part)) for part in (words[:at], words[at:]))
            yield f"(?={tail}){_after((head,))}"
    if primary in _MONTHS:
        yield rf"(?={_any_of(_MONTHS[primary])}(?!\w))" + _after((r"\d[.ºo]", r"\der", r"\d de"), "")
    if primary == "fr":
        yield "(?=[:»])|(?<=« )"


def _behind_a_number(primary: str) -> Iterator[str]:
    """What such a space stands before when a number is before it."""
    yield rf"(?={_any_of(_UNITS.get(primary, _ANY_UNIT))}(?!\w))"
    if primary in _MONTHS:
        yield rf"(?={'(?:de )?' if primary == 'es' else ''}{_any_of(_MONTHS[primary])}(?!\w))"
    if primary == "vi":
        yield rf"(?=tháng[ {NO_BREAK_SPACE}](?:\d|[Gg]iêng|[Cc]hạp))"


def _before_a_number(primary: str) -> Iterator[str]:
    """What such a space stands behind when a number is behind it, and what that number must be."""
    yield r"(?=\d{3}(?!\d))" + _after((r"\d", r"\d\d", r"\d\d\d"), r"[\d.,]")
    if primary in _NUMBERED:
        yield rf"(?=\d|[IVXL]+\b){_after(_patterns(_NUMBERED[primary], at_starts=True))}"
    if primary == "vi":
        yield rf"(?=\d)(?:(?<=giờ )|{_after(_patterns('Q.|P.|TP.|TX.'))})"
    if primary == "en":
        yield r"(?=\d{1,2}(?!\d))" + _after(_patterns(_MONTHS["en"]))


def _after(patterns: Iterable[str], inside: str = _IN_A_WORD) -> str:
    """What looks back from behind a space for one of the words before it, which none of ``inside`` stands before.

    Looking back is for what has one length: so it is done for each length by itself.
    """
    by_length: dict[int, list[str]] = {}
    for pattern in patterns:
        by_length.setdefault(_length(pattern), []).append(pattern)
    looks = [
        f"(?<=(?:{'|'.join(alike)}) )" + (f"(?<!{inside}.{{{length + 1}}})" if inside else "")
        for length, alike in by_length.items()
    ]
    return f"(?:{'|'.join(looks)})"


def _length(pattern: str) -> int:
    """How many characters it matches: of letters, escaped ones, and sets of them."""
    return len(re.sub(r"\[[^]]*\]|\\.", "x", pattern))


def _any_of(words: str) -> str:
    """A pattern for each of the words, which ``|`` separates."""
    return f"(?:{'|'.join(_patterns(words))})"


def _patterns(words: str, *, at_starts: bool = False) -> list[str]:
    """A pattern for each of the words, which ``|`` separates; with ``at_starts`` for those with a capital as well."""
    patterns = []
    for word in words.split("|"):
        first = re.escape(word[0])
        if at_starts and word[0].upper() != word[0]:
            first = f"[{word[0]}{word[0].upper()}]"
        patterns.append(first + re.escape(word[1:]))
    return patterns


def bind_end(headline: str) -> str:
    """The headline with its last words bound, three if they are short, so that its last line is no lone syllable."""
    head, *tail = headline.rsplit(" ", 3)
    if head.count(" ") < 3:
        return headline
    if sum(map(len, tail)) > LONGEST_END:
        return bind_last(headline)
    return _BOUND_DASH.sub(r"\1 ", f"{head} {NO_BREAK_SPACE.join(tail)}")


def bind_last(text: str) -> str:
    """The text with its last two words bound, so that its last line is no lone syllable."""
    head, _, tail = text.rpartition(" ")
    before = head.rpartition(" ")[2]
    is_bound = before != head and len(tail) <= LONGEST_LAST and len(before) + len(tail) <= LONGEST_END
    is_bound = is_bound and before[-1:] not in DASHES
    return f"{head}{NO_BREAK_SPACE}{tail}" if is_bound else text

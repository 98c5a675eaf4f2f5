"""Dates as they stand on news pages, and the year of a date that has none.

What looks like a date and is not one: ranks (``44/139``), scales (``1/2000``), ranges and lists of days
(``12 -14/12/2025``, ``13,14/12``), decree numbers (``258/2025/QH15``), decimals and prices.
"""

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from operator import attrgetter

from publisher.model.blocks import Value
from publisher.reading.vocabulary import Vocabulary

EARLIEST_YEAR = 1900
LATEST_YEAR = 2199

# An expression is found several times as fast when it opens with the digit that it needs: what must not stand before
# the digit is then asked of the digit and what is before it.
#
# A number is no date's part when a digit, a sign or a letter touches it from outside: ``13,14/12``, ``12 -14/12/2025``;
# but a time of day may stand before it: ``16:45 - 02/06/2025``, ``15:20, 24/11/2026``.
_NUMERIC = re.compile(
    r"(\d(?<![\d/.,:]\d)(?<!\d-\d)(?<![^\W\d_]\d)(?<!\d -\d)(?:(?<!\d - \d)|(?<=:\d\d - \d))(?<!\d–\d)(?<!\d– \d)"
    r"(?:(?<!\d, \d)|(?<=[:hg]\d\d, \d))(?<!\d và \d)\d?)([/.-])(\d{1,2})"
    r"(?:\2(\d{4}|\d{2}(?=\D|$)))?(?![/\w%]|[.,:-]\d|-\d)"
)
_ISO = re.compile(r"(\d(?<![\w/.,-]\d)\d{3})-(\d{2})-(\d{2})(?=T|\b)(?!-)")
_VIETNAMESE = re.compile(r"(?<!\d)(\d{1,2})\s+tháng\s+(\d{1,2})(?:\s*,|\s+năm|\s+năm,)?\s+(\d{4})(?!\d)", re.IGNORECASE)
_WORDED = ["một", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười", "mười một", "mười hai"]
_LONGEST_FIRST = "|".join(reversed(_WORDED))
_VIETNAMESE_WORDED = re.compile(
    rf"(?<!\d)(\d{{1,2}})\s+tháng\s+({_LONGEST_FIRST})(?:\s*,|\s+năm)?\s+(\d{{4}})(?!\d)", re.IGNORECASE
)
"""As programs for blogs write it: ``18 Tháng Mười Một, 2025``."""

_NAME = "(?:[^\\W\\d_]|[\u0900-\u0dff\u0e31-\u0ecd\u17b4-\u17d3]){3,14}"
"""Of a month: letters, and the marks of scripts in which words have some."""

_DAY_FIRST = re.compile(
    rf"(\d(?<![\w/]\d)\d?)(?:\.|st|nd|rd|th|er|º)?\s+(?:de\s+)?({_NAME})\.?,?\s+(?:de\s+|del\s+)?(\d{{4}})(?!\w)"
)
_ARABIC = "[\u0621-\u064a]{2,8}(?: [\u0621-\u064a]{3,6})?"
_ARABIC_DAY = re.compile(rf"(\d(?<![\w/]\d)\d?)\s+({_ARABIC})(?:\s?/\s?({_ARABIC}))?\s+(\d{{4}})(?!\w)")
"""A month may have one name in the west and another in the east, and stand with both: ``4 آب/أغسطس 2013``."""

_MONTH_FIRST = re.compile(r"(?<!\w)([^\W\d_]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})(?!\w)")
_YEAR_FIRST = re.compile(r"(\d\d{3})\s?[年년]\s?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일]")
_YEAR_AND_MONTH_FIRST = re.compile(rf"(\d\d{{3}})(?:\.| m\.)\s+({_NAME})\s+(\d{{1,2}})(?!\d)")
_YEAR_FIRST_DOTTED = re.compile(r"(\d(?<![\w./,-]\d)\d{3})([./])\s?(\d{1,2})\2\s?(\d{1,2})(?!\d|[./-]\d)")
_DAY_AND_YEAR = re.compile(r"\d(?:st|nd|rd|th)?,?\s+\d{4}(?!\w)")
_CUED = re.compile(
    r"(?<!\w)(?<!trước )(?<!đến )(?<!từ )(?<!sau )(?<!hết )(?<!tới )"
    r"(?:ngày|sáng|chiều|tối|trưa|đêm|hôm)\s+(\d{1,2})[/-](\d{1,2})(?![/\w%]|[.,:-]\d)",
    re.IGNORECASE,
)
_ARABIC_LETTER = re.compile("[\u0621-\u064a]")
_THAI = re.compile("[\u0e01-\u0e4e]")
_EASTERN = re.compile("[\u0e01-\u0e4e年년]")
_BUDDHIST = 543
"""Years that the Thai count is ahead."""

_THAI_SHORT = ["ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค."]
_THAI_DAY = re.compile(rf"(\d\d?)\s+({'|'.join(map(re.escape, _THAI_SHORT))})\s?(\d{{4}})(?!\d)")

_UNLESS_STOPPED = {"listopada": (11, 10)}
"""November in Polish, October in Croatian, which sets a full stop behind the day."""

_CLOCK = re.compile(
    r"(?:\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.? \d{1,2},? at )?"
    r"(?<![\w.,/])\d{1,2}\s?(?:[:.h]|giờ|Uhr)\s?(?:\d{2}(?!\d))?(?::\d{2})?\s?(?:[ap]\.?\s?m\b\.?|Uhr\b)?"
    r"|\d{1,2}\s?[時时点시](?:\s?\d{1,2}\s?[分분])?"
    r"|\b\d{4} (?:GMT|HKT|UTC|ET|EST)\b"
    r"|\(?(?:GMT|UTC)\s?[+-]\s?\d{1,2}(?::?\d{2})?\)?|\b(?:GMT|UTC|HKT|ICT|EST|EDT|PST|PDT|CST|CDT|CET|CEST|BST)\b",
    re.IGNORECASE,
)
# What every clock and zone holds, of which the expressions open with one class of characters.
_HOUR_LIKE = re.compile(r"\d\s?(?i:[:.hgue時时点시])")
_ZONE_LIKE = re.compile(r"[GgUuHhIiİıEeCcBbPp](?i:mt|tc|kt|ct|st|dt|et|est)")
_HOURS = frozenset(":hg時时点시")
_ZONE = re.compile(r"\b(?:GMT|UTC|HKT|ICT|EST|EDT|PST|PDT|CST|CDT|CET|CEST|BST)\b")
_AGES = r"hours?|hrs?|minutes?|mins?|days?|weeks?|heures?|jours?|horas?|minutos|días?|stunden?|minuten?|tagen?"
_RELATIVE = re.compile(
    rf"^(?:(?:cách đây|hace|il y a|vor) \d{{1,2}}\s*(?:giờ|phút|ngày|tuần|tháng|{_AGES})(?: trước)?"
    rf"|\d{{1,2}}\s*(?:giờ|phút|ngày|tuần|tháng) trước|\d{{1,2}}\s*(?:{_AGES}|h) ago"
    rf"|\d{{1,2}}\s*(?:h|mins?|minutes?))$",
    re.IGNORECASE,
)
_AGE = re.compile(
    rf"(?:(?<!\w)(?:cách đây|hace|il y a|vor) \d{{1,2}}\s*(?:giờ|phút|ngày|tuần|tháng|{_AGES})(?: trước)?"
    rf"|(?<!\d)\d{{1,2}}\s*(?:giờ|phút|ngày|tuần|tháng) trước|(?<!\d)\d{{1,2}}\s*(?:{_AGES}|h) ago)$",
    re.IGNORECASE,
)
_AGE_LENGTH = 30
"""Signs at a line's end among which the number of an age stands."""

_CLOSING = re.compile(r"(\d(?<!\d\d)\d?)/(\d{1,2})/(\d{4})(?![\d/])")
_TERM = re.compile(r"(?<!\d)(20\d{2}|19\d{2})\s*[-–]\s*(20\d{2}|19\d{2})(?!\d)")
_YEAR = re.compile(r"(?<![\d/.,-])(?:năm |in |en |im Jahr |of )?(20\d{2}|19\d{2})(?![\d/.,]\d|\d)")
_AMERICAN = ("ET", "EST", "EDT", "PT", "PDT", " AM", " PM", " a.m.", " p.m.")
_ORDINAL = re.compile(r"(\d)(?:st|nd|rd|th|er|º)\b")
_NUMBER = re.compile(r"\d+")
_BARE_DAY, _MOST_DAYS = 30, 31
"""Characters of a line that is a day without its year, and the days of a month."""

_NEAR_SIGNS = len("aujourd'hui")
_NEAR_DAY = re.compile(r"(?:yesterday|today|hier|aujourd['’]hui|gestern|heute|ayer|hoy|hôm qua|hôm nay)", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+(?:\.[^\W\d_])?")
_DIGIT = re.compile(r"\d")
_PARTED = re.compile(r"\d[/.-]\d{1,2}[/.-]\d")
_YEAR_LIKE = re.compile(r"\d(?:\d{3}|[/.-]\d{1,2}[/.-]\d)")
_DAY_LIKE = re.compile(r"\d(?<!\d\d)\d?(?!\d)")
_SPACED_YEAR = re.compile(r"\d(?<=\s\d)\d{3}(?!\d)")
_TOO_LONG = 160


class DateHit(Value, frozen=True, kw_only=True):
    """A date found in a line; ``year`` is ``None`` when the line does not give it."""

    day: int
    month: int
    year: int | None
    start: int
    end: int

    @property
    def date(self) -> dt.date | None:
        """The date, when the year is known."""
        return dt.date(self.year, self.month, self.day) if self.year else None


def find_dates(text: str, known: Vocabulary, month_first: bool = False) -> list[DateHit]:
    """The full dates in a text, in order. ``month_first`` reads ``7/4/2025`` the American way."""
    hits: list[DateHit] = []
    if not (_YEAR_LIKE.search(text) and _DAY_LIKE.search(text)):
        return hits
    parted = _PARTED.search(text) is not None
    for match in _ISO.finditer(text) if parted and "-" in text else ():
        _add(hits, match, match[3], match[2], match[1])
    for match in _NUMERIC.finditer(text) if parted else ():
        if match[4]:
            day, month = (match[3], match[1]) if month_first and int(match[1]) <= 12 else (match[1], match[3])
            _add(hits, match, day, month, match[4]) or _add(hits, match, month, day, match[4])
    for match in _YEAR_FIRST_DOTTED.finditer(text) if text.count(".") > 1 or text.count("/") > 1 else ():
        _add(hits, match, match[4], match[3], match[1])
    eastern = not text.isascii() and _EASTERN.search(text) is not None
    for match in _YEAR_FIRST.finditer(text) if eastern else ():
        _add(hits, match, match[3], match[2], match[1])
    for match in _THAI_DAY.finditer(text) if eastern else ():
        _add(hits, match, match[1], str(_THAI_SHORT.index(match[2]) + 1), str(int(match[3]) - _BUDDHIST))
    for match in _YEAR_AND_MONTH_FIRST.finditer(text) if "." in text else ():
        if (month_number := known.months.get(match[2].casefold())) is not None:
            _add(hits, match, match[3], str(month_number), match[1])
    if not _SPACED_YEAR.search(text):
        return sorted(hits, key=_start)
    for match in _VIETNAMESE.finditer(text) if "tháng" in text or "Tháng" in text else ():
        _add(hits, match, match[1], match[2], match[3])
    for match in _VIETNAMESE_WORDED.finditer(text) if "tháng" in text or "Tháng" in text else ():
        _add(hits, match, match[1], str(_WORDED.index(match[2].casefold()) + 1), match[3])
    for match in _ARABIC_DAY.finditer(text) if _ARABIC_LETTER.search(text) else ():
        named = (known.months.get(name) for name in match.group(2, 3))
        if (month_number := next(filter(None, named), None)) is not None:
            _add(hits, match, match[1], str(month_number), match[4])
    for match in _DAY_FIRST.finditer(text):
        month = match[2].casefold()
        stopped = text[match.start() : match.start(2)].rstrip().endswith(".")
        month_number = _UNLESS_STOPPED[month][stopped] if month in _UNLESS_STOPPED else known.months.get(month)
        if month_number is not None:
            year = int(match[3]) - (_BUDDHIST if _THAI.match(month) else 0)
            _add(hits, match, match[1], str(month_number), str(year))
    for match in _MONTH_FIRST.finditer(text) if _DAY_AND_YEAR.search(text) else ():
        if (month_number := known.months.get(match[1].casefold())) is not None:
            _add(hits, match, match[2], str(month_number), match[3])
    return sorted(hits, key=_start)


_MONTHS_FIRST = frozenset(("en", "en-US", "en-CA", "en-PH"))


def is_american(text: str, language: str) -> bool:
    """Whether an hour or a zone in an English text says that its days stand behind their months (``7/4/2025 5 PM``).

    Elsewhere than in America, English pages that say where they are have the day first.
    """
    return language in _MONTHS_FIRST and any(mark in text for mark in _AMERICAN)


def find_evidence(text: str, known: Vocabulary) -> list[dt.date]:
    """The full dates in a text, and those that close a range or a list of days: their year is sure all the same."""
    found = _CLOSING.finditer(text) if "/" in text else ()
    closing = [(int(match[3]), int(match[2]), int(match[1])) for match in found]
    dates = [dt.date(year, month, day) for year, month, day in closing if _valid(day, month, year)]
    return dates + [hit.date for hit in find_dates(text, known) if hit.date is not None]


def find_years(text: str) -> list[int]:
    """The years that a text names on their own, or as the start of a term; the end of a term lies ahead."""
    ends = {match.start(2) for match in _TERM.finditer(text)}
    return [int(match[1]) for match in _YEAR.finditer(text) if match.start(1) not in ends]


def find_cued(text: str) -> DateHit | None:
    """The first date without a year that a word introduces (``Chiều 17/10``)."""
    for match in _CUED.finditer(text.casefold()):
        hits: list[DateHit] = []
        if _add(hits, match, match[1], match[2], "2000"):
            found = hits[0]
            return DateHit(day=found.day, month=found.month, year=None, start=found.start, end=found.end)
    return None


def infer_year(hit: DateHit, dated: Iterable[dt.date], years: Iterable[int]) -> int | None:
    """The year that fits a date without one: not after the newest full date on the page, and as near to it as can be.

    Without any full date on the page it is the year that the page names most often, the later of two; a year named
    once is as likely to be background ("the survey of 2023") and tells nothing.
    """
    newest = max(dated, default=None)
    if newest is None:
        counts = Counter(years)
        often = [year for year in counts if counts[year] > 1]
        return max(often, key=lambda year: (counts[year], year), default=None)
    for year in (newest.year, newest.year - 1):
        if _valid(hit.day, hit.month, year) and dt.date(year, hit.month, hit.day) <= newest:
            return year
    return None


def date_line(text: str, known: Vocabulary) -> bool:
    """Whether a line holds a date or a time and nothing else but words that go with one."""
    if len(text) > _TOO_LONG:
        return False
    if not _DIGIT.search(text):
        return len(text) <= _NEAR_SIGNS and _NEAR_DAY.fullmatch(text) is not None
    if _RELATIVE.match(text.strip(" *•-()[].")) or (len(text) <= _BARE_DAY and _is_bare_day(text, known)):
        return True
    rest, found = without_date(text, known)
    if not found:
        return False
    words = [word.casefold() for word in _WORD.findall(rest)]
    return all(word in known.date_words or word in known.months for word in words)


def _is_bare_day(text: str, known: Vocabulary) -> bool:
    """Whether a text is a day and a month without a year, a day of the week beside them (``Monday, Nov. 3``)."""
    words = [word.casefold().rstrip(".") for word in _WORD.findall(_ORDINAL.sub(r"\1", text))]
    numbers = _NUMBER.findall(text)
    months = sum(word in known.months for word in words)
    own = all(word in known.months or word in known.date_words for word in words)
    return months == 1 and own and len(numbers) == 1 and 0 < int(numbers[0]) <= _MOST_DAYS


def holds_day_and_hour(text: str, known: Vocabulary) -> bool:
    """Whether a line gives a full date and the time of day, as only lines about an article do."""
    if len(text) > _TOO_LONG * 2 or not _YEAR_LIKE.search(text):
        return False
    if not find_dates(text, known):
        return False
    clocks = (match[0] for match in _CLOCK.finditer(text))
    return any(not _HOURS.isdisjoint(clock.casefold()) for clock in clocks)


def without_date(text: str, known: Vocabulary) -> tuple[str, str]:
    """A line without its date and time, and the part taken out, from the first to the last; ``""`` when none."""
    if not _DIGIT.search(text) and not ("T" in text and _ZONE.search(text)):
        return text, ""
    spans = [(hit.start, hit.end) for hit in find_dates(text, known)]
    if _HOUR_LIKE.search(text) or _ZONE_LIKE.search(text):
        spans += [match.span() for match in _CLOCK.finditer(text)]
    age = _AGE.search(text.rstrip()) if _DIGIT.search(text[-_AGE_LENGTH:]) else None
    spans += [age.span()] if age else []
    if not spans:
        return text, ""
    start, end = min(span[0] for span in spans), max(span[1] for span in spans)
    weekday = _weekday(known).search(text, 0, start)
    start = weekday.start() if weekday else start
    return text[:start] + " " + text[end:], text[start:end].strip()


@lru_cache(maxsize=64)
def _weekday(known: Vocabulary) -> re.Pattern[str]:
    """Finds a day of the week at a text's end."""
    names = sorted(
        (name for words in known.languages.values() for name in words.dates.weekdays if len(name) > 2), key=len
    )
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, reversed(names)))})\s*,?\s*(?:ngày\s*)?$", re.IGNORECASE)


_start = attrgetter("start")


def _add(hits: list[DateHit], match: re.Match[str], day: str, month: str, year: str) -> bool:
    full = int(year) + (2000 if len(year) == 2 else 0)
    if not _valid(int(day), int(month), full):
        return False
    if any(hit.start < match.end() and match.start() < hit.end for hit in hits):
        return True
    hits.append(DateHit(day=int(day), month=int(month), year=full, start=match.start(), end=match.end()))
    return True


def _valid(day: int, month: int, year: int) -> bool:
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        return False
    try:
        dt.date(year, month, day)
    except ValueError:
        return False
    return True

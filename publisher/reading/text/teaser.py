"""What stands in a teaser's line besides its headline: a rank, a badge, a time, a rubric."""

import datetime as dt
import re
from collections.abc import Sequence

from publisher.reading.vocabulary import Vocabulary
from publisher.reading.vocabulary.dates import date_line, find_dates, without_date
from publisher.reading.vocabulary.lines import Line, split_rank
from publisher.reading.vocabulary.page import Page
from publisher.reading.vocabulary.words import words_in

_TRAILING_TIME = re.compile(
    r"\s*(?:[-–|•·]\s*)?(?:\(?\d{1,2}[:hHg]\d{2}\)?\s*(?:[-–|,]?\s*(?:ngày\s*)?\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{4})?)?|\(?\d{1,2}[/-]\d{1,2}[/-]\d{4}\)?)$"
)
_LEADING_TIME = re.compile(
    r"^(?:\d{1,2}[:hHg]\d{2}|\d{1,2}[.:]\d{2}\s?Uhr|\d{1,2}[/-]\d{1,2}(?:[/-]\d{4})?(?:\s+\d{1,2}:\d{2})?)\s*(?:[-–|•·:]\s*)?(?=[^\W\d_\"“])"
)
_AGE = re.compile(
    r"[-–|•·,/]?\s*(?:\d{1,2}\s*(?:giờ|phút|ngày|tuần|tháng) trước"
    r"|\d{1,2}\s*(?:m|min|mins?|minutes?|h|hrs?|hours?|d|days?|w|weeks?|months?) ago"
    r"|vor \d{1,2}\s*(?:min|minuten?|std|stunden?|tag|tagen?|wochen?)\.?"
    r"|il y a \d{1,2}\s*(?:min|minutes?|h|heures?|j|jours?|semaines?)"
    r"|hace \d{1,2}\s*(?:min|minutos?|h|horas?|d|días?|semanas?))$",
    re.IGNORECASE,
)


_GLUED_RANK = re.compile(r"(\d{1,2})(?=[«“„¿¡'‘]?[A-ZÀ-ÞĐ][^\W\d_]|[\u3041-\u30ff\u3400-\u9fff])")
"""A rank that runs into its headline."""

_RUBRIC = re.compile(r"[A-ZÀ-ÞĐ][A-ZÀ-ÞĐ &]{1,23}[A-ZÀ-ÞĐ](?=[A-ZÀ-ÞĐ][^\W\d_A-ZÀ-ÞĐ])")
"""A rubric in capitals that runs into a headline."""

_EARLIER = re.compile(
    r"(?:\d{1,2}\s*(?:giây|phút|giờ|ngày|tuần|tháng) trước"
    r"|\d{1,2}\s*(?:mins?|minutes?|hrs?|hours?|days?|weeks?) ago"
    r"|vor \d{1,2}\s*(?:minuten?|stunden?|tag(?:en)?|wochen?)"
    r"|il y a \d{1,2}\s*(?:minutes?|heures?|jours?|semaines?)"
    r"|hace \d{1,2}\s*(?:minutos?|horas?|días?|semanas?))[\s:|·•–-]*(?=\S)",
    re.IGNORECASE,
)
"""An age that opens a line, and may run into its headline."""

_TALKED = re.compile(
    r"\s*(?:\b\d{1,4}|(?<=\w)[Nn]o|\bno|\bkeine|\bchưa có)"
    r"\s*(?:comments?|kommentare?|commentaires?|comentarios?|bình luận)$",
    re.IGNORECASE,
)
"""How many comments there are, behind a headline."""

_SHORT_DAY = re.compile(r"\d{1,2}[/.-]\d{1,2}\.?")
_COUNT = re.compile(r"(?<=[a-zà-ỹ])\d{1,4}$")
_BADGE, _BEFORE_BADGE = 4, 3
"""Letters of a badge that may close a headline, and the spaces before it."""

_RANK = re.compile(r"(\d{1,2})[.)]?\s")
_BESIDE_AGE = re.compile(r"\s[-–—|•·/]\s")
_IN_BRACKETS = re.compile(r"\s*[(\[（]([^()\[\]（）]{2,40})[)\]）]$")
_EAST_ASIAN_DAY = re.compile(r"\d{1,2}[月월]\s?\d{1,2}[日일]")
_DIGIT = re.compile(r"\d")

_ADDRESS = re.compile(r"[\d©+](?:(?<=^\d)\d*\s[^,]+,[^,]+,|(?<=©)|(?<=\+)\d{2,3}[\s\d(]{6})")
"""A street and its number before two commas, a sign of rights, a telephone's number: by their first signs, which is
faster."""

_CLOSED = re.compile(
    r"(?<=[.!?…»”\"]) (?P<button>(?i:[\[(]?(?:mehr|weiterlesen|more|read more|continue reading|lire la suite|lire plus"
    r"|leer más|ver más|seguir leyendo|đọc tiếp|xem thêm)[\])]?)[ »›>→…]*)$"
    r"|(?<=[.!?…»”\"]) (?:[^\W\d_]+ ){0,2}(?:Von|By|Par|Por) [A-ZÀ-Þ][^.!?]{4,40}$"
)
_CLOSE_LENGTH = 60
"""What closes a summary: a button to read on, or who wrote the article."""

_HANDLE = re.compile(r"\S@\S|\s@\w|^@\w+\.\w")
"""An address or the name of an account."""

_ARROWS, _ARROWED = "→➔➜►▶", 7
"""Signs at the end of a button's words, and how many words it has at most."""

_ENTRIES, _LETTERS = re.compile(r"\s[▪•■|·]\s"), 5
_FEWEST_ENTRIES = 3
"""Between a menu's entries, and how many of these signs, or letters alone, a line has that is a menu."""

_FEWEST_WORDS = 5
_FEWEST = {"vi": 6, "de": 4}
"""Words of the shortest headline; Vietnamese writes each syllable apart, and German what belongs together in one."""

_AGED_SPACES, _AGE_LENGTH = 2, 20
"""Spaces of the shortest headline that an age is taken off, and signs at a line's end among which its number stands."""

_WEIGHTY = 3
"""Letters of a word that tells a line from a row of buttons."""

_MOST_DIGITS = 0.3
_MOST_BUTTONS = 0.5
"""The share of a headline's signs that may be digits, and of its words that may be those of buttons and labels."""


def headline_shaped(line: Line, page: Page, fewest: int | None = None) -> bool:
    """Whether a line looks as headlines do: words enough, some of them small, few digits, and not those of buttons.

    ``fewest`` are the words that are enough; ``None``: as many as a headline has in the page's language.

    Entries of menus and footers are names or commands: short, or with a capital on each word.
    """
    words = page.shapes.get(line.text)
    if words is None:
        words = page.shapes[line.text] = _shape(line, page)
    return words >= (fewest or _FEWEST.get(page.language, _FEWEST_WORDS))


def _shape(line: Line, page: Page) -> int:
    """The words of a line that looks as headlines do, however few; 0 of one that does not."""
    text = line.text
    words = [word for word in text.split() if word.isalpha() or any(map(str.isalpha, word))]
    if len(_DIGIT.findall(text)) > _MOST_DIGITS * len(text) or of_buttons(line, page.vocabulary):
        return 0
    if not words or _ADDRESS.search(text) or ("@" in text and _HANDLE.search(text)) or _is_menu(text, words):
        return 0
    small = page.language == "en" or any(word[0].islower() for word in words) or text.isupper()
    return words_in(" ".join(words)) if small or text.lower() == text.upper() else 0


def _is_menu(text: str, words: Sequence[str]) -> bool:
    """Whether signs part several entries of a line, letters alone are most of it, or an arrow closes its few words."""
    if text[-1] in _ARROWS and len(words) <= _ARROWED:
        return True
    return sum(len(word) == 1 for word in words) >= _LETTERS or len(_ENTRIES.findall(text)) >= _FEWEST_ENTRIES


def of_buttons(line: Line, known: Vocabulary, *, wholly: bool = False) -> bool:
    """Whether most words of a line are those of buttons and labels; ``wholly``: whether several are, and no others."""
    words = line.key.split()
    if wholly:
        several = {word for word in words if word in known.page_words}
        return len(several) > 1 and all(word in several or len(word) < _WEIGHTY for word in words)
    return sum(map(known.page_words.__contains__, words)) > _MOST_BUTTONS * len(words)


def opens_with_hour(text: str) -> bool:
    """Whether an hour opens a line, as headlines in a ticker have one."""
    return text[:1].isdigit() and _LEADING_TIME.match(text) is not None


def headline_of(line: Line, near: Sequence[Line], known: Vocabulary) -> str:
    """The line's headline, with rank, badge and time taken off; ``near`` are the lines around it."""
    text = without_tail(line.text if line.cue is None else line.cue, known)
    if line.cue is not None:
        return text
    text = without_rubric(text, near) if text[1:2].isupper() else text
    glued = _GLUED_RANK.match(text) if text[:1].isdigit() else None
    if glued is not None and _counts_on(int(glued[1]), _GLUED_RANK, near):
        text = _without_day(text[glued.end() :], known)
    else:
        text = _without_day(split_rank(text) if _is_ranked(line, near) else text, known)
    if _DIGIT.search(text):
        text = _EARLIER.sub("", _without_age(text, near)) if _EARLIER.match(text) else _without_age(text, near)
        text = _LEADING_TIME.sub("", text)
        shorter = _TRAILING_TIME.sub("", text) if text[-1:].isdigit() or text.endswith(")") else text
        text = shorter if shorter.count(" ") >= 3 else text
    lowered = text.casefold()
    for badge in known.badges if lowered.startswith(known.badges) else ():
        if (
            lowered.startswith(badge + " ")
            and text[len(badge) + 1 :].count(" ") >= 2
            and text[: len(badge)] != text[: len(badge)].lower()
        ):
            rest = text[len(badge) + 1 :].lstrip(" :-|")
            if rest[:1].isupper() or rest[:1] in "'\"“‘":
                return rest
    return text


def without_rubric(text: str, near: Sequence[Line]) -> str:
    """A headline without the rubric in capitals that runs into it (``METROTwo …``), where another near has one, too."""
    rubric = _RUBRIC.match(text)
    if rubric is None or sum(_RUBRIC.match(line.text) is not None for line in near) <= 1:
        return text
    return text[rubric.end() :]


def sums_up(text: str) -> bool:
    """Whether what closes summaries closes a line: a button to read on, or who wrote the article."""
    return _CLOSED.search(text, max(0, len(text) - _CLOSE_LENGTH)) is not None


def without_button(text: str) -> str:
    """A summary without the button to read on that closes it."""
    close = _CLOSED.search(text, max(0, len(text) - _CLOSE_LENGTH))
    return text[: close.start()] if close is not None and close["button"] else text


def without_tail(text: str, known: Vocabulary) -> str:
    """A headline without what runs on from it: how many comments there are (``lũ37``), or a badge in capitals."""
    text = _COUNT.sub("", text) if text[-1:].isdigit() else _without_talk(text)
    capitals = text[-_BADGE:].isupper() and text.count(" ") > _BEFORE_BADGE
    for badge in known.badges if capitals else ():
        if len(badge) >= _BADGE and text.endswith(badge.upper()):
            return text[: -len(badge)].rstrip()
    return text


def _without_talk(text: str) -> str:
    """A headline without how many comments there are, which may run into it."""
    talked = _TALKED.search(text)
    return text[: talked.start()] if talked is not None and text[: talked.start()].count(" ") > _BEFORE_BADGE else text


def _without_day(text: str, known: Vocabulary) -> str:
    """A headline without the day, the hour or the age that stands in brackets at its end."""
    match = _IN_BRACKETS.search(text) if text.endswith((")", "]", "）")) else None
    told = match is not None and (
        date_line(match[1], known)
        or any(day.fullmatch(match[1]) is not None for day in (_AGE, _SHORT_DAY, _EAST_ASIAN_DAY))
    )
    return text[: match.start()] if match is not None and told else text


def _without_age(text: str, near: Sequence[Line]) -> str:
    """A headline without its age at the end, which may run into it, where lines around it end in theirs, too."""
    age = _AGE.search(text) if _DIGIT.search(text[-_AGE_LENGTH:]) else None
    if age is None or sum(_AGE.search(line.text) is not None for line in near) <= 1:
        return text
    shorter = text[: age.start()].rstrip(" |·•,–-")
    return shorter if shorter.count(" ") >= _AGED_SPACES else text


def _counts_on(number: int, rank: re.Pattern[str], near: Sequence[Line]) -> bool:
    """Whether the ranks of the lines around one go on from its number, or up to it."""
    ranks = {int(match[1]) for line in near if (match := rank.match(line.text)) is not None}
    return number in ranks and not ranks.isdisjoint((number - 1, number + 1))


def without_rank(line: Line, near: Sequence[Line]) -> str:
    """A line without the number of its place in a list: a sign follows it, or lines near it are counted, too."""
    ranked = is_counted(line) or _is_ranked(line, near)
    return split_rank(line.text) if ranked else line.text


def is_counted(line: Line) -> bool:
    """Whether a number and a sign open a line, as in a list of what most people read."""
    return split_rank(line.text) != line.text and line.text.lstrip("0123456789")[:1] in ".)"


def _is_ranked(line: Line, near: Sequence[Line]) -> bool:
    """Whether the number that opens a line counts the list: a neighbour's number is one off."""
    match = _RANK.match(line.text) if line.text[:1].isdigit() else None
    if match is None:
        return False
    number = int(match[1])
    return any(re.match(rf"^(?:{number - 1}|{number + 1})[.)]?\s", other.text) for other in near if other is not line)


def date_beside(line: Line, headline: str, known: Vocabulary) -> dt.date | None:
    """The date that was taken off a headline."""
    hits = find_dates(line.text, known) if len(headline) < len(line.text) else []
    return hits[0].date if hits and not find_dates(headline, known) else None


def is_rubric(line: Line, known: Vocabulary) -> bool:
    """Whether a line is a rubric and a date (``Transport · 16 March 2026``, ``3 mins ago - News``)."""
    if line.words > 8 or line.prose or line.bullet or _DIGIT.search(line.text) is None:
        return False
    age, *rubric = _BESIDE_AGE.split(line.text, 1)
    if rubric and len(rubric[0].split()) <= 3 and not any(map(str.isdigit, rubric[0])) and _AGE.fullmatch(age):
        return True
    age = _AGE.search(line.text)
    if age:
        return len(line.text[: age.start()].split()) <= 3
    rest, when = without_date(line.text, known)
    return bool(when) and bool(find_dates(line.text, known)) and len(rest.strip(" ·•|-–—,").split()) <= 3

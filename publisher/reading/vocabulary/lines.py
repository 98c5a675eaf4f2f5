"""A line of a page with the features that rules weigh."""

import re
from dataclasses import dataclass, field

from publisher.model import Role
from publisher.reading.vocabulary import EDGES, lower
from publisher.reading.vocabulary.cues import LONG
from publisher.reading.vocabulary.words import FIRST_SPACELESS, single_spaced, words_in

# A quotation in »…« is none of a list's; where a space stands before the « it opens another, and closes none.
_BULLET = re.compile(
    r"^(?!»\S[^«»]*(?<!\s)«|›\S[^‹›]*(?<!\s)‹)(?:\s*(?:[*+•▪■►»›●○◦‣∙-]|[–—](?=\s))\s+|\s*[*+•▪■►»›●○]+(?=[^\s*+•]))"
)
_BARE_BULLET = re.compile(r"^\s*[*+•▪■►»›●○–—-]+\s*$")
_BULLETS = frozenset("*+•▪■►»›●○◦‣∙–—-")
_RANK = re.compile(r"^(\d{1,2})(?:[.)]\s+(?=\S)|\s+(?=[^\W\d_]))")
# German closes quotations with “ and ‘, or with « and ‹.
_SENTENCE_END = re.compile(
    r"(?:[.…][\"'”’»“‘«‹)\]]*|[\"”’»“«)\]][.…]|\./\.|\.\s*/\.|[.!?…][\"”»“«]?\s\([^()]{2,30}\))$"
)
_INITIALISM = re.compile(r"(?:\b[A-Z]\.){2,}$")
"""``U.S.``, where a headline may end."""

_SENTENCE_SIGN = re.compile("[.…!?。！？।॥۔؟]")
_FULL_STOPS = tuple(".…。।॥۔")
_STOPLESS, _STOPLESS_LEAST = re.compile("[\u0e00-\u0eff]"), 100
"""Signs of scripts whose sentences end in no sign, and how many of them are no headline but running text."""

_LAST_STOPLESS = "\u0eff"

_INNER_END = re.compile(r"[.?!…][\"'”’»“‘«‹)]*\s+[\"'“‘«„‚»›(¿¡]?[^\W\d_a-z]")
_COUNTED = re.compile(r"^\W{1,4}(?:ảnh|hình|photo|foto|image|bild)?\s*\d{1,3}$")
_SIGNS = re.compile(r"[\W_]+")
_BREAK = re.compile(r"^(?:[*•·~_=#-]\s*){3,}$|^\s*⁂\s*$")

_ENTRY_WORDS, _ENTRIES = 4, 5
"""Words of the longest entry of a row of topics that commas part, and the fewest entries of one."""

_CREDIT_LENGTH = 120


@dataclass(slots=True, eq=False)
class Line:
    """One line that is not blank; equal only to itself, whatever other lines say."""

    number: int
    text: str
    """Stripped, single spaces, without its list marker."""

    key: str
    """Folded, for comparison."""

    words: int
    bullet: bool
    after_blank: bool
    before_blank: bool = True
    block: int = 1
    """How many lines stand together without a blank one, this line among them."""

    ended: bool = False
    """Ends as a sentence does."""

    prose: bool = False
    """A paragraph by its own looks."""

    label: bool = False
    furniture: bool = False
    end: bool = False
    """Opens what comes after an article: comments, tags."""

    date: bool = False
    meta: bool = False
    """Holds a day and an hour beside other words: who wrote it and when, and no text."""

    file_name: bool = False
    rule: str = ""
    """Why it is furniture."""

    cue: str | None = None
    """The headline that words such as *Read more:* introduce."""

    level: int = 0
    """Of a heading that the text's notation marks, from 1."""

    given: Role | None = None
    """What a correction says the line is."""

    lowered: str = field(default="", repr=False)

    cells: tuple[str, ...] = ()
    """What its tabs part, as browsers print the row of a table; empty of a line without any."""


def line_of(raw: str) -> Line:
    """A line by its own looks; its number is still to come."""
    text = single_spaced(raw)
    opens = text[0] in _BULLETS
    marker = _BULLET.match(text) if opens and len(text) < 2000 else None
    if opens and len(text) < 80 and _BARE_BULLET.match(text):
        return Line(0, text, "", 0, bullet=True, after_blank=False, furniture=True, rule="furniture.signs")
    if marker:
        text = text[marker.end() :]
    words = words_in(text)
    long = len(text) > LONG
    lowered = lower(text[:400] if long else text)
    line = Line(0, text, lowered.strip(EDGES), words, bool(marker), after_blank=False, lowered=lowered)
    if "\t" in raw.strip():
        line.cells = tuple(map(single_spaced, raw.strip().split("\t")))
    if long:
        line.ended = ends_sentence(text[-8:])
        # Without a full stop at its end, inside it, or an extraordinary length, it may be headlines run together.
        line.prose = line.ended or words > 90 or (words > 24 and bool(_INNER_END.search(text[:2000])))
        line.prose = line.prose or is_stopless(text)
    return line


def is_stopless(text: str) -> bool:
    """Whether a text is running text in a script whose sentences end in no sign."""
    few = len(text) < _STOPLESS_LEAST or not FIRST_SPACELESS <= text[0] < _LAST_STOPLESS
    return not few and len(_STOPLESS.findall(text)) >= _STOPLESS_LEAST


def ends_sentence(tail: str) -> bool:
    """Whether the last characters of a line end a sentence, and no abbreviation in capitals."""
    if _INITIALISM.search(tail):
        return False
    return tail.endswith(_FULL_STOPS) or bool(_SENTENCE_SIGN.search(tail) and _SENTENCE_END.search(tail))


def are_topics(text: str) -> bool:
    """Whether a line is a row of what a text is about (``Video, Business News, Harbours, …``), and no list of names."""
    entries = [len(entry.split()) for entry in text.split(",")]
    few = min(entries) > 0 and max(entries) <= _ENTRY_WORDS and entries.count(1) > 1
    return len(entries) >= _ENTRIES and few and not text.endswith(_FULL_STOPS)


def has_inner_end(text: str) -> bool:
    """Whether a sentence ends before the last."""
    return _INNER_END.search(text) is not None


def is_break(text: str) -> bool:
    """Whether a line is a row of asterisks or the like, which parts paragraphs."""
    return _BREAK.match(text) is not None


def split_rank(text: str) -> str:
    """A list's headline without the rank printed before it (``3 Headline``)."""
    return _RANK.sub("", text)


def same_start(line: Line, again: Line) -> bool:
    """Whether the second of two lines says what the first does, and at most a credit more."""
    if line.words < 3 or line.bullet or line.furniture or again.furniture or line.label or line.date:
        return False
    return again.key.startswith(line.key) and len(again.text) - len(line.text) <= _CREDIT_LENGTH


def repeats_headline(line: Line, headline_key: str) -> bool:
    """Whether a line is the headline again, as it is or counted (``Headline - Ảnh 1.``): a picture's text."""
    if not headline_key or line.key[:4] != headline_key[:4]:
        return False
    if not line.key.startswith(headline_key):
        return _SIGNS.sub("", line.key) == _SIGNS.sub("", headline_key)
    return line.key == headline_key or bool(_COUNTED.match(line.key[len(headline_key) :]))

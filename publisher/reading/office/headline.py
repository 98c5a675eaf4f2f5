"""Which paragraph of a document is the headline, and which give its place and day."""

import re
from collections.abc import Sequence

from publisher.reading.office.pieces import ParagraphRead, Piece, paragraphs_of
from publisher.reading.vocabulary import Vocabulary, fold
from publisher.reading.vocabulary.dates import date_line, without_date

SENTENCE_END = re.compile(r"[.!?…:;,]['\"”»)]*$")
LONGEST_HEADING_WORDS = 16
_LONGEST_WORDS = 40
_KICKER_WORDS = 5
_DATED_WORDS = 14
_PLACE_WORDS = 5
_HEAD = 6
"""Paragraphs at the head of a letter or a report among which its title is."""

_STATE = frozenset(
    ("cộng hòa xã hội chủ nghĩa việt nam", "cộng hoà xã hội chủ nghĩa việt nam", "độc lập - tự do - hạnh phúc")
)
"""What stands at the head of every official document in Vietnam."""

_KINDS = frozenset(
    (
        *("thông cáo báo chí", "thông báo", "bản tin", "tin bài", "press release", "media release"),
        *("pressemitteilung", "communiqué de presse", "comunicado de prensa", "nota de prensa"),
    )
)
"""What the head of a document calls it: its title stands under that."""


def find_headline(pieces: Sequence[Piece], known: Vocabulary) -> ParagraphRead | None:
    """The first title, else a heading before any text, else the first paragraph when it is no longer than one.

    Where no style tells, a place with its day and the name of the state are passed over, and one or a few words over a
    bold line are its kicker.
    """
    worded = [piece for piece in pieces if isinstance(piece, ParagraphRead) and piece.worded]
    titles = [piece for piece in worded if piece.kind == "headline"]
    headings = [piece for piece in worded if piece.kind == "heading"]
    if titles:
        return titles[0]
    if headings and headings[0].level == 1:
        above = worded[: worded.index(headings[0])]
        if all(len(piece.text.split()) <= LONGEST_HEADING_WORDS for piece in above):
            return headings[0]
    head = [piece for piece in worded[:_HEAD] if not (is_dated(piece.text, known) or is_letterhead(piece))]
    first = head[0] if head and _may_head(head[0]) else None
    kind = first is not None and fold(first.text) in _KINDS
    if first is None or (first.all_bold and not kind) or len(first.text.split()) > _KICKER_WORDS:
        return first
    second = head[1] if len(head) > 1 else first
    bold = _may_head(second) and second.all_bold and not SENTENCE_END.search(second.text)
    return second if bold else first


def find_kicker(pieces: Sequence[Piece], headline: ParagraphRead | None) -> ParagraphRead | None:
    """The paragraph of a few words right over a headline that its look alone shows."""
    worded = [piece for piece in pieces if isinstance(piece, ParagraphRead) and piece.worded]
    at = worded.index(headline) if headline is not None and headline.kind == "text" else 0
    above = worded[at - 1] if at else None
    if above is None or above.kind != "text" or len(above.text.split()) > _KICKER_WORDS or is_letterhead(above):
        return None
    return above


def is_letterhead(piece: Piece) -> bool:
    """Whether a paragraph, or one in a table, is what every official document of a state opens with."""
    return any(fold(paragraph.text) in _STATE for paragraph in paragraphs_of(piece))


def is_dated(text: str, known: Vocabulary) -> bool:
    """Whether a paragraph is a day, perhaps after its place (``Hòa Vang, ngày 25 tháng 11 năm 2026``)."""
    if len(text.split()) > _DATED_WORDS:
        return False
    if date_line(text, known):
        return True
    rest, when = without_date(text, known)
    words = rest.split()
    place = [word for word in words if word.strip(",.–-") and fold(word) not in known.date_words]
    return bool(when) and len(place) <= _PLACE_WORDS and all(word[:1].isupper() for word in place)


def _may_head(piece: ParagraphRead) -> bool:
    if piece.kind != "text" or piece.note:
        return False
    return len(piece.text.split()) <= _LONGEST_WORDS and (piece.all_bold or not SENTENCE_END.search(piece.text))

"""Which paragraph of a document is the headline."""

import re
from collections.abc import Sequence

from publisher.reading.office.pieces import ParagraphRead, Piece

SENTENCE_END = re.compile(r"[.!?…:;,]['\"”»)]*$")
LONGEST_HEADING_WORDS = 16
_LONGEST_WORDS = 40


def find_headline(pieces: Sequence[Piece]) -> ParagraphRead | None:
    """The first title, else a heading before any text, else the first paragraph when it is no longer than one."""
    worded = [piece for piece in pieces if isinstance(piece, ParagraphRead) and piece.worded]
    titles = [piece for piece in worded if piece.kind == "headline"]
    headings = [piece for piece in worded if piece.kind == "heading"]
    if titles:
        return titles[0]
    if headings and headings[0].level == 1:
        above = worded[: worded.index(headings[0])]
        if all(len(piece.text.split()) <= LONGEST_HEADING_WORDS for piece in above):
            return headings[0]
    first = worded[0] if worded else None
    if first is not None and first.kind == "text" and not first.note:
        words = len(first.text.split())
        if words <= _LONGEST_WORDS and (first.all_bold or not SENTENCE_END.search(first.text)):
            return first
    return None

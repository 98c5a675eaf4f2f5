"""Other articles that a document names: the lines under a label such as *Tin liên quan*."""

from collections.abc import Sequence

from publisher.reading.office.headline import SENTENCE_END
from publisher.reading.office.pieces import ParagraphRead, Piece
from publisher.reading.vocabulary import Vocabulary, fold
from publisher.reading.vocabulary.bylines import parse_byline

_WORDS = range(3, 31)


def find_related(pieces: Sequence[Piece], known: Vocabulary) -> dict[int, list[ParagraphRead]]:
    """The headlines under each label, by the label's index among the pieces."""
    found: dict[int, list[ParagraphRead]] = {}
    for index, piece in enumerate(pieces):
        if isinstance(piece, ParagraphRead) and piece.worded and _is_label(piece, known):
            headlines: list[ParagraphRead] = []
            for below in pieces[index + 1 :]:
                if not isinstance(below, ParagraphRead) or (below.worded and not _is_headline(below, known)):
                    break
                if headlines and below.worded and (below.item is None) != (headlines[0].item is None):
                    break
                headlines += [below] if below.worded else []
            if headlines:
                found[index] = headlines
    return found


def _is_label(paragraph: ParagraphRead, known: Vocabulary) -> bool:
    key = fold(paragraph.text)
    return known.labels.is_exact(key) or key in known.cues


def _is_headline(paragraph: ParagraphRead, known: Vocabulary) -> bool:
    if paragraph.kind != "text" or paragraph.pictures or paragraph.note or _is_label(paragraph, known):
        return False
    if parse_byline(paragraph.text, known) is not None:
        return False
    asked = paragraph.text.endswith("?")
    return len(paragraph.text.split()) in _WORDS and (asked or not SENTENCE_END.search(paragraph.text))

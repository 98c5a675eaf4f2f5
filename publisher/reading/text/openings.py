"""What opens an article's first paragraph: an outlet's name, or a place, a date and an agency."""

import re

_OUTLET_OPENING = re.compile(
    r"^(?:[(\[](?P<bracket>[^\W\d_][\w .&+/]{1,24})[)\]]\s*[-–—.:]*\s*"
    r"|(?P<plain>[^\W\d_][\w.&+]{1,24}(?: [A-ZĐ][\w.]{0,12})?)\s+[-–—]{1,2}\s+)(?=\S)"
)
_PLACE_OPENING = re.compile(
    r"^[A-ZÀ-ÖØ-Ý][A-ZÀ-ÖØ-Ý.' -]{2,30}(?:[,/] ?[^()–—-]{2,25})?\s*(?:\([^()]{2,40}\)\s*)?[-–—]{1,2}\s+(?=\S)"
    r"|^[A-ZÀ-ÖØ-Ý][^\W\d_]+(?: [A-ZÀ-ÖØ-Ý][^\W\d_]+)?\s*(?:,[^()–—-]{2,25})?\([^()]{2,40}\)\s*[-–—.:]*\s+(?=\S)"
)

_GENRE = re.compile(
    r"(?:RÉCIT|ENQUÊTE|REPORTAGE|ENTRETIEN|INTERVIEW|DÉCRYPTAGE|ANALYSE|ANÁLISIS|PORTRAIT|TÉMOIGNAGES?|VIDÉO|EXCLUSI[FV]"
    r"|INFO|OPINIONS?|OPINIÓN|TRIBUNE|CHRONIQUE|CRÓNICA|ENTREVISTA|REPORTAJE|VÍDEO|VIDEO|KOMMENTAR|PORTRÄT"
    r"|FACTUEL|GRAND FORMAT)"
    r"(?: [A-ZÀ-Þ][A-ZÀ-Þ’' ]*)?\s*[-–—.:]"
)
"""What kind of text it is."""


def opened_by_outlet(text: str) -> str | None:
    """What opens a paragraph before a dash or in brackets (``VEN.VN - ``, ``(CNN) -- ``); None when nothing does.

    Nor is what kind of text it is, in capitals, an outlet's name.
    """
    match = _OUTLET_OPENING.match(text)
    return (match["bracket"] or match["plain"]) if match and not _GENRE.match(text) else None


def opened_by_place(text: str) -> str | None:
    """The place, date and agency that open a paragraph (``LISBON, May 3 (Reuters) - ``); None when nothing does.

    Nor does what kind of text it is, in capitals: that opens standfirsts.
    """
    match = _PLACE_OPENING.match(text[:120])
    return match.group() if match and not _GENRE.match(text) else None

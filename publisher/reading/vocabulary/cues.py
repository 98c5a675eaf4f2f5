"""Cues: the words and arrows that introduce another article's headline (*Read more: …*, *>> …*)."""

import re

from publisher.reading.vocabulary import Vocabulary, lower

LONG = 200
"""Characters from which a line is running text whatever its end: no headline seen was longer."""

_END = re.compile(r"\s*[:：|»>]+\s*(?=\S)")
_APART = re.compile(r"(?:\s[-–—]|\.)\s(?=\S)")
# To read, to see, to hear, in the languages of many papers, with a word or two for *also* and *here*, and a colon.
_INVITED = re.compile(
    r"(?:[^\W\d_]+ )?(?:read|see|watch|listen|lisez|lire|relire|voir|lea|lee|leé|leer|lean|mira|mirá|mire|vea|ver|leia|"
    r"leggi|guarda|lees|bekijk|läs|les|læs|lue|czytaj|przeczytaj|zobacz|čtěte|čti|citește|citiți|oku|okuyun|baca|simak|basahin|"
    r"đọc|xem|lesen|lies|siehe|διαβάστε|читайте|смотрите)"
    r"(?-i:(?: [^\W\d_A-ZÀ-Þ]+){0,3})\s?[:|：]\s*(?=\S)",
    re.IGNORECASE,
)
_QUOTED = re.compile(
    r"(?:lisez|relisez|(?:à )?lire|read|see|lea|lee|lies|lesen sie)(?: aussi| also| también| auch)?"
    r" [«“\"„]\s?(.{20,})\s?[»”\"“]$",
    re.IGNORECASE,
)
_CLOSING = '»”"“'
"""To read, and a headline in quotation marks, and what closes these."""

_GLUED = re.compile(
    r"(?:[^\W\d_][^\W\d_A-ZÀ-ÞĐ]*(?: [^\W\d_A-ZÀ-ÞĐ]+)+|[A-ZÀ-ÞĐ]+(?: [A-ZÀ-ÞĐ]+)+?)(?=[A-ZÀ-ÞĐ][^\W\d_A-ZÀ-ÞĐ])"
)
"""Words that a headline runs into, which a style sheet had set apart: ``À lire aussiLe pont``, ``READ ALSOThe …``."""

_SIGN, _LENGTH = re.compile("[:|：]"), 30
_HEADLINE = 2
"""Spaces of the shortest headline."""

_LINKED = 4
"""Spaces of the shortest headline in brackets that stand apart, as a link between paragraphs has them."""

_BRACKETS = ("[]", "()")
_ARROWS = re.compile(r"^(?:>{1,3}|»(?!\S[^«»]*«$)|›(?!\S[^‹›]*‹$)|→|►|▶|⋙|➡\ufe0f?|\+\+)\s*")
"""An arrow; signs that close a quotation at the line's end have opened it."""

_ARROW_SIGNS = frozenset(">»›→►▶⋙➡+")


def cued(text: str, lowered: str, known: Vocabulary) -> str | None:
    """The headline in a line that introduces it by words or by arrows; None in any other line."""
    if len(text) > LONG:
        return None
    if text.startswith("[ ") and text.endswith("]") and text.count(" ") > _LINKED:
        return text[2:].removesuffix("]").strip()
    if text[:1] + text[-1:] in _BRACKETS:
        text, lowered = text[1:-1].strip(), lowered[1:-1].strip()
    bare = _ARROWS.sub("", text) if text[:1] in _ARROW_SIGNS else text
    invited = _INVITED.match(bare) if _SIGN.search(bare) else None
    if invited is None and (sign := _SIGN.search(bare[:_LENGTH])) and bare[: sign.start()].isupper():
        invited = _INVITED.match(bare[: sign.start()].lower() + bare[sign.start() :])
    if invited and bare.count(" ", invited.end()) >= 2:
        return bare[invited.end() :].strip()
    quoted = _QUOTED.match(bare) if bare[-1:] in _CLOSING else None
    if quoted:
        return quoted[1].strip()
    glued = _GLUED.match(bare[: 2 * _LENGTH]) if known.cue_start.run_into(lowered) else None
    if glued and glued.end() < _LENGTH and lower(glued[0]) in known.cues and bare.count(" ", glued.end()) >= _HEADLINE:
        return bare[glued.end() :]
    cue = known.cue_start.match(lowered[len(text) - len(bare) :])
    if cue:
        # Behind a single word, such as *Video*, a dash parts a badge from a headline, and a full stop two sentences.
        end = _END.match(bare, len(cue)) or (_APART.match(bare, len(cue)) if " " in cue else None)
        if end and bare.count(" ", end.end()) >= 2:
            return bare[end.end() :].strip()
        # Three words or more need no colon when a capital follows: fewer also open labels (Đọc thêm Thể thao).
        rest = bare[len(cue) :].strip()
        if cue.count(" ") > 1 and rest[:1].isupper() and rest.count(" ") > 1 and not rest.endswith("."):
            return rest
        if cue == "read the full" and not text.endswith("."):
            return bare
    return bare if bare != text and bare.count(" ") >= 2 else None

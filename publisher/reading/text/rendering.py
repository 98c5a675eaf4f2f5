"""What a program made of a page when it rendered it as text, undone.

Lines cut at a column, marks of notation, and what a style sheet had set apart: names, days and hours in one line.
"""

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from publisher.reading.text.indents import heading_levels
from publisher.reading.text.notation import plain_lines
from publisher.reading.text.tearing import joint, owners_of_torn_lines, sets_spaces
from publisher.reading.text.wrapping import owners_of_lines

_PARTED = re.compile(r"[^\W\d_]{2,}[-\u00ad\u2010]$")
_FEWEST_PARTED = 2
"""Words parted at the ends of lines that show a page set with them, as a PDF is: w3m and mail programs part none."""

_SUSPENDED = frozenset(
    ("und", "oder", "bzw.", "sowie", "bis", "and", "or", "to", "et", "ou", "y", "o", "e", "en", "of")
)
"""Words before which a hyphen stands for the rest of a compound (*Stadt- und Landkreis*)."""


_CREDIT = re.compile(r"[.!?…»”\"](?=[A-ZÀ-ÞĐ]{2,} [A-ZÀ-ÞĐ]{2,}|[A-ZÀ-Þ][a-zß-ÿ]+ [A-ZÀ-Þ][a-zß-ÿ-]+$)(?<=[a-zà-ỹ].)")
"""Between a caption and a credit in capitals (``on the ice.RUTH OSEI``), or a name that ends the line; the sign first,
so that it is found fast."""

_GLUED_LENGTH, _CREDIT_LENGTH = 160, 80
_YEAR = re.compile(r"(?:19|20)\d\d")
_MONTHS = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?|September|Oct(?:ober)?|Nov|Dec"
    r"|November|December)"
)
_GLUED = re.compile(
    r"(?<=(?:19|20)\d\d)(?=\d{1,2}[:h]\d\d|[A-ZÀ-ÞĐ][a-zà-ỹ])"
    r"|(?<=[^\W\d_])(?=\d{1,2}(?:[./]\d{1,2}[./]|\.? (?:de )?[^\W\d_]{3,9} (?:de )?)(?:19|20)\d\d)"
    rf"|(?<=[a-zà-ỹ])(?={_MONTHS}\.? \d{{1,2}}, (?:19|20)\d\d)"
    r"|(?<=[a-zà-ỹ])(?=(?:Von|By|Par|Por) [A-ZÀ-Þ])|(?<=\d:\d\d)(?=[A-ZÀ-ÞĐ][a-zà-ỹ])"
    r"|(?<=[a-zà-ỹ])(?=(?:Publi(?:é|shed|cad[oa])|Updated|Posted|Mis à jour|Modifié|Actualizad[oa]|Aktualisiert) )"
)
"""Between a year and an hour or a word, and between a name and a day (``Anna Holm10 March 20266:22 PM``)."""

_RUNS_ON = re.compile(r"[^\W_](?:(?<=[^\W\d_])\d|(?<=[a-zà-ỹ\d])[A-ZÀ-ÞĐ]|(?<=\d)\d{4})")
"""What all of these have, found in a tenth of the time: a letter and a digit, a capital in a word, or five digits."""

_NEW_WINDOW = re.compile(r" ?[(]?opens in (?:a )?new (?:window|tab)[)]?(?= ?\]?$)", re.IGNORECASE)
_NEW_WINDOW_LENGTH = 16
"""What a link says of itself behind its words."""


class Undone(NamedTuple):
    """The lines of a text as the page has them; each list has an entry for each line of the text."""

    texts: list[str | None]
    """Without notation, joined where they were cut; ``None`` for a line that is part of one above."""

    owners: list[int]
    """The index of the line that each is part of: its own, but for those cut."""

    levels: list[int]
    """Of headings that the notation marks, from 1; 0 for all others."""


def undo(texts: Sequence[str]) -> Undone:
    """The lines as they were before they were rendered; as they are where nothing was done to them."""
    owners = owners_of_lines(texts)
    cut = any(owner != index for index, owner in enumerate(owners))
    if not cut:
        owners = owners_of_torn_lines(texts)
    torn = not cut and any(owner != index for index, owner in enumerate(owners))
    whole = _whole(texts, owners, torn=torn) if cut or torn else texts
    levels = heading_levels(texts, max(map(len, texts))) if cut else [0] * len(texts)
    plain = plain_lines([_set_apart(text) if text else text for text in whole])
    return Undone(
        texts=[line.text if owners[index] == index else None for index, line in enumerate(plain)],
        owners=owners,
        levels=[line.level or level for line, level in zip(plain, levels, strict=True)],
    )


def _set_apart(text: str) -> str:
    """A line in which no name, day or hour runs into the next."""
    if len(text) <= _GLUED_LENGTH and ("20" in text or "19" in text) and _YEAR.search(text):
        text = _GLUED.sub(" ", text) if _RUNS_ON.search(text) else text
    if "new" in text[-_NEW_WINDOW_LENGTH:] and (link := _NEW_WINDOW.search(text)) is not None and link.start():
        text = text[: link.start()] + text[link.end() :]
    credit = _CREDIT.search(text, max(0, len(text) - _CREDIT_LENGTH))
    return text if credit is None else f"{text[: credit.end()]} {text[credit.end() :]}"


def _whole(texts: Sequence[str], owners: Sequence[int], *, torn: bool) -> list[str]:
    """The lines with those joined that one owns, at the owner's place; ``torn``: they are pieces of sentences."""
    parts: dict[int, list[str]] = {}
    for index, owner in enumerate(owners):
        parts.setdefault(owner, []).append(texts[index] if owner == index else texts[index].strip())
    joined = _mended(parts, spaced=sets_spaces(texts)) if torn else _uncut(parts)
    return [joined.get(index, "") for index in range(len(texts))]


def _uncut(parts: Mapping[int, Sequence[str]]) -> dict[int, str]:
    """Paragraphs by the index of their first line, of the lines that they were cut into."""
    parting = sum(_parts_word(*two) for each in parts.values() for two in pairwise(each)) >= _FEWEST_PARTED
    return {index: _joined(lines, parting=parting) for index, lines in parts.items()}


def _mended(parts: Mapping[int, Sequence[str]], *, spaced: bool) -> dict[int, str]:
    """Sentences by the index of their first line, of the pieces that they were torn into."""
    mended = {}
    for index, (first, *rest) in parts.items():
        pieces = [first.rstrip() if rest else first]
        for piece in rest:
            pieces += [joint(pieces[-1][-2:], piece, spaced=spaced), piece]
        mended[index] = "".join(pieces)
    return mended


def _joined(lines: Sequence[str], *, parting: bool) -> str:
    """The lines as one; ``parting``: a word may be parted at the end of one."""
    first, *rest = lines
    pieces = [first]
    for line in rest:
        if parting and _parts_word(pieces[-1], line):
            pieces[-1:] = [pieces[-1][:-1], line]
        else:
            pieces += [" ", line]
    return "".join(pieces)


def _parts_word(above: str, below: str) -> bool:
    """Whether a line ends in the beginning of a word that the next goes on with."""
    if not above or above[-1] not in "-\u00ad\u2010" or not below[:1].islower():
        return False
    return _PARTED.search(above[-40:]) is not None and below.split()[0] not in _SUSPENDED

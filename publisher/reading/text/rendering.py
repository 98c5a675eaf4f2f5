"""What a program made of a page when it rendered it as text, undone: lines cut at a column, and marks of notation."""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from publisher.reading.text.notation import plain_lines
from publisher.reading.text.wrapping import owners_of_lines

_PARTED = re.compile(r"[^\W\d_]{2,}[-\u00ad\u2010]$")
_FEWEST_PARTED = 2
"""Words parted at the ends of lines that show a page set with them, as a PDF is: w3m and mail programs part none."""

_SUSPENDED = frozenset(
    ("und", "oder", "bzw.", "sowie", "bis", "and", "or", "to", "et", "ou", "y", "o", "e", "en", "of")
)
"""Words before which a hyphen stands for the rest of a compound (*Stadt- und Landkreis*)."""


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
    parts: dict[int, list[str]] = {}
    for index, owner in enumerate(owners):
        parts.setdefault(owner, []).append(texts[index] if owner == index else texts[index].strip())
    parting = sum(_parts_word(*two) for each in parts.values() for two in pairwise(each)) >= _FEWEST_PARTED
    joined = [_joined(parts[index], parting=parting) if owner == index else "" for index, owner in enumerate(owners)]
    plain = plain_lines(joined)
    return Undone(
        texts=[line.text if owners[index] == index else None for index, line in enumerate(plain)],
        owners=owners,
        levels=[line.level for line in plain],
    )


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

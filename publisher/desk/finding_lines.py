"""From a line of a page of the folder to its place in print, and back."""

import re
from collections.abc import Sequence

from publisher.desk.sheets import SheetBox, Sheets
from publisher.desk.views import ShownLine
from publisher.model.blocks import Value

_WORD = re.compile(r"\w+")
_SOUGHT = (6, 4, 2)
"""Words of a line's beginning that are looked for: fewer where it is broken or hyphenated after the first."""


class LinePlace(Value, frozen=True, kw_only=True):
    """Where a line stands in print."""

    render: int
    number: int
    box: SheetBox


class LineFound(Value, frozen=True, kw_only=True):
    """The line that is printed at a place."""

    page: str
    article: str
    line: int


def find_line(sheets: Sheets, text: str, first: int, last: int) -> tuple[int, SheetBox] | None:
    """The page and the place of a line's first words between two pages; ``None`` where they are not."""
    words = text.split()
    for count in _SOUGHT:
        if words and (count <= len(words) or count == _SOUGHT[-1]):
            found = sheets.find(" ".join(words[:count]), first, last)
            if found is not None:
                return found
    return None


def line_with(lines: Sequence[ShownLine], around: str) -> ShownLine | None:
    """The line that holds most of the words around a place, at least two of them one after the other."""
    words = _WORD.findall(around.replace("\u00ad", "").casefold())[1:-1]  # The first and the last may be cut.
    for length in range(len(words), 1, -1):
        for start in range(len(words) - length + 1):
            sought = f" {' '.join(words[start : start + length])} "
            for line in lines:
                said = line.text if line.becomes is None else line.becomes
                if sought in f" {' '.join(_WORD.findall(said.casefold()))} ":
                    return line
    return None

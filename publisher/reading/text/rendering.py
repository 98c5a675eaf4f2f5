"""What a program made of a page when it rendered it as text, undone: lines cut at a column, and marks of notation."""

from collections.abc import Sequence
from typing import NamedTuple

from publisher.reading.text.notation import plain_lines
from publisher.reading.text.wrapping import owners_of_lines


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
    joined = [" ".join(parts[index]) if owner == index else "" for index, owner in enumerate(owners)]
    plain = plain_lines(joined)
    return Undone(
        texts=[line.text if owners[index] == index else None for index, line in enumerate(plain)],
        owners=owners,
        levels=[line.level for line in plain],
    )

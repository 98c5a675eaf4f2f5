"""Balance: the lines of a headline of like length, which the engine cannot do by itself.

The lines are counted by the widths of the theme's own letters; then the headline gets the least width at which there
are no more of them.
"""

from functools import cache

from publisher.theming.faces import face_for
from publisher.theming.lettering import balanced_lines, broken_lines
from publisher.theming.theme import Theme

POINTS_PER_MM = 72 / 25.4
SLACK = 1.02
"""The engine breaks a line that is as wide as its box to the last digit."""

MOST_WORDS = 60
"""A longer headline is a text: it is set as such."""


def balanced_width(
    theme: Theme, text: str, *, family: int, weight: int, size_pt: float, width_mm: float
) -> float | None:
    """How wide the text should be set in em, at a size and in a column; ``None`` for as wide as the column.

    ``family`` is the place of a family in ``theme.toml``. A text of one line is left.
    """
    face = face_for(theme, family, weight)
    words = text.split(" ")
    if face is None or width_mm <= 0 or not 1 < len(words) <= MOST_WORDS:
        return None
    measure = cache(face.width)
    room = width_mm * POINTS_PER_MM / size_pt
    if max(map(measure, words)) > room or measure(text) <= room:
        return None
    return min(round(max(map(measure, balanced_lines(words, room, measure))) * SLACK, 2), room)


def line_count(theme: Theme, text: str, *, family: int, weight: int, size_pt: float, width_mm: float) -> int:
    """How many lines the engine needs at most for the text in a column of that width; 0 for no text."""
    face = face_for(theme, family, weight)
    words = text.split()
    if face is None or not words:
        return 0
    return len(broken_lines(words, width_mm * POINTS_PER_MM / size_pt / SLACK, cache(face.width)))

"""Lettering: words set in a box of a drawing, at the largest size at which they fit.

SVG has no lines that break by themselves. Here they are broken by the widths of the theme's own letters, so that a
drawing looks the same on every machine, whatever the length of the words.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import pairwise

import msgspec
from markupsafe import Markup

from publisher.model import Asset
from publisher.theming.faces import Face, face_for
from publisher.theming.fonts import FORMAT_CHARACTERS
from publisher.theming.theme import Theme

STEP = 0.95
"""From one size to the next smaller one that is tried: the eye sees no gap, and thirty sizes go from 230 to 50."""

ELLIPSIS = "…"


class SetWords(msgspec.Struct, frozen=True, kw_only=True):
    """Words in their lines, at a size; no lines for words that cannot be set."""

    lines: tuple[str, ...]
    size: float
    leading: float
    """From one baseline to the next, in the drawing's units."""

    face: Face | None

    @property
    def height(self) -> float:
        """That of all lines."""
        return len(self.lines) * self.leading


class Lettering:
    """The hand that sets words in a theme's fonts."""

    def __init__(self, theme: Theme) -> None:
        self.theme = theme
        self.used: dict[str, Asset] = {}
        """The font files that words were set in, by name."""

        self.left_out: list[str] = []
        """The words of which the fonts lack letters, in the order they were met."""

    def fit(
        self,
        texts: str | Sequence[str],
        family: int = 0,
        weight: int = 400,
        *,
        width: float,
        height: float,
        largest: float,
        smallest: float,
        leading: float = 1.3,
    ) -> SetWords:
        """The words at the largest size between the two at which they fill no more than ``width`` by ``height``.

        Of several texts, the first that can be set is. ``family`` is the place of a family in ``theme.toml``, the last
        one when there are not as many; ``leading`` is a multiple of the size. Lines are of like length. At the smallest
        size a word wider than the box is broken, and what the box does not hold is cut off with an ellipsis. A symbol
        that the fonts lack is dropped; words of which they lack a letter are not set at all, but noted in ``left_out``.
        """
        face = face_for(self.theme, family, weight)
        words: Sequence[str] = ()
        for text in (texts,) if isinstance(texts, str) else texts:
            if words := self._settable(text, face):
                break
        if face is None or not words:
            return SetWords(lines=(), size=smallest, leading=smallest * leading, face=face)
        measure = cache(face.width)
        size = largest
        while size > smallest:
            room = width / size
            if max(map(measure, words)) <= room:
                lines = broken_lines(words, room, measure)
                if len(lines) * size * leading <= height:
                    return _setting(balanced_lines(words, room, measure), size, leading, face)
            size *= STEP
        room = width / smallest
        pieces = [piece for word in words for piece in _cut(word, room, measure)]
        lines = balanced_lines(pieces, room, measure)
        most = max(1, int(height / (smallest * leading)))
        if len(lines) > most:
            lines = broken_lines(pieces, room, measure)[:most]
            lines[-1] = _with_ellipsis(lines[-1], room, measure)
        return _setting(lines, smallest, leading, face)

    def letters(
        self, setting: SetWords, x: float, y: float, fill: str, anchor: str = "start", spacing: float = 0
    ) -> Markup:
        """The lines as SVG text, the top of the first at ``y``; ``anchor`` is the side of the lines that ``x`` is at.

        ``spacing`` is added after each letter, as a multiple of the size; ``fit`` knows nothing of it.
        """
        if setting.face is None:
            return Markup("")
        face, size = setting.face, setting.size
        self.used[face.asset.name] = face.asset
        first = y + (setting.leading - (face.ascent - face.descent) * size) / 2 + face.ascent * size
        spans = Markup("").join(
            Markup('<tspan x="{}" y="{:.1f}">{}</tspan>').format(x, first + number * setting.leading, line)
            for number, line in enumerate(setting.lines)
        )
        return Markup(
            '<text font-family="{}" font-weight="{}" font-size="{:.1f}" fill="{}" text-anchor="{}" '
            'letter-spacing="{:.2f}">{}</text>'
        ).format(face.name, face.weight, size, fill, anchor, spacing * size, spans)

    def _settable(self, text: str, face: Face | None) -> list[str]:
        lacking = {c for c in text if not c.isspace() and (face is None or not face.has(c))} - FORMAT_CHARACTERS
        if any(character.isalnum() for character in lacking):
            if text not in self.left_out:
                self.left_out.append(text)
            return []
        return "".join(c for c in text if face is None or c.isspace() or face.has(c)).split()


def ink(ground: str) -> str:
    """Black or white, whichever is read better on the colour."""
    return "#ffffff" if contrast(ground, "#ffffff") >= contrast(ground, "#000000") else "#000000"


def contrast(one: str, other: str) -> float:
    """Of two colours, from 1 to 21 (WCAG 2.1, contrast ratio)."""
    dark, light = sorted(map(_luminance, (one, other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


Measure = Callable[[str], float]


def _setting(lines: Sequence[str], size: float, leading: float, face: Face) -> SetWords:
    return SetWords(lines=tuple(lines), size=size, leading=size * leading, face=face)


def broken_lines(words: Sequence[str], room: float, width: Measure) -> list[str]:
    """The words in lines, each as full as can be."""
    space = width(" ")
    lines: list[list[str]] = []
    filled = room
    for word in words:
        wide = width(word)
        if lines and filled + space + wide <= room:
            lines[-1].append(word)
            filled += space + wide
        else:
            lines.append([word])
            filled = wide
    return [" ".join(line) for line in lines]


def balanced_lines(words: Sequence[str], room: float, width: Measure) -> list[str]:
    """The words in as few lines as can be, and these as narrow as that number allows: of like length."""
    lines = best = broken_lines(words, room, width)
    narrow, wide = max(map(width, words)), room
    for _ in range(8):  # to 1/256 of the width
        middle = (narrow + wide) / 2
        lines = broken_lines(words, middle, width)
        if len(lines) > len(best):
            narrow = middle
        else:
            best, wide = lines, middle
    return best


def _cut(word: str, room: float, width: Measure) -> Iterator[str]:
    """The word, in pieces when it is too wide: scripts without spaces, and addresses."""
    ends = [0]
    used = 0.0
    for place, letter in enumerate(word):
        wide = width(letter)
        if used + wide > room and place > ends[-1]:
            ends.append(place)
            used = 0.0
        used += wide
    for start, end in pairwise([*ends, len(word)]):
        yield word[start:end]


def _with_ellipsis(line: str, room: float, width: Measure) -> str:
    while line and width(line + ELLIPSIS) > room:
        line = line.rpartition(" ")[0] if " " in line else line[:-1]
    return line.rstrip(" ,;:.-–—") + ELLIPSIS

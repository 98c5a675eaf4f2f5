"""Printer's marks: where to cut and fold, and whether the plates lie true. All stand outside the bleed.

They are drawn in the colour ``All``, which prints on every plate (ISO 32000-1, 8.6.6.4): a mark in black alone could
not show how the other inks lie.
"""

from collections.abc import Iterator, Sequence

import msgspec

from publisher.writing.pdf.press import Mark

__all__ = ["REGISTRATION", "SLUG_MM", "Sheet", "mark_operators", "points"]

REGISTRATION = b"[/Separation /All /DeviceCMYK <</FunctionType 2 /Domain [0 1] /C0 [0 0 0 0] /C1 [1 1 1 1] /N 1>>]"

SLUG_MM = 7.0
"""What the sheet has outside the bleed when there are marks: the gap, the longest mark, and a margin of 1.5 mm."""

_GAP_MM = 0.5
"""Between bleed and mark: a mark that touches the bleed shows on the product when the knife is that much off."""

_LINE_MM = 5.0
_LINE_PT = 0.25
"""As layout programs draw it; shops refuse lines thinner than 0.2 pt."""

_TARGET_ARM_MM = 2.5
_TARGET_RADIUS_MM = 1.5
_KAPPA = 0.5522847498
"""How far a Bézier curve's handles lie out, in radii, for a quarter of a circle."""


class Sheet(msgspec.Struct, frozen=True, kw_only=True):
    """One side of a sheet: what is left of it after cutting, and what is around that. In points, origin lower left."""

    width: float
    """Of the trimmed sheet."""

    height: float
    bleed: float
    slug: float
    """Outside the bleed, on each side."""

    fold: float | None = None
    """Where it is folded, from the left of the trimmed sheet; ``None`` for a sheet of one page."""

    @property
    def margin(self) -> float:
        """From the edge of the sheet to where it is cut."""
        return self.bleed + self.slug

    @property
    def media_box(self) -> list[float]:
        """The whole sheet."""
        return [0, 0, self.width + 2 * self.margin, self.height + 2 * self.margin]

    @property
    def trim_box(self) -> list[float]:
        """The sheet when cut."""
        return [self.margin, self.margin, self.margin + self.width, self.margin + self.height]

    @property
    def bleed_box(self) -> list[float]:
        """How far the print reaches over the cut."""
        left, bottom, right, top = self.trim_box
        return [left - self.bleed, bottom - self.bleed, right + self.bleed, top + self.bleed]


def points(millimetres: float) -> float:
    """Millimetres as points."""
    return millimetres * 72 / 25.4


def mark_operators(sheet: Sheet, marks: Sequence[Mark]) -> Iterator[bytes]:
    """The content that draws the marks, one operator each; none for none. The colour space is called ``All``."""
    if not marks:
        return
    yield from (b"q", b"/All CS", b"1 SCN", b"%.2f w" % _LINE_PT)
    if "crop" in marks:
        yield from _crop_marks(sheet)
    if "registration" in marks:
        for x, y in _target_places(sheet):
            yield from _target(x, y)
    if sheet.fold is not None:
        yield from _fold_marks(sheet)
    yield b"Q"


def _crop_marks(sheet: Sheet) -> Iterator[bytes]:
    left, bottom, right, top = sheet.trim_box
    near, far = _reach(sheet)
    for y in (bottom, top):
        yield from _line(left - far, y, left - near, y)
        yield from _line(right + near, y, right + far, y)
    for x in (left, right):
        yield from _line(x, bottom - far, x, bottom - near)
        yield from _line(x, top + near, x, top + far)


def _fold_marks(sheet: Sheet) -> Iterator[bytes]:
    """Dashed, as they are not to be cut at."""
    left, bottom, _, top = sheet.trim_box
    near, far = _reach(sheet)
    x = left + (sheet.fold or 0)
    yield b"[3 2] 0 d"
    yield from _line(x, bottom - far, x, bottom - near)
    yield from _line(x, top + near, x, top + far)


def _reach(sheet: Sheet) -> tuple[float, float]:
    """How far from the cut a line begins and ends."""
    near = sheet.bleed + points(_GAP_MM)
    return near, near + points(_LINE_MM)


def _target_places(sheet: Sheet) -> Iterator[tuple[float, float]]:
    """The middle of each side; above and below a quarter off it where the fold is marked."""
    left, bottom, right, top = sheet.trim_box
    away = sheet.bleed + points(_GAP_MM + _TARGET_ARM_MM)
    across = left + sheet.width * (0.5 if sheet.fold is None else 0.25)
    up = bottom + sheet.height / 2
    yield from ((left - away, up), (right + away, up), (across, bottom - away), (across, top + away))


def _target(x: float, y: float) -> Iterator[bytes]:
    """A cross in a circle."""
    arm, radius = points(_TARGET_ARM_MM), points(_TARGET_RADIUS_MM)
    yield from _line(x - arm, y, x + arm, y)
    yield from _line(x, y - arm, x, y + arm)
    yield b"%.4f %.4f m" % (x + radius, y)
    for across, up in ((1, 0), (0, 1), (-1, 0), (0, -1)):
        # From the point at (across, up) a quarter on, to (-up, across).
        yield b"%.4f %.4f %.4f %.4f %.4f %.4f c" % (
            x + radius * (across - _KAPPA * up),
            y + radius * (up + _KAPPA * across),
            x + radius * (-up + _KAPPA * across),
            y + radius * (across + _KAPPA * up),
            x - radius * up,
            y + radius * across,
        )
    yield b"s"


def _line(x1: float, y1: float, x2: float, y2: float) -> Iterator[bytes]:
    yield b"%.4f %.4f m" % (x1, y1)
    yield b"%.4f %.4f l" % (x2, y2)
    yield b"S"

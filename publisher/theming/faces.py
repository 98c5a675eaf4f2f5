"""Faces: the font files of a theme as one sets words in them by hand, by the width of each letter."""

import io
from functools import lru_cache, partial

import msgspec

from publisher.beside import remembered
from publisher.errors import ThemeError
from publisher.model import Asset
from publisher.theming.fonts import font_asset, measured_key, name_by_numbers
from publisher.theming.theme import Theme


class _Measured(msgspec.Struct, frozen=True, kw_only=True):
    """What it takes to set words in a font file."""

    name: str
    """The family's name in the file itself, which is what the drawing of SVG looks for."""

    weight: int
    """As the file says it."""

    ascent: float
    descent: float
    """From the baseline, in ems; what goes down is below zero."""

    advances: dict[int, float]
    """How far each character moves on, in ems."""


class Face(_Measured, frozen=True, kw_only=True):
    """One font file, with what it takes to set words in it."""

    asset: Asset

    def has(self, character: str) -> bool:
        """Whether the face can draw it."""
        return ord(character) in self.advances

    def width(self, text: str) -> float:
        """The width of the text in ems, not kerned: a little more than it will take."""
        return sum(self.advances.get(ord(character), 0.5) for character in text)


def face_for(theme: Theme, family: int, weight: int) -> Face | None:
    """The upright face of that weight, or of the nearest, in the family at that place of ``theme.toml``, or the last.

    ``None`` for a theme without fonts. ThemeError when the file cannot be read.
    """
    if not theme.fonts:
        return None
    chosen = theme.fonts[min(family, len(theme.fonts) - 1)]
    face = min(chosen.faces, key=lambda each: (each.italic, abs(each.weight - weight)))
    return _face(font_asset(theme, chosen, face))


@lru_cache(maxsize=32)
def _face(asset: Asset) -> Face:
    measured = remembered(measured_key("face", asset.data), _Measured, partial(_measured, asset.data))
    return Face(asset=asset, **msgspec.structs.asdict(measured))


def _measured(data: bytes) -> _Measured:
    from fontTools.ttLib import TTFont, TTLibError

    try:
        with TTFont(io.BytesIO(data), lazy=True) as font:
            name_by_numbers(font)
            units = font["head"].unitsPerEm
            metrics = font["hmtx"].metrics
            return _Measured(
                name=font["name"].getBestFamilyName(),
                weight=font["OS/2"].usWeightClass,
                ascent=font["hhea"].ascent / units,
                descent=font["hhea"].descent / units,
                advances={code: metrics[glyph][0] / units for code, glyph in font.getBestCmap().items()},
            )
    except TTLibError as error:
        raise ThemeError(f"a font of the theme cannot be read: {error}") from error

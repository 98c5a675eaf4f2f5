"""Fonts: files from installed packages or from the theme, their ``@font-face`` rules, their characters and height.

A print rendition uses the theme's own fonts and no others, so that it looks the same on every machine. What they lack
is replaced by a mark and reported, never filled in silently from whatever the machine has.
"""

import hashlib
import importlib.metadata
import io
import math
import string
import struct
import unicodedata
from collections.abc import Callable
from functools import lru_cache, partial
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from publisher.beside import remembered
from publisher.errors import ThemeError
from publisher.model import Asset
from publisher.packages import code_digest
from publisher.theming.theme import FontFace, FontFamily, Theme

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont

MEDIA_TYPES = {".otf": "font/otf", ".ttf": "font/ttf"}
REPLACEMENTS = "\ufffd□■?"
"""What may stand for a character that the fonts lack, best first."""

FORMAT_CHARACTERS = frozenset("\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufe0e\ufe0f\ufeff")
"""Characters that are never drawn: dropped when the fonts lack them."""

VIETNAMESE = tuple(
    dict.fromkeys(
        letter
        for base in "aăâeêioôơuưyđAĂÂEÊIOÔƠUƯYĐ"
        for tone in ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
        if len(letter := unicodedata.normalize("NFC", base + tone)) == 1
    )
)
"""The letters beyond ASCII, of which some are the tallest and the lowest that a Vietnamese font has."""


_MANGLED = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
    struct.error,
)
"""What fontTools raises besides its own error, from tables that are not what they say."""


class Fonts:
    """The font files of a theme."""

    def __init__(self, theme: Theme) -> None:
        self.assets: tuple[Asset, ...] = ()
        self.rules = ""
        """The ``@font-face`` rules, their addresses relative to the style sheet."""

        self.leading = 0.0
        """The least height of a line, in em: one line can hold letters of each face, the next one of each other."""

        covered: dict[bool, set[int]] = {False: set(), True: set()}
        for family in theme.fonts:
            for face in family.faces:
                asset = font_asset(theme, family, face)
                self.assets += (asset,)
                self.rules += font_rule(family, face, asset)
                characters, leading = measure(asset.data)
                self.leading = max(self.leading, leading)
                if not face.italic:
                    covered[face.weight >= 600] |= characters
        # Bold text falls back on regular faces of the next family, not on its own regular face: both must have it.
        self.characters = frozenset(map(chr, covered[False] & covered[True] if covered[True] else covered[False]))
        """Those that all of them have."""

    def replace_missing(self, text: str, borrow: Callable[[set[str]], set[str]] | None = None) -> tuple[str, set[str]]:
        """The text with a mark for each character that the fonts lack, and those characters.

        ``borrow`` says which of the lacking ones another font has: they stay.
        """
        if not self.characters:
            return text, set()
        lacking = {*text} - self.characters - {"\n", "\t"}
        if lacking and borrow:
            lacking -= borrow(lacking)
        if not lacking:
            return text, lacking
        mark = next((mark for mark in REPLACEMENTS if mark in self.characters), "")
        table = {ord(c): "" if c in FORMAT_CHARACTERS else " " if c.isspace() else mark for c in lacking}
        return text.translate(table), {c for c in lacking if c not in FORMAT_CHARACTERS and not c.isspace()}


def font_asset(theme: Theme, family: FontFamily, face: FontFace) -> Asset:
    """The file of a face; ThemeError when it cannot be had."""
    suffix = PurePosixPath(face.file).suffix.lower()
    if suffix not in MEDIA_TYPES:
        raise ThemeError(f"theme {theme.name!r}: font {face.file!r} is neither .ttf nor .otf")
    data = theme.find_file(face.file) if family.package is None else _packaged(theme, family.package, face.file)
    return Asset(name=f"fonts/{PurePosixPath(face.file).name}", media_type=MEDIA_TYPES[suffix], data=data)


def _packaged(theme: Theme, package: str, file: str) -> bytes:
    """The file of an installed package."""
    try:
        return _installed(package, file)
    except (importlib.metadata.PackageNotFoundError, StopIteration, OSError) as error:
        raise ThemeError(
            f"theme {theme.name!r}: there is no font {file!r} in an installed package {package!r}. Install the package"
        ) from error


@lru_cache(maxsize=64)  # Each headline that is balanced asks for the face that it is set in.
def _installed(package: str, file: str) -> bytes:
    """The file, by the list of files that was installed with the package: to import it would be to run its code."""
    files = importlib.metadata.files(package) or []
    return next(each for each in files if each.as_posix() == f"{package}/files/{file}").read_binary()


def font_rule(family: FontFamily, face: FontFace, asset: Asset) -> str:
    """The ``@font-face`` rule of a face."""
    style = "italic" if face.italic else "normal"
    return (
        f'@font-face {{ font-family: "{family.family}"; font-weight: {face.weight}; font-style: {style}; '
        f"src: url({asset.name}) }}\n"
    )


class Measures(NamedTuple):
    """What a font file says of itself."""

    characters: frozenset[int]
    leading: float
    """From the foot of its lowest letter to the head of its tallest, in em, rounded up: so far apart must lines be,
    whatever stands above what. Letters that it lacks do not count."""


@lru_cache(maxsize=32)
def measure(data: bytes) -> Measures:
    """What the font says of itself; ThemeError when it cannot be read."""
    return remembered(measured_key("font", data), Measures, partial(_measured, data))


def measured_key(what: str, data: bytes) -> bytes:
    """What is measured of a font file follows from this."""
    return b" ".join((what.encode(), hashlib.sha256(data).digest(), code_digest(("theming",), ("fonttools",))))


def _measured(data: bytes) -> Measures:
    from fontTools.ttLib import TTFont, TTLibError

    try:
        with TTFont(io.BytesIO(data), lazy=True) as font:
            bounds_of = _written_bounds(font) if "glyf" in font else _drawn_bounds(font)
            names = font.getBestCmap()
            letters = (*VIETNAMESE, *string.ascii_letters, *"(),;")
            bounds = [bounds_of(names[ord(letter)]) for letter in letters if ord(letter) in names]
            feet, heads = zip((0, 0), *bounds, strict=True)
            leading = math.ceil(100 * (max(heads) - min(feet)) / font["head"].unitsPerEm) / 100
            return Measures(frozenset(names), leading)
    except (TTLibError, *_MANGLED) as error:
        raise ThemeError(f"a font of the theme cannot be read: {error or type(error).__name__}") from error


Bounds: TypeAlias = Callable[[str], tuple[float, float]]
"""How low and how high the outline of a glyph reaches, by its name, in the font's units; (0, 0) of an empty one."""


def name_by_numbers(font: "TTFont") -> None:
    """Name its glyphs by their numbers from here on: to read the names that it has itself would take the longest."""
    font.setGlyphOrder([f"glyph{number:05}" for number in range(font["maxp"].numGlyphs)])


def _written_bounds(font: "TTFont") -> Bounds:
    """What a TrueType font writes down before each outline, which saves drawing it: 100 times as fast."""
    name_by_numbers(font)
    outlines, places = font.reader["glyf"], font["loca"]

    def bounds(glyph: str) -> tuple[float, float]:
        number = font.getGlyphID(glyph)
        start, end = places[number], places[number + 1]
        # Two bytes each: the number of contours, then the least x and y, then the greatest.
        low, high = struct.unpack_from(">4xh2xh", outlines, start) if end > start else (0, 0)
        return low, high

    return bounds


def _drawn_bounds(font: "TTFont") -> Bounds:
    from fontTools.pens.boundsPen import BoundsPen

    glyphs = font.getGlyphSet()

    def bounds(glyph: str) -> tuple[float, float]:
        pen = BoundsPen(glyphs)
        glyphs[glyph].draw(pen)
        return (pen.bounds[1], pen.bounds[3]) if pen.bounds else (0, 0)

    return bounds

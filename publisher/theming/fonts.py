"""Fonts: files from installed packages or from the theme, their ``@font-face`` rules, and the characters they have.

A print rendition uses the theme's own fonts and no others, so that it looks the same on every machine. What they lack
is replaced by a mark and reported, never filled in silently from whatever the machine has.
"""

import importlib.resources
import io
from functools import lru_cache
from pathlib import PurePosixPath

from publisher.errors import ThemeError
from publisher.model import Asset
from publisher.theming.theme import FontFace, FontFamily, Theme

MEDIA_TYPES = {".otf": "font/otf", ".ttf": "font/ttf"}
REPLACEMENTS = "\ufffd□■?"
"""What may stand for a character that the fonts lack, best first."""

FORMAT_CHARACTERS = frozenset("\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufe0e\ufe0f\ufeff")
"""Characters that are never drawn: dropped when the fonts lack them."""


class Fonts:
    """The font files of a theme."""

    def __init__(self, theme: Theme) -> None:
        self.assets: tuple[Asset, ...] = ()
        self.rules = ""
        """The ``@font-face`` rules, their addresses relative to the style sheet."""

        covered: dict[bool, set[int]] = {False: set(), True: set()}
        for family in theme.fonts:
            for face in family.faces:
                asset = _asset(theme, family, face)
                self.assets += (asset,)
                self.rules += _rule(family, face, asset)
                if not face.italic:
                    covered[face.weight >= 600] |= _characters(asset.data)
        # Bold text falls back on regular faces of the next family, not on its own regular face: both must have it.
        self.characters = covered[False] & covered[True] if covered[True] else covered[False]

    def replace_missing(self, text: str) -> tuple[str, set[str]]:
        """The text with a mark for each character that the fonts lack, and those characters."""
        if not self.characters:
            return text, set()
        lacking = {character for character in text if ord(character) not in self.characters} - {"\n", "\t"}
        if not lacking:
            return text, lacking
        mark = next((mark for mark in REPLACEMENTS if ord(mark) in self.characters), "")
        table = {ord(c): "" if c in FORMAT_CHARACTERS else " " if c.isspace() else mark for c in lacking}
        return text.translate(table), {c for c in lacking if c not in FORMAT_CHARACTERS and not c.isspace()}


def _asset(theme: Theme, family: FontFamily, face: FontFace) -> Asset:
    suffix = PurePosixPath(face.file).suffix.lower()
    if suffix not in MEDIA_TYPES:
        raise ThemeError(f"theme {theme.name!r}: font {face.file!r} is neither .ttf nor .otf")
    data = theme.find_file(face.file) if family.package is None else _packaged(theme, family.package, face.file)
    return Asset(name=f"fonts/{PurePosixPath(face.file).name}", media_type=MEDIA_TYPES[suffix], data=data)


def _packaged(theme: Theme, package: str, file: str) -> bytes:
    try:
        return (importlib.resources.files(package) / "files" / file).read_bytes()
    except (ModuleNotFoundError, OSError) as error:
        raise ThemeError(
            f"theme {theme.name!r}: font {file!r} of package {package!r} cannot be read: {error}. Install the package"
        ) from error


def _rule(family: FontFamily, face: FontFace, asset: Asset) -> str:
    style = "italic" if face.italic else "normal"
    return (
        f'@font-face {{ font-family: "{family.family}"; font-weight: {face.weight}; font-style: {style}; '
        f"src: url({asset.name}) }}\n"
    )


@lru_cache(maxsize=32)
def _characters(data: bytes) -> frozenset[int]:
    from fontTools.ttLib import TTFont, TTLibError

    try:
        with TTFont(io.BytesIO(data), lazy=True) as font:
            return frozenset(font.getBestCmap())
    except TTLibError as error:
        raise ThemeError(f"a font of the theme cannot be read: {error}") from error

"""The theme's fonts for an e-book: subset to its text, with their rules and their licences."""

import importlib.resources
import io
import string
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

from publisher.errors import ThemeError
from publisher.model import Asset
from publisher.theming.fonts import font_asset, font_rule
from publisher.theming.theme import FontFace, FontFamily, Theme

LICENCE = "LICENSE.txt"
"""What the licence is called, beside the font files."""

WEIGHTS = (400, 700)
"""What the sheets of e-books ask for: normal and bold. The faces in between would be bytes that nobody sees."""


def embedded_fonts(theme: Theme, text: str) -> tuple[str, tuple[Asset, ...]]:
    """The ``@font-face`` rules, and the font files with no glyph but those of the text, each family with its licence.

    Raises ThemeError for a font that cannot be read.
    """
    characters = {ord(character) for character in text if character.isprintable()} | set(map(ord, string.printable))
    rules, assets = "", []
    for family in theme.fonts:
        for face in _needed(family.faces):
            whole = font_asset(theme, family, face)
            asset = Asset(name=whole.name, media_type=whole.media_type, data=subset_font(whole.data, characters))
            rules += font_rule(family, face, asset)
            assets.append(asset)
        assets += _licence(theme, family)
    return rules, tuple(assets)


def _needed(faces: Iterable[FontFace]) -> Iterator[FontFace]:
    """Of upright and of italic faces, those nearest to normal and to bold, each once."""
    for italic in (False, True):
        alike = [face for face in faces if face.italic == italic]
        yield from dict.fromkeys(min(alike, key=lambda face: abs(face.weight - w)) for w in WEIGHTS if alike)


def subset_font(data: bytes, characters: Iterable[int], weight: int | None = None) -> bytes:
    """The font with the glyphs of these characters, its kerning, its marks, and the words of its licence.

    One with axes is set to the weight, and to the middle of its other axes. ThemeError when it cannot be read.
    """
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont, TTLibError

    options = Options(name_IDs=[0, 1, 2, 3, 4, 5, 6, 7, 13, 14, 16, 17], notdef_outline=True)
    options.drop_tables += ["meta"]  # Which languages it is for: it would be dropped all the same, with a warning.
    try:
        with TTFont(io.BytesIO(data), recalcTimestamp=False) as font:
            subsetter = Subsetter(options)
            subsetter.populate(unicodes=characters)
            subsetter.subset(font)
            if weight is not None and "fvar" in font:
                from fontTools.varLib.instancer import instantiateVariableFont

                axes = {axis.axisTag: axis.defaultValue for axis in font["fvar"].axes} | {"wght": weight}
                instantiateVariableFont(font, axes, inplace=True)
            file = io.BytesIO()
            font.save(file)
    except TTLibError as error:
        raise ThemeError(f"a font of the theme cannot be read: {error}") from error
    return file.getvalue()


def _licence(theme: Theme, family: FontFamily) -> list[Asset]:
    """The licence that lies beside the family's files, when there is one."""
    if family.package is None:
        data = theme.file_for(str(PurePosixPath(family.faces[0].file).with_name(LICENCE)))
    else:
        file = importlib.resources.files(family.package) / "files" / LICENCE
        data = file.read_bytes() if file.is_file() else None
    name = "".join(character for character in family.family if character.isascii() and character.isalnum())
    return [] if data is None else [Asset(name=f"fonts/{name}-{LICENCE}", media_type="text/plain", data=data)]

"""Fonts in two places: used where a document is painted, embedded where the documents are joined.

What is known of a font there is what the engine has of it; here it becomes a description, by which the engine finds the
same face among the fonts of the same style sheets again. The file gets one subset of each, for the glyphs of all
documents: the engine keeps the numbers of glyphs when it subsets, so no page depends on it.
"""

import io
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeAlias

import msgspec
from fontTools.ttLib import TTFont
from weasyprint.pdf.fonts import Font
from weasyprint.text.constants import PANGO_STRETCH
from weasyprint.text.ffi import TO_UNITS, ffi, gobject, pango
from weasyprint.text.fonts import FontConfiguration, get_pango_font_key

from publisher.errors import RenderingError
from publisher.writing.pdf.fragment import FontUse

__all__ = ["UnitedFonts", "font_uses", "missing_by_character"]

EngineFont: TypeAlias = Any

ZERO_WIDTH_SPACE = "\u200b"
_MOST_GLYPHS = 2**16
"""A glyph's number has two bytes (ISO 32000-1, 9.7.4.2)."""


def font_uses(fonts: Mapping[int, EngineFont]) -> Iterator[FontUse]:
    """What a document has used, in the order of first use. ``fonts`` is the engine's, by the hash of a description."""
    for key, font in fonts.items():
        variations = ",".join(f"{axis}={value:g}" for axis, value in font.variations.items())
        use = FontUse(
            name=font.hash,
            family=font.family,
            style=font.style,
            weight=font.weight,
            stretch=0,
            variations=variations,
            size=font.font_size,
            to_unicode=_meanings(font),
            widths=dict(font.widths),
            missing=dict(font.missing),
        )
        yield msgspec.structs.replace(use, stretch=_stretch(use, key))


def _meanings(font: EngineFont) -> dict[int, str]:
    """What each glyph stands for. Where several make a sign together, as in Thai, each stands for its own character.

    The engine gives one of them all the text and the others none, also where they stand alone later. A form that has
    no character, as half of a letter in Devanagari, stands for nothing that is seen.
    """
    if all(font.to_unicode.values()):
        return dict(font.to_unicode)
    with TTFont(io.BytesIO(font.file_content), fontNumber=font.index, lazy=True) as file:
        own = {file.getGlyphID(name): chr(code) for code, name in sorted(file.getBestCmap().items(), reverse=True)}
    return {glyph: own.get(glyph) or text or ZERO_WIDTH_SPACE for glyph, text in font.to_unicode.items()}


def _stretch(use: FontUse, key: int) -> int:
    """The one property that the engine cannot be asked for: with which the description has the hash that it has."""
    for stretch in (PANGO_STRETCH["normal"], *PANGO_STRETCH.values()):
        found = msgspec.structs.replace(use, stretch=int(stretch))
        if pango.pango_font_description_hash(_description(found)) == key:
            return found.stretch
    raise RenderingError(f"the PDF could not be made: the font {use.family!r} cannot be described. Use another")


def _description(use: FontUse) -> Any:
    description = ffi.gc(pango.pango_font_description_new(), pango.pango_font_description_free)
    pango.pango_font_description_set_family(description, use.family.encode())
    pango.pango_font_description_set_style(description, use.style)
    pango.pango_font_description_set_weight(description, use.weight)
    pango.pango_font_description_set_stretch(description, use.stretch)
    pango.pango_font_description_set_variant(description, 0)
    if use.variations:
        pango.pango_font_description_set_variations(description, use.variations.encode())
    return description


class UnitedFonts:
    """The fonts of all documents, each with the glyphs that any of them uses."""

    def __init__(self, configuration: FontConfiguration) -> None:
        self._configuration = configuration
        self.fonts: dict[str, EngineFont] = {}
        """The engine's, by name."""

    def add(self, uses: Iterable[FontUse]) -> None:
        """Use them too. The first meaning and the first width of a glyph are the file's."""
        for use in uses:
            if use.name not in self.fonts:
                self.fonts[use.name] = _find(use, self._configuration)
            font = self.fonts[use.name]
            font.to_unicode = use.to_unicode | font.to_unicode
            font.widths = use.widths | font.widths
            font.missing = use.missing | font.missing


def _find(use: FontUse, configuration: FontConfiguration) -> EngineFont:
    description = _description(use)
    pango.pango_font_description_set_absolute_size(description, use.size * TO_UNITS)
    context = ffi.gc(pango.pango_font_map_create_context(configuration.font_map), gobject.g_object_unref)
    found = ffi.gc(pango.pango_font_map_load_font(configuration.font_map, context, description), gobject.g_object_unref)
    _, described, size = get_pango_font_key(found)
    font = Font(found, described, size)
    if font.hash != use.name:
        raise RenderingError(f"the PDF could not be made: the font {use.family!r} is not found again. Use another")
    return font


def missing_by_character(font: EngineFont, character: int) -> int:
    """In the place of the engine's ``get_unused_glyph_id``, which counts: the same number in every document.

    Characters of the basic plane have one each where the font is no larger than usual; of others two may share one, and
    then a reader who copies gets the first of them.
    """
    spare = _MOST_GLYPHS - font.glyph_count
    number: int = font.missing.setdefault(character, font.glyph_count + character % spare)
    return number

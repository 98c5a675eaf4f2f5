"""Fragments: a document written as PDF that can stand anywhere in a file, as an object file can in a program.

What depends on the place is left open: the numbers of objects and pages, and the page numbers in the margins. It holds
the names that others lead to and those that it leads to itself, and what the file needs once for all documents: the
glyphs used of each font, the bookmarks, the elements of the tag tree. The values only: ``painting`` makes them, and
``linker`` joins them.
"""

from typing import TypeAlias

import msgspec

from publisher.model import PageBreak

__all__ = [
    "COLOURS",
    "DOCUMENT",
    "FONTS",
    "PAGES",
    "PROFILE",
    "SYMBOLS",
    "Anchor",
    "Bookmark",
    "FontUse",
    "FragmentPage",
    "Glyph",
    "LateFolio",
    "Numerals",
    "PdfFragment",
    "ShownNumber",
    "Template",
]

Template: TypeAlias = tuple[bytes | int, ...]
"""The bytes of an object, with a slot wherever something stands that the linker knows: by turns, bytes first and last.

The slots are, in this order: the symbols below; for each page and each annotation its place in the index of the tag
tree; for each of the pages that the document tells its digits, as a string of UTF-16 has them; the objects.
"""

PAGES, DOCUMENT, COLOURS, FONTS, PROFILE = range(5)
"""The first slots, the file's own objects: page tree, root of the tag tree's elements, colour spaces, fonts, sRGB."""

SYMBOLS = 5

Glyph: TypeAlias = tuple[int, float]
"""Its number in the font, and how far it advances, in CSS pixels."""


class FontUse(msgspec.Struct, frozen=True, kw_only=True):
    """What a document uses of a font, and by what the font is found again in another process."""

    name: str
    """That of the font among the resources of a page."""

    family: str
    style: int
    weight: int
    stretch: int
    variations: str
    size: float
    """In CSS pixels, where it was first used: the engine measures ascent and descent at it."""

    to_unicode: dict[int, str]
    """What each glyph stands for."""

    widths: dict[int, float]
    """Of each glyph, in thousandths of the size."""

    missing: dict[int, int]
    """For each character that the font lacks, the number that stands for it."""


class Numerals(msgspec.Struct, frozen=True):
    """How numbers are set in a font of a size."""

    digits: tuple[Glyph, ...]
    """From 0 to 9."""

    kerns: dict[int, float]
    """For each pair of digits, as a number, what the first advances more than alone, in CSS pixels; often nothing."""

    @property
    def are_even(self) -> bool:
        """Whether each digit advances as far as any other, whatever comes after."""
        return not self.kerns and len({advance for _, advance in self.digits}) == 1

    def glyphs(self, text: str) -> tuple[Glyph, ...]:
        """A number, glyph by glyph."""
        pairs = [int(text[at : at + 2]) if at + 1 < len(text) else -1 for at in range(len(text))]
        digits = [self.digits[int(digit)] for digit in text]
        return tuple(
            (glyph, advance + self.kerns.get(pair, 0)) for (glyph, advance), pair in zip(digits, pairs, strict=True)
        )


class LateFolio(msgspec.Struct, frozen=True, kw_only=True):
    """A page number in a margin that is set when the page is known; in CSS pixels from the page's upper left corner."""

    state: bytes
    """The operators that set its colour."""

    left: float
    width: float
    align: str
    """``left``, ``right`` or ``center``."""

    baseline: float
    font: str
    size: float
    before: tuple[Glyph, ...]
    after: tuple[Glyph, ...]
    numerals: Numerals


class ShownNumber(msgspec.Struct, frozen=True):
    """A page number in the text, all of whose digits are as wide, so that any of so many takes its room."""

    number: int
    """Which of the anchors' in ``PdfFragment.pointed``."""

    font: str
    size: float
    numerals: Numerals


Bookmark: TypeAlias = tuple[int, str, tuple[float, float], str]
"""Level, words, place on the page in CSS pixels, and whether it is ``open`` or ``closed``, as the engine gives them."""


class FragmentPage(msgspec.Struct, frozen=True, kw_only=True):
    """One page of a fragment."""

    object: int
    height: float
    """In CSS pixels."""

    elements: Template
    """For each marked content of the page its element in the tag tree, as an array (ISO 32000-1, 14.7.4.4)."""

    bookmarks: tuple[Bookmark, ...]
    folios: tuple[LateFolio, ...]
    late: int | None
    """The object that is to hold the operators of ``folios``; ``None`` when there are none."""


class Anchor(msgspec.Struct, frozen=True):
    """A place that links lead to; in points from the page's lower left corner."""

    name: str
    page: int
    """Its index in the fragment."""

    x: float
    y: float


class PdfFragment(msgspec.Struct, frozen=True, kw_only=True):
    """A document as PDF, ready to be joined with others."""

    objects: tuple[Template, ...]
    """Of a stream, its dictionary; of one that the linker fills, nothing."""

    streams: dict[int, bytes]
    """The data of those objects that are streams."""

    shared: dict[int, bytes]
    """By object, the digest of what other fragments may hold too, which the file then holds once: pictures."""

    pages: tuple[FragmentPage, ...]
    annotations: tuple[int, ...]
    """For each annotation with a place in the tag tree, the object that is its element."""

    elements: tuple[int, ...]
    """The objects that are the topmost elements of the tag tree."""

    anchors: tuple[Anchor, ...]
    links: tuple[str, ...]
    """The anchors that it leads to, each once, its own among them."""

    fonts: tuple[FontUse, ...]
    breaks: tuple[PageBreak, ...]
    """The first page is 1."""

    complaints: tuple[str, ...]
    """What the engine had to say of the document."""

    is_bound: bool
    """Whether it depends on the page that it begins on, since a page number stands where it cannot be set late."""

    pointed: tuple[str, ...]
    """The anchors whose pages it tells in its text, each time that it tells one."""

    is_numbered: bool
    """Whether it depends on these pages, since one of them stands where it cannot be set late."""

    numbers: tuple[str, ...]
    """What it was laid out with for each of them."""

    shown: tuple[ShownNumber, ...]
    """The places on its pages that are to show them."""

    late: dict[int, Template]
    """The data of those streams that show them; the slots are places in ``shown``."""

"""Numbers on a page, left out of what it is known by.

A page before which others come is what it was but for its own number and those that it tells of other pages. What is
seen on it is the same as long as each of its numbers is as long and as wide as the one that was there.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Iterator

import msgspec
import pikepdf

from publisher.checking.pdf.document import PdfPage
from publisher.checking.pdf.fonts import Font
from publisher.checking.pdf.lexer import named
from publisher.checking.pdf.marks import is_number
from publisher.checking.pdf.material import Material
from publisher.checking.pdf.resources import Resources, stream_data
from publisher.checking.pdf.values import inherited

__all__ = ["NumbersApart", "numbers_on"]

_SHOWN = re.compile(
    rb"(?P<font>/(?P<name>[^\x00\t\n\f\r ()<>\[\]{}/%]+) [\d.]+ Tf\n\[)"
    rb"(?P<line><[0-9A-Fa-f]{4}[<>0-9A-Fa-f.\-]{,60})"
    rb"(?=\] TJ\n)"
)
"""A font and the first line of glyphs in it, as our engine writes them."""

_GLYPHS = re.compile(rb"<((?:[0-9A-Fa-f]{4})+)>")
_AMBIGUOUS = (b"(", b"%", b"BI")
"""Strings in brackets, comments and pictures may hold what reads as operators and is none."""


class NumbersApart(msgspec.Struct, frozen=True, kw_only=True):
    """Those that a page shows, each in a line of its own."""

    material: Material
    """What the page is made of but for them: instead of each digit it has its width."""

    shown: dict[int, Counter[bytes]]
    """By the identity of a font, the lines that are numbers, as codes."""


def numbers_on(page: PdfPage, material: Material) -> NumbersApart | None:
    """The numbers on a page that is made of the material; ``None`` when it has none, or they cannot be told."""
    contents = page.value.get("/Contents")
    streams = list(contents) if isinstance(contents, pikepdf.Array) else [contents]
    scan = _Scan(page.pdf.library.resources(inherited(page.value, "/Resources")))
    digest = hashlib.sha256(material.around)
    for stream in streams:
        data = stream_data(stream) if isinstance(stream, pikepdf.Stream) else b""
        if any(sign in data for sign in _AMBIGUOUS):
            return None
        rest = _SHOWN.sub(scan.without, data)
        digest.update(b"%d " % len(rest))
        digest.update(rest)
    if not scan.shown:
        return None
    return NumbersApart(material=msgspec.structs.replace(material, key=digest.digest()), shown=scan.shown)


class _Scan:
    """The content of one page being gone through."""

    def __init__(self, resources: Resources) -> None:
        self._resources = resources
        self.shown: dict[int, Counter[bytes]] = {}

    def without(self, shown: re.Match[bytes]) -> bytes:
        """What shows a line, with widths in the place of the digits if it is a number."""
        font = self._resources.font(named(shown["name"]))
        pieces = _GLYPHS.split(shown["line"])
        data = bytes.fromhex(b"".join(pieces[1::2]).decode("ascii"))
        if font is None or not font.composite or not _is_sound_number(font, data):
            return shown[0]
        self.shown.setdefault(id(font), Counter())[data] += 1
        pieces[1::2] = (b"".join(_widths(font, bytes.fromhex(piece.decode("ascii")))) for piece in pieces[1::2])
        return shown["font"] + b"\x00".join(pieces)


def _is_sound_number(font: Font, data: bytes) -> bool:
    glyphs = font.glyphs(data)
    return is_number("".join(glyph.text or " " for glyph in glyphs)) and not any(glyph.fault for glyph in glyphs)


def _widths(font: Font, data: bytes) -> Iterator[bytes]:
    return (b"%r " % glyph.width for glyph in font.glyphs(data))

"""The fonts of other scripts, from packages that may be installed: for the characters that a theme's own fonts lack.

They stand behind the theme's families: the engine takes a glyph from them where none of these has it. Only what a text
needs is loaded, and only its glyphs go along.
"""

import importlib.metadata
import string
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from publisher.model import Asset
from publisher.theming.fonts import MEDIA_TYPES, measure
from publisher.theming.subsetting import subset_font

RIGHT_TO_LEFT = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"})
"""The languages that are written so, as their tags begin."""


COMMON = frozenset(map(ord, f"{string.printable}\u00a0"))
"""What stands between the words of any script, and is taken from the font of the word before."""


class ScriptFont(NamedTuple):
    """One file of an installed package."""

    family: str
    package: str
    file: str
    """As the package's own list has it."""

    blocks: tuple[tuple[int, int], ...]
    """Which characters it is asked for: its first and last of each block."""


def _noto(package: str, name: str, *blocks: tuple[int, int], axes: str = "wdth,wght") -> ScriptFont:
    package = f"justmytype_intl_{package}"
    file = f"{package}/fonts/ofl/notosans{name.lower()}/NotoSans{name}[{axes}].ttf"
    return ScriptFont(f"Noto Sans {name}", package, file, blocks)


# Plex has a glyph for each form of an Arabic letter. Noto puts dots beside one form of several letters, so that no
# glyph of a PDF could tell which letter it is.
ARABIC = ScriptFont(
    "IBM Plex Sans Arabic",
    "fontpkg_ibm_plex_sans_arabic",
    "fontpkg_ibm_plex_sans_arabic/files/IBMPlexSansArabic-Regular.ttf",
    ((0x600, 0x6FF), (0x750, 0x77F), (0xFB50, 0xFDFF), (0xFE70, 0xFEFC)),
)
# With the numbers and letters in circles and the triangles and stars that East Asian pages are full of.
_HAN = (
    (0x2460, 0x24FF),
    (0x25A0, 0x26FF),
    (0x2E80, 0x303F),
    (0x31C0, 0x9FFF),
    (0xF900, 0xFAFF),
    (0xFE30, 0xFE4F),
    (0xFF00, 0xFFEF),
)
JAPANESE = _noto("cjk", "JP", (0x3040, 0x30FF), (0x31F0, 0x31FF), *_HAN, axes="wght")
KOREAN = _noto("cjk", "KR", (0x1100, 0x11FF), (0x3130, 0x318F), (0xA960, 0xA97F), (0xAC00, 0xD7FF), *_HAN, axes="wght")
CHINESE = _noto("cjk", "SC", *_HAN, axes="wght")
TAIWANESE = _noto("cjk", "TC", (0x3100, 0x312F), *_HAN, axes="wght")

SCRIPT_FONTS = (
    _noto("rtl", "Hebrew", (0x590, 0x5FF), (0xFB1D, 0xFB4F)),
    ARABIC,
    _noto("south_asia", "Devanagari", (0x900, 0x97F), (0xA8E0, 0xA8FF)),
    _noto("south_asia", "Bengali", (0x980, 0x9FF)),
    _noto("south_asia", "Tamil", (0xB80, 0xBFF)),
    _noto("south_asia", "Telugu", (0xC00, 0xC7F)),
    _noto("sea", "Thai", (0xE00, 0xE7F)),
    _noto("sea", "Lao", (0xE80, 0xEFF)),
    _noto("sea", "Myanmar", (0x1000, 0x109F), (0xA9E0, 0xA9FF), (0xAA60, 0xAA7F)),
    _noto("sea", "Khmer", (0x1780, 0x17FF), (0x19E0, 0x19FF)),
    CHINESE,
    JAPANESE,
    KOREAN,
    TAIWANESE,
)

FIRST_OF = {"ja": JAPANESE, "ko": KOREAN, "zh-hant": TAIWANESE, "zh-hk": TAIWANESE, "zh-tw": TAIWANESE}
"""Han characters have other forms in other countries: which font comes first, by how a language's tag begins."""

_KHMER_AROUND, _KHMER_E = frozenset((0x17BE, 0x17BF, 0x17C0, 0x17C4, 0x17C5)), 0x17C1
"""Vowels that stand on both sides of a letter, and the one that is set before it in their place."""


class Borrowed:
    """What one rendition takes from them."""

    def __init__(self) -> None:
        self._taken: dict[ScriptFont, set[int]] = {}

    def take(self, characters: set[str], language: str) -> set[str]:
        """Those of the characters, of a text in the language, that an installed font has: they are set in it."""
        taken = set()
        for character in sorted(characters):  # By script: a font is large, and few are held at a time.
            font = _font_for(ord(character), language.lower())
            if font is not None:
                self._taken.setdefault(font, set()).add(ord(character))
                taken.add(character)
        return taken

    @property
    def is_empty(self) -> bool:
        """Whether it takes nothing so far."""
        return not self._taken

    def faces(self) -> Iterator[tuple[str, Asset]]:
        """The ``@font-face`` rule and the file of each, cut down to the characters taken, in the order of the table."""
        for number, font in enumerate(SCRIPT_FONTS):
            if font in self._taken:
                characters = _shaped(self._taken[font]) | COMMON
                data = subset_font(_data_of(font) or b"", characters, weight=400)
                suffix = f".{font.file.rpartition('.')[2]}"
                asset = Asset(name=f"fonts/script-{number}{suffix}", media_type=MEDIA_TYPES[suffix], data=data)
                yield f'@font-face {{ font-family: "{font.family}"; src: url({asset.name}) }}\n', asset


def _shaped(characters: set[int]) -> set[int]:
    """The characters and those that shaping takes them apart into, as the Thai *am* into a ring and an *a*."""
    parts = {ord(part) for character in characters for part in unicodedata.normalize("NFKD", chr(character))}
    return characters | parts | ({_KHMER_E} if characters & _KHMER_AROUND else set())


def is_right_to_left(language: str) -> bool:
    """Whether the language of the tag is written from right to left."""
    return language.split("-")[0].lower() in RIGHT_TO_LEFT


def _font_for(character: int, language: str) -> ScriptFont | None:
    preferred = [font for begin, font in FIRST_OF.items() if language.startswith(begin)]
    for font in (*preferred, *SCRIPT_FONTS):
        if any(first <= character <= last for first, last in font.blocks):
            data = _data_of(font)
            if data and character in measure(data).characters:
                return font
    return None


@lru_cache(maxsize=4)
def _data_of(font: ScriptFont) -> bytes | None:
    """The file, by the list that was installed with the package: to import that would be to run its code."""
    try:
        files = importlib.metadata.files(font.package) or []
        return next((each.read_binary() for each in files if each.as_posix() == font.file), None)
    except (importlib.metadata.PackageNotFoundError, OSError):
        return None

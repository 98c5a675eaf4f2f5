r"""The fonts of a document: which one is set in decides what its bytes mean."""

import codecs
from dataclasses import dataclass

from publisher.reading.decoding import from_tcvn3

_CHARSETS = {
    0: "cp1252",
    77: "mac_roman",
    78: "cp932",
    79: "cp949",
    80: "cp936",
    81: "cp950",
    85: "mac_greek",
    86: "mac_turkish",
    88: "mac_latin2",
    89: "mac_cyrillic",
    128: "cp932",
    129: "cp949",
    130: "johab",
    134: "cp936",
    136: "cp950",
    161: "cp1253",
    162: "cp1254",
    163: "cp1258",
    177: "cp1255",
    178: "cp1256",
    186: "cp1257",
    204: "cp1251",
    222: "cp874",
    238: "cp1250",
    254: "cp437",
    255: "cp850",
}
r"""By the number after ``\fcharset``."""

_PAGES = {1361: "johab", 10000: "mac_roman", 10001: "cp932", 10007: "mac_cyrillic", 10029: "mac_latin2", 65001: "utf-8"}
r"""By the number after ``\ansicpg`` and ``\cpg``, where Python calls them otherwise."""

_DEFAULT = "cp1252"
SYMBOLS = 2
"""The charset of fonts whose signs are no letters."""

_ABC = ".vn"
"""How the names of fonts begin whose letters are TCVN 5712, third form; of those that end in H, capitals."""


@dataclass(slots=True)
class RtfFont:
    """One font."""

    name: str = ""
    charset: int = 1
    codec: str | None = None
    """That of its bytes; ``None`` for the document's."""

    def meant(self, text: str) -> str:
        """What signs in this font are read as."""
        if not self.name.casefold().startswith(_ABC):
            return text
        letters = from_tcvn3(text)
        return letters.upper() if self.name.casefold().endswith("h") else letters


class RtfFonts:
    """The fonts by their numbers, and the code page of the document."""

    def __init__(self) -> None:
        self._fonts: dict[int, RtfFont] = {}
        self._none = RtfFont()
        self._open = self._none
        self.codec = _DEFAULT

    def open(self, number: int) -> None:
        """Begin the definition of a font."""
        self._open = self._fonts.setdefault(number, RtfFont())

    def add_name(self, text: str) -> None:
        """Add to the name of the font that is being defined, which a semicolon ends."""
        self._open.name = (self._open.name + text.partition(";")[0].strip())[:60]

    def set_charset(self, number: int) -> None:
        """Say of which charset the font is that is being defined; 1 says nothing."""
        self._open.charset = number
        self._open.codec = _CHARSETS.get(number, self._open.codec)

    def set_page(self, number: int) -> None:
        """Say of which code page the font is that is being defined."""
        self._open.codec = codec_for(number)

    def set_default(self, page: int) -> None:
        """Say of which code page the document is."""
        self.codec = codec_for(page)

    def font(self, number: int) -> RtfFont:
        """A font; one that says nothing when it is not defined."""
        return self._fonts.get(number, self._none)


def codec_for(page: int) -> str:
    """What Python calls a code page; that of western Europe when it knows none."""
    name = _PAGES.get(page, f"cp{page}")
    try:
        codecs.lookup(name)
    except LookupError:
        return _DEFAULT
    return name

r"""The head of a rich text document: its tables of fonts, styles and lists, and what it says of itself."""

from publisher.reading.office.properties import Properties, properties_of
from publisher.reading.rtf.fonts import RtfFonts
from publisher.reading.rtf.lists import Lists
from publisher.reading.rtf.state import State
from publisher.reading.rtf.styles import RtfStyles

_LANGUAGES = {
    0x01: "ar",
    0x04: "zh",
    0x05: "cs",
    0x06: "da",
    0x07: "de",
    0x08: "el",
    0x09: "en",
    0x0A: "es",
    0x0B: "fi",
    0x0C: "fr",
    0x0D: "he",
    0x0E: "hu",
    0x10: "it",
    0x11: "ja",
    0x12: "ko",
    0x13: "nl",
    0x14: "no",
    0x15: "pl",
    0x16: "pt",
    0x18: "ro",
    0x19: "ru",
    0x1D: "sv",
    0x1E: "th",
    0x1F: "tr",
    0x21: "id",
    0x22: "uk",
    0x2A: "vi",
}
"""By the lower ten bits of the numbers that Windows gives languages ([MS-LCID], 2.2)."""


class Head:
    """What was defined so far."""

    def __init__(self) -> None:
        self.fonts = RtfFonts()
        self.styles = RtfStyles()
        self.lists = Lists()
        self._author = ""
        self._language = ""

    def properties(self) -> Properties:
        """What the document says of itself."""
        return properties_of(self._author, self._language)

    def sign(self, _: dict[str, str], author: str) -> None:
        """Say who wrote it."""
        self._author = author

    def speak(self, language: int) -> None:
        """Say which language it is in, by its number."""
        self._language = _LANGUAGES.get(language & 0x3FF, "")

    def add_style(self, about: dict[str, str], text: str) -> None:
        """Add a style, whose name a semicolon ends; the one without a number is the first."""
        name = text.partition(";")[0].strip()
        if name:
            number = int(about.get("style", "0"))
            self.styles.names[number] = name
            self.styles.bases[number] = int(about.get("based", "-1"))

    def define(self, word: bytes, number: int, state: State) -> bool:
        """Take a control word inside one of the tables; whether it means anything there."""
        match state.within, word:
            case "fonts", b"f":
                self.fonts.open(number)
            case "fonts", b"fcharset":
                self.fonts.set_charset(number)
            case "fonts", b"cpg":
                self.fonts.set_page(number)
            case "style", b"s":
                state.about["style"] = str(number)
            case "style", b"sbasedon":
                state.about["based"] = str(number)
            case "lists", b"list":
                self.lists.begin()
            case "lists", b"listlevel":
                self.lists.add_level()
            case "lists", b"levelnfc" | b"levelnfcn":
                self.lists.set_kind(number)
            case "lists", b"levelstartat":
                self.lists.set_start(number)
            case "lists", b"listid":
                self.lists.name(number)
            case "overrides", b"listid":
                self.lists.mean(number)
            case "overrides", b"ls":
                self.lists.stand_for(number)
            case _:
                return False
        return True

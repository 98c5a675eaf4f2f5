r"""The text of one look, put together from bytes and characters as they come."""

from typing import TypeAlias

from publisher.model.characters import REPLACEMENT
from publisher.reading.office.omissions import Omissions
from publisher.reading.rtf.fonts import SYMBOLS, RtfFont, RtfFonts
from publisher.reading.rtf.state import State

Look: TypeAlias = tuple[bool, bool, str | None]
"""Whether it is bold, whether it is italic, and where it leads."""

PRIVATE = "\ue000"
"""What stands for a sign that one font alone has."""

_ASIDE: Look = (False, False, None)


class Letters:
    """Gathers text of one look. ``look`` and ``aside`` say what is to be done with it."""

    def __init__(self, fonts: RtfFonts, omissions: Omissions) -> None:
        self.look: Look = _ASIDE
        self.aside: list[str] | None = None
        self._fonts = fonts
        self._omissions = omissions
        self._bytes = bytearray()
        self._font = RtfFont()
        self._text: list[str] = []

    def fits(self, state: State) -> bool:
        """Whether text at this place goes on with what was gathered."""
        return self.aside is state.aside and (state.aside is not None or self.look == _look(state))

    def begin(self, state: State) -> None:
        """Be ready for text at this place, after all that was gathered is taken."""
        self.aside = state.aside
        self.look = _ASIDE if state.aside is not None else _look(state)

    def add_bytes(self, data: bytes, font: RtfFont) -> None:
        """Add bytes to those before them: a letter may be several, each written in its own way."""
        if font is not self._font:
            self._decode()
            self._font = font
        self._bytes += data

    def add(self, text: str) -> None:
        """Add characters, halves of those beyond U+FFFF too."""
        self._decode()
        self._text.append(text)

    def take(self) -> str:
        """All that was gathered, once."""
        self._decode()
        text = "".join(self._text)
        self._text.clear()
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")

    def _decode(self) -> None:
        if not self._bytes:
            return
        data, font = bytes(self._bytes), self._font
        self._bytes.clear()
        if font.charset == SYMBOLS:
            signs = data.decode("cp1252", "replace").replace("·", "•")
            self._text.append("".join(sign if sign < "\x7f" or sign == "•" else PRIVATE for sign in signs))
            return
        text = data.decode(font.codec or self._fonts.codec, "replace")
        if REPLACEMENT in text:
            self._omissions.replaced("bytes that are no letters of their code page were replaced")
        self._text.append(font.meant(text))


def _look(state: State) -> Look:
    return state.bold, state.italic, state.url

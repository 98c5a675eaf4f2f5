r"""The tokens of a rich text document, group by group: what is text goes where it belongs, a word is handed on."""

import re
from abc import ABC, abstractmethod
from collections.abc import Callable

from publisher.errors import InputError
from publisher.model.characters import REPLACEMENT
from publisher.reading.office.omissions import Omissions
from publisher.reading.office.pieces import BREAK
from publisher.reading.rtf.flow import Flow
from publisher.reading.rtf.head import Head
from publisher.reading.rtf.letters import Letters
from publisher.reading.rtf.markup import ESCAPED, SKIPPED, SYMBOLS, TOKEN
from publisher.reading.rtf.state import Setting, State

LIMIT_DEPTH = 1_000
"""Groups in groups; programs write some twenty."""

MOST_TOKENS = 1_200_000
"""Pieces of markup that are read or passed over. Word writes some 35 to a paragraph: 500 pages have 300,000."""

_BEGINNING = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?=\{\\rtf)")
_PRIVATE = re.compile("[\ue000-\uf8ff]")
_BULLET = 0xF0B7
"""That of the font Symbol, which all programs take for bullets."""


class GroupReader(ABC):
    """Reads the groups of one document. Raises ``InputError`` when it is no rich text."""

    def __init__(self, data: bytes, name: str) -> None:
        beginning = _BEGINNING.match(data)
        if beginning is None:
            raise InputError(f"{name} is no rich text document. Give an .rtf file.")
        self.name = name
        self._data = data
        self._at = beginning.end()
        self._left = MOST_TOKENS
        self._omissions = Omissions(name)
        self._head = Head()
        self._letters = Letters(self._head.fonts, self._omissions)
        self._state = State()
        self._outer: list[State] = []
        self._flow = Flow(self._head, self._omissions, depth=1)
        self._starred = False
        self._instead = 0
        r"""How many of the characters that follow stand for a ``\u`` before them."""

    def _read_groups(self) -> bool:
        """Read to the end of the outermost group, or as far as is read; whether either came."""
        data, next_token, omissions = self._data, TOKEN.match, self._omissions
        while self._left > 0 and not omissions.full:
            self._left -= 1
            token = next_token(data, self._at)
            if token is None:
                return False
            self._at = token.end()
            match token.lastindex:
                case 3 | 4:
                    self._word(token[3], token[4])
                case 1:
                    self._plain(token[1], token.start())
                case 2 if token[2] == b"{":
                    self._open()
                case 2:
                    self._close()
                    if not self._outer:
                        return True
                case 5:
                    self._add_bytes(bytes.fromhex(token[5].replace(b"\\'", b"").decode()))
                case 6:
                    self._symbol(token[6])
        if not omissions.full:
            omissions.cut(f"only the first {MOST_TOKENS} pieces of markup were read")
        return True

    # Groups.

    def _open(self) -> None:
        if len(self._outer) >= LIMIT_DEPTH:
            raise InputError(f"{self.name} is nested too deeply. Open it in a word processor and save it anew.")
        outermost, within = not self._outer, self._state.within
        self._starred, self._instead = False, 0
        self._outer.append(self._state)
        self._state = self._state.inner()
        if outermost:
            self._state.endings.append(self._end_flow)
        elif within == "styles":
            self._state.within, self._state.about = "style", {}
            self._set_aside(self._head.add_style)

    def _close(self) -> None:
        self._instead = 0
        if self._state.endings:
            self._hand_on()
        for end in reversed(self._state.endings):
            end()
        self._state = self._outer.pop()

    def _skip(self) -> None:
        """Go on where the group ends that is open."""
        depth = 1
        while self._left > 0 and (token := SKIPPED.match(self._data, self._at)) is not None:
            self._left -= 1
            if token[1]:
                depth += 1 if token[1] == b"{" else -1
                if not depth:
                    return
            self._at = token.end() + int(token[2] or 0)

    def _set_aside(self, ended: Callable[[dict[str, str], str], None] | None = None) -> None:
        """Take the text of the group for none of the document's; ``ended`` is given it at the end of the group."""
        aside: list[str] = []
        about = self._state.about
        self._state.aside = aside
        if ended is not None:
            self._state.endings.append(lambda: ended(about, "".join(aside)))

    def _flow_of_group(self) -> Flow | None:
        """Paragraphs of the group's own; ``None`` when it has begun such already: a group is one thing only."""
        depth = len(self._outer)
        return None if depth == self._flow.depth else Flow(self._head, self._omissions, depth)

    def _begin_flow(self, inner: Flow, ended: Callable[[Flow], None]) -> None:
        """Read the group as paragraphs of their own."""
        self._hand_on()
        outer, self._flow = self._flow, inner
        self._state.setting, self._state.aside, self._state.url = Setting(), None, None

        def end() -> None:
            self._end_flow()
            self._flow = outer
            ended(inner)

        self._state.endings.append(end)

    def _end_flow(self) -> None:
        self._hand_on()
        self._flow.end(self._state.setting)

    # Characters.

    def _plain(self, data: bytes, start: int) -> None:
        if self._state.picture:
            self._picture_data(start)
            return
        self._add_bytes(data.replace(b"\t", b" "))

    def _symbol(self, sign: bytes) -> None:
        if sign == b"*":
            self._starred = True
        elif sign in b"\r\n":
            self._end_paragraph()
        elif sign in ESCAPED:
            self._add_bytes(sign)
        elif self._instead:
            self._instead -= 1
        elif sign in SYMBOLS:
            self._add(SYMBOLS[sign])

    def _add_bytes(self, data: bytes) -> None:
        if self._instead:
            passed = min(self._instead, len(data))
            self._instead -= passed
            data = data[passed:]
        if not data:
            return
        if self._state.within == "fonts":
            self._head.fonts.add_name(data.decode("latin-1"))
        elif self._makes_ready():
            self._letters.add_bytes(data, self._head.fonts.font(self._state.font))

    def _add(self, text: str) -> None:
        if self._makes_ready():
            self._letters.add(text)

    def _makes_ready(self) -> bool:
        """Whether text at this place is read; what has another look is handed on then."""
        if self._state.unseen:
            return False
        if not self._letters.fits(self._state):
            self._hand_on()
            self._letters.begin(self._state)
        return True

    def _hand_on(self) -> None:
        """Put the text that was gathered where it belongs."""
        text = self._letters.take()
        if not text:
            return
        if self._letters.aside is not None:
            self._letters.aside.append(text)
            return
        if _PRIVATE.search(text):
            text = _PRIVATE.sub("", text)
            self._omissions.dropped("a sign that one font alone has was left out")
        bold, italic, url = self._letters.look
        for position, line in enumerate(text.split(BREAK)):
            if not self._omissions.run():
                return
            if position:
                self._flow.paragraph.add(BREAK)
            self._flow.paragraph.add(line, bold=bold, italic=italic, url=url)

    def _character(self, number: int) -> None:
        code = number + 0x10000 if number < 0 else number
        sign = chr(code) if 0 < code < 0x110000 else REPLACEMENT
        self._add("•" if code == _BULLET else self._head.fonts.font(self._state.font).meant(sign))
        self._instead = self._state.fallback

    def _end_paragraph(self) -> None:
        """End the paragraph, unless its end is deleted: then the next one goes on with it."""
        if self._state.aside is None and not self._state.deleted:
            self._hand_on()
            self._flow.end_paragraph(self._state.setting)

    # What the words and the pictures are.

    @abstractmethod
    def _word(self, word: bytes, digits: bytes | None) -> None:
        """Do what a control word says, with its number."""

    @abstractmethod
    def _picture_data(self, start: int) -> None:
        """Note where the data of a picture stands that begins at ``start``, and go on behind it."""

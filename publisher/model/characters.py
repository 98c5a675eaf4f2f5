"""Characters: the one gate for those that enter the model, and the one way in which foreign words are shown to people.

A page of a stranger may hold anything that Unicode has a number for. What no reader needs and every tool behind us can
be hurt by goes here: what XML cannot hold, what steers a terminal, what turns the order of other people's words round.
"""

import re
import unicodedata
from typing import Any, TypeVar

import msgspec

from publisher.model.article import TracedLine
from publisher.model.blocks import Preformatted
from publisher.model.problem import Problem

REPLACEMENT = "\ufffd"

LONGEST_MARKS = 32
"""Combining marks in a row; more are cut. Written languages need four, and sorting a run of them is quadratic."""

_LINE_ENDS = re.compile("[\r\v\f\x1c\x1d\x1e\x85\u2028\u2029]")
_OTHER_LINE_ENDS = "\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"
_SPACING = re.compile("[\t\n\v\f\r\x1c-\x1e\x85\u2028\u2029]+")

# Controls, noncharacters, halves of surrogates, embeddings and overrides; from U+1FFFE on only some, see ``_refused``.
_SUSPECT = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff\U0001fffe-\U0010ffff]"
)
_FIRST_ASTRAL_NONCHARACTER = 0x1FFFE
_ISOLATE = re.compile("[\u2066-\u2069]")
_POP_ISOLATE = "\u2069"
_LONG_RUN = LONGEST_MARKS + 1
_NEITHER_WORD_NOR_SPACE = r"[^\x00-\u02ff\w\s]"
_MAYBE_MARK = re.compile(_NEITHER_WORD_NOR_SPACE)
_MAYBE_MARKS = re.compile(rf"{_NEITHER_WORD_NOR_SPACE}{{{_LONG_RUN}}}")
_ESCAPED = re.compile(r'\\[^"\\]')
_UNSHOWN = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")

# A C1 control in text is a sign of windows-1252 that some tool took for Latin-1: what it was meant for is known.
_MEANT = {
    chr(byte): bytes([byte]).decode("cp1252")
    for byte in range(0x80, 0xA0)
    if byte not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)
}

T = TypeVar("T")


def admitted(text: str) -> str:
    """The text as the model takes it: NFC, its lines ended by a line feed, tabs as they are.

    Controls, noncharacters and the characters that embed or override a direction are gone, isolates where they do not
    pair within a line; half a surrogate is U+FFFD, and of more than ``LONGEST_MARKS`` combining marks the rest is cut.
    Text that runs from right to left stays as it is. Admitted once more, it stays the same.
    """
    return admission(text)[0]


def admission(text: str, *, printable: bool | None = None) -> tuple[str, int]:
    """What ``admitted`` gives, and how many characters it took out or replaced; another form of the same is none.

    ``printable``: what ``is_printable`` says of the text, where that is known.
    """
    refused = 0
    printable = is_printable(text) if printable is None else printable
    if not printable and any(end in text for end in _OTHER_LINE_ENDS):
        text = _LINE_ENDS.sub("\n", text.replace("\r\n", "\n"))
        printable = is_printable(text)
    if not printable:
        # A class of characters is sought in each line that needs it: in all of a page it takes longer than the rest.
        lines = [line for line in text.split("\n") if not is_printable(line)]
        found = [match[0] for line in lines for match in _SUSPECT.finditer(line)]
        if found:
            refused = sum(_instead(character) != character for character in found)
            text = _SUSPECT.sub(lambda match: _instead(match[0]), text)
        if any(map(_ISOLATE.search, lines)):
            kept = "\n".join(map(_balanced, text.split("\n")))
            refused += len(text) - len(kept)
            text = kept
    if text.isascii():
        return text, refused
    short = _short_marks(text)
    return _composed(short), refused + len(text) - len(short)


def is_printable(text: str) -> bool:
    """Whether all of a text is printable, but for what may stand in it besides: line feeds, tabs, no-break spaces."""
    return text.isprintable() or text.replace("\n", "").replace("\t", "").replace("\u00a0", "").isprintable()


def normal(text: str) -> str:
    """The text in NFC, of each run of combining marks the first ``LONGEST_MARKS``; in time linear in its size."""
    if text.isascii():
        return text
    return _composed(_short_marks(text))


def admit(value: T) -> tuple[T, int]:
    """A value of the model with each string in it admitted, and the number of characters that were refused.

    A string is one line, but for text whose white space carries meaning; a headline of which nothing is left is U+FFFD.
    What needs no change is the same object.
    """
    if _is_plain(value):
        return value, 0
    gate = _Gate()
    return gate.passed(value), gate.refused


def refusals(number: int, where: str | None) -> tuple[Problem, ...]:
    """The problem of so many refused characters; none of none."""
    if not number:
        return ()
    message = (
        "one character that no page can show was" if number == 1 else f"{number} characters that no page can show were"
    )
    return (Problem(code="replaced-characters", message=f"{message} removed or replaced", where=where),)


def shown(text: str) -> str:
    r"""The text on one line of a terminal, where it steers nothing: spaces for line ends, ``\u001b`` for a control.

    The form is that of JSON, so that a line of JSON keeps its meaning.
    """
    if text.isprintable():
        return text
    return _UNSHOWN.sub(lambda match: f"\\u{ord(match[0]):04x}", _SPACING.sub(" ", text))


def _is_plain(value: object) -> bool:
    """Whether all strings of a value are as the gate leaves them: asked of its JSON, in a tenth of the gate's time.

    JSON escapes the line feeds and tabs that only some strings may keep, and the controls that none may.
    """
    try:
        text = msgspec.json.encode(value).decode()
    except (UnicodeEncodeError, TypeError):  # Half a surrogate, or a value that has no JSON.
        return False
    if not text.isprintable() or _ESCAPED.search(text) is not None:
        return False
    return text.isascii() or (unicodedata.is_normalized("NFC", text) and not _may_pile_marks(text))


class _Gate:
    """What a value passes, part by part."""

    def __init__(self) -> None:
        self.refused = 0

    def passed(self, value: Any) -> Any:
        match value:
            case str():
                return self._text(value)
            case tuple():
                parts = tuple(map(self.passed, value))
                return value if all(new is old for new, old in zip(parts, value, strict=True)) else parts
            case dict():
                return {self.passed(key): self.passed(part) for key, part in value.items()}
            case msgspec.Struct():
                return self._struct(value)
            case _:
                return value

    def _struct(self, value: msgspec.Struct) -> msgspec.Struct:
        changed = {}
        for name in value.__struct_fields__:
            part = getattr(value, name)
            keeps_space = name == "text" and isinstance(value, Preformatted | TracedLine)
            passed = self._lines(part) if keeps_space else self.passed(part)
            if name == "headline" and part.strip() and not passed.strip():
                passed = REPLACEMENT  # An article is listed, named and found by it.
            if passed is not part:
                changed[name] = passed
        return msgspec.structs.replace(value, **changed) if changed else value

    def _lines(self, text: str) -> str:
        text, refused = admission(text)
        self.refused += refused
        return text

    def _text(self, text: str) -> str:
        text = self._lines(text)
        return text if text.isprintable() else _SPACING.sub(" ", text)


def _instead(suspect: str) -> str:
    """What stands in the place of a suspect character."""
    if ord(suspect) >= _FIRST_ASTRAL_NONCHARACTER:
        return "" if ord(suspect) & 0xFFFE == 0xFFFE else suspect
    return REPLACEMENT if "\ud800" <= suspect <= "\udfff" else _MEANT.get(suspect, "")


def _balanced(line: str) -> str:
    """The line without its isolates, unless each is closed."""
    open_isolates = 0
    for match in _ISOLATE.finditer(line):
        open_isolates += -1 if match[0] == _POP_ISOLATE else 1
        if open_isolates < 0:
            break
    return line if open_isolates == 0 else _ISOLATE.sub("", line)


def _composed(text: str) -> str:
    """A text of short runs of marks in NFC."""
    if unicodedata.is_normalized("NFC", text):
        return text
    # The runs once more, for a mark may be written as two.
    return _short_marks(unicodedata.normalize("NFC", text))


def _may_pile_marks(text: str) -> bool:
    """Whether a text has a long run of neither words nor spaces: most have none, and are asked no more.

    Such a run has one of the characters that stand so far apart as it is long, so that no others are looked at first.
    """
    if len(text) < _LONG_RUN:
        return False
    far_apart = text[LONGEST_MARKS::_LONG_RUN]
    places = (LONGEST_MARKS + _LONG_RUN * match.start() for match in _MAYBE_MARK.finditer(far_apart))
    return any(_MAYBE_MARKS.search(text, max(0, at - LONGEST_MARKS), at + _LONG_RUN) for at in places)


def _short_marks(text: str) -> str:
    """The text with runs of combining marks cut to the longest allowed."""
    if not _may_pile_marks(text):
        return text
    # Which are marks is asked of each kind of character once: there may be millions of them, of one kind.
    marks = "".join(sorted(character for character in set(text) if unicodedata.category(character).startswith("M")))
    return re.sub(f"([{marks}]{{{LONGEST_MARKS}}})[{marks}]+", r"\1", text) if marks else text

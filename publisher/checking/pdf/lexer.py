"""The operations of a content stream, one by one (ISO 32000-1, 7.8.2), as plain Python values.

A lexer of our own rather than the library's: it gives floats instead of decimals and keeps no more than one operation
in memory, so that a page of many megabytes costs time alone.
"""

import re
from collections.abc import Iterator
from typing import Any, TypeAlias

Operand: TypeAlias = Any
"""``float`` for numbers, ``str`` for names (without the slash), ``bytes`` for strings, ``list``, ``dict``, ``bool``,
``None``."""

INLINE_IMAGE = b"BI"
"""The operator given for a whole inline image; its operands are the dictionary and the data."""

MAX_OPERANDS = 100_000
"""More are dropped: no operator takes them, and a hostile stream may be one endless array."""

MAX_DEPTH = 64

_SPACE = rb"[\x00\t\n\f\r ]"
_TOKEN = re.compile(
    rb"(?:%b|%%[^\r\n]*)*" % _SPACE + rb"(?:"
    rb"([+-]?(?:\d+\.?\d*|\.\d+)(?=[\x00\t\n\f\r ()<>\[\]{}/%]|$))"  # 1 a number
    rb"|<([0-9A-Fa-f\x00\t\n\f\r ]*)>"  # 2 a string in hexadecimal
    rb"|\(((?:[^()\\\r]|\\[\x00-\xff])*)\)"  # 3 a string without brackets inside
    rb"|/([^\x00\t\n\f\r ()<>\[\]{}/%]*)"  # 4 a name
    rb"|\[([<>0-9A-Fa-f.\- ]*)\]"  # 5 a line of glyphs, as most programs write it
    rb"|(\[)|(\])|(<<)|(>>)"  # 6 to 9
    rb"|(\()"  # 10 a string with brackets inside, or without an end
    rb"|([^\x00\t\n\f\r ()<>\[\]{}/%]+)"  # 11 an operator or a keyword
    rb"|([\x00-\xff])"  # 12 what should not be there
    rb")"
)
_NUMBER, _HEX, _STRING, _NAME, _GLYPHS, _ARRAY, _ARRAY_END, _DICT, _DICT_END, _LONG_STRING, _WORD = range(1, 12)
_GLYPH = re.compile(r"<([^>]*)>|([^< ]+)")
_KEYWORDS = {b"true": True, b"false": False, b"null": None}
_IMAGE_END = re.compile(rb"[\x00\t\n\f\r ]EI(?=[\x00\t\n\f\r ]|$)")
_ESCAPE = re.compile(rb"\\([0-7]{1,3}|\r\n|[\x00-\xff])|\r\n?")
_ESCAPED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f", b"\n": b"", b"\r": b"", b"\r\n": b""}
_NOT_HEX = re.compile(rb"[^0-9A-Fa-f]")
_NAME_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
_BRACKET = re.compile(rb"\\[\x00-\xff]|[()]")


def operations(data: bytes) -> Iterator[tuple[bytes, list[Operand]]]:
    """Each operator with its operands, in order; what is malformed is passed over, as viewers do."""
    operands: list[Operand] = []
    outer: list[list[Operand]] = []
    """The operand lists around the array or the dictionary at hand."""

    match = _TOKEN.match
    position = 0
    while found := match(data, position):
        position = found.end()
        kind = found.lastindex
        if kind == _NUMBER:
            operands.append(float(found[1]))
        elif kind == _HEX:
            operands.append(unhexed(found[2]))
        elif kind == _GLYPHS:
            operands.append(_glyphs(found[5].decode("ascii")))
        elif kind == _WORD:
            word = found[11]
            if word in _KEYWORDS:
                operands.append(_KEYWORDS[word])
                continue
            if outer:  # An operator inside an array: the array was never closed.
                operands, outer = outer[0], []
            if word == b"BI":
                picture, position = _inline_image(data, position)
                yield INLINE_IMAGE, picture
            else:
                yield word, operands
            operands = []
        elif kind == _NAME:
            operands.append(named(found[4]))
        elif kind == _STRING:
            operands.append(unescaped(found[3]))
        elif kind in (_ARRAY, _DICT):
            if len(outer) < MAX_DEPTH:
                outer.append(operands)
                operands = []
        elif kind in (_ARRAY_END, _DICT_END):
            if outer:
                inner, operands = operands, outer.pop()
                operands.append(inner if kind == _ARRAY_END else _paired(inner))
        elif kind == _LONG_STRING:
            text, position = _long_string(data, position)
            operands.append(text)
        if len(operands) > MAX_OPERANDS:
            del operands[:]


def _glyphs(line: str) -> list[Operand]:
    items = _GLYPH.findall(line)
    try:
        return [float(shift) if shift else bytes.fromhex(text) for text, shift in items]
    except ValueError:  # Half a byte, or two numbers run together.
        return [_number(shift) if shift else unhexed(text.encode("ascii")) for text, shift in items]


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0


def unhexed(digits: bytes) -> bytes:
    """A hexadecimal string's bytes: what is no digit is left out, an odd last digit is followed by 0 (7.3.4.3)."""
    try:
        return bytes.fromhex(digits.decode("ascii"))
    except ValueError:
        digits = _NOT_HEX.sub(b"", digits)
        return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode("ascii"))


def unescaped(text: bytes) -> bytes:
    """A literal string's bytes (7.3.4.2)."""
    return _ESCAPE.sub(_unescape, text) if b"\\" in text or b"\r" in text else text


def named(text: bytes) -> str:
    """A name as text: ``#xx`` resolved (7.3.5)."""
    if b"#" in text:
        text = _NAME_ESCAPE.sub(lambda match: bytes.fromhex(match[1].decode("ascii")), text)
    return text.decode("utf-8", "surrogateescape")


def _unescape(match: re.Match[bytes]) -> bytes:
    escape = match[1]
    if escape is None:  # An end of line inside a string counts as a line feed, however it is written.
        return b"\n"
    if escape[:1] in b"01234567" and escape:
        return bytes([int(escape, 8) & 0xFF])
    return _ESCAPED.get(escape, escape)


def _long_string(data: bytes, position: int) -> tuple[bytes, int]:
    """The string that begins before ``position``, to its matching bracket or to the end of the data."""
    depth = 1
    for bracket in _BRACKET.finditer(data, position):
        depth += {b"(": 1, b")": -1}.get(bracket[0], 0)
        if depth == 0:
            return unescaped(data[position : bracket.start()]), bracket.end()
    return unescaped(data[position:]), len(data)


def _paired(items: list[Operand]) -> dict[str, Operand]:
    return {key: value for key, value in zip(items[::2], items[1::2], strict=False) if isinstance(key, str)}


def _inline_image(data: bytes, position: int) -> tuple[list[Operand], int]:
    """The dictionary and the data of an inline image, and where it ends (8.9.7)."""
    items: list[Operand] = []
    arrays: list[list[Operand]] = []
    while found := _TOKEN.match(data, position):
        position = found.end()
        kind = found.lastindex
        if kind == _WORD and found[11] not in _KEYWORDS:
            break
        if kind == _GLYPHS:
            items.append(_glyphs(found[5].decode("ascii")))
        elif kind == _ARRAY:
            arrays.append(items)
            items = []
        elif kind == _ARRAY_END and arrays:
            inner, items = items, arrays.pop()
            items.append(inner)
        elif kind == _WORD:
            items.append(_KEYWORDS[found[11]])
        elif kind == _NUMBER:
            items.append(float(found[1]))
        elif kind == _NAME:
            items.append(named(found[4]))
        elif kind in (_HEX, _STRING):
            items.append(unhexed(found[2]) if kind == _HEX else unescaped(found[3]))
    end = _IMAGE_END.search(data, position)
    stop = end.start() if end else len(data)
    return [_paired(items), data[position + 1 : stop]], end.end() if end else len(data)

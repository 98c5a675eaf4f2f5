"""The lines of a TOML file: where a key stands that its parser has long forgotten."""

import functools
import re
from collections.abc import Iterator
from typing import TypeAlias

Keys: TypeAlias = tuple[str | int, ...]
"""The way to a value: ``("sources", 0, "from")``."""

_KEY = r"""(?:[A-Za-z0-9_-]+|"[^"]*"|'[^']*')"""
_DOTTED = rf"{_KEY}(?:\s*\.\s*{_KEY})*"
_HEADER = re.compile(rf"\s*(\[\[?)\s*({_DOTTED})\s*\]\]?\s*(?:#.*)?$")
_ASSIGNMENT = re.compile(rf"\s*({_DOTTED})\s*=\s*(.*)$")
_MULTILINE = ('"""', "'''")
_STRING_OR_COMMENT = re.compile(r""""(?:\\.|[^"\\])*"|'[^']*'|#.*""")


def line_of(text: str, keys: Keys) -> int:
    """The line, from 1, on which a key of a valid TOML file stands; else that of the nearest table around it.

    Keys inside an inline table or an array are on the line on which that one begins.
    """
    found = _lines(text)
    for length in range(len(keys), 0, -1):
        if keys[:length] in found:
            return found[keys[:length]]
    return 1


@functools.lru_cache(maxsize=1)
def _lines(text: str) -> dict[Keys, int]:
    """The places of a file whose mistakes are told one after the other."""
    return dict(_places(text))


def _places(text: str) -> Iterator[tuple[Keys, int]]:
    """Each header and each key that begins a line, with its number."""
    table: Keys = ()
    tables: dict[Keys, int] = {}
    closing: str | None = None  # of a string of several lines
    depth = 0  # of the brackets of an array of several lines
    for number, line in enumerate(text.splitlines(), start=1):
        if closing is not None:
            if closing in line:
                closing = None
            continue
        if depth > 0:
            depth += _brackets(line)
            continue
        if header := _HEADER.match(line):
            table = _named(header[2], tables)
            if header[1] == "[[":
                tables[table] = tables.get(table, -1) + 1
                yield table, number  # the whole array, where an element has no line of its own
                table = (*table, tables[table])
            yield table, number
        elif assignment := _ASSIGNMENT.match(line):
            yield (*table, *_parts(assignment[1])), number
            value = assignment[2]
            closing = next((mark for mark in _MULTILINE if value.startswith(mark) and value.count(mark) == 1), None)
            depth = 0 if closing or value.startswith(_MULTILINE) else max(0, _brackets(value))


def _named(dotted: str, arrays: dict[Keys, int]) -> Keys:
    """The table that a header names; inside an array of tables its last element is meant."""
    keys: Keys = ()
    parts = _parts(dotted)
    for at, part in enumerate(parts):
        keys = (*keys, part)
        if keys in arrays and at < len(parts) - 1:
            keys = (*keys, arrays[keys])
    return keys


def _parts(dotted: str) -> tuple[str, ...]:
    return tuple(part.strip("\"'") for part in re.findall(_KEY, dotted))


def _brackets(line: str) -> int:
    """How many more brackets open in the line than close, outside strings and comments."""
    bare = _STRING_OR_COMMENT.sub("", line)
    return bare.count("[") + bare.count("{") - bare.count("]") - bare.count("}")

"""Where in a ``theme.toml`` a mistake stands."""

import re
from collections.abc import Mapping
from typing import Any

import msgspec

from publisher.lines import Keys, line_of
from publisher.theming.options import Option

_WHERE = re.compile(r" - at `\$(?P<where>[^`]*)`$")
_STEP = re.compile(r"\.([^.\[]+)|\[(\d+)\]")
_ANY_KEY = "[...]"
"""What msgspec says in the place of a name that is no field: not which."""

_UNKNOWN = re.compile(r"unknown field `(?P<key>[^`]*)`")


def line_of_mistake(mistake: msgspec.ValidationError, table: Mapping[str, Any], text: str) -> int:
    """The line, from 1, of what msgspec says of a table that was read from a text; that of its table at least."""
    message = str(mistake)
    found = _WHERE.search(message)
    where = found["where"] if found else ""
    keys: Keys = tuple(name or int(number) for name, number in _STEP.findall(where.replace(_ANY_KEY, "")))
    if where.startswith(f".options{_ANY_KEY}"):
        keys = ("options", _wrong_option(table["options"]), *keys[1:])
    if unknown := _UNKNOWN.search(message):
        keys = (*keys, unknown["key"])
    return line_of(text, keys)


def _wrong_option(options: Mapping[str, Any]) -> str:
    """The name of the first option that is none; empty when all are."""
    for name, option in options.items():
        try:
            msgspec.convert(option, Option)
        except msgspec.ValidationError:
            return name
    return ""

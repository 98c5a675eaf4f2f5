"""TOML: every file of settings is read here, whoever wrote it, and written here where a program writes one.

Python's parser takes any nesting, any number of digits and keys of any number of parts, and is brought down or held for
a minute by them. So the text is looked over once, in time linear in its size, before the parser has it.
"""

import datetime as dt
import hashlib
import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NoReturn

from publisher.beside import remembered
from publisher.model.characters import admitted, normal

LIMIT_CHARACTERS = 1024 * 1024
"""Of a file. The longest of our own has 20,000."""

MAX_DEPTH = 16
"""Of arrays and inline tables in each other; settings need three."""

MAX_KEY_PARTS = 16
"""Of a dotted key, whose cost goes by the square of them; settings need three."""

MAX_DIGITS = 18
"""Of a number: what fits into 64 bits."""

_NOTABLE = re.compile(
    rf"[\"'#\[\]{{}}.=,\n]|0[xob][0-9a-fA-F_]{{{MAX_DIGITS - 1},}}|(?<![\w.])[0-9][0-9_]{{{MAX_DIGITS},}}"
)
_STRING_END = {
    '"': re.compile(r'\\.|["\n]'),
    "'": re.compile(r"['\n]"),
    '"""': re.compile(r'\\.|"""', re.DOTALL),
    "'''": re.compile(r"'''"),
}
"""What ends a string, by the mark that begins it, and what hides an end."""


class TomlError(ValueError):
    """A text is no TOML, or asks too much; the message ends with the place: ``(at line 3, column 1)``."""


def load_toml(text: str) -> dict[str, Any]:
    """The table in a text, its strings as the model takes them. TomlError, in time linear in its size."""
    if len(text) > LIMIT_CHARACTERS:
        raise TomlError(f"More than {LIMIT_CHARACTERS} characters (at line 1)")
    text = normal(text.replace("\r\n", "\n"))
    _look_over(text)
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise TomlError(str(error)) from error
    except (RecursionError, ValueError, OverflowError) as error:  # A date of the year 0, a number that none is.
        raise TomlError(f"A value that cannot be read: {error} (at line 1)") from error
    admitted_table: dict[str, Any] = _admitted(table)
    return admitted_table


def load_shipped(path: Path) -> dict[str, Any]:
    """The table in a file of this package, which is not looked over, and seldom parsed: it holds no dates."""
    data = path.read_bytes()
    parse = lambda: tomllib.loads(data.decode())  # noqa: E731
    return remembered(b"toml " + hashlib.sha256(data).digest(), dict[str, Any], parse)


def dump_toml(table: Mapping[str, Any]) -> str:
    """The table as TOML, its keys in their order: what stands in no table of its own first.

    It holds texts, numbers, flags, dates, lists of these, tables, and lists of tables; ``None`` is left out.
    """
    return "\n".join(_dumped(table, ())).lstrip("\n") + "\n"


def _dumped(table: Mapping[str, Any], path: tuple[str, ...]) -> Iterator[str]:
    inner = {key: value for key, value in table.items() if isinstance(value, Mapping) or _is_of_tables(value)}
    for key, value in table.items():
        if key not in inner and value is not None:
            yield f"{_key(key)} = {_value(value)}"
    for key, value in inner.items():
        here = (*path, _key(key))
        many = not isinstance(value, Mapping)
        header = f"[[{'.'.join(here)}]]" if many else f"[{'.'.join(here)}]"
        for each in value if many else (value,):
            yield from ("", header, *_dumped(each, here))


def _is_of_tables(value: Any) -> bool:
    return isinstance(value, list | tuple) and bool(value) and isinstance(value[0], Mapping)


def _key(key: str) -> str:
    return key if re.fullmatch(r"[A-Za-z0-9_-]+", key) else _value(key)


def _value(value: Any) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case int() | float() | dt.date():
            return str(value)
        case list() | tuple():
            return f"[{', '.join(_value(each) for each in value)}]"
    escaped = str(value).replace("\\", "\\\\").replace('"', '\\"')
    # Whatever else TOML lets stand in no string: control characters, of which line breaks and tabs are some.
    return '"' + re.sub(r"[\x00-\x1f\x7f]", lambda found: f"\\u{ord(found[0]):04x}", escaped) + '"'


def placed(error: TomlError, text: str) -> str:
    """What is wrong with a text, its place in front: what follows the file's name in a message."""
    what, at, place = str(error).partition(" (at ")
    found = re.match(r"line (\d+)", place)
    line = int(found[1]) if found else len(text.splitlines())
    what = what[:1].lower() + what[1:] if at else str(error)
    return f", line {max(1, line)}: this is not TOML: {what}. Mend the line."


def _admitted(value: Any) -> Any:
    match value:
        case str():
            return admitted(value)
        case list():
            return [_admitted(part) for part in value]
        case dict():
            return {admitted(key): _admitted(part) for key, part in value.items()}
        case _:
            return value


def _look_over(text: str) -> None:
    """TomlError where the text asks too much of a parser. What is no TOML at all is left for that to say."""
    depth, parts, place = 0, 1, 0

    def refuse(what: str, at: int) -> NoReturn:
        line = text.count("\n", 0, at) + 1
        raise TomlError(f"{what} (at line {line}, column {at - text.rfind(chr(10), 0, at)})")

    while found := _NOTABLE.search(text, place):
        place = found.end()
        match found[0]:
            case '"' | "'":
                place = _after_string(text, found.start())
            case "#":
                place = text.find("\n", place)
                if place < 0:
                    return
            case "[" | "{":
                depth, parts = depth + 1, 1
                if depth > MAX_DEPTH:
                    refuse(f"Values nested more than {MAX_DEPTH} deep", found.start())
            case "]" | "}":
                depth, parts = max(0, depth - 1), 1
            case ".":
                parts += 1
                if parts > MAX_KEY_PARTS:
                    refuse(f"A key of more than {MAX_KEY_PARTS} parts", found.start())
            case "=" | "," | "\n":
                parts = 1
            case _:
                refuse(f"A number of more than {MAX_DIGITS} digits", found.start())


def _after_string(text: str, start: int) -> int:
    """Where the text goes on after a string; its end when the string has none."""
    quote = text[start]
    mark = quote * 3 if text.startswith(quote * 3, start) else quote
    place = start + len(mark)
    while found := _STRING_END[mark].search(text, place):
        place = found.end()
        if found[0] == mark:
            break
        if found[0] == "\n":  # The string was not ended: the parser will say so.
            return place
    else:
        return len(text)
    while len(mark) == 3 and text.startswith(quote, place):  # Up to two of them belong to the string.
        place += 1
    return place

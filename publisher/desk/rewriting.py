"""``desk.toml`` written anew, with the comments of who writes in it by hand."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import tomlkit
from tomlkit.items import AoT, Comment, Item, Table, Whitespace

from publisher.config import DeskSettings, dump_desk, parse_desk
from publisher.toml import load_toml

_EMPTY_LINES = re.compile(r"\n{3,}")

Named = tuple[object, object]
"""By what a table in a list is known: its file, and its key."""


def rewritten(before: bytes | None, desk: DeskSettings) -> bytes:
    """What ``parse_desk`` reads the desk from. Where the file had comments, only what changed is written anew.

    A comment goes with the table that it stands in, one above a table with the table before.
    """
    plain = dump_desk(desk)
    if not before or b"#" not in before:
        return plain
    path = Path("desk.toml")
    document = tomlkit.parse(before.decode("utf-8-sig"))
    _merge(document, load_toml(dump_desk(parse_desk(before, path)).decode()), load_toml(plain.decode()))
    # Each table that is put in its place brings an empty line of its own.
    commented = (_EMPTY_LINES.sub("\n\n", tomlkit.dumps(document)).rstrip("\n") + "\n").encode()
    # Tables may be written in more ways than are known here: what is decided counts for more than a comment.
    return commented if parse_desk(commented, path) == desk else plain


def _merge(table: Any, old: Mapping[str, Any], new: Mapping[str, Any]) -> None:
    """Change in a table of the file what is other in ``new`` than in ``old``."""
    for key in dict.fromkeys((*old, *new)):
        was, value = old.get(key), new.get(key)
        if was == value:
            continue
        if key not in new and isinstance(was, Mapping):
            _merge(table[key], was, {})
            if not table[key]:
                table.pop(key)
        elif key not in new:
            table.pop(key)
        elif isinstance(value, Mapping) and key in table:
            _merge(table[key], was or {}, value)
        elif isinstance(table.get(key), AoT) and isinstance(was, list) and isinstance(value, list):
            table[key] = _merged(table[key], was, value)
        elif key in table or not isinstance(table, Table):
            table[key] = value
        else:
            _add(table, key, value)


def _add(table: Table, key: str, value: Any) -> None:
    """Put a line into a table, before the comments that stand above the next one."""
    body = table.value.body
    after: list[Item] = []
    while body and body[-1][0] is None:
        after.append(body.pop()[1])
    table[key] = value
    for item in reversed(after):
        if isinstance(item, Comment | Whitespace):  # Others are places where a line was taken out.
            table.add(item)


def _merged(tables: AoT, old: Sequence[Mapping[str, Any]], new: Sequence[Mapping[str, Any]]) -> AoT:
    """The tables of a list in their new order."""
    there = {_name(was): (table, was) for table, was in zip(tables, old, strict=True)}
    merged = tomlkit.aot()
    for each in new:
        table, was = there.get(_name(each), (tomlkit.table(), {}))
        _merge(table, was, each)
        merged.append(table)
    return merged


def _name(table: Mapping[str, Any]) -> Named:
    return table.get("file"), table.get("key")

"""``digest.toml`` with all its mistakes: read to be corrected, where ``load_settings`` reads it to be used.

What stands wrong is taken out and what is missing stood in for, so that the rest can be judged.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from types import MappingProxyType
from typing import Any

import msgspec

from publisher.config.loading import explained, mistakes_of, path_from, resolved, table_in, text_of
from publisher.config.settings import Settings
from publisher.lines import Keys, line_of
from publisher.model.blocks import Value

_LACKS = re.compile(r".*lacks '(?P<key>[^']*)'\. Add it\.", re.DOTALL)
_MEANT = re.compile(r"has no key '[^']*'\. Did you mean '(?P<key>[^']*)'\?")

_STAND_INS = MappingProxyType(
    {
        "title": "-",
        "name": "stand-in",
        "language": "und",
        "from": ".",
        "file": "stand-in-{number}.pdf",
        "folder": ".",
        "host": "localhost",
        "sender": "stand-in@localhost",
        "address": "stand-in@localhost",
        "recipients": [{"address": "stand-in@localhost"}],
        "series": {"title": "-", "name": "stand-in", "language": "und"},
        "sources": [{"from": "."}],
        "outputs": [{"file": "stand-in.pdf"}],
        "shelf": {"folder": "."},
    }
)
"""What a missing key is taken for while the others are judged: each that the settings cannot be without."""


class Mistake(Value, frozen=True, kw_only=True):
    """Something in the settings that a run would stumble over."""

    file: str
    line: int
    """From 1."""

    message: str
    """What is wrong, and what to do."""

    def __str__(self) -> str:
        return f"{self.file}, line {self.line}: {self.message}"


class SettingsDraft(msgspec.Struct, frozen=True, kw_only=True):
    """Settings as far as they can be understood."""

    path: Path
    text: str
    settings: Settings
    """Without what stands wrong; what is missing is stood in for."""

    mistakes: tuple[Mistake, ...]
    """Those of the file by itself, in the order in which they were met."""

    doubtful: frozenset[Keys]
    """The keys that were taken out or stood in for."""

    def mistake(self, what: str, keys: Keys) -> Mistake:
        """A mistake at a key."""
        return Mistake(file=str(self.path), line=line_of(self.text, keys), message=what)

    def is_doubtful(self, keys: Keys) -> bool:
        """Whether a key, or what it is in, is not as it was meant, so that nothing more can be said of it."""
        return any(keys[:length] in self.doubtful for length in range(1, len(keys) + 1))


def read_draft(path: Path) -> SettingsDraft:
    """The settings in a file with its mistakes; ConfigError when it cannot be read, or is no TOML."""
    text = text_of(path)
    table = table_in(text, path)
    found: list[tuple[str, Keys]] = []
    doubtful: set[Keys] = set()
    settings = _converted(table, found, doubtful)
    for what, keys in mistakes_of(settings):
        found.append((what, keys))
        if keys not in doubtful:
            _take_out(table, keys, doubtful)
            _stand_in(table, keys, doubtful)
    settings = _converted(table, found, doubtful)
    file = str(path)
    mistakes = tuple(Mistake(file=file, line=line_of(text, keys), message=what) for what, keys in found)
    return SettingsDraft(
        path=path,
        text=text,
        settings=resolved(settings, path),
        mistakes=mistakes,
        doubtful=frozenset(doubtful),
    )


def _converted(table: dict[str, Any], found: list[tuple[str, Keys]], doubtful: set[Keys]) -> Settings:
    """The settings in a table, out of which all is taken that stands wrong."""
    while True:
        try:
            return msgspec.convert(table, Settings, dec_hook=path_from)
        except msgspec.ValidationError as error:
            found += _mended(table, *explained(str(error)), doubtful)


def _mended(table: dict[str, Any], what: str, keys: Keys, doubtful: set[Keys]) -> Iterator[tuple[str, Keys]]:
    """The mistake, unless it follows from one before; and the table without it."""
    if lacking := _LACKS.fullmatch(what):
        lacked = (*keys, lacking["key"])
        if lacked not in doubtful:
            yield what, keys
        _stand_in(table, lacked, doubtful)
        return
    yield what, keys
    if meant := _MEANT.search(what):  # What is missing for that is no mistake of its own.
        doubtful.add((*keys[:-1], meant["key"]))
    _take_out(table, keys, doubtful)


def _take_out(table: dict[str, Any], keys: Keys, doubtful: set[Keys]) -> None:
    while isinstance(keys[-1], int):  # An element takes its list along: the numbers of the others would change.
        keys = keys[:-1]
    del _at(table, keys[:-1])[keys[-1]]
    doubtful.add(keys)


def _stand_in(table: dict[str, Any], keys: Keys, doubtful: set[Keys]) -> None:
    """Put something in the place of a key that the settings cannot be without."""
    value = _STAND_INS.get(str(keys[-1]))
    if value is not None:
        number = next((key for key in reversed(keys) if isinstance(key, int)), 0)
        _at(table, keys[:-1])[keys[-1]] = value.format(number=number) if isinstance(value, str) else value
        doubtful.add(keys)


def _at(table: Any, keys: Keys) -> Any:
    for key in keys:
        table = table[key]
    return table

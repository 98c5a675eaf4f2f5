"""``desk.toml`` becomes settings, or one line that says what is wrong with it and where; and settings become it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from publisher.config.desk import DeskSettings
from publisher.config.loading import decoded, explained, outputs_mistakes, path_from, resolved, table_in, text_of
from publisher.config.settings import SettingsTable
from publisher.errors import ConfigError
from publisher.lines import Keys, line_of
from publisher.toml import dump_toml


def load_desk(path: Path) -> DeskSettings:
    """What a ``desk.toml`` says, its paths taken from its folder. ConfigError with file and line."""
    return resolved(_parsed(text_of(path, "Name a desk.toml"), path), path)


def parse_desk(data: bytes, path: Path) -> DeskSettings:
    """What the bytes of a ``desk.toml`` say, its paths as written. ``path`` is the file's, for messages.

    ConfigError with file and line.
    """
    return _parsed(decoded(data, path), path)


def dump_desk(desk: DeskSettings) -> bytes:
    """What ``parse_desk`` reads the same from: a line for each thing that is not as it would be without."""
    return dump_toml(_table(desk)).encode()


def _parsed(text: str, path: Path) -> DeskSettings:
    try:
        desk = msgspec.convert(table_in(text, path), DeskSettings, dec_hook=path_from)
    except msgspec.ValidationError as error:
        what, keys = explained(str(error), DeskSettings)
        raise ConfigError(f"{path}, line {line_of(text, keys)}: {what}") from error
    for what, keys in _mistakes(desk):
        raise ConfigError(f"{path}, line {line_of(text, keys)}: {what}")
    return desk


def _mistakes(desk: DeskSettings) -> Iterator[tuple[str, Keys]]:
    """What no type can say."""
    yield from outputs_mistakes(desk.outputs)
    met: set[tuple[str, str | None]] = set()
    for number, article in enumerate(desk.articles):
        if (article.file, article.key) in met:
            yield f"{article.file!r} stands there twice. Remove one of them.", ("articles", number, "file")
        met.add((article.file, article.key))


def _table(value: SettingsTable) -> dict[str, Any]:
    """What a table holds, without what is as it is anyway."""
    table = {}
    for field in msgspec.structs.fields(value):
        held = getattr(value, field.name)
        usual = field.default if field.default_factory is msgspec.NODEFAULT else field.default_factory()
        if held != usual:
            table[field.encode_name] = _written(held)
    return table


def _written(value: Any) -> Any:
    match value:
        case SettingsTable():
            return _table(value)
        case tuple():
            return [_written(each) for each in value]
        case Path():
            return str(value)
    return value

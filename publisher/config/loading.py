"""``digest.toml`` becomes settings, or one line that says what is wrong with it and where."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeVar, get_args, get_type_hints
from zoneinfo import ZoneInfo

import msgspec
from msgspec import Meta

from publisher.config.settings import ARCHIVE, OutputSettings, Settings, SettingsTable
from publisher.errors import ConfigError, near_match
from publisher.lines import Keys, line_of
from publisher.opening import open_fed
from publisher.siblings import near_sibling
from publisher.toml import TomlError, load_toml, placed

Kind = TypeVar("Kind", bound=SettingsTable)

LIMIT_BYTES = 1024 * 1024

_AT = re.compile(r"^(?P<what>.*?)(?: - at `\$(?P<where>[^`]*)`)?$", re.DOTALL)
_STEP = re.compile(r"\.([^.\[]+)|\[(\d+)\]")
_UNKNOWN = re.compile(r"Object contains unknown field `(?P<key>.*)`")
_MISSING = re.compile(r"Object missing required field `(?P<key>.*)`")
_TYPE = re.compile(r"Expected `(?P<expected>[^`]*)`, got `(?P<got>[^`]*)`")
_CONSTRAINT = re.compile(r"Expected `(?P<kind>[^`]*)`(?P<rest> .*)")
_WORDS = {"str": "a text", "int": "a whole number", "float": "a number", "bool": "true or false", "array": "a list"}
_WORDS |= {"object": "a table", "null": "nothing"}


def starter() -> str:
    """A commented ``digest.toml`` that works as it is beside a folder ``pages``."""
    return Path(__file__).with_name("starter.toml").read_text(encoding="utf-8")


def load_settings(path: Path) -> Settings:
    """The settings in a file, its paths taken from its folder. ConfigError with file and line of the first mistake."""
    return resolved(_parsed(text_of(path), path), path)


def parse_settings(data: bytes, path: Path) -> Settings:
    """The settings in the bytes of a file, its paths as written. ``path`` is the file's, for messages.

    ConfigError with file and line of the first mistake.
    """
    text = decoded(data, path)
    return _parsed(text, path)


def _parsed(text: str, path: Path) -> Settings:
    try:
        settings = msgspec.convert(table_in(text, path), Settings, dec_hook=path_from)
    except msgspec.ValidationError as error:
        what, keys = explained(str(error))
        raise ConfigError(f"{path}, line {line_of(text, keys)}: {what}") from error
    for what, keys in mistakes_of(settings):
        raise ConfigError(f"{path}, line {line_of(text, keys)}: {what}")
    return settings


def text_of(path: Path, hint: str = "Name a digest.toml") -> str:
    """The text of a file of settings; ConfigError when it cannot be had."""
    try:
        with open_fed(path) as stream:
            data = stream.read(LIMIT_BYTES + 1)
    except OSError as error:
        why = f"cannot read the settings {path}: {(error.strerror or str(error)).lower()}"
        if near := near_sibling(path, ""):
            raise ConfigError(why, hint=near) from error
        raise ConfigError(why, code="no-settings", hint=hint) from error
    if len(data) > LIMIT_BYTES:
        raise ConfigError(f"cannot read the settings {path}: they have more than {LIMIT_BYTES // 1024} kB. Split them.")
    return decoded(data, path)


def decoded(data: bytes, path: Path) -> str:
    """The text of a file; ConfigError with the line when it is no UTF-8."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise ConfigError(f"{path}, line {line}: the file is not UTF-8. Save it as such.") from error


def table_in(text: str, path: Path) -> dict[str, Any]:
    """The table in the text of a file; ConfigError with its line when it is no TOML."""
    try:
        return load_toml(text)
    except TomlError as error:
        raise ConfigError(f"{path}{placed(error, text)}") from error


def path_from(kind: type, value: object) -> object:
    """A path from a text; msgspec knows none."""
    if kind is not Path:
        raise NotImplementedError
    if not isinstance(value, str) or not value:
        raise ValueError("it takes a path in quotes")
    return Path(value)


def explained(message: str, root: type[SettingsTable] = Settings) -> tuple[str, Keys]:
    """What msgspec says of a file's table in our words, and the key that it is about."""
    match = _AT.match(message)
    assert match is not None  # noqa: S101 (the expression takes anything)
    what = match["what"]
    keys: Keys = tuple(name or int(number) for name, number in _STEP.findall(match["where"] or ""))
    table = _table_at(keys, root)
    if unknown := _UNKNOWN.fullmatch(what):
        return f"{_shown(keys)}has no key {unknown['key']!r}. {near_match(unknown['key'], _keys_of(table))}", (
            *keys,
            unknown["key"],
        )
    if missing := _MISSING.fullmatch(what):
        return f"{_shown(keys)}lacks {missing['key']!r}. Add it.", keys
    if wrong := _TYPE.fullmatch(what):
        if wrong["expected"] == "array" and (described := _described(keys, root)):
            return f"{_dotted(keys)} takes {described}, not {_WORDS.get(wrong['got'], wrong['got'])}", keys
        expected = " or ".join(_WORDS.get(kind, kind) for kind in wrong["expected"].split(" | ") if kind != "null")
        return f"{_dotted(keys)} takes {expected}, not {_WORDS.get(wrong['got'], wrong['got'])}", keys
    if what.startswith("Invalid enum value"):
        value = what.removeprefix("Invalid enum value ").strip("'")
        return f"{_dotted(keys)} does not take {value!r}. {near_match(value, _choices_at(keys, root))}", keys
    if wrong := _CONSTRAINT.fullmatch(what):
        return f"{_dotted(keys)} takes {_described(keys, root) or _WORDS.get(wrong['kind'], '') + wrong['rest']}", keys
    return f"{_dotted(keys)}: {what[:1].lower()}{what[1:]}", keys


def _shown(keys: Keys) -> str:
    return f"[{_dotted(keys)}] " if keys else "the file "


def _dotted(keys: Keys) -> str:
    """The key as a person says it: ``sources.from`` whichever of the sources it is."""
    return ".".join(str(key) for key in keys if not isinstance(key, int)) or "the file"


def _table_at(keys: Keys, root: type[SettingsTable]) -> type[SettingsTable]:
    """The innermost table on the way to a key."""
    table = root
    for key in keys:
        if isinstance(key, str):
            inner = _hint(table, key)
            found = next(
                (each for each in _within(inner) if isinstance(each, type) and issubclass(each, SettingsTable)), None
            )
            if found is None:
                return table
            table = found
    return table


def _choices_at(keys: Keys, root: type[SettingsTable]) -> list[str]:
    return [each for each in _within(_hint(_table_at(keys, root), str(keys[-1]))) if isinstance(each, str)]


def _described(keys: Keys, root: type[SettingsTable]) -> str | None:
    """What a key takes, in the words of its type, where these have any."""
    key = next(key for key in reversed(keys) if isinstance(key, str))
    metas = (each for each in _within(_hint(_table_at(keys, root), key)) if isinstance(each, Meta))
    return next((meta.description for meta in metas), None)


def _hint(table: type[SettingsTable], key: str) -> Any:
    names = {field.encode_name: field.name for field in msgspec.structs.fields(table)}
    return get_type_hints(table, include_extras=True).get(names.get(key, key))


def _within(hint: Any) -> Iterator[Any]:
    """All that a type hint is made of."""
    yield hint
    for part in get_args(hint):
        yield from _within(part)


def _keys_of(table: type[SettingsTable]) -> list[str]:
    return [field.encode_name for field in msgspec.structs.fields(table)]


def mistakes_of(settings: Settings) -> Iterator[tuple[str, Keys]]:
    """What no type can say, and the key that it is about."""
    try:
        ZoneInfo(settings.series.timezone)
    except (KeyError, ValueError, OSError):
        yield (
            f"there is no time zone {settings.series.timezone!r}. Take one such as Asia/Ho_Chi_Minh or UTC.",
            ("series", "timezone"),
        )
    yield from outputs_mistakes(settings.outputs)
    for place, texts in _templates(settings):
        for text in texts:
            try:
                text.format(week="", year="", number="")
            except (KeyError, ValueError, IndexError, AttributeError):
                yield f"{text!r} has braces that name nothing. There is: {{number}}, {{week}}, {{year}}.", place


def outputs_mistakes(outputs: tuple[OutputSettings, ...]) -> Iterator[tuple[str, Keys]]:
    """What no type can say of the files that are to be made."""
    names: list[str] = []
    for number, output in enumerate(outputs):
        for what in _output_mistakes(output, names):
            yield what, ("outputs", number, "file")
        names.append(output.file.casefold())


def _output_mistakes(output: OutputSettings, before: list[str]) -> Iterator[str]:
    if output.file.casefold() in before:
        yield f"two outputs are called {output.file!r}. Give each its own name."
    if output.file in ("issue.json", "cover.png", "sources.zip"):
        yield f"{output.file!r} is a name of ours. Take another."
    if output.press and not output.file.endswith(".pdf"):
        yield f"{output.file!r} cannot be made for a press: only a PDF can. Take the press away."
    if output.profile != "generic" and not output.file.endswith(".epub"):
        yield f"{output.file!r} has no e-reader: only an EPUB has. Take the profile away."


def _templates(settings: Settings) -> Iterator[tuple[Keys, tuple[str, ...]]]:
    for number, output in enumerate(settings.outputs):
        yield ("outputs", number, "file"), (output.file,)
    for number, source in enumerate(settings.sources):
        if "://" not in source.from_:  # an address may have braces of its own
            yield ("sources", number, "from"), (source.from_,)


def resolved(settings: Kind, path: Path) -> Kind:
    """The settings of a file with each path taken from its folder."""
    whole: Kind = _resolved(settings, path.absolute().parent)
    return whole


def _resolved(value: Any, folder: Path) -> Any:
    """The settings with each path taken from the folder of the file."""
    if isinstance(value, Path):
        return folder / value
    if isinstance(value, tuple):
        return tuple(_resolved(each, folder) for each in value)
    if isinstance(value, SettingsTable):
        changed = {name: _resolved(getattr(value, name), folder) for name in value.__struct_fields__}
        if "from_" in changed and "://" not in changed["from_"]:
            kind = ARCHIVE if changed["from_"].startswith(ARCHIVE) else ""
            changed["from_"] = f"{kind}{folder / changed['from_'].removeprefix(kind)}"
        return msgspec.structs.replace(value, **changed)
    return value

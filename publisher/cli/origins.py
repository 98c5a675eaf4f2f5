"""Where the value of an option came from, when nobody typed it: a variable, or a line of the file of defaults.

An option takes what was typed, else the variable of its name, else the file of defaults, else its own default.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import click
from click.core import ParameterSource

from publisher.cli.grouping import long_name
from publisher.errors import ConfigError, near_match

PREFIX = "PUBLISHER"
KEPT = "publisher.defaults"
"""Where a context keeps the defaults that its commands have."""

LIMIT_BYTES = 64 * 1024
_KINDS = {bool: "true or false", dict: "a table", list: "a list"}


def name_variables(command: click.Command, path: tuple[str, ...] = ()) -> None:
    """Let each option be given by a variable: ``PUBLISHER_BRIEF_OUTPUT_PROFILE`` is ``--output-profile`` of brief."""
    for option in _options(command):
        option.envvar = "_".join((PREFIX, *path, *long_name(option).strip("-").split("-"))).upper()
    for name, child in getattr(command, "commands", {}).items():
        name_variables(child, (*path, name))


class Defaults:
    """The options in a file of defaults, for a group of commands."""

    def __init__(self, path: Path, group: click.Group) -> None:
        """Read the file: ConfigError with its line for what is no option of a command, or of the wrong kind."""
        # Loaded only where there is such a file.
        from publisher.opening import open_fed
        from publisher.siblings import near_sibling
        from publisher.toml import TomlError, load_toml, placed

        self.path = path
        try:
            with open_fed(path) as stream:
                self._text = stream.read(LIMIT_BYTES).decode("utf-8-sig")
            table = load_toml(self._text)
        except OSError as error:
            why = (error.strerror or str(error)).lower()
            raise ConfigError(
                f"cannot read the defaults {path}: {why}. {near_sibling(path, 'Check the name.')}"
            ) from error
        except UnicodeDecodeError as error:
            raise ConfigError(f"{path}: the file is not UTF-8. Save it as such.") from error
        except TomlError as error:
            raise ConfigError(f"{path}{placed(error, self._text)}") from error
        self.options = self._of_group(table, group, ())

    def line(self, *keys: str) -> str:
        """Where a key stands: ``defaults.toml, line 3``."""
        from publisher.lines import line_of

        return f"{self.path}, line {line_of(self._text, keys)}"

    def _of_group(self, table: Mapping[str, Any], group: click.Group, keys: tuple[str, ...]) -> dict[str, Any]:
        found = {}
        for name, value in table.items():
            if name not in group.commands:
                raise self._mistake(f"there is no command {' '.join((*keys, name))!r}", name, group.commands, keys)
            if not isinstance(value, dict):
                raise ConfigError(f"{self.line(*keys, name)}: {name} is a command. Write [{'.'.join((*keys, name))}].")
            child = group.commands[name]
            if isinstance(child, click.Group):
                found[name] = self._of_group(value, child, (*keys, name))
            else:
                found[name] = self._of_command(value, child, (*keys, name))
        return found

    def _of_command(self, table: Mapping[str, Any], command: click.Command, keys: tuple[str, ...]) -> dict[str, Any]:
        options = {long_name(option).removeprefix("--"): option for option in _options(command)}
        found = {}
        for name, value in table.items():
            if name not in options:
                raise self._mistake(f"publisher {' '.join(keys)} has no option --{name}", name, options, keys)
            found[options[name].name or name] = self._value(options[name], value, (*keys, name))
        return found

    def _value(self, option: click.Option, value: object, keys: tuple[str, ...]) -> object:
        if isinstance(value, dict) and option.multiple:
            value = [f"{key}={_text(each)}" for key, each in value.items()]
        if isinstance(value, dict) or (isinstance(value, list) and not option.multiple):
            raise ConfigError(f"{self.line(*keys)}: --{keys[-1]} takes one value, not {_KINDS[type(value)]}")
        if isinstance(value, bool) != option.is_flag:
            expected = "true or false" if option.is_flag else "a value, not true or false"
            raise ConfigError(f"{self.line(*keys)}: --{keys[-1]} takes {expected}")
        if option.multiple:
            return [_text(each) for each in (value if isinstance(value, list) else [value])]
        return value if option.is_flag else _text(value)

    def _mistake(self, what: str, name: str, known: Mapping[str, Any], keys: tuple[str, ...]) -> ConfigError:
        return ConfigError(f"{self.line(*keys, name)}: {what}. {near_match(name, known)}")


def _text(value: object) -> str:
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)


def _options(command: click.Command) -> Iterator[click.Option]:
    return (each for each in command.params if isinstance(each, click.Option) and not each.is_eager)


def origin(option: click.Parameter, context: click.Context) -> str | None:
    """Where the value of an option came from: ``PUBLISHER_BRIEF_THEME``, ``defaults.toml, line 3``; or ``None``."""
    source = context.get_parameter_source(option.name or "")
    if source == ParameterSource.ENVIRONMENT:
        return str(option.envvar)
    if source == ParameterSource.DEFAULT_MAP:
        defaults: Defaults = context.meta[KEPT]
        return defaults.line(*_path_of(context), long_name(option).removeprefix("--"))
    return None


def given_elsewhere(context: click.Context) -> Iterator[str]:
    """A line for each option that was not typed and is not as usual: ``--theme gazette (PUBLISHER_BRIEF_THEME)``."""
    for option in _options(context.command):
        if place := origin(option, context):
            yield f"{long_name(option)} {', '.join(_texts(context.params.get(option.name or '')))} ({place})"


def blamed(message: str, context: click.Context) -> str | None:
    """Where a value came from that an error's message repeats; ``None`` where all such were typed."""
    for option in _options(context.command):
        if not option.is_flag and (place := origin(option, context)):
            texts = _texts(context.params.get(option.name or ""))
            if any(
                re.search(rf"(?<![\w.-]){re.escape(text)}(?![\w-]|\.\w)", message) for text in texts if len(text) > 1
            ):
                return place
    return None


def _texts(value: object) -> Iterator[str]:
    """What a value is made of, in words."""
    if isinstance(value, tuple):
        for each in value:
            yield from _texts(each)
    elif value is not None:
        yield _text(value)


def _path_of(context: click.Context) -> tuple[str, ...]:
    names = []
    while context.parent is not None:
        names.append(context.info_name or "")
        context = context.parent
    return tuple(reversed(names))

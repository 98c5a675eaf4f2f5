"""The file of defaults: options that need not be typed each time, a table for each command."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import click

from publisher.cli.grouping import long_name
from publisher.errors import ConfigError, near_match

KEPT = "publisher.defaults"
"""Where a context keeps the defaults that its commands have."""

LIMIT_BYTES = 4 * 1024 * 1024
"""More is read of no file; the parser takes a quarter of it."""

_KINDS = {dict: "a table", list: "a list"}


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
        options = {long_name(option).removeprefix("--"): option for option in options_of(command)}
        found = {}
        for name, value in table.items():
            if name not in options:
                raise self._mistake(f"publisher {' '.join(keys)} has no option --{name}", name, options, keys)
            found[options[name].name or name] = self._value(options[name], value, (*keys, name))
        return found

    def _value(self, option: click.Option, value: object, keys: tuple[str, ...]) -> object:
        if isinstance(value, dict) and option.multiple:
            value = [f"{key}={text_of(each)}" for key, each in value.items()]
        if isinstance(value, dict) or (isinstance(value, list) and not option.multiple):
            raise ConfigError(f"{self.line(*keys)}: --{keys[-1]} takes one value, not {_KINDS[type(value)]}")
        if isinstance(value, bool) != option.is_flag:
            expected = "true or false" if option.is_flag else "a value, not true or false"
            raise ConfigError(f"{self.line(*keys)}: --{keys[-1]} takes {expected}")
        if option.multiple:
            return [text_of(each) for each in (value if isinstance(value, list) else [value])]
        return value if option.is_flag else text_of(value)

    def _mistake(self, what: str, name: str, known: Mapping[str, Any], keys: tuple[str, ...]) -> ConfigError:
        return ConfigError(f"{self.line(*keys, name)}: {what}. {near_match(name, known)}")


def text_of(value: object) -> str:
    """A value as it would be typed."""
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)


def options_of(command: click.Command) -> Iterator[click.Option]:
    """The options that can be given otherwise than by typing them: all but ``--help`` and ``--version``."""
    return (each for each in command.params if isinstance(each, click.Option) and not each.is_eager)

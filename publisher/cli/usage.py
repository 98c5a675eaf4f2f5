"""What was typed wrong, in one line of ours: what click says of it in three."""

import re
from collections.abc import Iterator
from pathlib import Path

import click

from publisher.cli.grouping import long_name
from publisher.cli.origins import origin
from publisher.errors import near_match

FEW = 3
"""An option of more commands than that leads to none of them."""

_CHOICE = re.compile(r"""(['"])(?P<value>.*)\1 is not one of """, re.DOTALL)
_NUMBER = re.compile(r"""(['"])(?P<value>.*)\1 is not a valid (?P<kind>integer|float)""", re.DOTALL)
_RANGE = re.compile(r"(?P<value>\S+) is not in the range (?P<range>.*?)\.?$")
_NUMBERS = {"integer": "a whole number", "float": "a number"}
_EXTRA = re.compile(r"Got unexpected extra arguments? \((?P<words>.*)\)$", re.DOTALL)


def told(error: click.UsageError) -> str:
    """The line for a mistake in what was typed, or given by a variable or the file of defaults."""
    if isinstance(error, click.exceptions.BadOptionUsage):  # It comes without a context.
        return f"{error.option_name} {'takes no' if 'does not take' in error.message else 'lacks its'} value"
    context = error.ctx
    if context is None:
        return error.format_message()
    return _told(error, context) or f"{error.format_message()} See {context.command_path} --help."


def _told(error: click.UsageError, context: click.Context) -> str | None:
    called, see = _called(context), f"See {context.command_path} --help."
    match error:
        case click.exceptions.NoSuchOption():
            return f"{called} has no option {error.option_name}. {_near_option(error, context)}"
        case click.exceptions.MissingParameter(param=click.Parameter() as parameter):
            return f"{called} lacks {_name_of(parameter, context)}. {see}"
        case click.BadParameter(param=click.Parameter() as parameter):
            place = origin(parameter, context)
            return f"{f'{place}: ' if place else ''}{_name_of(parameter, context)}{_value(error, parameter)}"
        case click.exceptions.NoSuchCommand():
            return _no_command(error.command_name, context)
    if extra := _EXTRA.match(error.message):
        return f"{called} takes no more, and was given {extra['words']!r} too. {see}"
    return None


def _called(context: click.Context) -> str:
    """A command as it is called after ``publisher``; the whole of them, ``publisher``."""
    return context.command_path.partition(" ")[2] or context.command_path


def _name_of(parameter: click.Parameter, context: click.Context) -> str:
    return long_name(parameter) if isinstance(parameter, click.Option) else parameter.make_metavar(context).strip("[].")


def _value(error: click.BadParameter, parameter: click.Parameter) -> str:
    """What is wrong with a value: what follows the option's name."""
    if isinstance(parameter.type, click.Choice) and (wrong := _CHOICE.match(error.message)):
        return f" does not take {wrong['value']!r}. {near_match(wrong['value'], map(str, parameter.type.choices))}"
    if wrong := _NUMBER.match(error.message):
        return f" takes {_NUMBERS[wrong['kind']]}, not {wrong['value']!r}"
    if wrong := _RANGE.match(error.message):
        return f" takes a number in the range {wrong['range']}, not {wrong['value']}"
    return f": {error.message}"


def _near_option(error: click.exceptions.NoSuchOption, context: click.Context) -> str:
    """Which commands have the option; else the nearest of this one; else where they stand."""
    others = [path for path, command in _commands(context.find_root().command) if error.option_name in _names(command)]
    if 0 < len(others) <= FEW:
        return f"It is one of publisher {' and '.join(others)}."
    own = {name for option in context.command.params for name in (*option.opts, *option.secondary_opts)}
    near = near_match(error.option_name, own)
    if near.startswith("Did you mean"):
        return near
    return f"See {context.command_path} --help."


def _names(command: click.Command) -> set[str]:
    return {name for option in command.params for name in option.opts}


def _commands(command: click.Command, path: str = "") -> Iterator[tuple[str, click.Command]]:
    for name, child in getattr(command, "commands", {}).items():
        yield f"{path}{name}", child
        yield from _commands(child, f"{path}{name} ")


def _no_command(name: str, context: click.Context) -> str:
    group = context.command
    known = group.commands if isinstance(group, click.Group) else {}
    if context.parent is None and (Path(name).exists() or "://" in name):
        return f"there is no command {name!r}: it is a source. Try publisher brief {name}, or publisher read {name}."
    if context.parent is None:
        return f"there is no command {name!r}. {near_match(name, known)}"
    return f"{_called(context)} has no command {name!r}. {near_match(name, known)}"

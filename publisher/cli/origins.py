"""Where the value of an option came from, when nobody typed it: a variable, or a line of the file of defaults.

An option takes what was typed, else the variable of its name, else the file of defaults, else its own default.
"""

import re
from collections.abc import Iterator

import click
from click.core import ParameterSource

from publisher.cli.defaults import KEPT, Defaults, options_of, text_of
from publisher.cli.grouping import long_name

PREFIX = "PUBLISHER"


def name_variables(command: click.Command, path: tuple[str, ...] = ()) -> None:
    """Let each option be given by a variable: ``PUBLISHER_BRIEF_OUTPUT_PROFILE`` is ``--output-profile`` of brief."""
    for option in options_of(command):
        option.envvar = "_".join((PREFIX, *path, *long_name(option).strip("-").split("-"))).upper()
    for name, child in getattr(command, "commands", {}).items():
        name_variables(child, (*path, name))


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
    for option in options_of(context.command):
        if place := origin(option, context):
            yield f"{long_name(option)} {', '.join(_texts(context.params.get(option.name or '')))} ({place})"


def blamed(message: str, context: click.Context) -> str | None:
    """Where a value came from that an error's message repeats; ``None`` where all such were typed."""
    for option in options_of(context.command):
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
        yield text_of(value)


def _path_of(context: click.Context) -> tuple[str, ...]:
    names = []
    while context.parent is not None:
        names.append(context.info_name or "")
        context = context.parent
    return tuple(reversed(names))

"""``desk.toml`` in the place of the sources of ``brief`` and ``compile``: it says what is made of which pages."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click
import msgspec
from click.core import ParameterSource

from publisher.errors import OptionError

if TYPE_CHECKING:
    from publisher.pipeline import Output, Request

SUFFIX = ".toml"

SAID_THERE = {
    "attach": "--attach",
    "corrections": "--corrections",
    "date": "--date",
    "flow": "--flow",
    "language": "--language",
    "number": "--number",
    "order": "--order",
    "outlet": "--outlet",
    "pages": "--pages",
    "sections": "--section",
    "sections_by": "--sections-by",
    "series": "--series",
    "settings": "--set",
    "theme": "--theme",
    "title": "--title",
}
"""What the file decides, by parameter: said in two places, one of them would be wrong one day."""

SAID_OF_OUTPUTS = {"devices": "--profile", "for_press": "--print"}
"""What the file decides of each file that it names, by parameter: a file that is named with ``-o`` has its own."""


def desk_file(sources: Sequence[str]) -> Path | None:
    """The settings of a desk, where they are the one source; ``None`` for pages."""
    return Path(sources[0]) if len(sources) == 1 and sources[0].endswith(SUFFIX) else None


def request_of(path: Path, themes: Sequence[Path], outputs: "Sequence[Output]") -> "Request":
    """What a desk asks for, with its own outputs where none are given.

    ConfigError for what is wrong in the file, OptionError for an option that it decides, and where nothing is to be
    written.
    """
    from publisher.config import load_desk
    from publisher.pipeline import desk_request

    context = click.get_current_context()
    for name, option in SAID_THERE.items():
        if context.get_parameter_source(name) is ParameterSource.COMMANDLINE:
            raise OptionError(f"{option} is decided in {path}. Change it there, or name the pages instead of the file")
    for name, option in SAID_OF_OUTPUTS.items():
        if not outputs and context.get_parameter_source(name) is ParameterSource.COMMANDLINE:
            raise OptionError(f"{option} is decided in {path} for its files. Change it there, or name a file with -o")
    request = desk_request(load_desk(path), path.parent, themes)
    if outputs:
        request = msgspec.structs.replace(
            request, edition=msgspec.structs.replace(request.edition, outputs=tuple(outputs))
        )
    if not request.edition.outputs:
        raise OptionError(f"{path} names no outputs. Name a file with -o, or add [[outputs]] there")
    return request

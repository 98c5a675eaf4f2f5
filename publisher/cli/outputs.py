"""The options that say what files are made for: a press, and kinds of e-readers."""

import functools
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast, get_args

import click

from publisher.cli.options import Command, complete_file
from publisher.cli.parameters import Language
from publisher.errors import OptionError
from publisher.model import Attach, Device

if TYPE_CHECKING:
    from publisher.writing.devices import DeviceOptions
    from publisher.writing.pdf import PressOptions


def press_options(command: Command) -> Command:
    """Add ``--print`` and what belongs to it, given to the command as one ``press``; ``None`` without ``--print``."""

    @click.option("--print", "for_press", is_flag=True, help="Make the PDF for a press: PDF/X-4, in CMYK, with bleed.")
    @click.option(
        "--bleed", "bleed_mm", type=float, metavar="MM", help="How far colour runs over the cut: 3, if not given."
    )
    @click.option("--marks", metavar="NAMES", help="Printer's marks: crop, registration, both with a comma, or none.")
    @click.option(
        "--imposition",
        type=click.Choice(("single", "booklet")),
        help="Single pages, or spreads to be folded and stitched.",
    )
    @click.option(
        "--output-profile",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="The press's ICC profile. Without it, the best one installed.",
    )
    @functools.wraps(command)
    def with_press(
        *args: Any,
        for_press: bool,
        bleed_mm: float | None,
        marks: str | None,
        imposition: str | None,
        output_profile: Path | None,
        **kwargs: Any,
    ) -> Any:
        asked = {
            "bleed_mm": bleed_mm,
            "marks": marks,
            "imposition": imposition,
            "output_profile": output_profile,
        }
        given = {name: value for name, value in asked.items() if value is not None}
        return command(*args, press=_press(given, for_press=for_press), **kwargs)

    return cast(Command, with_press)


def _press(given: dict[str, Any], *, for_press: bool) -> "PressOptions | None":
    """What was asked for; OptionError when an option asks for what only a file for a press has."""
    from publisher.writing.pdf import PressOptions

    if for_press:
        return PressOptions(**given)
    for name in given:
        raise OptionError(f"--{name.removesuffix('_mm').replace('_', '-')} is for a press. Give --print with it")
    return None


def evidence_options(command: Command) -> Command:
    """Add ``--attach``, and ``--attach-source`` as ``originals``: what a PDF carries of what it was made from."""
    attach = click.option(
        "--attach",
        type=click.Choice(get_args(Attach)),
        default="articles",
        show_default=True,
        help="What a PDF carries: nothing, the articles as they were understood, or the pages they were read from too.",
    )
    originals = click.option(
        "--attach-source",
        "originals",
        multiple=True,
        metavar="FILE",
        shell_complete=complete_file,
        help="A source that a PDF carries whatever it is, with any comments and tracked changes; may be repeated.",
    )
    return attach(originals(command))


def device_options(command: Command) -> Command:
    """Add ``--profile``, given as ``devices``, and what belongs to some of them, given as one ``for_devices``."""

    @click.option(
        "--profile",
        "devices",
        multiple=True,
        type=click.Choice(get_args(Device)),
        help="Whom an e-book is made for; may be repeated. Without it: generic.",
    )
    @click.option(
        "--kindle-language",
        type=Language(),
        metavar="TAG",
        help="What a Kindle is told in place of a language that it does not take: en, if not given.",
    )
    @click.option(
        "--small-limit",
        type=click.FloatRange(min=0, min_open=True),
        metavar="MB",
        help="What the small e-book may weigh: 10, if not given.",
    )
    @click.option(
        "--grey", is_flag=True, default=None, help="Pictures of the small e-book in grey, for electronic ink."
    )
    @functools.wraps(command)
    def with_devices(
        *args: Any,
        devices: tuple[Device, ...],
        kindle_language: str | None,
        small_limit: float | None,
        grey: bool | None,
        **kwargs: Any,
    ) -> Any:
        of_kindle = {"kindle_language": kindle_language}
        of_small = {"small_limit_bytes": None if small_limit is None else round(small_limit * 1e6), "grey": grey}
        for_devices = _for_devices(devices, {"kindle": of_kindle, "small": of_small})
        return command(*args, devices=devices, for_devices=for_devices, **kwargs)

    return cast(Command, with_devices)


def _for_devices(devices: Sequence[Device], asked: Mapping[str, Mapping[str, Any]]) -> "DeviceOptions":
    """What was asked for, by device; OptionError when nothing is made for that device."""
    from publisher.writing.devices import DeviceOptions

    given = {}
    for device, options in asked.items():
        for name, value in options.items():
            if value is not None:
                if device not in devices:
                    option = name.removesuffix("_bytes").replace("_", "-")
                    raise OptionError(f"--{option} is for the profile {device!r}. Give --profile {device} with it")
                given[name] = value
    return DeviceOptions(**given)

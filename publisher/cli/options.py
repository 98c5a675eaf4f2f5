"""What the commands share: options, the search path of themes, and how problems and progress are shown."""

import datetime as dt
import functools
import os
import re
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast, get_args

import click

from publisher.errors import OptionError
from publisher.model import Attach, Device, Problem

if TYPE_CHECKING:
    from publisher.pipeline import DeviceOptions, OutletProfiles, PressOptions, Web

Command = TypeVar("Command", bound=Callable[..., Any])

_LANGUAGE = re.compile(
    r"[A-Za-z]{2,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|[0-9]{3}))?(-([A-Za-z0-9]{5,8}|[0-9][A-Za-z0-9]{3}))*"
)

SHOWN_PROBLEMS = 20
"""More would push the result off the screen; ``publisher read --format json`` has them all."""


class Day(click.ParamType[dt.date]):
    """A day as YYYY-MM-DD, or ``today``."""

    name = "day"

    def convert(self, value: Any, param: click.Parameter | None, context: click.Context | None) -> dt.date:
        """The date."""
        if value == "today":
            return dt.date.today()
        try:
            return dt.date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is not a day such as 2026-03-21, nor today", param, context)


class ThemeSetting(click.ParamType[tuple[str, str]]):
    """An option of a theme as name=value."""

    name = "name=value"

    def convert(self, value: Any, param: click.Parameter | None, context: click.Context | None) -> tuple[str, str]:
        """The name and the value."""
        name, equals, setting = value.partition("=")
        if not equals or not name.strip():
            self.fail(f"{value!r} is not of the form name=value", param, context)
        return name.strip(), setting.strip()


class Language(click.ParamType[str]):
    """A language tag: a language, and perhaps script, region or variant (BCP 47, without its private and old forms)."""

    name = "tag"

    def convert(self, value: Any, param: click.Parameter | None, context: click.Context | None) -> str:
        """The tag as given."""
        if not _LANGUAGE.fullmatch(value):
            self.fail(f"{value!r} is not a language tag such as vi or en-GB", param, context)
        return str(value)


def theme_folders(given: Sequence[Path] = ()) -> tuple[Path, ...]:
    """Where themes are looked for before the shipped ones: the folders given, then the user's own."""
    return (*given, Path(click.get_app_dir("publisher")) / "themes")


def complete_theme(_context: click.Context, _param: click.Parameter, incomplete: str) -> list[str]:
    """The names of themes that begin so, for shell completion."""
    from publisher.theming import theme_folders as find

    return [name for name in find(theme_folders()) if name.startswith(incomplete)]


def themes_folder_option(command: Command) -> Command:
    """Add ``--themes-folder``."""
    return click.option(
        "--themes-folder",
        "folders",
        multiple=True,
        type=click.Path(path_type=Path, file_okay=False),
        help="A folder of themes to look in first; may be repeated.",
    )(command)


def web_options(command: Command) -> Command:
    """Add what says how the web is used, given to the command as one ``web``."""

    @click.option("--fetch-articles", is_flag=True, help="Also fetch the pages of which a feed holds only summaries.")
    @click.option("--fetch-pictures", is_flag=True, help="Also fetch the pictures that saved pages link to.")
    @click.option(
        "--allow-private", is_flag=True, help="Fetch from this machine and private networks too: for your own servers."
    )
    @click.option(
        "--cache",
        type=click.Path(path_type=Path, file_okay=False),
        help="Where fetched pages are kept to be asked about again. Without it, your own cache folder.",
    )
    @functools.wraps(command)
    def with_web(
        *args: Any, fetch_articles: bool, fetch_pictures: bool, allow_private: bool, cache: Path | None, **kwargs: Any
    ) -> Any:
        with _web(cache, articles=fetch_articles, pictures=fetch_pictures, allow_private=allow_private) as web:
            return command(*args, web=web, **kwargs)

    return cast(Command, with_web)


def _web(cache: Path | None, *, articles: bool, pictures: bool, allow_private: bool) -> "Web":
    """The door to the web, with the clock and the user's own cache folder."""
    from publisher.pipeline import Web

    return Web(
        lambda: dt.datetime.now(dt.UTC),
        cache=cache or cache_folder("web"),
        allow_private=allow_private,
        articles=articles,
        pictures=pictures,
    )


def reading_options(command: Command) -> Command:
    """Add ``--corrections``, and ``--outlet``: given as ``profiles``, what it chose or else the user's own."""

    @click.option(
        "--outlet",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="An outlet's own labels and phrases. Without it, your own profiles are found by the pages' addresses.",
    )
    @click.option(
        "--corrections",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="What lines of the one source are. Without it, the file beside each source, as page.txt.corrections.toml.",
    )
    @functools.wraps(command)
    def with_profiles(*args: Any, outlet: Path | None, **kwargs: Any) -> Any:
        return command(*args, profiles=_profiles(outlet), **kwargs)

    return cast(Command, with_profiles)


def _profiles(chosen: Path | None) -> "OutletProfiles":
    from publisher.pipeline import load_profiles

    return load_profiles(chosen, Path(click.get_app_dir("publisher")) / "outlets")


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
    from publisher.pipeline import PressOptions

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
        help="A source that a PDF carries whatever it is, with any comments and tracked changes; may be repeated.",
    )
    return attach(originals(command))


def reader_options(command: Command) -> Command:
    """Add ``--profile``, given as ``reader_profiles``, and what belongs to some of them, given as one ``readers``."""

    @click.option(
        "--profile",
        "reader_profiles",
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
    def with_readers(
        *args: Any,
        reader_profiles: tuple[Device, ...],
        kindle_language: str | None,
        small_limit: float | None,
        grey: bool | None,
        **kwargs: Any,
    ) -> Any:
        of_kindle = {"kindle_language": kindle_language}
        of_small = {"small_limit_bytes": None if small_limit is None else round(small_limit * 1e6), "grey": grey}
        readers = _readers(reader_profiles, {"kindle": of_kindle, "small": of_small})
        return command(*args, reader_profiles=reader_profiles, readers=readers, **kwargs)

    return cast(Command, with_readers)


def _readers(profiles: Sequence[Device], asked: Mapping[str, Mapping[str, Any]]) -> "DeviceOptions":
    """What was asked for, by profile; OptionError when that profile is not made."""
    from publisher.pipeline import DeviceOptions

    given = {}
    for profile, options in asked.items():
        for name, value in options.items():
            if value is not None:
                if profile not in profiles:
                    option = name.removesuffix("_bytes").replace("_", "-")
                    raise OptionError(f"--{option} is for the profile {profile!r}. Give --profile {profile} with it")
                given[name] = value
    return DeviceOptions(**given)


def cache_folder(name: str) -> Path | None:
    """The user's own folder for what may be deleted; ``None`` for a user without a home, as in some containers."""
    try:
        return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "publisher" / name
    except RuntimeError:
        return None


def show_problems(problems: Iterable[Problem]) -> None:
    """Print problems on standard error, one a line."""
    found = list(problems)
    for problem in found[:SHOWN_PROBLEMS]:
        click.echo(f"problem: {problem}", err=True)
    if len(found) > SHOWN_PROBLEMS:
        click.echo(f"problem: and {len(found) - SHOWN_PROBLEMS} more", err=True)


class ProgressLine:
    """One line on the terminal that says what is being done; nothing where there is no terminal."""

    def __init__(self) -> None:
        self._visible = sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
        self._width = 0

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Show that ``done`` of ``total`` things are done in this stage."""
        if self._visible:
            filled = round(20 * done / total)
            self._show(f"{stage:8} [{'#' * filled}{'-' * (20 - filled)}] {done}/{total}")

    def clear(self) -> None:
        """Remove the line."""
        if self._visible:
            self._show("")
            click.echo("\r", nl=False, err=True)

    def _show(self, line: str) -> None:
        click.echo(f"\r{line.ljust(self._width)}", nl=False, err=True)
        self._width = len(line)

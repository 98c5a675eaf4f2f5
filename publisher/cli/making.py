"""What ``brief`` and ``compile`` share: the options that say what to make, and the making."""

import datetime as dt
import functools
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast, get_args

import click
import msgspec

from publisher.cli.desk_file import desk_file, request_of
from publisher.cli.naming import name_files, unnamed_files
from publisher.cli.options import (
    Command,
    complete_theme,
    confined_reader,
    jobs_option,
    outlet_profiles,
    reading_options,
    side_by_side,
    theme_folders,
    themes_folder_option,
)
from publisher.cli.outputs import device_options, evidence_options, press_options
from publisher.cli.parameters import Day, Language, SectionSource, ThemeSetting
from publisher.cli.telling import Voice, telling_options
from publisher.cli.web import web_options
from publisher.errors import OptionError
from publisher.model import Attach, Device, Flow, IssuePlan, SectionRule, SectionsBy

if TYPE_CHECKING:
    from publisher.pipeline import Means, Published, Request
    from publisher.writing.devices import DeviceOptions
    from publisher.writing.pdf import PdfProcess, PressOptions


_A_FILE = {".pdf": "a PDF", ".epub": "an EPUB"}


def request_options(default_theme: str, usual: str) -> Callable[[Command], Command]:
    """Add the options of what makes an issue: given as ``request``, ``means`` and ``voice``.

    The request names no source yet, but where the one source is a ``desk.toml``: then it says all. ``usual`` is the
    suffix of the file that is made when none is named.
    """

    def add(command: Command) -> Command:
        @confined_reader
        @_early_engine(usual)
        @click.option(
            "-o",
            "--output",
            "outputs",
            multiple=True,
            type=click.Path(path_type=Path),
            metavar="FILE",
            help="A file to write; its suffix, .pdf or .epub, names the format. May be repeated. "
            f"Without it, {_A_FILE[usual]} that is named after the issue.",
        )
        @click.option(
            "--theme",
            default=default_theme,
            show_default=True,
            shell_complete=complete_theme,
            metavar="NAME",
            help="A theme's name, or its folder: see publisher themes.",
        )
        @click.option(
            "--set",
            "settings",
            multiple=True,
            type=ThemeSetting(),
            help="An option of the theme, as publisher themes show NAME lists them; may be repeated.",
        )
        @click.option(
            "--flow",
            type=click.Choice(get_args(Flow)),
            help="In print: each article on its own page, those of a section in a row, or all. Else the theme decides.",
        )
        @themes_folder_option
        @click.option("--title", help="The issue's name, printed at its head.")
        @click.option("--number", help="The issue's number, as printed.")
        @click.option(
            "--date",
            type=Day(),
            help="The issue's date: YYYY-MM-DD, DD/MM/YYYY, or today. Without it, the newest date among the articles.",
        )
        @click.option(
            "--language",
            type=Language(),
            metavar="TAG",
            help="The language of the printed words, as vi or en. Without it, the articles'.",
        )
        @click.option(
            "--section",
            "sections",
            multiple=True,
            type=SectionSource(),
            help="A section and what belongs to it: sources, folders, addresses, * for anything. May be repeated.",
        )
        @click.option(
            "--sections-by",
            type=click.Choice(get_args(SectionsBy)),
            help="What else puts articles in sections: the folders they lie in, or kickers that several of them have.",
        )
        @click.option("--strict", is_flag=True, help="Fail, and write nothing, when there is any problem.")
        @jobs_option(
            "In how many processes at most pages are read, and a PDF is laid out. Without it, pages are read in one, "
            "and a PDF is laid out in one for each core."
        )
        @evidence_options
        @press_options
        @device_options
        @reading_options
        @web_options
        @telling_options
        @functools.wraps(command)
        def with_request(
            *args: Any,
            outputs: tuple[Path, ...],
            theme: str,
            settings: tuple[tuple[str, str], ...],
            flow: Flow | None,
            folders: tuple[Path, ...],
            title: str | None,
            number: str | None,
            date: dt.date | None,
            language: str | None,
            sections: tuple[SectionRule, ...],
            sections_by: SectionsBy | None,
            press: "PressOptions | None",
            devices: tuple[Device, ...],
            for_devices: "DeviceOptions",
            attach: Attach,
            originals: tuple[str, ...],
            jobs: int | None,
            outlet: Path | None,
            engine: "PdfProcess | None",
            **kwargs: Any,
        ) -> Any:
            from publisher.pipeline import Edition, Request, outputs_for
            from publisher.writing.pdf import Limits

            limits = Limits(jobs=jobs)
            means = msgspec.structs.replace(side_by_side(kwargs.pop("means"), jobs), engine=engine)
            reading = {name: kwargs.pop(name) for name in ("strict", "corrections", "articles")}
            reading["profiles"] = outlet_profiles(outlet)
            if path := desk_file(kwargs["sources"]):
                given = outputs_for(outputs, press, devices) if outputs else ()
                request = request_of(path, theme_folders(folders), given)
                edition = msgspec.structs.replace(
                    request.edition, limits=limits, for_devices=for_devices, originals=originals
                )
                request = msgspec.structs.replace(
                    request, edition=edition, strict=reading["strict"], articles=reading["articles"]
                )
                return command(*args, request=request, means=means, **kwargs)
            files = outputs or unnamed_files(usual, for_press=press is not None, devices=devices)
            edition = Edition(
                outputs=outputs_for(files, press, devices),
                theme=theme,
                theme_folders=theme_folders(folders),
                options=dict(settings) | ({"flow": flow} if flow else {}),
                limits=limits,
                for_devices=for_devices,
                attach=attach,
                originals=originals,
            )
            plan = IssuePlan(
                title=title,
                number=number,
                date=date,
                language=language,
                sections=sections,
                sections_by=sections_by,
            )
            request = Request(references=(), edition=edition, plan=plan, **reading)
            if not outputs:
                request = msgspec.structs.replace(request, name=name_files)
            return command(*args, request=request, means=means, **kwargs)

        return cast(Command, with_request)

    return add


def _early_engine(usual: str) -> Callable[[Command], Command]:
    """Give a command that makes a PDF its ``engine``, which loads while the command is busy with other things."""

    def add(command: Command) -> Command:
        @functools.wraps(command)
        def with_engine(*args: Any, outputs: tuple[Path, ...], jobs: int | None, **kwargs: Any) -> Any:
            engine = None
            if ".pdf" in ({path.suffix.lower() for path in outputs} or {usual}):
                from publisher.writing.pdf import Limits, PdfProcess

                engine = click.get_current_context().with_resource(PdfProcess(Limits(jobs=jobs)))
            return command(*args, outputs=outputs, jobs=jobs, engine=engine, **kwargs)

        return cast(Command, with_engine)

    return add


def make(request: "Request", means: "Means", voice: Voice) -> "Published":
    """What was made of the issue, its files named on standard output and its problems on standard error."""
    from publisher.pipeline import publish

    _require_sources(request.references)
    progress = voice.begin(click.get_current_context())
    try:
        outcome = publish(request, msgspec.structs.replace(means, progress=progress))
    finally:
        progress.clear()
    voice.end(outcome)
    return outcome


def _require_sources(references: Sequence[str]) -> None:
    """OptionError for the name of a file to write among the sources."""
    for reference in references:
        path = Path(reference)
        if path.suffix.lower() in (".pdf", ".epub") and "://" not in reference and not path.exists():
            raise OptionError(f"there is no source {reference!r}. If it is to be written: -o {reference}")

"""``publisher compile``: many articles as an issue."""

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import click

from publisher.cli.making import make
from publisher.cli.options import issue_options, press_options, reader_options, reading_options, web_options
from publisher.model import IssuePlan, Order, ReaderProfile

if TYPE_CHECKING:
    from publisher.pipeline import PressOptions, Profiles, ReaderOptions, Web


@click.command("compile")
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@issue_options("compilation")
@press_options
@reader_options
@reading_options
@web_options
@click.option("--series", help="What the issues are called together on a shelf. Without it, the title.")
@click.option(
    "--order", type=click.Choice(get_args(Order)), default="given", show_default=True, help="The order of the articles."
)
def compile_(
    sources: tuple[str, ...],
    outputs: tuple[Path, ...],
    theme: str,
    settings: tuple[tuple[str, str], ...],
    folders: tuple[Path, ...],
    title: str | None,
    number: str | None,
    date: dt.date | None,
    language: str | None,
    strict: bool,
    press: "PressOptions | None",
    reader_profiles: tuple[ReaderProfile, ...],
    readers: "ReaderOptions",
    profiles: "Profiles",
    corrections: Path | None,
    web: "Web",
    series: str | None,
    order: Order,
) -> None:
    """Put many articles together: contents, articles, related news as an appendix, colophon.

    \b
    publisher compile week/ -o week.epub -o week.pdf
    publisher compile a.txt b.md -o week.epub --title "Tuần tin" --number 12 --order newest
    publisher compile week/ -o week.epub --profile generic --profile kobo --profile kindle
    publisher compile week/ -o week.pdf --print --imposition booklet --set paper=A5
    """
    plan = IssuePlan(title=title, number=number, date=date, language=language, series=series, order=order)
    make(
        sources,
        plan,
        outputs=outputs,
        theme=theme,
        settings=settings,
        folders=folders,
        strict=strict,
        press=press,
        reader_profiles=reader_profiles,
        readers=readers,
        profiles=profiles,
        corrections=corrections,
        web=web,
    )

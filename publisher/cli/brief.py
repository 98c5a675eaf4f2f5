"""``publisher brief``: one article as a briefing."""

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import click

from publisher.cli.making import make
from publisher.cli.options import issue_options, press_options, reader_options, reading_options, web_options
from publisher.model import IssuePlan, ReaderProfile

if TYPE_CHECKING:
    from publisher.pipeline import PressOptions, Profiles, ReaderOptions, Web


@click.command()
@click.argument("source")
@issue_options("brief")
@press_options
@reader_options
@reading_options
@web_options
def brief(
    source: str,
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
) -> None:
    """Set one article as a briefing of one to a few pages.

    \b
    publisher brief page.txt -o brief.pdf
    publisher brief page.txt -o brief.pdf --title "Điểm tin sáng" --date today --set accent=#14415f
    publisher brief page.txt -o brief.pdf --print --output-profile press.icc
    """
    plan = IssuePlan(title=title, number=number, date=date, language=language)
    make(
        [source],
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
        single=True,
    )

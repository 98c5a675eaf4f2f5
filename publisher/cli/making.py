"""What ``brief`` and ``compile`` do: a request, its outcome, and what is said of it."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from publisher.cli.options import ProgressLine, show_problems, theme_folders
from publisher.model import IssuePlan, ReaderProfile

if TYPE_CHECKING:
    from publisher.pipeline import PressOptions, Profiles, ReaderOptions, Web


def make(
    sources: Sequence[str],
    plan: IssuePlan,
    *,
    outputs: Sequence[Path],
    theme: str,
    settings: Sequence[tuple[str, str]],
    folders: Sequence[Path],
    strict: bool,
    press: "PressOptions | None",
    reader_profiles: Sequence[ReaderProfile],
    readers: "ReaderOptions",
    profiles: "Profiles",
    corrections: Path | None,
    web: "Web",
    single: bool = False,
) -> None:
    """Make the issue, name the files written on standard output and the problems on standard error."""
    from publisher.pipeline import Edition, Request, outputs_for, publish

    request = Request(
        references=tuple(sources),
        edition=Edition(
            outputs=outputs_for(outputs, press, reader_profiles),
            theme=theme,
            theme_folders=theme_folders(folders),
            options=dict(settings),
            readers=readers,
        ),
        plan=plan,
        single=single,
        strict=strict,
        profiles=profiles,
        corrections=corrections,
    )
    progress = ProgressLine()
    try:
        outcome = publish(request, sys.stdin.buffer, progress, web)
    finally:
        progress.clear()
    show_problems(outcome.problems)
    for path, written in outcome.written.items():
        size = f"{written.page_count} pages, " if written.page_count else ""
        changes = "; ".join(change.what for change in written.changes)
        click.echo(f"{path} ({size}{max(1, round(len(written.data) / 1000))} kB){': ' if changes else ''}{changes}")

"""``publisher compile``: many articles as an issue."""

from typing import TYPE_CHECKING, get_args

import click
import msgspec

from publisher.cli.commands import Command
from publisher.cli.making import make, request_options
from publisher.cli.options import complete_file
from publisher.cli.telling import Voice
from publisher.model import Order

if TYPE_CHECKING:
    from publisher.pipeline import Means, Request


@click.command("compile", cls=Command)
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...", shell_complete=complete_file)
@request_options("compilation", ".epub")
@click.option("--series", help="What the issues are called together on a shelf. Without it, the title.")
@click.option(
    "--order", type=click.Choice(get_args(Order)), default="given", show_default=True, help="The order of the articles."
)
def compile_(
    sources: tuple[str, ...], request: "Request", means: "Means", voice: Voice, series: str | None, order: Order
) -> None:
    """Put many articles together as an issue.

    It has contents, the articles, their related news as an appendix, and says how it was made.

    \b
    publisher compile week/ -o week.epub -o week.pdf
    publisher compile a.txt b.md -o week.epub --title "Tuần tin" --number 12 --order newest
    publisher compile week/ -o week.epub --profile generic --profile kobo --profile kindle
    publisher compile week/ -o week.pdf --print --imposition booklet --set paper=A5
    publisher compile week/desk.toml
    """
    if request.references:  # A desk's: it says the order too.
        make(request, means, voice)
        return
    plan = msgspec.structs.replace(request.plan, series=series, order=order)
    make(msgspec.structs.replace(request, references=sources, plan=plan), means, voice)

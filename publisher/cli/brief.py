"""``publisher brief``: one article, or several in a row, as a briefing."""

from typing import TYPE_CHECKING

import click
import msgspec

from publisher.cli.commands import Command
from publisher.cli.making import make, request_options
from publisher.cli.options import complete_file
from publisher.cli.telling import Voice
from publisher.cli.terminal import tell

if TYPE_CHECKING:
    from publisher.pipeline import Means, Request

MANY = 12
"""More articles than that are looked up in contents."""


@click.command(cls=Command)
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...", shell_complete=complete_file)
@request_options("brief", ".pdf")
@click.option(
    "--pages",
    type=click.IntRange(min=1),
    metavar="N",
    help="The most pages of a PDF: smaller letters first, then what is left out is said, and texts are cut last.",
)
def brief(sources: tuple[str, ...], request: "Request", means: "Means", voice: Voice, pages: int | None) -> None:
    """Set one article, or several in a row, as a briefing of one to a few pages.

    \b
    publisher brief page.txt -o brief.pdf
    publisher brief one.txt two.txt three.txt -o brief.pdf
    publisher brief page.txt -o brief.pdf --title "Điểm tin sáng" --date today --set accent=#14415f
    publisher brief page.txt -o brief.pdf --set logo=sign.svg --set font=sans
    publisher brief one.txt two.txt -o brief.pdf --pages 1
    publisher brief page.txt -o brief.pdf --print --output-profile press.icc
    """
    if request.references:  # A desk's: it says how many pages too.
        make(request, means, voice)
        return
    edition = msgspec.structs.replace(request.edition, pages=pages)
    made = make(msgspec.structs.replace(request, references=sources, edition=edition), means, voice)
    number = len(made.issue.articles)
    if number > MANY and not (voice.quiet or voice.as_json):
        tell(
            f"a brief of {number} articles has no contents and no appendix: publisher compile makes an issue with both"
        )

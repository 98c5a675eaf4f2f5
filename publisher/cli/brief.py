"""``publisher brief``: one article as a briefing."""

from typing import TYPE_CHECKING

import click
import msgspec

from publisher.cli.making import make, request_options

if TYPE_CHECKING:
    from publisher.pipeline import Means, Request


@click.command()
@click.argument("source")
@request_options("brief")
def brief(source: str, request: "Request", means: "Means") -> None:
    """Set one article as a briefing of one to a few pages.

    \b
    publisher brief page.txt -o brief.pdf
    publisher brief page.txt -o brief.pdf --title "Điểm tin sáng" --date today --set accent=#14415f
    publisher brief page.txt -o brief.pdf --set logo=sign.svg --set font=sans
    publisher brief page.txt -o brief.pdf --print --output-profile press.icc
    """
    make(msgspec.structs.replace(request, references=(source,), single=True), means)

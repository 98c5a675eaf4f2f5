"""``publisher schema``: what commands print as JSON, for programs."""

import json

import click

from publisher.cli.commands import Command
from publisher.cli.terminal import say

SCHEMA = "https://json-schema.org/draft/2020-12/schema"
"""The dialect that msgspec writes."""


@click.command(cls=Command)
@click.argument("what", type=click.Choice(("article", "made", "finding")), default="article", metavar="[WHAT]")
def schema(what: str) -> None:
    """Print the JSON Schema of what a command prints.

    WHAT is an article, as publisher read --format json prints one a line; what was made, as publisher brief and
    publisher compile print it with --json; or a finding, as publisher check --json prints one a line.

    \b
    publisher schema > article.schema.json
    publisher schema made > made.schema.json
    """
    import msgspec

    from publisher.cli.telling import Made
    from publisher.model import Article, Finding

    kinds = {"article": Article, "made": Made, "finding": Finding}
    say(*json.dumps({"$schema": SCHEMA, **msgspec.json.schema(kinds[what])}, ensure_ascii=False, indent=2).split("\n"))

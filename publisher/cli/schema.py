"""``publisher schema``: what ``read --format json`` prints, for programs."""

import json

import click

from publisher.cli.terminal import say

SCHEMA = "https://json-schema.org/draft/2020-12/schema"
"""The dialect that msgspec writes."""


@click.command()
def schema() -> None:
    """Print the JSON Schema of an article, as publisher read --format json prints one a line.

    \b
    publisher schema > article.schema.json
    """
    import msgspec

    from publisher.model import Article

    say(json.dumps({"$schema": SCHEMA, **msgspec.json.schema(Article)}, ensure_ascii=False, indent=2))

"""The classes of our commands: their options stand in groups, and their errors say where a value came from."""

from typing import Any

import click

from publisher.cli.grouping import groups_of
from publisher.cli.origins import blamed
from publisher.errors import PublisherError


class Command(click.Command):
    """A command whose help has its options in groups."""

    def format_options(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        """Write each group under its heading."""
        for heading, options in groups_of(self, context):
            with formatter.section(heading):
                formatter.write_dl([record for option in options if (record := option.get_help_record(context))])

    def invoke(self, context: click.Context) -> Any:
        """Run the command; its error notes the place of a value that it speaks of and nobody typed."""
        try:
            return super().invoke(context)
        except PublisherError as error:
            if place := blamed(str(error), context):
                error.add_note(place)
            raise


class Group(click.Group):
    """A group of our commands."""

    command_class = Command

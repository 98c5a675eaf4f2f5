"""``publisher formats``: which formats are read, and by whom."""

import click

from publisher.cli.commands import Command
from publisher.cli.terminal import say, tell


@click.command(cls=Command)
def formats() -> None:
    """List the formats that are read, those of installed packages too.

    \b
    publisher formats
    """
    from publisher.extensions import installed_readers
    from publisher.model.formats import FORMATS

    for form in FORMATS:
        say(f"{form.name:22} {' '.join(form.suffixes)}")
    for reader in installed_readers():
        if not reader.fault:
            say(f"{reader.media_type:22} {' '.join(reader.suffixes)} ({reader.package})")
    tell(*(reader.fault for reader in installed_readers() if reader.fault))

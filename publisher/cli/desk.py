"""``publisher desk``: the toolkit in a browser on this machine."""

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import click

from publisher.cli.commands import Command
from publisher.cli.digest import surroundings_of
from publisher.cli.options import cache_folder, theme_folders, themes_folder_option
from publisher.cli.terminal import say
from publisher.errors import OptionError
from publisher.packages import with_extra

if TYPE_CHECKING:
    from publisher.automation.digest.surroundings import Surroundings
    from publisher.seams import Progress


@click.command(cls=Command)
@click.argument("folder", metavar="[FOLDER]", default=".", type=click.Path(path_type=Path))
@click.option(
    "--port", type=click.IntRange(0, 65535), default=0, metavar="N", help="Where it answers. Without it, where it can."
)
@click.option("--no-browser", is_flag=True, help="Print the address and open no browser.")
@click.option(
    "--shelf",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="SHELF",
    help="The shelf that finished issues are put on from the export: made when it is not there yet.",
)
@themes_folder_option
def desk(folder: Path, port: int, no_browser: bool, shelf: Path | None, folders: tuple[Path, ...]) -> None:
    """Open a folder of pages in the browser: correct them, put them in order, see the pages as they will be printed.

    \b
    publisher desk
    publisher desk week/ --port 8000 --no-browser

    It takes the extra desk. What is decided stands in desk.toml in the folder, of which publisher compile desk.toml
    makes the same files.
    """
    import secrets

    try:
        from publisher.desk.desk import Desk
        from publisher.desk.serving import serve
        from publisher.fetching import Web
    except ModuleNotFoundError as error:
        if (error.name or "").startswith("publisher"):
            raise
        raise OptionError(f"the desk needs {error.name}. Install {with_extra('desk')}") from error

    def opened(address: str) -> None:
        say(f"The desk of {folder} is at {address}")
        if not no_browser:
            import webbrowser

            webbrowser.open(address)

    def surroundings(settings: Path, progress: "Progress") -> "Surroundings":
        return surroundings_of(settings, lambda event: None, progress)

    if shelf is not None and shelf.resolve().is_relative_to(folder.resolve()):
        raise OptionError(f"the shelf {shelf} lies in {folder}, whose pages are read. Choose a folder elsewhere")
    secret, cookie = secrets.token_urlsafe(32), secrets.token_urlsafe(32)
    with (
        Web(lambda: dt.datetime.now(dt.UTC), cache=cache_folder("web")) as web,
        Desk(
            folder,
            themes=theme_folders(folders),
            web=web,
            secret=secret,
            surroundings=surroundings,
            shelf=shelf.absolute() if shelf else None,
        ) as table,
    ):
        serve(table, port=port, token=secrets.token_urlsafe(24), cookie=cookie, opened=opened)

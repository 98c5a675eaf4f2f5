"""``publisher shelf``: the folder of issues that a digest fills, refreshed and served."""

import functools
import ipaddress
import platform
from pathlib import Path

import click

from publisher.cli.commands import Command, Group
from publisher.cli.options import confined, theme_folders, themes_folder_option
from publisher.cli.terminal import say, show_problems, tell
from publisher.confinement.worker import Worker
from publisher.counting import counted
from publisher.errors import InputError, OptionError

PORT = 8080

folder_argument = click.argument("folder", type=click.Path(path_type=Path, file_okay=False))


@click.group(cls=Group)
def shelf() -> None:
    """Add to, refresh or serve a shelf: a folder of issues with its catalogues."""


@shelf.command(cls=Command)
@folder_argument
@click.argument("desk", metavar="DESK.TOML", type=click.Path(path_type=Path))
@click.option("--replace", is_flag=True, help="Put it in the place of the issue that its week has already.")
@themes_folder_option
@confined
def add(folder: Path, desk: Path, replace: bool, folders: tuple[Path, ...], worker: Worker) -> None:
    """Put the issue of a DESK.TOML onto the shelf FOLDER, as the issue of its week.

    \b
    publisher shelf add shelf this-week/desk.toml

    The files are those that publisher compile makes of it. A shelf that is not there yet is made.
    """
    from publisher.automation.shelving import put_on_shelf
    from publisher.config import load_desk
    from publisher.pipeline import Means

    settings = load_desk(desk)
    if not settings.outputs:
        raise OptionError(f"{desk} names no outputs. Add [[outputs]] there")
    means = Means(read=functools.partial(worker.do, "read"), picture=functools.partial(worker.do, "picture"))
    put = put_on_shelf(settings, desk.parent, folder, means, themes=theme_folders(folders), replace=replace)
    show_problems(put.proof.problems)
    for warning in put.refreshed.warnings:
        tell(f"publisher: {warning}")
    for path in put.refreshed.removed:
        say(f"removed {path}")
    files = counted(len(put.proof.files), "file")
    say(f"{folder}: {put.proof.week} has {counted(len(put.proof.articles), 'article')} in {files}")


@shelf.command()
@folder_argument
@click.option("--title", help="What the shelf calls itself. Without it, as the newest issue.")
@click.option("--language", metavar="TAG", help="The language of its own words. Without it, that of the newest issue.")
@click.option("--base-url", metavar="URL", help="The address that it is served at: then its feed's links are absolute.")
@click.option("--keep", type=click.IntRange(min=1), metavar="N", help="How many issues stay. Without it, all of them.")
def refresh(folder: Path, title: str | None, language: str | None, base_url: str | None, keep: int | None) -> None:
    """Write a shelf's catalogues, page, feed and lasting addresses anew from its issues.

    A digest does so by itself. Without any option, the shelf presents itself as it did before. Exits with 11 while
    a digest is at work on the shelf.
    """
    from publisher.automation.lock import locked
    from publisher.automation.shelf import ShelfSettings, refresh_shelf

    _require(folder)
    if base_url and not base_url.startswith(("http://", "https://")):
        raise OptionError(f"--base-url {base_url!r} is no web address. Give one with https:// before it.")
    settings = ShelfSettings(title=title, language=language, base_url=base_url, keep=keep)
    with locked(folder):
        refreshed = refresh_shelf(folder, None if settings == ShelfSettings() else settings)
    for warning in refreshed.warnings:
        tell(f"publisher: {warning}")
    for path in refreshed.removed:
        say(f"removed {path}")
    count = len(refreshed.changed)
    say(f"{folder}: {counted(refreshed.issues, 'issue')}, {counted(count, 'file') if count else 'nothing'} changed")


@shelf.command()
@folder_argument
@click.option(
    "--port", type=click.IntRange(0, 65535), default=PORT, show_default=True, help="Where; 0 for any that is free."
)
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    help="The address of this machine to serve at; 0.0.0.0, or :: with IPv6, for all: that opens it to the network.",
)
@click.option(
    "--name",
    "names",
    multiple=True,
    metavar="HOST",
    help="A name that the shelf is asked for by, besides this machine's own and its addresses; may be repeated.",
)
@click.option("--sources", is_flag=True, help="Serve the pages that the issues were made from too: sources.zip.")
def serve(folder: Path, port: int, host: str, names: tuple[str, ...], sources: bool) -> None:
    """Serve a shelf to browsers and e-readers, until interrupted.

    \b
    publisher shelf serve shelf
    publisher shelf serve shelf --host 0.0.0.0 --port 8765
    """
    from publisher.automation.shelf.hosts import host_in
    from publisher.automation.shelf.serving import Server

    _require(folder)
    if not (folder / "catalog.xml").is_file():
        raise InputError(
            f"{folder} has no catalogues: nothing leads to its issues. Run publisher shelf refresh {folder}"
        )
    for name in names:
        if host_in(name) is None:
            raise OptionError(f"--name {name!r} is no host. Give a name such as news.lan, without http://.")
    machine = platform.node()
    with Server(
        folder,
        host,
        port,
        tell,
        names=(*names, machine, f"{machine}.local"),
        sources=sources,
    ) as server:
        address = f"http://{f'[{host}]' if ':' in host else host}:{server.port}/"
        if not _is_loopback(host):
            tell(f"publisher: {folder} is open to everybody on the network, without a password")
        say(address, f"{address}catalog.xml (OPDS 1.2)", f"{address}opds2/catalog.json (OPDS 2.0)")
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            tell("publisher: no longer serving")


def _require(folder: Path) -> None:
    if not folder.is_dir():
        raise InputError(
            f"there is no shelf {folder}: no such folder. Correct the name, or let publisher digest make it."
        )


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"

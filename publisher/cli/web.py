"""The options that say how the web is used."""

import datetime as dt
import functools
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import click
import msgspec

from publisher.cli.options import Command, cache_folder
from publisher.cli.parameters import Host
from publisher.confinement.worker import Worker

if TYPE_CHECKING:
    from publisher.fetching import Web


def web_options(command: Command) -> Command:
    """Add what says how the web is used: given as ``means``, and as ``articles`` whether those of feeds are fetched.

    The command is a ``confined_reader``.
    """

    @click.option("--fetch-articles", is_flag=True, help="Also fetch the pages of which a feed holds only summaries.")
    @click.option("--fetch-pictures", is_flag=True, help="Also fetch the pictures that saved pages link to.")
    @click.option(
        "--allow-private",
        type=Host(),
        multiple=True,
        help="A host of this machine or a private network to fetch from: a server of your own; may be repeated.",
    )
    @click.option(
        "--cache",
        type=click.Path(path_type=Path, file_okay=False),
        help="Where fetched pages are kept to be asked about again. Without it, your own cache folder.",
    )
    @click.option(
        "--quarantine",
        type=click.Path(path_type=Path, file_okay=False),
        help="Keep here what makes a reader, a decoder or a theme fail, to be reported. Without it, nothing is kept.",
    )
    @functools.wraps(command)
    def with_web(
        *args: Any,
        worker: Worker,
        fetch_articles: bool,
        fetch_pictures: bool,
        allow_private: tuple[str, ...],
        cache: Path | None,
        quarantine: Path | None,
        **kwargs: Any,
    ) -> Any:
        from publisher.pipeline import Means, kept_in

        with _web(cache, pictures=fetch_pictures, allow_private=allow_private) as web:
            means = Means(
                stdin=sys.stdin.buffer,
                web=web,
                read=functools.partial(worker.do, "read"),
                picture=functools.partial(worker.do, "picture"),
                rest=worker.rest,
            )
            if quarantine:
                means = msgspec.structs.replace(means, quarantine=kept_in(quarantine))
            return command(*args, means=means, articles=fetch_articles, **kwargs)

    return cast(Command, with_web)


def _web(cache: Path | None, *, pictures: bool, allow_private: tuple[str, ...]) -> "Web":
    """The door to the web, with the clock and the user's own cache folder."""
    from publisher.fetching import Advice, Web

    return Web(
        lambda: dt.datetime.now(dt.UTC),
        cache=cache or cache_folder("web"),
        allow_private=allow_private,
        pictures=pictures,
        advice=Advice(private="Give --allow-private {host} if that is meant", pictures="with --fetch-pictures"),
    )

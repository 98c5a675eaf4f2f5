"""What a run takes from the machine: given by who starts it, and read from nowhere else."""

import contextlib
import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from publisher.automation.log import Event, Log
from publisher.automation.memo import Memo
from publisher.automation.memo.cache import Cache
from publisher.automation.memo.pictures import pictures_of
from publisher.automation.memo.readings import reader_of
from publisher.config import Settings
from publisher.confinement.jobs import JOBS, ConfinedJob
from publisher.confinement.messages import Confinement
from publisher.confinement.worker import Worker
from publisher.fetching import Advice, Web
from publisher.pipeline import Means, kept_in
from publisher.seams import Progress, untold

if TYPE_CHECKING:
    from publisher.automation.mail.post import Post

ADVICE = Advice(
    private="Name {host} in allow_private of [fetch] if that is meant",
    pictures="with pictures in [fetch]",
)
"""How the settings open the door to the web wider."""


class Surroundings(msgspec.Struct, frozen=True, kw_only=True):
    """Clock, environment, the user's own folders, and who is told what happens."""

    home: Path
    """The folder of the settings."""

    clock: Callable[[], dt.datetime]
    """Aware."""

    environment: Mapping[str, str] = {}
    cache: Path | None = None
    """Where the settings name none; ``None`` for no cache."""

    themes: tuple[Path, ...] = ()
    outlets: Path | None = None
    listener: Callable[[Event], None] = lambda event: None
    progress: Progress = untold
    jobs: Mapping[str, ConfinedJob] = JOBS
    """What reads and decodes, in a process of its own."""

    post: "Post | None" = None
    """``None``: mail goes out with this clock and environment."""

    def memo(self, settings: Settings) -> Memo:
        """The dear steps, with the cache that there is."""
        folder = settings.files.cache or self.cache
        return Memo(Cache(folder) if folder else None)

    @contextlib.contextmanager
    def means(self, settings: Settings, memo: Memo, log: Log) -> Iterator[Means]:
        """The door to the web as the settings open it, and the steps in a confined process, as the memo has them."""
        folder = settings.files.cache or self.cache

        @cache  # Processes are replaced, and are all alike.
        def tell(confinement: Confinement) -> None:
            if confinement.missing:
                log.say("read", f"the process that reads is {confinement}")

        with (
            Worker(self.jobs, tell) as worker,
            Web(
                lambda: self.clock().astimezone(dt.UTC),
                cache=folder / "web" if folder else None,
                allow_private=settings.fetch.allow_private,
                pictures=settings.fetch.pictures,
                limit_seconds=settings.fetch.seconds,
                advice=ADVICE,
            ) as web,
        ):
            yield Means(
                web=web,
                read=reader_of(memo, partial(worker.do, "read")),
                picture=pictures_of(memo, partial(worker.do, "picture")),
                progress=self.progress,
                quarantine=kept_in(settings.files.quarantine),
                rest=worker.rest,
            )

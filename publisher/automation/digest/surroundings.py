"""What a run takes from the machine: given by who starts it, and read from nowhere else."""

import datetime as dt
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from publisher.automation.log import Event
from publisher.automation.memo import Memo
from publisher.automation.memo.cache import Cache
from publisher.config import Settings
from publisher.confinement.jobs import JOBS, ConfinedJob
from publisher.seams import Progress, untold

if TYPE_CHECKING:
    from publisher.automation.mail.post import Post


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

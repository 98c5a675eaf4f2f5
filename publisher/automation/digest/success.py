"""The file that says when the last run of a series was as it should be: beside the ledger, for monitors."""

import contextlib
import datetime as dt
from pathlib import Path

from publisher.automation.issues.week import Week
from publisher.config import Settings
from publisher.writing import remove_unfinished, write_atomically


def last_success(settings: Settings) -> Path:
    """Where it is."""
    return settings.files.ledger.with_name(f"{settings.series.name}.last-success")


def tell_success(settings: Settings, moment: dt.datetime, week: Week, code: int) -> None:
    """Write it: the moment, the week and the exit code, in a line. OutputError when it cannot be written.

    What an earlier run that was killed left unfinished beside it is removed; runs of other series may be writing there.
    """
    path = last_success(settings)
    with contextlib.suppress(OSError):  # It harms nobody.
        remove_unfinished(path.parent, before=moment.timestamp() - settings.policy.seconds)
    write_atomically(path, f"{moment.isoformat()} {week} {code}\n".encode())

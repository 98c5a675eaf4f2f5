"""What a digest remembers: its ledger, and when a run was last as it should be."""

import datetime as dt
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from publisher.automation.digest.success import last_success
from publisher.automation.doctor.condition import Condition, failed, fine, warned
from publisher.automation.doctor.places import Disk
from publisher.automation.issues.proof import NAME
from publisher.automation.ledger.store import CorruptLedgerError, open_ledger
from publisher.automation.lock import holder_of
from publisher.automation.shelf import ISSUES
from publisher.config import Settings
from publisher.counting import spelled
from publisher.errors import PublisherError

MOST_DAYS = 8
"""A week, and what a run may be late."""


def ledger_of(settings: Settings, disk: Disk) -> Iterator[Condition]:
    """Whether the ledger is sound, and how the last run ended.

    It is opened as a copy, journal and all: SQLite leaves files beside a ledger that it only reads.
    """
    path = settings.files.ledger
    if why := disk.writable(path.parent):
        yield failed("ledger", f"cannot write the ledger {path}: {why}. Choose another place.")
    elif not path.exists():
        yield _of_none(settings)
    elif holder_of(settings.shelf.folder) is not None:
        yield fine("ledger", f"{path} is at work, and is not looked at")
    else:
        with tempfile.TemporaryDirectory(prefix="publisher-") as folder:
            copy = Path(folder) / path.name
            for suffix in ("", "-wal"):
                if (journal := path.with_name(path.name + suffix)).exists():
                    shutil.copyfile(journal, copy.with_name(copy.name + suffix))
            try:
                yield from _of_copy(copy, settings)
            except CorruptLedgerError as error:
                what = f"the ledger {path} is damaged ({error})"
                yield failed("ledger", f"{what}. The next run makes a new one from the shelf; a backup knows more.")
            except PublisherError as error:
                yield failed("ledger", str(error).replace(str(copy), str(path)))


def _of_none(settings: Settings) -> Condition:
    path = settings.files.ledger
    if any((settings.shelf.folder / ISSUES).glob(f"[0-9]*/{NAME}")):
        return warned("ledger", f"{path} is lost. The next run makes one from the shelf; a backup knows more.")
    return fine("ledger", f"{path} is made by the first run")


def _of_copy(copy: Path, settings: Settings) -> Iterator[Condition]:
    with open_ledger(copy) as ledger:
        issues = ledger.issued(settings.series.name)
        run = next(iter(ledger.runs(settings.series.name, limit=1)), None)
    last = ""
    if run:
        last = f". The last run, of {run.week}, " + (
            "did not end" if run.ended is None else f"ended with {run.code}: {run.message}"
        )
    yield fine("ledger", f"{settings.files.ledger} is sound and knows {spelled(len(issues), 'issue')}{last}")


def last_success_of(settings: Settings, now: dt.datetime) -> Iterator[Condition]:
    """How long ago a run was as it should be."""
    path = last_success(settings)
    try:
        moment, week, code = path.read_text(encoding="ascii").split()
        age = now - dt.datetime.fromisoformat(moment)
    except FileNotFoundError:
        yield warned("last success", "no run was as it should be so far. Start one, and see how it ends.")
    except OSError as error:
        yield failed("last success", f"cannot read {path}: {(error.strerror or str(error)).lower()}. Mend it.")
    except (ValueError, TypeError):
        yield failed("last success", f"cannot read {path}: it was not written by a run. Remove it.")
    else:
        told = f"the last success was {spelled(age.days, 'day')} ago: {week}, with {code}"
        if age > dt.timedelta(days=MOST_DAYS):
            yield failed("last success", f"{told}. Look at the schedule, and at publisher digest history.")
        else:
            yield fine("last success", told)

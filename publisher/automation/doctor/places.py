"""Whether the folders of a digest are there, may be written, and have room."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from publisher.automation.doctor.condition import Condition, Part, failed, fine, warned
from publisher.automation.issues.proof import NAME, read_proof
from publisher.automation.lock import holder_of
from publisher.automation.shelf import ISSUES
from publisher.config import Settings
from publisher.counting import spelled
from publisher.errors import InputError
from publisher.model.blocks import Value
from publisher.pipeline import MOST_KEPT

LEAST_BYTES = 200_000_000
"""An issue with its archive, and what its making takes on the way, may need as much."""

FEW_BYTES = 1_000_000_000

_MEGABYTE = 1_000_000


def _may(path: Path, mode: int) -> bool:
    return os.access(path, mode, effective_ids=os.access in os.supports_effective_ids)


class Disk(Value, frozen=True, kw_only=True):
    """What the system says of places; a test has another."""

    free_bytes: Callable[[Path], int] = lambda path: shutil.disk_usage(path).free
    may: Callable[[Path, int], bool] = _may
    """As ``os.access``, for whom the process acts as."""

    def writable(self, folder: Path) -> str | None:
        """Why nothing can be put into a folder, which may have to be made first; ``None`` when something can."""
        there = nearest(folder)
        if not there.is_dir():
            return f"{there} is no folder"
        return None if self.may(there, os.W_OK | os.X_OK) else f"{there} may not be written"


def nearest(path: Path) -> Path:
    """The path itself where it exists, else the nearest folder above it that does."""
    return next((each for each in (path, *path.parents) if os.path.lexists(each)), path)


def lock_of(settings: Settings) -> Iterator[Condition]:
    """Whether a run is at work."""
    holder = holder_of(settings.shelf.folder)
    if holder is None:
        yield fine("lock", "no run is at work")
    else:
        yield warned("lock", f"a run{holder} is at work: no other begins. Wait for it, or end it.")


def shelf_of(settings: Settings, disk: Disk) -> Iterator[Condition]:
    """Whether issues can be put on the shelf, and whether those on it can be read and are of this series."""
    shelf = settings.shelf.folder
    if why := disk.writable(shelf) or disk.writable(shelf / ISSUES):
        yield failed("shelf", f"cannot work in the shelf {shelf}: {why}. Choose another or change it.")
        return
    if not shelf.exists():
        yield fine("shelf", f"{shelf} is made by the first run")
        return
    issues = 0
    for path in sorted((shelf / ISSUES).glob(f"[0-9]*/{NAME}")):
        try:
            proof = read_proof(path)
        except InputError as error:
            yield warned("shelf", str(error))
            continue
        if proof.series != settings.series.name:
            wrong = f"the series {proof.series!r}, not {settings.series.name!r}"
            yield failed("shelf", f"the shelf {shelf} holds {wrong}. Give each its own shelf.")
            return
        issues += 1
    yield fine("shelf", f"{shelf} holds {spelled(issues, 'issue')} and can be written")


def disk_of(settings: Settings, disk: Disk) -> Iterator[Condition]:
    """How much room there is where there is least."""
    files = settings.files
    places = (settings.shelf.folder, files.ledger.parent, files.archives, Path(tempfile.gettempdir()))
    free, place = min(((disk.free_bytes(nearest(place)), place) for place in places), key=lambda each: each[0])
    room = f"{free // _MEGABYTE:,} MB are free for {place}"
    if free < LEAST_BYTES:
        yield failed("disk", f"{room}: an issue may need {LEAST_BYTES // _MEGABYTE}. Make room.")
    elif free < FEW_BYTES:
        yield warned("disk", f"{room}. Make room soon.")
    else:
        yield fine("disk", room)


def cache_of(folder: Path | None, disk: Disk) -> Iterator[Condition]:
    """Whether anything is kept to be done once: without it, a run takes longer."""
    if folder is None:
        yield warned("cache", "there is none: each run does all anew. Set cache in [files].")
    elif why := disk.writable(folder):
        yield warned("cache", f"nothing can be kept in {folder}: {why}. Set cache in [files] to another.")
    else:
        yield fine("cache", f"{folder} can be written")


def quarantine_of(folder: Path, disk: Disk) -> Iterator[Condition]:
    """Whether something is kept there that made a step fail, and whether there is room for more."""
    if why := disk.writable(folder):
        yield _lost("quarantine", folder, why)
        return
    kept = sum(1 for _ in folder.iterdir()) if folder.exists() else 0
    if kept >= MOST_KEPT:
        yield _lost("quarantine", folder, f"it is full with {kept}")
    elif kept:
        yield warned(
            "quarantine", f"{folder} holds {spelled(kept, 'input')} that failed. Report and remove what is there."
        )
    else:
        yield fine("quarantine", f"{folder} holds nothing that failed")


def _lost(part: Part, folder: Path, why: str) -> Condition:
    return warned(part, f"what makes a step fail is not kept in {folder}: {why}. Empty it, or set another in [files].")

"""An issue's folder: built apart, synced, and put in its place in one step."""

import contextlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from publisher.errors import OutputError

BUILDING = ".building-"
REPLACED = ".replaced-"
BROKEN = ".broken-"


@contextlib.contextmanager
def building(issues: Path, name: str) -> Iterator[Path]:
    """A fresh folder beside the issues, gone when the block fails; the caller holds the shelf's lock.

    OutputError when it cannot be made.
    """
    folder = issues / f"{BUILDING}{name}"
    with _explained(issues):
        issues.mkdir(parents=True, exist_ok=True)
        _remove(folder)
        folder.mkdir()
    try:
        yield folder
    finally:
        if folder.exists():
            shutil.rmtree(folder, ignore_errors=True)


def put(folder: Path, target: Path) -> None:
    """Put a finished folder in its place; what is there is replaced.

    1. All files and the folder reach the disk.
    2. What is in the place goes aside.
    3. The folder gets its name, which is the moment of publication.
    4. What went aside is deleted.

    Killed between 2 and 3, ``tidy`` undoes 2. OutputError when the disk refuses.
    """
    aside = target.with_name(f"{REPLACED}{target.name}")
    with _explained(target.parent):
        for path in sorted(folder.iterdir()):
            sync(path)
        sync(folder)
        if target.exists():
            _remove(aside)
            target.rename(aside)
        folder.rename(target)
        sync(target.parent)
        _remove(aside)


def tidy(issues: Path) -> list[str]:
    """Undo what a killed run left: the names of the issues that were put back. The caller holds the shelf's lock."""
    restored = []
    with _explained(issues):
        if not issues.is_dir():
            return []
        for path in sorted(issues.glob(f"{BUILDING}*")):
            _remove(path)
        for path in sorted(issues.glob(f"{REPLACED}*")):
            target = path.with_name(path.name.removeprefix(REPLACED))
            if target.exists():
                _remove(path)
            else:
                path.rename(target)
                restored.append(target.name)
    return restored


def set_aside(folder: Path) -> Path:
    """Give a folder that cannot be used another name, and nobody's; the new one."""
    with _explained(folder.parent):
        for number in range(1, 1000):
            aside = folder.with_name(f"{BROKEN}{folder.name}-{number}")
            if not aside.exists():
                folder.rename(aside)
                return aside
    raise OutputError(f"cannot put {folder} aside: there are too many like it. Remove some.")


def _remove(path: Path) -> None:
    if path.exists():
        shutil.rmtree(path)


def sync(path: Path) -> None:
    """Have a file or a folder on the disk, not only on its way there. OSError when it cannot be."""
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextlib.contextmanager
def _explained(place: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise OutputError(f"cannot publish in {place}: {reason}. Mend it; the next run begins anew.") from error

"""What may be deleted from a shelf, and when: nothing that a reader may still have been told of.

What the catalogues no longer list is retired, and stays until *another issue has been published after that*: by then
every reader that looks at the catalogues once an issue has seen one that does not list it. No clock is asked, so that a
refresh, repeated, deletes nothing.
"""

import contextlib
import re
import shutil
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import msgspec

from publisher.automation.issues.folders import sync
from publisher.automation.shelf import fronts, latest, opds, opds2, webpages
from publisher.automation.shelf.shelved import ISSUES, ShelfSettings, Shelved
from publisher.model.blocks import Value
from publisher.writing import holds, write_atomically

STATE = ".shelf.json"
"""What a refresh leaves for the next one. Without it nothing is lost but time."""

_REMOVED = ".removed-"
"""Before the name of an issue's folder that is being deleted: nobody is to see half of it."""

_MADE = re.compile(
    rf"{opds.FOLDER}/(all|\d{{4}})[\w-]*\.xml|{opds2.FOLDER}/(all|\d{{4}})[\w-]*\.json"
    rf"|{webpages.FOLDER}/\d{{4}}-W\d\d/[\w-]+(\.\w+)+"
    rf"|{fronts.FOLDER}/[\w-]+\.(jpg|png)|{latest.PREFIX}[\w-]*(\.\w+)+"
)
"""The names of the files that a refresh makes and may retire; never any other."""


class ShelfState(Value, frozen=True, kw_only=True):
    """What is known of a shelf besides its issues."""

    settings: ShelfSettings = ShelfSettings()
    retired: Mapping[str, str] = {}
    """By the path of a file or of an issue's folder: the week that was the newest when it was retired."""

    made_of: str = ""
    """Another one when the settings or the proofs are others than the last refresh found, or our code; empty when it
    left something out."""


def read_state(folder: Path) -> ShelfState:
    """What the last refresh left; the beginning, when it left nothing or nothing that can be used."""
    try:
        return msgspec.json.decode((folder / STATE).read_bytes(), type=ShelfState)
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
        return ShelfState()


def write_state(folder: Path, state: ShelfState) -> None:
    """Leave it for the next refresh. OutputError when it cannot be written."""
    data = msgspec.json.format(msgspec.json.encode(state, order="sorted"), indent=2) + b"\n"
    path = folder / STATE
    if not holds(path, data):
        write_atomically(path, data)


def unlisted(folder: Path, made: set[str], unlisted_issues: Sequence[Shelved]) -> Iterator[str]:
    """The paths of all that an earlier refresh made or listed, and this one did not."""
    for pattern in (
        f"{opds.FOLDER}/*",
        f"{opds2.FOLDER}/*",
        f"{webpages.FOLDER}/*/*",
        f"{fronts.FOLDER}/*",
        f"{latest.PREFIX}*",
    ):
        for found in folder.glob(pattern):
            path = found.relative_to(folder).as_posix()
            if path not in made and _MADE.fullmatch(path):
                yield path
    yield from (shelved.path for shelved in unlisted_issues)


def retire(retired: Mapping[str, str], paths: Iterator[str], newest: str) -> tuple[dict[str, str], tuple[str, ...]]:
    """What is retired from now on, and what of it may be deleted because an issue has been published since.

    Old catalogues come before what they lead to.
    """
    now = {
        path: retired.get(path, newest) for path in sorted(paths, key=lambda path: (not path.startswith("opds"), path))
    }
    return now, tuple(path for path, week in now.items() if week < newest)


def delete(folder: Path, paths: Sequence[str]) -> None:
    """Delete files and issues' folders, and what a killed run left of such. OSError when the shelf does not let it."""
    for path in paths:
        found = folder / path
        if path.startswith(f"{ISSUES}/"):
            found.rename(found.with_name(f"{_REMOVED}{found.name}"))
        else:
            found.unlink(missing_ok=True)
            if path.startswith(f"{webpages.FOLDER}/"):
                with contextlib.suppress(OSError):  # Others are still in it.
                    found.parent.rmdir()
    for left in (folder / ISSUES).glob(f"{_REMOVED}*"):
        shutil.rmtree(left)
    with contextlib.suppress(FileNotFoundError):
        sync(folder / ISSUES)

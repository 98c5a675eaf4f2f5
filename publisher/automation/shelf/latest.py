"""Addresses that always lead to the newest issue: ``latest.epub``, ``latest.pdf``, ``latest-kobo.epub``.

They are files and not links, since many hosts of static files know no links: a second name of the issue's file where
the file system allows, else a copy.
"""

import filecmp
import os
import shutil
from collections.abc import Sequence
from pathlib import Path

from publisher.automation.issues.proof import File
from publisher.automation.shelf.shelved import Shelved, suffix

PREFIX = "latest"

_UNFINISHED = ".latest.part"
"""Always the same: what a killed run left is replaced by the next."""


def latest_addresses(issues: Sequence[Shelved]) -> tuple[tuple[str, str], ...]:
    """The name of each lasting address, and the path of what it leads to, from the shelf's folder.

    When the newest issue lacks a format, the address stays with the newest that has it.
    """
    found: dict[str, str] = {}
    for shelved in issues:
        for file in shelved.proof.files:
            found.setdefault(_address(file), shelved.href(file))
    return tuple(sorted(found.items()))


def _address(file: File) -> str:
    what = "press" if file.press else file.profile
    return f"{PREFIX}{f'-{what}' if what else ''}{suffix(file)}"


def point(folder: Path, name: str, path: str) -> bool:
    """Have the address lead to a file of the shelf, in one step; whether that changed anything. OSError when it cannot.

    Between the steps readers get the file before or the file after, whole.
    """
    target, address, unfinished = folder / path, folder / name, folder / _UNFINISHED
    if address.is_file() and (target.samefile(address) or filecmp.cmp(target, address, shallow=False)):
        return False
    unfinished.unlink(missing_ok=True)
    try:
        os.link(target, unfinished)
    except OSError:  # Another file system, or one without hard links.
        shutil.copyfile(target, unfinished)
        with unfinished.open("rb") as copied:
            os.fsync(copied.fileno())
    unfinished.replace(address)
    return True

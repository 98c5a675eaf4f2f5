"""What stands on a shelf, as the proofs beside the issues say."""

import datetime as dt
import re
from collections.abc import Callable
from pathlib import Path, PurePosixPath

from publisher.automation.issues.proof import NAME, File, Proof, read_proof
from publisher.errors import InputError
from publisher.model.blocks import Value

ISSUES = "issues"
"""The folder of the issues' folders, each named after its ISO week."""

WEEK = re.compile(r"\d{4}-W\d\d")

Warn = Callable[[str], None]
"""Told, in a sentence, of what was left out."""


class ShelfSettings(Value, frozen=True, kw_only=True):
    """How a shelf presents itself."""

    title: str | None = None
    """``None``: that of the newest issue."""

    language: str | None = None
    """Of the words on the page and in the catalogues, BCP 47; ``None``: that of the newest issue."""

    base_url: str | None = None
    """The address that the folder is served at. The feed's links are then absolute, as some feed readers need."""

    keep: int | None = None
    """How many issues stay, at least 1; ``None``: all of them."""


class Shelved(Value, frozen=True, kw_only=True):
    """An issue on the shelf, all its files there."""

    proof: Proof

    @property
    def path(self) -> str:
        """Its folder, from the shelf's."""
        return f"{ISSUES}/{self.proof.week}"

    @property
    def year(self) -> int:
        """The ISO week's, which around the New Year is not always the date's."""
        return int(self.proof.week[:4])

    @property
    def updated(self) -> dt.datetime:
        """When it came to be, for catalogues and feeds; aware, UTC. The same whenever the issue is rebuilt."""
        return dt.datetime.combine(self.proof.date, dt.time(), dt.UTC)

    @property
    def readable(self) -> tuple[File, ...]:
        """The files for readers, in the order of the settings; not what is meant for a press."""
        return tuple(file for file in self.proof.files if file.format and not file.press)

    def href(self, file: File) -> str:
        """The file's address from the shelf's folder."""
        return f"{self.path}/{file.name}"


def variant(file: File) -> str:
    """One word for what a file is among an issue's: ``epub``, ``pdf``, ``press``, or an e-reader's name."""
    return "press" if file.press else file.profile or file.format or PurePosixPath(file.name).suffix.lstrip(".")


def suffix(file: File) -> str:
    """All that e-readers go by: ``.kepub.epub`` is one suffix."""
    return ".kepub.epub" if file.name.endswith(".kepub.epub") else PurePosixPath(file.name).suffix


def read_shelf(folder: Path, warn: Warn = lambda message: None) -> tuple[Shelved, ...]:
    """The issues on the shelf, newest first.

    An issue whose proof cannot be used, or whose files are not all there, is left out and ``warn`` told why; a shelf
    without issues, or that does not exist yet, is empty.
    """
    found = []
    for path in (folder / ISSUES).glob("*/"):
        if WEEK.fullmatch(path.name):
            try:
                found.append(_shelved(path))
            except InputError as error:
                warn(f"the issue {path.name} is not listed: {error}")
    return tuple(sorted(found, key=lambda shelved: shelved.proof.week, reverse=True))


def _shelved(path: Path) -> Shelved:
    """The issue in a folder. InputError when it cannot be listed as it is."""
    proof = read_proof(path / NAME)
    if proof.week != path.name:
        raise InputError(f"its proof is that of {proof.week}. Rename the folder.")
    files = (*proof.files, *((proof.cover,) if proof.cover else ()))
    for file in files:
        try:
            size = (path / file.name).stat().st_size
        except OSError as error:
            raise InputError(f"{file.name}: {(error.strerror or str(error)).lower()}. Rebuild it.") from error
        if size != file.bytes:
            raise InputError(f"{file.name} has {size} bytes in place of {file.bytes}. Rebuild it.")
    return Shelved(proof=proof)

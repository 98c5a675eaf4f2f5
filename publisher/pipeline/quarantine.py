"""What made a reader, a decoder or a theme fail is kept, with what is needed to report it."""

import hashlib
import json
import platform
from collections.abc import Callable
from pathlib import Path, PurePosixPath
from typing import TypeAlias
from urllib.parse import urlsplit

from publisher import __version__
from publisher.errors import OutputError
from publisher.model.blocks import Value
from publisher.packages import PICTURE_PACKAGES, READING_PACKAGES, versions_of
from publisher.writing import write_atomically

MOST_KEPT = 100
"""How many a folder holds: a sender of ten thousand such files fills no disk."""

REPORT = "report.json"

_PACKAGES = (*READING_PACKAGES, *PICTURE_PACKAGES, "jinja2", "msgspec")
"""Those whose versions a report names: they take part in what is kept."""


class Casualty(Value, frozen=True, kw_only=True):
    """Something that could not be worked on."""

    code: str
    """Of the problem that tells of it."""

    name: str
    """A file's name or an address; of an article, its headline."""

    reason: str
    data: bytes
    suffix: str
    """With its dot."""


Quarantine: TypeAlias = Callable[[Casualty], Path | None]
"""Keeps a casualty and says in which folder; ``None``: it is not kept."""


def not_kept(_casualty: Casualty) -> Path | None:
    """Keeps nothing."""
    return None


def advice(folder: Path | None) -> str:
    """The end of a message about a casualty: what to do."""
    return f"Report it with what is kept in {folder}" if folder else "Report it together with the input"


def kept_in(root: Path) -> Quarantine:
    """Keeps each casualty once in a folder of its own, called by its content: the input, and ``report.json``.

    The report says what failed, where, and with which versions. Of an address it has no query and no user, of a file
    no folder. Where the folder is full or cannot be written, nothing is kept: the run matters more.
    """

    def keep(casualty: Casualty) -> Path | None:
        digest = hashlib.sha256(casualty.data).hexdigest()
        folder = root / digest[:16]
        try:
            if not folder.exists() and root.exists() and sum(1 for _ in root.iterdir()) >= MOST_KEPT:
                return None
            folder.mkdir(parents=True, exist_ok=True)
            write_atomically(folder / f"input{casualty.suffix}", casualty.data)
            report = {
                "code": casualty.code,
                "what": _without_secrets(casualty.name),
                "reason": casualty.reason,
                "sha256": digest,
                "versions": {"publisher": __version__, "python": platform.python_version(), **versions_of(_PACKAGES)},
            }
            write_atomically(folder / REPORT, json.dumps(report, ensure_ascii=False, indent=2).encode() + b"\n")
        except (OSError, OutputError):
            return None
        return folder

    return keep


def _without_secrets(name: str) -> str:
    """A name for others to see: of an address the host and the path, of a file the last part."""
    try:
        parts = urlsplit(name)
    except ValueError:
        return ""
    if parts.scheme in ("http", "https"):
        return f"{parts.scheme}://{parts.hostname or ''}{parts.path}"
    return PurePosixPath(name).name

"""A rendition becomes the bytes of a file: one writer for each target, found by the suffix that the user asked for."""

from pathlib import Path
from types import MappingProxyType

from publisher.errors import OutputError, near_match
from publisher.model import Rendition, Target, Written
from publisher.seams import Keep, made_anew
from publisher.writing.files import (
    check_place,
    holds,
    remove_unfinished,
    write_ahead,
    write_atomically,
    write_provisionally,
)

__all__ = [
    "TARGETS",
    "check_place",
    "holds",
    "remove_unfinished",
    "target_for",
    "write",
    "write_ahead",
    "write_atomically",
    "write_provisionally",
]

TARGETS: MappingProxyType[str, Target] = MappingProxyType({".pdf": "print", ".epub": "ebook"})
"""What each suffix asks for."""


def target_for(path: Path) -> Target:
    """The target that the path's suffix asks for, in capitals or not. Raises ``OutputError`` for any other suffix."""
    suffix = path.suffix
    if target := TARGETS.get(suffix.lower()):
        return target
    why = f"{suffix!r} names no format that is made here" if suffix else "it has no suffix to name a format"
    raise OutputError(f"cannot write {path}: {why}. {near_match(suffix.lower(), TARGETS)}")


def write(rendition: Rendition, keep: Keep = made_anew) -> Written:
    """The finished file of a rendition. The writers load their engines when they are first called.

    ``keep`` may have parts of it from before.

    Raises ``RenderingError`` when an engine fails, or the rendition is inconsistent.
    """
    match rendition.target:
        case "print":
            from publisher.writing.pdf import write_pdf

            return write_pdf(rendition)
        case "ebook":
            from publisher.writing.epub import write_epub

            return write_epub(rendition, keep)

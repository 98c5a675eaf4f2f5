"""Folders: which of their files are articles, in which order, and the near match when a name is not there."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path
from types import MappingProxyType
from typing import TypeAlias

from publisher.errors import InputError
from publisher.fetching.files import reason
from publisher.fetching.media import SAMPLE_BYTES, media_type_for, media_type_of
from publisher.model.formats import ATOM, JSON, RSS

_DIGITS = re.compile(r"(\d+)")
_PAGE_FOLDERS = ("_files", "-Dateien", "_fichiers", "_archivos")
"""How browsers end the name of the folder that they save a page's parts in."""

_OF_ANOTHER_KIND = ("digest.toml", ".shelf.json", "theme.toml", "pyproject.toml")
"""What lies in a folder that is a digest, a shelf, a theme or a package: its pages are of its own making or keeping."""

_BY_CONTENT = MappingProxyType({".xml": (RSS, ATOM), ".json": (JSON,), ".jsonl": (JSON,)})
"""What files with these suffixes are when they are articles: settings and site maps end so too."""

Refuse: TypeAlias = Callable[[InputError, str], None]
"""What is told of a file in a folder that cannot be used, and its name; it raises, or the others go on without."""


def refuse_all(error: InputError, _name: str) -> None:
    """One bad file is the whole folder's failure."""
    raise error


def article_files(folder: Path, refuse: Refuse = refuse_all) -> tuple[Path, ...]:
    """The article files in and below a folder, each once, files and folders together in the natural order of names.

    Hidden files and folders, unknown suffixes, a folder's README, what a browser saved beside a page, folders below
    that are a digest, a shelf, a theme or a package, XML that is no feed, JSON that is no article, and whatever is no
    regular file are passed over.
    Links to folders are not entered: what they lead to inside the folder is reached by its own name, what lies outside
    was not asked for, and no chain of links can go round in a circle. A link to a file outside, or to nothing, raises
    ``InputError``: read, it could carry a private file into an issue; passed over, an article would be missing. So
    does a folder that may not be listed. ``refuse`` is told of such a file, or folder inside, and may let it be.
    """
    return tuple(_article_files(folder, refuse))


def is_without_files(folder: Path) -> bool:
    """Whether a folder holds no article, nor anything that is meant as one and cannot be read.

    It is listed as far as its first article. InputError when it may not be.
    """
    refused: list[InputError] = []
    return next(_article_files(folder, lambda error, _: refused.append(error)), None) is None and not refused


def _article_files(folder: Path, refuse: Refuse) -> Iterator[Path]:
    root = folder.resolve()
    waiting = _entries(folder)
    while waiting:
        path = waiting.pop()
        is_found = False
        try:
            if path.is_dir():
                waiting.extend(() if path.is_symlink() or _is_something_else(path) else _entries(path))
            else:
                is_found = _is_article(path)
        except OSError as error:
            refuse(InputError(f"cannot read {str(path)!r}: {reason(error)}. Check the folder."), path.name)
        except InputError as error:
            refuse(error, path.name)
        if is_found and path.is_symlink() and not _stays_within(root, path):
            leads_out = "it is a link that leads out of the folder. Give the file that it leads to by its own name."
            refuse(InputError(f"cannot read {str(path)!r}: {leads_out}"), path.name)
        elif is_found:
            yield path


def natural_key(name: str) -> tuple[tuple[str | int, ...], str]:
    """A sort key by which ``bai-2`` comes before ``bai-10``; case and Unicode form decide only between equals."""
    folded = unicodedata.normalize("NFC", name).casefold()
    parts = _DIGITS.split(folded)  # words and digits by turns, a word first: like is compared with like
    return tuple(int(part) if at % 2 else part for at, part in enumerate(parts)), name


def _entries(folder: Path) -> list[Path]:
    """What is in a folder and not hidden, the last name first: a stack to take from."""
    try:
        entries = [entry for entry in folder.iterdir() if not entry.name.startswith(".")]
    except OSError as error:
        raise InputError(f"cannot read the folder {str(folder)!r}: {reason(error)}. Check the folder.") from error
    return sorted(entries, key=lambda entry: natural_key(entry.name), reverse=True)


def _is_article(path: Path) -> bool:
    """Whether a file in a folder is taken for an article; one whose link leads nowhere counts, to be reported."""
    if wanted := _BY_CONTENT.get(path.suffix.lower()):
        return path.is_file() and _begins_as(path, wanted)
    if media_type_for(path.name) is None or path.stem.casefold() == "readme":
        return False
    return path.is_file() or (path.is_symlink() and not path.exists())


def _is_something_else(folder: Path) -> bool:
    """Whether a folder below holds no sources: those that a file in it or beside it says to be of another kind."""
    return _belongs_to_page(folder) or any((folder / name).is_file() for name in _OF_ANOTHER_KIND)


def _belongs_to_page(folder: Path) -> bool:
    """Whether a browser saved the folder with the page beside it: its pages are advertisements and frames."""
    stems = (folder.name.removesuffix(end) for end in _PAGE_FOLDERS if folder.name.endswith(end))
    return any((folder.parent / f"{stem}{suffix}").is_file() for stem in stems for suffix in (".html", ".htm"))


def _begins_as(path: Path, wanted: tuple[str, ...]) -> bool:
    with path.open("rb") as stream:
        return media_type_of(stream.read(SAMPLE_BYTES)) in wanted


def _stays_within(root: Path, link: Path) -> bool:
    """Whether a link leads to something inside the folder; one that leads round in a circle does not."""
    try:
        return link.resolve(strict=True).is_relative_to(root)
    except (OSError, RuntimeError):  # RuntimeError: pathlib's word for a circle of links in Python 3.11
        return False

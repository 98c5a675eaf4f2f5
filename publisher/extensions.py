"""Extensions: the themes and the readers of other installed packages, as their entry points name them.

``publisher.themes``: the name of a theme, and the package that is its folder. ``publisher.readers``: a media type and
its suffixes in one name, ``text/x-ballad .ballad``, and the function that reads such sources. To know them nothing of a
package is imported, and one that cannot be used has a fault, which is told when it is asked for: others do not suffer.
"""

import functools
import re
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from publisher.model.blocks import Value
from publisher.model.formats import FORMATS, Format

THEMES = "publisher.themes"
READERS = "publisher.readers"

_MEDIA_TYPE = re.compile(r"[a-z]+/[a-z0-9][a-z0-9.+-]*")
_SUFFIX = re.compile(r"\.[a-z0-9][a-z0-9_-]*")


class InstalledTheme(Value, frozen=True, kw_only=True):
    """A theme that a package has."""

    name: str
    package: str
    """The distribution and its version: ``publisher-theme-tide 1.0``."""

    folder: Path | None
    """Where its files lie; ``None`` when there is no such folder."""

    fault: str | None
    """Why it cannot be used, and what to do: a line. ``None`` when it can."""


class InstalledReader(Value, frozen=True, kw_only=True):
    """A reader that a package has."""

    media_type: str
    suffixes: tuple[str, ...]
    package: str
    """The distribution and its version: ``publisher-reader-subtitles 1.0``."""

    function: str
    """Its module and its name: ``publisher_reader_subtitles:read``."""

    fault: str | None
    """Why it cannot be used, and what to do: a line. ``None`` when it can."""

    def load(self) -> Callable[..., object]:
        """The function. Raises whatever comes up when a stranger's module is imported."""
        from importlib.metadata import EntryPoint

        function: Callable[..., object] = EntryPoint(self.media_type, self.function, READERS).load()
        return function


class _Entry(NamedTuple):
    """An entry point."""

    names: tuple[str, ...]
    package: str
    value: str


@functools.cache
def installed_themes() -> tuple[InstalledTheme, ...]:
    """The themes of other packages, by name; of one name there may be several, each with a fault."""
    entries = _entries(THEMES)
    themes = []
    for entry in entries:
        name, folder = " ".join(entry.names), _folder(entry.value)
        lacking = None if folder else f"it has no folder {entry.value!r}. Install the package again"
        why = lacking or _clash(entry, entries)
        fault = f"the theme {name!r} of {entry.package} cannot be used: {why}" if why else None
        themes.append(InstalledTheme(name=name, package=entry.package, folder=folder, fault=fault))
    return tuple(themes)


@functools.cache
def installed_readers() -> tuple[InstalledReader, ...]:
    """The readers of other packages, by media type; one has a fault when another, or we, read the same."""
    entries = _entries(READERS)
    readers = []
    for entry in entries:
        media_type, *suffixes = entry.names
        why = _misnamed(entry) or _built_in(entry) or _clash(entry, entries)
        readers.append(
            InstalledReader(
                media_type=media_type,
                suffixes=tuple(suffixes),
                package=entry.package,
                function=entry.value,
                fault=f"the reader for {media_type} of {entry.package} cannot be used: {why}" if why else None,
            )
        )
    return tuple(readers)


def reader_for(claimed: str) -> InstalledReader | None:
    """The reader of another package for a media type or a suffix, with or without a fault; ``None``: there is none."""
    return next((reader for reader in installed_readers() if claimed in (reader.media_type, *reader.suffixes)), None)


def installed_format(media_type: str) -> Format | None:
    """The row, as of the table of formats, for what another package reads; ``None``: there is no such package."""
    reader = reader_for(media_type)
    if reader is None:
        return None
    return Format(
        media_type=media_type,
        name=f"sources of {reader.package}",
        suffixes=reader.suffixes,
        reader="given.installed",
        takes="bytes",
    )


def _entries(group: str) -> list[_Entry]:
    from importlib.metadata import entry_points

    return sorted(
        _Entry(tuple(entry.name.split()), f"{entry.dist.name} {entry.dist.version}", entry.value)
        for entry in entry_points(group=group)
        if entry.dist and entry.name.strip()
    )


def _folder(package: str) -> Path | None:
    """The folder that a package is, found without importing it; ``None`` when there is none."""
    top, *inner = package.split(".")
    spec = find_spec(top) if top else None
    places = (Path(place, *inner) for place in (spec and spec.submodule_search_locations) or ())
    return next((place for place in places if place.is_dir()), None)


def _clash(entry: _Entry, entries: Sequence[_Entry]) -> str | None:
    """What to say when another package claims one of the names too."""
    for other in entries:
        shared = set(entry.names) & set(other.names)
        if shared and other is not entry:
            return f"{other.package} has one for {min(shared)} too. Uninstall one of them"
    return None


def _built_in(entry: _Entry) -> str | None:
    """What to say when a name is of a format in the table."""
    for form in FORMATS:
        shared = {form.media_type, *form.also_served_as, *form.suffixes} & set(entry.names)
        if shared:
            return f"{min(shared)} is read without it, and stays so. Have its other names alone in its entry point"
    return None


def _misnamed(entry: _Entry) -> str | None:
    """What to say when the names are no media type with suffixes."""
    media_type, *suffixes = entry.names
    if _MEDIA_TYPE.fullmatch(media_type) and all(map(_SUFFIX.fullmatch, suffixes)):
        return None
    return f"its entry point {' '.join(entry.names)!r} is none such as 'text/x-ballad .ballad'. Have it mended"

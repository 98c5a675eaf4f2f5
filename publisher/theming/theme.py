"""Themes: folders of templates, style sheets and a ``theme.toml``, found on a search path and stacked on each other.

A theme is data, and may be a stranger's: nothing is read from outside its folder, and nothing of it is run but its
templates, in their sandbox. All of its files are read once, when it is loaded; rendering then touches no disk. A file
that a theme lacks is taken from the theme it extends, and at last from ``base``; ``{% include "base:print.css" %}``
names the file of one theme of the stack.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, TypeAlias

import msgspec

from publisher.errors import ThemeError, near_match
from publisher.extensions import installed_themes
from publisher.model import Flow, Target
from publisher.packages import shipped
from publisher.theming.mistakes import line_of_mistake
from publisher.theming.options import Option, OptionValue
from publisher.toml import TomlError, load_toml, placed

BASE = "base"
DESCRIPTION = "theme.toml"
INK = "#000000"
PARTS = ("cover", "title-page", "contents", "articles", "appendix", "colophon")
MAX_FILE_BYTES = 8 * 1024 * 1024
"""No template or style sheet comes near it; a larger file in a theme folder is a mistake."""

MAX_BYTES = 64 * 1024 * 1024
"""Of all files of a theme; its fonts are the most of it."""

MAX_FILES = 2000


Ink: TypeAlias = Annotated[str, msgspec.Meta(pattern=r"^#[0-9a-fA-F]{6}$")]


class FontFace(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One font file of a family."""

    file: str
    """A name inside ``package``, or a path inside the theme's folder when there is no package."""

    weight: int = 400
    italic: bool = False


class FontFamily(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A family that the theme's style sheets may name."""

    family: str
    package: Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z0-9_]+$")] | None = None
    """An installed Python package that carries the files in its folder ``files``; it is not imported."""

    faces: tuple[FontFace, ...]


class Documents(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which parts make a rendition, in order, for each target."""

    print: tuple[str, ...]
    ebook: tuple[str, ...]
    run_on: tuple[str, ...] | None = msgspec.field(name="run-on", default=None)
    """Those of the printed edition whose articles all run on, if others."""

    def __post_init__(self) -> None:
        for part in (*self.print, *self.ebook, *(self.run_on or ())):
            if part not in PARTS:
                raise ValueError(f"no part is called {part!r}. {near_match(part, PARTS)}")


class Description(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What ``theme.toml`` holds; ``None`` and missing options are inherited."""

    summary: str
    extends: str = BASE
    title: str | None = None
    """Printed when the issue has no title of its own; translated."""

    documents: Documents | None = None
    fonts: tuple[FontFamily, ...] | None = None
    palette: Annotated[tuple[Ink, ...], msgspec.Meta(min_length=1)] | None = None
    """The colours of sections, by turns: each to be read on white."""

    options: dict[str, Option] = {}
    without: tuple[str, ...] = ()
    """Inherited options that it does not take: what they decide is settled, by their defaults."""


class Theme(msgspec.Struct, frozen=True, kw_only=True):
    """A theme with all that it inherits, in memory."""

    name: str
    summary: str
    title: str
    stack: tuple[str, ...]
    """The names of the themes that files are looked for in: itself first, ``base`` last."""

    documents: Documents
    fonts: tuple[FontFamily, ...]
    palette: tuple[str, ...]
    """The colours of sections; one at least."""

    options: Mapping[str, Option]
    settled: Mapping[str, OptionValue]
    """Options of the themes it extends that it does not take, with the values that their templates see."""

    files: Mapping[str, Mapping[str, bytes]]
    """For each theme of the stack, its files by their path in the folder."""

    def parts(self, target: Target, flow: Flow = "each") -> tuple[str, ...]:
        """The parts of a rendition for the target, in order, when its articles flow so."""
        if target == "ebook":
            return self.documents.ebook
        return self.documents.run_on if flow == "run-on" and self.documents.run_on else self.documents.print

    def file_for(self, path: str) -> bytes | None:
        """The nearest file of that path on the stack, or of the one theme named as in ``base:print.css``."""
        owner, colon, rest = path.partition(":")
        if colon:
            return self.files.get(owner, {}).get(rest)
        return next((self.files[name][path] for name in self.stack if path in self.files[name]), None)

    def find_file(self, path: str) -> bytes:
        """The nearest file of that path; ThemeError when no theme of the stack has it."""
        data = self.file_for(path)
        if data is None:
            raise ThemeError(f"theme {self.name!r} has no file {path!r}, nor has any that it extends")
        return data


def shipped_themes() -> Path:
    """The folder of the themes that come with us."""
    return shipped("themes")


def theme_folders(search: Sequence[Path] = ()) -> dict[str, Path]:
    """All themes on the search path by name, sorted: of one name, the first folder's; then ours; then a package's."""
    return dict(sorted((_packages_folders() | _own_folders(search)).items()))


def _own_folders(search: Sequence[Path]) -> dict[str, Path]:
    """Those on the search path, and ours."""
    found: dict[str, Path] = {}
    for folder in (*search, shipped_themes()):
        if folder.is_dir():
            for entry in sorted(folder.iterdir()):
                if (entry / DESCRIPTION).is_file():
                    found.setdefault(entry.name, entry)
    return found


def _packages_folders() -> dict[str, Path]:
    """Those of other packages: to look through all that are installed takes longer than to load a theme of ours."""
    return {theme.name: theme.folder for theme in installed_themes() if theme.folder and not theme.fault}


def theme_faults() -> tuple[str, ...]:
    """Why themes of installed packages cannot be used, a line each."""
    ours = {entry.name for entry in shipped_themes().iterdir()}
    return tuple(
        theme.fault or f"the theme {theme.name!r} of {theme.package} is not used: one of that name comes with publisher"
        for theme in installed_themes()
        if theme.fault or theme.name in ours
    )


def load_theme(name: str, search: Sequence[Path] = ()) -> Theme:
    """The theme of that name, or in that folder when ``name`` is a path to one; ThemeError when it cannot be used."""
    known = _own_folders(search)
    folder = Path(name)
    if name not in known and (folder / DESCRIPTION).is_file() and name not in _packages_folders():
        known[folder.resolve().name] = folder
        name = folder.resolve().name
    layers = list(_stack(name, known))
    described = [description for _, _, description in layers]
    documents = next((d.documents for d in described if d.documents), None)
    if documents is None:
        raise ThemeError(f"theme {name!r} names no documents, nor does any that it extends")
    options, settled = _options(name, reversed(described))
    return Theme(
        name=name,
        summary=described[0].summary,
        title=next((d.title for d in described if d.title), name),
        stack=tuple(layer for layer, _, _ in layers),
        documents=documents,
        fonts=next((d.fonts for d in described if d.fonts is not None), ()),
        palette=next((d.palette for d in described if d.palette), (INK,)),
        options=MappingProxyType(options),
        settled=MappingProxyType(settled),
        files=MappingProxyType({layer: _files(folder) for layer, folder, _ in layers}),
    )


def _options(name: str, described: Iterable[Description]) -> tuple[dict[str, Option], dict[str, OptionValue]]:
    """The options of themes that extend each other, farthest first, and the values of those that one does without."""
    options: dict[str, Option] = {}
    settled: dict[str, OptionValue] = {}
    for description in described:
        for without in description.without:
            if without not in options:
                inherited = near_match(without, options)
                raise ThemeError(f"theme {name!r} is without an option {without!r} that none gives it. {inherited}")
            settled[without] = options.pop(without).default
        options.update(description.options)
    return options, settled


def _stack(name: str, known: dict[str, Path]) -> Iterator[tuple[str, Path, Description]]:
    """The theme and those that it extends, nearest first; those of other packages where ``known`` has none."""
    seen: list[str] = []
    while True:
        if name not in known:
            known = dict(sorted((_packages_folders() | known).items()))
        if name not in known:
            if fault := next((theme.fault for theme in installed_themes() if theme.name == name), None):
                raise ThemeError(fault)
            by = f", which theme {seen[-1]!r} extends" if seen else ""
            raise ThemeError(f"there is no theme {name!r}{by}. {near_match(name, known)}")
        if name in seen:
            between = seen[seen.index(name) + 1 :]
            way = f" by way of {' and '.join(map(repr, between))}" if between else ""
            raise ThemeError(f"theme {name!r} extends itself{way}")
        seen.append(name)
        description = _describe(known[name])
        yield name, known[name], description
        if name == BASE:
            return
        name = description.extends


def _describe(folder: Path) -> Description:
    path = folder / DESCRIPTION
    data = _read(folder, path)
    try:
        text = data.decode("utf-8")
        table = load_toml(text)
        return msgspec.convert(table, Description)
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise ThemeError(f"{path}, line {line}: the file is not UTF-8. Save it as such.") from error
    except TomlError as error:
        raise ThemeError(f"{path}{placed(error, text)}") from error
    except msgspec.ValidationError as error:
        raise ThemeError(f"{path}, line {line_of_mistake(error, table, text)}: {error}") from error


def _files(folder: Path) -> Mapping[str, bytes]:
    files: dict[str, bytes] = {}
    for path in sorted(folder.rglob("*")):
        if any(part.startswith(".") for part in path.relative_to(folder).parts):
            continue
        if not path.is_file():
            _require_inside(folder, path)  # A link to a folder elsewhere, whose files one would look for in vain.
            continue
        files[path.relative_to(folder).as_posix()] = _read(folder, path)
        if len(files) > MAX_FILES or sum(map(len, files.values())) > MAX_BYTES:
            raise ThemeError(f"{folder} is too large for a theme: the limit is {MAX_FILES} files and {MAX_BYTES} bytes")
    return MappingProxyType(files)


def _read(folder: Path, path: Path) -> bytes:
    """A file of the theme in the folder; ThemeError when it lies elsewhere, is too large or cannot be read."""
    _require_inside(folder, path)
    try:
        with path.open("rb") as stream:
            data = stream.read(MAX_FILE_BYTES + 1)
    except OSError as error:
        raise ThemeError(f"{path} cannot be read: {error.strerror}") from error
    if len(data) > MAX_FILE_BYTES:
        raise ThemeError(f"{path} is too large for a theme's file: the limit is {MAX_FILE_BYTES} bytes")
    return data


def _require_inside(folder: Path, path: Path) -> None:
    """ThemeError for a link that leads out of the theme's folder: what it names would be printed."""
    if path.is_symlink() and not path.resolve().is_relative_to(folder.resolve()):
        raise ThemeError(f"{path} is a link that leads out of the theme. Put the file itself there")

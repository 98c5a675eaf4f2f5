"""Packages of a few lines, laid as an installer lays them."""

import contextlib
import sys
from collections.abc import Iterator
from pathlib import Path

from publisher import extensions


def lay(site: Path, name: str, version: str = "1.0", *, group: str, entry: str, value: str, **files: str) -> None:
    """A distribution with one entry point in a folder, and its files by their paths in it."""
    record = site / f"{name.replace('-', '_')}-{version}.dist-info"
    record.mkdir(parents=True)
    (record / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n")
    (record / "entry_points.txt").write_text(f"[{group}]\n{entry} = {value}\n")
    for path, text in files.items():
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        (site / path).write_text(text, encoding="utf-8")


@contextlib.contextmanager
def on_the_path(site: Path) -> Iterator[Path]:
    """What is laid in a folder is installed in this process, until it is left."""
    before = set(sys.modules)
    sys.path.insert(0, str(site))
    try:
        yield _afresh(site)
    finally:
        sys.path.remove(str(site))
        for name in set(sys.modules) - before:
            if (getattr(sys.modules[name], "__file__", None) or "").startswith(str(site)):
                del sys.modules[name]
        _afresh(site)


def _afresh(site: Path) -> Path:
    extensions.installed_themes.cache_clear()
    extensions.installed_readers.cache_clear()
    return site

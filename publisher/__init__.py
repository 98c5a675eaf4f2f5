"""Scraped news text becomes print-ready PDF briefs and EPUB compilations. Start reading at ``pipeline``.

What stands in ``__all__`` is for programs, and documented in ``docs/python.md``; every other name is private, whatever
it is called. Nothing is loaded before it is used. ``__init__.pyi`` tells the types.
"""

from importlib import import_module
from typing import Any

__version__ = "0.1.0"

_HOMES = {
    "library": ("Confined", "Format", "Press", "check", "compile", "publish", "read", "read_many", "render"),
    "pipeline": ("Gathered", "Published"),
    "executing.cluster": ("Cluster",),
    "executing.processes": ("Processes",),
    "fetching": ("Web",),
    "checking": ("Report",),
    "model": (
        *("Article", "Issue", "IssuePlan", "Omission", "Problem"),
        *("Reading", "Source", "Teaser", "Written", "to_json"),
    ),
    "errors": (
        *("CheckError", "DefectError", "InputError", "OptionError", "OutputError"),
        *("PublisherError", "RenderingError", "StrictError", "ThemeError"),
    ),
}
_HOME = {name: module for module, names in _HOMES.items() for name in names}

__all__ = sorted((*_HOME, "__version__"))


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'publisher' has no attribute {name!r}")
    value = globals()[name] = getattr(import_module(f"publisher.{_HOME[name]}"), name)
    return value


def __dir__() -> list[str]:
    return __all__

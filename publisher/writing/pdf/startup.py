"""The engine loaded in half the time, where it is the release whose ways are known.

Most of its loading goes on what a PDF has no need of: its C declarations are parsed anew in each process, with a parser
for C that is loaded for it, and fontTools with all that would cut a font where HarfBuzz cannot. Here the declarations
come parsed (``declarations``), and those parts of fontTools when something of them is first used.
"""

import hashlib
import importlib.util
import sys
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

from publisher.writing.pdf.declarations import DECLARATIONS, SOURCE_SHA256


def load_engine(known: str = SOURCE_SHA256) -> None:
    """Import the engine; where its source is not the one that is ``known`` by its SHA-256, as it imports itself."""
    with warnings.catch_warnings():
        # "No fonts configured in FontConfig": so it is meant, see fonts.conf.
        warnings.simplefilter("ignore")
        source = engine_source()
        if source is None or hashlib.sha256(source.read_bytes()).hexdigest() != known:
            import_module("weasyprint")
            return
        with _standing_in(_cffi(), _Late("fontTools.subset"), _instancer()):
            import_module("weasyprint")


def engine_source() -> Path | None:
    """The engine's module that declares what it calls in C libraries; ``None`` where it has none."""
    spec = importlib.util.find_spec("weasyprint")
    source = Path(spec.origin).parent / "text" / "ffi.py" if spec and spec.origin else None
    return source if source and source.is_file() else None


@contextmanager
def _standing_in(*modules: ModuleType) -> Iterator[None]:
    """While modules of ours are imported by the names of others that are not loaded yet."""
    ours = {module.__name__: module for module in modules if module.__name__ not in sys.modules}
    sys.modules.update(ours)
    try:
        yield
    finally:
        for name in ours:
            del sys.modules[name]


class _Late(ModuleType):
    """A module that is imported when something of it is first used."""

    def __getattr__(self, name: str) -> Any:
        return getattr(import_module(self.__name__), name)


def _cffi() -> ModuleType:
    """Of cffi, what the engine's declarations call, which are parsed already."""
    backend = import_module("_cffi_backend")

    class Declared(backend.FFI):  # type: ignore[name-defined, misc]  # cffi has no types
        def cdef(self, source: str) -> None:
            """Leave the source: what it says is known."""

    cffi = ModuleType("cffi")
    cffi.FFI = lambda: Declared("weasyprint", **DECLARATIONS)  # type: ignore[attr-defined]
    return cffi


def _instancer() -> ModuleType:
    """Of what takes instances of variable fonts, the one function that the engine imports by its name."""
    instancer = ModuleType("fontTools.varLib.instancer")
    instancer.instantiateVariableFont = _late_function(instancer.__name__, "instantiateVariableFont")  # type: ignore[attr-defined]
    return instancer


def _late_function(module: str, name: str) -> Callable[..., Any]:
    return lambda *arguments, **options: getattr(import_module(module), name)(*arguments, **options)

"""What contents refer to by name, each thing read once a file; and streams, read up to a limit."""

import contextlib
from collections.abc import Iterator
from typing import Any

import pikepdf

from publisher.checking.budget import Budget
from publisher.checking.pdf.colours import GRAY, ColourSpace, space_of
from publisher.checking.pdf.fonts import Font
from publisher.checking.pdf.values import dictionary_of

MAX_STREAM_BYTES = 128 * 1024 * 1024
"""Of a stream when it is unpacked. A page of text has a few kilobytes, a picture of A3 at 300 dpi 70 megabytes."""

MAX_OPERATIONS = 5_000_000
"""Of a file: about two minutes. A book of two thousand pages has a third of it."""

MAX_CONTENT_BYTES = 64 * 1024 * 1024
"""Of a page's content. The largest maps that CAD programs print have half of it."""


@contextlib.contextmanager
def bounded_unpacking() -> Iterator[None]:
    """While it is open, qpdf unpacks no stream into more than the limit; its versions before 12.3 know none."""
    settings = pikepdf.settings
    if not hasattr(settings, "set_qpdf_limits"):
        yield
        return
    names = ("flate_max_memory", "png_max_memory", "tiff_max_memory", "run_length_max_memory", "dct_max_memory")
    limits: dict[str, Any] = {**dict.fromkeys(names, MAX_STREAM_BYTES), "dct_max_progressive_scans": 500}
    before: dict[str, Any] = settings.set_qpdf_limits(**limits)
    try:
        yield
    finally:
        settings.set_qpdf_limits(**before)


def stream_data(stream: Any) -> bytes:
    """A stream unpacked; empty when it cannot be."""
    try:
        return bytes(stream.read_bytes())
    except (pikepdf.PdfError, RuntimeError, ValueError, NotImplementedError, MemoryError):
        return b""


class Library:
    """The fonts and colour spaces of one file, by object."""

    def __init__(self, budget: Budget, operations: int = MAX_OPERATIONS) -> None:
        self.budget = budget
        self._fonts: dict[tuple[int, int], Font] = {}
        self._resources: dict[tuple[int, int], Resources] = {}
        self.operations_left = operations

    def resources(self, value: Any) -> "Resources":
        """The resources that a dictionary lists."""
        value = dictionary_of(value)
        key = value.objgen
        if key == (0, 0):
            return Resources(value, self)
        if key not in self._resources:
            self._resources[key] = Resources(value, self)
        return self._resources[key]

    def font(self, value: Any) -> Font | None:
        """The font that a dictionary describes."""
        if not isinstance(value, pikepdf.Dictionary):
            return None
        key = value.objgen
        if key == (0, 0):
            return Font(value, stream_data, self.budget)
        if key not in self._fonts:
            self._fonts[key] = Font(value, stream_data, self.budget)
        return self._fonts[key]


class Resources:
    """One resource dictionary (ISO 32000-1, 7.8.3)."""

    def __init__(self, value: Any, library: Library) -> None:
        self.value = value
        self._library = library
        self._parts: dict[str, Any] = {}
        self._fonts: dict[str, Font | None] = {}
        self._spaces: dict[str, ColourSpace] = {}

    def find(self, part: str, name: str) -> Any:
        """The resource of that name; ``None`` when there is none."""
        if part not in self._parts:
            listed = self.value.get(f"/{part}")
            self._parts[part] = listed if isinstance(listed, pikepdf.Dictionary) else None
        listed = self._parts[part]
        try:
            return listed.get(f"/{name}") if listed is not None else None
        except (ValueError, UnicodeError):
            return None

    def font(self, name: str) -> Font | None:
        """The font of that name."""
        if name not in self._fonts:
            self._fonts[name] = self._library.font(self.find("Font", name))
        return self._fonts[name]

    def space(self, name: Any) -> ColourSpace:
        """The colour space that a content stream names or, for an inline image, describes."""
        if not isinstance(name, str):
            return space_of(name)
        if name not in self._spaces:
            try:
                self._spaces[name] = space_of(name, self.value.get("/ColorSpace"))
            except (pikepdf.PdfError, ValueError, TypeError, AttributeError):
                self._spaces[name] = GRAY
        return self._spaces[name]

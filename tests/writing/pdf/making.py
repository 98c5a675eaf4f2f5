"""PDFs made in the test's own process: quicker than a child for each, and the engine can be watched."""

import contextlib
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from publisher.model import Rendition, Written

if TYPE_CHECKING:
    from publisher.writing.pdf.whole import Whole


def written(rendition: Rendition, report: Callable[[int, int], None] = lambda done, total: None) -> Written:
    from publisher.writing.pdf.layout import write_pdf

    with untidy():
        return write_pdf(rendition, report)


def whole(rendition: Rendition) -> "Whole":
    """The file as the engine writes it, in one."""
    from publisher.writing.pdf.engine import Engine
    from publisher.writing.pdf.whole import write_whole

    with untidy():
        return write_whole(rendition, Engine(rendition), lambda done, total: None)


@contextlib.contextmanager
def untidy() -> Iterator[None]:
    """While it is open, the engine may leave its colour profile to be closed by itself."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        yield


def pdf(rendition: Rendition, folder: Path, name: str = "made.pdf") -> Path:
    path = folder / name
    path.write_bytes(written(rendition).data)
    return path

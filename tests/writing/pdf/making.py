"""PDFs made in the test's own process: quicker than a child for each, and the engine can be watched."""

import warnings
from collections.abc import Callable
from pathlib import Path

from publisher.model import Rendition, Written


def written(rendition: Rendition, report: Callable[[int, int], None] = lambda done, total: None) -> Written:
    from publisher.writing.pdf.layout import write_pdf

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # The engine leaves its colour profile to be closed by itself.
        return write_pdf(rendition, report)


def pdf(rendition: Rendition, folder: Path, name: str = "made.pdf") -> Path:
    path = folder / name
    path.write_bytes(written(rendition).data)
    return path

"""What a page shows: its content streams, read and followed."""

from typing import Any

import pikepdf

from publisher.checking.pdf.geometry import Box
from publisher.checking.pdf.interpreter import Interpreter
from publisher.checking.pdf.marks import PageContent
from publisher.checking.pdf.operators import OPERATORS
from publisher.checking.pdf.resources import MAX_CONTENT_BYTES, Library, stream_data
from publisher.checking.pdf.values import inherited


def content_of(page: Any, library: Library, bounds: Box) -> PageContent:
    """What a page, given by its dictionary, shows inside its bounds."""
    found = PageContent()
    interpreter = Interpreter(found, library, bounds, OPERATORS)
    resources = library.resources(inherited(page, "/Resources"))
    interpreter.follow(_page_data(page, found), resources, located=True)
    library.operations_left -= interpreter.allowed - interpreter.left
    interpreter.note_group(page.get("/Group"), resources)
    return found


def _page_data(page: Any, found: PageContent) -> bytes:
    contents = page.get("/Contents")
    streams = list(contents) if isinstance(contents, pikepdf.Array) else [contents]
    pieces, size = [], 0
    for stream in streams:
        if isinstance(stream, pikepdf.Stream):
            piece = stream_data(stream)
            size += len(piece)
            if size > MAX_CONTENT_BYTES:
                found.cut_short = True
                break
            pieces.append(piece)
    return b"\n".join(pieces)

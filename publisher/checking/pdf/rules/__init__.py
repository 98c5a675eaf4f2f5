"""The rules: each module looks at one side of a page or of the file and gives what it finds."""

from collections.abc import Callable, Iterator
from typing import TypeAlias

from publisher.checking.pdf.document import Pdf, PdfPage
from publisher.checking.pdf.rules import actions, boxes, colour, intents, metadata, paragraphs, pictures, tags, text
from publisher.checking.pdf.tally import Tally
from publisher.model import Finding

PageRule: TypeAlias = Callable[[PdfPage], Iterator[Finding]]
FileRule: TypeAlias = Callable[[Pdf, Tally], Iterator[Finding]]

CONTENT_RULES: tuple[PageRule, ...] = (
    boxes.find_in_page,
    text.find_in_page,
    colour.find_in_page,
    colour.transparency,
    pictures.find_in_page,
)
"""They ask a page for its boxes and for what it shows, and the file for nothing but its claims and purposes."""

PAGE_RULES: tuple[PageRule, ...] = (
    tags.find_in_page,
    actions.find_in_page,
)

FILE_RULES: tuple[FileRule, ...] = (
    metadata.find_in_file,
    actions.find_in_file,
    boxes.find_in_file,
    text.find_in_file,
    colour.find_in_file,
    intents.find_in_file,
    tags.find_in_file,
    paragraphs.find_in_file,
)

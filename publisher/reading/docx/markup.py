"""Word's markup around text: the namespaces, what only wraps, and what is there twice."""

from collections.abc import Iterable, Iterator

from publisher.reading.docx.package import Element
from publisher.reading.docx.styles import W

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
O = "{urn:schemas-microsoft-com:office:office}"  # noqa: E741 - the namespaces are called so
PIC = "{http://schemas.openxmlformats.org/drawingml/2006/picture}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
V = "{urn:schemas-microsoft-com:vml}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"

WRAPPERS = frozenset(
    f"{W}{name}"
    for name in (
        *("bdo", "customXml", "dir", "fldSimple", "hyperlink", "ins", "moveTo", "ruby", "rubyBase", "sdt"),
        *("sdtContent", "smartTag"),
    )
)
"""What only wraps runs or paragraphs. An insertion is accepted by going through it."""


def through(element: Element, tag: str) -> Iterator[Element]:
    """The rows of a table or the cells of a row, those in content controls too."""
    for child in element:
        if child.tag == tag:
            yield child
        elif child.tag in WRAPPERS:
            yield from through(child, tag)


def own(element: Element) -> Iterator[Element]:
    """What is in a drawing, but not what is in its boxes: that is read as paragraphs."""
    waiting = list(reversed(element))
    while waiting:
        part = waiting.pop()
        yield part
        if part.tag == f"{MC}AlternateContent":
            waiting += reversed(list(chosen(part)))
        elif part.tag != f"{W}txbxContent":
            waiting += reversed(part)


def chosen(element: Element) -> Iterable[Element]:
    """What to read of content that is there twice, for new and for old programs (ECMA-376, part 3): never both."""
    choice = element.find(f"{MC}Choice")
    found = choice if choice is not None else element.find(f"{MC}Fallback")
    return found if found is not None else ()

"""XML elements made in one expression, for catalogues, feeds and the web page."""

import functools
import re
from collections.abc import Mapping
from typing import TypeAlias
from xml.etree import ElementTree

Element: TypeAlias = ElementTree.Element


@functools.cache
def _not_xml() -> re.Pattern[str]:
    """What XML 1.0 has no way to write: a control character in a headline would make a whole catalogue unreadable."""
    # Compiled when it is needed: that takes as long as all other patterns of a digest together.
    return re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def element(name: str, attributes: Mapping[str, object | None] | None = None, *children: Element | str) -> Element:
    """An element with text and elements in it; an attribute that is ``None`` is left out.

    Names may have a prefix, which the root declares as an attribute.
    """
    made = ElementTree.Element(
        name, {key: _clean(str(value)) for key, value in (attributes or {}).items() if value is not None}
    )
    last: Element | None = None
    for child in children:
        if not isinstance(child, str):
            made.append(child)
            last = child
        elif last is None:
            made.text = (made.text or "") + _clean(child)
        else:
            last.tail = (last.tail or "") + _clean(child)
    return made


def xml(root: Element) -> bytes:
    """The document, indented so that people can read it too."""
    ElementTree.indent(root)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{ElementTree.tostring(root, encoding="unicode")}\n'.encode()


def html(root: Element) -> bytes:
    """The document as HTML, nothing added between words."""
    return f"<!DOCTYPE html>\n{ElementTree.tostring(root, encoding='unicode', method='html')}\n".encode()


def _clean(text: str) -> str:
    return text if text.isprintable() else _not_xml().sub("\ufffd", text)

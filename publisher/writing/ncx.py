"""The page list and the order of the NCX, for readers that know nothing newer than EPUB 2. EbookLib makes the rest."""

from collections.abc import Mapping
from typing import Any, TypeAlias

from publisher.model import NavEntry

__all__ = ["XML_LANG", "add_page_list", "number_targets", "parsed", "serialized", "set_totals"]

Element: TypeAlias = Any
"""One of lxml's, which EbookLib has loaded when there is one."""

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_NCX = "{http://www.daisy.org/z3986/2005/ncx/}"


def parsed(data: bytes) -> Element:
    """The root of what EbookLib wrote a moment ago."""
    from lxml import etree

    return etree.fromstring(data)


def serialized(root: Element) -> bytes:
    """The whole document, with the type that it declares."""
    from lxml import etree

    data: bytes = etree.tostring(root.getroottree(), encoding="utf-8", xml_declaration=True)
    return data


def add_page_list(ncx: Element, page_list: tuple[NavEntry, ...]) -> None:
    """Append the page list, and say how long it is.

    Source: OPF 2.0.1, section 2.4.1, and ANSI/NISO Z39.86-2005, section 8: pages that are numbered are ``normal``.
    """
    pages = _added(ncx, "pageList")
    _label(pages, "Pages")
    for number, page in enumerate(page_list, start=1):
        target = _added(pages, "pageTarget", id=f"page-target-{number}", type="normal", value=page.title)
        _label(target, page.title)
        _added(target, "content", src=page.href)
    set_totals(ncx, {"dtb:totalPageCount": str(len(page_list)), "dtb:maxPageNumber": page_list[-1].title})


def set_totals(ncx: Element, totals: Mapping[str, str]) -> None:
    """Say in its head, by their names, what is true of the whole."""
    for meta in ncx.iter(f"{_NCX}meta"):
        if value := totals.get(meta.get("name")):
            meta.set("content", value)


def number_targets(ncx: Element, order: Mapping[str, int]) -> None:
    """Number all targets by ``order``, which has the place of each.

    Those at one place, such as a section and its first article, share one ``playOrder`` (ANSI/NISO Z39.86-2005,
    section 8).
    """
    contents = list(ncx.iter(f"{_NCX}content"))
    places = sorted({order[content.get("src")] for content in contents})
    rank = {place: number for number, place in enumerate(places, start=1)}
    for content in contents:
        content.getparent().set("playOrder", str(rank[order[content.get("src")]]))


def _label(element: Element, words: str) -> None:
    _added(_added(element, "navLabel"), "text").text = words


def _added(element: Element, name: str, **attributes: str) -> Element:
    added = element.makeelement(f"{_NCX}{name}", attributes)
    element.append(added)
    return added

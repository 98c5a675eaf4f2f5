"""The page list and the order of the NCX, for readers that know nothing newer than EPUB 2. EbookLib makes the rest."""

from collections.abc import Mapping
from xml.dom.minidom import Document, Element

from publisher.model import NavEntry

__all__ = ["add_page_list", "number_targets"]


def add_page_list(ncx: Document, page_list: tuple[NavEntry, ...]) -> None:
    """Append the page list, and say how long it is.

    Source: OPF 2.0.1, section 2.4.1, and ANSI/NISO Z39.86-2005, section 8: pages that are numbered are ``normal``.
    """
    root = ncx.documentElement
    assert root is not None  # noqa: S101 (a document that was parsed has a root)
    list_element = ncx.createElement("pageList")
    list_element.appendChild(_label(ncx, "Pages"))
    for number, page in enumerate(page_list, start=1):
        target = ncx.createElement("pageTarget")
        target.setAttribute("id", f"page-target-{number}")
        target.setAttribute("type", "normal")
        target.setAttribute("value", page.title)
        target.appendChild(_label(ncx, page.title))
        content = ncx.createElement("content")
        content.setAttribute("src", page.href)
        target.appendChild(content)
        list_element.appendChild(target)
    root.appendChild(list_element)
    totals = {"dtb:totalPageCount": str(len(page_list)), "dtb:maxPageNumber": page_list[-1].title}
    for meta in root.getElementsByTagName("meta"):
        if value := totals.get(meta.getAttribute("name")):
            meta.setAttribute("content", value)


def number_targets(ncx: Document, order: Mapping[str, int]) -> None:
    """Number all targets by ``order``, which has the place of each.

    Those at one place, such as a section and its first article, share one ``playOrder`` (ANSI/NISO Z39.86-2005,
    section 8).
    """
    contents = ncx.getElementsByTagName("content")
    places = sorted({order[content.getAttribute("src")] for content in contents})
    rank = {place: number for number, place in enumerate(places, start=1)}
    for content in contents:
        target = content.parentNode
        assert isinstance(target, Element)  # noqa: S101 (content stands in a navPoint or a pageTarget)
        target.setAttribute("playOrder", str(rank[order[content.getAttribute("src")]]))


def _label(ncx: Document, words: str) -> Element:
    label, text = ncx.createElement("navLabel"), ncx.createElement("text")
    text.appendChild(ncx.createTextNode(words))
    label.appendChild(text)
    return label

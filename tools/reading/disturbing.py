"""Web pages made over as other outlets might have made them: what a reader leans on, taken from it one at a time.

The annotated pages name their parts in words that the rules know. A page of an outlet that nobody has seen differs in
just that: its classes say nothing, its figure is a ``div``, it says nothing of itself. Each disturbance here takes one
such help away and leaves the printed words, so that what a person says the page holds stays true.
"""

import hashlib
from collections.abc import Callable, Mapping
from typing import Any

from lxml import html

Element = Any
"""An lxml element; its stubs are no dependency of ours."""

Disturb = Callable[[Element], None]
"""Changes a page's tree in place."""

_SAYING = ("div", "span")
"""The elements that say nothing: block and inline."""

_SECTIONS = ("article", "aside", "figure", "figcaption", "footer", "header", "main", "nav", "section")
_MICRODATA = ("itemprop", "itemscope", "itemtype", "rel", "role", "data-component", "data-testid", "data-type")
_PARAGRAPHS = 3
"""Paragraphs side by side from which an element is taken to hold the text."""

_FRAME = ("nav", "header", "footer", "form")


def disturbed(page: bytes, disturbance: str) -> bytes:
    """The page after a disturbance, in UTF-8; KeyError for one that does not exist."""
    root = html.document_fromstring(page, parser=html.HTMLParser(encoding=_encoding(page)))
    DISTURBANCES[disturbance](root)
    for meta in root.xpath("//meta[@charset or translate(@http-equiv, 'CONTEY', 'contey') = 'content-type']"):
        meta.getparent().remove(meta)
    data: bytes = html.tostring(root, encoding="utf-8", doctype="<!DOCTYPE html>")
    return data.replace(b"<head>", b'<head><meta charset="utf-8">', 1)


def _encoding(page: bytes) -> str:
    """UTF-8, unless the page is none: then the superset of Latin-1 that browsers take."""
    try:
        page.decode("utf-8-sig")
    except UnicodeDecodeError:
        return "windows-1252"
    return "utf-8"


def _as_it_is(root: Element) -> None:
    """Parsed and written again: what that alone costs."""


def _unnamed(root: Element) -> None:
    """Classes and identifiers become names that a build tool gave: alike where they were alike, without a meaning."""
    for element in root.iter():
        for name in ("class", "id"):
            if isinstance(element.tag, str) and element.get(name):
                element.set(name, " ".join(map(_hashed, element.get(name).split())))


def _hashed(name: str) -> str:
    return f"q{int(hashlib.sha256(name.encode()).hexdigest()[:8], 16)}"


def _generic(root: Element) -> None:
    """Elements that say what they hold become ones that do not."""
    for element in list(root.iter(*_SECTIONS)):
        element.tag = "div"
    for element in list(root.iter("time")):
        element.tag = "span"


def _headless(root: Element) -> None:
    """Headings other than the first become elements that only look so, as their class may say."""
    for element in list(root.iter("h2", "h3", "h4", "h5", "h6")):
        element.tag = "div"


def _unsaid(root: Element) -> None:
    """The page says nothing of itself but its title: no JSON-LD, no Open Graph, no description."""
    for element in root.xpath("//meta[@name or @property or @itemprop] | //script | //link[@rel='canonical']"):
        element.drop_tree()


def _unmarked(root: Element) -> None:
    """No microdata, roles or names for tests."""
    for element in root.iter():
        if isinstance(element.tag, str):
            for name in _MICRODATA:
                element.attrib.pop(name, None)


def _unlinked(root: Element) -> None:
    """Links to other pages are followed by a program: no ``href``, an address in an attribute of the site's own."""
    for link in list(root.iter("a")):
        inside = any(parent.tag in ("p", *_FRAME) for parent in link.iterancestors())
        href = link.get("href") or ""
        if not inside and len(_words(link)) > 3 and href and not href.startswith(("#", "javascript:")):
            link.set("data-url", link.attrib.pop("href"))
            link.set("onclick", "open(this.dataset.url)")


def _programmed(root: Element) -> None:
    """Links to other pages say nowhere to where they lead."""
    _unlinked(root)
    for link in root.iter("a"):
        if "data-url" in link.attrib:
            del link.attrib["data-url"], link.attrib["onclick"]


def _broken(root: Element) -> None:
    """Paragraphs are parted by two line breaks instead of elements of their own."""
    for holder in _holders(root):
        for paragraph in [child for child in holder if child.tag == "p" and not len(child.xpath(".//img"))]:
            paragraph.tail = (paragraph.tail or "").strip() or None
            for _ in range(2):
                paragraph.append(html.Element("br"))
            paragraph.drop_tag()


def _wrapped(root: Element) -> None:
    """Each paragraph stands in an element of its own, and is one itself."""
    for paragraph in list(root.iter("p")):
        wrapper = html.Element("div")
        paragraph.addprevious(wrapper)
        wrapper.tail, paragraph.tail = paragraph.tail, None
        wrapper.append(paragraph)
        paragraph.tag = "div"


def _unwrapped(root: Element) -> None:
    """Elements around a single other one are gone."""
    for element in list(root.iter(*_SAYING)):
        alone = len(element) == 1 and not (element.text or "").strip() and not (element[0].tail or "").strip()
        if alone and element.tag == "div" and element.getparent() is not None and element[0].tag != "a":
            element.drop_tag()


def _headed_apart(root: Element) -> None:
    """What heads the text stands before the element of the text, not in it."""
    for holder in _holders(root)[:1]:
        first = next(child for child in holder if child.tag == "p")
        apart = html.Element("div")
        for child in list(holder)[: holder.index(first) + 1]:
            apart.append(child)
        holder.addprevious(apart)


def _laid_out(root: Element) -> None:
    """Tables lay the page out, as before there were style sheets: no classes, no headings, bold type for both."""
    _broken(root)
    _unnamed(root)
    for element in list(root.iter(*_SECTIONS, "div")):
        if not len(element.xpath("./*[not(self::a or self::span or self::b or self::strong or self::img)]")):
            element.tag = "div"
            continue
        element.tag = "td"
        row, table = html.Element("tr"), html.Element("table")
        element.addprevious(table)
        table.tail, element.tail = element.tail, None
        table.append(row)
        row.append(element)
    for heading in list(root.iter("h1", "h2", "h3", "h4")):
        heading.tag = "div"
        bold = html.Element("b")
        bold.text, heading.text = heading.text, None
        bold.extend(list(heading))
        heading.append(bold)
    for element in root.iter():
        if isinstance(element.tag, str):
            element.attrib.pop("class", None)
            element.attrib.pop("id", None)


def _unhelped(root: Element) -> None:
    """Without any of the helps that names and elements give."""
    for disturb in (_unnamed, _generic, _unsaid, _unmarked):
        disturb(root)


def _holders(root: Element) -> list[Element]:
    """The elements that hold the most words in paragraphs of their own, the first with the most."""
    weights = {}
    for element in root.iter("div", "article", "section", "main", "td"):
        paragraphs = [child for child in element if child.tag == "p"]
        if len(paragraphs) >= _PARAGRAPHS:
            weights[element] = sum(len(_words(paragraph)) for paragraph in paragraphs)
    most = max(weights.values(), default=0)
    heavy = (element for element, weight in weights.items() if weight * 2 > most)
    return sorted(heavy, key=lambda element: -weights[element])


def _words(element: Element) -> list[str]:
    return "".join(element.itertext()).split()


DISTURBANCES: Mapping[str, Disturb] = {
    "as it is": _as_it_is,
    "names without a meaning": _unnamed,
    "elements without a meaning": _generic,
    "no headings but the first": _headless,
    "nothing said of itself": _unsaid,
    "no microdata": _unmarked,
    "links without an address": _unlinked,
    "links of a program": _programmed,
    "paragraphs by line breaks": _broken,
    "paragraphs wrapped": _wrapped,
    "wrappers gone": _unwrapped,
    "head apart from the text": _headed_apart,
    "laid out by tables": _laid_out,
    "none of these helps": _unhelped,
}

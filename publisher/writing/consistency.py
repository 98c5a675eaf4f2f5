"""Whether the parts of an e-book's rendition fit together: every name, link and line of the contents is checked.

EbookLib writes whatever it is given, and reading systems fail silently: so what does not fit stops here.
"""

import re
from collections.abc import Iterator, Mapping

from publisher.errors import RenderingError
from publisher.model import NavEntry, Rendition
from publisher.writing.container import is_safe_name
from publisher.writing.styles import addresses_in_css
from publisher.writing.survey import EXTERNAL_SCHEMES, Survey

__all__ = ["check_consistency", "check_names", "flat", "reading_order"]

PACKAGE = "package.opf"
NCX = "toc.ncx"

# XML 1.0, production 2 (Char): what no escaping can bring into a document. EbookLib drops metadata that holds one.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def check_names(rendition: Rendition) -> None:
    """Raise ``RenderingError`` unless names are safe and distinct, and there is a cover first and one contents."""
    if rendition.target != "ebook":
        raise _misfit(f"the rendition is for {rendition.target!r}")
    taken = {PACKAGE, NCX}
    for name in _file_names(rendition):
        if not is_safe_name(name):
            raise _misfit(f"the name {name!r} is unsafe")
        if name.casefold() in taken:
            raise _misfit(f"two files are called {name!r}")
        taken.add(name.casefold())
    roles = [document.role for document in rendition.documents]
    if roles.count("contents") != 1:
        raise _misfit(f"it has {roles.count('contents')} documents with the role 'contents', not one")
    if "cover" in roles[1:]:
        raise _misfit("its cover is not the first document")
    _check_texts(rendition)


def check_consistency(rendition: Rendition, surveys: Mapping[str, Survey]) -> None:
    """Raise ``RenderingError`` unless all that is linked or loaded exists, and the contents agree in both their forms.

    ``surveys`` has each document's facts by the document's name.
    """
    files = {asset.name for asset in (*rendition.stylesheets, *rendition.assets)}
    anchors = {f"{name}.xhtml": set(survey.anchors) for name, survey in surveys.items()}
    for name, survey in surveys.items():
        if len(anchors[f"{name}.xhtml"]) < len(survey.anchors):
            twice = next(anchor for anchor in survey.anchors if survey.anchors.count(anchor) > 1)
            raise _misfit(f"document {name!r} has the anchor {twice!r} twice")
        for address in survey.resources:
            if address not in files:
                raise _misfit(f"document {name!r} loads {address!r}, which is not in the book")
        for href in survey.links:
            if not href.lower().startswith(EXTERNAL_SCHEMES) and not _leads(href, f"{name}.xhtml", anchors):
                raise _misfit(f"document {name!r} links to {href!r}, which leads nowhere")
    for sheet in rendition.stylesheets:
        for address in addresses_in_css(sheet.data.decode("utf-8", errors="replace")):
            if address not in files:
                raise _misfit(f"style sheet {sheet.name!r} loads {address!r}, which is not in the book")
    _check_nav(rendition, surveys, anchors)


def reading_order(rendition: Rendition, surveys: Mapping[str, Survey]) -> Mapping[str, int]:
    """The place of each document and of each anchor among all of them, by how a link from the contents is written."""
    return {
        place: number
        for number, place in enumerate(
            place
            for document in rendition.documents
            for place in (
                f"{document.name}.xhtml",
                *(f"{document.name}.xhtml#{anchor}" for anchor in surveys[document.name].anchors),
            )
        )
    }


def flat(entries: tuple[NavEntry, ...]) -> Iterator[NavEntry]:
    """The entries and all below them, in reading order."""
    for entry in entries:
        yield entry
        yield from flat(entry.children)


def _check_nav(rendition: Rendition, surveys: Mapping[str, Survey], anchors: Mapping[str, set[str]]) -> None:
    lines = list(flat(rendition.nav))
    if not lines:
        raise _misfit("its contents are empty")
    contents = next(document.name for document in rendition.documents if document.role == "contents")
    for entry in lines:
        if not entry.title.strip():
            raise _misfit(f"the line of its contents that leads to {entry.href!r} has no words")
        if not _leads(entry.href, f"{contents}.xhtml", anchors):
            raise _misfit(f"its contents lead to {entry.href!r}, which is not in the book")
    if [entry.href for entry in lines] != surveys[contents].contents:
        raise _misfit(f"the contents in document {contents!r} differ from those of the rendition")
    order = reading_order(rendition, surveys)
    places = [order[entry.href] for entry in lines]
    if places != sorted(places):
        raise _misfit("its contents are not in reading order")
    _check_page_list(rendition, surveys, contents)


def _check_page_list(rendition: Rendition, surveys: Mapping[str, Survey], contents: str) -> None:
    listed = [entry.href for entry in rendition.page_list]
    if listed != surveys[contents].page_list:
        raise _misfit(f"the page list in document {contents!r} differs from that of the rendition")
    marked = [
        f"{document.name}.xhtml#{anchor}"
        for document in rendition.documents
        for anchor in surveys[document.name].page_breaks
    ]
    if listed != marked:
        raise _misfit("its page list is not that of the pages that are marked in its documents, in their order")


def _leads(href: str, here: str, anchors: Mapping[str, set[str]]) -> bool:
    """Whether a relative link, written in the file ``here``, leads to a document and an anchor that exist."""
    file, hash_mark, anchor = href.partition("#")
    there = anchors.get(file or here)
    return there is not None and (anchor in there if hash_mark else bool(file))


def _file_names(rendition: Rendition) -> Iterator[str]:
    yield from (f"{document.name}.xhtml" for document in rendition.documents)
    yield from (asset.name for asset in (*rendition.stylesheets, *rendition.assets))


def _check_texts(rendition: Rendition) -> None:
    """What the package states must be there, and be characters that XML can hold."""
    metadata = rendition.metadata
    required = {"identifier": metadata.identifier, "title": metadata.title, "language": metadata.language}
    for field, text in required.items():
        if not text.strip():
            raise _misfit(f"it has no {field}")
    optional = (
        *(metadata.publisher, metadata.description, metadata.generator, metadata.accessibility_summary),
        *(metadata.number, metadata.series.name if metadata.series else None, metadata.certified_by),
    )
    titles = (entry.title for entry in flat(rendition.nav))
    stated: tuple[str | None, ...] = (*required.values(), *metadata.creators, *optional, *titles)
    for words in stated:
        if words and (bad := _NOT_XML.search(words)):
            raise _misfit(f"{words!r} holds the character U+{ord(bad[0]):04X}, which XML cannot")


def _misfit(why: str) -> RenderingError:
    return RenderingError(f"cannot write the e-book: {why}. Correct the theme.")

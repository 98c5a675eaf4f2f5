"""OPDS 1.2: the catalogues that nearly every e-reader understands.

Addresses are relative, so that the shelf may lie anywhere; they are meant to resolve from the file's own address, and
nothing redirects: KOReader takes a redirect for an error.
"""

from collections.abc import Iterator
from html import escape

from publisher.automation.shelf.elements import Element, element, xml
from publisher.automation.shelf.listing import PAGE_ENTRIES, Choice, Facet, ListPage, choices, facets, pages, years_of
from publisher.automation.shelf.presented import Presented, timestamp
from publisher.automation.shelf.shelved import Shelved
from publisher.automation.wording import file_label, issue_title, wording_for

CATALOGUE = "catalog.xml"
"""The entrance, at the shelf's top: there it resolves alike with and without a name after the folder's."""

FOLDER = "opds"

NAVIGATION = "application/atom+xml;profile=opds-catalog;kind=navigation"
ACQUISITION = "application/atom+xml;profile=opds-catalog;kind=acquisition"
OPDS_2 = "application/opds+json"

REL = "http://opds-spec.org"

_NAMESPACES = {
    "xmlns": "http://www.w3.org/2005/Atom",
    "xmlns:dc": "http://purl.org/dc/terms/",
    "xmlns:opds": "http://opds-spec.org/2010/catalog",
    "xmlns:opensearch": "http://a9.com/-/spec/opensearch/1.1/",
    "xmlns:thr": "http://purl.org/syndication/thread/1.0",
}


def catalogues(shelf: Presented) -> Iterator[tuple[str, bytes]]:
    """Each catalogue by its path: the lists first, and last the entrance that leads to them."""
    for choice in choices(shelf.issues):
        for page in pages(choice, shelf.issues):
            yield f"{FOLDER}/{page.name}.xml", xml(_list(page, shelf))
    yield CATALOGUE, xml(_entrance(shelf))


def _feed(shelf: Presented, part: str, title: str, *children: Element) -> Element:
    return element(
        "feed",
        {**_NAMESPACES, "xml:lang": shelf.language},
        element("id", {}, shelf.urn(part)),
        element("title", {}, title),
        element("updated", {}, shelf.updated),
        element("author", {}, element("name", {}, shelf.title)),
        *children,
    )


def _entrance(shelf: Presented) -> Element:
    words = shelf.wording
    newest = next(pages(Choice(), shelf.issues))
    lists = [(words.all_issues, Choice(), f"{REL}/sort/new")]
    lists += [(f"{words.year} {year}", Choice(year=year), "subsection") for year in years_of(shelf.issues)]
    return _feed(
        shelf,
        "catalogue",
        shelf.title,
        _link("self", CATALOGUE, NAVIGATION),
        _link("start", CATALOGUE, NAVIGATION),
        _link("alternate", "opds2/catalog.json", OPDS_2),
        _link("alternate", "index.html", "text/html"),
        *(
            element(
                "entry",
                {},
                element("title", {}, title),
                element("id", {}, shelf.urn(f"list/{choice.name}")),
                element("updated", {}, _updated(choice, shelf)),
                element("content", {"type": "text"}, _headings(choice, shelf)),
                _link(rel, f"{FOLDER}/{choice.name}.xml", ACQUISITION, **_count(choice, shelf)),
            )
            for title, choice, rel in lists
            if choice == newest.choice or any(choice.holds(each) for each in shelf.issues)
        ),
    )


def _updated(choice: Choice, shelf: Presented) -> str:
    return next((timestamp(each) for each in shelf.issues if choice.holds(each)), shelf.updated)


def _count(choice: Choice, shelf: Presented) -> dict[str, object]:
    return {"thr:count": sum(choice.holds(each) for each in shelf.issues)}


def _headings(choice: Choice, shelf: Presented) -> str:
    """What an entry of the entrance tells: the newest issue of its list."""
    held = [issue_title(each.proof) for each in shelf.issues if choice.holds(each)]
    return held[0] if held else shelf.wording.no_issues


def _list(page: ListPage, shelf: Presented) -> Element:
    by_year, by_format = facets(page.choice, shelf.issues)
    words = shelf.wording
    return _feed(
        shelf,
        f"list/{page.choice.name}",
        list_title(page.choice, shelf),
        _link("self", f"{page.name}.xml", ACQUISITION),
        _link("start", f"../{CATALOGUE}", NAVIGATION),
        _link("up", f"../{CATALOGUE}", NAVIGATION),
        _link("alternate", f"../opds2/{page.name}.json", OPDS_2),
        *(_link(rel, f"{name}.xml", ACQUISITION) for rel, name in page.neighbours),
        *(_facet(facet, words.year, words.all) for facet in by_year),
        *(_facet(facet, words.format, words.all) for facet in by_format),
        element("opensearch:totalResults", {}, str(page.total)),
        element("opensearch:itemsPerPage", {}, str(PAGE_ENTRIES)),
        element("opensearch:startIndex", {}, str(page.first_entry)),
        *(_entry(shelved, shelf) for shelved in page.issues),
    )


def list_title(choice: Choice, shelf: Presented) -> str:
    """What a list calls itself: the shelf, the year, the format."""
    words = shelf.wording
    year = f"{words.year} {choice.year}" if choice.year else words.all_issues
    return " · ".join(filter(None, [shelf.title, year, choice.format and choice.format.upper()]))


def _facet(facet: Facet, group: str, every: str) -> Element:
    title = facet.value.upper() if facet.value else every
    return _link(
        f"{REL}/facet",
        f"{facet.choice.name}.xml",
        ACQUISITION,
        title=title,
        **{"opds:facetGroup": group, "opds:activeFacet": "true" if facet.active else None, "thr:count": facet.count},
    )


def _entry(shelved: Shelved, shelf: Presented) -> Element:
    proof = shelved.proof
    front = shelf.fronts[proof.week]
    headlines = "".join(f"<li>{escape(article.headline)}</li>" for article in proof.articles)
    return element(
        "entry",
        {"xml:lang": proof.language},
        element("title", {}, issue_title(proof)),
        element("id", {}, proof.identifier),
        element("updated", {}, timestamp(shelved)),
        element("author", {}, element("name", {}, proof.title)),
        element("dc:identifier", {}, proof.identifier),
        element("dc:language", {}, proof.language),
        element("dc:issued", {}, proof.date.isoformat()),
        element("dc:publisher", {}, shelf.title),
        element("summary", {}, summary(shelved)),
        element("content", {"type": "html"}, f"<ul>{headlines}</ul>"),
        _link(f"{REL}/image", f"../{front.cover.path}", front.cover.media_type),
        _link(f"{REL}/image/thumbnail", f"../{front.thumbnail.path}", front.thumbnail.media_type),
        *(
            _link(
                f"{REL}/acquisition/open-access",
                f"../{shelved.href(file)}",
                file.media_type,
                length=file.bytes,
                title=file_label(file, shelf.language),
            )
            for file in shelved.readable
        ),
    )


def summary(shelved: Shelved) -> str:
    """An issue's content in a line: its first headline, and how many more there are."""
    headlines = [article.headline for article in shelved.proof.articles]
    words = wording_for(shelved.proof.language)
    more = words.more.format(count=len(headlines) - 1) if len(headlines) > 1 else None
    return ", ".join(filter(None, [headlines[0] if headlines else shelved.proof.title, more]))


def _link(rel: str, href: str, media_type: str, **attributes: object) -> Element:
    return element("link", {"rel": rel, "href": href, "type": media_type, **attributes})

"""OPDS 2.0: the same catalogues in JSON, for the readers that prefer it, such as Thorium.

https://drafts.opds.io/opds-2.0; publications as the Readium Web Publication Manifest has them.
"""

from collections.abc import Iterator
from typing import TypeAlias

import msgspec

from publisher.automation.shelf.listing import (
    NEWEST_ENTRIES,
    PAGE_ENTRIES,
    Choice,
    Facet,
    ListPage,
    choices,
    facets,
    pages,
    years_of,
)
from publisher.automation.shelf.opds import ACQUISITION, CATALOGUE, NAVIGATION, OPDS_2, REL, list_title, summary
from publisher.automation.shelf.presented import Presented, ShelfPicture, timestamp
from publisher.automation.shelf.shelved import Shelved
from publisher.automation.wording import file_label, issue_title

FOLDER = "opds2"
CATALOGUE_2 = f"{FOLDER}/catalog.json"
"""The entrance."""

PUBLICATION = "application/opds-publication+json"

Json: TypeAlias = dict[str, object]


def catalogues_2(shelf: Presented) -> Iterator[tuple[str, bytes]]:
    """Each catalogue by its path: the issues, the lists of them, and last the entrance that leads to them."""
    for shelved in shelf.issues:
        yield f"{FOLDER}/{shelved.proof.week}.json", _json(_publication(shelved, shelf))
    for choice in choices(shelf.issues):
        for page in pages(choice, shelf.issues):
            yield f"{FOLDER}/{page.name}.json", _json(_list(page, shelf))
    yield CATALOGUE_2, _json(_entrance(shelf))


def _json(value: Json) -> bytes:
    return msgspec.json.format(msgspec.json.encode(value), indent=2) + b"\n"


def _entrance(shelf: Presented) -> Json:
    words = shelf.wording
    lists = [(words.all_issues, Choice())]
    lists += [(f"{words.year} {year}", Choice(year=year)) for year in years_of(shelf.issues)]
    newest: Json = {
        "metadata": {"title": words.newest if len(shelf.issues) == 1 else words.all_issues},
        "links": [_link("self", f"{Choice().name}.json", OPDS_2)],
        "publications": [_publication(shelved, shelf) for shelved in shelf.issues[:NEWEST_ENTRIES]],
    }
    return {
        "metadata": {
            "title": shelf.title,
            "identifier": shelf.urn("catalogue"),
            "modified": shelf.updated,
            "numberOfItems": len(shelf.issues),
        },
        "links": [
            _link("self", "catalog.json", OPDS_2),
            _link("start", "catalog.json", OPDS_2),
            _link("alternate", f"../{CATALOGUE}", NAVIGATION),
            _link("alternate", "../index.html", "text/html"),
        ],
        "navigation": [
            _link("subsection", f"{choice.name}.json", OPDS_2) | {"title": title, "properties": _count(choice, shelf)}
            for title, choice in lists
        ],
        **({"groups": [newest]} if shelf.issues else {}),
    }


def _count(choice: Choice, shelf: Presented) -> Json:
    return {"numberOfItems": sum(choice.holds(shelved) for shelved in shelf.issues)}


def _list(page: ListPage, shelf: Presented) -> Json:
    words = shelf.wording
    by_year, by_format = facets(page.choice, shelf.issues)
    return {
        "metadata": {
            "title": list_title(page.choice, shelf),
            "identifier": shelf.urn(f"list/{page.choice.name}"),
            "modified": shelf.updated,
            "numberOfItems": page.total,
            "itemsPerPage": PAGE_ENTRIES,
            "currentPage": page.number,
        },
        "links": [
            _link("self", f"{page.name}.json", OPDS_2),
            _link("start", "catalog.json", OPDS_2),
            _link("up", "catalog.json", OPDS_2),
            _link("alternate", f"../opds/{page.name}.xml", ACQUISITION),
            *(_link(rel, f"{name}.json", OPDS_2) for rel, name in page.neighbours),
        ],
        "publications": [_publication(shelved, shelf) for shelved in page.issues],
        "facets": [
            {"metadata": {"title": title}, "links": [_facet(step, words.all) for step in steps]}
            for title, steps in ((words.year, by_year), (words.format, by_format))
            if steps
        ],
    }


def _facet(step: Facet, every: str) -> Json:
    return {
        **({"rel": "self"} if step.active else {}),
        "href": f"{step.choice.name}.json",
        "type": OPDS_2,
        "title": step.value.upper() if step.value else every,
        "properties": {"numberOfItems": step.count},
    }


def _publication(shelved: Shelved, shelf: Presented) -> Json:
    proof = shelved.proof
    front = shelf.fronts[proof.week]
    return {
        "metadata": {
            "@type": "http://schema.org/PublicationIssue",
            "identifier": proof.identifier,
            "title": issue_title(proof),
            "language": proof.language,
            "published": proof.date.isoformat(),
            "modified": timestamp(shelved),
            "publisher": shelf.title,
            "description": summary(shelved),
            "belongsTo": {"series": {"name": proof.title}},
        },
        "links": [
            _link("self", f"{proof.week}.json", PUBLICATION),
            *(
                _link(f"{REL}/acquisition/open-access", f"../{shelved.href(file)}", file.media_type)
                | {"title": file_label(file, shelf.language), "size": file.bytes}
                for file in shelved.readable
            ),
        ],
        "images": [_picture(front.cover), _picture(front.thumbnail)],
    }


def _picture(picture: ShelfPicture) -> Json:
    return {
        "href": f"../{picture.path}",
        "type": picture.media_type,
        "width": picture.width,
        "height": picture.height,
    }


def _link(rel: str, href: str, media_type: str) -> Json:
    return {"rel": rel, "href": href, "type": media_type}

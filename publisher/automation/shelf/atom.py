"""The feed of new issues, RFC 4287: for feed readers, and for podcast programs that fetch what is enclosed."""

from html import escape

from publisher.automation.shelf.elements import Element, element, xml
from publisher.automation.shelf.presented import Presented, timestamp
from publisher.automation.shelf.shelved import Shelved
from publisher.automation.wording import issue_title

FEED = "feed.xml"
MEDIA_TYPE = "application/atom+xml"

FEED_ENTRIES = 20
"""A feed is for what is new; the catalogues list everything."""


def feed(shelf: Presented) -> bytes:
    """The newest issues, as an Atom feed. Its addresses are absolute where the shelf's own is known."""
    return xml(
        element(
            "feed",
            {"xmlns": "http://www.w3.org/2005/Atom", "xml:lang": shelf.language},
            element("id", {}, shelf.urn("feed")),
            element("title", {}, shelf.title),
            element("updated", {}, shelf.updated),
            element("author", {}, element("name", {}, shelf.title)),
            _link("self", shelf.url(FEED), MEDIA_TYPE),
            _link("alternate", shelf.url("index.html"), "text/html"),
            *(_entry(shelved, shelf) for shelved in shelf.issues[:FEED_ENTRIES]),
        )
    )


def _entry(shelved: Shelved, shelf: Presented) -> Element:
    proof = shelved.proof
    headlines = "".join(f"<li>{escape(article.headline)}</li>" for article in proof.articles)
    return element(
        "entry",
        {"xml:lang": proof.language},
        element("id", {}, proof.identifier),
        element("title", {}, issue_title(proof)),
        element("updated", {}, timestamp(shelved)),
        element("published", {}, timestamp(shelved)),
        _link("alternate", shelf.url(f"index.html#{anchor(shelved)}"), "text/html"),
        *(
            _link("enclosure", shelf.url(shelved.href(file)), file.media_type, length=file.bytes)
            for file in shelved.readable
        ),
        element("content", {"type": "html"}, f"<ul>{headlines}</ul>"),
    )


def anchor(shelved: Shelved) -> str:
    """Where an issue stands on the shelf's page."""
    return f"issue-{shelved.proof.week}"


def _link(rel: str, href: str, media_type: str, **attributes: object) -> Element:
    return element("link", {"rel": rel, "href": href, "type": media_type, **attributes})

"""The shelf's web page: every issue with its cover and its files, for people and screen readers, without a script."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from publisher.automation.shelf.atom import FEED, MEDIA_TYPE, anchor
from publisher.automation.shelf.downloads import download
from publisher.automation.shelf.elements import Element, element, html
from publisher.automation.shelf.opds import CATALOGUE, NAVIGATION, OPDS_2
from publisher.automation.shelf.opds2 import CATALOGUE_2
from publisher.automation.shelf.presented import Presented
from publisher.automation.shelf.shelved import Shelved
from publisher.automation.shelf.styles import style_sheet
from publisher.automation.wording import numbered_title, written_count, written_date, written_language

PAGE = "index.html"

HEADLINES = 5
"""How many an earlier issue shows; the newest shows all."""


def page(shelf: Presented) -> bytes:
    """The page."""
    words = shelf.wording
    return html(
        element(
            "html",
            {"lang": shelf.language},
            _head(shelf),
            element(
                "body",
                {},
                element("a", {"class": "skip", "href": "#issues"}, words.skip),
                element("header", {}, element("h1", {}, shelf.title)),
                element("main", {"id": "issues"}, *_issues(shelf)),
                _footer(shelf),
            ),
        )
    )


def _head(shelf: Presented) -> Element:
    style = style_sheet("page")
    icon = shelf.fronts[shelf.issues[0].proof.week].thumbnail if shelf.issues else None
    return element(
        "head",
        {},
        element("meta", {"charset": "utf-8"}),
        element("meta", {"name": "viewport", "content": "width=device-width, initial-scale=1"}),
        element("meta", {"name": "color-scheme", "content": "light dark"}),
        element("title", {}, shelf.title),
        element("link", {"rel": "alternate", "type": MEDIA_TYPE, "href": FEED, "title": shelf.title}),
        element("link", {"rel": "alternate", "type": NAVIGATION, "href": CATALOGUE, "title": "OPDS 1.2"}),
        element("link", {"rel": "alternate", "type": OPDS_2, "href": CATALOGUE_2, "title": "OPDS 2.0"}),
        # Without one, browsers ask for a favicon.ico that is not there.
        element("link", {"rel": "icon", "href": icon.path if icon else "data:,"}),
        element("style", {}, f"\n{style}"),
    )


def _issues(shelf: Presented) -> Iterator[Element]:
    words = shelf.wording
    if not shelf.issues:
        yield element("p", {}, words.no_issues)
        return
    newest, *earlier = shelf.issues
    yield element(
        "section",
        {"class": "newest", "aria-labelledby": "newest"},
        element("h2", {"id": "newest"}, words.newest),
        _issue(newest, shelf),
    )
    for year, issues in groupby(earlier, key=lambda shelved: shelved.year):
        yield element(
            "section",
            {"aria-labelledby": f"year-{year}"},
            element("h2", {"id": f"year-{year}"}, f"{words.earlier}: {year}"),
            element(
                "ul",
                {"class": "issues", "role": "list"},  # Safari takes a list without bullets for none.
                *(element("li", {}, _issue(shelved, shelf, HEADLINES)) for shelved in issues),
            ),
        )


def _issue(shelved: Shelved, shelf: Presented, headlines: int | None = None) -> Element:
    proof = shelved.proof
    words = shelf.wording
    picture = shelf.fronts[proof.week].thumbnail
    title = numbered_title(proof)
    details: list[Element | str] = [
        element("time", {"datetime": proof.date.isoformat()}, written_date(proof.date, shelf.language)),
        " · ",
        written_language(proof.language, shelf.language),
        " · ",
        written_count(len(proof.articles), words.articles),
    ]
    return element(
        "article",
        {"id": anchor(shelved)},
        element(
            "img",
            {
                "src": picture.path,
                "width": picture.width,
                "height": picture.height,
                "alt": "",  # The cover says what the heading beside it says.
                "loading": None if headlines is None else "lazy",
            },
        ),
        element(
            "div",
            {},
            element("h3", {"lang": proof.language}, title),
            element("p", {"class": "details"}, *details),
            _headlines(shelved, shelf, headlines),
            element(
                "ul",
                {"class": "files", "role": "list"},
                *_reading(shelved, title, shelf),
                *(element("li", {}, download(shelved.href(file), file, title, shelf)) for file in shelved.proof.files),
            ),
        ),
    )


def _reading(shelved: Shelved, title: str, shelf: Presented) -> Iterator[Element]:
    """The link to the issue's web pages, where it has such."""
    if path := shelf.webpages.get(shelved.proof.week):
        name = element("span", {"class": "hidden"}, f": {title}")
        yield element("li", {}, element("a", {"href": path}, shelf.wording.read_here, name))


def _headlines(shelved: Shelved, shelf: Presented, limit: int | None) -> Element:
    proof = shelved.proof
    shown = proof.articles[:limit]
    rest = len(proof.articles) - len(shown)
    return element(
        "ul",
        {"class": "headlines"},
        *(element("li", {"lang": article.language}, article.headline) for article in shown),
        *([element("li", {"class": "rest"}, shelf.wording.more.format(count=rest))] if rest else []),
    )


def _footer(shelf: Presented) -> Element:
    words = shelf.wording
    ways: Sequence[tuple[str, str, str]] = (
        (f"{words.catalogue} (OPDS 1.2)", CATALOGUE, NAVIGATION),
        (f"{words.catalogue} (OPDS 2.0)", CATALOGUE_2, OPDS_2),
        (f"{words.feed} (Atom)", FEED, MEDIA_TYPE),
    )
    sections = [
        element(
            "section",
            {"aria-labelledby": "follow"},
            element("h2", {"id": "follow"}, words.follow),
            element(
                "ul",
                {},
                *(element("li", {}, element("a", {"href": href, "type": kind}, name)) for name, href, kind in ways),
            ),
        )
    ]
    if shelf.latest:
        sections.append(
            element(
                "section",
                {"aria-labelledby": "latest"},
                element("h2", {"id": "latest"}, words.always_newest),
                element("ul", {}, *(element("li", {}, element("a", {"href": name}, name)) for name, _ in shelf.latest)),
            )
        )
    return element("footer", {}, *sections)

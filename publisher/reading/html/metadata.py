"""What a page says about itself where no reader sees it: JSON-LD, Open Graph, meta elements, the title."""

import datetime as dt
import html
import re
from typing import Any
from urllib.parse import urljoin, urlsplit

from publisher.model.blocks import Value
from publisher.reading.decoding import clean
from publisher.reading.html.linked import TAG, is_article
from publisher.reading.html.tree import Element, PageTree
from publisher.reading.vocabulary import Vocabulary
from publisher.reading.vocabulary.dates import EARLIEST_YEAR, LATEST_YEAR, find_dates
from publisher.reading.vocabulary.names import is_organisation

_ISO = re.compile(
    r"^\s*(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ](\d{1,2}):(\d{2})(?::\d{2}(?:\.\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})?)?"
)
_CLOSING_PART = re.compile(r"\s[-–—|•·]\s*([^-–—|•·]+)$")
_PARTED = re.compile(r"\s+[-–—|•·]\s+")
_LONGEST_NAME = 60
_MOST_SAID = 24
"""Titles of a page, its descriptions or its authors: each is held against many of its lines."""

_LANGUAGE = re.compile(r"^[a-zA-Z]{2,3}(?:[-_][a-zA-Z0-9]{2,8})*$")


class PageMetadata(Value, frozen=True, kw_only=True):
    """What a page says about itself. Nothing of it needs to be true; what is also printed is believed."""

    titles: tuple[str, ...] = ()
    """The article's title, from the surest source to the least; the last is the browser's title as it is."""

    descriptions: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    """People, by the JSON-LD or a meta element."""

    published: dt.date | None = None
    updated: dt.date | None = None
    publication: str | None = None
    outlets: frozenset[str] = frozenset()
    """All names of the outlet that the page gives, case folded: none of them is an author."""

    closing: str = ""
    """What closes the browser's title, behind a dash or a bar, case folded: as a rule the outlet's name."""

    url: str | None = None
    base: str | None = None
    """What relative addresses are relative to, when the page says so."""

    language: str | None = None


def read_metadata(
    page: PageTree, linked: list[dict[str, Any]], source_url: str | None, known: Vocabulary
) -> PageMetadata:
    """The metadata of a page with the nodes of its JSON-LD; what is missing or malformed is None or empty."""
    metas = _metas(page.root)
    nodes = [node for node in linked if is_article(node)]
    url = _url(page, metas, nodes, source_url)
    titles = [*_strings(nodes, "headline"), *metas.get("og:title", ()), *metas.get("twitter:title", ())]
    titles += [*metas.get("title", ()), *_strings(nodes, "name"), *_title(page.root)]
    descriptions = [*metas.get("og:description", ()), *metas.get("description", ())]
    descriptions += [*_strings(nodes, "description"), *_strings(nodes, "alternativeHeadline")]
    descriptions += metas.get("twitter:description", ())
    published = [*_strings(nodes, "datePublished"), *metas.get("article:published_time", ())]
    for name in ("datepublished", "pubdate", "publishdate", "date", "dc.date", "dc.date.issued", "parsely-pub-date"):
        published += metas.get(name, ())
    updated = [*_strings(nodes, "dateModified"), *metas.get("article:modified_time", ()), *metas.get("lastmod", ())]
    language = _language(page.root, metas, nodes)
    publications = [*_publication(metas, nodes), *_sites(linked), *_named_in_title(titles, known)]
    outlets = [*publications, *_outlets(metas, nodes)]
    return PageMetadata(
        titles=_once(titles),
        descriptions=_once(descriptions),
        authors=_once([*_people(nodes), *_meta_authors(metas)]),
        published=_first_date(published, language, known),
        updated=_first_date(updated, language, known),
        publication=next(iter(publications), None),
        outlets=frozenset(name.casefold() for name in outlets),
        closing=_PARTED.split(titles[-1])[-1].casefold() if titles else "",
        url=url,
        base=_base(page.root, url, source_url),
        language=language,
    )


def text_of(value: object) -> str:
    """A metadata string as text: entities that were escaped twice, tags and white space undone; ``""`` for others."""
    if not isinstance(value, str):
        return ""
    text = html.unescape(value[:20_000])
    return " ".join(clean(TAG.sub(" ", text) if "<" in text else text).split())


def _metas(root: Element) -> dict[str, list[str]]:
    """The meta elements' contents by name or property, lower case, in order."""
    metas: dict[str, list[str]] = {}
    for meta in root.iter("meta"):
        name = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").strip().lower()
        content = text_of(meta.get("content"))
        if name and content:
            metas.setdefault(name, []).append(content)
    return metas


def _strings(nodes: list[dict[str, Any]], key: str) -> list[str]:
    return [text for node in nodes if (text := text_of(node.get(key)))]


def _people(nodes: list[dict[str, Any]]) -> list[str]:
    """The authors that the JSON-LD gives; an organization is none."""
    people = []
    for node in nodes:
        authors = node.get("author") or node.get("creator") or []
        for author in authors if isinstance(authors, list) else [authors]:
            if isinstance(author, dict):
                names = author.get("name")
                kind = str(author.get("@type") or "Person")
                if "Organization" not in kind:
                    people += [text_of(name) for name in (names if isinstance(names, list) else [names])]
            else:
                people.append(text_of(author))
    return [name for name in people if name]


def _meta_authors(metas: dict[str, list[str]]) -> list[str]:
    names = [*metas.get("author", ()), *metas.get("article:author", ()), *metas.get("dc.creator", ())]
    names += [*metas.get("parsely-author", ()), *metas.get("byl", ())]
    return [name for name in names if not name.startswith(("http:", "https:", "@", "/"))]


def _publication(metas: dict[str, list[str]], nodes: list[dict[str, Any]]) -> list[str]:
    names = [*metas.get("og:site_name", ())]
    for node in nodes:
        publisher = node.get("publisher")
        for each in publisher if isinstance(publisher, list) else [publisher]:
            name = text_of(each.get("name")) if isinstance(each, dict) else text_of(each)
            if name and not name.startswith("http"):
                names.append(name)
    return [*names, *metas.get("application-name", ())]


def _sites(linked: list[dict[str, Any]]) -> list[str]:
    """What the JSON-LD calls the site, or the outlet as an organization."""
    found = [node for node in linked if str(node.get("@type")) in ("WebSite", "NewsMediaOrganization", "Newspaper")]
    return [name for name in _strings(found, "name") if not name.startswith("http")]


def _named_in_title(titles: list[str], known: Vocabulary) -> list[str]:
    """The outlet that closes the browser's title, where the article's own is known and a word says that it is one."""
    *own, whole = titles or [""]
    closing = _CLOSING_PART.search(whole)
    if closing is None or not any(title and whole.startswith(title) for title in own):
        return []
    name = closing[1].strip()
    return [name] if len(name) <= _LONGEST_NAME and is_organisation(name, known) else []


def _outlets(metas: dict[str, list[str]], nodes: list[dict[str, Any]]) -> list[str]:
    """Other names of the outlet."""
    names = [*metas.get("copyright", ()), *metas.get("twitter:site", ()), *metas.get("dc.publisher", ())]
    for node in nodes:
        authors = node.get("author") or []
        names += [
            text_of(author.get("name"))
            for author in (authors if isinstance(authors, list) else [authors])
            if isinstance(author, dict) and "Organization" in str(author.get("@type"))
        ]
    return [name for name in names if name]


def _url(
    page: PageTree, metas: dict[str, list[str]], nodes: list[dict[str, Any]], source_url: str | None
) -> str | None:
    """The canonical address, http or https."""
    found = [
        link.get("href") or "" for link in page.root.iter("link") if "canonical" in (link.get("rel") or "").lower()
    ]
    found += metas.get("og:url", [])
    for node in nodes:
        entity = node.get("mainEntityOfPage")
        found += [text_of(entity.get("@id")) if isinstance(entity, dict) else text_of(entity), text_of(node.get("url"))]
    found += [source_url or "", page.saved_from or ""]
    return next((url for raw in found if (url := absolute(raw.strip(), source_url)) is not None), None)


def absolute(href: str, base: str | None) -> str | None:
    """An address as an absolute http or https one; None when it is neither, malformed, or relative to nothing known."""
    try:
        url = urljoin(base, href) if base else href
        url = "https:" + url if url.startswith("//") else url
        urlsplit(url)  # Knows what a malformed host is: whoever takes the address apart must not fail.
    except ValueError:
        return None
    if not url.lower().startswith(("http://", "https://")) or len(url) > 2_000 or any(c in url for c in '\n\r\t<>"'):
        return None
    return url.replace(" ", "%20")


def _base(root: Element, url: str | None, source_url: str | None) -> str | None:
    for base in root.iter("base"):
        found = absolute((base.get("href") or "").strip(), source_url or url)
        if found:
            return found
    return source_url or url


def _title(root: Element) -> list[str]:
    return [text for title in root.iter("title") if (text := text_of("".join(title.itertext())))][:1]


def _language(root: Element, metas: dict[str, list[str]], nodes: list[dict[str, Any]]) -> str | None:
    """The language that the page declares, as a BCP 47 tag."""
    declared = [root.get("lang") or "", *metas.get("content-language", ()), *metas.get("language", ())]
    declared += [*metas.get("og:locale", ()), *_strings(nodes, "inLanguage")]
    for tag in declared:
        if _LANGUAGE.match(tag.strip()):
            first, *rest = tag.strip().replace("_", "-").split("-")
            return "-".join([first.lower(), *(part.upper() if len(part) == 2 else part for part in rest)])
    return None


def _first_date(texts: list[str], language: str | None, known: Vocabulary) -> dt.date | None:
    return next((date for text in texts if (date := stamp_date(text, language, known)) is not None), None)


def stamp_date(text: str, language: str | None, known: Vocabulary) -> dt.date | None:
    """The date of a time stamp, at the place it was written for.

    A stamp carries its own zone, so its date is the one that readers saw; only Vietnamese outlets are known to be in
    one zone, so their stamps in UTC are moved there.
    """
    match = _ISO.match(text)
    if not match:
        hits = find_dates(text[:100], known)
        return hits[0].date if hits else None
    year, month, day = int(match[1]), int(match[2]), int(match[3])
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        return None
    try:
        date = dt.date(year, month, day)
    except ValueError:
        return None
    utc = match[6] in ("Z", "+00:00", "+0000")
    if utc and (language or "").startswith("vi") and int(match[4] or 0) >= 17:  # UTC+7: the next day has begun
        return date + dt.timedelta(days=1)
    return date


def _once(texts: list[str]) -> tuple[str, ...]:
    """The texts, each once; of more than a page has, the first and the last."""
    once = tuple(dict.fromkeys(text for text in texts if text))
    return once if len(once) <= _MOST_SAID else (*once[: _MOST_SAID - 1], once[-1])

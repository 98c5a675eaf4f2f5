"""Where elements lead: links, what a style sheet lays over a card, and what a program follows."""

import re

from publisher.reading.html.classes import classes
from publisher.reading.html.tree import Element

INLINE = frozenset(
    re.findall(
        r"\S+",
        "a abbr acronym b bdi bdo big cite code data del dfn em font i img ins kbd label mark nobr picture q s samp "
        "small source span strike strong sub sup time tt u var wbr br video",
    )
)
"""Elements whose words stand in a line with those beside them."""

BLOCKS = frozenset(
    re.findall(
        r"\S+",
        "address article aside audio blockquote body button canvas caption center col colgroup dd details dialog dir "
        "div dl dt embed fieldset figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup "
        "hr html iframe input label legend li link main map menu meta nav noframes noscript object ol optgroup option "
        "output p param pre progress script search section select slot style summary svg table tbody td template "
        "textarea tfoot th thead title tr ul",
    )
)
"""Elements that stand by themselves. What nobody knows is a part of its line, as in a browser, unless it has such."""

FLOWING = frozenset(("p", "h1", "h2", "h3", "h4", "h5", "h6", "figcaption", "blockquote", "pre", "td", "dd"))
"""Blocks that are paragraphs: links in them are words of theirs."""

_FOLLOWED = ("data-href", "data-url", "data-link", "data-permalink", "data-target-url", "data-popup-url")
"""Where pages whose links a program follows keep the address."""

_ADDRESS = re.compile(r"(?:https?:/)?/[^\s/]")
_CARD_LENGTH = 1_000
"""Characters of a headline with its summary and date, white space of the template included."""

_COVERED_LENGTH = 400
_COVERED_PARAGRAPHS = 2
"""Of a card that a link without words lies over: a text may have such a link beside it, to share it."""


def destination_of(element: Element, linked: bool) -> str | None:
    """The address that all words in an element lead to, as written: of a link, of one laid over, or a program's.

    ``linked`` says that it stands in a link, whose address counts for it.
    """
    href = element.get("href") if element.tag == "a" else None
    if href is None and not linked:
        followed = {name: value.strip() for name, value in element.items() if name in _FOLLOWED}
        if followed:
            href = next((followed[name] for name in _FOLLOWED if _ADDRESS.match(followed.get(name, ""))), None)
        if href is not None and not _is_card(element, href, _CARD_LENGTH):
            href = None
        href = href or _laid_over(element)
    return None if href is None else href.strip()


def _laid_over(element: Element) -> str | None:
    """The address of a link without words among a card's parts, which a style sheet lays over all of it."""
    if element.tag in FLOWING or element.tag in INLINE:
        return None
    for child in element:
        if child.tag == "a" and not len(child) and not (child.text or "").strip():
            href = (child.get("href") or "").strip()
            told = sum(1 for _ in element.iter("p")) > _COVERED_PARAGRAPHS
            return href if _ADDRESS.match(href) and not told and _is_card(element, href, _COVERED_LENGTH) else None
    return None


def _is_card(element: Element, href: str, most: int) -> bool:
    """Whether an element with an address is no more than a card: few words, no other link, no page's heading."""
    length = 0
    for inner in element.iter():
        if inner.tag == "h1" or (inner is not element and inner.get("href") not in (None, href)):
            return False
        length += len(inner.text or "") + len(inner.tail or "")
        if length > most:
            return False
    return True


def leads_to_person(href: str) -> bool:
    """Whether an address is that of an author's page: ``/authors/anna-brandt``, ``/about/autor-12``, ``/@anna``."""
    *folders, last = href.lower().split("?")[0].rstrip("/").split("/")
    if last.startswith(("@", "author-", "autor-", "auteur-")):
        return True
    return any(folder.replace("-", "") in classes().author_folders for folder in folders)

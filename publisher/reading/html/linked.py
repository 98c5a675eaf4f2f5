"""The JSON-LD of a page: what it says to search engines, which may be all that it says of the article's text."""

import html
import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from publisher.reading.decoding import clean
from publisher.reading.html.tree import PageTree, words_of

_ARTICLE = re.compile(r"(?:Article|Posting|Report|LiveBlogPosting|Review)$")
_DEEPEST = 12
_MOST_NODES = 5_000

_BREAK = re.compile(r"\n\s*|</p>|</h[1-6]>|<br\s*/?>", re.IGNORECASE)
TAG = re.compile(r"<[^<>]{0,500}>")

_FEWEST, _MANY = 300, 2
"""Characters of a text, and how many times as many as the page prints, that show that the page does not print it."""

_MOST = 2_000
"""Paragraphs of the longest text that is taken."""

_OPENING = 40
"""Characters of a text that the page has if it prints it."""


def nodes_in(tree: PageTree) -> Iterator[dict[str, Any]]:
    """The nodes of a page's JSON-LD, in order; those of a script that is malformed are left out."""
    for script in tree.linked_data:
        try:
            data = json.loads(script.strip().removeprefix("<!--").removesuffix("-->").strip(" ;\n"), strict=False)
        except (ValueError, RecursionError):
            continue
        budget = [_MOST_NODES]
        yield from _nodes(data, budget, 0)


def is_article(node: dict[str, Any]) -> bool:
    """Whether a node is an article of one kind or another."""
    kind = node.get("@type")
    return any(_ARTICLE.search(str(each)) for each in (kind if isinstance(kind, list) else [kind]))


def print_unprinted(tree: PageTree, nodes: Iterable[dict[str, Any]]) -> None:
    """Hang the text of the article in the tree where a program of the page would print it, and nothing else does.

    It stands under the page's headline, or with the node's under everything. A text to be paid for is not printed.
    ``nodes`` are those of the page's JSON-LD.
    """
    told = [node for node in nodes if is_article(node) and node.get("articleBody")]
    printed = words_of(tree.root) if told else ""
    for node in told:
        paragraphs = _paragraphs(node.get("articleBody"))[:_MOST]
        length = sum(map(len, paragraphs))
        if length < _FEWEST or length < _MANY * len(printed) or paragraphs[0][:_OPENING] in printed:
            continue
        if str(node.get("isAccessibleForFree", True)).lower() != "false":
            _hang(tree, _paragraphs(node.get("headline"))[:1], paragraphs)
            return


def _hang(tree: PageTree, headline: list[str], paragraphs: list[str]) -> None:
    from lxml import etree

    heading = next(tree.root.iter("h1"), None)
    article = etree.Element("article")
    texts = [*(("h1", text) for text in headline if heading is None), *(("p", text) for text in paragraphs)]
    for tag, text in texts:
        etree.SubElement(article, tag).text = text
    if heading is not None:
        heading.addnext(article)
    else:
        tree.root.append(article)
    tree.elements.extend(article.iter())


def _paragraphs(text: object) -> list[str]:
    """The paragraphs of a text that may be markup, without their tags."""
    if not isinstance(text, str):
        return []
    parts = (html.unescape(TAG.sub(" ", part)) for part in _BREAK.split(html.unescape(text)))
    return [words for part in parts if (words := " ".join(clean(part).split()))]


def _nodes(data: object, budget: list[int], depth: int) -> Iterator[dict[str, Any]]:
    budget[0] -= 1
    if depth > _DEEPEST or budget[0] < 0:
        return
    if isinstance(data, dict):
        yield data
        for key in ("@graph", "mainEntity", "mainEntityOfPage", "itemListElement"):
            if isinstance(data.get(key), dict | list):
                yield from _nodes(data[key], budget, depth + 1)
    elif isinstance(data, list):
        for item in data:
            yield from _nodes(item, budget, depth + 1)

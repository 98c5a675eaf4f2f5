"""The main content by trafilatura, found again among the page's lines."""

import logging
import re
from collections.abc import Iterable

from publisher.model.characters import normal
from publisher.reading.html.lines import PageLine
from publisher.reading.html.tree import Element

_WORD = re.compile(r"\w+")
_SHINGLE = 4
_SHARE = 0.75
"""How much of a line's word sequences must be in the extracted text for the line to be; what is missing is what
trafilatura prunes inside a paragraph."""


def extract(root: Element) -> list[str]:
    """The texts of the blocks that trafilatura takes for the main content, in order; empty when it finds none.

    The tree is used up.
    """
    import trafilatura

    for logger in ("trafilatura", "htmldate", "justext", "courlan"):
        # Their remarks on odd pages are for developers; ours go with the article.
        logging.getLogger(logger).addHandler(logging.NullHandler())
    document = trafilatura.bare_extraction(
        root, include_comments=False, include_tables=True, include_formatting=False, with_metadata=False
    )
    body = getattr(document, "body", None)
    return [] if body is None else list(_texts(body))


def _texts(body: Element) -> Iterable[str]:
    """The text of each innermost block."""
    words: list[str] = []
    for event, element in _walk(body):
        if event == "block":
            if text := "".join(words).strip():
                yield text
            words = []
        elif event == "text":
            words.append(element)
    if text := "".join(words).strip():
        yield text


def _walk(element: Element) -> Iterable[tuple[str, Element]]:
    if element.tag in ("p", "head", "item", "list", "quote", "cell", "row", "table", "lb", "code", "body"):
        yield "block", element
    if element.text:
        yield "text", element.text
    for child in element:
        yield from _walk(child)
        if child.tag in ("p", "head", "item", "list", "quote", "cell", "row", "table", "lb", "code"):
            yield "block", child
        if child.tail:
            yield "text", child.tail


def mark_extracted(lines: list[PageLine], texts: list[str]) -> set[int]:
    """The numbers of the lines whose words are in the extracted texts."""
    whole = {_key(text) for text in texts}
    shingles = {shingle for text in texts for shingle in _shingles(_words(text))}
    found = set()
    for line in lines:
        if not line.text:
            continue
        words = _words(line.text)
        if _key(line.text) in whole:
            found.add(line.number)
        elif len(words) > _SHINGLE:
            own = _shingles(words)
            if sum(shingle in shingles for shingle in own) >= _SHARE * len(own):
                found.add(line.number)
    return found


def _key(text: str) -> str:
    return " ".join(_words(text))


def _words(text: str) -> list[str]:
    return _WORD.findall(normal(text).casefold())


def _shingles(words: list[str]) -> list[tuple[str, ...]]:
    return [tuple(words[at : at + _SHINGLE]) for at in range(max(1, len(words) - _SHINGLE + 1))]

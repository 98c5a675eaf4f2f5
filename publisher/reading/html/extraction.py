"""The main content by trafilatura, found again among the page's lines."""

import copy
import logging
import re
from collections import Counter
from collections.abc import Iterable

from publisher.model.characters import normal
from publisher.reading.html.destinations import INLINE
from publisher.reading.html.lines import STOPS, PageLine
from publisher.reading.html.tree import Element, PageTree

_WORD = re.compile(r"\w+")
_SHINGLE = 4
_SHARE = 0.75
"""How much of a line's word sequences must be in the extracted text for the line to be; what is missing is what
trafilatura prunes inside a paragraph."""

_WIDE = 1_000
"""Elements in one, from which its time grows with their square where they are words of a line."""

_UNREAD = ("head", "nav", "noscript", "picture", "img", "source", "video", "map", "menu")
"""Elements in which trafilatura finds no text, looking for them one by one and again at each step."""

_LISTED = 5
_TOLD_WORDS = 8
"""How many links make a list of them, and the words of a line that tells something besides."""

_OVERLOOKED, _OVERLOOKED_SHARE = 3, 0.4
"""Paragraphs of one element, and their words against those found, that show that the text is elsewhere too."""


def find_extracted(tree: PageTree, lines: list[PageLine]) -> set[int]:
    """The numbers of the lines that trafilatura takes for the main content; empty when it finds none.

    It is given a copy of the page without lists of links: its time grows with the elements, and theirs are the most.
    What it then takes can lack a part of the text, for it goes on to look for more on a page of which it has little:
    where paragraphs that stand together are left out, it is asked once more, with the whole page and the other
    extractors that it knows. Either may miss what the other finds.
    """
    found = mark_extracted(lines, extract(_without_lists(tree, lines), fast=True))
    if not found or _overlooks(lines, found):
        found |= mark_extracted(lines, extract(copy.deepcopy(tree.root)))
    return found


def extract(root: Element, fast: bool = False) -> list[str]:
    """The texts of the blocks that trafilatura takes for the main content, in order; empty when it finds none.

    ``fast`` leaves out the other extractors. The tree is used up.
    """
    import trafilatura
    from lxml import etree

    for logger in ("trafilatura", "htmldate", "justext", "courlan"):
        # Their remarks on odd pages are for developers; ours go with the article.
        logging.getLogger(logger).addHandler(logging.NullHandler())
    etree.strip_elements(root, *_UNREAD, with_tail=False)
    if any(len(element) > _WIDE for element in root.iter()):
        etree.strip_tags(root, *(INLINE - {"br"}))
        for element in root.iter():
            element.text, element.tail = element.text, element.tail  # What is one text is one node again.
    document = trafilatura.bare_extraction(
        root, fast=fast, include_comments=False, include_tables=True, include_formatting=False, with_metadata=False
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


def _without_lists(tree: PageTree, lines: list[PageLine]) -> Element:
    """A copy of the page without the elements that hold several links and no line that tells anything."""
    links: Counter[Element] = Counter()
    telling: set[Element] = set()
    for line in lines:
        if line.linked > 0.5:
            links.update(line.ancestors)
        elif line.words >= _TOLD_WORDS or line.within("h1") is not None:
            telling.update(line.ancestors)
    lists = {element for element, count in links.items() if count >= _LISTED and element not in telling}
    copied = copy.deepcopy(tree.root)
    for twin in [twin for own, twin in zip(tree.root.iter(), copied.iter(), strict=True) if own in lists]:
        twin.clear(keep_tail=True)
    return copied


def _overlooks(lines: list[PageLine], found: set[int]) -> bool:
    """Whether an element has several paragraphs that were not found, against those that were."""
    words, unfound, paragraphs = 0, Counter[Element](), Counter[Element]()
    for line in lines:
        if line.words < _TOLD_WORDS or line.linked > 0.5 or not line.text.endswith(STOPS):
            continue
        if line.number in found:
            words += line.words
        elif line.kind == "text":
            around = line.element.getparent()
            unfound[around] += line.words
            paragraphs[around] += 1
    return any(
        paragraphs[around] >= _OVERLOOKED and count >= _OVERLOOKED_SHARE * words for around, count in unfound.items()
    )


def mark_extracted(lines: list[PageLine], texts: list[str]) -> set[int]:
    """The numbers of the lines whose words are in the extracted texts."""
    extracted = [_words(normal(text)) for text in texts]
    whole = set(map(" ".join, extracted))
    shingles = {shingle for words in extracted for shingle in _shingles(words)}
    found = set()
    for line in lines:
        if not line.text:
            continue
        words = _words(line.text)
        if " ".join(words) in whole:
            found.add(line.number)
        elif len(words) > _SHINGLE:
            own = _shingles(words)
            if sum(shingle in shingles for shingle in own) >= _SHARE * len(own):
                found.add(line.number)
    return found


def _words(text: str) -> list[str]:
    """The words of a text in NFC, as those of lines are."""
    return _WORD.findall(text.casefold())


def _shingles(words: list[str]) -> list[tuple[str, ...]]:
    return [tuple(words[at : at + _SHINGLE]) for at in range(max(1, len(words) - _SHINGLE + 1))]

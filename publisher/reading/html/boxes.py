"""Boxes of other articles: small elements that a label known by its words heads, with or without links in them."""

from publisher.reading.html.page import WebPage
from publisher.reading.html.tree import Element
from publisher.reading.vocabulary.captions import caption_credit

_MOST_LINES = 14
_HEADLINE_WORDS = 4
_MOST_WORDS = 30


def find_boxes(page: WebPage) -> None:
    """Have the page know the lines in such boxes: headlines by their looks, and the pictures with them."""
    found: set[int] = set()
    for index, line in enumerate(page.lines):
        seen = page.feature(line)
        invites = seen is not None and seen.furniture and not line.linked and seen.key in page.vocabulary.cues
        known = seen is not None and (seen.label or invites)
        box = _box(page, index) if known and not page.framed(line) else None
        if box is None:
            continue
        below = range(index + 1, page.spans[box][1] + 1)
        worded = [i for i in below if page.lines[i].kind == "text" and page.lines[i].text]
        if worded and all(_is_headline(page, i) for i in worded):
            found.update(worded)
            found.update(i for i in below if page.lines[i].kind == "picture")
    page.boxed = frozenset(found)


def _box(page: WebPage, index: int) -> Element | None:
    """The largest small element that a label's line is the first of."""
    box: Element | None = None
    for element in page.lines[index].ancestors:
        first, last = page.spans[element]
        if (
            element is page.article
            or last - first > _MOST_LINES
            or any(page.lines[i].text for i in range(first, index))
        ):
            break
        if last > index:
            box = element
    return box


def _is_headline(page: WebPage, index: int) -> bool:
    line, seen = page.lines[index], page.feature(page.lines[index])
    if seen is None or seen.furniture or seen.ended or seen.date or seen.meta:
        return False
    return _HEADLINE_WORDS <= line.words <= _MOST_WORDS and not caption_credit(line.text, page.vocabulary)

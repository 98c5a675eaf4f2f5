"""The standfirst: lines set apart between the headline and the text."""

from publisher.model.article import fold_headline
from publisher.reading.html.classes import classes
from publisher.reading.html.lines import PageLine
from publisher.reading.html.page import HEADINGS, WebPage

_WORDS = (8, 140)
_VIETNAMESE_WORDS = 130
_HEADING_WORDS = 12
_WIDEST = 5
"""Lines: an element with more holds other things than a standfirst."""


def choose_standfirst(page: WebPage, body: list[int], pictured: set[int], top: int) -> list[int]:
    """The indices of the standfirst's lines: marked up as one, described as one, or set apart by the language's press.

    ``body`` are the lines of the text, which the standfirst may be among; ``pictured`` those that stand with pictures;
    ``top`` is the headline.
    """
    opening = body[:2]
    stop = opening[-1] if opening else min(top + 6, len(page.lines) - 1)
    candidates = [i for i in range(top + 1, stop + 1) if i not in pictured and not page.framed(page.lines[i])]
    found = _find(page, candidates)
    rest = [i for i in body if i not in found and page.prose(page.lines[i])]
    if found and (found[0] not in body or len(rest) > 1):
        return found
    if page.language.startswith("vi") and len(body) > 2:
        line = page.lines[body[0]]
        if page.prose(line) and line.words <= _VIETNAMESE_WORDS and not line.text.endswith(":"):
            return [body[0]]
    return []


def _find(page: WebPage, candidates: list[int]) -> list[int]:
    """The indices of the lines that are the standfirst, among lines under the headline up to the first paragraphs."""
    described = [fold_headline(text) for text in page.metadata.descriptions]
    hinted = [i for i in candidates if _may_stand_first(page, page.lines[i]) and _marked_first(page, page.lines[i])]
    if hinted:
        first = page.lines[hinted[0]]
        return [i for i in hinted if page.lines[i].element is first.element or _siblings(page.lines[i], first)]
    for i in candidates:
        line = page.lines[i]
        if _may_stand_first(page, line) and _describes(fold_headline(line.text), described) and _set_apart(page, line):
            return [i]
    for i in candidates:
        line = page.lines[i]
        if _may_stand_first(page, line) and line.within(*HEADINGS) is not None and line.words >= _HEADING_WORDS:
            return [i]
    return []


def _marked_first(page: WebPage, line: PageLine) -> bool:
    """Whether a small element around a line is called a standfirst, and no film's or product's description."""
    for element in line.ancestors[:3]:
        first, last = page.spans[element]
        if last - first > _WIDEST:
            return False
        if page.hints(element) & classes().film:
            return False
        if page.hints(element) & classes().standfirst:
            return True
    return False


def _siblings(line: PageLine, other: PageLine) -> bool:
    """Whether two lines stand side by side in one hinted element."""
    return line.element.getparent() is other.element.getparent() and line.element.tag == other.element.tag == "p"


def _may_stand_first(page: WebPage, line: PageLine) -> bool:
    seen = page.feature(line)
    low, high = _WORDS
    if seen is None or line.kind != "text" or line.hidden or line.linked > 0.5 or not low <= line.words <= high:
        return False
    return not (seen.furniture or seen.date) and line.within("li", "figure", "figcaption", "table") is None


def _describes(key: str, described: list[str]) -> bool:
    """Whether a line says what the page says of itself; either may be cut short."""
    return any(
        min(len(key), len(text)) > 40 and (key.startswith(text[:-4]) or text.startswith(key) or text in key)
        for text in described
    )


def _set_apart(page: WebPage, line: PageLine) -> bool:
    """Whether a line is set off from the text: in another element than its paragraphs, a heading, or all bold."""
    if page.article is None or page.article not in line.ancestors:
        return True
    if line.within(*HEADINGS) is not None or all(run.strong or run.emphasis for run in line.runs):
        return True
    return line.element.getparent() is not page.article and line.element.tag != "p"

"""The standfirst: lines set apart between the headline and the text."""

import re

from publisher.model.article import fold_headline
from publisher.reading.html.classes import classes
from publisher.reading.html.lines import PageLine
from publisher.reading.html.page import HEADINGS, WebPage
from publisher.reading.vocabulary.bylines import parse_byline
from publisher.reading.vocabulary.captions import caption_credit
from publisher.reading.vocabulary.dates import find_dates

_WORDS = (8, 140)
_VIETNAMESE_WORDS = 130
_HEADING_WORDS = 12
_ALONE_WORDS = 70
_FEWEST = 3
"""Words that a standfirst has at most which only its style shows, and the paragraphs of another style under it."""

_DATED_WORDS = 14
_SAID_AGAIN = 0.7
_SAME_START = 3
"""Words of a line that a date makes a note of when and by whom; how much of a standfirst the headline says too; and
how many first words show that a line is the headline in other words."""

_DATELINE = re.compile(r"[A-ZÀ-Þ][\w’'-]+(?:[ /][A-ZÀ-Þ][\w’'-]+){0,2}(?: \([^()]{2,20}\))? [–—-] (?=[A-ZÀ-Þ„“«\"])")
"""A place that opens a text (``Lenggries – Der …``, ``Lauenau. Am …``)."""

_WIDEST = 5
"""Lines: an element with more holds other things than a standfirst."""


def choose_standfirst(page: WebPage, body: list[int], pictured: set[int], top: int) -> list[int]:
    """The indices of the standfirst's lines: marked up as one, described as one, or set apart by the language's press.

    ``body`` are the lines of the text, which the standfirst may be among; ``pictured`` those that stand with pictures;
    ``top`` is the headline.
    """
    opening = body[:2]
    style = page.prevailing(page.lines[i] for i in body)
    stop = opening[-1] if opening else min(top + 6, len(page.lines) - 1)
    candidates = [i for i in range(top + 1, stop + 1) if i not in pictured and not page.framed(page.lines[i])]
    found = _find(page, candidates, style) or _apart(page, candidates) or _by_style(page, candidates, style, body)
    found = found or _over_signature(page, candidates, body) or _over_dateline(page, candidates, body)
    rest = [i for i in body if i not in found and page.prose(page.lines[i])]
    if found and (found[0] not in body or len(rest) > 1):
        return found
    if page.language.startswith("vi") and len(body) > 2:
        line = page.lines[body[0]]
        if page.prose(line) and line.words <= _VIETNAMESE_WORDS and not line.text.endswith(":"):
            return [body[0]]
    return []


def _find(page: WebPage, candidates: list[int], style: tuple[str, ...]) -> list[int]:
    """The indices of the lines that are the standfirst, among lines under the headline up to the first paragraphs."""
    described = [fold_headline(text) for text in page.metadata.descriptions]
    hinted = [i for i in candidates if _may_stand_first(page, page.lines[i]) and _marked_first(page, page.lines[i])]
    if len(hinted) > 1:
        # A mark that paragraphs of the text bear too is none.
        hinted = [i for i in hinted if page.style(page.lines[i]) != style]
    if hinted:
        first = page.lines[hinted[0]]
        return [i for i in hinted if page.lines[i].element is first.element or _siblings(page.lines[i], first)]
    for i in candidates:
        line = page.lines[i]
        if not (_may_stand_first(page, line) and _describes(fold_headline(line.text), described)):
            continue
        if _set_apart(page, line, style):
            return [i]
    for i in candidates:
        line = page.lines[i]
        if _may_stand_first(page, line) and line.within(*HEADINGS) is not None and line.words >= _HEADING_WORDS:
            return [i]
    return []


def _apart(page: WebPage, candidates: list[int]) -> list[int]:
    """The first line under the headline, if it is a sentence outside the text's element and a date is under it."""
    if page.article is None or not candidates or not _leads(page, page.lines[candidates[0]]):
        return []
    line, start = page.lines[candidates[0]], page.spans[page.article][0]
    outside = page.article not in line.ancestors and page.prose(line) and line.words <= _ALONE_WORDS
    dated = any(_dated(page, page.lines[i]) for i in range(candidates[0] + 1, start))
    return [candidates[0]] if outside and dated else []


def _by_style(page: WebPage, candidates: list[int], style: tuple[str, ...], body: list[int]) -> list[int]:
    """The first line that could be a standfirst, if its style tells it from the text; what follows it is none."""
    for i in candidates:
        if _leads(page, page.lines[i]):
            return [i] if _alone(page, i, style, body) else []
        if i in body:
            break
    return []


def _over_signature(page: WebPage, candidates: list[int], body: list[int]) -> list[int]:
    """The first line under the headline, if it is a sentence, and who wrote the text or when stands under it.

    Paragraphs of the text enough must follow, and neither stand above it.
    """
    for i in candidates:
        line = page.lines[i]
        if _dated(page, line) or _signed(page, line):
            return []
        if not _leads(page, line):
            continue
        rest = [at for at in body if at > i and page.prose(page.lines[at])]
        if len(rest) < _FEWEST or not page.prose(line) or line.words > _ALONE_WORDS:
            return []
        between = page.lines[i + 1 : rest[0]]
        return [i] if any(_dated(page, other) or _signed(page, other) for other in between) else []
    return []


def _over_dateline(page: WebPage, candidates: list[int], body: list[int]) -> list[int]:
    """The first paragraph, if the second opens with a place and a dash, as texts do, and the first does not."""
    prose = [i for i in body if page.prose(page.lines[i])]
    if len(prose) <= _FEWEST or prose[0] not in candidates or not _leads(page, page.lines[prose[0]]):
        return []
    first, second = (page.lines[i].text for i in prose[:2])
    return prose[:1] if _DATELINE.match(second) and not _DATELINE.match(first) else []


def _signed(page: WebPage, line: PageLine) -> bool:
    """Whether a line says who wrote the text, by a word or by its class."""
    if page.prose(line) or line.words > _DATED_WORDS or line.kind != "text":
        return False
    byline = parse_byline(line.text, page.vocabulary)
    return byline is not None and (byline.introduced or page.hinted(line, classes().author, 3))


def _leads(page: WebPage, line: PageLine) -> bool:
    """Whether a line can be a standfirst that nothing but its place and style shows to be one."""
    dated = line.words <= _DATED_WORDS and find_dates(line.text, page.vocabulary)
    if not _may_stand_first(page, line) or dated or line.linked or caption_credit(line.text, page.vocabulary):
        return False
    words = fold_headline(line.text).split()
    headline = fold_headline(page.lines[page.headline].text).split() if page.headline is not None else []
    again = len(set(words) & set(headline)) > _SAID_AGAIN * len(set(words))
    return not again and words[:_SAME_START] != headline[:_SAME_START]


def _alone(page: WebPage, index: int, style: tuple[str, ...], body: list[int]) -> bool:
    """Whether a line is alone in its style and apart from the paragraphs, in another element or before a picture."""
    own = page.style(page.lines[index])
    rest = [i for i in body if i > index and page.style(page.lines[i]) == style]
    if len(rest) < _FEWEST or page.lines[index].words > _ALONE_WORDS:
        return False
    if page.lines[index].is_bold and not any(page.lines[i].is_bold for i in rest if page.prose(page.lines[i])):
        return True
    if own == style:
        return False
    alike = sum(page.style(line) == own for line in page.lines[index : rest[-1]] if page.prose(line))
    paragraph, element = page.lines[rest[0]].element, page.lines[index].element
    among = element.tag == paragraph.tag and element.getparent() is paragraph.getparent()
    # A class of its own beside the others' is one; one besides theirs, or where they have none, is a large letter's.
    named, others = set((element.get("class") or "").split()), set((paragraph.get("class") or "").split())
    among = among and not (named and others and named.isdisjoint(others))
    parted = any(line.kind == "picture" or _dated(page, line) for line in page.lines[index + 1 : rest[0]])
    return alike <= 1 and (parted or not among)


def _dated(page: WebPage, line: PageLine) -> bool:
    seen = page.feature(line)
    return seen is not None and seen.date


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
    return (
        not (seen.furniture or seen.date or seen.meta)
        and line.within("figure", "figcaption") is None
        and (not page.listed(line) or page.alone_listed(line))
    )


def _describes(key: str, described: list[str]) -> bool:
    """Whether a line says what the page says of itself; either may be cut short."""
    return any(
        min(len(key), len(text)) > 40 and (key.startswith(text[:-4]) or text.startswith(key) or text in key)
        for text in described
    )


def _set_apart(page: WebPage, line: PageLine, style: tuple[str, ...]) -> bool:
    """Whether a line is set off from the text: in another style than its paragraphs, a heading, or all bold."""
    if page.article is None or page.article not in line.ancestors:
        return True
    if line.within(*HEADINGS) is not None or all(run.strong or run.emphasis for run in line.runs):
        return True
    return bool(style) and page.style(line) != style

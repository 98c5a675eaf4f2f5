"""How paragraphs and headings fall over the ends of pages: by the tag tree, which alone says what a paragraph is."""

from collections.abc import Iterable, Iterator

from publisher.checking.pdf.document import Pdf
from publisher.checking.pdf.structure import Content, Element, Structure
from publisher.checking.pdf.tally import Tally
from publisher.counting import counted
from publisher.model import Finding

HEADINGS = frozenset({"H", "H1", "H2", "H3", "H4", "H5", "H6"})
RUNNING = frozenset({"P", "LBody", "BlockQuote", "Note"})
"""What is set in lines that run on."""

DIVISIONS = frozenset({"Art", "Part", "Sect"})

SAME_LINE_PT = 3.0
"""How far apart the baselines of one line can be: superscripts, small figures."""


def find_in_file(pdf: Pdf, tally: Tally) -> Iterator[Finding]:
    """Widows, orphans and headings that were left behind."""
    structure = pdf.structure
    if structure is None:
        return
    for element in structure.elements:
        if element.kind in RUNNING and not any(kid.kind in RUNNING for kid in element.elements):
            yield from _single_lines(pdf, tally, element)
    yield from _stranded_headings(pdf, structure, tally)


def _single_lines(pdf: Pdf, tally: Tally, element: Element) -> Iterator[Finding]:
    contents = tuple(element.contents())
    if len({content.page for content in contents} - {None}) < 2:  # As most paragraphs.
        return
    by_page = _lines_by_page(tally, contents)
    if len(by_page) < 2:
        return
    pages = sorted(by_page)
    first, last = pages[0], pages[-1]
    if by_page[first] == 1:
        message = f"the first line of a paragraph is alone at the foot of the page ({_rest(by_page, first)} follow)"
        yield pdf.found("single-line", "warning", message, first, _words(tally, element))
    if by_page[last] == 1:
        message = f"the last line of a paragraph is alone at the head of the page ({_rest(by_page, last)} before it)"
        yield pdf.found("single-line", "warning", message, last, _words(tally, element))


def _rest(by_page: dict[int, int], page: int) -> str:
    return counted(sum(by_page.values()) - by_page[page], "line")


def _lines_by_page(tally: Tally, contents: Iterable[Content]) -> dict[int, int]:
    """How many lines of an element are on each page, from 0, by its contents there."""
    baselines: dict[int, list[float]] = {}
    for content in contents:
        if content.page is not None:
            baselines.setdefault(content.page, []).extend(line.baseline for line in tally.lines_in(content))
    return {page: _distinct(heights) for page, heights in baselines.items() if heights}


def _distinct(heights: list[float]) -> int:
    """How many lines there are among baselines."""
    number, last = 0, float("inf")
    for height in sorted(heights, reverse=True):
        if last - height > SAME_LINE_PT:
            number += 1
            last = height
    return number


def _stranded_headings(pdf: Pdf, structure: Structure, tally: Tally) -> Iterator[Finding]:
    texts = [content for top in structure.top for content in top.contents() if tally.lines_in(content)]
    for place, last in enumerate(texts[:-1]):
        after = texts[place + 1]
        if last.page is None or after.page is None or after.page <= last.page:
            continue
        heading = _heading_of(structure.owners[last])
        if heading is None or not _announces(heading, structure.owners[after]):
            continue
        first = next(content for content in texts if content.page == last.page)
        # A heading that also begins its page has it for itself, as a part's title may.
        if first in set(heading.contents()):
            continue
        if min(line.baseline for line in tally.lines_in(last)) <= tally.lowest[last.page] + SAME_LINE_PT:
            message = "the heading is the last line of its page"
            yield pdf.found("stranded-heading", "warning", message, last.page, _words(tally, heading))


def _heading_of(element: Element) -> Element | None:
    """The heading that an element is, or is part of."""
    around: Element | None = element
    while around is not None and around.kind not in HEADINGS:
        around = around.parent
    return around


def _announces(heading: Element, after: Element) -> bool:
    """Whether what follows belongs under the heading: not to another article, nor to another of its own rank."""
    following = _heading_of(after) or _labelled(after)
    if following is not None and following.kind <= heading.kind:
        return False
    return _division_of(heading) is _division_of(after)


def _labelled(element: Element) -> Element | None:
    """The heading in one box with an element, which stands over it as its label."""
    around = element
    while around.parent is not None and around.parent.kind not in DIVISIONS:
        beside = around.parent.elements
        below = beside[beside.index(around) + 1 :]
        if below and around is beside[0]:
            return below[0] if below[0].kind in HEADINGS else None
        around = around.parent
    return None


def _division_of(element: Element) -> Element | None:
    """The article, part or section that an element stands in."""
    around = element.parent
    while around is not None and around.kind not in DIVISIONS:
        around = around.parent
    return around


def _words(tally: Tally, element: Element) -> str | None:
    """The first words of an element."""
    return next((words for content in element.contents() if (words := tally.words_in(content))), None)

"""Where the article stands on its page: the element of its text, and its headline."""

from collections.abc import Callable
from itertools import chain
from typing import NamedTuple

from publisher.model.article import fold_headline
from publisher.reading.html.classes import classes
from publisher.reading.html.lines import PageLine
from publisher.reading.html.page import HEADINGS, WebPage
from publisher.reading.html.tree import Element
from publisher.reading.html.visibility import is_unseen

_SHARE = 0.8
"""How much of the article's words its innermost element holds: below it lie single paragraphs, above it the page."""

_FRAME_SHARE = 0.3
"""From this share of the article's words on, an element is no part of the frame whatever its class says."""

_LIKE = 0.6
"""How much of a title's words a line needs that is marked as a title, but is no ``h1``."""

_NEAR = 14

_ENTRY_WORDS = 20
_LINKED = 0.5
"""Words of running text that an entry has at least, and the share of links from which text is a teaser's."""


def find_article(page: WebPage) -> None:
    """Find the element of the article, by the words that trafilatura takes for content."""
    weights = _weights(page, lambda line: line.number in page.extracted and line.words > 7)
    if not weights:
        weights = _weights(page, lambda line: page.prose(line))
    if not weights:
        weights = _weights(page, lambda line: line.words > 2)
    if not weights:
        return
    total = max(weights.values())
    heavy = [element for element, weight in weights.items() if weight >= _SHARE * total]
    # The innermost is the one that holds the fewest lines; of nested ones with the same lines, the inner.
    inner = min(heavy, key=lambda e: (page.spans[e][1] - page.spans[e][0], -len(list(e.iterancestors()))))
    page.article = _with_its_like(page, inner)
    page.unframe((page.article, *page.article.iterancestors()))
    page.unframe(tuple(element for element, weight in weights.items() if weight >= _FRAME_SHARE * total))


def _with_its_like(page: WebPage, inner: Element) -> Element:
    """The element of all entries, where the text found is one entry of several alike: of a live report, of chapters.

    An entry with a first heading of its own is another article, and one whose text is links is a teaser.
    """
    for element in (inner, inner.getparent()):
        parent = element.getparent() if element is not None else None
        if parent is None or parent.tag in ("body", "html") or not element.get("class"):
            continue
        alike = [each for each in parent if each.tag == element.tag and each.get("class") == element.get("class")]
        told = [each for each in alike if each in page.spans and _tells(page, each)]
        if len(told) > 1 and all(each in told or each is element for each in alike if each in page.spans):
            return parent
    return inner


def _tells(page: WebPage, element: Element) -> bool:
    """Whether an element holds running text of its own, no first heading, and is no reader's comment."""
    first, last = page.spans[element]
    lines = page.lines[first : last + 1]
    if page.hints(element) & classes().closed or any(line.within("h1") is not None for line in lines):
        return False
    return sum(line.words for line in lines if page.prose(line) and line.linked < _LINKED) >= _ENTRY_WORDS


def _weights(page: WebPage, counts: Callable[[PageLine], bool]) -> dict[Element, int]:
    """The words of the counted lines in each element."""
    weights: dict[Element, int] = {}
    for line in page.lines:
        if line.kind == "picture" or line.linked > 0.5 or not line.text or not counts(line):
            continue
        words = line.words
        for element in line.ancestors:
            weights[element] = weights.get(element, 0) + words
    return weights


def find_headline(page: WebPage) -> None:
    """Find the line that is the headline: a heading, and what the page calls itself."""
    folded = [fold_headline(title) for title in page.metadata.titles]
    titles = [_Title(title, frozenset(title.split()), title is folded[-1]) for title in folded]
    if page.article is None:
        start, last = len(page.lines), len(page.lines)
    else:
        start, last = page.spans[page.article]
    best: tuple[float, int] | None = None
    for index, line in enumerate(page.lines[: last + 1]):
        score = _headline_score(page, line, titles)
        if score < 2:
            continue
        # Of equals the last before the text: above it the same words may stand in a path or a menu.
        near = index / 10_000 if index <= start + 3 else -index / 100
        if best is None or score + near > best[0]:
            best = (score + near, index)
    found = best[1] if best is not None else _headline_by_place(page, start)
    if found is not None:
        page.headline = found
        page.unframe(page.lines[found].ancestors)


def _headline_by_place(page: WebPage, start: int) -> int | None:
    """The line that heads the text on a page that says nothing of itself: a heading, or the text's first bold line."""
    least = max(-1, start - _NEAR)
    headings = [at for at in range(start - 1, least, -1) if page.lines[at].within(*HEADINGS) is not None]
    # Over the text a heading is rather its own than one that opens it.
    for index in chain(headings, range(min(start + 2, len(page.lines) - 1), least, -1)):
        line = page.lines[index]
        seen = page.feature(line)
        if seen is None or line.kind != "text" or not 3 < line.words <= 40 or page.prose(line) or page.framed(line):
            continue
        if seen.date or seen.label or seen.furniture or line.linked > 0.5:
            continue
        bold = all(run.strong for run in line.runs)
        if line.within(*HEADINGS) is not None or page.hinted(line, classes().title, 2) or bold:
            return index
    return None


class _Title(NamedTuple):
    """What the page calls itself, folded."""

    key: str
    words: frozenset[str]
    last: bool
    """Whether it is the browser's, which may go on with the outlet's name."""


def _headline_score(page: WebPage, line: PageLine, titles: list[_Title]) -> float:
    if not line.text or line.kind != "text" or line.words > 50:
        return 0.0
    heading = line.within("h1") is not None
    key = fold_headline(line.text)
    if not key:
        return 0.0
    likeness = max((_likeness(key, title) for title in titles), default=0.0)
    if not heading and likeness < _LIKE:
        return 0.0
    titled = page.hinted(line, classes().title, 2) or line.within("h2", "h3") is not None
    if not (heading or titled) and likeness < 1:
        return 0.0
    score = 5 * likeness if likeness >= 1 else 4 * likeness
    score += 3.0 if heading else 0.0
    score += 0.5 if titled else 0.0
    if line.linked > 0.5:
        score -= 3
    if page.framed(line):
        score -= 2
    if line.hidden or any(map(is_unseen, line.ancestors[:2])):
        score -= 4  # What is printed counts, though it be no first heading.
    return score - (1 if line.words < 3 else 0)


def _likeness(key: str, named: _Title) -> float:
    """How much of a line the page's title says, from 0 to 1."""
    title = named.key
    if key == title:
        return 1.0
    if named.last and key.count(" ") > 2 and (title.startswith(key + " ") or title.endswith(" " + key)):
        return 1.0
    if min(key.count(" "), title.count(" ")) > 3 and (key.startswith(title + " ") or title.startswith(key + " ")):
        return 0.95
    words = set(key.split())
    shared = len(words & named.words)
    return shared / max(len(words), 1) if shared > 2 or shared == len(words) else 0.0


def title_without_outlet(page: WebPage) -> str | None:
    """The page's own title, for a page that prints no headline."""
    if not page.metadata.titles:
        return None
    title = page.metadata.titles[0]
    for separator in (" | ", " - ", " – ", " — ", " :: ", " • "):
        head, _, tail = title.rpartition(separator)
        if head.count(" ") > 2 and (tail.count(" ") < 4 or tail.casefold() in page.metadata.outlets):
            return head.strip()
    return title

"""Where the article stands on its page, and what heads it: headline, kicker, standfirst, bylines, date."""

import datetime as dt

from publisher.model.article import fold_headline
from publisher.reading.dates import find_dates
from publisher.reading.html.classes import classes
from publisher.reading.html.page import Page
from publisher.reading.html.rendering import PageLine
from publisher.reading.html.tree import Element
from publisher.reading.names import Byline, parse_byline
from publisher.reading.words import fold, vocabulary

_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_SHARE = 0.8
"""How much of the article's words its innermost element holds: below it lie single paragraphs, above it the page."""

_FRAME_SHARE = 0.3
"""From this share of the article's words on, an element is no part of the frame whatever its class says."""

_STANDFIRST_WORDS = (8, 140)
_BYLINE_WORDS = 20
_NEAR = 14


def find_article(page: Page) -> None:
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
    page.article = min(heavy, key=lambda e: (page.spans[e][1] - page.spans[e][0], -len(list(e.iterancestors()))))
    page.unframe((page.article, *page.article.iterancestors()))
    page.unframe(tuple(element for element, weight in weights.items() if weight >= _FRAME_SHARE * total))


def _weights(page: Page, counts: object) -> dict[Element, int]:
    """The words of the counted lines in each element."""
    weights: dict[Element, int] = {}
    for line in page.lines:
        if line.kind == "picture" or line.linked > 0.5 or not line.text or not counts(line):  # type: ignore[operator]
            continue
        words = line.words
        for element in line.ancestors:
            weights[element] = weights.get(element, 0) + words
    return weights


def find_headline(page: Page) -> None:
    """Find the line that is the headline: a heading, and what the page calls itself."""
    titles = [fold_headline(title) for title in page.metadata.titles]
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
    if best is not None:
        page.headline = best[1]
        page.unframe(page.lines[best[1]].ancestors)


def _headline_score(page: Page, line: PageLine, titles: list[str]) -> float:
    if not line.text or line.kind != "text" or line.words > 50:
        return 0.0
    heading = line.within("h1") is not None
    key = fold_headline(line.text)
    if not key:
        return 0.0
    likeness = max((_likeness(key, title, last=title is titles[-1]) for title in titles), default=0.0)
    if not heading and likeness < 1:
        return 0.0
    score = 5 * likeness if likeness >= 1 else 4 * likeness
    score += 3.0 if heading else 0.0
    score += 0.5 if page.hinted(line, classes().title, 2) else 0.0
    if line.linked > 0.5:
        score -= 3
    if page.framed(line):
        score -= 2
    if line.hidden:
        score -= 2
    return score - (1 if line.words < 3 else 0)


def _likeness(key: str, title: str, last: bool) -> float:
    """How much of a line the page's title says, from 0 to 1; the browser's title may go on with the outlet's name."""
    if key == title:
        return 1.0
    if last and key.count(" ") > 2 and (title.startswith(key + " ") or title.endswith(" " + key)):
        return 1.0
    words, others = set(key.split()), set(title.split())
    shared = len(words & others)
    return shared / max(len(words), 1) if shared > 2 or shared == len(words) else 0.0


def title_without_outlet(page: Page) -> str | None:
    """The page's own title, for a page that prints no headline."""
    if not page.metadata.titles:
        return None
    title = page.metadata.titles[0]
    for separator in (" | ", " - ", " – ", " — ", " :: ", " • "):
        head, _, tail = title.rpartition(separator)
        if head.count(" ") > 2 and (tail.count(" ") < 4 or tail.casefold() in page.metadata.outlets):
            return head.strip()
    return title


class Header:
    """What heads the article, found around its first paragraphs."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.kicker: str | None = None
        self.standfirst: str | None = None
        self.bylines: tuple[str, ...] = ()
        self.agencies: list[str] = []
        self.published: dt.date | None = None
        self.updated: dt.date | None = None
        self.dateline: str | None = None
        self._people: list[str] = []

    def read(self, first: int, last: int) -> None:
        """Read what stands between the headline and the text, and the signatures under it.

        ``first`` and ``last`` are the indices of the text's first and last line.
        """
        headline = self.page.headline
        top = headline if headline is not None else first
        self._read_kicker(headline)
        for index in range(max(0, top - _NEAR), min(first + 3, len(self.page.lines))):
            self._read_date(index, top, first)
        above = range(max(0, top - _NEAR), min(first + 2, len(self.page.lines)))
        below = range(last + 1, min(last + _NEAR, len(self.page.lines)))
        for where in (above, below):
            if not self._people:
                for index in where:
                    self._read_marked(index)
        if not self._people and headline is not None:
            for index in range(headline + 1, first):
                self._read_unmarked(index, "byline.under-headline")
        if not self._people:
            self._read_signatures(below)
        if not self._people:
            self._read_far(first)
        self.bylines = tuple(self._people) or self._from_metadata() or tuple(self.agencies[:1])

    def _read_kicker(self, headline: int | None) -> None:
        if headline is None:
            return
        for line in reversed(self.page.lines[max(0, headline - 3) : headline]):
            if (
                line.text
                and line.words <= 8
                and self.page.hinted(line, classes().kicker)
                and not self.page.framed(line)
            ):
                self.kicker = line.text
                self.page.mark(line, "kicker", "html.kicker", 0.8)
                return

    def _read_date(self, index: int, top: int, first: int) -> None:
        line = self.page.lines[index]
        seen = self.page.feature(line)
        if seen is None or self.page.marked(line) or line.words > 25 or line.linked > 0.5:
            return
        stamped = line.within("time") is not None or any(element.tag == "time" for element in line.inner)
        hinted = self.page.hinted(line, classes().date) or any(
            self.page.hints(element) & classes().date for element in line.inner
        )
        if not (seen.date or stamped or hinted) or (index < top and not (seen.date and (stamped or hinted))):
            return
        hits = find_dates(line.text)
        if not hits:
            if seen.date or stamped:
                self.page.mark(line, "published", "html.date", 0.7)
            return
        late = any(word in line.text.casefold() for word in vocabulary().updated)
        if self.published is None and not (late and len(hits) == 1):
            self.published = hits[0].date
            self.dateline = line.text if seen.date else None
            self.updated = hits[1].date if len(hits) > 1 else self.updated
        elif self.updated is None:
            self.updated = hits[0].date
        if seen.date:
            self.page.mark(line, "published", "html.date", 0.9)

    def _can_sign(self, line: PageLine) -> bool:
        """Whether a line can be a signature at all."""
        seen = self.page.feature(line)
        if seen is None or line.kind != "text" or line.hidden or line.words > _BYLINE_WORDS:
            return False
        if seen.furniture or seen.label or seen.end or line.within(*_HEADINGS) is not None:
            return False
        return not self.page.marked(line) or self.page.marks[line.number].role == "published"

    def _read_marked(self, index: int) -> None:
        """Take the names of a line that the page marks as the author's, or of the part of it that is so marked."""
        page, line = self.page, self.page.lines[index]
        if not self._can_sign(line):
            return
        marked = page.hinted(line, classes().author)
        inner = [element for element in line.inner if page.hints(element) & classes().author]
        if not marked and not inner:
            return
        byline = parse_byline(line.text)
        if byline is None:
            text = " ".join("".join(inner[0].itertext()).split()) if inner else line.text
            byline = parse_byline(text) or _single_name(text)
        if byline is not None:
            self._sign(line, byline, "html.author", 0.9)

    def _read_unmarked(self, index: int, rule: str) -> bool:
        """Take the names of a line that can be nothing else; whether it was one."""
        page, line = self.page, self.page.lines[index]
        if not self._can_sign(line) or page.framed(line) or line.words > 14 or page.prose(line):
            return False
        byline = parse_byline(line.text)
        if byline is None or (line.linked > 0.5 and not byline.signed):
            return False
        return self._sign(line, byline, "byline.label" if byline.signed else rule, 0.7)

    def _read_signatures(self, below: range) -> None:
        """Take the signatures directly under the text; anything else ends them."""
        for index in below:
            line = self.page.lines[index]
            if not line.text or line.kind == "picture":
                continue
            if self.page.marked(line) and self.page.marks[line.number].role == "published":
                continue
            if not self._read_unmarked(index, "byline.after-body"):
                return

    def _sign(self, line: PageLine, byline: Byline, rule: str, confidence: float) -> bool:
        """Add a byline's names, and its date; whether it has any."""
        known = vocabulary().furniture
        people = [
            name
            for name in byline.people
            if name.casefold() not in self.page.metadata.outlets and not known.is_exact(fold(name))
        ]
        if not people and not byline.agencies:
            return False
        said = {name.casefold() for name in self._people}
        self._people += [name for name in people if name.casefold() not in said]
        self.agencies += byline.agencies
        self.page.mark(line, "byline", rule, confidence)
        if byline.when and self.published is None and (hits := find_dates(byline.when)):
            self.published = hits[0].date
            self.dateline = byline.when
        return True

    def _read_far(self, first: int) -> None:
        """Look further off for a line that the page marks as the author's, in the element around the article."""
        if self.page.article is None:
            return
        around = self.page.article.getparent()
        for index, line in enumerate(self.page.lines):
            near = (around is not None and around in line.ancestors) or first - 40 < index < first
            if near and self.page.hinted(line, classes().author, 2) and not self.page.framed(line) and line.words <= 8:
                self._read_marked(index)
                if self._people:
                    return

    def _from_metadata(self) -> tuple[str, ...]:
        """The people that the page names where no reader sees it."""
        found: list[str] = []
        for author in self.page.metadata.authors:
            byline = parse_byline(author) or parse_byline(f"By {author}")
            names = byline.people if byline else ()
            if not names and _is_staff(author):
                names = (author,)
            found += [name for name in names if name.casefold() not in self.page.metadata.outlets and name not in found]
        return tuple(found)


def _single_name(text: str) -> Byline | None:
    """The byline of a text that the page marks as a name, when it is one word and no code or button."""
    if " " in text.strip() or (text.isupper() and len(text) <= 4 and text not in ("PV", "CTV")):
        return None
    return parse_byline(f"By {text}")


def _is_staff(author: str) -> bool:
    """Whether an author without a name is somebody all the same: a staff reporter of an outlet."""
    words = fold(author).split()
    return 2 < len(words) <= 6 and words[-1] in vocabulary().roles and author[:1].isupper()


def find_standfirst(page: Page, candidates: list[int]) -> list[int]:
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
        if _may_stand_first(page, line) and line.within(*_HEADINGS) is not None and line.words > 11:
            return [i]
    return []


def _marked_first(page: Page, line: PageLine) -> bool:
    """Whether a small element around a line is called a standfirst, and no film's or product's description."""
    for element in line.ancestors[:3]:
        first, last = page.spans[element]
        if last - first > 5:
            return False
        if page.hints(element) & classes().film:
            return False
        if page.hints(element) & classes().standfirst:
            return True
    return False


def _siblings(line: PageLine, other: PageLine) -> bool:
    """Whether two lines stand side by side in one hinted element."""
    return line.element.getparent() is other.element.getparent() and line.element.tag == other.element.tag == "p"


def _may_stand_first(page: Page, line: PageLine) -> bool:
    seen = page.feature(line)
    low, high = _STANDFIRST_WORDS
    if seen is None or line.kind != "text" or line.hidden or line.linked > 0.5 or not low <= line.words <= high:
        return False
    return not (seen.furniture or seen.date) and line.within("li", "figure", "figcaption", "table") is None


def _describes(key: str, described: list[str]) -> bool:
    """Whether a line says what the page says of itself; either may be cut short."""
    return any(
        min(len(key), len(text)) > 40 and (key.startswith(text[:-4]) or text.startswith(key) or text in key)
        for text in described
    )


def _set_apart(page: Page, line: PageLine) -> bool:
    """Whether a line is set off from the text: in another element than its paragraphs, a heading, or all bold."""
    if page.article is None or page.article not in line.ancestors:
        return True
    if line.within(*_HEADINGS) is not None or all(run.strong or run.emphasis for run in line.runs):
        return True
    return line.element.getparent() is not page.article and line.element.tag != "p"

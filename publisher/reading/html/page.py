"""The page as the rules see it: its lines with their features, where its elements lie, what has been understood."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import takewhile

from publisher.model import Problem, Role
from publisher.reading.html.classes import classes
from publisher.reading.html.lines import PageLine, words_in
from publisher.reading.html.metadata import PageMetadata
from publisher.reading.html.tree import Element, words_of
from publisher.reading.trace import Trace
from publisher.reading.vocabulary import Vocabulary, fold
from publisher.reading.vocabulary.lines import Line
from publisher.reading.vocabulary.page import lay_out

_PARTS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")

_NAMED = 3
"""Words of a link that may be somebody's name, and no headline."""

_SIGNS = re.compile(r"[\W_]+")
_CLOSERS = frozenset("。！？」』”…：")
_NAMES = frozenset(("class", "id", "itemprop", "rel", "role", "data-component", "data-testid", "data-type"))
"""The attributes whose words tell what an element is."""

_POSTED = frozenset(("hentry", "type-post", "status-publish", "post-has-image"))
_FILED = ("tag-", "category-", "format-", "status-")
"""Classes that WordPress gives a post, and how those begin that only say what it is filed under."""

_IN_GRID = re.compile(r"\b(?:col|offset|pull|push|float)-(?:xs|sm|md|lg|xl|xxl|left|right|start|end)(?:-[\w-]*)?(?!\S)")
_ON_PAPER = re.compile(r"\b(?:(?:hidden|hide|no|not|visible|d|only)-?print|print-?(?:none|hidden|hide|only))\b")
"""Names of what is shown on a screen alone, or on paper alone: they do not say what it is."""

_WINDOWS = frozenset(("popup", "modal"))
_FRAME_TAGS = frozenset(("nav", "footer", "menu", "form"))


@dataclass(slots=True)
class WebPage:
    """One web page on its way to an article."""

    name: str
    lines: list[PageLine]
    """All lines, pictures without a description among them."""

    metadata: PageMetadata
    extracted: set[int]
    """The numbers of the lines that trafilatura takes for content."""

    trace: Trace
    vocabulary: Vocabulary
    """The words that its lines are understood by."""

    features: dict[int, Line] = field(default_factory=dict)
    """The text reader's view of each line, by number."""

    spans: dict[Element, tuple[int, int]] = field(default_factory=dict)
    """Each element's first and last line, as indices into ``lines``."""

    problems: list[Problem] = field(default_factory=list)
    article: Element | None = None
    """The innermost element that holds nearly all of the article's text."""

    headline: int | None = None
    """The index of the line that is the headline."""

    boxed: frozenset[int] = frozenset()
    """The lines of small boxes of other articles inside the article, by ``find_boxes``."""

    asking: frozenset[Element] = frozenset()
    """The elements that hold a field to fill in, however deep."""

    language: str = "und"
    fetched: bool = False
    """Whether the page came from the web by its address: then relative paths lead there, not to files beside it."""

    _hints: dict[Element, frozenset[str]] = field(default_factory=dict)
    _named: dict[str, frozenset[str]] = field(default_factory=dict)
    """The words of names met so far: a page says the same again and again."""

    _frames: dict[Element, bool] = field(default_factory=dict)

    def mark(self, line: PageLine, role: Role, rule: str, confidence: float) -> None:
        """Say what a line is; the last word counts."""
        if line.number:
            self.trace.mark(line.number, role, rule, confidence)

    def marked(self, line: PageLine) -> bool:
        """Whether something is known of the line."""
        return self.trace.role(line.number) is not None

    def feature(self, line: PageLine) -> Line | None:
        """The text reader's view of a line; None of one without words."""
        return self.features.get(line.number)

    def prose(self, line: PageLine) -> bool:
        """Whether a line is running text by its own looks, in scripts without spaces too."""
        seen = self.features.get(line.number)
        if seen is None:
            return False
        return seen.prose or (line.words > 8 and line.words > 2 * seen.words and line.text[-1] in _CLOSERS)

    def hints(self, element: Element) -> frozenset[str]:
        """The words in an element's class, identifier and the like, lower case: ``tac-gia`` is also ``tacgia``."""
        known = self._hints.get(element)
        if known is None:
            # Asking for all attributes at once costs less than asking for each of these.
            written = " ".join([value for name, value in element.items() if name in _NAMES])
            if written not in self._named:
                self._named[written] = _parts_of(written)
            known = self._hints[element] = self._named[written]
        return known

    def hinted(self, line: PageLine, words: frozenset[str], levels: int = 3) -> bool:
        """Whether one of the innermost elements of a line has one of the words in its class.

        An element that only wraps another one, without a name of its own, is not counted.
        """
        for position, element in enumerate(line.ancestors):
            hints = self.hints(element)
            if not words.isdisjoint(hints):
                return True
            first, last = self.spans[element]
            levels -= not position or bool(hints) or first != last
            if not levels:
                break
        return False

    def invites(self, line: PageLine) -> bool:
        """Whether a headline that is a link closes a line, and what stands before it introduces or labels links."""
        before = list(takewhile(lambda run: run.href is None, line.runs))
        link = line.runs[len(before) :]
        key = fold("".join(run.text for run in before))
        known = key in self.vocabulary.cues or self.vocabulary.labels.is_exact(key)
        return known and len({run.href for run in link}) == 1 and words_in("".join(run.text for run in link)) > _NAMED

    def without_counter(self, line: PageLine, text: str | None = None) -> str:
        """A line's text without the number of comments or views that an element of its own adds at the end."""
        text = line.text if text is None else text
        for element in reversed(line.inner):
            words = words_of(element)
            if words.isdigit() and self.hints(element) and text.endswith(words) and len(text) > len(words) + 8:
                text = text[: -len(words)].rstrip()
        return text

    def framed(self, line: PageLine) -> bool:
        """Whether a line stands in the page's frame: a menu, a footer, a form, buttons."""
        known = self._frames
        for element in line.ancestors:  # Asked of most lines, most often about the same elements.
            is_frame = known.get(element)
            if is_frame or (is_frame is None and self._is_frame(element)):
                return True
        return False

    def _is_frame(self, element: Element) -> bool:
        known = self._frames.get(element)
        if known is None:
            hints = self.hints(element)
            if hints & _WINDOWS and (element.tag == "a" or next(element.iterancestors("figure"), None) is not None):
                # A link or a picture may open in a window of the page's own: that says how it is seen, not what it is.
                hints -= _WINDOWS
            if element.tag in HEADINGS:
                # The identifier of a heading is made of its words, for links to lead to it.
                hints = frozenset((element.get("class") or "").lower().split())
            known = element.tag in _FRAME_TAGS or not hints.isdisjoint(classes().frame)
            self._frames[element] = known
        return known

    def named_frame(self, element: Element) -> bool:
        """Whether an element is taken for the frame by a name that holds of other things too."""
        if not self._is_frame(element) or element.tag in ("nav", "menu", "form"):
            return False
        return not self.hints(element) & classes().closed

    def unframe(self, elements: tuple[Element, ...]) -> None:
        """Take back that elements are the frame: the article itself stands in them."""
        for element in elements:
            self._frames[element] = False

    @staticmethod
    def style(line: PageLine) -> tuple[str, ...]:
        """What a style sheet sees of a line: the tags and classes of its element and of the one around it.

        Lines of one kind are alike in it, whatever the names say: a page that names nothing still sets its paragraphs
        in one style and its captions in another.
        """
        seen: list[str] = []
        for element in (line.element, line.element.getparent()):
            if element is not None:
                seen += (element.tag, element.get("class") or "")
        return tuple(seen)

    @staticmethod
    def alike(line: PageLine, style: tuple[str, ...]) -> bool:
        """Whether a line is set in a style, but for classes that it has more or fewer.

        Of paragraphs of one kind one opens with a large letter, and a box of them has a class of its own.
        """
        own = WebPage.style(line)
        if own == style or len(own) != len(style):
            return own == style
        (tag, said, outer, around), (tag2, said2, outer2, around2) = own, style
        if (tag, outer) != (tag2, outer2):
            return False
        shared = set(said.split()) & set(said2.split())
        beside = around == around2 or bool(set(around.split()) & set(around2.split()))
        return bool(shared) or (beside and not (said and said2))

    @staticmethod
    def prevailing(lines: Iterable[PageLine]) -> tuple[str, ...]:
        """The style that most words of the lines are set in; empty without lines."""
        words: Counter[tuple[str, ...]] = Counter()
        for line in lines:
            words[WebPage.style(line)] += line.words
        return max(words, key=lambda style: words[style], default=())

    def listed(self, line: PageLine) -> bool:
        """Whether a line stands in an item of a list, and of no list that lays the page out, headline and all."""
        item = line.within("li")
        return item is not None and (self.headline is None or item not in self.lines[self.headline].ancestors)

    @staticmethod
    def alone_listed(line: PageLine) -> bool:
        """Whether a line's list has no other item: then it lists nothing."""
        item = line.within("li")
        around = item.getparent() if item is not None else None
        return around is not None and sum(each.tag == "li" for each in around) == 1

    def common(self, *lines: PageLine) -> Element | None:
        """The innermost element that holds all of the lines."""
        first, *rest = lines
        for element in first.ancestors:
            if all(element in line.ancestors for line in rest):
                return element
        return None


def shape_of(element: Element) -> tuple[str, str | None]:
    """What tells an element from others beside it: its tag and class."""
    return element.tag, element.get("class")


def _parts_of(names: str) -> frozenset[str]:
    """The words that names are made of, lower case; of a WordPress post those besides what it is filed under."""
    if not _POSTED.isdisjoint(own := names.split()):
        names = " ".join(name for name in own if not name.startswith(_FILED))
    # They say where they are shown, and nothing of what they are.
    names = _IN_GRID.sub("", _ON_PAPER.sub("", names))
    parts = [*_PARTS.findall(names), *(_SIGNS.sub("", name) for name in names.split())]
    return frozenset(part.lower() for part in parts)


def lay_out_page(
    name: str, lines: list[PageLine], metadata: PageMetadata, extracted: set[int], known: Vocabulary
) -> WebPage:
    """The page of its lines."""
    printed = [line.text for line in lines if line.text]
    features = {line.number: line for line in lay_out(printed, known).lines}
    page = WebPage(
        name=name,
        lines=lines,
        metadata=metadata,
        extracted=extracted,
        trace=Trace(printed),
        vocabulary=known,
        features=features,
    )
    for index, line in enumerate(lines):
        for element in line.ancestors:
            first, _ = page.spans.get(element, (index, index))
            page.spans[element] = (first, index)
    return page

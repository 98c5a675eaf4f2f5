"""The lines of a page that are links and may lead to other articles."""

import re
from bisect import bisect_left
from itertools import islice
from urllib.parse import urlsplit

from publisher.model.article import fold_headline
from publisher.reading.html.classes import classes
from publisher.reading.html.lines import STOPS, PageLine, width_of, words_in
from publisher.reading.html.metadata import absolute
from publisher.reading.html.page import HEADINGS, WebPage
from publisher.reading.html.tree import Element
from publisher.reading.vocabulary import Vocabulary
from publisher.reading.vocabulary.dates import date_line

_SHARERS = re.compile(
    r"(?:facebook|twitter|x|t|wa|linkedin|pinterest|whatsapp|telegram|reddit|zalo|youtube|instagram|tiktok|google)\.(?:com|me|vn|net)$",
)
_PERSON = re.compile(r"/@[\w.-]+/?$")
_COUNTED = re.compile(
    r"(?<=[?&])(?:(?:utm|itm|int|mtm|pk|at)_\w+|fbclid|gclid|dclid|msclkid|xtor|zarsrc|icid|intcmp)=[^&]*&?",
    re.IGNORECASE,
)
LONG = 20
"""Characters from which a link's words can be a headline by themselves."""

MOST_LINES = 10
"""Of a card."""

HEADLINE_WORDS = 4
_MOST_WORDS = 30
_FEWEST = 3
_MOST_OTHERS = 6
"""Words of a headline, how many of them show that what holds them is a list of articles, whatever it is called, and
the lines for each: a date, a rubric, a summary."""

_FEW_OTHERS = 3
"""And the places that the element's links lead to for each, where nothing but their length shows what they are."""

_BARE_WORDS, _BARE_SYLLABLES = 5, 8
"""Words of a headline that stands without a picture, a summary, a date or a label."""

_WIDEST_ENTRY = 34
"""Characters of the longest entries of menus: terms, offers, addresses."""

_FOOTER = {"footer"}
"""What the end of a text's own element is called, too."""

_BESIDE = 2
"""Lines between a picture and the headline that says the same, at most one other."""

_EXTRA = 40
"""Characters of what only dates or counts a link."""


class Links:
    """Where the lines of a page lead, by their indices.

    ``body`` are the indices of the lines that are text of the article, its headline or its pictures; ``first`` and
    ``last`` bound the article, headline included.
    """

    def __init__(self, page: WebPage, body: set[int], first: int, last: int) -> None:
        self.page = page
        self.body = body
        self.first = first
        self.last = last
        self._refute_frames()
        self.texts: dict[int, str] = {}
        """The words of the link in a line that says more than its link."""

        self.summaries = self._summaries()
        """What is said behind the link in a line, of those that are a headline and its summary."""

        targets = ((i, self._target(i, page.lines[i])) for i in range(first, len(page.lines)))
        self.targets = {i: target for i, target in targets if target}
        """Addresses; of what only a program follows, something that is not the same for any two."""

        self.targets |= self._pictured()
        self.targets |= self._unlinked()
        self.targets |= self._unaddressed()
        headed = {i for i in self.targets if self.headed(page.lines[i])}
        long = {i for i in self.targets if width_of(self.text(i)) >= LONG}
        self.long = long | {i for i in headed if not self._is_rubric(i, headed)}
        """The lines that can be headlines, by their length or because they are headings."""

        self._long_sorted = sorted(self.long)
        self._holds: dict[Element, frozenset[str]] = {}

    def _refute_frames(self) -> None:
        """Take back that elements are the frame which hold headlines: what only a name says, they refute.

        A footer of the article, or a column that is not printed, lists other articles as often as it holds buttons.
        """
        page = self.page
        held: dict[Element, list[PageLine]] = {}
        framing: dict[Element, bool] = {}
        for line in page.lines[self.first :]:
            if line.kind == "text" and (line.linked > 0.5 or line.within(*HEADINGS) is not None):
                for element in line.ancestors:
                    if element not in framing:
                        framing[element] = element.tag == "nav" or page.named_frame(element)
                    if framing[element]:
                        held.setdefault(element, []).append(line)
        for element, lines in held.items():
            headed = sum(line.words >= HEADLINE_WORDS and self.headed(line) for line in lines)
            bare = sum(self.reads_as_headline(line) for line in lines)
            places = len({line.href for line in lines})
            few = headed * _MOST_OTHERS >= len(lines) or bare * _FEW_OTHERS >= places
            if (max(headed, bare) >= _FEWEST or self._lists(element, bare)) and few:
                page.unframe((element,))

    def _lists(self, element: Element, bare: int) -> bool:
        """Whether a few headlines stand in a footer in the midst of the text, or under a label known by its words."""
        first, last = self.page.spans[element]
        if not bare or self.page.hints(element) & classes().frame != _FOOTER:
            return False
        if self.first < first and last < self.last:
            return True
        seen = (self.page.feature(line) for line in self.page.lines[first : last + 1])
        return first > self.last and any(each is not None and each.label for each in seen)

    def reads_as_headline(self, line: PageLine) -> bool:
        """Whether a line is as long as headlines are, and longer than the entries of menus."""
        return line.words >= self.fewest_words and width_of(line.text) > _WIDEST_ENTRY

    @property
    def fewest_words(self) -> int:
        """Words of a headline that stands bare: in Vietnamese each syllable is one."""
        return _BARE_SYLLABLES if self.page.language.startswith("vi") else _BARE_WORDS

    def _pictured(self) -> dict[int, str]:
        """The targets of pictures that the headline beside each says again: theirs, however else the link is written.

        It may say where on the page it was followed.
        """
        lines = self.page.lines
        pictures = (i for i in self.targets if lines[i].kind == "picture" and lines[i].words >= HEADLINE_WORDS)
        beside = (
            (i, other) for i in pictures for other in range(i - _BESIDE, i + _BESIDE + 1) if other in self.targets
        )
        return {
            i: self.targets[other]
            for i, other in beside
            if lines[other].kind == "text" and fold_headline(lines[other].text) == fold_headline(lines[i].text)
        }

    def _unlinked(self) -> dict[int, str]:
        """The targets of headings that are no links, by a button in the small box of each: ``Read more``."""
        page = self.page
        found: dict[int, str] = {}
        for index in range(self.last + 1, len(page.lines)):
            line = page.lines[index]
            heading = line.within(*HEADINGS)
            if heading is None or line.linked or line.words < HEADLINE_WORDS or page.framed(line):
                continue
            for element in line.ancestors:
                first, last = page.spans[element]
                if last - first >= MOST_LINES:
                    break
                links = [i for i in range(first, last + 1) if i in self.targets]
                if not links:
                    continue
                headed = {page.lines[i].within(*HEADINGS) for i in range(first, last + 1)} - {None}
                leads = {self.targets[i] for i in links}
                buttons = all(page.lines[i].words < HEADLINE_WORDS for i in links if page.lines[i].kind == "text")
                if len(leads) == 1 and headed == {heading} and buttons:
                    found[index] = leads.pop()
                break
        return found

    def _unaddressed(self) -> dict[int, str]:
        """What stands for the targets of headlines whose links a program follows, and which say nowhere to where.

        They are known by their like: several headings or links of one style, outside the text; or by the label of the
        box that they stand in.
        """
        page = self.page
        alike: dict[tuple[str, ...], list[int]] = {}
        for index in range(self.first, len(page.lines)):
            line = page.lines[index]
            seen = page.feature(line)
            if seen is None or index in self.body or line.kind != "text" or line.linked or page.framed(line):
                continue
            if seen.furniture or seen.label or not HEADLINE_WORDS <= line.words <= _MOST_WORDS or seen.ended:
                continue
            if (line.within("a", *HEADINGS) is not None or page.hinted(line, classes().title, 1)) and index > self.last:
                alike.setdefault(page.style(line), []).append(index)
        lists = (indices for indices in alike.values() if len(indices) >= _FEWEST and not any(map(self._led, indices)))
        boxed = (
            index
            for index in page.boxed
            if self.first <= index and index not in self.body and page.lines[index].kind == "text"
            if not page.lines[index].linked and not self._led(index)
        )
        return {index: f"#{index}" for index in (*(i for indices in lists for i in indices), *boxed)}

    def _summaries(self) -> dict[int, str]:
        """The sentences behind the links that open lines under the text, several alike."""
        page = self.page
        alike: dict[tuple[str, ...], dict[int, str]] = {}
        for index in range(self.last + 1, len(page.lines)):
            line = page.lines[index]
            if line.kind != "text" or not line.linked or line.runs[0].href is None or index in self.body:
                continue
            link = "".join(run.text for run in line.runs if run.href is not None).strip()
            said = line.text.removeprefix(link).strip(" :|–—-")
            longer = words_in(link) >= self.fewest_words and words_in(said) >= self.fewest_words
            if longer and line.text.startswith(link) and said.endswith(STOPS):
                alike.setdefault(page.style(line), {})[index] = said
        return {index: said for found in alike.values() if len(found) > 1 for index, said in found.items()}

    def _led(self, index: int) -> bool:
        """Whether a link stands with a line in its element or the one around it."""
        return any(
            first <= i <= last
            for element in self.page.lines[index].ancestors[1:3]
            for first, last in (self.page.spans[element],)
            for i in range(first, min(last, first + MOST_LINES) + 1)
            if i in self.targets
        )

    def _target(self, index: int, line: PageLine) -> str | None:
        """Where a line leads, when all of it is one link that may lead to an article."""
        href = line.href if line.kind in ("text", "picture") else None
        if href is None and line.kind == "text" and (line.linked > 0.3 or index in self.summaries):
            href = self._main_link(index, line)
        if href is None or index in self.body or href.startswith("#") or self.page.framed(line) or _PERSON.search(href):
            return None
        url = absolute(href, self.page.metadata.base)
        if url is None:
            # A saved page without any address of its own: a relative link still shows that this is a headline.
            outside = re.match(r"^[a-z][a-z0-9+.-]*:|^//", href, re.IGNORECASE)
            return _plain(href) if not outside and len(href) > 1 else None
        parts = urlsplit(url)
        if _SHARERS.search(parts.netloc.removeprefix("www.")) or (parts.path in ("", "/") and not parts.query):
            return None
        return _plain(url)

    def _main_link(self, index: int, line: PageLine) -> str | None:
        """Where the one link of a line leads that holds besides only a date, a number, or words such as Read more."""
        linked = [run for run in line.runs if run.href is not None and run.text.strip()]
        # How many comments there are is said by a link to them.
        linked = [run for run in linked if not run.text.strip(" ()").isdigit()] or linked
        if len({run.href for run in linked}) != 1:
            return None
        text = "".join(run.text for run in linked).strip()
        before, _, after = line.text.partition(text)
        seen = self.page.feature(line)
        cued = seen is not None and seen.cue is not None and not after.strip(" .)]")
        if (
            not cued
            and line.introduced is None
            and not self.page.invites(line)
            and index not in self.summaries
            and not all(_is_extra(beside, self.page.vocabulary) for beside in (before, after))
        ):
            return None
        self.texts[index] = text
        return linked[0].href

    def text(self, index: int) -> str:
        """The words of the link in a line."""
        return self.texts.get(index, self.page.lines[index].text)

    def headed(self, line: PageLine) -> bool:
        """Whether a link's line is marked as a heading or title; a single word is none."""
        return line.words > 1 and (line.within(*HEADINGS) is not None or self.page.hinted(line, classes().title, 2))

    def _is_rubric(self, index: int, headed: set[int]) -> bool:
        """Whether the few words of a heading stand over another one, in an element that holds no third link."""
        page, line, below = self.page, self.page.lines[index], index + 1
        if line.words >= HEADLINE_WORDS or below not in headed or page.lines[below].words < HEADLINE_WORDS:
            return False
        shared = page.common(line, page.lines[below])
        first, last = page.spans[shared] if shared is not None else (0, len(page.lines))
        inside = {self.targets[i] for i in range(first, min(last, first + MOST_LINES) + 1) if i in self.targets}
        return last - first < MOST_LINES and inside == {self.targets[index], self.targets[below]}

    def leads(self, element: Element) -> frozenset[str]:
        """Where the headline-like links in an element lead; at most two are told apart."""
        known = self._holds.get(element)
        if known is None:
            first, last = self.page.spans[element]
            found: set[str] = set()
            for i in islice(self._long_sorted, bisect_left(self._long_sorted, first), None):
                if i > last or len(found) > 1:
                    break
                found.add(self.targets[i])
            known = frozenset(found)
            self._holds[element] = known
        return known


def _plain(address: str) -> str:
    """An address without the place on its page, and without what counts who followed it from where."""
    return _COUNTED.sub("", address.split("#")[0]).rstrip("?&")


def _is_extra(text: str, known: Vocabulary) -> bool:
    """Whether words beside a link only date or count it."""
    text = text.strip(" ()[]|•·-–—»›>:,.\t")
    return not text or (len(text) < _EXTRA and (date_line(text, known) or not any(c.isalpha() for c in text)))

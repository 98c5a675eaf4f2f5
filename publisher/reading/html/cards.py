"""Links to other articles: lists under a label, cards with picture, headline and summary, links between paragraphs."""

import datetime as dt
import re
from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain, islice

from publisher.model import Placement
from publisher.model.article import fold_headline
from publisher.reading.html.classes import classes
from publisher.reading.html.labels import ListLabels
from publisher.reading.html.lines import PageLine, width_of, words_in
from publisher.reading.html.links import HEADLINE_WORDS, LONG, MOST_LINES, Links
from publisher.reading.html.page import HEADINGS, WebPage, shape_of
from publisher.reading.html.tree import Element, words_of
from publisher.reading.html.wording import headline_in, names_of, signs
from publisher.reading.vocabulary import fold
from publisher.reading.vocabulary.captions import credit_alone
from publisher.reading.vocabulary.dates import date_line, find_dates

_TYPICAL = 26
"""The middle length of the headlines in a list; menus have shorter entries."""

_TITLE_WORDS = 3
"""Words from which a heading under a known label is a headline, however short: magazines have such."""

_LONG_TITLE = 45
"""Characters of a headline that is told by its length, though no word of it is small."""

_FAR_SHORTER = 2
"""How many times as many words headlines have as the link that is their list's label."""

_NEAR = 8
"""How many elements on either side of a card's tell whether a rubric is its own."""

_MOST_SUMMARY = 3
_RUBRIC_WORDS = 5
_HOUR_FIRST = re.compile(r"\d{1,2}(?:[:h]\d{2}|/\d{1,2}/\d{2,4})\s*[|·•–-]")
_DAY_IN_BRACKETS = re.compile(r"\s*\(([^()]{4,30})\)$")


@dataclass(slots=True)
class Card:
    """A link to another article with what stands around it."""

    element: Element
    headline: int
    """The index of its headline's line."""

    href: str
    lines: list[int]
    text: str = ""
    """The headline, when it is not the whole line."""

    summary: list[int] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    """The words of each of the summary's lines, without a day before them and a button behind them."""

    published: dt.date | None = None
    label: int | None = None
    """The index of the line it stands under."""

    sponsored: bool = False
    placement: Placement = "after"


def find_cards(page: WebPage, body: set[int], first: int, last: int) -> list[Card]:
    """The links to other articles on the page, in order.

    ``body`` are the indices of the lines that are text of the article, its headline or its pictures; ``first`` and
    ``last`` bound the article, headline included.
    """
    return _Finder(page, body, first, last).find()


class _Finder:
    def __init__(self, page: WebPage, body: set[int], first: int, last: int) -> None:
        self.page = page
        self.body = body
        self.first = first
        self.last = last
        self.links = Links(page, body, first, last)
        self.targets = self.links.targets
        self.labels = ListLabels(page, body)

    def find(self) -> list[Card]:
        cards: list[Card] = []
        done: set[int] = set()
        # A rubric that is a link is part of the card whose headline is a longer one.
        for index in sorted(self.targets, key=lambda i: (i not in self.links.long, i)):
            # What stands above the headline heads the page, not the article: today's news, a section's name.
            if index in done or index < self.first or self.page.lines[index].kind == "picture":
                continue
            card = self._card(index)
            if card is not None:
                cards.append(card)
                done.update(card.lines)
        cards = self._without_labels(self._without_menus(sorted(cards, key=lambda card: card.lines[0])))
        for card, label in zip(cards, self.labels.over([card.lines for card in cards]), strict=True):
            card.label = label
            self._place(card)
        return _once(self.page, cards)

    def _card(self, index: int) -> Card | None:
        """The card around a link: the largest element in which no other headline leads elsewhere."""
        page, line = self.page, self.page.lines[index]
        target, style = self.targets[index], page.style(line)
        holder: Element | None = None
        size = 1
        for element in line.ancestors:
            first, last = page.spans[element]
            count = last - first + 1
            if count > MOST_LINES or (holder is not None and count > size + 5) or element.tag in ("body", "html"):
                break
            own = (i in self.body or page.marked(page.lines[i]) for i in range(first, last + 1))
            if self.links.leads(element) - {target} or any(own):
                break
            others = [i for i in range(first, last + 1) if self.targets.get(i, target) != target]
            others = [i for i in others if page.lines[i].kind != "picture"]
            alike = sum(page.style(page.lines[i]) == style for i in others)
            if alike > 1 or any(words_in(self.links.text(i)) >= HEADLINE_WORDS for i in others):
                break
            if holder is not None and self._adds_label(element, holder):
                break
            holder, size = element, count
        if holder is None:
            # A line of a paragraph, after words that only introduce it.
            return self._read(line.element, [index], index)
        first, last = page.spans[holder]
        return self._read(holder, list(range(first, last + 1)), index)

    def _adds_label(self, element: Element, holder: Element) -> bool:
        """Whether an element has a label over the card that its child does not have."""
        first, _ = self.page.spans[element]
        inner, _ = self.page.spans[holder]
        lines = self.page.lines
        return any(
            (self.labels.is_known(i) and not self._is_own(i, element))
            or (i not in self.targets and lines[i].within(*HEADINGS) is not None)
            for i in range(first, inner)
        )

    def _is_own(self, index: int, element: Element) -> bool:
        """Whether a line is a card's own rubric: of the elements beside the card's that are alike, one has another."""
        page, text = self.page, self.page.lines[index].text
        for holder in (element, *element.iterancestors()):
            if holder not in page.spans or len(self.links.leads(holder)) > 1:
                break
            beside = (islice(holder.itersiblings(preceding=before), _NEAR) for before in (True, False))
            for other in chain(*beside):
                if other not in page.spans or shape_of(other) != shape_of(holder):
                    continue
                first, last = page.spans[other]
                inside = range(first, last + 1)
                if any(i in self.targets for i in inside) and all(page.lines[i].text != text for i in inside):
                    return True
        return False

    def _read(self, holder: Element, lines: list[int], index: int) -> Card | None:
        """The parts of a card."""
        page = self.page
        links = [i for i in lines if i in self.targets and page.lines[i].kind == "text"]
        links = [i for i in links if not self._is_rubric(i)] or links
        links = [i for i in links if credit_alone(page.lines[i].text, page.vocabulary) is None] or links
        headed = [i for i in links if self.links.headed(page.lines[i])]
        if all(page.lines[i].words < HEADLINE_WORDS and page.lines[i].text.isupper() for i in headed):
            headed = []  # What is marked is a kicker, if there is more to choose from.
        plain = [i for i in headed if not page.hinted(page.lines[i], classes().kicker, 2)]
        # Of a kicker and a headline in one heading, the one that reads as a headline is it.
        named = self._named(lines, links)
        headline = max(named or plain or headed or links, key=lambda i: self._looks(i, index))
        text = self.links.texts.get(headline) or headline_in(page, page.lines[headline])
        known = page.feature(page.lines[headline])
        if known is None or known.label or known.furniture or known.end or known.date:
            return None
        if len(text) < 5 or not any(character.isalpha() for character in text):
            return None
        card = Card(element=holder, headline=headline, href=self.targets[headline], lines=lines, text=text)
        dated = _DAY_IN_BRACKETS.search(text)
        if dated and date_line(dated[1], page.vocabulary) and (hits := find_dates(dated[1], page.vocabulary)):
            card.text, card.published = text[: dated.start()], hits[0].date
        if headline in self.links.texts and (hits := find_dates(page.lines[headline].text, page.vocabulary)):
            card.published = hits[0].date
        for i in lines:
            line = page.lines[i]
            seen = page.feature(line)
            if i == headline or seen is None or line.kind == "picture":
                continue
            if seen.date or line.within("time") is not None:
                hits = find_dates(line.text, page.vocabulary)
                card.published = card.published or (hits[0].date if hits else None)
            elif i > headline and self._is_summary(line, text):
                card.summary.append(i)
        card.summary = card.summary[:_MOST_SUMMARY]
        card.said = [self._said(page.lines[i], card) for i in card.summary]
        if headline in self.links.summaries:
            card.said.insert(0, self.links.summaries[headline])
        return card

    def _said(self, line: PageLine, card: Card) -> str:
        """A summary's line without the day before it, which is the card's, and without the button behind it."""
        known, text = self.page.vocabulary, self.page.without_counter(line)
        button = line.runs[-1].text.strip() if line.runs[-1].href is not None else ""
        if button and (known.furniture.is_exact(fold(button)) or known.labels.is_exact(fold(button))):
            text = text.removesuffix(button).rstrip(" [(")
        parts = (words_of(element) for element in line.inner)
        for day in (*parts, text.partition(" - ")[0], text.partition(" – ")[0]):
            if text.startswith(day) and date_line(day, known) and (hits := find_dates(day, known)):
                card.published = card.published or hits[0].date
                return text[len(day) :].lstrip(" |·-–—:") or text
        return text

    def _named(self, lines: list[int], links: list[int]) -> list[int]:
        """Those of a card's links whose words its picture or a link of it is called by: what it calls itself."""
        page = self.page
        names = {page.lines[i].text for i in lines if page.lines[i].kind == "picture"}
        for i in links:
            names.update(names_of(page.lines[i]))
        known = {fold_headline(name) for name in names if words_in(name) >= HEADLINE_WORDS}
        return [i for i in links if known and fold_headline(page.lines[i].text) in known]

    def _looks(self, index: int, first: int) -> tuple[bool, bool, bool, int]:
        """How much a link's line looks like the headline of its card, whose first link is ``first``."""
        line = self.page.lines[index]
        return line.words >= HEADLINE_WORDS, width_of(line.text) >= LONG, index == first, len(line.text)

    def _is_rubric(self, index: int) -> bool:
        """Whether a link's line only says when, or under which rubric, its headline stands (``10:09 | BRIDGES``)."""
        line = self.page.lines[index]
        few = line.words <= _RUBRIC_WORDS
        return few and (line.text.endswith(":") or _HOUR_FIRST.match(line.text) is not None)

    def _is_summary(self, line: PageLine, headline: str) -> bool:
        seen = self.page.feature(line)
        if (
            seen is None
            or seen.furniture
            or seen.label
            or seen.end
            or fold_headline(line.text) == fold_headline(headline)
            or signs(line.text, self.page.vocabulary)
        ):
            return False
        return line.words >= 5 and (
            self.page.prose(line) or line.words >= 8 or self.page.hinted(line, classes().standfirst, 2)
        )

    def _without_labels(self, cards: list[Card]) -> list[Card]:
        """The cards without the links that are the label of a list: it leads to all that is listed, and more."""
        labels = {
            id(card) for card, *below in zip(cards, cards[1:], cards[2:], strict=False) if self._heads(card, below)
        }
        return [card for card in cards if id(card) not in labels]

    def _heads(self, card: Card, below: list[Card]) -> bool:
        """Whether a bare link opens an element in which cards of another style follow, and is far shorter than they."""
        page = self.page
        line, *others = (page.lines[each.headline] for each in (card, *below))
        styles = {page.style(other) for other in others}
        if card.summary or card.published or self._is_pictured(card) or len(styles) > 1 or page.style(line) in styles:
            return False
        if _FAR_SHORTER * words_in(card.text) > min(words_in(each.text) for each in below):
            return False
        shared = page.common(line, *others)
        return shared is not None and all(i not in self.targets for i in range(page.spans[shared][0], card.lines[0]))

    def _without_menus(self, cards: list[Card]) -> list[Card]:
        """The cards without lists of short entries, which are menus, tags and buttons."""
        page = self.page
        groups: dict[Element, list[Card]] = {}
        for card in cards:
            groups.setdefault(self._group(card), []).append(card)
        kept: set[int] = set()
        for group in groups.values():
            lengths = sorted(width_of(card.text) for card in group)
            rich = any(card.summary or card.published or self._is_pictured(card) for card in group)
            known = self._under_label(group[0])
            typical = lengths[len(lengths) // 2]
            inside = group[0].headline < self.last
            if not (known or rich or inside) and not self._are_headlines(group):
                continue
            titled = known and all(self.links.headed(page.lines[card.headline]) for card in group)
            named = titled and sum(card.text.count(" ") >= _TITLE_WORDS - 1 for card in group) * 2 > len(group)
            if typical >= _TYPICAL or (known and typical >= LONG - 2) or (rich and typical >= LONG) or named:
                kept.update(card.headline for card in group if width_of(card.text) >= (8 if len(group) > 1 else LONG))
            else:
                kept.update(
                    card.headline
                    for card in group
                    if card.summary and self.links.headed(self.page.lines[card.headline])
                )
        return [card for card in cards if card.headline in kept]

    def _is_pictured(self, card: Card) -> bool:
        return any(self.page.lines[i].kind == "picture" for i in card.lines)

    def _are_headlines(self, group: list[Card]) -> bool:
        """Whether bare links read as headlines: most of them words enough, small ones among them, none of buttons."""
        known = self.page.vocabulary
        telling = known.page_words - known.stop_words
        shaped = 0
        for card in group:
            words = card.text.split()
            # In a script without capitals all words are small, and there may be but one.
            small = sum(word[0].isalpha() and word[0] == word[0].lower() for word in words)
            buttons = sum(word in telling for word in fold(card.text).split())
            # A headline of which each word has a capital is longer than the entry of a menu.
            plain = small > min(1, len(words) - 1) or width_of(card.text) >= _LONG_TITLE
            several = words_in(card.text) >= self.links.fewest_words and plain
            shaped += several and buttons * 4 <= len(words)
        return shaped * 2 > len(group)

    def _group(self, card: Card) -> Element:
        """The element that lists a card with its like."""
        parent = card.element.getparent()
        return parent if parent is not None and parent in self.page.spans else card.element

    def _under_label(self, card: Card) -> bool:
        """Whether a label known by its words stands right over a card."""
        start = card.lines[0]
        return any(self.labels.is_known(i) for i in range(max(0, start - 2), start))

    def _place(self, card: Card) -> None:
        page = self.page
        headline = page.lines[card.headline]
        elements = headline.ancestors
        words = frozenset(word for element in elements[:12] for word in page.hints(element))
        label = page.lines[card.label].text.casefold() if card.label is not None else ""
        card.sponsored = bool(
            words & classes().sponsored
            or (card.label is not None and fold(label) in page.vocabulary.sponsored_labels)
            or page.vocabulary.is_sponsored(headline.text.casefold())
        )
        if self.first < card.headline <= self.last and page.article is not None:
            aside = headline.within("aside") is not None or "sidebar" in words
            if page.article in elements or not aside:
                card.placement = "inline"
        elif card.headline > self.last and card.label is None and not card.summary and self._closes(card.headline):
            card.placement = "inline"

    def _closes(self, index: int) -> bool:
        """Whether a link is the last paragraph of the text."""
        line = self.page.lines[index]
        before = self.page.lines[self.last]
        own, other = line.element.getparent(), before.element.getparent()
        if line.element.tag == before.element.tag == "p" and own is other:
            return True
        if self._column is not None and self.page.common(line, before) is self._column:
            return True
        if own is None or other is None:  # A text that stands in the page's root.
            return False
        # Where each paragraph has an element of its own, they stand side by side one further out.
        alike = self.page.style(line) == self.page.style(before)
        single = self.page.spans[own] == (index, index) and self.page.spans[other] == (self.last, self.last)
        return alike and single and own.getparent() is other.getparent()

    @cached_property
    def _column(self) -> Element | None:
        """The element whose children most paragraphs are; ``None`` where no two have one."""
        lines = [self.page.lines[i] for i in self.body if self.first < i <= self.last]
        holders = Counter(line.ancestors[1] for line in lines if line.kind == "text" and self.page.prose(line))
        found = holders.most_common(1)
        return found[0][0] if found and found[0][1] > 1 else None


def is_advertisement(page: WebPage, card: Card) -> bool:
    """Whether a card was sold by a machine: no reader of a briefing wants it, and it points to no article."""
    line = page.lines[card.headline]
    return any(page.hints(element) & classes().machine_ads for element in line.ancestors)


def _once(page: WebPage, cards: list[Card]) -> list[Card]:
    """The cards without those that say the same again under the same label."""
    seen: Counter[tuple[str, str | None]] = Counter()
    kept = []
    for card in cards:
        label = page.lines[card.label].text if card.label is not None else None
        key = (fold_headline(card.text), label)
        if not seen[key]:
            kept.append(card)
        seen[key] += 1
    return kept

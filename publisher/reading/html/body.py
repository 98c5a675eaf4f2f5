"""Which lines are the article's text."""

from collections import Counter
from functools import cached_property
from itertools import accumulate

from publisher.reading.html.figures import WebPicture
from publisher.reading.html.lines import PageLine
from publisher.reading.html.page import HEADINGS, WebPage
from publisher.reading.html.tree import Element

_LINKED_PROSE = 30
"""Words from which a paragraph that is all one link is running text and no headline."""

_BOXED, _HEADLINE_WORDS = 5, 4
"""Lines of a box that holds one article of others, and the words of its headline."""

_STOPS = (".", "!", "?", "…", "”", "»", '"')
_FEWEST = 3
_NEAR = 5
"""Paragraphs of one style that show where the text stands, and how deep a line may stand in their element."""

_HEADED = 4
"""Lines in which the text goes on under its heading: a date or a picture may stand between."""

_REPEATED = 3
_REPEATED_WORDS = 6
"""How often a page says a line, of so many words at most, that is no text."""

_TOLD_WORDS = 25
"""Words of a paragraph that is no notice, though it speaks of terms of use or of an account with somebody."""

_SUBHEADING_WORDS = 12
"""Words of a sub-heading that is no heading by its element."""

_OUTSIDE_WORDS = 15
_UNSEEN_WORDS = 25
"""Words from which a paragraph over the text's element is text; and when trafilatura does not take it for content."""


def choose_body(page: WebPage, pictures: list[WebPicture]) -> list[int]:
    """The indices of the lines that are text of the article, in order; empty when the page has none.

    1. The lines that trafilatura takes for content, in the article's element, make the text's beginning and end.
    2. Between them, what it leaves out is put back: sentences, headings, and paragraphs beside the others.
    3. After the end, sentences that go on in the same element are put back too.
    4. What it finds outside the element is kept when it is a paragraph between the headline and the text.
    """
    captions = {i for picture in pictures for i in picture.lines}
    chooser = _Chooser(page, captions)
    return chooser.choose()


class _Chooser:
    def __init__(self, page: WebPage, captions: set[int]) -> None:
        self.page = page
        self.captions = captions
        self.siblings: Counter[Element] = Counter()
        told = (line for line in page.lines if line.number in page.extracted and page.prose(line))
        self.style = page.prevailing(told)
        self.said = Counter(line.text for line in page.lines)

    def choose(self) -> list[int]:
        page = self.page
        if page.article is None:
            return []
        start, end = page.spans[page.article]
        inside = [i for i in range(start, end + 1) if self._may_be_text(i)]
        extracted = [i for i in inside if page.lines[i].number in page.extracted or self._set_as_text(i)]
        if not any(self._carries(i) for i in extracted):
            extracted = [i for i in inside if page.prose(page.lines[i]) or page.lines[i].words > 4]
        extracted = [i for i in extracted if not self._sums_up(i)]
        inside = [i for i in inside if not self._sums_up(i)]
        carrying = [i for i in extracted if self._carries(i)]
        if not carrying:
            return extracted
        first, last = carrying[0], carrying[-1]
        self.siblings = Counter(parent for i in carrying if (parent := page.lines[i].element.getparent()) is not None)
        chosen = [i for i in extracted if first <= i <= last or self._leads_in(i, first)]
        known = set(chosen)
        chosen += [i for i in inside if first < i < last and i not in known and self._belongs(i)]
        chosen += self._opening(inside, first)
        chosen += self._going_on(inside, last)
        chosen += self._before(start)
        chosen += self._breaks(first, last, set(chosen))
        return self._trimmed(self._without_labels(self._up_to_comments(self._coherent(sorted(set(chosen))))))

    def _set_as_text(self, index: int) -> bool:
        """Whether a paragraph is set as the text is, by names: that of one entry or chapter is missed at times."""
        line = self.page.lines[index]
        named = any(self.style[1::2])
        return named and self.page.prose(line) and self.page.style(line) == self.style and not self._boxed(line)

    def _coherent(self, chosen: list[int]) -> list[int]:
        """The lines without those after the last paragraph that stand in none of the paragraphs' elements.

        Trafilatura takes the summaries of other articles for text, too, where nothing but their place tells them; and
        what stands below such articles in an element of its own, who the author is, for one.
        """
        lines = self.page.lines
        told = [i for i in chosen if self.page.alike(lines[i], self.style)]
        if len(told) < _FEWEST:
            return chosen
        around = {element for i in told for element in (lines[i].element.getparent(),) if element is not None}
        held = Counter(element.getparent() for element in around)
        parted = {element for element, count in held.items() if count > 1}

        def stands_near(line: PageLine) -> bool:
            if not around.isdisjoint(line.ancestors[:_NEAR]):
                return True
            # Where each part of the text has an element of its own, a list has one beside them.
            items = line.within("ul", "ol")
            return items is not None and not parted.isdisjoint(list(items.iterancestors())[:2])

        listed = next((i for i in range(told[-1] + 1, len(lines)) if self._leads_away(lines[i])), len(lines))
        beside = {i for i in chosen if i < listed or lines[i].element.getparent() in around}
        return [i for i in chosen if i <= told[-1] or (i in beside and stands_near(lines[i]))]

    def _up_to_comments(self, chosen: list[int]) -> list[int]:
        """The lines without those that stand under a label of comments and in no element of the text before it.

        Over the text such a label is a button that leads to the comments.
        """
        lines = self.page.lines
        told = list(accumulate(lines[i].words for i in chosen))
        half = next(i for i, words in zip(chosen, told, strict=True) if 2 * words >= told[-1])
        seen = ((i, self.page.feature(lines[i])) for i in range(half + 1, chosen[-1]))
        end = next((i for i, line in seen if line is not None and line.end), chosen[-1])
        around = {lines[i].element.getparent() for i in chosen if i < end}
        return [i for i in chosen if i <= end or lines[i].element.getparent() in around]

    def _may_be_text(self, index: int) -> bool:
        """Whether a line can be running text at all."""
        page, line = self.page, self.page.lines[index]
        seen = page.feature(line)
        if seen is None or index == page.headline or index in self.captions or line.kind == "picture" or line.hidden:
            return False
        if index in page.boxed or line.within("figure", "figcaption", "button") is not None or page.framed(line):
            return False
        if (seen.furniture and not self._told(line)) or seen.end or seen.file_name or seen.meta:
            return False
        if line.kind == "text" and not any(map(str.isalpha, line.text)):
            return False
        if line.words <= _REPEATED_WORDS and self.said[line.text] >= _REPEATED:
            return False
        if line.linked > 0.9 and line.words < _LINKED_PROSE and not self._harmless_link(line):
            return False
        if (seen.cue is not None and line.linked > 0.3) or line.introduced is not None or page.invites(line):
            return False
        if self._offers(line):
            return False
        return not (seen.label and not (line.within(*HEADINGS) is not None and line.number in page.extracted))

    def _told(self, line: PageLine) -> bool:
        """Whether a line is a paragraph among others for all that it has the words of a notice: what is told of one."""
        among = line.number in self.page.extracted and self.page.style(line) == self.style
        return among and line.words >= _TOLD_WORDS and line.text.endswith(_STOPS)

    def _offers(self, line: PageLine) -> bool:
        """Whether a line stands in a small box with a field to fill in: a newsletter, a poll, a search."""
        page = self.page
        for box in line.ancestors[1:_NEAR]:
            first, last = page.spans[box]
            if box is page.article or last - first >= _BOXED:
                return False
            if box in page.asking:
                return True
        return False

    def _harmless_link(self, line: PageLine) -> bool:
        """Whether a line's link leads within the page: a heading with an anchor, a note."""
        return all((run.href or "#").startswith("#") for run in line.runs)

    def _carries(self, index: int) -> bool:
        """Whether a line may begin or end the text: a sentence, a quotation, a list item; no heading."""
        line = self.page.lines[index]
        seen = self.page.feature(line)
        if seen is None or line.within(*HEADINGS) is not None:
            return False
        return (
            self.page.prose(line)
            or line.words >= 8
            or line.kind in ("row", "preformatted")
            or line.within("li") is not None
        )

    def _leads_in(self, index: int, first: int) -> bool:
        """Whether a line directly before the first sentence belongs to it: a sub-heading."""
        line = self.page.lines[index]
        heading = index < first and line.within("h2", "h3", "h4") is not None
        return heading and (first - index <= 2 or self._heads(index))

    def _belongs(self, index: int) -> bool:
        """Whether a line that trafilatura left out of the text's middle is part of it."""
        page, line = self.page, self.page.lines[index]
        seen = page.feature(line)
        if seen is None or line.linked > 0.5 or self._boxed(line):
            return False
        parent = line.element.getparent()
        beside = parent in self.siblings or line.element in self.siblings
        if line.within(*HEADINGS) is not None and not beside:
            return self._heads(index)
        if page.prose(line) and line.words >= 5:
            return beside or (line.element.tag in ("p", "li") and self._common_parent(line))
        if beside and self._heads_plainly(index):
            return True
        return beside and line.element.tag in ("p", "h2", "h3", "h4", "pre", "table") and not seen.date

    def _heads_plainly(self, index: int) -> bool:
        """Whether a few words between two paragraphs are a sub-heading by a style that only such lines have."""
        line, seen = self.page.lines[index], self.page.feature(self.page.lines[index])
        if seen is None or seen.ended or seen.date or line.linked or line.words > _SUBHEADING_WORDS:
            return False
        return self.page.style(line) in self._parting

    @cached_property
    def _parting(self) -> frozenset[tuple[str, ...]]:
        """The styles, other than the text's, of which each line stands over a paragraph, and under one or a picture."""
        parting: dict[tuple[str, ...], bool] = {self.style: False}
        for index, line in enumerate(self.page.lines):
            if line.text:
                style = self.page.style(line)
                parting[style] = parting.get(style, True) and self._parts_text(index)
        return frozenset(style for style, parts in parting.items() if parts)

    def _parts_text(self, index: int) -> bool:
        """Whether a line stands over a paragraph, and under one or a picture with its caption."""
        lines = self.page.lines
        if not 0 < index < len(lines) - 1:
            return False
        before, after = lines[index - 1], lines[index + 1]
        return self.page.prose(after) and (self.page.prose(before) or index - 1 in self.captions)

    def _heads(self, index: int) -> bool:
        """Whether a heading stands over an element of paragraphs, beside it and not in it: a live report's entry."""
        page = self.page
        lines = page.lines
        below = next((i for i in range(index + 1, min(index + _HEADED, len(lines))) if page.prose(lines[i])), None)
        parent = lines[below].element.getparent() if below is not None else None
        if below is None or parent not in self.siblings or page.spans[parent][0] <= index:
            return False
        return page.common(lines[index], lines[below]) not in (None, page.article)

    def _common_parent(self, line: PageLine) -> bool:
        """Whether a line's list or quotation stands beside the paragraphs."""
        return any(element.getparent() in self.siblings for element in line.ancestors[:4])

    def _boxed(self, line: PageLine) -> bool:
        """Whether a line stands in a box of its own inside the article: an aside, a table of the layout."""
        for element in line.ancestors:
            if element is self.page.article:
                return False
            if element.tag == "aside":
                return True
        return True

    def _going_on(self, inside: list[int], last: int) -> list[int]:
        """The sentences right after the end, in the element of the text before it."""
        parent = self.page.lines[last].element.getparent()
        found = []
        for i in inside:
            if i <= last:
                continue
            line = self.page.lines[i]
            told = self.page.prose(line) and line.element.tag == "p"
            if not (told or line.kind in ("preformatted", "row")) or line.element.getparent() is not parent:
                break
            found.append(i)
        return found

    def _opening(self, inside: list[int], first: int) -> list[int]:
        """The sentences right above the beginning that are set as the text is."""
        top = -1 if self.page.headline is None else self.page.headline
        above = [i for i in inside if top < i < first]
        return [
            i for i in above if self.page.prose(self.page.lines[i]) and self.page.alike(self.page.lines[i], self.style)
        ]

    def _before(self, start: int) -> list[int]:
        """Paragraphs between the headline and the article's element."""
        page = self.page
        if page.headline is None or page.headline >= start:
            return []
        return [
            i
            for i in range(page.headline + 1, start)
            if self._may_be_text(i)
            and page.lines[i].linked < 0.5
            and page.lines[i].words >= (_OUTSIDE_WORDS if page.lines[i].number in page.extracted else _UNSEEN_WORDS)
            and (page.lines[i].number in page.extracted or self._beside(page.lines[i]))
        ]

    def _beside(self, line: PageLine) -> bool:
        """Whether a paragraph stands in the element that the text's own element stands in."""
        around = self.page.article.getparent() if self.page.article is not None else None
        return self.page.prose(line) and around is not None and line.element.getparent() is around

    def _breaks(self, first: int, last: int, chosen: set[int]) -> list[int]:
        """The rules that stand between two paragraphs, with nothing else beside them."""
        lines = self.page.lines
        return [
            i
            for i in range(first + 1, last)
            if lines[i].kind == "break" and i - 1 in chosen and i + 1 in chosen
            if lines[i].element.getparent() in self.siblings
        ]

    def _sums_up(self, index: int) -> bool:
        """Whether a line stands in a small box, under a headline that leads elsewhere: it sums that article up."""
        page = self.page
        for box in page.lines[index].element.iterancestors():
            first, last = page.spans.get(box, (0, _BOXED))
            if box is page.article or last - first >= _BOXED:
                return False
            above = [line for line in page.lines[first:index] if line.kind == "text"]
            if above:
                return len(above) == 1 and self._leads_away(above[0])
        return False

    def _leads_away(self, line: PageLine) -> bool:
        """Whether a line is a headline that is a link, and no note of the page itself."""
        return line.linked > 0.9 and line.words >= _HEADLINE_WORDS and not self._harmless_link(line)

    def _without_labels(self, chosen: list[int]) -> list[int]:
        """The lines without headings right over a list of links, which they are the label of."""
        lines = self.page.lines
        known = set(chosen)
        kept = []
        for i in chosen:
            below = next((j for j in range(i + 1, min(i + _BOXED, len(lines))) if lines[j].kind == "text"), None)
            heading = lines[i].within(*HEADINGS) is not None
            if not (heading and below is not None and below not in known and self._leads_away(lines[below])):
                kept.append(i)
        return kept

    def _trimmed(self, chosen: list[int]) -> list[int]:
        """The lines without headings at the end, which head what is no text."""
        while chosen and self.page.lines[chosen[-1]].within(*HEADINGS) is not None:
            chosen.pop()
        return chosen

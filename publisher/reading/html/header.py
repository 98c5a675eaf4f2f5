"""What heads and signs the article: kicker, bylines, date."""

import datetime as dt
from collections.abc import Iterator

from publisher.model.article import fold_headline
from publisher.reading.html.classes import classes
from publisher.reading.html.lines import PageLine
from publisher.reading.html.metadata import stamp_date
from publisher.reading.html.page import WebPage
from publisher.reading.html.signatures import Signatures
from publisher.reading.html.tree import Element, words_of
from publisher.reading.vocabulary.dates import DateHit, find_dates, is_american

_NEAR = 14
"""How many lines above the headline, or below the text, are asked."""


_RIGHT_UNDER = 2
"""Lines under the headline in which a day alone is the article's, even where it leads somewhere."""

_TITLE_SPACES = 2
"""Spaces of the shortest headline that is told by the beginning of the page's title."""


class Header:
    """What heads the article, found around its first paragraphs."""

    def __init__(self, page: WebPage) -> None:
        self.page = page
        self.headline: str | None = None
        """The headline without the kicker that stands in its line; None when it is the whole line."""

        self.kicker: str | None = None
        self.bylines: tuple[str, ...] = ()
        self.published: dt.date | None = None
        self.updated: dt.date | None = None
        self.dateline: str | None = None

    def read(self, first: int, last: int) -> None:
        """Read what stands between the headline and the text, and the signatures under it.

        ``first`` and ``last`` are the indices of the text's first and last line.
        """
        headline = self.page.headline
        top = headline if headline is not None else first
        self._read_kicker(headline)
        near = range(max(0, top - _NEAR), min(first + 3, len(self.page.lines)))
        for index in near:
            self._read_date(index, top)
        if self.published is None:
            for index in reversed(range(max(0, top - _NEAR), top)):
                if self.published is None:
                    self._read_date(index, 0)
        above = range(max(0, top - _NEAR), min(first + 2, len(self.page.lines)))
        below = range(last + 1, min(last + _NEAR, len(self.page.lines)))
        if headline is not None:
            # What closes the head of an article (when and by whom) is a footer in some systems.
            self.page.unframe(tuple(self._footers(headline, first)))
        signatures = Signatures(self.page, first, last)
        self.bylines = signatures.read(above, below)
        hits = self._days(signatures.when)
        if hits and self.published in (None, hits[0].date):
            self.published, self.dateline = hits[0].date, self.dateline or signatures.when

    def _footers(self, headline: int, first: int) -> Iterator[Element]:
        """The footers that stand whole between the headline and the text."""
        page = self.page
        for line in page.lines[headline + 1 : first]:
            footer = line.within("footer")
            if footer is None or page.hints(footer) & classes().frame:
                continue
            start, end = page.spans[footer]
            if headline < start and end < first:
                yield footer

    def _read_kicker(self, headline: int | None) -> None:
        if headline is None:
            return
        line = self.page.lines[headline]
        titles = {fold_headline(title) for title in self.page.metadata.titles}
        for element in line.inner:
            words = words_of(element)
            rest = line.text[len(words) :].strip(" :|–-") if line.text.startswith(words) else ""
            key = fold_headline(rest)
            named = key in titles or (
                rest.count(" ") >= _TITLE_SPACES and any(title.startswith(key) for title in titles)
            )
            # A style sheet sets the two apart where no space does.
            joined = words.endswith(":") and line.text[len(words) : len(words) + 1].isalnum()
            named = named or (joined and rest.count(" ") >= _TITLE_SPACES)
            if rest and named and not any(title.startswith(fold_headline(line.text)) for title in titles):
                self.kicker, self.headline = words.rstrip(" :|–-"), rest
                return
            if self.page.hints(element) & classes().kicker and line.text.startswith(words + " "):
                self.kicker = words
                self.headline = line.text[len(words) :].lstrip(" :|–-")
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

    def _read_date(self, index: int, top: int) -> None:
        line = self.page.lines[index]
        seen = self.page.feature(line)
        stamped = line.within("time") is not None or any(element.tag == "time" for element in line.inner)
        if seen is None or self.page.marked(line) or line.words > 25:
            return
        # Some systems link the time of an article to the article itself, or to what came out on that day.
        own = stamped or (seen.date and top < index <= top + _RIGHT_UNDER)
        if line.linked > 0.5 and not own and not find_dates(_unlinked(line), self.page.vocabulary):
            return
        hinted = self.page.hinted(line, classes().date) or any(
            self.page.hints(element) & classes().date for element in line.inner
        )
        told = seen.date or seen.meta or stamped or hinted
        if not told or (index < top and not (seen.date and (stamped or hinted))):
            return
        hits = self._days(line.text)
        if not hits:
            if seen.date or stamped:
                self.published = self.published or self._stamped(line)
                self.page.mark(line, "published", "html.date", 0.7)
            return
        late = any(word in line.text.casefold() for word in self.page.vocabulary.updated)
        if self.published is None and not (late and len(hits) == 1):
            self.published = hits[0].date
            self.dateline = line.text if seen.date else None
            self.updated = hits[1].date if len(hits) > 1 else self.updated
        elif self.updated is None:
            self.updated = hits[0].date
        if seen.date:
            self.page.mark(line, "published", "html.date", 0.9)

    def _stamped(self, line: PageLine) -> dt.date | None:
        """The day that the ``time`` element of a line gives to programs, whatever its words are (*3 hours ago*)."""
        stamps = (each.get("datetime") for each in (*line.ancestors, *line.inner) if each.tag == "time")
        days = (stamp_date(stamp, self.page.language, self.page.vocabulary) for stamp in stamps if stamp)
        return next((day for day in days if day is not None), None)

    def _days(self, text: str) -> list[DateHit]:
        return find_dates(text, self.page.vocabulary, month_first=is_american(text, self.page.language))


def _unlinked(line: PageLine) -> str:
    """What of a line leads nowhere: beside the name of who wrote the text, which often leads to them, the day does."""
    return "".join(run.text for run in line.runs if run.href is None)

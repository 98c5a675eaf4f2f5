"""Who signs the article: in its head, under its text, or where no reader sees it."""

from publisher.reading.html.classes import classes
from publisher.reading.html.destinations import leads_to_person
from publisher.reading.html.lines import PageLine
from publisher.reading.html.page import HEADINGS, WebPage
from publisher.reading.html.tree import Element, words_of
from publisher.reading.vocabulary import Vocabulary, fold
from publisher.reading.vocabulary.bylines import Byline, names_beside_date, parse_byline, parts_of
from publisher.reading.vocabulary.dates import find_dates, without_date
from publisher.reading.vocabulary.names import is_place, name_like
from publisher.reading.vocabulary.words import words_in

_BYLINE_WORDS = 20
_SIGNATURE_WORDS = 6
_UNMARKED_WORDS = 14
_BESIDE = 3
"""How many lines off a date or a ``By`` shows that a link is the author's name."""

_MOST_BOXED = 8
_HEADLINE_WORDS = 4
_LINKED_WORDS = 6
_LINKED = 0.5
"""Lines of a box that holds one article of others, the words of its headline, below the page's own too, and the share
of them that is a link."""

_FAR = 40
"""How many lines around the text are searched for dates and names, and above it for marked names."""


class Signatures:
    """The signatures around a text, whose first and last line have the indices ``first`` and ``last``."""

    def __init__(self, page: WebPage, first: int, last: int) -> None:
        self.page = page
        self.agencies: list[str] = []
        self.when = ""
        """The day and the hour beside the names, as printed; empty where none stands there."""

        self._first, self._last = first, last
        self._people: list[str] = []
        self._named = self._from_metadata()
        """Whom the page names where no reader sees it."""

    def read(self, above: range, below: range) -> tuple[str, ...]:
        """Who signs in the lines above the text's third and in those below it: people, else an agency."""
        page, first, last = self.page, self._first, self._last
        for where in (above, below):
            if not self._people:
                for index in where:
                    self._read_confirmed(index)
                    self._read_beside(index)
        for where in (above, below):
            if not self._people:
                for index in where:
                    self._read_marked(index)
        if not self._people and page.headline is not None:
            for index in range(page.headline + 1, first):
                self._read_unmarked(index, "byline.under-headline")
        for index in (first, last) if first < last else ():
            # Set as the paragraphs are, it was taken for the first or the last of them.
            if not self._people:
                self._read_introduced(index)
        if not self._people and first < last:
            self._read_set_right(last)
        if not self._people:
            self._read_signatures(below)
        if not self._people:
            self._read_far(first)
        return tuple(self._people) or self._named or tuple(self.agencies[:1])

    def _can_sign(self, line: PageLine) -> bool:
        """Whether a line can be a signature at all."""
        seen = self.page.feature(line)
        if seen is None or line.kind != "text" or line.hidden or self._words(line) > _BYLINE_WORDS:
            return False
        if seen.furniture or seen.label or seen.end or line.within("time", "figcaption", "h1", "h2") is not None:
            return False
        if line.within(*HEADINGS) is not None and not any(map(self._is_author, (*line.ancestors[:3], *line.inner))):
            return False
        own = self.page.hints(line.ancestors[0])
        if own & classes().date and not own & classes().author and find_dates(line.text, self.page.vocabulary):
            return False
        if own & classes().place:
            return False
        return self.page.trace.role(line.number) in (None, "published")

    def _words(self, line: PageLine) -> int:
        """How many words a line has, but for the day and the hour."""
        if line.words <= _UNMARKED_WORDS:
            return line.words
        return words_in(without_date(line.text, self.page.vocabulary)[0])

    def _read_confirmed(self, index: int) -> None:
        """Take the names of a line that says whom the page names out of sight: what is said twice is sure."""
        page, line = self.page, self.page.lines[index]
        if not self._can_sign(line) or page.prose(line):
            return
        printed = fold(line.text)
        confirmed = tuple(name for name in self._named if fold(name) in printed)
        if not confirmed:
            return
        byline = self._byline(line)
        if byline is None or not set(confirmed) <= set(byline.people):
            byline = Byline(people=confirmed, agencies=(), when="", signed=True)
        self._sign(line, byline, "html.author", 0.95)

    def _read_beside(self, index: int) -> None:
        """Take the names that are marked as the author's in lines set as one that signs, right behind it.

        What somebody is may stand between, set as they are.
        """
        page, line = self.page, self.page.lines[index]
        if page.trace.role(line.number) != "byline":
            return
        for at in range(index + 1, min(index + 1 + _BESIDE, len(page.lines))):
            below = page.lines[at]
            if page.style(below) != page.style(line) or below.element.getparent() is not line.element.getparent():
                return
            self._read_marked(at)

    def _byline(self, line: PageLine) -> Byline | None:
        """The byline of a line, by the elements of its names where each has one, else by its words."""
        return self._apart(line) or self._beside(line) or parse_byline(line.text, self.page.vocabulary)

    def _beside(self, line: PageLine) -> Byline | None:
        """The byline of a line in which one name alone is marked as the author's, beside the outlet's or a place."""
        known, page = self.page.vocabulary, self.page
        names = {words_of(element).strip(" .,;:") for element in line.inner if self._is_author(element)}
        name = names.pop() if len(names) == 1 else ""
        if not name_like(name):
            return None
        before, after = (part.strip(" .-–—|•·/") for part in line.text.split(name, 1))
        rest, when = without_date(after, known)
        after_outlet = before.casefold() in (*page.metadata.outlets, page.metadata.closing) and not rest.strip(" .,")
        at_place = rest[:1] == "," and is_place(rest.strip(" ,")) and not known.joiners & set(fold(rest).split())
        if not (after_outlet or at_place):
            return None
        return Byline(people=(name,), agencies=(), when=when, signed=True, introduced=True)

    def _apart(self, line: PageLine) -> Byline | None:
        """The byline of a line whose names stand each in an element of its own, with nothing between them."""
        parts = [words_of(element) for element in line.inner if not len(element)]
        names = [part for part in parts if name_like(part)]
        if len(names) < 2:
            return None
        rest = line.text
        for name in names:
            rest = rest.replace(name, ",", 1)
        byline = parse_byline(rest.replace(",", names[0], 1), self.page.vocabulary)
        people = tuple(dict.fromkeys(names))
        return None if byline is None else Byline(people=people, agencies=(), when=byline.when, signed=byline.signed)

    def _read_marked(self, index: int) -> None:
        """Take the names of a line that the page marks as the author's, or of the part of it that is so marked."""
        page, line = self.page, self.page.lines[index]
        if not self._can_sign(line):
            return
        if self._is_of_another(index):
            return
        marked = any(self._is_author(element) for element in line.ancestors[:3])
        inner = [element for element in line.inner if self._is_author(element)]
        if not marked and not inner:
            return
        byline = self._byline(line) or names_beside_date(line.text, page.vocabulary)
        if byline is None:
            text = words_of(inner[0]) if inner else line.text
            byline = parse_byline(text, page.vocabulary)
            if byline is None and (page.headline is None or index > page.headline):
                # Over the headline a word alone is a section's.
                byline = _single_name(text, page.vocabulary)
        # A word alone in the box of who has a whole name is a place.
        placed = byline is not None and bool(self._people) and not any(" " in name for name in byline.people)
        if byline is not None and not (placed and byline.people):
            self._sign(line, byline, "html.author", 0.9)

    def _is_of_another(self, index: int) -> bool:
        """Whether a line stands in a small box with a headline that leads elsewhere: who is named there wrote that.

        Between the headline and the text a box may hold other links, too; there a headline has more words.
        """
        page, line = self.page, self.page.lines[index]
        heads = page.headline is not None and page.headline < index < self._first
        fewest, top = (_LINKED_WORDS, page.headline or 0) if heads else (_HEADLINE_WORDS, -1)
        for element in line.ancestors:
            first, last = page.spans[element]
            if last - first >= _MOST_BOXED or first <= self._first <= last or first <= top:
                return False
            others = ((page.lines[i], page.feature(page.lines[i])) for i in range(first, last + 1) if i != index)
            for each, seen in others:
                beside = seen is None or seen.furniture or seen.date or seen.meta
                if each.linked > _LINKED and each.words >= fewest and not beside:
                    return True
        return False

    def _is_author(self, element: Element) -> bool:
        """Whether an element is marked as the author's: by its class, its tag, or a link to the page of a person."""
        if self.page.hints(element) & classes().author:
            return True
        if element.tag == "address":
            # Under the text it is where the outlet can be reached.
            return self.page.spans[element][0] < self._first
        return element.tag == "a" and leads_to_person(element.get("href") or "")

    def _read_unmarked(self, index: int, rule: str) -> bool:
        """Take the names of a line that can be nothing else; whether it was one."""
        page, line = self.page, self.page.lines[index]
        if not self._can_sign(line) or page.framed(line) or self._words(line) > _UNMARKED_WORDS or page.prose(line):
            return False
        if self._is_of_another(index):
            return False
        byline = self._byline(line)
        if byline is None and _set_right(line) and line.words <= _SIGNATURE_WORDS:
            byline = parse_byline(f"By {line.text}", page.vocabulary)
        if byline is None or (line.linked > 0.5 and not byline.signed and not self._noted(index, byline)):
            return False
        if not byline.signed and (self._people or set(fold(line.text).split()) & page.vocabulary.page_words):
            return False
        return self._sign(line, byline, "byline.label" if byline.signed else rule, 0.7)

    def _read_introduced(self, index: int) -> None:
        """Take the names of a line of the text that is nothing but a byline, and says so or stands over the day."""
        line = self.page.lines[index]
        byline = parse_byline(line.text, self.page.vocabulary) if self._can_sign(line) else None
        if byline is None or not byline.people:
            return
        if byline.introduced and line.runs[0].href is None:
            self._sign(line, byline, "byline.label", 0.7)
        elif index == self._first and self._is_dated(index + 1) and not any(map(self._tells, byline.people)):
            self._sign(line, byline, "byline.under-headline", 0.6)

    def _is_dated(self, index: int) -> bool:
        """Whether a line gives the day, and nothing else."""
        seen = self.page.feature(self.page.lines[index]) if index < len(self.page.lines) else None
        return seen is not None and seen.date

    def _read_set_right(self, index: int) -> None:
        """Take the names of the text's last line where it stands at the right edge; an office may follow them."""
        line, known = self.page.lines[index], self.page.vocabulary
        if not _set_right(line) or not self._can_sign(line) or self.page.prose(line):
            return
        byline = parse_byline(line.text, known) or parse_byline(parts_of(line.text)[0], known)
        if byline is not None:
            self._sign(line, byline, "byline.after-body", 0.7)

    def _noted(self, index: int, byline: Byline) -> bool:
        """Whether a link that is a name is the author's: a note beside it, or the text's element around it, shows it.

        A link to what is known of somebody is a name, too; of them the text tells.
        """
        page, line = self.page, self.page.lines[index]
        if not all(map(name_like, byline.people)) or any(map(self._tells, byline.people)):
            return False
        if fold(line.text.split()[0]) in page.vocabulary.stop_words:
            return False
        if page.article is not None and page.article in line.ancestors and index > self._last:
            return True
        beside = [page.feature(each) for each in page.lines[max(0, index - _BESIDE) : index + _BESIDE + 1]]
        openers = page.vocabulary.openers
        return any(seen is not None and (seen.date or fold(seen.text) in openers) for seen in beside)

    def _tells(self, name: str) -> bool:
        """Whether the headline or the text tells of somebody."""
        page, text = self.page, self.page.lines[self._first : self._last + 1]
        headline = [page.lines[page.headline]] if page.headline is not None else []
        return any(name in line.text for line in (*headline, *filter(page.prose, text)))

    def _read_signatures(self, below: range) -> None:
        """Take the signatures directly under the text; anything else ends them."""
        for index in below:
            line = self.page.lines[index]
            if not line.text or line.kind == "picture":
                continue
            if self.page.trace.role(line.number) == "published":
                continue
            if not self._read_unmarked(index, "byline.after-body"):
                return

    def _sign(self, line: PageLine, byline: Byline, rule: str, confidence: float) -> bool:
        """Add a byline's names, and its date; whether it has any."""
        known = self.page.vocabulary.furniture
        metadata = self.page.metadata
        people = [
            name for name in byline.people if name.casefold() not in metadata.outlets and not known.is_exact(fold(name))
        ]
        if self._people or len(people) > 1:
            # Of several, the one that closes the page's title is the outlet.
            people = [name for name in people if name.casefold() != metadata.closing]
        agencies = [name for name in byline.agencies if name.casefold() not in metadata.outlets]
        if not people and not agencies:
            return False
        said = {name.casefold() for name in self._people}
        self._people += [name for name in people if name.casefold() not in said]
        self.agencies += agencies
        self.page.mark(line, "byline", rule, confidence)
        self.when = self.when or byline.when
        return True

    def _read_far(self, first: int) -> None:
        """Look further off for a line that the page marks as the author's, in the element around the article."""
        if self.page.article is None:
            return
        around = self.page.article.getparent()
        for index, line in enumerate(self.page.lines):
            near = (around is not None and around in line.ancestors) or first - _FAR < index < first
            if near and self.page.hinted(line, classes().author, 2) and not self.page.framed(line) and line.words <= 8:
                self._read_marked(index)
                if self._people:
                    return

    def _from_metadata(self) -> tuple[str, ...]:
        """The people that the page names where no reader sees it."""
        known = self.page.vocabulary
        found: list[str] = []
        for author in self.page.metadata.authors:
            byline = parse_byline(author, known) or parse_byline(f"By {author}", known)
            # A desk or an outlet that is no agency signs as people do, if the page names it as its author.
            desks = (name for name in byline.agencies if fold(name) not in known.agencies) if byline else ()
            names = (byline.people if byline else ()) or tuple(desks)
            if len(names) > 1 and not any(" " in name for name in names):
                continue  # Of several words one by one an outlet's name is made: *Salt & Slate*.
            if not names and _is_staff(author, known):
                names = (author,)
            found += [name for name in names if name.casefold() not in self.page.metadata.outlets and name not in found]
        return tuple(found)


def _set_right(line: PageLine) -> bool:
    """Whether a line stands at the right edge, as signatures do."""
    for element in line.ancestors[:3]:
        style = (element.get("style") or "").replace(" ", "").lower()
        if "text-align:right" in style or (element.get("align") or "").lower() == "right":
            return True
        if "text-right" in (element.get("class") or ""):
            return True
    return False


def _single_name(text: str, known: Vocabulary) -> Byline | None:
    """The byline of a text that the page marks as a name, when it is one word and no code or button."""
    if (
        " " in text.strip()
        or fold(text) in known.openers
        or (text.isupper() and len(text) <= 4 and text not in ("PV", "CTV"))
    ):
        return None
    return parse_byline(f"By {text}", known)


def _is_staff(author: str, known: Vocabulary) -> bool:
    """Whether an author without a name is somebody all the same: a staff reporter of an outlet."""
    words = fold(author).split()
    return 2 < len(words) <= 6 and words[-1] in known.roles and author[:1].isupper()

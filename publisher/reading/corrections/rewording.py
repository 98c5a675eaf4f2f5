"""Words that a person puts in the place of a line's, in an article of any format.

A line is known as in all corrections: by its words and by how many equal ones stand above it. What the line was read as
says where in the article its words are; there they are changed after all else is done, so that other words have nothing
read in another way, and a page that is fetched again is corrected again.
"""

import re
from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from publisher.model import (
    Article,
    Block,
    BlockQuote,
    BulletList,
    Figure,
    NumberedList,
    Paragraph,
    Preformatted,
    PullQuote,
    Reading,
    Role,
    Subheading,
    Table,
    Teaser,
    Text,
    TracedLine,
    plain,
)
from publisher.model.blocks import Inlines
from publisher.reading.corrections import Correction, stale
from publisher.reading.vocabulary import Vocabulary, fold
from publisher.reading.vocabulary.bylines import parse_byline
from publisher.reading.vocabulary.dates import find_dates

_WORD = re.compile(r"\w+")
NOTATION = "#>*+- "
"""What may stand at the ends of a line and is no part of what it says."""

BODY: frozenset[Role] = frozenset(
    ("caption", "credit", "list item", "paragraph", "preformatted", "pull quote", "quote", "subheading", "table")
)
_TEASER: frozenset[Role] = frozenset(("related headline", "section label", "teaser headline", "teaser summary"))


def reword(reading: Reading, corrections: Sequence[Correction], known: Vocabulary, name: str) -> Reading:
    """The reading with the words that corrections give to lines; its trace shows the lines as they were.

    A correction that fits no line, or one whose words stand nowhere in an article, is a ``stale-correction`` problem of
    the first article. ``name`` is the source's.
    """
    wanted = [each for each in corrections if each.becomes is not None]
    if not wanted:
        return reading
    found, unfit = lines_of(wanted, reading.trace)
    problems = [stale(each, "fits no line of the page", name) for each in unfit if each.role is None]
    articles = list(reading.articles)
    trace = list(reading.trace)
    # The last line first: those above it keep their places among equal ones.
    for line, place, correction in reversed(found):
        swap = Swap(line, place, correction.becomes or "", known)
        articles = [swap.article(article) for article in articles]
        if swap.done:
            trace[line.number - 1] = replace(line, rule="correction", confidence=1.0)
        else:
            problems.append(stale(correction, "stands nowhere in the article", name))
    if problems and articles:
        articles[0] = replace(articles[0], problems=(*articles[0].problems, *problems))
    return Reading(articles=tuple(articles), trace=tuple(trace))


def lines_of(
    corrections: Iterable[Correction], trace: Iterable[TracedLine]
) -> tuple[list[tuple[TracedLine, int, Correction]], list[Correction]]:
    """The lines that corrections are of, in the order of the page, and the corrections that fit none.

    With each line stands which it is, from 1, among the equal ones that were read as the same.
    """
    wanted = {(key_of(each.text), each.occurrence): each for each in corrections}
    found: list[tuple[TracedLine, int, Correction]] = []
    counts: dict[tuple[str, Role | None], int] = {}
    for line in trace:
        key = key_of(line.text)
        for counted in (None, line.role):
            counts[key, counted] = counts.get((key, counted), 0) + 1
        if correction := wanted.pop((key, counts[key, None]), None):
            found.append((line, counts[key, line.role], correction))
    return found, list(wanted.values())


def people_of(text: str, known: Vocabulary) -> tuple[str, ...]:
    """Whom a line names, or the agencies; the line itself where it is not understood as names."""
    byline = parse_byline(text, known)
    people = (byline.people or byline.agencies) if byline else ()
    return tuple(people) or ((text.strip(),) if text.strip() else ())


def key_of(text: str) -> str:
    """What a line is known by: its words, whatever notation stands between them; its signs when it has none."""
    return " ".join(_WORD.findall(text.casefold())) or fold(text)


class Swap:
    """One line's words, to be changed once: where a text is them and no more, else where one holds them."""

    def __init__(self, line: TracedLine, place: int, becomes: str, known: Vocabulary) -> None:
        self.done = False
        self._line = line
        self._key = key_of(line.text)
        self._part = " ".join(line.text.split()).strip(NOTATION)
        self._place = place
        self._becomes = " ".join(becomes.split())
        self._known = known
        self._whole = True

    def article(self, article: Article) -> Article:
        """The article with the words changed, if they are in it."""
        self._whole = True
        article = self._fields(article)
        self._whole = False
        return article if self.done else self._fields(article)

    def _fields(self, article: Article) -> Article:
        match self._line.role:
            case "headline" if self._becomes:
                return replace(article, headline=self._text(article.headline))
            case "kicker":
                return replace(article, kicker=self._optional(article.kicker))
            case "standfirst":
                return replace(article, standfirst=self._optional(article.standfirst))
            case "byline":
                return replace(article, bylines=self._names(article.bylines))
            case "published" | "dateline" if (hits := find_dates(self._becomes, self._known)) and hits[0].date:
                self.done = True
                dateline = self._becomes if article.dateline else None
                return replace(article, published=hits[0].date, certainty="stated", dateline=dateline)
            case role if role in _TEASER:
                related = tuple(self._teaser(teaser) for teaser in article.related)
                return replace(article, related=tuple(teaser for teaser in related if teaser.headline))
            case role if role in BODY or role == "figure alt":
                blocks = (self._block(block) for block in article.body)
                return replace(article, body=tuple(block for block in blocks if block is not None))
        return article

    def _text(self, text: str) -> str:
        if self.done:
            return text
        if self._whole and key_of(text) == self._key:
            self._place -= 1
            if self._place:
                return text
            self.done = True
            return self._becomes
        if not self._whole and self._part in text:
            self.done = True
            return " ".join(text.replace(self._part, self._becomes, 1).split())
        return text

    def _optional(self, text: str | None) -> str | None:
        return None if text is None else self._text(text) or None

    def _names(self, names: tuple[str, ...]) -> tuple[str, ...]:
        """The names with those of the line changed for those of its new words."""
        was = people_of(self._line.text, self._known)
        at = next((at for at, name in enumerate(names) if name in was), None)
        if self.done or at is None:
            return names
        self.done = True
        kept = [name for name in names if name not in was]
        return (*kept[:at], *people_of(self._becomes, self._known), *kept[at:])

    def _teaser(self, teaser: Teaser) -> Teaser:
        match self._line.role:
            case "section label":
                # The label stands over several, all of which it changes for.
                return replace(teaser, section=self._label(teaser.section))
            case "teaser summary":
                return replace(teaser, summary=self._optional(teaser.summary))
        return replace(teaser, headline=self._text(teaser.headline))

    def _label(self, section: str | None) -> str | None:
        if section is None or key_of(section) != self._key:
            return section
        self.done = True
        return self._becomes or None

    def _inlines(self, inlines: Inlines) -> Inlines:
        """The inlines; as one text where they are the line and no more, for nobody can tell what is stressed then."""
        if self.done:
            return inlines
        if self._whole:
            words = self._text(plain(inlines))
            return inlines if not self.done else (Text(text=words),) if words else ()
        return tuple(
            replace(each, text=self._text(each.text))
            if isinstance(each, Text) and not self.done and self._part in each.text
            else each
            for each in inlines
        )

    def _block(self, block: Block) -> Block | None:
        """The block; ``None`` when none of its words is left."""
        if self.done:
            return block
        match block:
            case Figure() if self._line.role == "figure alt":
                return replace(block, alt=self._optional(block.alt))
            case Figure():
                return replace(block, caption=self._inlines(block.caption))
            case Paragraph() | Subheading() | PullQuote():
                inlines = self._inlines(block.inlines)
                return replace(block, inlines=inlines) if inlines else None
            case BulletList() | NumberedList():
                items = tuple(filter(None, (self._inlines(item) for item in block.items)))
                return replace(block, items=items) if items else None
            case BlockQuote():
                blocks = tuple(replace(each, inlines=self._inlines(each.inlines)) for each in block.blocks)
                blocks = tuple(each for each in blocks if each.inlines)
                return replace(block, blocks=blocks) if blocks else None
            case Table():
                header = tuple(self._inlines(cell) for cell in block.header)
                rows = tuple(tuple(self._inlines(cell) for cell in row) for row in block.rows)
                return replace(block, header=header, rows=rows, caption=self._inlines(block.caption))
            case Preformatted(text=text) if not self._whole and self._line.text in text:
                self.done = True
                return replace(block, text=text.replace(self._line.text, self._becomes, 1))
        return block

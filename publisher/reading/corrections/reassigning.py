"""Roles that a person gives to lines, in an article of any format; plain text's own reader takes them itself.

A line is known as in all corrections. What it was read as says where its words are: there they are taken out, and then
they are put where lines of the new role stand, beside what the lines above it became. The rest stays as it was read, so
that a page that is fetched again is corrected again.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence

from msgspec.structs import replace

from publisher.model import (
    Article,
    Block,
    BulletList,
    Figure,
    NumberedList,
    Paragraph,
    Placement,
    PullQuote,
    Reading,
    Role,
    Subheading,
    Teaser,
    Text,
    TracedLine,
    plain,
)
from publisher.reading.corrections import Correction, stale
from publisher.reading.corrections.rewording import BODY, NOTATION, Swap, key_of, lines_of, people_of
from publisher.reading.finishing import first_words, no_headline
from publisher.reading.vocabulary import Vocabulary
from publisher.reading.vocabulary.captions import caption_credit, credit_alone
from publisher.reading.vocabulary.dates import find_dates

_LINK = re.compile(r"!?\[([^\[\]]*)\]\([^()]*\)")
_MARKS = re.compile(r"(?<!\w)[*_`]{1,3}(?=\S)|(?<=\S)[*_`]{1,3}(?!\w)")
_HEADLINES: frozenset[Role] = frozenset(("teaser headline", "related headline"))


def reassign(reading: Reading, corrections: Sequence[Correction], known: Vocabulary, name: str) -> Reading:
    """The reading with the roles that corrections give to lines, in its articles and in its trace.

    A correction that fits no line is a ``stale-correction`` problem of the first article. ``name`` is the source's.
    """
    wanted = [each for each in corrections if each.role is not None]
    if not wanted or not reading.articles:
        return reading
    found, unfit = lines_of(wanted, reading.trace)
    articles, trace = list(reading.articles), list(reading.trace)
    problems = [stale(each, "fits no line of the page", name) for each in unfit]
    roles = {line.number: correction.role for line, _, correction in found}
    homeless = [each for each in found if not _has_place(reading, each[0], roles, known)]
    problems += [stale(correction, "has no place in the article", name) for _, _, correction in homeless]
    found = [each for each in found if each not in homeless]
    # The last line first: those above it keep their places among equal ones.
    for line, place, correction in reversed(found):
        if correction.role != line.role:
            at, _ = _article_of(reading, line)
            articles[at] = _without(articles[at], line, place, known)
            trace = _moved_with(trace, line)
    for line, _, correction in found:
        trace[line.number - 1] = replace(line, role=correction.role, rule="correction", confidence=1.0)
    given = {line.number for line, _, _ in found}
    for line, _, correction in found:
        if correction.role in (line.role, "furniture", None):
            continue
        at, own = _article_of(reading, line)
        putter = _Putter(trace, own, given, known)
        articles[at] = putter.put(articles[at], line, correction.role)
    problems += [no_headline(name) for article in articles if not article.headline]
    articles = [article if article.headline else _headed(article, name) for article in articles]
    articles[0] = replace(articles[0], problems=(*articles[0].problems, *problems))
    return Reading(articles=tuple(articles), trace=tuple(trace))


def _article_of(reading: Reading, line: TracedLine) -> tuple[int, range]:
    """The article that a line belongs to, and the indices of all its lines: in a feed, each opens with its headline."""
    if len(reading.articles) == 1:
        return 0, range(len(reading.trace))
    heads = [each.number - 1 for each in reading.trace if each.role == "headline"][: len(reading.articles)]
    ends = [*heads[1:], len(reading.trace)]
    at = max(bisect_right(heads, line.number - 1) - 1, 0)
    return at, range(heads[at], ends[at])


def _has_place(reading: Reading, line: TracedLine, roles: Mapping[int, Role | None], known: Vocabulary) -> bool:
    """Whether a line can be what its correction says: a summary wants a headline above it, a label one below."""
    _, own = _article_of(reading, line)
    headed = [
        number
        for number in range(own.start + 1, own.stop + 1)
        if roles.get(number, reading.trace[number - 1].role) in _HEADLINES
    ]
    match roles[line.number]:
        case "teaser summary":
            return any(number < line.number for number in headed)
        case "section label":
            return any(number > line.number for number in headed)
        case "published":
            return any(hit.date for hit in find_dates(line.text, known))
    return True


def _moved_with(trace: list[TracedLine], line: TracedLine) -> list[TracedLine]:
    """The trace in which the summary of a headline that is none any more is furniture too."""
    if line.role not in _HEADLINES:
        return trace
    for at in range(line.number, len(trace)):
        if trace[at].role in _HEADLINES or trace[at].role == "section label":
            break
        if trace[at].role == "teaser summary":
            trace[at] = replace(trace[at], role="furniture", rule="correction", confidence=1.0)
    return trace


def _without(article: Article, line: TracedLine, place: int, known: Vocabulary) -> Article:
    """The article without a line's words where the line was read to."""
    match line.role:
        case "headline":
            return replace(article, headline="")
        case "published" | "dateline":
            return replace(article, published=None, certainty=None, dateline=None)
        case "credit":
            return replace(article, body=tuple(_uncredited(block, line.text) for block in article.body))
    return Swap(line, place, "", known).article(article)


def _uncredited(block: Block, text: str) -> Block:
    signed = isinstance(block, Figure) and block.credit is not None and block.credit in text
    return replace(block, credit=None) if signed else block


def _headed(article: Article, name: str) -> Article:
    """An article whose headline was taken from it, with its first words for one."""
    texts = (plain(block.inlines) for block in article.body if isinstance(block, Paragraph))
    return replace(article, headline=first_words((*texts, name)))


class _Putter:
    """Puts lines where their new roles have their places.

    ``own`` are the indices of the article's lines in the trace, ``given`` the numbers of those that have a new role.
    """

    def __init__(self, trace: list[TracedLine], own: range, given: set[int], known: Vocabulary) -> None:
        self._trace = trace
        self._own = own
        self._given = given
        self._known = known

    def put(self, article: Article, line: TracedLine, role: Role) -> Article:
        """The article with the words of a line, which has the role in the trace by now."""
        words = _MARKS.sub("", _LINK.sub(r"\1", " ".join(line.text.split()).strip(NOTATION)))
        match role:
            case "headline" | "kicker" | "standfirst":
                joined = self._joined(role, line)
                former = getattr(article, role) if joined else None
                return replace(article, **{role: " ".join(filter(None, (former, words)))})
            case "byline":
                names = people_of(words, self._known)
                return replace(article, bylines=tuple(dict.fromkeys((*article.bylines, *names))))
            case "published":
                dates = [hit.date for hit in find_dates(words, self._known) if hit.date]
                return replace(article, published=dates[0], certainty="stated", dateline=words) if dates else article
            case "section label" | "teaser headline" | "teaser summary" | "related headline":
                return replace(article, related=self._related(article, line, role, words))
            case "furniture":
                return article
        return replace(article, body=self._body(article, line, role, words))

    def _joined(self, role: Role, line: TracedLine) -> bool:
        """Whether the words go behind those that the field has; a line that the rules had read to it is let go."""
        for at in self._own:
            if self._trace[at].role == role and self._trace[at].number not in self._given:
                self._trace[at] = replace(self._trace[at], role="furniture", rule="correction", confidence=1.0)
        return any(other.role == role for other in self._above(line))

    def _above(self, line: TracedLine) -> list[TracedLine]:
        """The article's lines above a line, the nearest last."""
        return self._trace[self._own.start : line.number - 1]

    # --- the body -----------------------------------------------------------------------------------------------------

    def _body(self, article: Article, line: TracedLine, role: Role, words: str) -> tuple[Block, ...]:
        body = list(article.body)
        at = self._place(body, line)
        inlines = (Text(text=words),)
        match role:
            case "caption":
                _set_figure(body, at, lambda figure: self._captioned(figure, words))
            case "credit":
                credit = credit_alone(words, self._known) or words
                _set_figure(body, at, lambda figure: replace(figure, credit=credit))
            case "figure alt":
                _set_figure(body, at, lambda figure: replace(figure, alt=words))
            case "list item":
                before = body[at - 1] if at else None
                if isinstance(before, BulletList | NumberedList):
                    body[at - 1] = replace(before, items=(*before.items, inlines))
                else:
                    body.insert(at, BulletList(items=(inlines,)))
            case "subheading":
                body.insert(at, Subheading(inlines=inlines, level=2))
            case "pull quote":
                body.insert(at, PullQuote(inlines=inlines))
            case _:
                body.insert(at, Paragraph(inlines=inlines))
        return tuple(body)

    def _captioned(self, figure: Figure, words: str) -> Figure:
        """A figure with words in its caption, behind those that it has; their credit is its own."""
        before = (*figure.caption, Text(text=" ")) if figure.caption else ()
        credit = caption_credit(words, self._known) or figure.credit
        return replace(figure, caption=(*before, Text(text=words)), credit=credit)

    def _place(self, body: list[Block], line: TracedLine) -> int:
        """Where in the body a line stands: behind the block of the nearest line above it that is in one."""
        said = [_keys(block) for block in body]
        for above in reversed(self._above(line)):
            if above.role in BODY or above.role == "figure alt":
                key = key_of(above.text)
                for at in reversed(range(len(body))):
                    if any(key and key in words for words in said[at]):
                        return at + 1
        return 0

    # --- teasers ------------------------------------------------------------------------------------------------------

    def _related(self, article: Article, line: TracedLine, role: Role, words: str) -> tuple[Teaser, ...]:
        related = list(article.related)
        above = [each for each in self._above(line) if each.role in _HEADLINES]
        at = self._behind(related, above)
        match role:
            case "section label":
                for each in self._trace[line.number : self._own.stop]:
                    if each.role == "section label":
                        break
                    if each.role in _HEADLINES:
                        related = [
                            replace(teaser, section=words.strip(" :")) if _is(teaser, each) else teaser
                            for teaser in related
                        ]
            case "teaser summary":
                if at:
                    former = related[at - 1].summary
                    related[at - 1] = replace(related[at - 1], summary=" ".join(filter(None, (former, words))))
            case _:
                label = next((each for each in reversed(self._above(line)) if each.role != "furniture"), None)
                section = label.text.strip(" :") if label is not None and label.role == "section label" else None
                if section is None and at and _is(related[at - 1], above[-1]):
                    section = related[at - 1].section
                placement: Placement = "inline" if role == "related headline" else "after"
                related.insert(at, Teaser(headline=words, section=section, placement=placement))
        return tuple(related)

    def _behind(self, related: list[Teaser], above: Iterable[TracedLine]) -> int:
        """The place behind the last teaser whose headline stands above."""
        for each in reversed(list(above)):
            for at in reversed(range(len(related))):
                if _is(related[at], each):
                    return at + 1
        return 0


def _is(teaser: Teaser, line: TracedLine) -> bool:
    """Whether a teaser's headline is a line, or a part of one."""
    return key_of(teaser.headline) in key_of(line.text)


def _set_figure(body: list[Block], at: int, change: Callable[[Figure], Figure]) -> None:
    """Change the figure that a line belongs to: the one above, the one below, or a new one without a picture."""
    for near in (at - 1, at):
        if 0 <= near < len(body) and isinstance(figure := body[near], Figure):
            body[near] = change(figure)
            return
    body.insert(at, change(Figure()))


def _keys(block: Block) -> list[str]:
    """What the texts of a block are known by."""
    match block:
        case Figure():
            return [key_of(text) for text in (plain(block.caption), block.alt or "", block.credit or "") if text]
        case BulletList() | NumberedList():
            return [key_of(plain(item)) for item in block.items]
        case Paragraph() | Subheading() | PullQuote():
            return [key_of(plain(block.inlines))]
    return [key_of(str(block))]

"""Teasers told by lines of the same kinds that take turns: a picture's words, a headline, a summary, a day, a button.

No word of the lines is looked at: what comes again and again in one order, after a text, is a list of cards.
"""

from collections.abc import Sequence
from typing import NamedTuple

from publisher.reading.text.teaser import headline_shaped, is_rubric
from publisher.reading.vocabulary import Vocabulary
from publisher.reading.vocabulary.bylines import parse_byline
from publisher.reading.vocabulary.lines import Line
from publisher.reading.vocabulary.page import Page

_SHORTEST, _LONGEST, _TIMES = 2, 6, 3
"""Lines of a card, and how often its kinds of lines come in one order."""

_MOST = 60
"""Cards that are looked at together, so that no page costs the square of its size."""

_NONE = "-"
"""What is of no card: labels, ends, imprints."""

_SENTENCE, _NAMED, _RUBRIC = 4, 6, 3.5
"""Words of the shortest sentence, of the longest line that names an author, and of rubrics on average."""

_HEADLINE = {"vi": 6.0, "de": 3.0}
_HEADLINE_WORDS, _SUMMED = 5.0, 0.6
"""Words of the headlines on average, in two languages others, and the share of them that they have over summaries."""

_SHAPED = 0.6
"""The share of the headlines that look as headlines do."""


class Turns(NamedTuple):
    """Cards from one index on: the kinds of their lines in order, how many lines all have, and which line is what."""

    order: str
    length: int
    """Of the last card what comes after its summary may be missing."""

    headline: int
    summary: int | None


def turns_at(page: Page, at: int, fewest: int = _TIMES, *, headed: bool = False) -> Turns | None:
    """The cards that begin at a line of a page, in the shortest order that comes ``fewest`` times; ``None`` without.

    ``headed``: a label stands over the first of them.
    """
    if page.kinds is None:
        page.kinds = "".join([_kind(line, page.vocabulary) for line in page.lines])
    kinds, lines = page.kinds, page.lines
    for size in range(_SHORTEST, min(_LONGEST, (len(kinds) - at) // fewest) + 1):
        order = kinds[at : at + size]
        if not kinds.startswith(order * fewest, at) or _NONE in order or "t" not in order or "n" in order[1:]:
            continue
        # Of lines of one kind a button must tell the cards apart.
        if order.count("t") == size and all(lines[i].key != lines[i + size].key for i in range(at, at + size)):
            continue
        times = fewest
        while times < _MOST and kinds.startswith(order, at + size * times):
            times += 1
        end = at + size * times
        found = _parts(order, [lines[start : start + size] for start in range(at, end, size)], page)
        if found is None:
            continue
        if found[1] is not None:
            least = found[1] + 1
            return Turns(order, end - at + (least if kinds.startswith(order[:least], end) else 0), *found)
        # Where days or numbers stand first, the line over them is their label.
        if headed or times == _MOST or not kinds.startswith(order[0], end):
            return Turns(order, end - at, *found)
    return None


def _kind(line: Line, known: Vocabulary) -> str:
    """A letter for what kind of line one is by its looks: a day, an author, a number, a button, a sentence, or text."""
    if line.prose:
        return "s"
    if line.end or line.file_name or line.rule == "furniture.imprint" or (line.label and line.words > 1):
        return _NONE
    if line.date or line.meta or is_rubric(line, known):
        return "d"
    if line.text[0].isdigit() and line.text.rstrip(".)").isdigit():
        return "n"
    if line.furniture:
        if known.ends.is_exact(line.key):
            return _NONE
        return "t" if line.words <= _RUBRIC and line.rule == "furniture.phrase" else "f"
    if line.ended and line.words >= _SENTENCE:
        return "s"
    opened = ":" in line.text or not known.openers.isdisjoint(line.key.split(" ", 2)[:2])
    byline = parse_byline(line.text, known) if opened and line.words <= _NAMED else None
    return "a" if byline is not None and byline.introduced and byline.people else "t"


def _parts(order: str, cards: Sequence[Sequence[Line]], page: Page) -> tuple[int, int | None] | None:
    """Which line of the cards is the headline, and which the summary; ``None`` where none can be the headline."""
    means = {at: sum(card[at].words for card in cards) / len(cards) for at, kind in enumerate(order) if kind == "t"}
    summary = next((at for at in range(len(order) - 1, 0, -1) if order[at] == "s" and min(means) < at), None)
    above = [at for at in means if summary is None or at < summary]
    # Over a summary a rubric comes first, and the headline may be as short.
    headline = max(above, key=lambda at: (at if summary is not None else means[at], at))
    least = _HEADLINE.get(page.language, _HEADLINE_WORDS) * (_SUMMED if summary is not None else 1)
    heads = [card[headline] for card in cards]
    keys = [head.key for head in heads]
    others = [at for at in means if at != headline and [card[at].key for card in cards] != keys]
    if means[headline] < least or any(means[at] > _RUBRIC for at in others):
        return None
    shaped = sum(headline_shaped(head, page, round(least)) for head in heads)
    if shaped < _SHAPED * len(heads) or len(set(keys)) < len(heads):
        return None
    buttons = any(len({card[at].key for card in cards}) == 1 for at in others)
    plain = summary is None and not (buttons or {"d", "f", "a"} & set(order))
    # A name over a day over a few words is a reader's comment.
    comment = summary is None and order[:headline].count("d") and order.index("t") < headline
    return None if plain or comment else (headline, summary)

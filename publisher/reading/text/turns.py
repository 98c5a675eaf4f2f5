"""Teasers told by lines of the same kinds that take turns: a picture's words, a headline, a summary, a day, a button.

No word of the lines is looked at: what comes again and again in one order, after a text, is a list of cards.
"""

from collections.abc import Sequence
from typing import NamedTuple

from publisher.reading.text.teaser import headline_shaped, is_rubric
from publisher.reading.vocabulary.lines import Line
from publisher.reading.vocabulary.names import parse_byline
from publisher.reading.vocabulary.page import Page

_SHORTEST, _LONGEST, _TIMES = 2, 6, 3
"""Lines of a card, and how often its kinds of lines come in one order."""

_SENTENCE, _NAMED, _RUBRIC = 4, 6, 3.5
"""Words of the shortest sentence, of the longest line that names an author, and of rubrics on average."""

_HEADLINE = {"vi": 6.0, "de": 3.0}
_HEADLINE_WORDS, _SUMMED = 5.0, 0.6
"""Words of the headlines on average, in two languages others, and the share of them that they have over summaries."""

_SHAPED = 0.6
"""The share of the headlines that look as headlines do."""


class Turns(NamedTuple):
    """Cards from one index on: the kinds of their lines in order, how many lines all have, and which line is what."""

    order: tuple[str, ...]
    length: int
    """Of the last card what comes after its summary may be missing."""

    headline: int
    summary: int | None


def turns_at(
    lines: Sequence[Line], index: int, page: Page, fewest: int = _TIMES, *, headed: bool = False
) -> Turns | None:
    """The cards that begin at an index, of the shortest order that comes ``fewest`` times; ``None`` without any.

    ``headed``: a label stands over the first of them.
    """
    kinds = [_kind(line, page) for line in lines[index : index + _LONGEST * fewest]]
    for size in range(_SHORTEST, _LONGEST + 1):
        order = kinds[:size]
        if len(kinds) < size * fewest or kinds[: size * fewest] != order * fewest or {"", "n"} & set(order[1:]):
            continue
        if order[0] == "" or "t" not in order:
            continue
        times = fewest
        while [_kind(line, page) for line in lines[index + size * times : index + size * (times + 1)]] == order:
            times += 1
        cards = [lines[index + size * at : index + size * (at + 1)] for at in range(times)]
        found = _parts(order, cards, page)
        if found is not None:
            least = 0 if found[1] is None else found[1] + 1
            end = index + size * times
            rest = [_kind(line, page) for line in lines[end : end + max(least, 1)]]
            if not (least or headed) and rest == order[:1]:
                continue  # Days or numbers stand first, and the line over them is their label.
            return Turns(tuple(order), size * times + (least if rest == order[:least] else 0), *found)
    return None


def _kind(line: Line, page: Page) -> str:
    """A letter for what kind of line one is, by its looks: a day, an author, a button, a sentence, other text."""
    if line.label or line.end or line.file_name or line.rule == "furniture.imprint":
        return ""
    if line.date or line.meta or is_rubric(line, page.vocabulary):
        return "d"
    if line.text.rstrip(".)").isdigit():
        return "n"
    if line.furniture:
        return "f"
    if line.prose or (line.ended and line.words >= _SENTENCE):
        return "s"
    byline = parse_byline(line.text, page.vocabulary) if line.words <= _NAMED else None
    return "a" if byline is not None and byline.introduced and byline.people else "t"


def _parts(order: Sequence[str], cards: Sequence[Sequence[Line]], page: Page) -> tuple[int, int | None] | None:
    """Which line of the cards is the headline, and which the summary; ``None`` where none can be the headline."""
    means = {at: sum(card[at].words for card in cards) / len(cards) for at, kind in enumerate(order) if kind == "t"}
    summary = next((at for at in range(len(order) - 1, 0, -1) if order[at] == "s" and min(means) < at), None)
    above = [at for at in means if summary is None or at < summary]
    # Over a summary a rubric comes first, and the headline may be as short.
    headline = max(above, key=lambda at: (at if summary is not None else means[at], at))
    least = _HEADLINE.get(page.language, _HEADLINE_WORDS) * (_SUMMED if summary is not None else 1)
    if means[headline] < least or any(mean > _RUBRIC for at, mean in means.items() if at != headline):
        return None
    heads = [card[headline] for card in cards]
    shaped = sum(headline_shaped(head, page, round(least)) for head in heads)
    if shaped < _SHAPED * len(heads) or len({head.key for head in heads}) < len(heads):
        return None
    plain = summary is None and not {"d", "f", "a"} & set(order)
    # A name over a day over a few words is a reader's comment.
    comment = summary is None and order[:headline].count("d") and order.index("t") < headline
    return None if plain or comment else (headline, summary)

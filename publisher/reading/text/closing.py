"""Pairs that close a text, a headline over one short paragraph each: teasers, or the text's own last parts."""

from collections.abc import Sequence
from itertools import pairwise

from publisher.model import Teaser
from publisher.reading.text.draft import Draft, DraftItem
from publisher.reading.text.likeness import covered, overlap, stems
from publisher.reading.text.speakers import QUOTATION
from publisher.reading.vocabulary import Vocabulary, fold

_PAIR = ["subheading", "paragraph"]
_HEADLINE_WORDS, _SUMMARY_WORDS = 7, 70
"""Words of the shortest headline and of the longest summary that close a text."""

_ROW, _ROW_LEAST, _ROW_WORDS, _ROW_SHORTER = 3, 6, {"de": 5}, 0.75
"""Pairs that are a row, the words of the shortest headline in one, in German fewer, and the share of the usual
paragraph's words that its longest summary has at most."""

_AKIN, _AKIN_SYLLABLES, _LOOKED_AT = 0.25, 0.45, 1000
"""The share of a row's words, in Vietnamese of its syllables, that the text above has at most: parts of a text have
more; and the characters of each that are looked at."""

_MARKS = ".,;:!?…()[]\"“”'’«»"
_TEXT_ABOVE, _ITEMS_ABOVE = 3, 4
"""Paragraphs above several such pairs, and items with a single one, at least."""

_SAME_BESIDE, _SAME = 0.4, 0.75
"""The share of a headline's words that its summary says again, beside it or not."""

_LOOKED_BACK = 400
"""Items above that the pairs are held against, so that no page costs the square of its size."""


def part_closing_teasers(draft: Draft) -> None:
    """Part teasers from the text's end: headline-long lines, each over one short paragraph.

    Two such pairs or more are teasers, unless the sub-headings above head single paragraphs too. One alone may be the
    text's last part: it must say the same again. Where blank lines part the paragraphs, a pair without one is telling;
    elsewhere the words alone must do.
    """
    pairs = _closing_row(draft) or _closing_pairs(draft.items, _HEADLINE_WORDS)
    above = draft.items[: len(draft.items) - 2 * pairs]
    if (
        pairs > 1
        and not _are_parts(draft, pairs)
        and not _single_parts(above)
        and sum(item.kind == "paragraph" for item in above) >= _TEXT_ABOVE
    ):
        taken = pairs
    elif pairs and len(draft.items) >= _ITEMS_ABOVE and _says_again(draft, *draft.items[-2:]):
        taken = 1
    else:
        return
    closing = draft.items[len(draft.items) - 2 * taken :]
    del draft.items[len(draft.items) - 2 * taken :]
    for at, (head, text) in enumerate(zip(closing[::2], closing[1::2], strict=True)):
        draft.teasers.insert(at, Teaser(headline=head.text, summary=text.text, placement="after"))
        draft.teaser_lines.insert(at, [head.lines[0], text.lines[0]])
        draft.mark(head.lines[0], "teaser headline", "teaser.single", 0.7)
        draft.mark(text.lines[0], "teaser summary", "teaser.summary", 0.7)


def _closing_row(draft: Draft) -> int:
    """How many pairs close a text, if they are a row of pairs with summaries shorter than the paragraphs above; else 0.

    Some of their headlines may have been taken for captions, or have few words.
    """
    items = draft.items
    pairs = _closing_pairs(items, _ROW_WORDS.get(draft.page.language, _ROW_LEAST), pictured=True)
    lengths = sorted(item.lines[0].words for item in items[: len(items) - 2 * pairs] if item.kind == "paragraph")
    if pairs < _ROW or not lengths:
        return 0
    longest = max(item.lines[0].words for item in items[len(items) - 2 * pairs :])
    return pairs if longest < _ROW_SHORTER * lengths[len(lengths) // 2] else 0


def _are_parts(draft: Draft, pairs: int) -> bool:
    """Whether closing pairs are the text's own: counted, questions, or about the same as the text above."""
    at, known = len(draft.items) - 2 * pairs, draft.page.vocabulary
    closing = draft.items[at:]
    above = stems(" ".join(item.text[:_LOOKED_AT] for item in draft.items[:at][-_LOOKED_BACK:]), known)
    akin = sum(covered(item.text[:_LOOKED_AT], above, known) for item in closing) / len(closing)
    told = any(item.text.endswith("?") or item.text[0].isdigit() for item in closing[::2])
    if told or akin > (_AKIN_SYLLABLES if draft.page.language == "vi" else _AKIN):
        return True
    named = {name for item in draft.items[:at] for name in _named(item.text, known)}
    return 2 * sum(not named.isdisjoint(_named(item.text, known)) for item in closing[1::2]) > pairs


def _named(text: str, known: Vocabulary) -> set[str]:
    """Who and what a text names by two words or more with capitals, but for places that all texts name."""
    pairs = pairwise(word.strip(_MARKS) for word in text.split()[1:])
    named = {f"{one} {other}" for one, other in pairs if one[:1].isupper() and other[:1].isupper()}
    return {name for name in named if fold(name) not in known.places}


def _closing_pairs(items: Sequence[DraftItem], least: int, *, pictured: bool = False) -> int:
    """How many lines of so many words at least, each over one short paragraph, close the items.

    ``pictured``: captions that no credit closes count too.
    """
    pairs = 0
    for at in range(len(items) - len(_PAIR), -1, -len(_PAIR)):
        head, text = items[at : at + len(_PAIR)]
        given = head.lines[0].given or text.lines[0].given
        shown = pictured and head.kind == "figure" and head.alt is None and head.credit is None and len(head.lines) == 1
        if not (head.kind == "subheading" or _is_bare(head) or shown) or text.kind != "paragraph" or given:
            break
        if head.lines[0].words < least or text.lines[0].words > _SUMMARY_WORDS:
            break
        pairs += 1
    return pairs


def _is_bare(item: DraftItem) -> bool:
    """Whether an item is another article's headline that nothing tells from a sub-heading but its words."""
    line = item.lines[0]
    bare = item.teaser is not None and item.teaser.section is None and item.teaser.summary is None
    return bare and line.cue is None and not line.bullet and item.text == line.text


def _single_parts(items: Sequence[DraftItem]) -> bool:
    """Whether a sub-heading heads one paragraph and no more."""
    kinds = [item.kind for item in items]
    return any(
        kinds[at : at + 2] == _PAIR and kinds[at + 2 : at + 3] in (["subheading"], []) for at in range(len(kinds))
    )


def _says_again(draft: Draft, head: DraftItem, text: DraftItem) -> bool:
    if QUOTATION.fullmatch(head.text):
        return False  # What somebody says in the part that it heads.
    adjacent = draft.page.spaced and not text.lines[0].after_blank and head.lines[0].after_blank
    return overlap(head.text, text.text, draft.page.vocabulary) >= (_SAME_BESIDE if adjacent else _SAME)

"""The end of a text as far as it is none of it: what tells of its author, offers, notices, headings over nothing."""

from itertools import pairwise

from publisher.reading.text.authors import ABOUT_WORDS, tells_of_author
from publisher.reading.text.body import Body
from publisher.reading.text.draft import Draft
from publisher.reading.text.notices import NOTICE_WORDS, OFFER_WORDS, speaks
from publisher.reading.vocabulary import EDGES

_TELLING = frozenset(("paragraph", "subheading", "teaser"))
"""What a line about the author may have been taken for: it need not end as a sentence does."""

_OVER_NOTICES = 4
"""Items of a text under which notices are looked for."""

_TEXT, _CLOSING = 3, 4
"""Items of a text at least, and those at its end that may tell of the author."""

_ABOUT_AUTHOR = 2
"""Paragraphs about the author under the text."""


def drop_foreign_end(body: Body) -> None:
    """Drop what was read as the text's last items and is none of it."""
    _drop_author(body)
    _drop_biography(body.draft)
    _drop_offer(body.draft)
    _drop_notices(body.draft)
    _drop_headings(body.draft)


def _drop_author(body: Body) -> None:
    """Drop what the last lines tell of the author, under the author's name."""
    about = body.items[body.signed_at :] if body.signed_at is not None else []
    if len(about) > _ABOUT_AUTHOR or any(
        item.kind != "paragraph" or item.lines[0].words > ABOUT_WORDS for item in about
    ):
        return
    for item in about:
        body.items.remove(item)
        body.draft.drop(item.lines[0], "furniture.after", 0.6)


def _drop_biography(draft: Draft) -> None:
    """Drop what tells of the author under the text, from the line on that the author's name opens."""
    for at in range(max(_TEXT, len(draft.items) - _CLOSING), len(draft.items)):
        first = draft.items[at]
        if first.kind in _TELLING and tells_of_author(draft, first.lines[0]):
            told = draft.items[at:]
            if any(line.given for item in told for line in item.lines):
                return
            del draft.items[at:]
            for line in (line for item in told for line in item.lines):
                draft.drop(line, "furniture.after", 0.6)
            return


def _drop_offer(draft: Draft) -> None:
    """Drop the text's last paragraph where it says what the newsletter is about that is offered right above it."""
    last = draft.items[-1] if draft.items else None
    if last is None or last.kind != "paragraph" or last.lines[0].given or last.lines[0].words > OFFER_WORDS:
        return
    at = draft.page.lines.index(last.lines[0])
    above = draft.page.lines[at - 1] if at else None
    if above is not None and "newsletter" in above.lowered and draft.trace.role(above.number) == "furniture":
        draft.items.pop()
        draft.drop(last.lines[0], "furniture.after", 0.6)


def _drop_notices(draft: Draft) -> None:
    """Drop paragraphs at the text's end that lead on to what does not follow, or offer what the page has to offer."""
    known = draft.page.vocabulary
    while (last := draft.items[-1] if draft.items else None) is not None and last.kind == "paragraph":
        line = last.lines[0]
        words = {word.strip(EDGES) for word in line.lowered.split()}
        offers = known.notice_matters.intersection((*words, *map(" ".join, pairwise(line.lowered.split()))))
        notice = line.words <= NOTICE_WORDS and offers and speaks(line, known)
        if line.given or len(draft.items) < _OVER_NOTICES or not (line.text.endswith(":") or notice):
            return
        draft.items.pop()
        draft.drop(line, "furniture.notice", 0.6)


def _drop_headings(draft: Draft) -> None:
    """Drop what was read as sub-headings after the last paragraph: they head nothing."""
    while draft.items and draft.items[-1].kind == "subheading" and draft.items[-1].lines[-1].given is None:
        for line in draft.items.pop().lines:
            draft.drop(line, "furniture.after", 0.6)

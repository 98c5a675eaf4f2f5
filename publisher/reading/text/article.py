"""The article itself, from the headline to its end: one rule after the other is asked about each line.

A rule is a function of the body and an index. It gives back how many lines it took: 0 when the line is not its own.
Their order matters: the surer rule comes first.
"""

from itertools import pairwise

from publisher.reading.text.asides import (
    boxed_teaser,
    bullets,
    cue,
    guessed_label,
    joined_headlines,
    label,
    linked_row,
    points,
)
from publisher.reading.text.body import COUNTER, Body, Rule
from publisher.reading.text.candidates import are_parted
from publisher.reading.text.credits import (
    bracketed,
    caption_over_credit,
    closed_in_brackets,
    credit_over_caption,
    credited_caption,
    lone_credit,
    over_signature,
)
from publisher.reading.text.draft import Draft, DraftItem
from publisher.reading.text.figures import (
    belongs_to_picture,
    controlled,
    counted,
    doubled,
    file_name,
    headline_again,
    labelled_caption,
    over_counter,
    picture_description,
    pictured,
    placed,
    repeated,
    taken_then,
    told_photo,
    under_rule,
)
from publisher.reading.text.head import over_text
from publisher.reading.text.headings import CAPTION_WORDS, heading, unended_caption
from publisher.reading.text.joints import parted
from publisher.reading.text.scenes import shows
from publisher.reading.text.signatures import introduced, signed
from publisher.reading.text.speakers import speaker
from publisher.reading.text.teaser import headline_shaped
from publisher.reading.text.unmarked import short_sentence, shown_person, unmarked_credit
from publisher.reading.vocabulary import EDGES, Vocabulary, fold
from publisher.reading.vocabulary.captions import caption_credit, credit_alone
from publisher.reading.vocabulary.lines import Line, has_inner_end, is_break

_QUESTION_WORDS = 60
"""Words of the longest interviewer's question."""

_ANSWER_WORDS = 20
"""Words from which sentences are an answer though the last of them asks."""

_AGAIN_WORDS = 5
"""Words of what a page sets between its paragraphs more than once."""

_BOX_LINES = 14
"""Lines of a box between paragraphs, at most."""

_NOTICE_WORDS = 30
"""Words of a sentence in such a box, at most."""

_FEWEST_LINKS, _MOST_LINKS, _SENTENCE_WORDS, _HEADLINE_WORDS = 2, 5, 15, 26
"""Headlines in a row over a standfirst, the words of the shortest standfirst and of the longest headline."""

_COLUMNS, _ROWS, _CELL_WORDS = 2, 2, 14
"""Cells of a row, rows of a table, at least, and words of a cell."""

_LEAST_LISTED = 3
"""Lines of a list that has lost its bullets, at least."""

_TELLING = frozenset(("paragraph", "subheading", "teaser"))
"""What a line about the author may have been taken for: it need not end as a sentence does."""

_OFFER_WORDS = 25
"""Words of what a newsletter is about, at most."""

_OVER_NOTICES = 4
"""Items of a text under which notices are looked for."""

_TEXT, _CLOSING = 3, 4
"""Items of a text at least, and those at its end that may tell of the author."""

_ABOUT_AUTHOR, _ABOUT_WORDS = 2, 45
"""Paragraphs about the author under the text, and the words of the longest."""


def furniture(body: Body, index: int) -> int:
    """Buttons, notices, signs; a row of asterisks is a break."""
    line = body.lines[index]
    if is_break(line.text) and body.text_seen:
        body.add("break", line, "paragraph", "body.break", 0.8)
        return 1
    if line.furniture:
        body.draft.drop(line, "furniture.phrase")
        return 1
    if line.end:
        body.draft.drop(line, "furniture.end")
        return 1
    counts = body.page.counts
    # With the headline a page may print the standfirst again, where the article is to be shared.
    with_headline = not body.text_seen and counts[line.key] <= counts[body.draft.headline_key]
    if body.page.is_slot(line) and not (line.prose and with_headline):
        body.draft.drop(line, "furniture.repeated", 0.8)
        return 1
    if body.text_seen and _comes_again(body, index):
        body.draft.drop(line, "furniture.repeated", 0.7)
        return 1
    if not body.text_seen and are_parted(line.text) and counts[line.key] > 1:
        body.draft.drop(line, "furniture.menu", 0.7)
        return 1
    if not body.text_seen and COUNTER.match(line.text):
        body.draft.drop(line, "furniture.phrase", 0.7)
        return 1
    return 0


def _comes_again(body: Body, index: int) -> bool:
    """Whether a few words stand between paragraphs here and elsewhere: no text has a sub-heading twice."""
    line = body.lines[index]
    if line.prose or line.bullet or line.words > _AGAIN_WORDS or line.label or line.cue is not None or line.file_name:
        return False
    if credit_alone(line.text, body.page.vocabulary) is not None:
        return False
    return body.parts_paragraphs(index) and body.page.counts[line.key] > 1 and body.between[line.key] > 1


def question(body: Body, index: int) -> int:
    """An interviewer's question: it opens with the dash of speech or ends in its mark, and the answer stands below."""
    line, below = body.lines[index], body.at(index + 1)
    asked = line.text.endswith("?") and line.words <= _QUESTION_WORDS and (line.bullet or line.text[0] in "—–-")
    if not asked or not body.text_seen or below is None or not below.prose or _is_question(below):
        return 0
    body.add("subheading", line, "subheading", "subheading.question", 0.8)
    return 1


def _is_question(line: Line) -> bool:
    """Whether a line asks and does not answer by asking: an answer has more sentences."""
    return line.text.endswith("?") and not (has_inner_end(line.text) and line.words > _ANSWER_WORDS)


def tabulated(body: Body, index: int) -> int:
    """Rows of cells that tabs part, as many in each: a table."""
    width, count = len(body.lines[index].cells), 0
    if width < _COLUMNS or not body.text_seen:
        return 0
    while (line := body.at(index + count)) is not None and len(line.cells) == width and _are_cells(line):
        count += 1
    if count < _ROWS:
        return 0
    rows = body.lines[index : index + count]
    body.items.append(DraftItem(kind="table", lines=rows))
    for line in rows:
        body.draft.mark(line, "table", "body.table", 0.9)
    return count


def _are_cells(line: Line) -> bool:
    """Whether what tabs part is as short as what stands in tables: some pages are laid out by them."""
    return all(cell.count(" ") < _CELL_WORDS for cell in line.cells)


def box(body: Body, index: int) -> int:
    """A box that asks for an address or an account: what stands over its last button, between two paragraphs."""
    start, known = index, body.page.vocabulary
    while (above := body.at(start - 1)) is not None and above.furniture:
        start -= 1
    if body.paragraphs < 2 or above is None or not above.prose or (start == index and body.lines[index].prose):
        return 0
    asks_for = any(_asks_for(line, known) for line in body.lines[start:index])
    last = 0
    for count in range(1, _BOX_LINES):
        line = body.at(index + count - 1)
        if line is None or line.label or line.file_name or line.date or belongs_to_picture(body, line):
            break
        # What stands under a button is the text again.
        apart = not last or count > last + 1
        below = body.at(index + count)
        closed = below is not None and below.furniture and (_asks_for(below, known) or below.rule == "furniture.notice")
        asks = (asks_for and _speaks(line, known)) or (closed and line.words <= _OFFER_WORDS)
        if line.prose and not (asks and apart and line.words <= _NOTICE_WORDS):
            break
        if line.furniture and line.rule not in ("furniture.signs", "furniture.repeated"):
            last = count
        asks_for = asks_for or _asks_for(line, known)
    if not asks_for or last <= (0 if start < index else 1):
        return 0
    for line in body.lines[index : index + last]:
        body.draft.drop(line, "furniture.notice", 0.6)
    return last


def _asks_for(line: Line, known: Vocabulary) -> bool:
    """Whether a line is about accounts, newsletters and the like."""
    words = " ".join(parted(line.text)).casefold().split() if line.words <= _OFFER_WORDS else line.key.split()
    return not known.notice_matters.isdisjoint(word.strip(EDGES) for word in words)


def _speaks(line: Line, known: Vocabulary) -> bool:
    """Whether a line speaks to its reader."""
    return not known.notice_address.isdisjoint(word.strip(EDGES) for word in line.text.split())


def listed(body: Body, index: int) -> int:
    """Headlines in a row beside the standfirst, as Vietnamese pages link what came before."""
    if body.paragraphs > 1 or body.page.language != "vi" or body.draft.standfirst is not None:
        return 0
    count = 0
    while (line := body.at(index + count)) is not None and _can_be_listed(line) and _can_be_linked(body, line):
        count += 1
    below = body.at(index + count)
    if not _FEWEST_LINKS <= count <= _MOST_LINKS or below is None or not below.prose or below.words < _SENTENCE_WORDS:
        return 0
    for line in body.lines[index : index + count]:
        body.add_related(line, line.text, "related.listed", 0.7)
    return count


def clause(body: Body, index: int) -> int:
    """A line that a semicolon closes: an item of a list of the text that has lost its bullets."""
    line = body.lines[index]
    if line.text[-1] != ";" or not body.text_seen or line.cue is not None:
        return 0
    body.add("bullet", line, "list item", "body.bullet", 0.7)
    return 1


def announced(body: Body, index: int) -> int:
    """Lines in a row without a full stop under a paragraph that ends in a colon: a list that has lost its bullets."""
    above = body.items[-1] if body.items else None
    if (
        above is None
        or above.kind != "paragraph"
        or not above.text.endswith(":")
        or above.lines[-1] is not body.at(index - 1)
    ):
        return 0
    count = 0
    while (line := body.at(index + count)) is not None and _can_be_listed(line):
        count += 1
    if count < _LEAST_LISTED:
        return 0
    for line in body.lines[index : index + count]:
        body.add("bullet", line, "list item", "body.bullet", 0.7)
    return count


def _can_be_linked(body: Body, line: Line) -> bool:
    if line.words > _HEADLINE_WORDS or shows(line, body.page):
        return False
    return headline_shaped(line, body.page) and caption_credit(line.text, body.page.vocabulary) is None


def _can_be_listed(line: Line) -> bool:
    own = line.furniture or line.end or line.label or line.date or line.meta or line.file_name or line.cue is not None
    return not (own or line.prose or line.bullet or line.ended) and 1 < line.words <= CAPTION_WORDS


def quote_or_paragraph(body: Body, index: int) -> int:
    """What is left: running text; before it, something that is not ours."""
    line = body.lines[index]
    if line.prose or body.text_seen or line.words > 40:
        body.add(
            "paragraph",
            line,
            "paragraph",
            "body.paragraph" if line.prose else "body.short",
            0.95 if line.prose else 0.6,
        )
        body.text_seen = True
        body.paragraphs += 1
        return 1
    body.draft.drop(line, "furniture.before", 0.6)
    return 1


RULES: tuple[Rule, ...] = (
    points,
    label,
    introduced,
    under_rule,
    furniture,
    repeated,
    counted,
    headline_again,
    file_name,
    labelled_caption,
    over_counter,
    tabulated,
    clause,
    controlled,
    doubled,
    cue,
    box,
    question,
    bullets,
    lone_credit,
    credit_over_caption,
    speaker,
    signed,
    caption_over_credit,
    over_signature,
    bracketed,
    taken_then,
    boxed_teaser,
    placed,
    linked_row,
    told_photo,
    pictured,
    credited_caption,
    unmarked_credit,
    closed_in_brackets,
    announced,
    joined_headlines,
    picture_description,
    listed,
    guessed_label,
    shown_person,
    short_sentence,
    heading,
    unended_caption,
    over_text,
    quote_or_paragraph,
)


def read_article(draft: Draft, start: int, end: int) -> None:
    """Read the lines from one index to another into the draft's items."""
    body = Body(draft, start, end)
    index = 0
    while index < len(body.lines):
        for rule in RULES:
            if taken := rule(body, index):
                index += taken
                break
    _drop_author(body)
    _drop_closing_biography(draft)
    _drop_closing_offer(draft)
    _drop_closing_notices(draft)
    _drop_closing_headings(draft)


def _drop_author(body: Body) -> None:
    """Drop what the last lines tell of the author, under the author's name."""
    about = body.items[body.signed_at :] if body.signed_at is not None else []
    if len(about) > _ABOUT_AUTHOR or any(
        item.kind != "paragraph" or item.lines[0].words > _ABOUT_WORDS for item in about
    ):
        return
    for item in about:
        body.items.remove(item)
        body.draft.drop(item.lines[0], "furniture.after", 0.6)


def _drop_closing_biography(draft: Draft) -> None:
    """Drop what tells of the author under the text, from the line on that the author's name opens."""
    names = tuple(f"{fold(name)} " for name in draft.bylines)
    for at in range(max(_TEXT, len(draft.items) - _CLOSING), len(draft.items)):
        first = draft.items[at]
        if first.kind in _TELLING and first.lines[0].words <= _ABOUT_WORDS and first.lines[0].key.startswith(names):
            told = draft.items[at:]
            if any(line.given for item in told for line in item.lines):
                return
            del draft.items[at:]
            for line in (line for item in told for line in item.lines):
                draft.drop(line, "furniture.after", 0.6)
            return


def _drop_closing_offer(draft: Draft) -> None:
    """Drop the text's last paragraph where it says what the newsletter is about that is offered right above it."""
    last = draft.items[-1] if draft.items else None
    if last is None or last.kind != "paragraph" or last.lines[0].given or last.lines[0].words > _OFFER_WORDS:
        return
    at = draft.page.lines.index(last.lines[0])
    above = draft.page.lines[at - 1] if at else None
    if above is not None and "newsletter" in above.lowered and draft.trace.role(above.number) == "furniture":
        draft.items.pop()
        draft.drop(last.lines[0], "furniture.after", 0.6)


def _drop_closing_notices(draft: Draft) -> None:
    """Drop paragraphs at the text's end that lead on to what does not follow, or offer what the page has to offer."""
    known = draft.page.vocabulary
    while (last := draft.items[-1] if draft.items else None) is not None and last.kind == "paragraph":
        line = last.lines[0]
        words = {word.strip(EDGES) for word in line.lowered.split()}
        offers = known.notice_matters.intersection((*words, *map(" ".join, pairwise(line.lowered.split()))))
        notice = line.words <= _NOTICE_WORDS and offers and not known.notice_address.isdisjoint(line.text.split())
        if line.given or len(draft.items) < _OVER_NOTICES or not (line.text.endswith(":") or notice):
            return
        draft.items.pop()
        draft.drop(line, "furniture.notice", 0.6)


def _drop_closing_headings(draft: Draft) -> None:
    """Drop what was read as sub-headings after the last paragraph: they head nothing."""
    while draft.items and draft.items[-1].kind == "subheading" and draft.items[-1].lines[-1].given is None:
        for line in draft.items.pop().lines:
            draft.drop(line, "furniture.after", 0.6)

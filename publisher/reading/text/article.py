"""The article itself, from the headline to its end: one rule after the other is asked about each line.

A rule is a function of the body and an index. It gives back how many lines it took: 0 when the line is not its own.
Their order matters: the surer rule comes first.
"""

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
from publisher.reading.text.ending import drop_foreign_end
from publisher.reading.text.figures import (
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
from publisher.reading.text.notices import box
from publisher.reading.text.scenes import shows
from publisher.reading.text.signatures import introduced, signed
from publisher.reading.text.speakers import speaker
from publisher.reading.text.teaser import headline_shaped
from publisher.reading.text.unmarked import short_sentence, shown_person, unmarked_credit
from publisher.reading.vocabulary.captions import caption_credit, credit_alone
from publisher.reading.vocabulary.lines import Line, has_inner_end, is_break

_QUESTION_WORDS = 60
"""Words of the longest interviewer's question."""

_ANSWER_WORDS = 20
"""Words from which sentences are an answer though the last of them asks."""

_AGAIN_WORDS = 5
"""Words of what a page sets between its paragraphs more than once."""

_FEWEST_LINKS, _MOST_LINKS, _SENTENCE_WORDS, _HEADLINE_WORDS = 2, 5, 15, 26
"""Headlines in a row over a standfirst, the words of the shortest standfirst and of the longest headline."""

_COLUMNS, _ROWS, _CELL_WORDS = 2, 2, 14
"""Cells of a row, rows of a table, at least, and words of a cell."""

_LEAST_LISTED = 3
"""Lines of a list that has lost its bullets, at least."""


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
    drop_foreign_end(body)

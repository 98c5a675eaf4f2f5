"""The article itself, from the headline to its end: one rule after the other is asked about each line.

A rule is a function of the body and an index. It gives back how many lines it took: 0 when the line is not its own.
Their order matters: the surer rule comes first.
"""

import re
from itertools import pairwise

from publisher.reading.text.asides import boxed_teaser, bullets, cue, joined_headlines, label, points
from publisher.reading.text.body import COUNTER, Body, Rule, can_be_caption, goes_on
from publisher.reading.text.draft import Draft
from publisher.reading.text.figures import (
    ENDS_IN_DATE,
    bracketed,
    caption_over_credit,
    credit_over_caption,
    credited_caption,
    doubled,
    file_name,
    headline_again,
    labelled_caption,
    lone_credit,
    over_signature,
    picture_description,
    pictured,
    placed,
    repeated,
    taken_then,
)
from publisher.reading.text.likeness import share
from publisher.reading.text.signatures import signed
from publisher.reading.text.teaser import headline_shaped, of_buttons
from publisher.reading.vocabulary import EDGES, Vocabulary, fold
from publisher.reading.vocabulary.captions import caption_credit, without_label
from publisher.reading.vocabulary.lines import Line, is_break, split_rank
from publisher.reading.vocabulary.names import parse_byline

_RUBRIC_WORDS = 2
_COUNTED = re.compile(r"\d{1,2}[.)] ")
_HEADING_WORDS = 16
_PLAIN_HEADING = 8
_QUESTION_WORDS = 60
_CAPTION_WORDS = 60
"""Words of the longest sub-heading, of one over two paragraphs or more, of an interviewer's question, of a caption."""
_CAPTION_SYLLABLES, _UNLIKE, _LONG_SYLLABLES = 9, 0.1, 13
"""Words of the shortest line between two Vietnamese paragraphs that is a caption, what it shares with the text, and the
words from which a line with a name in it is one whatever it shares."""

_LONG_HEADING, _FOREIGN = 8, 0.15
"""Words from which a sub-heading has more of its words than that share in the text below it."""

_QUOTED = frozenset('"“„«¿—–')
_AGAIN_WORDS = 5
"""Words of what a page sets between its paragraphs more than once."""

_BOX_LINES = 14
"""Lines of a box between paragraphs, at most."""

_NOTICE_WORDS = 30
"""Words of a sentence in such a box, at most."""

_FEWEST_LINKS, _MOST_LINKS, _SENTENCE_WORDS = 2, 5, 15
"""Headlines in a row over a standfirst, and the words of the shortest standfirst."""

_LEAST_LISTED = 3
"""Lines of a list that has lost its bullets, at least."""

_ABOUT_AUTHOR, _ABOUT_WORDS = 2, 45
"""Paragraphs about the author under the text, and the words of the longest."""

_LINK_WORDS = 4
"""Words of the shortest headline that is left bare between paragraphs."""


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
    if body.page.is_slot(line):
        body.draft.drop(line, "furniture.repeated", 0.8)
        return 1
    if body.text_seen and _comes_again(body, index):
        body.draft.drop(line, "furniture.repeated", 0.7)
        return 1
    if COUNTER.match(line.text) and not body.text_seen:
        body.draft.drop(line, "furniture.phrase", 0.7)
        return 1
    return 0


def _comes_again(body: Body, index: int) -> bool:
    """Whether a few words stand between paragraphs here and elsewhere: no text has a sub-heading twice."""
    line = body.lines[index]
    if line.prose or line.bullet or line.words > _AGAIN_WORDS or line.label or line.cue is not None or line.file_name:
        return False
    return body.parts_paragraphs(index) and body.page.counts[line.key] > 1 and body.between[line.key] > 1


def question(body: Body, index: int) -> int:
    """An interviewer's question: it opens with the dash of speech or ends in its mark, and the answer stands below."""
    line, below = body.lines[index], body.at(index + 1)
    asked = line.text.endswith("?") and line.words <= _QUESTION_WORDS and (line.bullet or line.text[0] in "—–-")
    if not asked or not body.text_seen or below is None or not below.prose or below.text.endswith("?"):
        return 0
    body.add("subheading", line, "subheading", "subheading.question", 0.8)
    return 1


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
        if line is None or line.label or line.file_name or line.date or _pictured(body, line):
            break
        # What stands under a button is the text again.
        parted = not last or count > last + 1
        if line.prose and not (asks_for and parted and line.words <= _NOTICE_WORDS and _speaks(line, known)):
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
    return not known.notice_matters.isdisjoint(line.key.split())


def _speaks(line: Line, known: Vocabulary) -> bool:
    """Whether a line speaks to its reader."""
    return not known.notice_address.isdisjoint(word.strip(EDGES) for word in line.text.split())


def listed(body: Body, index: int) -> int:
    """Headlines in a row beside the standfirst, as Vietnamese pages link what came before."""
    if body.paragraphs > 1 or body.page.language != "vi" or body.draft.standfirst is not None:
        return 0
    count = 0
    while (line := body.at(index + count)) is not None and _can_be_listed(line) and headline_shaped(line, body.page):
        count += 1
    below = body.at(index + count)
    if not _FEWEST_LINKS <= count <= _MOST_LINKS or below is None or not below.prose or below.words < _SENTENCE_WORDS:
        return 0
    for line in body.lines[index : index + count]:
        body.add_related(line, line.text, "related.listed", 0.7)
    return count


def heading(body: Body, index: int) -> int:
    """A short line without a full stop: a sub-heading, or a headline of another article."""
    line = body.lines[index]
    capitals = line.text.isupper() and body.page.language != "vi"
    if line.words > _HEADING_WORDS or (not capitals and (line.prose or (line.ended and line.text[-3:] != "..."))):
        return 0
    if not body.text_seen:
        return 0
    following = body.at(index + 1)
    if body.paragraphs < 2 and line.words < 5 and following is not None and not following.prose:
        body.draft.drop(line, "furniture.before", 0.5)
        return 1
    if line.words > 3 and line.lowered.startswith(body.page.vocabulary.caption_openers):
        body.add_figure(line, "caption.opener", 0.6)
        return 1
    heads = following is not None and following.prose
    if of_buttons(line, body.page.vocabulary, wholly=heads):
        body.draft.drop(line, "furniture.phrase", 0.6)
        return 1
    if _is_rubric(body, index):
        body.draft.drop(line, "furniture.teaser-extra", 0.6)
        return 1
    if _captions_alone(body, index):
        body.add_figure(line, "caption.unended", 0.55)
        return 1
    confidence = _subheading(body, line, index)
    if confidence >= 0.5:
        body.add("subheading", line, "subheading", "subheading.short", confidence)
    elif headline_shaped(line, body.page, _LINK_WORDS):
        body.add_related(line, _without_count(line.text), "related.bare", 1 - confidence)
    elif of_buttons(line, body.page.vocabulary):
        body.draft.drop(line, "furniture.phrase", 0.6)
    else:
        body.add("subheading", line, "subheading", "subheading.short", 0.5)
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


def _can_be_listed(line: Line) -> bool:
    own = line.furniture or line.end or line.label or line.date or line.meta or line.file_name or line.cue is not None
    return not (own or line.prose or line.bullet or line.ended) and 1 < line.words <= _CAPTION_WORDS


def _subheading(body: Body, line: Line, index: int) -> float:
    """How sure it is that a short line heads the paragraphs after it.

    A sub-heading stands over a paragraph, is short, and its words come back below it; a link to another article that
    the scraper left between paragraphs is longer, and what follows has nothing to do with it.
    """
    links = bool(body.items) and body.items[-1].kind == "teaser"
    pictured = False
    following = body.at(index + 1)
    while following is not None and (following.furniture or _pictured(body, following)):
        index, pictured = index + 1, True
        following = body.at(index + 1)
    if following is None or (pictured and links):
        return 0.3
    if ":" in line.text and parse_byline(line.text.split(":", 1)[1], body.page.vocabulary) is not None:
        return 0.8
    if body.page.language != "en" and line.words < 6:
        return 0.6
    if not following.prose and not following.bullet:
        return 0.8 if line.words <= 3 or line.text.startswith(("...", "…")) else 0.35
    if line.words <= 4 or line.text.endswith("...") or line.text.startswith(("...", "…")):
        return 0.9
    below = " ".join(other.text for other in body.lines[index + 1 : index + 4] if other.prose)
    common = share(line.text, below, body.page.vocabulary)
    # Scrapers of English sites leave links to other articles bare between paragraphs; elsewhere they are set off,
    # but for long ones that have nothing to do with what follows.
    if body.page.language != "en":
        spoken = line.text[0] in _QUOTED or line.text.endswith("?")
        return 0.85 if line.words < _LONG_HEADING or common > _FOREIGN or spoken else 0.4
    if re.match(r"^(?:\d+ |#)", line.text):
        return 0.3
    if line.words <= _PLAIN_HEADING and _governs(body, index):
        return 0.7
    return 0.5 + (0.35 if common > 0.15 else -0.2) - 0.03 * max(0, line.words - 6)


def _captions_alone(body: Body, index: int) -> bool:
    """Whether a line is the caption of a picture that is gone, as Vietnamese pages leave it: alone between paragraphs.

    Links to other articles stand there in groups or behind a sign, and the words of a sub-heading come again below it.
    """
    line = body.lines[index]
    if body.page.language != "vi" or line.bullet or line.words < _CAPTION_SYLLABLES or line.text[-1] == "?":
        return False
    if not body.parts_paragraphs(index) or not can_be_caption(line):
        return False
    # Over the last paragraph it may be another article's headline.
    named = line.words >= _LONG_SYLLABLES and line.text[0] not in _QUOTED and _names_somebody(line.text)
    if named and goes_on(body, index + 2):
        return True
    following = " ".join(other.text for other in body.lines[index + 1 : index + 4] if other.prose)
    return share(line.text, following, body.page.vocabulary) <= _UNLIKE


def _names_somebody(text: str) -> bool:
    """Whether a name stands after a word in small letters: a Vietnamese picture's words say who is to be seen."""
    words = text.split()
    return any(word[0].isupper() and before[0].islower() and before[-1].isalpha() for before, word in pairwise(words))


def _is_rubric(body: Body, index: int) -> bool:
    """Whether a word or two stand over no paragraph but over another article's headline, or its hour."""
    line, below = body.lines[index], body.at(index + 1)
    few = line.words <= _RUBRIC_WORDS and body.page.language != "vi"
    return few and below is not None and not (below.prose or below.bullet or below.furniture or _pictured(body, below))


def _without_count(text: str) -> str:
    """A headline without the number of its place in a list (``2. ``)."""
    return split_rank(text) if _COUNTED.match(text) else text


def _governs(body: Body, index: int) -> bool:
    """Whether two paragraphs or more follow a line before the next one like it: a link has no part of the text."""
    below = [other for other in body.lines[index + 1 : index + 4] if not other.furniture]
    return len(below) > 1 and all(other.prose and not other.bullet and other.cue is None for other in below[:2])


def _pictured(body: Body, line: Line) -> bool:
    """Whether a line belongs to a picture by its own looks."""
    known = body.page.vocabulary
    if line.file_name or line.key == body.draft.headline_key or without_label(line.text, known) is not None:
        return True
    return not line.prose and (bool(ENDS_IN_DATE.search(line.text)) or caption_credit(line.text, known) is not None)


def unended_caption(body: Body, index: int) -> int:
    """A line too long for a sub-heading, without a full stop, between paragraphs: words of a picture that is gone."""
    line, below = body.lines[index], body.at(index + 1)
    if line.prose or line.bullet or not body.text_seen or not _HEADING_WORDS < line.words <= _CAPTION_WORDS:
        return 0
    if below is None or not below.prose or not can_be_caption(line):
        return 0
    body.add_figure(line, "caption.unended", 0.55)
    return 1


def quote_or_paragraph(body: Body, index: int) -> int:
    """What is left: running text; before it, a standfirst without a full stop or something that is not ours."""
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
    if line.words >= 9 and body.draft.standfirst is None:
        body.draft.standfirst = line.text
        body.draft.mark(line, "standfirst", "standfirst.unended", 0.75)
        return 1
    if line.words >= 6:
        body.add("figure", line, "figure alt", "figure.alt", 0.4, "").alt = line.text
        return 1
    body.draft.drop(line, "furniture.before", 0.6)
    return 1


RULES: tuple[Rule, ...] = (
    points,
    label,
    furniture,
    repeated,
    headline_again,
    file_name,
    labelled_caption,
    doubled,
    cue,
    box,
    question,
    bullets,
    lone_credit,
    credit_over_caption,
    signed,
    caption_over_credit,
    over_signature,
    bracketed,
    taken_then,
    boxed_teaser,
    placed,
    pictured,
    credited_caption,
    announced,
    joined_headlines,
    picture_description,
    listed,
    heading,
    unended_caption,
    quote_or_paragraph,
)


def read_article(draft: Draft, start: int, end: int) -> None:
    """Read the lines from one index to another into the draft's items."""
    body = Body(draft, start, end)
    index = 0
    while index < len(body.lines):
        index += next(taken for rule in RULES if (taken := rule(body, index)))
    _drop_author(body)
    _drop_closing_biography(draft)
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
    """Drop the text's last paragraph where an author's name opens it: it tells of the author."""
    last = draft.items[-1] if draft.items else None
    if last is None or last.kind != "paragraph" or last.lines[0].given or last.lines[0].words > _ABOUT_WORDS:
        return
    if last.lines[0].key.startswith(tuple(f"{fold(name)} " for name in draft.bylines)):
        draft.items.pop()
        draft.drop(last.lines[0], "furniture.after", 0.6)


def _drop_closing_headings(draft: Draft) -> None:
    """Drop what was read as sub-headings after the last paragraph: they head nothing."""
    while draft.items and draft.items[-1].kind == "subheading" and draft.items[-1].lines[-1].given is None:
        for line in draft.items.pop().lines:
            draft.drop(line, "furniture.after", 0.6)

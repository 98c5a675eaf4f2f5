"""Rules for other articles' headlines inside this one: under a label, behind a word, listed, boxed, run together."""

from collections.abc import Sequence
from itertools import pairwise

from publisher.model import Problem, Teaser
from publisher.reading.text.body import COUNTER, Body, asks, can_be_caption, headline_like
from publisher.reading.text.joined import Parted, run_together, split_headlines
from publisher.reading.text.joints import headlines_in
from publisher.reading.text.likeness import covered, overlap, stems
from publisher.reading.text.openings import opened_by_outlet
from publisher.reading.text.parts import counts_part
from publisher.reading.text.scenes import shows
from publisher.reading.text.signatures import add_names, names_author, note_date
from publisher.reading.text.teaser import headline_shaped, without_rank, without_rubric
from publisher.reading.vocabulary import Vocabulary
from publisher.reading.vocabulary.bylines import parse_byline
from publisher.reading.vocabulary.captions import caption_credit
from publisher.reading.vocabulary.lines import Line
from publisher.reading.vocabulary.names import name_like

_POINT_WORDS, _MOST_POINTS = 3, 7
"""Words of a point at least, and how many there are."""

_STANDFIRST_WORDS = 60
_TWO_HEADLINES, _SEVERAL = 24, 27
"""Words of a line alone between paragraphs that holds several headlines: a shorter one is a caption; and of one that is
kept whole."""

_NAME_WORDS, _BYLINE_WORDS, _MOST_ENTRIES = 5, 12, 8
"""Words below which an entry of a list is a name, of the longest byline in one, and the entries beside it and less."""

_SAME = 0.5
"""The share of the headline's words that no other article's headlines have."""

_LISTED_WORDS = 4
_LISTED = {"vi": 6, "de": 3}
"""Words of the shortest headline in a bulleted list."""

_LINES_OVER, _SHORTER = 2, 0.6
"""Lines of a list of which the last may be a sub-heading, and its words, as a share of the shortest of the others."""

_RUBRIC_WORDS, _KICKER_WORDS, _HEADING_WORDS = 2, 3, 8
"""Words of the longest rubric over a headline, of the longest kicker of one under a label, and of the longest
sub-heading under a list of such."""

_LABELLED_FROM, _LABEL_WORDS, _MOST_LINKED, _NEAR, _UNLIKE = 2, 5, 4, 8, 0.1
"""Paragraphs above a label that is guessed, its words, the headlines under it, the lines on both sides that have none
of its words, and the share of a headline's words that the paragraph below may have."""

_RANKED_WITHIN, _BESIDE = 12, 4
"""Lines under a label, or on both sides in a list, among which the numbers of the list go on."""

_BRACKETED, _CLOSED_WITHIN = 4, 2
"""Words of a headline in brackets, and lines under it of which one closes them."""

_SIGNED_WITHIN = 2
"""Lines under a rubric over the text among which a day or a byline stands."""

_FEWEST_IN_ROW, _ALIKE = 2, 0.34
"""Headlines in a row between paragraphs, and the share of words that two share."""

_READ_NOW = frozenset(("đọc ngay", "xem ngay", "read now", "xem chi tiết"))


def label(body: Body, index: int) -> int:
    """A label inside the article, and the headlines under it."""
    line, below = body.lines[index], body.at(index + 1)
    # A button such as Xem thêm is a label when a headline stands under it within the text.
    headed = below is not None and headline_like(below, 5) and not below.furniture and not below.date
    button = body.text_seen and line.rule == "furniture.phrase" and line.key in body.page.vocabulary.cues and headed
    if not line.label and not button:
        return 0
    if line.label and not body.text_seen and _heads_signature(body, index):
        body.draft.drop(line, "furniture.before", 0.7)
        return 1
    taken, kickers = 1, 0
    found: list[tuple[Line, str]] = []
    while (item := body.at(index + taken)) is not None:
        again = body.at(index + taken + 1)
        if item.furniture or item.date or (found and names_author(item, body.page.vocabulary)):
            body.draft.drop(item, "furniture.teaser-extra", 0.7)
        elif asks(item) or counts_part(body.lines, index + taken):
            break
        elif 0 < len(found) == kickers and body.at(index + taken - 1) is found[-1][0] and _parts(item, again):
            break  # Each headline of the list has a kicker over it, and this line has none.
        elif headline_like(item, 4) and (item.bullet or len(found) < 6) and item.key != body.draft.headline_key:
            if again is not None and again.key == item.key:
                body.draft.drop(item, "furniture.teaser-extra", 0.8)
                taken, item = taken + 1, again
            found.append((item, item.cue or without_rank(item, body.lines[index : index + _RANKED_WITHIN])))
        elif again is not None and _tops(item, again, body.page.vocabulary):
            body.draft.drop(item, "furniture.teaser-extra", 0.6)
            kickers += 1
        else:
            break
        taken += 1
    if not found:
        body.draft.mark(line, "section label", "label.empty", 0.8)
        return taken
    if _heads_part(body, [item for item, _ in found], index + taken):
        found.pop()
        taken -= 1
    body.draft.mark(line, "section label", "label.known", 0.9)
    lines = [item for item, _ in found]
    for item, full in found:
        headline = without_rubric(full, lines)
        listed = item.bullet or full != item.text
        several = headlines_in(headline, body.page.language)
        if several:
            _add_joined(body, item, Parted(several, sure=True, likely=True), line.text.strip(" :"))
        elif run_together(item.text) and not listed:
            _add_joined(body, item, split_headlines(item.text, body.page, told=True))
        else:
            body.add_related(item, headline, "related.labelled", 0.85, line.text.strip(" :"))
    return taken


def _heads_signature(body: Body, index: int) -> bool:
    """Whether who wrote the text, or when, stands right under a line over it: the line is a rubric, and no label."""
    for line in body.lines[index + 1 : index + 1 + _SIGNED_WITHIN]:
        byline = None if line.prose else parse_byline(line.text, body.page.vocabulary)
        if line.date or line.meta or (byline is not None and byline.introduced):
            return True
        if line.prose or line.label or line.bullet:
            return False
    return False


def _parts(line: Line, below: Line | None) -> bool:
    """Whether a line may be the sub-heading of the paragraph below it."""
    return below is not None and below.prose and not (line.bullet or line.prose or line.words > _HEADING_WORDS)


def _tops(line: Line, headline: Line, known: Vocabulary) -> bool:
    """Whether a few words, and nobody's name, are the rubric or the kicker of the headline under them."""
    own = line.prose or line.label or line.end or line.bullet or line.file_name or line.cue is not None
    if own or line.words > _KICKER_WORDS or 2 * line.words > headline.words or parse_byline(line.text, known):
        return False
    return headline_like(headline, 4) and not (headline.bullet or headline.date or headline.meta or headline.furniture)


def guessed_label(body: Body, index: int) -> int:
    """A label that nobody listed: a few words, none of them the text's, over headlines alone between two paragraphs."""
    line, known = body.lines[index], body.page.vocabulary
    above = body.at(index - 1)
    if body.paragraphs < _LABELLED_FROM or above is None or not above.prose or above.text.endswith(":"):
        return 0
    if line.words > _LABEL_WORDS or line.bullet or not can_be_caption(line) or line.text[-1] in ".?!…":
        return 0
    found: list[Line] = []
    while (item := body.at(index + 1 + len(found))) is not None and _could_be_linked(body, item):
        found.append(item)
    below = body.at(index + 1 + len(found))
    if not 0 < len(found) <= _MOST_LINKED or below is None or not below.prose or shows(found[0], body.page):
        return 0
    near = " ".join(other.text for other in body.lines[max(0, index - _NEAR) : index + _NEAR] if other.prose)
    if covered(line.text, stems(near, known), known) > 0:
        return 0
    sure = line.text[-1] == ":" or (line.text.isupper() and body.page.language != "vi")
    apart = covered(found[0].text, stems(below.text, known), known) <= _UNLIKE
    # One word or two over a headline are its rubric.
    if not sure and (not apart or line.words <= _RUBRIC_WORDS):
        return 0
    body.draft.mark(line, "section label", "label.guessed", 0.6)
    for item in found:
        body.add_related(item, without_rank(item, found), "related.labelled", 0.6, line.text.strip(" :"))
    return 1 + len(found)


def linked_row(body: Body, index: int) -> int:
    """Headlines of other articles in a row between two paragraphs, no label over them and no bullets before them.

    They may be a picture's text and its caption, but where the page credits its pictures and has no such texts. A far
    shorter last line is the sub-heading of what follows.
    """
    above = body.at(index - 1)
    if body.paragraphs < _LABELLED_FROM or above is None or not above.prose or above.text.endswith(":"):
        return 0
    row: list[Line] = []
    while (line := body.at(index + len(row))) is not None and len(row) <= _MOST_LINKED and _could_be_linked(body, line):
        row.append(line)
    last, below = body.at(index + len(row)), body.at(index + len(row) + 1)
    if row and last is not None and not last.prose and below is not None and below.prose:
        headed = can_be_caption(last) and not (last.bullet or last.ended)
        headed = headed and last.words <= _SHORTER * min(line.words for line in row)
        last = below if headed else None
    if last is None or not last.prose or not _FEWEST_IN_ROW <= len(row) <= _MOST_LINKED:
        return 0
    together = body.page.spaced and not any(line.after_blank for line in row[1:])
    if not together or body.has_descriptions or not body.is_credited:
        return 0
    alike = any(overlap(one.text, other.text, body.page.vocabulary) > _ALIKE for one, other in pairwise(row))
    if alike or any(shows(line, body.page) for line in row):
        return 0
    for line in row:
        body.add_related(line, without_rank(line, row), "related.listed", 0.65)
    return len(row)


def _could_be_linked(body: Body, line: Line) -> bool:
    return (
        headline_like(line, 5)
        and not (line.bullet or line.ended or line.cue)
        and can_be_caption(line)
        and headline_shaped(line, body.page)
        and caption_credit(line.text, body.page.vocabulary) is None
    )


def _heads_part(body: Body, listed: list[Line], index: int) -> bool:
    """Whether the last line of a list is the sub-heading of the paragraph under it, and no headline.

    A gap sets it apart from the list, or it is much shorter than the other lines.
    """
    last, below = listed[-1], body.at(index)
    if len(listed) < _LINES_OVER or last.bullet or below is None or not below.prose or body.at(index - 1) is not last:
        return False
    if body.page.spaced and last.after_blank and not listed[-2].after_blank:
        return True
    return last.words <= _SHORTER * min(line.words for line in listed[:-1])


def points(body: Body, index: int) -> int:
    """The points that sum the article up, bulleted under a label that says so: no other articles' headlines."""
    taken = 1
    if body.lines[index].key not in body.page.vocabulary.summaries:
        return 0
    while (line := body.at(index + taken)) is not None and line.bullet and not line.furniture:
        body.add("bullet", line, "list item", "body.point", 0.9)
        taken += 1
    for point in _bare_points(body, index + 1) if taken == 1 else ():
        body.add("bullet", point, "list item", "body.point", 0.7)
        taken += 1
    # Without their bullets the points may be paragraphs, too.
    if taken == 1 and (line is None or not line.prose):
        return 0
    body.draft.mark(body.lines[index], "section label", "label.points", 0.9)
    return taken


def _bare_points(body: Body, index: int) -> list[Line]:
    """The lines under a label of points that are no sentences and have lost their bullets; empty if no text follows."""
    found: list[Line] = []
    while (line := body.at(index + len(found))) is not None and not (
        line.prose or line.furniture or line.label or line.date or line.end or line.words < _POINT_WORDS
    ):
        found.append(line)
    goes_on = line is not None and line.prose
    return found if goes_on and 1 < len(found) <= _MOST_POINTS else []


def cue(body: Body, index: int) -> int:
    """A headline that words such as *Read more:* or arrows introduce."""
    line = body.lines[index]
    if line.cue is None and line.text[0] == "[" and not line.prose:
        return _in_brackets(body, index)
    if line.cue is None or line.prose:
        return 0
    body.add_related(line, line.cue, "related.cue", 0.9)
    return 1


def _in_brackets(body: Body, index: int) -> int:
    """A headline between a bracket that opens and one on a line of its own, where the page told it from a paragraph."""
    line = body.lines[index]
    close = next(
        (at for at in range(index + 1, index + 1 + _CLOSED_WITHIN) if (other := body.at(at)) and other.text == "]"), 0
    )
    if not close or line.words < _BRACKETED or "]" in line.text:
        return 0
    body.add_related(line, line.text[1:].strip(), "related.cue", 0.85)
    for other in body.lines[index + 1 : close + 1]:
        body.draft.drop(other, "furniture.phrase", 0.8)
    return close + 1 - index


def bullets(body: Body, index: int) -> int:
    """A run of bulleted lines: a list of the text, or headlines of other articles."""
    if not body.lines[index].bullet:
        return 0
    group: list[Line] = []
    while (line := body.at(index + len(group))) is not None and line.bullet and not line.label:
        group.append(line)
    if not group:
        return 0
    content = [line for line in group if not (line.furniture or line.end or line.date or COUNTER.match(line.text))]
    previous = body.items[-1] if body.items else None
    announced = (
        previous is not None
        and previous.kind in ("paragraph", "subheading", "bullet")
        and (previous.text.endswith(":") or previous.kind == "subheading")
    )
    names = _names_among(content, body) if body.paragraphs < 2 else {}
    signature = (
        next(iter(names), None) if len(names) == 1 and not body.draft.bylines and len(content) < _MOST_ENTRIES else None
    )
    numbers = {line.number for line in content}
    sentences = sum(line.ended for line in content) * 2 > len(content)
    # Points under a headline sum the article up; in the Vietnamese press, below the standfirst, they lead elsewhere.
    summary = not body.items and body.draft.standfirst is None and body.page.language != "vi" and len(content) > 1
    for at, line in enumerate(group):
        if line.date and body.paragraphs < 2:
            note_date(body, line, line.text)
        elif line is signature:
            body.draft.mark(line, "byline", "byline.under-headline", 0.7)
            add_names(body.draft, names[line])
        elif line.number not in numbers:
            body.draft.drop(line, "furniture.phrase", 0.8)
        elif line.cue is not None and not line.prose:
            body.add_related(line, line.cue, "related.cue", 0.85)
        elif (
            announced
            or (summary and line.words > 3)
            or (sentences and body.text_seen)
            or (sentences and line.words > 30)
        ):
            body.add("bullet", line, "list item", "body.bullet", 0.85)
            body.text_seen = True
        elif not headline_shaped(line, body.page, _LISTED.get(body.page.language, _LISTED_WORDS)):
            body.draft.drop(line, "furniture.menu", 0.7)
        else:
            body.add_related(
                line, without_rank(line, group[max(0, at - _BESIDE) : at + _BESIDE + 1]), "related.bullet", 0.85
            )
    return len(group)


def _names_among(entries: Sequence[Line], body: Body) -> dict[Line, tuple[str, ...]]:
    """The names in those entries of a list that hold nothing else: behind a word such as *By*, or else alone."""
    known = body.page.vocabulary
    bylines = {line: parse_byline(line.text, known) for line in entries if line.words <= _BYLINE_WORDS}
    opened = {line: byline.people for line, byline in bylines.items() if byline and byline.introduced and byline.people}
    return opened or {line: (line.text,) for line in entries if line.words < _NAME_WORDS and name_like(line.text)}


def boxed_teaser(body: Body, index: int) -> int:
    """A headline over a summary inside the article, opened by the outlet as the standfirst is, or ended by a button."""
    line, summary = body.lines[index], body.at(index + 1)
    if summary is None or line.prose or line.bullet or line.words < 5 or not can_be_caption(line) or line.ended:
        return 0
    button = body.at(index + 2)
    buttoned = button is not None and button.key in _READ_NOW
    if not summary.prose or summary.bullet or not body.text_seen:
        if buttoned or (summary.key in _READ_NOW):
            body.add_related(line, line.text, "related.button", 0.8)
            body.draft.drop(summary, "furniture.phrase")
            return 2
        return 0
    opening = opened_by_outlet(summary.text)
    first = next((item.text for item in body.items if item.kind == "paragraph"), "")
    if not buttoned and (opening is None or opening != opened_by_outlet(first) or summary.words > 90):
        return 0
    item = body.add_related(line, line.text, "related.button", 0.85)
    item.teaser = Teaser(headline=line.text, summary=summary.text, placement="inline")
    body.draft.mark(line, "teaser headline", "related.button", 0.85)
    body.draft.mark(summary, "teaser summary", "teaser.summary", 0.85)
    return 2


def joined_headlines(body: Body, index: int) -> int:
    """A line of several headlines run together, near the article's front or alone between paragraphs."""
    line = body.lines[index]
    several = [] if line.prose or not body.text_seen else headlines_in(line.text, body.page.language)
    if several and not caption_credit(line.text, body.page.vocabulary):
        _add_joined(body, line, Parted(several, sure=True, likely=True))
        return 1
    if line.prose or not run_together(line.text):
        return 0
    # What says the same as the headline is the standfirst.
    if not body.text_seen and overlap(line.text, body.draft.headline, body.page.vocabulary) >= _SAME:
        return 0
    parted = split_headlines(line.text, body.page)
    if not parted.sure and not _holds_several(body, line, likely=parted.likely):
        return 0
    if body.text_seen and line.words < _TWO_HEADLINES and body.parts_paragraphs(index):
        return 0
    _add_joined(body, line, parted)
    return 1


def _holds_several(body: Body, line: Line, *, likely: bool) -> bool:
    """Whether a line that cannot be taken apart holds several headlines nevertheless."""
    if line.words < _SEVERAL or body.page.language == "de":
        return False
    # Over the text a long line is its standfirst.
    head = not body.items and body.draft.standfirst is None and line.words <= _STANDFIRST_WORDS
    return likely and not (head and body.page.language != "vi")


def _add_joined(body: Body, line: Line, parted: Parted, section: str | None = None) -> None:
    if parted.sure:
        for part in parted.parts:
            body.add_related(line, part, "related.run-together", 0.75, section)
        return
    body.add_related(line, line.text, "related.run-together-kept", 0.4)
    message = f"line {line.number} seems to hold several headlines; their boundaries are not sure, so it was kept whole"
    body.draft.problems.append(Problem(code="run-together", message=message))

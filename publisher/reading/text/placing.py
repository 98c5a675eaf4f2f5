"""Lines moved from what the rules made of them to what they are known to be, the article put together around them.

A line is taken out of what it was made part of and put where it belongs, and no other line is read in another way.
"""

from collections.abc import Mapping

import msgspec

from publisher.model import Role, Teaser
from publisher.reading.text.draft import Draft, DraftItem
from publisher.reading.text.signatures import add_names
from publisher.reading.trace import Mark
from publisher.reading.vocabulary.bylines import parse_byline
from publisher.reading.vocabulary.captions import caption_credit, credit_alone
from publisher.reading.vocabulary.lines import Line

_KINDS = {"paragraph": "paragraph", "subheading": "subheading", "list item": "bullet", "pull quote": "quote"}


def role_of(draft: Draft, line: Line) -> Role:
    """What a line was read as so far; furniture when nothing was said of it."""
    return draft.trace.role(line.number) or "furniture"


def place(draft: Draft, marks: Mapping[Line, Mark]) -> list[Line]:
    """Put lines where their roles belong, and mark them so; those that the rules put there stay.

    Gives the lines that are a teaser's summary and have no teaser's headline above them: they become furniture.
    """
    was = {line: role_of(draft, line) for line in marks}
    before = _sections(draft)
    for line, mark in marks.items():
        if was[line] != mark.role:
            _take_out(draft, line, was[line])
    # What stood with a line that was taken out has lost its place too.
    moved = {line: mark.role for line, mark in marks.items() if role_of(draft, line) != mark.role}
    for line, mark in marks.items():
        draft.mark(line, mark.role, mark.rule, mark.confidence)
    if any(mark.role == "standfirst" for mark in marks.values()):
        draft.standfirst = None  # Only the first of its lines was known beforehand.
    sections = _sections(draft)
    lost = [line for line, role in moved.items() if not _put(draft, line, role, sections)]
    for line in lost:
        draft.mark(line, "furniture", marks[line].rule, marks[line].confidence)
    for at, lines in enumerate(draft.teaser_lines):
        # Other teasers keep the section that was read: a list may end before the next label.
        if before[lines[0].number] != sections[lines[0].number]:
            draft.teasers[at] = msgspec.structs.replace(draft.teasers[at], section=sections[lines[0].number])
    return lost


def _take_out(draft: Draft, line: Line, role: Role) -> None:
    """Remove a line from what the rules made of it; what stood with it and is nothing by itself becomes furniture."""
    if role == "standfirst":
        draft.standfirst = None
    elif role == "byline" and (byline := parse_byline(line.text, draft.page.vocabulary)) is not None:
        draft.bylines[:] = [name for name in draft.bylines if name not in byline.people]
        draft.agencies[:] = [name for name in draft.agencies if name not in byline.agencies]
        _undate(draft, byline.when)
    elif role == "section label":
        for item in draft.items:
            if item.teaser is not None and item.teaser.section == line.text.strip(" :"):
                item.teaser = msgspec.structs.replace(item.teaser, section=None)
    elif role == "published":
        _undate(draft, line.text)
    for item in [item for item in draft.items if _holds(item, line)]:
        _take_from(draft, item, line)
    for at in [at for at, lines in enumerate(draft.teaser_lines) if line in lines]:
        headline, *rest = draft.teaser_lines[at]
        if headline is line:
            for other in rest:
                draft.mark(other, "furniture", "furniture.teaser-extra", 0.5)
            draft.teaser_lines[at] = []
        else:
            draft.teasers[at] = msgspec.structs.replace(draft.teasers[at], summary=None)
            draft.teaser_lines[at].remove(line)
    kept = [pair for pair in zip(draft.teasers, draft.teaser_lines, strict=True) if pair[1]]
    draft.teasers[:], draft.teaser_lines[:] = [pair[0] for pair in kept], [pair[1] for pair in kept]


def _undate(draft: Draft, text: str) -> None:
    draft.date_texts[:] = [other for other in draft.date_texts if other != text]
    if draft.dateline == text:
        draft.dateline = None


def _holds(item: DraftItem, line: Line) -> bool:
    return line in item.lines or (item.teaser is not None and item.teaser.summary == line.text)


def _take_from(draft: Draft, item: DraftItem, line: Line) -> None:
    if item.teaser is not None and line not in item.lines:
        item.teaser = msgspec.structs.replace(item.teaser, summary=None)
        return
    item.lines.remove(line)
    if item.kind == "figure":
        if draft.trace.role(line.number) == "figure alt":
            item.alt = None
        elif draft.trace.role(line.number) == "caption":
            item.text, item.credit = "", None
        else:
            item.credit = caption_credit(item.text, draft.page.vocabulary) or None
        if item.text or item.alt:
            return
    summary = item.teaser is not None and item.teaser.summary is not None
    rest = [other for other in draft.page.lines if _holds(item, other)] if summary else item.lines
    for other in rest:
        if other is not line:
            draft.mark(other, "furniture", "furniture.teaser-extra", 0.5)
    # A line of several headlines holds several items.
    draft.items.remove(item)


def _put(draft: Draft, line: Line, role: Role, sections: Mapping[int, str | None]) -> bool:
    """Make a line what it is, if there is a place for it. Lines that share a field are joined in the page's order."""
    match role:
        case "headline":
            draft.headline = f"{draft.headline} {line.text}".strip()
        case "kicker":
            draft.kicker = f"{draft.kicker or ''} {line.text}".strip()
        case "standfirst":
            draft.standfirst = f"{draft.standfirst or ''} {line.text}".strip()
        case "byline":
            byline = parse_byline(line.text, draft.page.vocabulary)
            add_names(draft, (byline.people or byline.agencies) if byline else (line.text,))
            draft.date_texts += [byline.when] if byline and byline.when else []
        case "published":
            draft.date_texts.insert(0, line.text)
            draft.dateline = draft.dateline or line.text
        case "caption" | "figure alt" | "credit":
            _put_picture(draft, line, role)
        case "related headline":
            headline = line.cue or line.text
            teaser = Teaser(headline=headline, placement="inline")
            draft.items.insert(
                _place(draft, line), DraftItem(kind="teaser", text=headline, lines=[line], teaser=teaser)
            )
        case "teaser headline":
            teaser = Teaser(headline=line.text, section=sections[line.number])
            at = sum(lines[0].number < line.number for lines in draft.teaser_lines)
            draft.teasers.insert(at, teaser)
            draft.teaser_lines.insert(at, [line])
        case "teaser summary":
            return _put_summary(draft, line)
        case _ if role in _KINDS:
            draft.items.insert(_place(draft, line), DraftItem(kind=_KINDS[role], text=line.text, lines=[line]))
    return True


def _place(draft: Draft, line: Line) -> int:
    """Where in the article's items a line stands on the page."""
    places = (at for at, item in enumerate(draft.items) if item.lines and item.lines[0].number > line.number)
    return next(places, len(draft.items))


def _put_picture(draft: Draft, line: Line, role: Role) -> None:
    """A picture's words join the figure next to them that lacks them, else they are a figure alone."""
    at = _place(draft, line)
    if role == "figure alt":
        item = draft.items[at] if at < len(draft.items) and draft.items[at].alt is None else None
    else:
        item = draft.items[at - 1] if at else None
    if item is None or item.kind != "figure" or (role == "caption" and item.text):
        item = DraftItem(kind="figure", lines=[])
        draft.items.insert(at, item)
    item.lines.append(line)
    if role == "figure alt":
        item.alt = line.text
    elif role == "caption":
        item.text, item.credit = line.text, caption_credit(line.text, draft.page.vocabulary) or None
    else:
        item.credit = credit_alone(line.text, draft.page.vocabulary) or line.text
        item.text = item.text or ("" if item.alt else line.text)


def _put_summary(draft: Draft, line: Line) -> bool:
    """Give the teaser above a line its summary; without one, the line is furniture."""
    after = [at for at, lines in enumerate(draft.teaser_lines) if lines[0].number < line.number]
    inside = [item for item in draft.items[: _place(draft, line)] if item.teaser is not None]
    if after and (not inside or draft.teaser_lines[after[-1]][0].number > inside[-1].lines[0].number):
        at = after[-1]
        draft.teasers[at] = _summed_up(draft.teasers[at], line)
        draft.teaser_lines[at].append(line)
    elif inside and inside[-1].teaser is not None:
        inside[-1].teaser = _summed_up(inside[-1].teaser, line)
    else:
        return False
    return True


def _summed_up(teaser: Teaser, line: Line) -> Teaser:
    return msgspec.structs.replace(teaser, summary=f"{teaser.summary or ''} {line.text}".strip())


def _sections(draft: Draft) -> dict[int, str | None]:
    """Of each line, by its number, the label above it."""
    sections: dict[int, str | None] = {}
    section = None
    for line in draft.page.lines:
        if role_of(draft, line) == "section label":
            section = line.text.strip(" :»>")
        sections[line.number] = section
    return sections

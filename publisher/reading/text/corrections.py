"""Corrections: what a person says that lines of a page are, or say, against what the rules took them for.

A line is known by its words and by how many equal ones stand above it, so that corrections stay good when the page is
fetched again. Before the rules are asked, only what decides how the rest is to be read is told (``hint``): headline,
standfirst, labels. After them each corrected line is taken out of what it was made part of and put where it belongs
(``enforce``), so that a correction of one line does not have others read in another way.
"""

from collections.abc import Mapping, Sequence
from typing import Literal, TypeAlias, get_args

import msgspec

from publisher.errors import InputError, near_match
from publisher.model import Problem, Role, Teaser
from publisher.model.blocks import Value
from publisher.reading.text.draft import Draft, DraftItem
from publisher.reading.text.signatures import add_names
from publisher.reading.vocabulary import fold
from publisher.reading.vocabulary.captions import caption_credit, credit_alone
from publisher.reading.vocabulary.lines import Line, Page
from publisher.reading.vocabulary.names import parse_byline
from publisher.toml import TomlError, load_toml

LIMIT_BYTES = 1024 * 1024
_SHOWN = 60

CorrectableRole: TypeAlias = Literal[
    "byline",
    "caption",
    "credit",
    "figure alt",
    "furniture",
    "headline",
    "kicker",
    "list item",
    "paragraph",
    "published",
    "pull quote",
    "related headline",
    "section label",
    "standfirst",
    "subheading",
    "teaser headline",
    "teaser summary",
]

_KINDS = {"paragraph": "paragraph", "subheading": "subheading", "list item": "bullet", "pull quote": "quote"}


class Correction(Value, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What one line is."""

    text: str
    """The line; letter case, spacing and the signs at its ends do not count."""

    occurrence: int = 1
    """Which one of equal lines, from 1."""

    role: CorrectableRole | None = None
    """``None`` when it stays what it was read as."""

    becomes: str | None = None
    """The words in the place of the line's, empty for none; ``None`` when they stay. Any format takes them."""


def parse_corrections(data: bytes, name: str) -> tuple[Correction, ...]:
    """The corrections in a TOML file: tables under ``lines``. ``name`` is the file's, for messages.

    InputError when it is no TOML, has an unknown key or role, a text without a word, neither a
    role nor other words, or two entries for one line.
    """
    if len(data) > LIMIT_BYTES:
        raise InputError(f"the corrections {name} are larger than {LIMIT_BYTES // 1024} KiB. Is it the right file?")
    try:
        table = load_toml(data.decode("utf-8-sig"))
    except (UnicodeDecodeError, TomlError) as error:
        raise InputError(f"the corrections {name} are not valid TOML in UTF-8: {error}. Mend it there.") from error
    _check_keys(table, ("lines",), name, "")
    seen: set[tuple[str, int]] = set()
    for number, entry in enumerate(table["lines"] if isinstance(table.get("lines"), list) else (), 1):
        if isinstance(entry, dict):
            _check_keys(entry, Correction.__struct_fields__, name, f" in entry {number}")
            if isinstance(role := entry.get("role"), str) and role not in get_args(CorrectableRole):
                close = near_match(role, get_args(CorrectableRole))
                raise InputError(f"the corrections {name} have an unknown role in entry {number}: {role!r}. {close}")
    try:
        corrections = msgspec.convert(table.get("lines", []), tuple[Correction, ...])
    except msgspec.ValidationError as error:
        raise InputError(
            f"the corrections {name} cannot be used: {error}. "
            "Give each of the lines a text and a role, or what it becomes."
        ) from error
    for number, correction in enumerate(corrections, 1):
        place = fold(correction.text), correction.occurrence
        if not place[0] or place[1] < 1:
            raise InputError(
                f"the corrections {name} cannot be used: entry {number} fits no line. "
                "Give the line's words, and count occurrences from 1."
            )
        if correction.role is None and correction.becomes is None:
            raise InputError(
                f"the corrections {name} cannot be used: entry {number} changes nothing. "
                "Give it a role, or what it becomes."
            )
        if place in seen:
            raise InputError(
                f"the corrections {name} cannot be used: entry {number} is for a line that has one. Remove it."
            )
        seen.add(place)
    return corrections


def _check_keys(table: Mapping[str, object], known: Sequence[str], name: str, where: str) -> None:
    for key in table:
        if key not in known:
            raise InputError(f"the corrections {name} have an unknown key{where}: {key}. {near_match(key, known)}")


def hint(page: Page, corrections: Sequence[Correction], name: str) -> tuple[Problem, ...]:
    """Tell the page's lines what they are, before they are read; a problem for each correction that fits none.

    ``name`` is the source's.
    """
    wanted = {(fold(correction.text), correction.occurrence): correction for correction in corrections}
    counts: dict[str, int] = {}
    for line in page.lines if wanted else ():
        key = fold(line.text)
        counts[key] = counts.get(key, 0) + 1
        correction = wanted.pop((key, counts[key]), None)
        if correction is not None and correction.role is not None:
            _hint(line, correction.role)
    return tuple(stale(unused, "fits no line of the page", name) for unused in wanted.values())


def _hint(line: Line, role: CorrectableRole) -> None:
    line.given = role
    if role == "section label":
        line.label, line.furniture, line.end, line.prose = True, False, False, False


def enforce(draft: Draft, name: str) -> None:
    """Put each corrected line where it belongs, unless the rules did so; its trace shows the correction."""
    given = [line for line in draft.page.lines if line.given is not None]
    was = {line.number: _role(draft, line) for line in given}
    for line in given:
        if was[line.number] != line.given:
            _take_out(draft, line, was[line.number])
    # What stood with a line that was taken out has lost its place too.
    moved = [line for line in given if _role(draft, line) != line.given]
    for line in given:
        draft.mark(line, line.given or "furniture", "correction", 1.0)
    if any(line.given == "standfirst" for line in given):
        draft.standfirst = None  # Only the first of its lines was known beforehand.
    sections = _sections(draft)
    for line in moved:
        _put(draft, line, sections, name)
    if any("section label" in (line.given, was[line.number]) for line in moved):
        draft.teasers[:] = [
            msgspec.structs.replace(teaser, section=sections[lines[0].number])
            for teaser, lines in zip(draft.teasers, draft.teaser_lines, strict=True)
        ]


def _role(draft: Draft, line: Line) -> Role:
    return draft.trace.role(line.number) or "furniture"


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


def _put(draft: Draft, line: Line, sections: Mapping[int, str | None], name: str) -> None:
    """Make a line what the correction says. Lines that share a field are joined in the page's order."""
    match line.given:
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
            _put_picture(draft, line)
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
            _put_summary(draft, line, name)
        case str() as role if role in _KINDS:
            draft.items.insert(_place(draft, line), DraftItem(kind=_KINDS[role], text=line.text, lines=[line]))


def _place(draft: Draft, line: Line) -> int:
    """Where in the article's items a line stands on the page."""
    places = (at for at, item in enumerate(draft.items) if item.lines and item.lines[0].number > line.number)
    return next(places, len(draft.items))


def _put_picture(draft: Draft, line: Line) -> None:
    """A picture's words join the figure next to them that lacks them, else they are a figure alone."""
    at = _place(draft, line)
    if line.given == "figure alt":
        item = draft.items[at] if at < len(draft.items) and draft.items[at].alt is None else None
    else:
        item = draft.items[at - 1] if at else None
    if item is None or item.kind != "figure" or (line.given == "caption" and item.text):
        item = DraftItem(kind="figure", lines=[])
        draft.items.insert(at, item)
    item.lines.append(line)
    if line.given == "figure alt":
        item.alt = line.text
    elif line.given == "caption":
        item.text, item.credit = line.text, caption_credit(line.text, draft.page.vocabulary) or None
    else:
        item.credit = credit_alone(line.text, draft.page.vocabulary) or line.text
        item.text = item.text or ("" if item.alt else line.text)


def _put_summary(draft: Draft, line: Line, name: str) -> None:
    """Give the teaser above a line its summary; without one, the line is furniture and the correction a problem."""
    after = [at for at, lines in enumerate(draft.teaser_lines) if lines[0].number < line.number]
    inside = [item for item in draft.items[: _place(draft, line)] if item.teaser is not None]
    if after and (not inside or draft.teaser_lines[after[-1]][0].number > inside[-1].lines[0].number):
        at = after[-1]
        draft.teasers[at] = _summed_up(draft.teasers[at], line)
        draft.teaser_lines[at].append(line)
    elif inside and inside[-1].teaser is not None:
        inside[-1].teaser = _summed_up(inside[-1].teaser, line)
    else:
        draft.mark(line, "furniture", "correction", 1.0)
        draft.problems.append(
            stale(Correction(text=line.text, role="teaser summary"), "has no teaser's headline above it", name)
        )


def _summed_up(teaser: Teaser, line: Line) -> Teaser:
    return msgspec.structs.replace(teaser, summary=f"{teaser.summary or ''} {line.text}".strip())


def _sections(draft: Draft) -> dict[int, str | None]:
    """Of each line, by its number, the label above it."""
    sections: dict[int, str | None] = {}
    section = None
    for line in draft.page.lines:
        if _role(draft, line) == "section label":
            section = line.text.strip(" :»>")
        sections[line.number] = section
    return sections


def stale(correction: Correction, why: str, name: str) -> Problem:
    """The problem of a correction that is not used. ``name`` is the source's."""
    text = correction.text
    shown = text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
    to = f" to {correction.role}" if correction.role else ""
    message = f"the correction of “{shown}”{to} is not used: it {why}"
    return Problem(code="stale-correction", message=message, where=name)

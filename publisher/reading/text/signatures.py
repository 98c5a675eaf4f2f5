"""Rules for bylines and dates: under the headline, or as the article's last lines."""

import re
from collections.abc import Collection

from publisher.reading.text.authors import (
    beside_names,
    is_written_about,
    may_sign,
    may_stand_by_date,
    under_byline,
)
from publisher.reading.text.body import Body
from publisher.reading.text.draft import Draft
from publisher.reading.text.listing import MENU_WORDS
from publisher.reading.vocabulary import Vocabulary, fold
from publisher.reading.vocabulary.bylines import Byline, names_beside_date, parse_byline, parts_of
from publisher.reading.vocabulary.dates import find_dates, without_date
from publisher.reading.vocabulary.lines import Line
from publisher.reading.vocabulary.names import is_organisation, name_like

INITIALS = re.compile(r"[a-z]{2,5}(?:/[A-Za-z]{2,6}){1,3}")
"""An editor's letters and an agency's (``kol/dpa``), under the text."""

_OVER_NAMES = 4
"""Paragraphs above which a name that is introduced between two of them signs: a standfirst and pictures' words."""

_EMPLOYER = 3
"""Words of whom somebody works for."""

_CLOSES = re.compile(r"[.!?»”\"] \(([^()\d]{5,40})\)[\s+*]*$")
"""A name in brackets behind the last sentence, and signs behind that."""

_HOUR = re.compile(r"\b\d{1,2}\s?[:hH.]\s?\d{2}\b(?!\.)")

_OPENED_WORDS = 12
_UNWRITING = frozenset(("editor", "editora", "éditeur", "éditrice", "producer"))
"""Offices whose holders have not written the text."""

_MOST_OTHERS = 4
"""Names under the first of those that a word introduces."""

_SOON = 4
"""Lines under a bare name within which an introduced one makes it a photographer's."""

_TEXT = 3
"""Paragraphs of a text under which its author's name stands again."""

_OVER = 5
"""Lines over the headline among which its author stands."""

_FEW, _FEW_EACH = 5, 4
"""Words of the names over the text that nothing introduces: of one, and of each of several."""

BARE_NAMES = 6
"""Words of a line of names that nothing introduces."""


def signed(body: Body, index: int) -> int:
    """Dates and bylines: under the headline, or as the article's last lines."""
    line = body.lines[index]
    if line.bullet or line.words > 30:
        return 0
    if INITIALS.fullmatch(line.text) and body.paragraphs > 1 and body.at(index + 1) is None:
        body.draft.drop(line, "furniture.after", 0.6)
        return 1
    if line.date or (_dated_place(line, body.page.vocabulary) and not _dated_name(body, line)):
        if body.paragraphs > 1:
            body.draft.drop(line, "furniture.after", 0.6)
        else:
            note_date(body, line, line.text)
        return 1
    if line.meta:
        return _meta(body, index)
    if body.paragraphs > _TEXT and line.key in {fold(name) for name in body.draft.bylines}:
        # What stands under the author's name once more, after the text, is about the author.
        body.draft.mark(line, "byline", "byline.after-body", 0.8)
        body.signed_at = len(body.items)
        return 1
    if (joined := _joined_by_line(body, index)) is not None:
        body.draft.drop(line, "furniture.signs")
        body.draft.mark(body.lines[index + 1], "byline", "byline.label", 0.8)
        add_names(body.draft, joined)
        return 2
    byline = byline_here(body, index)
    if byline is None:
        return 0
    draft = body.draft
    if _names_office(line, body.page.vocabulary, signed=bool(draft.bylines)):
        draft.drop(line, "furniture.before", 0.7)
        return 1
    rule = "byline.after-body" if body.text_seen else "byline.under-headline"
    if _is_place(draft, line, byline, body.page.vocabulary):
        draft.mark(line, "published", "date.beside-words", 0.8)
    else:
        rule = "byline.label" if byline.signed and not byline.when else rule
        draft.mark(line, "byline", rule, 0.9 if byline.signed else 0.75)
        add_names(draft, byline.people)
    _note_source(body, byline)
    joins = byline.people and byline.signed and not byline.when and body.paragraphs < 2
    return 1 + (_over_day(body, index + 1) if joins else 0)


def _over_day(body: Body, index: int) -> int:
    """A second name between one and the day: who has written the text with them; American papers set their name there.

    How many lines it is.
    """
    line, below = body.at(index), body.at(index + 1) if body.page.language != "en" else None
    if line is None or below is None or not (below.date or below.meta):
        return 0
    if is_organisation(line.text, body.page.vocabulary):
        return 0
    return int(_adds_name(body, line, "byline.under-headline", 0.7))


def _note_source(body: Body, byline: Byline) -> None:
    """Keep what else a byline says: whom the text is from, and when it was written."""
    draft = body.draft
    draft.agencies += byline.agencies
    if byline.when and body.paragraphs < 2:
        draft.dateline = draft.dateline or byline.when
        draft.date_texts.append(byline.when)


def _names_office(line: Line, known: Vocabulary, *, signed: bool) -> bool:
    """Whether a line says who edited or produced (``Editor: NAME``); any office, where somebody has signed."""
    office, colon, _ = line.lowered.partition(":")
    words = office.split()
    if not colon or not words or office in known.openers or known.roles.isdisjoint(words):
        return False
    return signed or words[-1] in _UNWRITING


def _joined_by_line(body: Body, index: int) -> tuple[str, ...] | None:
    """Who signs on the line under a word for *and* that stands alone under who else signs; None for any other line."""
    line, below, known = body.lines[index], body.at(index + 1), body.page.vocabulary
    if below is None or line.words > 1 or line.text.casefold() not in (*known.joiners, "&"):
        return None
    if not under_byline(body, index) or not name_like(below.text.strip(" ,.")):
        return None
    byline = parse_byline(below.text.strip(" ,."), known)
    return byline.people if byline is not None and byline.people else None


def introduced(body: Body, index: int) -> int:
    """A line such as *By*, alone on its own, and under it whom it introduces."""
    line, below = body.lines[index], body.at(index + 1)
    known = body.page.vocabulary
    if below is None or line.key not in known.openers or below.words > _OPENED_WORDS or below.key in known.openers:
        return 0
    byline = parse_byline(below.text, known)
    if byline is None or not byline.signed:
        byline = parse_byline(f"{line.key}: {below.text}", known)
    if byline is None:
        return 0
    for each in (line, below):
        body.draft.mark(each, "byline", "byline.label", 0.9)
    add_names(body.draft, byline.people)
    _note_source(body, byline)
    return 2 + (_with_others(body, index + 2) if line.text.endswith(":") else 0)


def _with_others(body: Body, index: int) -> int:
    """Who else signs, a name a line under the first that a word and a colon introduce; how many lines they are."""
    count = 0
    while (line := body.at(index + count)) is not None and count < _MOST_OTHERS:
        if not _adds_name(body, line, "byline.label", 0.8):
            break
        count += 1
    return count


def _adds_name(body: Body, line: Line, rule: str, confidence: float) -> bool:
    """Take a line for who else signs, if it is a bare name; whether it is."""
    bare = name_like(line.text) and not (line.furniture or line.label)
    byline = parse_byline(line.text, body.page.vocabulary) if bare else None
    if byline is None or not byline.people:
        return False
    body.draft.mark(line, "byline", rule, confidence)
    add_names(body.draft, byline.people)
    return True


def _meta(body: Body, index: int) -> int:
    """Read a line with a day and an hour: who signs, and when; a rubric, a place or a button beside them is dropped."""
    line = body.lines[index]
    draft, known = body.draft, body.page.vocabulary
    if body.paragraphs > 1:
        if body.at(index + 1) is not None or not signs_with_date(draft, line):
            draft.drop(line, "furniture.after", 0.6)
        return 1
    byline = parse_byline(line.text, known) or names_beside_date(line.text, known)
    _, when = without_date(line.text, known)
    if byline is None or _is_place(draft, line, byline, known):
        draft.mark(line, "published", "date.beside-words", 0.8)
    else:
        draft.mark(line, "byline", "byline.under-headline", 0.9)
        add_names(draft, byline.people)
        draft.agencies += byline.agencies
    if find_dates(when, known):
        draft.dateline = draft.dateline or (when if byline else line.text)
        draft.date_texts.append(when)
    return 1


def signs_with_date(draft: Draft, line: Line) -> bool:
    """Sign with the names that stand beside a day and an hour right under the text, when nobody has signed."""
    known = draft.page.vocabulary
    byline = None if draft.bylines else parse_byline(line.text, known) or names_beside_date(line.text, known)
    if byline is None or not byline.people or any(is_written_about(draft, name) for name in byline.people):
        return False
    draft.mark(line, "byline", "byline.after-body", 0.8)
    add_names(draft, byline.people)
    draft.agencies += byline.agencies
    return True


def _is_place(draft: Draft, line: Line, byline: Byline, known: Vocabulary) -> bool:
    """Whether what looks like a name beside a date is where it was written: who wrote it has signed above."""
    rest, when = without_date(line.text, known)
    signed = any((part := parse_byline(text, known)) is not None and part.signed for text in parts_of(rest))
    return bool(when) and bool(draft.bylines) and not signed and not set(byline.people) & set(draft.bylines)


def byline_here(body: Body, index: int) -> Byline | None:
    """The byline in a line where bylines stand; None elsewhere."""
    line = body.lines[index]
    if line.prose and line.words > 14:
        return None
    if body.paragraphs > 1 and line.text.isupper() and body.page.language != "vi":
        return None
    byline = parse_byline(line.text, body.page.vocabulary) or _hired(body, index)
    if byline is None or (not byline.signed and not may_sign(body, index, byline)):
        return None
    if not byline.introduced and body.paragraphs < 2 and introduced_below(body, index, byline.people):
        return None
    if not byline.introduced and byline.people and not may_stand_by_date(body, byline):
        return None
    if not byline.signed and _introduced_above(body, index):
        return None
    if not body.text_seen:
        apart = bool(body.draft.bylines) and not under_byline(body, index) and not _over_date(body, index)
        few = line.words <= _FEW or (len(byline.people) > 1 and line.words <= _FEW_EACH * len(byline.people) + 1)
        return byline if byline.signed or (few and not apart) else None
    # A standfirst may stand above the byline, and a picture's words.
    introduced = byline.introduced and byline.people and not body.draft.bylines and body.parts_paragraphs(index)
    if introduced and body.paragraphs < _OVER_NAMES:
        return byline
    if body.paragraphs < 2 and (not body.draft.bylines or beside_names(body, index)):
        return byline
    rest = [other for other in body.lines[index + 1 : index + 30] if not other.furniture and not other.date]
    closing = all(
        parse_byline(other.text, body.page.vocabulary) is not None or other.end or other.label for other in rest[:4]
    )
    return byline if closing and len(rest) < 6 else None


def _hired(body: Body, index: int) -> Byline | None:
    """Somebody and, behind a comma, whom they work for, right over a day; ``None`` in any other line."""
    name, comma, employer = body.lines[index].text.partition(", ")
    if not comma or len(employer.split()) > _EMPLOYER or " " not in name or not name_like(name):
        return None
    dated = _over_date(body, index) and not body.text_seen
    return Byline(people=(name,), agencies=(employer,), when="", signed=True, introduced=True) if dated else None


def introduced_below(body: Body, index: int, others: Collection[str]) -> bool:
    """Whether a word such as *By* introduces somebody else, soon below and before any text."""
    for line in body.lines[index + 1 : index + 1 + _SOON]:
        if line.prose:
            return False
        byline = parse_byline(line.text, body.page.vocabulary) if line.words <= _OPENED_WORDS else None
        office = _names_office(line, body.page.vocabulary, signed=True)
        if byline is not None and byline.introduced and byline.people and not office:
            return set(byline.people).isdisjoint(others)
    return False


def _introduced_above(body: Body, index: int) -> bool:
    """Whether a word such as *By* introduces the names right above: who works with them is introduced, too."""
    above = body.at(index - 1)
    if body.page.language == "vi" or above is None or body.draft.trace.role(above.number) != "byline":
        return False
    byline = parse_byline(above.text, body.page.vocabulary)
    return byline is not None and byline.introduced


def _over_date(body: Body, index: int) -> bool:
    below = body.at(index + 1)
    return below is not None and (below.date or below.meta)


def _dated_place(line: Line, known: Vocabulary) -> bool:
    """Whether a line is a place and a date (``Madrid-29/05/2025 20:00``)."""
    rest, when = without_date(line.text, known) if line.words <= 8 and not line.prose else (line.text, "")
    byline = parse_byline(rest.strip(" ,"), known) if when else None
    if byline is not None and byline.introduced and byline.people:
        return False
    place = rest.strip(" ,-–—|•·:()").split()
    # A comma stands between a place and a date, a dash between a name and a date.
    named = len(place) > 1 and not re.match(r"[^,]+,\s*$", line.text[: line.text.find(when)])
    return bool(when) and 0 < len(place) <= 3 and not named and all(word[:1].isupper() for word in place)


def _dated_name(body: Body, line: Line) -> bool:
    """Whether what stands before a day and its hour is a name and no place: the text would tell of a place."""
    byline = parse_byline(line.text, body.page.vocabulary)
    if body.draft.bylines or byline is None or len(byline.people) != 1 or _HOUR.search(byline.when) is None:
        return False
    return " " in byline.people[0] and not is_written_about(body.draft, byline.people[0])


def note_date(body: Body, line: Line, text: str) -> None:
    """Keep a date line near the headline; an hour or an age without a day is furniture."""
    draft = body.draft
    if not find_dates(text, body.page.vocabulary):
        draft.drop(line, "furniture.before", 0.7)
        return
    draft.mark(line, "published", "date.line", 0.9)
    draft.dateline = draft.dateline or text
    draft.date_texts.append(text)


def add_names(draft: Draft, names: tuple[str, ...]) -> None:
    """Sign the article with names that do not sign it yet; a name in capitals is the same name, a button's is none."""
    known, buttons = {name.casefold() for name in draft.bylines}, draft.page.vocabulary.furniture
    draft.bylines += [name for name in names if name.casefold() not in known and not buttons.is_exact(fold(name))]


def sign_in_brackets(draft: Draft) -> None:
    """Sign the article, when nobody else does, with the name in brackets behind its last sentence."""
    last = next((item for item in reversed(draft.items) if item.kind in ("paragraph", "figure")), None)
    named = _CLOSES.search(last.text) if last is not None and last.kind == "paragraph" else None
    if named is None or draft.bylines or draft.agencies or not (name_like(named[1]) and " " in named[1]):
        return
    if not is_written_about(draft, named[1]):
        add_names(draft, (named[1],))


def sign_over_headline(draft: Draft) -> None:
    """Sign the article, when nobody else does, with the names that a word such as *By* introduces over its headline."""
    lines = draft.page.lines
    headline = next((at for at, line in enumerate(lines) if draft.trace.role(line.number) == "headline"), 0)
    if draft.bylines or draft.agencies:
        return
    for line in reversed(lines[max(0, headline - _OVER) : headline]):
        byline = parse_byline(line.text, draft.page.vocabulary) if line.words <= _OPENED_WORDS else None
        if byline is not None and byline.introduced and byline.people:
            draft.mark(line, "byline", "byline.over-headline", 0.7)
            add_names(draft, byline.people)
            return
        if line.words > BARE_NAMES and not line.furniture:
            return


def names_author(line: Line, known: Vocabulary) -> bool:
    """Whether a line says who wrote what a teaser leads to: words such as *By* introduce a name."""
    byline = parse_byline(line.text, known) if line.words <= BARE_NAMES else None
    return byline is not None and byline.signed and bool(byline.people)


def names_staff(line: Line, known: Vocabulary) -> bool:
    """Whether a line names whoever has an office at the outlet (``Director: NAME``), as imprints do."""
    office, colon, name = line.lowered.partition(":")
    words = office.split()
    short = bool(colon) and len(words) <= MENU_WORDS and 0 < len(name.split()) <= BARE_NAMES
    return short and not known.roles.isdisjoint([office.strip(), *words])

"""When the article was published, and how sure that is."""

import datetime as dt
import re

from publisher.model import Certainty, Problem
from publisher.reading.text.draft import Draft
from publisher.reading.vocabulary.dates import find_cued, find_dates, find_evidence, find_years, infer_year, is_american

_YEAR = re.compile(r"\d\d{3}")  # Four digits, written so that the expression opens with one: it is found faster.
_NEAR = 6
"""How many lines above the headline may tell its date; higher up it is the date of the day."""

_DATE_LENGTH = 32
"""Characters from a date's year to its other end, the longest form being that of Vietnamese, with its weekday."""

_OPENING = 3
"""How many of the first paragraphs may tell the day of the event by a date without a year."""


def publication_dates(
    draft: Draft, name: str
) -> tuple[dt.date | None, Certainty | None, dt.date | None, list[Problem]]:
    """(published, its certainty, updated, problems)."""
    published: dt.date | None = None
    updated: dt.date | None = None
    known = draft.page.vocabulary
    for text in draft.date_texts:
        hits = find_dates(text, known, month_first=is_american(text, draft.page.language))
        if not hits:
            continue
        late = any(text.casefold().startswith(word) for word in known.updated)
        if published is None and not late:
            published = hits[0].date
            updated = hits[1].date if len(hits) > 1 and updated is None else updated
        elif updated is None:
            updated = hits[0].date
    if published is None and updated is not None:
        published = updated
    if published is None:
        published = _above(draft) or _below(draft)
    if published is not None:
        return published, "stated", updated if updated != published else None, []
    return _inferred(draft, name)


def _above(draft: Draft) -> dt.date | None:
    """The full date in one of the last lines before the headline, as a breadcrumb holds it."""
    headlines = (at for at, line in enumerate(draft.page.lines) if draft.trace.role(line.number) == "headline")
    start = next(headlines, 0)
    for line in reversed(draft.page.lines[max(0, start - _NEAR) : start]):
        hits = find_dates(line.text, draft.page.vocabulary) if line.words < 25 else []
        if hits:
            return hits[0].date
    return None


def _below(draft: Draft) -> dt.date | None:
    """The full date right under the text, on a line of its own."""
    lines = draft.page.lines
    last = draft.items[-1].lines[-1] if draft.items and draft.items[-1].kind == "paragraph" else None
    at = lines.index(last) + 1 if last is not None else len(lines)
    hits = find_dates(lines[at].text, draft.page.vocabulary) if at < len(lines) and lines[at].date else []
    return hits[0].date if hits else None


_CENTURIES = ("19", "20", "21")
"""How the years open that dates may have: a look for these is ten times as fast as one for years."""


def _around_years(text: str) -> list[str]:
    """The parts of a text that a date with a year can stand in: to read all of a long paragraph for one costs more."""
    return [text[max(0, year.start() - _DATE_LENGTH) : year.end() + _DATE_LENGTH] for year in _YEAR.finditer(text)]


def _inferred(draft: Draft, name: str) -> tuple[dt.date | None, Certainty | None, dt.date | None, list[Problem]]:
    """The day of the event in the first paragraphs, its year worked out from the rest of the page."""
    texts = [*draft.date_texts, *([draft.standfirst] if draft.standfirst else [])]
    texts += [item.text for item in draft.items if item.kind == "paragraph"][:_OPENING]
    for text in texts:
        hit = find_cued(text[:2000])
        if hit is None:
            continue
        lines = [line.text[:4000] for line in draft.page.lines]
        telling = {line for line in lines if any(map(line.__contains__, _CENTURIES))}
        parts = {part for line in telling for part in _around_years(line)}
        dated = [date for part in parts for date in find_evidence(part, draft.page.vocabulary)]
        years = [] if dated else [year for line in lines for year in find_years(line)]
        year = infer_year(hit, dated, years)
        if year is None:
            continue
        try:
            day = dt.date(year, hit.month, hit.day)
        except ValueError:
            continue
        message = f"{hit.day}/{hit.month} has no year on the page; {year} was inferred from the other dates on it"
        return day, "inferred", None, [Problem(code="inferred-date", message=message, where=name)]
    return None, None, None, []

"""What a person says that lines of a text are, told to the rules and put through against them.

Before the rules are asked, only what decides how the rest is to be read is told (``hint``): headline,
standfirst, labels. After them each corrected line is taken out of what it was made part of and put where it belongs
(``enforce``), so that a correction of one line does not have others read in another way.
"""

from collections.abc import Sequence

from publisher.model import Problem
from publisher.reading.corrections import CorrectableRole, Correction, stale
from publisher.reading.text.draft import Draft
from publisher.reading.text.placing import place
from publisher.reading.trace import Mark
from publisher.reading.vocabulary import fold
from publisher.reading.vocabulary.lines import Line
from publisher.reading.vocabulary.page import Page


def hint(page: Page, corrections: Sequence[Correction], written: Sequence[str], name: str) -> tuple[Problem, ...]:
    """Tell the page's lines what they are, before they are read; a problem for each correction that fits none.

    A line is known by its words, and as it is ``written`` in the source: with the marks of a notation, as the trace
    shows it. ``name`` is the source's.
    """
    wanted = {(fold(correction.text), correction.occurrence): correction for correction in corrections}
    counts: dict[str, int] = {}
    for line in page.lines if wanted else ():
        for key in dict.fromkeys((fold(line.text), fold(written[line.number - 1]))):
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
    given = {line: Mark(line.given, "correction", 1.0) for line in draft.page.lines if line.given is not None}
    for line in place(draft, given):
        draft.problems.append(
            stale(Correction(text=line.text, role="teaser summary"), "has no teaser's headline above it", name)
        )

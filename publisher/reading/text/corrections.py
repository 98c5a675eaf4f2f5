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


def hint(
    page: Page, corrections: Sequence[Correction], owners: Sequence[int], written: Sequence[str], name: str
) -> tuple[Problem, ...]:
    """Tell the page's lines what they are, before they are read; a problem for each correction that fits none.

    A line is known by its words, and as it is ``written`` in the source: with the marks of a notation, as the trace
    shows it; one that was cut at a column, by the words of any of its parts. ``owners`` says for each line which one it
    is part of (``rendering.Undone``), ``name`` is the source's.
    """
    wanted = {(fold(correction.text), correction.occurrence): correction for correction in corrections}
    counts: dict[str, int] = {}
    problems: list[Problem] = []
    parts: dict[int, list[str]] = {}
    for owner, text in zip(owners, written, strict=True) if wanted else ():
        parts.setdefault(owner, []).append(text)
    for line in page.lines if wanted else ():
        for key in dict.fromkeys(map(fold, (line.text, *parts[line.number - 1]))):
            counts[key] = counts.get(key, 0) + 1
            correction = wanted.pop((key, counts[key]), None)
            if correction is None or correction.role is None:
                continue
            if line.given is None:
                _hint(line, correction.role)
            elif line.given != correction.role:
                problems.append(stale(correction, "is for part of a paragraph that has another", name))
    unused = (stale(correction, "fits no line of the page", name) for correction in wanted.values())
    return (*problems, *unused)


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

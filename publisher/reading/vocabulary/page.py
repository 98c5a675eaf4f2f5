"""A page: its lines, and what repeats among them."""

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from operator import attrgetter

from publisher.reading.vocabulary import Vocabulary
from publisher.reading.vocabulary.lines import Line, line_of
from publisher.reading.vocabulary.looks import classify, held_by

_WIDGETS, _WIDGET_END, _WIDGET_WORDS = 3, 3, 9
"""How many lines that end in so many same words are widgets, and the words of the longest."""

_COUNTER, _COUNTERS = re.compile(r"\d[\d.,]* [^\W\d_]+"), 3
"""A number and a word, and how many such lines are no end."""

_SPOKEN_WORDS = 6
"""Words of the shortest sentence behind a dash that is speech."""

_ENDS = '.!?…”"'

_FEWEST_TURNS = 2
"""Questions with their answers that make an interview."""

_SLOT_WORDS = 4
_SLOT_TIMES = 3

_LOOKED_UP = 5000
"""Characters of a paragraph that words are looked up in."""

_FEATURES = attrgetter(*Line.__slots__)
"""All of a line, for another that says the same."""


@dataclass(slots=True)
class Page:
    """All lines of a page, the blank ones apart, and what repeats among them."""

    lines: list[Line]
    counts: Counter[str]
    spaced: bool
    """Whether paragraphs are set off by blank lines, so that their absence means something."""

    vocabulary: Vocabulary
    """The words that its lines are understood by."""

    language: str = "und"
    usual: int = 0
    """Words of the middle one among the paragraphs: captions are shorter."""

    kinds: str | None = None
    """A letter for each line, for looking up what takes turns; made when first asked for."""

    prose: str | None = None
    """``running_text``, once it was asked for."""

    runs_on: bool | None = None
    """Whether kickers run into headlines all over it, once that was asked for."""

    shapes: dict[str, int] = field(default_factory=dict)
    """By the text of a line the words of the headline that it looks like, 0 of any other; those once asked for."""

    @property
    def running_text(self) -> str:
        """Its paragraphs, for looking up how a word is written in them."""
        if self.prose is None:
            self.prose = "\n".join(line.text[:_LOOKED_UP] for line in self.lines if line.prose)
        return self.prose

    def parts_paragraphs(self, at: int) -> bool:
        """Whether the line of that index stands between two paragraphs."""
        return 0 < at < len(self.lines) - 1 and self.lines[at - 1].prose and self.lines[at + 1].prose

    def is_slot(self, line: Line) -> bool:
        """Whether a line is what a page sets again and again between its paragraphs: a sentence, or words over slots.

        Names are repeated too: of rubrics and authors over teasers, of agencies under pictures. Those are one word, or
        written with capitals.
        """
        if self.counts[line.key] < _SLOT_TIMES or line.label:
            return False
        # A sentence that stands so often is a notice, whatever it says.
        if line.prose and line.ended:
            return not line.bullet
        few = 1 < line.words <= _SLOT_WORDS
        return few and line.text[:1].isupper() and line.text[1:] == line.text[1:].lower()


def lay_out(texts: Sequence[str | None], known: Vocabulary) -> Page:
    """The page of a list of lines, numbered from 1; ``None`` stands for one that is part of the line above it."""
    lines: list[Line] = []
    blank = True
    # Pages repeat themselves: a headline stands again as a picture's text, a teaser's stands twice.
    distinct = {raw: line_of(raw) for raw in dict.fromkeys(texts) if raw and not raw.isspace()}
    held = held_by(distinct.values(), known)
    for line in distinct.values():
        classify(line, held, known)
    for number, raw in enumerate(texts, 1):
        if raw is None:
            continue
        if not raw or raw.isspace():
            if lines:
                lines[-1].before_blank = True
            blank = True
            continue
        line = distinct[raw]
        if line.number:
            line = Line(*_FEATURES(line))
        line.number, line.after_blank, line.before_blank = number, blank, False
        lines.append(line)
        blank = False
    _spare_speech(lines, texts)
    _spare_interview(lines, texts)
    _count_blocks(lines)
    _spare_captions(lines)
    _drop_widgets(lines)
    _drop_counters(lines)
    counts = Counter(line.key for line in lines)
    prose = [line for line in lines if line.prose and line.words > 12]
    # A page on which a blank line follows every line tells nothing by them.
    together = sum(not line.after_blank for line in lines)
    spaced = together > 1 and bool(prose) and sum(line.after_blank for line in prose) * 2 > len(prose)
    lengths = sorted(line.words for line in prose)
    usual = lengths[len(lengths) // 2] if lengths else 0
    page = Page(lines=lines, counts=counts, spaced=spaced, vocabulary=known, usual=usual)
    _drop_slots(page)
    return page


def _drop_slots(page: Page) -> None:
    """Mark the words over slots between paragraphs; over headlines such words are rubrics."""
    slots = [at for at, line in enumerate(page.lines) if not (line.prose or line.furniture) and page.is_slot(line)]
    between = Counter(page.lines[at].key for at in slots if page.parts_paragraphs(at))
    for at in slots:
        line = page.lines[at]
        if between[line.key] >= _SLOT_TIMES:
            line.furniture, line.rule = True, "furniture.repeated"


def _count_blocks(lines: list[Line]) -> None:
    start = 0
    for index, line in enumerate(lines):
        if line.before_blank or index == len(lines) - 1:
            for member in lines[start : index + 1]:
                member.block = index + 1 - start
            start = index + 1


def _spare_speech(lines: list[Line], texts: Sequence[str | None]) -> None:
    """Take back that a line is of a list, where a long dash opens one sentence alone: somebody speaks."""
    for at, line in enumerate(lines):
        if not (line.bullet and line.prose and line.ended) or line.words < _SPOKEN_WORDS:
            continue
        beside = lines[max(0, at - 1) : at] + lines[at + 1 : at + 2]
        raw = (texts[line.number - 1] or "").strip()
        if raw[:1] in ("–", "—") and not any(other.bullet for other in beside):
            line.bullet, line.text = False, f"{raw[0]} {line.text}"


def _spare_interview(lines: list[Line], texts: Sequence[str | None]) -> None:
    """Take back that answers are of a list, where questions and answers take turns, each under a sign of its own."""
    turns: list[Line] = []
    for question, answer in pairwise(lines):
        asked = question.bullet and question.text.endswith("?") and question not in turns[-1:]
        told = answer.bullet and answer.text[-1] in _ENDS and answer.words >= _SPOKEN_WORDS
        if asked and told and _sign(question, texts) != _sign(answer, texts):
            turns.append(answer)
    for answer in turns if len(turns) >= _FEWEST_TURNS else ():
        answer.bullet, answer.prose = False, True


def _sign(line: Line, texts: Sequence[str | None]) -> str:
    """What a line opens with."""
    return (texts[line.number - 1] or "").strip()[:1]


def _spare_captions(lines: list[Line]) -> None:
    """Take back what only a credit made look like an imprint: the line above says the same without it."""
    for before, line in pairwise(lines):
        longer = before.key != line.key and line.key.startswith(before.key)
        if line.rule == "furniture.imprint" and longer and before.words > 2 and not before.furniture:
            line.furniture, line.rule = False, ""


def _drop_widgets(lines: list[Line]) -> None:
    """Mark lines that differ in what they open with and end in the same words: a button stands behind each."""
    ends: dict[tuple[str, ...], set[str]] = {}
    for line in lines:
        if (end := _widget_end(line)) is not None:
            ends.setdefault(end, set()).add(line.key)
    widgets = {end for end, keys in ends.items() if len(keys) >= _WIDGETS and not _ends_all(keys)}
    for line in lines:
        if widgets and _widget_end(line) in widgets:
            line.furniture, line.rule, line.label, line.cue = True, "furniture.repeated", False, None


def _drop_counters(lines: list[Line]) -> None:
    """Mark how many comments there are, where that stands under each of several teasers: only one ends an article."""
    counters = [line for line in lines if line.end and _COUNTER.fullmatch(line.key)]
    if len(counters) >= _COUNTERS:
        for line in counters:
            line.end, line.furniture, line.rule = False, True, "furniture.repeated"


def _ends_all(keys: Collection[str]) -> bool:
    """Whether one of the lines is what all end in: a headline, the others with a kicker before it."""
    shortest = min(keys, key=len)
    return all(key.endswith(shortest) for key in keys)


def _widget_end(line: Line) -> tuple[str, ...] | None:
    """The last words of a line that could be a name and a button; ``None`` of others."""
    if line.prose or line.furniture or line.date or line.meta or not _WIDGET_END < line.words <= _WIDGET_WORDS:
        return None
    # Captions end in one photographer's name.
    if any(sign in line.text for sign in ":/(©"):
        return None
    end = line.text.split()[-_WIDGET_END:]
    named = all(word[:1].isupper() for word in end[1:])
    return None if named or any(map(str.isdigit, "".join(end))) else tuple(word.casefold() for word in end)

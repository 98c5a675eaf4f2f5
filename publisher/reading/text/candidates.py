"""The lines before a text that may be its headline, and those of them that are none beside the others."""

import re
from collections.abc import Collection, Sequence

from publisher.reading.vocabulary import Vocabulary
from publisher.reading.vocabulary.bylines import parse_byline
from publisher.reading.vocabulary.captions import caption_credit, credit_alone
from publisher.reading.vocabulary.dates import find_dates
from publisher.reading.vocabulary.lines import Line, are_topics
from publisher.reading.vocabulary.page import Page
from publisher.reading.vocabulary.words import letters_in

MOST_WORDS = 40
"""Words of the longest headline."""

_HOUR = re.compile(r"\b\d{1,2}[:hg]\d{2}\b|\bGMT\b")
_WAY = re.compile(r"\s?[>›»]\s")
_WAY_STEPS = 2
"""Between the steps of the way to a page (``Home > Sport > Skiing``), and how many of them no headline has."""

_STEP, _STEP_WORDS = re.compile(r"\s[/|>›»]|[/|>›»]\s?$"), 3
"""Between the steps of a way that ends in the headline, and the least words of that."""

_LIST_LEAST = 3
"""Headlines over days that are a list."""

_COUNTER = re.compile(
    r"\d\s(?:views?|plays|lượt xem|aufrufe|vues|visualizaciones|reproducciones|просмотр\w*)$", re.IGNORECASE
)
"""How often a film was seen, behind its title."""

_TOPIC_WORDS = 3
"""Words of a topic, of which slashes part several."""

_MENU_RUN = {"en": 10, "de": 8, "und": 10}
_OTHER_RUN = 6
"""How many words with capitals in a row are the entries of a menu; more where headlines have many."""

_ASKING = re.compile(r"\b(?:please|vui lòng|veuillez)\b", re.IGNORECASE)
"""What a page asks its readers with."""

_LEAST_LETTERS = 0.5
"""The share of a headline's signs that are letters: a gallery's counter has none."""

_SIGNED_WORDS = 24
"""Words of the longest byline."""

STANDFIRST_WORDS, DECKS = 9, 2
"""Words of a line that may be a standfirst, and how many of them may stand over a date or a byline."""

NEAR = 5
"""Lines under a headline among which its date or its byline stands."""

_BUTTONS = 25
"""Lines under a headline at most among which those are, buttons counted too: further down it is a menu's foot."""

RUBRIC_TIMES = 3
"""How often a line stands elsewhere on the page that is a rubric and no author's name."""

_CLOCK = re.compile(r"\d{1,2}:\d{2}(?:\s?/\s?\d{1,2}:\d{2})?")
_PLAYING = frozenset(("0:00", "00:00"))
"""How far a player has come, and how long it plays, which is no day."""


def is_candidate(line: Line, known: Vocabulary) -> bool:
    """Whether a line may be a headline by its own looks."""
    if not is_content(line):
        return False
    # A headline may hold a day (gold prices do), but no hour.
    if _HOUR.search(line.text) and find_dates(line.text, known):
        return False
    if "«" not in line.text and len(_WAY.findall(line.text)) >= _WAY_STEPS:
        return False
    if line.text[-1] in "|*_" or letters_in(line.text) < _LEAST_LETTERS * len(line.text):
        return False
    if _ASKING.search(line.text) or _COUNTER.search(line.text) or are_topics(line.text) or are_parted(line.text):
        return False
    return 2 <= line.words <= MOST_WORDS and not (line.prose and (line.ended or line.words > 30))


def are_parted(text: str) -> bool:
    """Whether slashes part topics of few words (``Rail fares / Labour Party``)."""
    topics = text.split(" / ")
    return len(topics) > 1 and all(len(topic.split()) <= _TOPIC_WORDS for topic in topics)


def is_content(line: Line) -> bool:
    """Whether a line is words of the page's own, and none of its furniture."""
    own = line.furniture or line.end or line.label or line.date or line.meta or line.file_name or line.given
    return not (own or not line.key)


def in_list(page: Page, indices: Collection[int]) -> set[int]:
    """Those of the lines that stand in a list of headlines, each over its day."""
    known, listed = page.vocabulary, set[int]()
    run: list[int] = []
    for index in sorted(indices):
        dated = index + 1 < len(page.lines) and signs_headline(page.lines[index + 1], known, surely=True)
        if not dated or signs_headline(page.lines[index], known, surely=True):
            continue
        run = [*run, index] if run and run[-1] == index - 2 else [index]
        if len(run) >= _LIST_LEAST:
            listed.update(run)
    return listed


def ways_to(page: Page, indices: Collection[int]) -> list[int]:
    """Those of the lines that are the way to the page, down to another of them (``Home / Sport / Headline``)."""
    ends = [page.lines[at].key for at in indices if page.lines[at].words >= _STEP_WORDS]
    keys = {index: page.lines[index].key for index in indices}
    return [
        index
        for index, key in keys.items()
        if any(key != end and key.endswith(end) and _STEP.search(key[: -len(end)]) for end in ends)
    ]


def rows_of_entries(page: Page, indices: Collection[int]) -> list[int]:
    """Those of the lines that are a menu's entries in a row: bars part them, or word after word has a capital."""
    most = _MENU_RUN.get(page.language, _OTHER_RUN)
    return [
        index
        for index in indices
        if page.lines[index].text.count("|") > 1
        or (page.lines[index].words >= most and _longest_run(page.lines[index].text) >= most)
    ]


def _longest_run(text: str) -> int:
    """How many words with a capital, and letters in small, stand in a row at most."""
    longest = run = 0
    for word in text.split():
        run = run + 1 if word[0].isupper() and not (len(word) > 1 and word.isupper()) and word.isalpha() else 0
        longest = max(longest, run)
    return longest


def signs_headline(line: Line, known: Vocabulary, *, surely: bool = False) -> bool:
    """Whether a line is a date or a byline: what stands under a headline; ``surely``: by more than a name's shape."""
    if line.date or line.meta:
        return True
    asked = line.words <= _SIGNED_WORDS and not (line.furniture or line.label)
    byline = parse_byline(line.text, known) if asked else None
    if byline is None or credit_alone(line.text, known) is not None:
        return False
    return byline.signed or (line.words <= 4 and not surely)


def signed_below(page: Page, index: int, first: int, *, surely: bool = False) -> bool:
    """Whether a date or a byline stands under a line, at most a standfirst and buttons between them."""
    played = False
    between: list[Line] = []
    below = _below(page, index, first)
    for line in below:
        played = played or line.text in _PLAYING
        if played and line.date and _CLOCK.fullmatch(line.text):
            continue
        elsewhere = page.counts[line.key] - sum(other.key == line.key for other in below)
        if signs_headline(line, page.vocabulary, surely=surely) and (elsewhere < RUBRIC_TIMES or line.date):
            return True
        # Points that sum the text up stand there, too.
        if not (line.furniture or line.bullet):
            between.append(line)
        if len(between) > 1 and not _are_decks(between, page.vocabulary):
            return False
    return False


def _are_decks(lines: Sequence[Line], known: Vocabulary) -> bool:
    """Whether two lines can both be standfirsts: long, and no pictures' words."""
    long = len(lines) <= DECKS and min(line.words for line in lines) >= STANDFIRST_WORDS
    return long and all(caption_credit(line.text, known) is None for line in lines)


def _below(page: Page, index: int, first: int) -> list[Line]:
    """The lines under a headline among which its date or its byline stands; a row of buttons is one."""
    below: list[Line] = []
    left = NEAR
    for line in page.lines[index + 1 : min(first + 2, index + 1 + _BUTTONS)]:
        left -= not (line.furniture and below and below[-1].furniture)
        if left < 0:
            break
        below.append(line)
    return below

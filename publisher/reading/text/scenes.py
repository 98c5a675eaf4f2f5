"""How lines without a credit give themselves away as pictures' words: by whom they show, and where or doing what."""

from publisher.reading.text.body import can_be_caption
from publisher.reading.vocabulary import fold
from publisher.reading.vocabulary.captions import places_somebody
from publisher.reading.vocabulary.lines import Line
from publisher.reading.vocabulary.page import Page

_LEAST_WORDS, _REACH = 5, 9
"""Words of the shortest line that shows somebody by name, and those among which the name stands."""

_NAME, _BEFORE, _WINDOW = {"de": 3}, {"vi": 6}, {"vi": 3}
"""Words with capitals in a row that are a name (in German what somebody is stands before it), words before it, and
those after it among which one says where or what; elsewhere two, two and the next."""

_NAME_LETTERS = 3
"""Letters of a name."""

SPOKEN = frozenset('?:"“”„«»')
"""Signs of speech and of questions, which headlines have."""


def shows(line: Line, page: Page) -> bool:
    """Whether a line without a full stop says what is to be seen: it opens as captions do, or with whom it shows."""
    known = page.vocabulary
    if line.bullet or not can_be_caption(line) or line.words < _LEAST_WORDS or not SPOKEN.isdisjoint(line.text):
        return False
    if line.lowered.startswith(known.caption_openers) or places_somebody(line.text, known):
        return True
    return _shows_somebody(line.text.split(), page)


def _shows_somebody(words: list[str], page: Page) -> bool:
    """Whether a name near a line's start is followed by a comma, or by a word for a place or for what is done there."""
    own = page.vocabulary.languages.get(page.language)
    run = 0
    for at, word in enumerate(words[:_REACH]):
        small = not at and (len(word) < _NAME_LETTERS or word.casefold() in page.vocabulary.stop_words)
        run = run + 1 if word[0].isupper() and word[-1] != "." and not small else 0
        if run < _NAME.get(page.language, 2) or at + 1 - run > _BEFORE.get(page.language, 2):
            continue
        if word[-1] == "," and fold(" ".join(words[at + 1 - run : at + 1])) not in page.vocabulary.places:
            return True
        after = words[at + 1 : at + 1 + _WINDOW.get(page.language, 1)]
        if own is not None and any(other.casefold().strip(",") in own.scenes for other in after):
            return True
    return False

"""What a page says to its reader of itself, between the paragraphs of a text and under them."""

from publisher.reading.text.body import Body
from publisher.reading.text.figures import belongs_to_picture
from publisher.reading.text.joints import parted
from publisher.reading.vocabulary import EDGES, Vocabulary
from publisher.reading.vocabulary.lines import Line

_BOX_LINES = 14
"""Lines of a box between paragraphs, at most."""

NOTICE_WORDS = 30
"""Words of a sentence in such a box, at most."""

OFFER_WORDS = 25
"""Words of what a newsletter is about, at most."""


def box(body: Body, index: int) -> int:
    """A box that asks for an address or an account: what stands over its last button, between two paragraphs."""
    start, known = index, body.page.vocabulary
    while (above := body.at(start - 1)) is not None and above.furniture:
        start -= 1
    if body.paragraphs < 2 or above is None or not above.prose or (start == index and body.lines[index].prose):
        return 0
    asks_for = any(_asks_for(line, known) for line in body.lines[start:index])
    last = 0
    for count in range(1, _BOX_LINES):
        line = body.at(index + count - 1)
        if line is None or line.label or line.file_name or line.date or belongs_to_picture(body, line):
            break
        # What stands under a button is the text again.
        apart = not last or count > last + 1
        below = body.at(index + count)
        closed = below is not None and below.furniture and (_asks_for(below, known) or below.rule == "furniture.notice")
        asks = (asks_for and speaks(line, known)) or (closed and line.words <= OFFER_WORDS)
        if line.prose and not (asks and apart and line.words <= NOTICE_WORDS):
            break
        if line.furniture and line.rule not in ("furniture.signs", "furniture.repeated"):
            last = count
        asks_for = asks_for or _asks_for(line, known)
    if not asks_for or last <= (0 if start < index else 1):
        return 0
    for line in body.lines[index : index + last]:
        body.draft.drop(line, "furniture.notice", 0.6)
    return last


def _asks_for(line: Line, known: Vocabulary) -> bool:
    """Whether a line is about accounts, newsletters and the like."""
    words = " ".join(parted(line.text)).casefold().split() if line.words <= OFFER_WORDS else line.key.split()
    return not known.notice_matters.isdisjoint(word.strip(EDGES) for word in words)


def speaks(line: Line, known: Vocabulary) -> bool:
    """Whether a line speaks to its reader."""
    return not known.notice_address.isdisjoint(word.strip(EDGES) for word in line.text.split())

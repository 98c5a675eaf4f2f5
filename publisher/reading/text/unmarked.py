"""Rules for captions that no word for a credit and no sign tells: whose picture it is at their end, whom they show."""

import re

from publisher.reading.text.body import Body, can_be_caption, goes_on
from publisher.reading.text.figures import SENTENCE_WORDS, UNCREDITED
from publisher.reading.vocabulary.captions import closing_agency
from publisher.reading.vocabulary.lines import Line, has_inner_end
from publisher.reading.vocabulary.names import name_like

_NAMED = r"[A-ZÀ-Þ][\w.’'-]*(?: [A-ZÀ-Þ][\w.’'-]*){0,3}"
_SLASHED = re.compile(rf"(\S+) ({_NAMED} ?/ ?{_NAMED})$")
_INITIALS = re.compile(r"(\S+) ((?:[A-ZÀ-Þ]\. ?){2,3}|[A-ZÀ-Þ]\. ?[A-ZÀ-Þ][\w’'-]+)$")
_BEHIND_STOP = re.compile(r"[a-zß-ÿ\d][.!?…]?[.!?…»”\"] ([A-ZÀ-Þ][\w.’'-]+(?: [\w.’'-]+){0,2} [A-ZÀ-Þ][\w’'-]+)$")
"""Whose picture it is, and the word before: ``… on the quay Agency/NAME``, ``… on the quay N. NAME``, ``… N. M.``"""

_CREDIT_LENGTH = 160
"""Characters at a line's end in which both stand."""

_SHOWN = re.compile(r"([A-ZÀ-Þ][a-zß-ÿ’'-]+(?: [A-ZÀ-Þ][a-zß-ÿ’'-]+){1,2}), [a-zß-ÿ]")
_LEAST_SHOWN = 5
"""Words of the shortest caption that opens with somebody's name and a comma."""

_APART = ("vi", "de", "fr", "es")
"""Languages whose press has hardly a paragraph of one short sentence: on the *fit* half none of 241 is as short."""

_LEAST, _LEAST_SYLLABLES, _SHORTER, _LONGER = 6, 9, 0.4, 1.5
"""Words of the shortest sentence that is a caption, in Vietnamese syllables; how long it is at most, measured by the
usual paragraph; and how long those about it are, measured by it."""

_GOES_ON = frozenset(
    re.findall(
        r"\w+",
        "und aber doch dann denn er sie es wir ich das dies dieser diese so auch nur sagt sagte erklärte "
        "et mais il elle ils elles on ce cela puis alors je nous or donc dit déclaré explique "
        "y pero él ella ellos eso esto así entonces no también dijo explicó afirmó "
        "và nhưng song họ tôi chúng đó đây điều thế tuy nếu theo nói biết kể cho rằng hỏi",
    )
)
"""Words by which a sentence goes on from the one before it, or somebody speaks: no picture's words have them."""

_SPEECH = frozenset('"“”„«»–—?!:')


def unmarked_credit(body: Body, index: int) -> int:
    """A line without a full stop that closes with an agency, a name behind an initial, or two names about a slash."""
    line = body.lines[index]
    credit = _credit_at_end(body, line)
    if credit is None or not _can_show(body, index):
        return 0
    body.add_figure(line, "caption.credit", 0.7)
    if body.items and body.items[-1].lines[-1] is line:
        body.items[-1].credit = credit
    return 1


def _can_show(body: Body, index: int) -> bool:
    """Whether a line stands where pictures do, over the text or between its paragraphs."""
    line, below = body.lines[index], body.at(index + 1)
    if line.bullet or not _LEAST_SHOWN <= line.words <= UNCREDITED or not can_be_caption(line) or line.cue is not None:
        return False
    return below is not None and (not body.text_seen or below.prose) and goes_on(body, index + 1)


def _credit_at_end(body: Body, line: Line) -> str | None:
    """Whose picture it is, at a line's end; ``None`` where nobody is named after a word in small letters or a stop."""
    for pattern in (_INITIALS, _SLASHED) if line.words <= SENTENCE_WORDS else ():
        match = pattern.search(line.text[-_CREDIT_LENGTH:])
        if match is not None and _can_precede(match[1], body):
            return match[2]
    if line.ended:
        return None
    match = _BEHIND_STOP.search(line.text[-_CREDIT_LENGTH:]) if body.text_seen and body.page.language != "vi" else None
    if match is not None and name_like(match[1]):
        return match[1]
    author = next((name for name in body.draft.bylines if line.text.endswith(f" {name}")), None)
    if author is not None and _can_precede(line.text[: -len(author)].split()[-1], body):
        return author
    return closing_agency(line.text, body.page.vocabulary)


def _can_precede(word: str, body: Body) -> bool:
    """Whether a caption may end in a word, and no small word such as *by* leads on to a name."""
    ended = word[-1] in ".!?"
    small = word[:1].islower() or word[-1].isdigit() or body.page.language == "de"
    return ended or (small and word[-1].isalnum() and word.casefold() not in body.page.vocabulary.stop_words)


def shown_person(body: Body, index: int) -> int:
    """A line between two paragraphs that opens with somebody's name, and says who that is: whom a picture shows."""
    line = body.lines[index]
    if line.prose or line.ended or not body.text_seen or not body.parts_paragraphs(index) or not _can_show(body, index):
        return 0
    match = _SHOWN.match(line.text)
    if match is None or body.page.language in ("vi", "de") or line.text[-1] in "?!:":
        return 0
    if not any(other.prose and match[1] in other.text for other in body.lines):
        return 0
    body.add_figure(line, "caption.unended", 0.6)
    return 1


def short_sentence(body: Body, index: int) -> int:
    """A sentence much shorter than the paragraphs that it stands between, which goes on from neither."""
    line, language = body.lines[index], body.page.language
    if language not in _APART or not line.prose or line.bullet or not body.text_seen or not line.text.endswith("."):
        return 0
    least = _LEAST_SYLLABLES if language == "vi" else _LEAST
    if not least <= line.words <= min(SENTENCE_WORDS, _SHORTER * body.page.usual) or not body.parts_paragraphs(index):
        return 0
    about = (body.lines[index - 1], body.lines[index + 1])
    if any(other.bullet or other.words < _LONGER * line.words or other.text.endswith(":") for other in about):
        return 0
    if has_inner_end(line.text) or not _SPEECH.isdisjoint(line.text) or not _GOES_ON.isdisjoint(line.key.split()):
        return 0
    if not goes_on(body, index + 1) or not can_be_caption(line):
        return 0
    body.add_figure(line, "caption.short", 0.55)
    return 1

"""What a line is by its own looks: a paragraph, a date, a label, a button, an imprint."""

import re
from collections.abc import Collection
from itertools import pairwise
from typing import NamedTuple

from publisher.reading.vocabulary import EDGES, Vocabulary, fold
from publisher.reading.vocabulary.bylines import menu_of_bars, parse_byline, signs
from publisher.reading.vocabulary.captions import caption_credit
from publisher.reading.vocabulary.cues import LONG, cued
from publisher.reading.vocabulary.dates import date_line, holds_day_and_hour
from publisher.reading.vocabulary.lines import Line, ends_sentence, has_inner_end, is_stopless

_LETTERED, _LETTERED_WORDS = re.compile(r"[.!?][\"'”’»]? [A-ZÀ-ÞĐ]{2,6}$"), 15
"""Letters behind a paragraph's full stop, of who wrote it or whom it is from, and the words of the shortest such."""

_SOFT_END = re.compile(r"[?!？！؟][\"'”’»“‘«‹)\]]*$")
_URL = re.compile(r"^(?:https?://|www\.)\S+$|^[\w.-]+\.(?:com|vn|net|org|info|de|fr|es|uk)(?:/\S*)?$", re.IGNORECASE)
_FILE_NAME = re.compile(r"^[^\n]{1,180}\.(?:png|jpe?g|gif|webp|bmp|svg|avif|heic)$", re.IGNORECASE)
_BRACKETS = re.compile(r"^(?:\[[^\[\]]{1,40}\]\s*){2,}$")
_CODE = re.compile(r"^(?:[\w.$]+\s*\(.*\)\s*;?|[<{].*[>}]|.*(?:\{\s*$|\}\s*\)?;?$)|.*(?:=>|function\s*\(|&&|\|\|).*)$")
_MINUTES = re.compile(r"\d{1,3}[\s-]?(?:min|phút)|\b\d{1,2}:\d{2}\b")
_TO_READ = re.compile(r"\b(?:read|lect|lese|lett|leit|đọc|listen|écout|hör|anhör|escuch|oír|nghe|estimated)")
# A film or a recording, and how long: ``AUDIO: … (3 Min)``.
_PLAYER = re.compile(r"(?:audio|video|vidéo)\b.*\(\d+(?::\d+)? ?min\.?\)$", re.IGNORECASE)
_MINUTE_WORDS = 6
"""What a line says that tells how long a text takes to read or to hear, in so many words at most."""

_CONTACT = re.compile(r"^(?:contact|reach|e-?mail|follow)\s.*\S@\S|\bcan be reached (?:at|by|via|on)\b", re.IGNORECASE)
_FOLLOW = re.compile(
    r"(?:please )?(?:follow|like) .{2,60} on (?:twitter|facebook|instagram|linkedin|threads|bluesky|x)\b", re.IGNORECASE
)
_CONTACT_WORDS = 25
"""How a line tells where its author can be reached, in so many words at most."""

_HASHTAGS = re.compile(r"^#\s?\S")
_SPOKEN_AT = re.compile(r"\d{1,2}:\d{2}\s+[a-z]+ [a-z]")
"""When in a film a line of it is said."""

_GLUED = re.compile(r"[^\W\d_A-Z](?=[A-Z][a-z])(?<=[a-z]{3})")
_GLUED_TIMES, _GLUED_WORD = 3, 7
"""How many words of a line run into the next, and the letters of its words, the spaces after them counted."""

_BUTTON_END = re.compile(r"[^\W\d_A-ZÀ-ÞĐ](?=[A-ZÀ-ÞĐ][^\W\d_A-ZÀ-ÞĐ]|\d\d:\d\d)")

_LETTER = re.compile(r"[^\W\d_]")

_END_LENGTH = 48
"""Characters at a line's end that hold its closing signs and a remark in brackets after them."""

_LABEL_WORDS = 9
_ROW_WORDS, _ROW_LEAST, _ROW_SHARE = 12, 3, 0.6
"""Words of a row of buttons at most, and how many and what share of them are known."""

_CREDITED_WORDS, _YEAR = 45, re.compile(r"\b(?:19|20)\d\d\b")
"""Words of the longest caption behind a credit, and what an imprint has."""

_FORM_WORDS = 30
"""Words of the longest line that says which fields of a form are marked."""

_DATE_WORDS = 24
"""No line that is nothing but dates and times was seen to have more words."""

_SIGNED_WORDS = 14
_META_WORDS = 25
_META_SENTENCE = 10
"""Words that a line with a day and an hour has at most, and when it ends as a sentence does: a longer one is text."""

_CUT_WORDS = 14
"""Words below which a line that ends in dots is a headline cut short, and no sentence."""

_NOTICE_LEAST = 4
_WALL_WORDS = 16
_IMPRINT_LENGTH = 600
_PARAGRAPH_WORDS = 45
_SPOKEN_WORDS, _NOTICE_WORDS = 30, 45
"""Words of a sentence in which a page speaks to its reader."""

_QUOTATION = re.compile('["“„«”»]')
_CODE_SIGN = re.compile("[{}=;<>]")


class Held(NamedTuple):
    """The phrases that some line of a page holds: looking for all of them in each line would cost the most."""

    imprint: tuple[str, ...]
    walls: tuple[str, ...]


def held_by(lines: Collection[Line], known: Vocabulary) -> Held:
    """The phrases that some of the lines hold."""
    imprinted = "\n".join(line.lowered for line in lines if len(line.text) < _IMPRINT_LENGTH)
    walled = "\n".join(line.lowered for line in lines if line.words <= _WALL_WORDS)
    return Held(known.imprint.held_by(imprinted), tuple(filter(walled.__contains__, known.walls)))


def _is_imprint(line: Line, held: Held) -> bool:
    """Whether a long line is of an imprint: a paragraph may have one of its phrases, being about such things."""
    if line.lowered.startswith(("“", '"')) or len(line.text) >= _IMPRINT_LENGTH:
        return False
    phrases = sum(phrase in line.lowered for phrase in held.imprint)
    return phrases > 1 or (phrases == 1 and not (line.prose and line.words > _PARAGRAPH_WORDS))


def classify(line: Line, held: Held, known: Vocabulary) -> None:
    """Say of a line by its words what it is: furniture, a date, a label and so on."""
    if len(line.text) > LONG:
        _classify_long(line, held, known)
    elif not line.furniture:
        _classify(line, held, known)


def _classify_long(line: Line, held: Held, known: Vocabulary) -> None:
    if not line.prose and not _LETTER.search(line.text):
        line.furniture, line.rule = True, "furniture.signs"
    elif line.text.count(" | ") > 4:
        line.furniture, line.rule, line.prose = True, "furniture.menu", False
    elif _is_imprint(line, held):
        line.furniture, line.rule, line.prose = True, "furniture.imprint", False
    elif known.furniture.starts(line.lowered) and len(line.text) < 400:
        line.furniture, line.rule, line.prose = True, "furniture.phrase", False
    elif _is_notice(line, known):
        line.furniture, line.rule, line.prose = True, "furniture.notice", False


def _classify(line: Line, held: Held, known: Vocabulary) -> None:
    text = line.text
    tail = text[-_END_LENGTH:].rstrip("+ ")
    soft = bool(_SOFT_END.search(tail))
    line.ended = ends_sentence(tail) and not text.endswith(("...", " …"))
    ellipsis = text.endswith(("...", "…"))
    if ellipsis and line.words < _CUT_WORDS:
        line.ended = False
    line.prose = (
        (line.ended and line.words >= 5)
        or (soft and line.words >= 8 and has_inner_end(text))
        or (soft and (line.words > 24 or text.count("，") > 1))
        or (ellipsis and line.words >= 14)
        or (text.endswith(":") and line.words >= 4)
        or (text.endswith(('"', "”", "»", "'", "’", "“", "«")) and line.words > 24)
        or (text[-1:].isupper() and line.words >= _LETTERED_WORDS and bool(_LETTERED.search(tail)))
        or is_stopless(text)
    )
    line.prose = line.prose and line.key not in known.openers
    if line.prose and line.words <= _SIGNED_WORDS and signs(text, known):
        line.prose = False
    if line.words <= _DATE_WORDS and date_line(text, known):
        line.date, line.prose = True, False
        return
    _furnish(line, held, known)
    if line.furniture or line.end:
        line.prose = False
    elif (
        line.words <= _META_WORDS
        and not (line.ended and line.words > _META_SENTENCE)
        and holds_day_and_hour(text, known)
    ):
        line.meta, line.prose = True, False
    elif (cue := cued(text, line.lowered, known)) is not None and not _tells_of_film(line, known):
        line.cue, line.prose = cue, line.prose and line.words > 25
    elif line.words <= _LABEL_WORDS and not line.ended:
        # How many there are may stand behind it: ``Related (5)``.
        bare = line.key.rstrip("0123456789 ().…*")
        line.label = (bool(bare) and known.labels.is_exact(bare)) or known.labels.starts(line.lowered)
        line.prose = line.prose and not line.label


_PHRASE = 5
"""Words of the longest of several buttons in one line."""

_CLOCK = re.compile(r"\d:[0-5]\d\s?/\s?\d{1,2}:[0-5]\d")
_FOLLOWED_ON = ("google news", "on google", "auf google", "sur google", "en google", "trên google")
"""Where a page asks to be followed."""

_CLOCK_WORDS = 14
"""How far a recording has been played, and the words of the longest line with buttons that it stands in."""


def _is_row_of_phrases(text: str, known: Vocabulary) -> bool:
    """Whether a line is made of buttons' words and of nothing else: they stand side by side on the page."""
    words = text.casefold().split()
    at = phrases = 0
    while at < len(words):
        if at and words[at].isdecimal():
            at += 1  # How many comments there are.
            continue
        for end in range(min(len(words), at + _PHRASE), at, -1):
            if known.furniture.is_exact(" ".join(words[at:end])):
                break
        else:
            return False
        at, phrases = end, phrases + 1
    return phrases > 1


def _tells_of_film(line: Line, known: Vocabulary) -> bool:
    """Whether a line opens with a word of pictures, as it may be a badge, and closes with a credit (``Video: …``)."""
    return line.lowered.startswith(known.credits) and caption_credit(line.text, known) is not None


def _furnish(line: Line, held: Held, known: Vocabulary) -> None:
    """Mark what is furniture by its own looks, with the rule that says so."""
    text, lowered = line.text, line.lowered
    if not _LETTER.search(text) or not line.key:
        line.rule = "furniture.signs"
    elif "." in text[-6:] and _FILE_NAME.match(text):
        line.file_name = True
        return
    elif " " not in text and _URL.match(text):
        line.rule = "furniture.address"
    elif menu_of_bars(text, known) or (text[0] == "[" and _BRACKETS.match(text)) or text.count(" • ") >= 4:
        line.rule = "furniture.menu"
    elif known.furniture.is_exact(line.key) or (line.words <= _CLOCK_WORDS and _is_row_of_phrases(text, known)):
        line.rule = "furniture.phrase"
    elif (
        known.ends.is_exact(line.key)
        or known.ends.is_exact(line.key.lstrip("0123456789 "))
        or (known.ends.starts(lowered) and line.words <= 24)
        or _is_tags(line)
    ):
        line.end = True
        return
    elif any(phrase in lowered for phrase in held.imprint) or (
        known.imprint.starts(lowered) and not (line.prose and line.words > 24) and not _credits_picture(line, known)
    ):
        line.rule = "furniture.imprint"
    elif (
        (known.furniture.starts(lowered) and line.words <= 30 and not (line.prose and line.words > 18))
        or (
            line.words <= _MINUTE_WORDS
            and ("min" in lowered or "phút" in lowered or ":" in text)
            and _MINUTES.search(lowered)
            and _TO_READ.search(lowered)
            and ((byline := parse_byline(text, known)) is None or not byline.people)
        )
        or (line.words <= _CLOCK_WORDS and _CLOCK.search(text) is not None)
        or (
            line.words <= _CLOCK_WORDS
            and "google" in lowered
            and lowered.endswith(_FOLLOWED_ON)
            and not any(map(str.isdigit, text))
        )
        or (text.endswith(("min)", "min.)", "Min)", "Min.)")) and _PLAYER.match(text))
    ):
        line.rule = "furniture.phrase"
    elif (
        text.endswith("*")
        and line.words <= (_FORM_WORDS if text.endswith(" *") else _LABEL_WORDS)
        and not (known.labels.is_exact(line.key.rstrip("*. ")))
    ):
        # What a form needs to be filled in.
        line.rule = "furniture.notice"
    elif len(text) > _GLUED_WORD * line.words and len(_GLUED.findall(text)) >= _GLUED_TIMES:
        # Entries of a menu without spaces between them (``NewslettersAll TopicsArchive``).
        line.rule = "furniture.menu"
    elif line.words <= _ROW_WORDS and (_are_buttons(text, known) or _is_row(line, known)):
        line.rule = "furniture.phrase"
    elif _CODE_SIGN.search(text) and _CODE.match(text):
        line.rule = "furniture.code"
    elif _is_wall(line, held):
        line.rule = "furniture.wall"
    elif _SPOKEN_AT.match(text):
        line.rule = "furniture.transcript"
    elif line.words >= _NOTICE_LEAST and (_is_notice(line, known) or _is_contact(line)):
        line.rule = "furniture.notice"
    else:
        return
    line.furniture = True


def _credits_picture(line: Line, known: Vocabulary) -> bool:
    """Whether a sign of rights opens a credit: a word for pictures or an agency's name is in it, and no year."""
    if line.text[0] != "©" or line.words > _CREDITED_WORDS or _YEAR.search(line.text):
        return False
    words = {word.strip(EDGES + "|/") for word in re.split(r"[\s/|]", line.lowered)}
    return any(map(line.lowered.__contains__, known.credit_stems)) or not known.agencies.isdisjoint(words)


def _is_wall(line: Line, held: Held) -> bool:
    """Whether a line says that the text goes on only for those who pay or register."""
    return line.words <= _WALL_WORDS and any(wall in line.lowered for wall in held.walls)


def _is_notice(line: Line, known: Vocabulary) -> bool:
    """Whether a sentence speaks to the reader of the page itself: an account, a newsletter, a form, a button.

    One such matter is enough where the sentence also tells the reader what to do; otherwise it takes two. Speech in
    quotation marks may be about anything.
    """
    if line.words > _NOTICE_WORDS:
        return False
    parts = line.text.split()
    opened = parts[0].casefold().strip(EDGES) in known.notice_openers
    if (not opened and known.notice_address.isdisjoint(parts)) or _QUOTATION.search(line.text):
        return False
    words = [part.strip(EDGES + "()[]") for part in parts]
    lowered = [word.casefold() for word in words]
    matters = known.notice_matters.intersection([*lowered, *map(" ".join, pairwise(lowered))])
    addressed = not known.notice_address.isdisjoint(words[1:]) or not known.notice_address.isdisjoint(lowered[1:])
    # Long paragraphs of the text may be about such matters.
    return (len(matters) > 1 and (opened or line.words <= _SPOKEN_WORDS)) or (opened and addressed and bool(matters))


def _are_buttons(text: str, known: Vocabulary) -> bool:
    """Whether a line is buttons that run into one another (``ShareSave``), of several all but one known."""
    ends = [match.end() for match in _BUTTON_END.finditer(text)]
    if not ends:
        return False
    parts = [text[start:end] for start, end in pairwise([0, *ends, len(text)])]
    keys = [fold(part) for part in parts if _LETTER.search(part)]
    buttons = sum(known.furniture.is_exact(key) or known.furniture.starts(key) for key in keys)
    return buttons >= max(2, len(keys) - 1)


def _is_row(line: Line, known: Vocabulary) -> bool:
    """Whether a line is a row of buttons of one word each (``Facebook Twitter Reddit Print``), most of them known."""
    words = line.lowered.split()
    buttons = sum(known.furniture.is_exact(word) for word in words)
    return buttons >= _ROW_LEAST and buttons >= _ROW_SHARE * len(words)


def _is_contact(line: Line) -> bool:
    """Whether a sentence tells where the author can be reached, as local papers do under the text."""
    if line.words > _CONTACT_WORDS:
        return False
    if _FOLLOW.match(line.text):
        return True
    return ("@" in line.text or "reached" in line.lowered) and bool(_CONTACT.search(line.text))


def _is_tags(line: Line) -> bool:
    """Whether a line is a row of ``#tags``; one tag that opens a headline (``#blessed: …``) is not."""
    return (
        line.text.startswith("#") and bool(_HASHTAGS.match(line.text)) and (line.text.count("#") > 1 or line.words < 4)
    )

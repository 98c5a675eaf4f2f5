"""Rules for pictures of which the words survived: alternative texts, captions, galleries."""

import re

from publisher.reading.text.asides import boxed_teaser
from publisher.reading.text.body import CAPTION_LENGTH, Body, can_be_caption, goes_on
from publisher.reading.text.draft import DraftItem
from publisher.reading.text.likeness import overlap
from publisher.reading.vocabulary.captions import (
    caption_credit,
    credit_first,
    named_in_brackets,
    places_somebody,
    without_label,
)
from publisher.reading.vocabulary.lines import Line, has_inner_end, repeats_headline, same_start

UNCREDITED = 60
"""Words of the longest caption that has no credit."""

_QUOTED = frozenset("\"“„«'‘")
_KICKER_WORDS = 6
"""Words of the longest kicker."""

SHORT = 14
"""Words up to which a line under a picture's text is a caption on any page."""

_TAKEN = {
    "vi": re.compile(r"\s(?:sáng|trưa|chiều|tối|đêm|ngày)\s(?:ngày\s)?\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{4})?\.?$"),
    "en": re.compile(
        r"(?:\bon|,) (?:[A-Z][a-z]+day, )?"
        r"(?:(?:January|February|March|April|May|June|July|August|September|October|November|December) \d{1,2}"
        r"|(?:Jan|Feb|Aug|Sept|Oct|Nov|Dec)\. \d{1,2}|\d{1,2} [A-Z][a-z]{2,8})(?:,? \d{4})?\.$"
    ),
}
_TOLD = frozenset(
    re.findall(
        r"\w+",
        "said says told was were had will would could has have been is are did due begins starts opens ends takes",
    )
)
"""When a picture was taken, at a caption's end; and English words by which a text tells, and no caption."""

SENTENCE_WORDS = 30
"""Words of a caption that is one sentence."""

_NUMBERED = re.compile(r"\[\d{1,3}/\d{1,3}\]\s*[^\W\d_]")
_SHOWN = re.compile(r"\d{1,2} / \d{1,3} (?=[^\W\d_])")
"""Which of a gallery's pictures is shown, before its words."""

_FIGURE = re.compile(
    r"(?:fig(?:ure|ura|\.)?|abb(?:ildung|\.)|grafik|hình|rys\.|рис\.|мал\.|obr\.|図|图|圖|그림)\s?\d{1,2}\s?[.:)|–—-]\s?\S",
    re.IGNORECASE,
)
_SAME, _SHORTER, _LONGER = 0.75, 0.7, 1.3
"""The share of words that a headline in other words has of the headline, and how long it is, measured by that one."""

_COUNTED = re.compile(
    r"\s(?:[-–]\s(?:ảnh|hình|photo|image|foto|bild|imagen)|hình ảnh|hinh anh)\s\d{1,3}\.?$", re.IGNORECASE
)
_OF_GALLERY, _MOST_SHOWN = re.compile(r"\d{1,2}\s?/\s?\d{1,2}"), 8
"""What stands under the captions of a gallery: which of its pictures is shown, and how many those are at most."""
CAPTION_LEAST = 4
"""Words of the shortest caption under its credit."""

_DASHES = 3
"""Of a line under which a converter sets the rows of a table."""

_DESCRIBING = ("hình ảnh ", "bức ảnh ", "image of ", "photo of ", "a photo of ", "picture of ")
"""How the description of a picture opens that a program has written."""

_OF_A_PHOTO = re.compile(
    r"FILE(?: PHOTO)?\s?[-–—:]\s?\S|\(FILE"
    r"|In (?:this|an?) (?:[^.]{0,50}? )?(?:photo|picture|image|photograph)(?: (?:taken|provided|released)[^.,]*)?,"
)
_MONTH = "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)[a-z]*\\.?"
_OF_A_DAY = re.compile(rf"{_MONTH} \d{{1,2}}(?:, \d{{4}})?: [A-Z]")
_PHOTO_WORDS = 70
"""How agencies' captions open, and the words of the longest."""

_CONTROLS = frozenset(("hide caption", "show caption", "toggle caption", "ẩn chú thích"))
"""Buttons under captions."""

ENDS_IN_DATE = re.compile(r"(?:[-–,]|\bon|\bam|\ble)\s+\(?(?:\d{1,2}\.?\s+[^\W\d_]+|[^\W\d_]+\s+\d{1,2},)\s+\d{4}\)?$")


def repeated(body: Body, index: int) -> int:
    """A line that stands three times or more in a row, or the like: a gallery's titles."""
    line = body.lines[index]
    following = body.at(index + 1)
    if body.page.counts[line.key] < 3 or line.key == body.draft.headline_key or line.prose or following is None:
        return 0
    count = 1
    while (again := body.at(index + count)) is not None and again.key == line.key:
        count += 1
    if count < 3:
        return 0
    for again in body.lines[index : index + count]:
        body.draft.drop(again, "furniture.repeated", 0.9)
    return count


def headline_again(body: Body, index: int) -> int:
    """The headline as a picture's alternative text, with the caption that follows it."""
    line = body.lines[index]
    if not body.text_seen and _under_kicker(line, body.draft.headline_key):
        body.draft.drop(line, "furniture.headline-again", 0.8)
        return 1
    if not repeats_headline(line, body.draft.headline_key):
        return _headline_in_other_words(body, line)
    above = body.items[-1] if body.items else None
    if above is not None and above.kind == "teaser" and above.lines[-1] is body.at(index - 1):
        # A list of what most people read has the article, too.
        body.draft.drop(line, "furniture.headline-again", 0.8)
        return 1
    caption = body.at(index + 1)
    apart = body.page.spaced and caption is not None and caption.after_blank
    # Where blank lines tell nothing, a caption is told by being short; speech is none.
    long = caption is not None and not body.page.spaced and caption.words > max(SHORT, 0.6 * body.page.usual)
    spoken = (
        caption is not None
        and caption.text.startswith(('"', "“", "«"))
        and caption_credit(caption.text, body.page.vocabulary) is None
    )
    if caption is not None and caption_credit(caption.text, body.page.vocabulary) is not None:
        long = False
    if (
        caption is None
        or spoken
        or long
        or not can_be_caption(caption)
        or (apart and caption_credit(caption.text, body.page.vocabulary) is None)
    ):
        if body.text_seen:
            body.add("figure", line, "figure alt", "figure.alt-headline", 0.7, "").alt = line.text
        else:
            body.draft.drop(line, "furniture.headline-again", 0.8)
        return 1
    pair = body.text_seen or (body.page.spaced and line.after_blank and caption.before_blank)
    if not pair and caption_credit(caption.text, body.page.vocabulary) is None:
        body.draft.drop(line, "furniture.headline-again", 0.7)
        return 1
    body.draft.mark(line, "figure alt", "figure.alt-headline", 0.95)
    body.add_figure(caption, "caption.after-alt", 0.92, alt=line)
    return 2


def _headline_in_other_words(body: Body, line: Line) -> int:
    """A line over the text that says what the headline does and is no sentence: the page's other headline."""
    if body.text_seen or line.bullet or line.text.endswith(".") or not can_be_caption(line):
        return 0
    length = len(body.draft.headline.split())
    if not _SHORTER * length <= line.words <= _LONGER * length:
        return 0
    if overlap(line.text, body.draft.headline, body.page.vocabulary) < _SAME:
        return 0
    body.draft.drop(line, "furniture.headline-again", 0.6)
    return 1


def counted(body: Body, index: int) -> int:
    """A picture's number among the article's after a word or more of it (``the harbour - Photo 2.``), and its caption.

    Over a box of another article it is that one's.
    """
    line, caption = body.lines[index], body.at(index + 1)
    if line.bullet or line.words > SENTENCE_WORDS or not _COUNTED.search(line.text):
        return 0
    boxed = boxed_teaser(body, index + 1) if caption is not None else 0
    if boxed:
        body.draft.drop(line, "furniture.teaser-extra", 0.8)
        return 1 + boxed
    if repeats_headline(line, body.draft.headline_key):
        return 0
    if caption is not None and can_be_caption(caption) and caption_credit(caption.text, body.page.vocabulary):
        body.draft.mark(line, "figure alt", "figure.alt", 0.9)
        body.add_figure(caption, "caption.after-alt", 0.92, alt=line)
        return 2
    body.add("figure", line, "figure alt", "figure.alt", 0.8, "").alt = line.text
    return 1


def _under_kicker(line: Line, headline_key: str) -> bool:
    """Whether a line is the headline once more with a kicker before it."""
    longer = line.key != headline_key and bool(headline_key) and line.key.endswith(headline_key)
    return longer and line.words - headline_key.count(" ") - 1 <= _KICKER_WORDS


def file_name(body: Body, index: int) -> int:
    """A picture's file name, with the caption that follows it."""
    line = body.lines[index]
    if not line.file_name:
        return 0
    body.draft.mark(line, "figure alt", "figure.file-name", 0.97)
    caption = body.at(index + 1)
    if caption is None or not can_be_caption(caption) or (body.page.spaced and caption.after_blank and caption.ended):
        body.items.append(DraftItem(kind="figure", lines=[line], src=line.text))
        return 1
    body.add_figure(caption, "caption.after-file-name", 0.9, src=line.text)
    return 2


def labelled_caption(body: Body, index: int) -> int:
    """A caption that a screen reader's label introduces, or its number among the pictures (``[1/2]``)."""
    line = body.lines[index]
    counted = _NUMBERED.match(line.text) or (_FIGURE.match(line.text) and line.words <= UNCREDITED)
    if counted and line.words >= CAPTION_LEAST:
        body.add_figure(line, "caption.label", 0.9)
        return 1
    shown = _SHOWN.match(line.text)
    caption = line.text[shown.end() :] if shown is not None else without_label(line.text, body.page.vocabulary)
    if not caption or len(line.text) > CAPTION_LENGTH or (line.words < 4 and not line.text.count(":")):
        return 0
    body.add_figure(line, "caption.label", 0.95, text=caption)
    return 1


def doubled(body: Body, index: int) -> int:
    """A line and the same again, with a credit or without: a picture's alternative text and its caption."""
    line, again = body.lines[index], body.at(index + 1)
    if again is None or not same_start(line, again) or line.key == body.draft.headline_key:
        return 0
    body.draft.mark(line, "figure alt", "figure.alt-doubled", 0.9)
    body.add_figure(
        again, "caption.doubled", 0.85 if caption_credit(again.text, body.page.vocabulary) is None else 0.97, alt=line
    )
    taken = 2
    controls = _gallery_end(body, index + 2)
    if controls is not None:
        for caption in body.lines[index + 2 : controls]:
            body.add_figure(caption, "caption.gallery", 0.8)
        taken = controls - index
    return taken


def _gallery_end(body: Body, start: int) -> int | None:
    """The index of a gallery's control (``HIDE CAPTION``) after a block of lines without a gap; None when none is."""
    for index in range(start, min(start + 60, len(body.lines))):
        line = body.lines[index]
        if line.furniture and line.key in _CONTROLS:
            return index
        if line.furniture or line.end or line.label or line.after_blank:
            return None
    return None


def over_counter(body: Body, index: int) -> int:
    """Lines that stand together over the number of the picture that a gallery shows: their captions."""
    count = 0
    while (line := body.at(index + count)) is not None and can_be_caption(line) and not line.bullet:
        # Where blank lines tell nothing, a sentence may be the text's last above the gallery.
        apart = (count and line.after_blank) or (not body.page.spaced and (count or line.prose))
        if not CAPTION_LEAST <= line.words <= SENTENCE_WORDS or apart or count > _MOST_SHOWN:
            return 0
        count += 1
    if not count or line is None or line.after_blank or not _OF_GALLERY.fullmatch(line.text):
        return 0
    for caption in body.lines[index : index + count]:
        body.add_figure(caption, "caption.gallery", 0.8)
    return count


def under_rule(body: Body, index: int) -> int:
    """A caption under the dashes that a converter sets in the table of a picture and its words."""
    line, caption = body.lines[index], body.at(index + 1)
    if line.text.strip("-| ") or line.text.count("-") < _DASHES or caption is None or caption.after_blank:
        return 0
    if not body.text_seen or caption.bullet or not can_be_caption(caption) or caption.words < CAPTION_LEAST:
        return 0
    body.draft.drop(line, "furniture.signs", 0.8)
    body.add_figure(caption, "caption.in-table", 0.7)
    return 2


def controlled(body: Body, index: int) -> int:
    """A caption over the button that shows or hides it."""
    line, below = body.lines[index], body.at(index + 1)
    control = below is not None and below.key in _CONTROLS
    if not control or line.bullet or line.words < CAPTION_LEAST or not can_be_caption(line):
        return 0
    body.add_figure(line, "caption.gallery", 0.8)
    return 1


def taken_then(body: Body, index: int) -> int:
    """A short sentence between two paragraphs that ends in when the picture was taken (``chiều 20/10``).

    In English it is in the present tense, in which a text tells of no day that is gone.
    """
    line, taken = body.lines[index], _TAKEN.get(body.page.language)
    if taken is None or line.bullet or not can_be_caption(line) or not body.parts_paragraphs(index):
        return 0
    shorter = 0.8 if body.page.language == "vi" else 1.0
    if line.words > min(SENTENCE_WORDS, shorter * body.page.usual) or has_inner_end(line.text):
        return 0
    if not taken.search(line.text) or line.text[0] in _QUOTED:
        return 0
    words = line.key.split()
    told = not _TOLD.isdisjoint(words) or any(word.endswith("ed") for word in words[:4])
    if told and body.page.language == "en":
        return 0
    body.add_figure(line, "caption.dated", 0.7)
    return 1


def placed(body: Body, index: int) -> int:
    """A caption that says where in the picture somebody stands, or opens with whose picture it is."""
    line, known = body.lines[index], body.page.vocabulary
    if line.bullet or not (line.prose or can_be_caption(line)) or line.words > UNCREDITED:
        return 0
    if len(line.text) > CAPTION_LENGTH or line.text[0] in _QUOTED:
        return 0
    if not (credit_first(line.text, known) or places_somebody(line.text, known)):
        return 0
    body.add_figure(line, "caption.placed", 0.8)
    return 1


def told_photo(body: Body, index: int) -> int:
    """A sentence that says of itself that it is a picture's, as agencies' captions do, or that opens with its day."""
    line = body.lines[index]
    if line.bullet or line.words > _PHOTO_WORDS or line.label or line.furniture:
        return 0
    if not (_OF_A_PHOTO.match(line.text) or (not body.text_seen and line.prose and _OF_A_DAY.match(line.text))):
        return 0
    body.add_figure(line, "caption.told", 0.8)
    return 1


def pictured(body: Body, index: int) -> int:
    """Two lines that stand together where paragraphs stand alone: a picture's alternative text and its caption.

    At the article's very end they are a teaser's headline and summary. A short second line over one more line alone is
    a card: a picture's description, a rubric, and a headline of another article.
    """
    line, again = body.lines[index], body.at(index + 1)
    if again is None or not body.page.spaced or not line.after_blank or again.after_blank or line.block != 2:
        return 0
    if line.bullet or again.bullet or line.words < 3 or not can_be_caption(line) or not can_be_caption(again):
        return 0
    known = body.page.vocabulary
    if caption_credit(line.text, known) is not None or named_in_brackets(line.text, known) is not None:
        return 0
    third = body.at(index + 2)
    if body.text_seen and third is not None and again.words <= 5 and not again.ended and not third.prose:
        if third.block != 1 or third.words < 5 or third.bullet or not can_be_caption(third):
            return 0
        body.draft.drop(line, "furniture.teaser-extra", 0.6)
        body.draft.drop(again, "furniture.teaser-extra", 0.6)
        body.add_related(third, third.text, "related.bare", 0.6)
        return 3
    credited = caption_credit(again.text, body.page.vocabulary) is not None
    if not (credited or body.has_descriptions or line.lowered.startswith(_DESCRIBING)):
        return 0  # A few words over others head them.
    if not credited and (
        not body.text_seen or not goes_on(body, index + 2) or again.words > 60 or (line.words < 5 and again.words > 45)
    ):
        return 0
    body.draft.mark(line, "figure alt", "figure.alt", 0.8)
    body.add_figure(again, "caption.credit" if credited else "caption.after-alt", 0.8, alt=line)
    return 2


def picture_description(body: Body, index: int) -> int:
    """A picture's description that ends in the date it was taken, or repeats in the line below it, without a credit."""
    line, following = body.lines[index], body.at(index + 1)
    if line.prose or line.bullet or line.words < 5:
        return 0
    dated = bool(ENDS_IN_DATE.search(line.text))
    same = (
        following is not None
        and not following.bullet
        and can_be_caption(following)
        and overlap(line.text, following.text, body.page.vocabulary) >= 0.7
        and abs(following.words - line.words) <= 12
    )
    if not dated and not same:
        return 0
    if following is not None and can_be_caption(following) and not following.bullet and (same or not following.prose):
        body.draft.mark(line, "figure alt", "figure.alt", 0.8)
        body.add_figure(following, "caption.after-alt", 0.8, alt=line)
        return 2
    body.add("figure", line, "figure alt", "figure.alt", 0.7, "").alt = line.text
    return 1


def belongs_to_picture(body: Body, line: Line) -> bool:
    """Whether a line belongs to a picture by its own looks."""
    known = body.page.vocabulary
    if line.file_name or line.key == body.draft.headline_key or without_label(line.text, known) is not None:
        return True
    return not line.prose and (bool(ENDS_IN_DATE.search(line.text)) or caption_credit(line.text, known) is not None)

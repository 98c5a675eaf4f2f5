"""Rules for captions that are told by whose picture it is: a credit beside, above or below them, or at their end."""

import re

from publisher.reading.text.authors import continues
from publisher.reading.text.body import Body, can_be_caption, goes_on
from publisher.reading.text.draft import DraftItem
from publisher.reading.text.figures import CAPTION_LEAST, SENTENCE_WORDS, SHORT, UNCREDITED
from publisher.reading.text.likeness import overlap
from publisher.reading.text.scenes import shows
from publisher.reading.text.signatures import byline_here, introduced_below
from publisher.reading.vocabulary import Vocabulary, fold
from publisher.reading.vocabulary.bylines import parse_byline
from publisher.reading.vocabulary.captions import (
    agency_alone,
    caption_credit,
    credit_alone,
    credit_named,
    named_in_brackets,
    slashed_credit,
)
from publisher.reading.vocabulary.lines import Line, has_inner_end
from publisher.reading.vocabulary.names import is_organisation, name_like

_AS_LONG = 0.7
"""The share of a usual paragraph's words that one under a credit has that is no caption."""

_SENTENCES = 200
"""Characters of several sentences under a credit that are text."""

_CREDIT_WORDS = 6
"""Words of a credit that stands apart from its caption."""

_GALLERY = re.compile(r"\d{1,3}\s*(?:of|von|sur|de|/)\s*\d{1,3}\s*\W?$", re.IGNORECASE)

_LONG_CAPTION = 9
"""Words of a line over a name alone that is a caption and no sub-heading."""

_BRACKETED = re.compile(r"\s\(([^()\d]{2,40})\)\.?$")

_CLOSED = re.compile(r"[.!?…][\"”»“]?\s\(([A-ZÀ-Þ][^()\d]{1,45})\)$")

_LEAST_BRACKETED, _MOST_BRACKETED = 7, 45
"""Words of a caption that a name in brackets closes."""

_SIGNED_WITHIN = 5
"""Lines within which the author's name stands under a caption."""

_NAME_AND_AGENCY = re.compile(r"([^()]{4,40}) \(([^()]{2,30})\)$")


def caption_over_credit(body: Body, index: int) -> int:
    """A caption whose credit stands on the next line."""
    line, below, known = body.lines[index], body.at(index + 1), body.page.vocabulary
    if below is None or line.words < 3 or line.words > 60 or line.bullet:
        return 0
    if not body.items and line.words > SENTENCE_WORDS and has_inner_end(line.text):
        return 0  # Sentences over a picture without a caption are the standfirst.
    if body.text_seen and line.prose and line.words > _AS_LONG * body.page.usual and has_inner_end(line.text):
        return 0  # And under the first they are a paragraph over one.
    if can_be_caption(line) and _credit_in_parts(body, index + 1):
        outlet = body.lines[index + 3]
        body.add_figure(line, "caption.credit", 0.85)
        if body.items and body.items[-1].lines[-1] is line:
            body.items[-1].credit = f"{below.text} / {outlet.text}"
        for part in (below, outlet):
            body.draft.mark(part, "credit", "credit.alone", 0.85)
        body.draft.drop(body.lines[index + 2], "furniture.signs")
        return 4
    name = body.at(index + 2)
    if name is not None and can_be_caption(line) and _is_credit_word(below, known) and name.words <= _CREDIT_WORDS:
        body.add_figure(line, "caption.credit", 0.85)
        if body.items and body.items[-1].lines[-1] is line:
            body.items[-1].credit = name.text
        for part in (below, name):
            body.draft.mark(part, "credit", "credit.alone", 0.85)
        return 3
    photographed = _photographed(body, index + 1)
    if below.after_blank and not photographed and not _parted_from_credit(body, index):
        return 0
    credit = credit_alone(below.text, known)
    if credit is None and (photographed or _names_source(body, index)):
        credit = below.text
    if credit is None or not can_be_caption(line):
        return 0
    body.add_figure(line, "caption.credit", 0.85)
    if body.items and body.items[-1].lines[-1] is line:
        body.items[-1].credit = credit
        body.items[-1].lines.append(below)
    body.draft.mark(below, "credit", "credit.alone", 0.85)
    return 2


def _is_credit_word(line: Line, known: Vocabulary) -> bool:
    """Whether a line is a word such as *Credit* and a colon, with the name on the next."""
    return line.text.endswith(":") and line.lowered.rstrip(" :") in known.credits


def _credit_in_parts(body: Body, index: int) -> bool:
    """Whether a photographer, a slash and an outlet stand each on a line of its own."""
    name, slash, outlet = (body.at(at) for at in (index, index + 1, index + 2))
    if name is None or slash is None or outlet is None or slash.text != "/":
        return False
    known = body.page.vocabulary
    return (
        (name_like(name.text) or agency_alone(name.text, known)) and outlet.words <= _CREDIT_WORDS and not outlet.ended
    )


def _photographed(body: Body, index: int) -> bool:
    """Whether a line under what can be a caption is its photographer: a name, and others sign.

    Those are introduced soon below; or an agency stands in brackets behind the name, and a signature below; or the
    text has begun, the caption is long and no sentence, and a paragraph follows.
    """
    line, above, known = body.lines[index], body.lines[index - 1], body.page.vocabulary
    match = _NAME_AND_AGENCY.match(line.text) if line.text.endswith(")") else None
    name = match[1] if match is not None and agency_alone(match[2], known) else line.text
    if not name_like(name) or fold(name).partition(" ")[0] in known.openers or above.key == body.draft.headline_key:
        return False
    below = body.at(index + 1)
    if below is not None and continues(below, known):
        return False  # A link of a paragraph that a program took apart.
    if body.paragraphs > 1:
        if below is None or not below.prose or above.words >= body.page.usual:
            return False
        least = CAPTION_LEAST if name in body.draft.bylines else _LONG_CAPTION
        return match is not None or (above.words >= least and not (above.prose or above.text.endswith("?")))
    if name == line.text:
        if is_organisation(name, known):
            return False
        return not has_inner_end(above.text) and introduced_below(body, index, (name,))
    return any(
        other.date or other.meta or ((byline := parse_byline(other.text, known)) is not None and byline.signed)
        for other in body.lines[index + 1 : index + 1 + _CREDIT_WORDS]
    )


def over_signature(body: Body, index: int) -> int:
    """A caption between the standfirst and the author's name: one short sentence, the first text of all under these.

    It need not end in a full stop, if it has words in small letters: names over a day are authors.
    """
    line = body.lines[index]
    if body.paragraphs != 1 or body.draft.bylines or body.draft.date_texts or line.bullet:
        return 0
    if line.words > SENTENCE_WORDS or line.words >= body.page.usual or has_inner_end(line.text):
        return 0
    worded = any(word[0].islower() for word in line.text.split())
    if not line.prose and not (line.words >= CAPTION_LEAST and worded and can_be_caption(line)):
        return 0
    known, signed = body.page.vocabulary, False
    for other in body.lines[index + 1 : index + 1 + _SIGNED_WITHIN]:
        if other.prose:
            break
        byline = parse_byline(other.text, known) if other.words <= _CREDIT_WORDS else None
        signed = signed or other.date or other.meta or (byline is not None and byline.signed)
    if not signed:
        return 0
    body.add_figure(line, "caption.over-signature", 0.7)
    return 1


def bracketed(body: Body, index: int) -> int:
    """A caption between the headline and the text that a name in brackets closes, whoever that is."""
    line, below = body.lines[index], body.at(index + 1)
    if body.paragraphs > 1 or below is None or not below.prose or line.bullet or not can_be_caption(line):
        return 0
    match = _BRACKETED.search(line.text)
    if match is None or not _LEAST_BRACKETED <= line.words <= _MOST_BRACKETED or line.words >= below.words:
        return 0
    words = match[1].split()
    named = words[0][:1].isupper() and words[-1][:1].isupper() and len(words) <= _CREDIT_WORDS
    # Where a standfirst is a sentence, it may close with a place in brackets.
    sentence = line.text[: match.start()].rstrip().endswith((".", "!", "?"))
    if not named or (sentence and body.page.language != "en"):
        return 0
    body.add_figure(line, "caption.credit", 0.7)
    return 1


def closed_in_brackets(body: Body, index: int) -> int:
    """A short sentence that a name or a word in brackets closes behind its full stop, as in ``. (Supplied)``.

    The text's last paragraph so names who wrote it.
    """
    line = body.lines[index]
    match = _CLOSED.search(line.text) if line.text.endswith(")") else None
    match = match or _named_in_brackets(body, index)
    if match is None or line.bullet or not can_be_caption(line) or not goes_on(body, index + 1):
        return 0
    headed = body.text_seen or body.draft.bylines or body.draft.date_texts
    if not headed or line.words > min(UNCREDITED, max(SENTENCE_WORDS, body.page.usual)):
        return 0
    if has_inner_end(line.text[: match.start()]) or len(match[1].split()) > _CREDIT_WORDS:
        return 0
    body.add_figure(line, "caption.bracketed", 0.7)
    return 1


def _named_in_brackets(body: Body, index: int) -> re.Match[str] | None:
    """Somebody's name in brackets, or an agency's, at the end of a line between paragraphs that is no sentence."""
    line = body.lines[index]
    above, heading, below = body.at(index - 1), body.at(index + 1), body.at(index + 2)
    headed = heading is not None and not heading.after_blank and below is not None and below.prose
    between = body.parts_paragraphs(index) or (headed and above is not None)
    if not between or line.words < _LEAST_BRACKETED:
        return None
    return named_in_brackets(line.text, body.page.vocabulary)


def _parted_from_credit(body: Body, index: int) -> bool:
    """Whether a caption and its credit are parted by a blank line, as each line is from the next in some renderings.

    The credit must be unmistakable, and the caption short beside paragraphs; an agency after the text signs it.
    """
    line, below = body.lines[index], body.lines[index + 1]
    known = body.page.vocabulary
    if line.words > max(SHORT, 0.8 * body.page.usual) or not goes_on(body, index + 2):
        return False
    # The first sentence under the headline is its standfirst.
    signed = body.draft.bylines and body.draft.date_texts and line.words <= SHORT
    if line.ended and not body.items and body.draft.standfirst is None and not signed:
        return False
    if credit_alone(below.text, known) is not None and _opens_with_credit(below, known):
        return True
    sign = slashed_credit(below.text) or agency_alone(below.text, known) or credit_alone(below.text, known) is not None
    return sign and (not line.ended or sum(map(str.isalpha, (word[0] for word in below.text.split()))) <= _CREDIT_WORDS)


def _opens_with_credit(line: Line, known: Vocabulary) -> bool:
    """Whether a word such as *Photo* and a colon open a line."""
    word, colon, _ = line.lowered.partition(":")
    return bool(colon) and word.strip(" ([") in known.credits


def _names_source(body: Body, index: int) -> bool:
    """Whether a line under one that can be a caption names only agencies and photographers."""
    line, below = body.lines[index], body.lines[index + 1]
    if line.words > UNCREDITED or line.label or body.draft.headline_key == line.key:
        return False
    sentence = line.prose and not (line.words <= SHORT and body.paragraphs > 1 and goes_on(body, index + 2))
    headed = body.text_seen or bool(body.draft.bylines)
    agency = headed and not sentence and agency_alone(below.text, body.page.vocabulary)
    byline = parse_byline(below.text, body.page.vocabulary)
    by_name = byline is not None and (byline.signed or len(byline.people) > 1)
    # Under the text's last sentence a name and an outlet sign it.
    closes = byline is not None and line.prose and body.paragraphs > 1 and not goes_on(body, index + 2)
    return agency or (slashed_credit(below.text) and not (by_name or closes))


def lone_credit(body: Body, index: int) -> int:
    """A credit alone on its line: it belongs to the caption before it, or makes the short line before it one."""
    line = body.lines[index]
    if line.bullet or not body.items or (credit := credit_alone(line.text, body.page.vocabulary)) is None:
        return 0
    previous = body.items[-1]
    if previous.kind in ("subheading", "paragraph") and len(previous.text) < 300 and _next_to(previous, line):
        previous.kind = "figure"
        body.draft.mark(previous.lines[-1], "caption", "caption.credit", 0.8)
    if previous.kind != "figure":
        return 0
    previous.credit = previous.credit or credit
    previous.lines.append(line)
    body.draft.mark(line, "credit", "credit.alone", 0.85)
    return 1


def credit_over_caption(body: Body, index: int) -> int:
    """A credit, or the number of a picture in its gallery, alone over a caption."""
    line, caption, below = body.lines[index], body.at(index + 1), body.at(index + 2)
    counted = _GALLERY.match(line.text) is not None
    sole = line.bullet or line.words > _CREDIT_WORDS
    if not counted and (sole or not (_is_credit(line, body) or _photographer(body, index))):
        return 0
    if (
        caption is None
        or below is None
        or caption.bullet
        or not can_be_caption(caption)
        or not goes_on(body, index + 2)
    ):
        return 0
    if caption.words < CAPTION_LEAST or caption.words > max(SHORT, body.page.usual):
        return 0
    if caption.prose and has_inner_end(caption.text) and len(caption.text) > _SENTENCES:
        return 0
    # Where pictures of the page are not signed so, it is a paragraph or another article's headline.
    opens = not (body.text_seen or caption.prose)
    if not (counted or opens or shows(caption, body.page) or _signs_again(body, index)):
        return 0
    # Between paragraphs the line above a credit may be the caption, but no long one.
    if body.text_seen and not (below.prose and caption.words < body.page.usual):
        return 0
    body.draft.mark(line, "furniture" if counted else "credit", "credit.above", 0.7)
    body.add_figure(caption, "caption.under-credit", 0.75)
    if not counted and body.items and body.items[-1].lines[-1] is caption:
        body.items[-1].credit = body.items[-1].credit or line.text
    return 2


def _signs_again(body: Body, index: int) -> bool:
    """Whether a credit stands alone over another line of the article that is no paragraph, too."""
    if body.under_credits is None:
        body.under_credits = {at for at in range(len(body.lines)) if _over_caption(body, at)}
    return len(body.under_credits) > (index in body.under_credits)


def _over_caption(body: Body, index: int) -> bool:
    line, below = body.lines[index], body.at(index + 1)
    few = not line.bullet and line.words <= _CREDIT_WORDS
    return few and below is not None and below.words < body.page.usual and not below.prose and _is_credit(line, body)


def _photographer(body: Body, index: int) -> bool:
    """Whether a name alone, apart from the author's, stands over a line that can be a caption and over the text."""
    line, caption, above = body.lines[index], body.at(index + 1), body.at(index - 1)
    if body.text_seen or not body.draft.bylines or not name_like(line.text) or above is None or caption is None:
        return False
    return body.draft.trace.role(above.number) != "byline" and not (caption.prose or caption.date or caption.meta)


def _is_credit(line: Line, body: Body) -> bool:
    known = body.page.vocabulary
    # Under the headline an agency for news signs the text.
    agency = body.text_seen and agency_alone(line.text, known)
    return agency or credit_alone(line.text, known) is not None or slashed_credit(line.text)


def _next_to(item: DraftItem, line: Line) -> bool:
    """Whether a line follows an item directly and the item does not look like a paragraph of the text."""
    last = item.lines[-1]
    return line.number - last.number == 1 and (not last.ended or last.words <= 30)


def credited_caption(body: Body, index: int) -> int:
    """A caption that a credit closes, after its alternative text if that is still there."""
    line = body.lines[index]
    if line.bullet or len(line.text) > 700:
        return 0
    known = body.page.vocabulary
    credit = caption_credit(line.text, known)
    if credit is not None and line.prose and not credit_named(line.text, known) and not goes_on(body, index + 1):
        return 0
    if credit is None or (byline_here(body, index) is not None and line.words < 12):
        return 0
    # The alternative text just before says the same with fewer words; it was taken for a heading.
    previous = body.items[-1] if body.items else None
    alt = None
    heading_like = previous is not None and (previous.kind == "subheading" or previous.teaser is not None)
    if previous is not None and heading_like and overlap(previous.text, line.text, known) >= 0.6:
        alt = body.items.pop().lines[-1]
        body.draft.mark(alt, "figure alt", "figure.alt", 0.8)
    body.add_figure(line, "caption.credit", 0.93, alt=alt)
    return 1

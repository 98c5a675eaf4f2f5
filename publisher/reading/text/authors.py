"""Whose names can be the author's where nothing introduces them: a false author is worse than none."""

from publisher.reading.text.body import Body
from publisher.reading.text.draft import Draft
from publisher.reading.vocabulary import Vocabulary, fold
from publisher.reading.vocabulary.bylines import Byline
from publisher.reading.vocabulary.captions import agency_alone, caption_credit
from publisher.reading.vocabulary.lines import Line
from publisher.reading.vocabulary.names import name_like

_SURNAME = 3
_INITIAL = 4
"""Signs of the longest initial with its full stop (``Th.``): a longer word that ends in one ends a sentence."""

_FEWEST_NAMES, _MOST_NAMES = 3, 6
"""Names that stand in a row, one a line."""

ABOUT_WORDS = 45
"""Words of the longest line that tells of an author."""

_GOES_ON = frozenset(",.;:)’")
"""Signs with which no line of its own opens."""


def may_sign(body: Body, index: int, byline: Byline) -> bool:
    """Whether a line that only looks like names can be one of names that sign: a false author is worse than none.

    Words of buttons are nobody's name, nor are capitals over the text but for those over a date or once more under the
    text; whoever the text is about did not write it; and after the text nobody signs whom the head does not name.
    """
    line, below = body.lines[index], body.at(index + 1)
    known = body.page.vocabulary
    dated = below is not None and (below.date or below.meta)
    if below is not None and not dated and continues(below, known):
        return False
    if not body.text_seen and agency_alone(line.text, known) and line.key not in known.picture_agencies:
        return True
    if line.text.endswith(":") or any(_is_no_name(body, name, dated=dated) for name in byline.people):
        return False
    capitals = line.text.isupper() and byline.people and not body.text_seen and not dated
    # An author who took the pictures, too, closes their captions.
    if (capitals and not (_closes_text(body, line) or line.key in body.credits)) or not _named(line, byline, known):
        return False
    if body.text_seen and body.draft.bylines and not beside_names(body, index):
        return all(name in body.draft.bylines for name in byline.people)
    return not any(is_written_about(body.draft, name) for name in byline.people)


def may_stand_by_date(body: Body, byline: Byline) -> bool:
    """Whether a name that nothing but a date beside it introduces can be an author's, and is no rubric or subject."""
    key = " ".join(byline.people).casefold()
    if not body.page.vocabulary.page_words.isdisjoint(key.split()):
        return False
    headline = body.draft.headline_key
    return not any(name.casefold() in headline for name in byline.people)


def may_close(draft: Draft, line: Line, byline: Byline) -> bool:
    """Whether a line under the text that only looks like names can be one of names that sign."""
    if not _named(line, byline, draft.page.vocabulary) or (line.text.isupper() and draft.page.language != "vi"):
        return False
    if draft.bylines:
        return all(name in draft.bylines for name in byline.people)
    # Under an agency's text stand its topics.
    agency = bool(draft.agencies) and draft.page.language != "vi"
    return not (agency or any(is_written_about(draft, name) for name in byline.people))


def beside_names(body: Body, index: int) -> bool:
    """Whether a line stands right under a byline's and, with only names between, over a date: one name a line."""
    if body.paragraphs > 1 or not under_byline(body, index):
        return False
    below = index + 1
    while (line := body.at(below)) is not None and name_like(line.text) and below - index < _MOST_NAMES:
        below += 1
    first = index
    while (other := body.at(first - 1)) is not None and name_like(other.text) and index - first < _MOST_NAMES:
        first -= 1
    # Under a single name a place may stand.
    return below - first >= _FEWEST_NAMES and line is not None and (line.date or line.meta)


def under_byline(body: Body, index: int) -> bool:
    """Whether the line right above signs the article."""
    above = body.at(index - 1)
    return above is not None and body.draft.trace.role(above.number) == "byline"


def continues(line: Line, known: Vocabulary) -> bool:
    """Whether a line goes on from the one above: a program set the links of a paragraph on lines of their own."""
    text = line.text
    return text[0] in _GOES_ON or (text[0].islower() and line.words > 1 and line.key not in known.openers)


def is_written_about(draft: Draft, name: str) -> bool:
    """Whether the headline has a word of the name, or the text all of it."""
    page, key = draft.page, name.casefold().replace("-", " ")
    headline = draft.headline_key.replace("-", " ").split()
    if page.language != "vi" and any(len(word) > _SURNAME and word in headline for word in key.split()):
        return True
    prose = [line for line in page.lines if line.prose]
    first = key.partition(" ")[0]
    for at, line in enumerate(prose):
        if first not in line.lowered:
            continue
        place = _without_signature(line.lowered).replace("-", " ").find(key)
        # Under the text a line that opens with the name is about the author.
        about = place > 0 or (place == 0 and 2 * at < len(prose))
        if about and caption_credit(line.text, page.vocabulary) is None:
            return True
    return False


def tells_of_author(draft: Draft, line: Line) -> bool:
    """Whether a line under the text opens with the name of who wrote it, and goes on."""
    return line.words <= ABOUT_WORDS and line.key.startswith(tuple(f"{fold(name)} " for name in draft.bylines))


def _without_signature(text: str) -> str:
    """A paragraph without the brackets that close it: who wrote it may stand in them."""
    return text[: text.rfind("(")] if text.endswith(")") else text


def _named(line: Line, byline: Byline, known: Vocabulary) -> bool:
    """Whether nothing in a line's names speaks against them: words of buttons, or the full stop of a sentence."""
    last = line.text.split()[-1]
    words = " ".join(map(fold, byline.people)) or line.key
    return known.page_words.isdisjoint(words.split()) and not (last.endswith(".") and len(last) > _INITIAL)


def _is_no_name(body: Body, name: str, *, dated: bool) -> bool:
    """Whether nothing tells that a few words are a name: no capital, or the text has all of them in small letters.

    The names of Vietnamese are words of every text.
    """
    if name == name.lower():
        return not dated
    text = body.page.running_text
    return body.page.language != "vi" and all(f" {word}" in text for word in name.lower().split())


def _closes_text(body: Body, line: Line) -> bool:
    """Whether a line stands on the page once more, under the text, as Vietnamese outlets set their authors' names."""
    if body.page.language != "vi":
        return False
    last = max((other.number for other in body.lines if other.prose), default=line.number)
    again = [other.number for other in body.page.lines if other.key == line.key and other is not line]
    return len(again) == 1 and last < again[0]

"""Rules for short lines between paragraphs: sub-headings, captions of pictures that are gone, other headlines."""

import re
from itertools import pairwise

from publisher.reading.text.body import Body, can_be_caption, goes_on
from publisher.reading.text.figures import belongs_to_picture
from publisher.reading.text.likeness import share
from publisher.reading.text.parts import parts_by_hour, parts_by_number, parts_by_question
from publisher.reading.text.scenes import SPOKEN, shows
from publisher.reading.text.teaser import headline_shaped, is_counted, of_buttons, without_tail
from publisher.reading.vocabulary.bylines import parse_byline
from publisher.reading.vocabulary.lines import Line, split_rank

_RUBRIC_WORDS = 2
_HEADING_WORDS, _PLAIN_HEADING, _UNLIKE_HEADING, CAPTION_WORDS = 16, 8, 6, 60
"""Words of the longest sub-heading, of one over two paragraphs or more, of one of whose words these have none, of a
caption."""

_CAPTION_SYLLABLES, _UNLIKE, _LONG_SYLLABLES = 9, 0.3, 13
"""Words of the shortest line between two Vietnamese paragraphs that is a caption, what it shares with the text, and the
words from which a line with a name in it is one whatever it shares."""

_LIKE_OTHERS, _ITEMS_ABOVE = 7, 40
"""Words of such a line where others like it were captions, and the items among which those are looked for."""

_LONG_HEADING, _LONG_IN_SYLLABLES, _FOREIGN = 7, 8, 0.15
"""Words, in Vietnamese syllables, from which a sub-heading has more of its words than that share in the text below it:
of the fourteen on the *fit* half, in four languages, that stand between paragraphs none has less."""

_PARTINGS, _LEAST_PARTING = 3, 5
"""How many lines between paragraphs are sub-headings, however long, where none is shorter and none has words of what
follows: with links to other articles stand sub-headings that are, or have."""

_CLOSE = 5
_PLACED = frozenset(("trên", "trước", "bên", "dưới", "tại", "trong", "ngoài", "giữa", "cạnh", "lúc", "ven", "quanh"))
"""Words at a caption's end among which one says where, and those that do."""

_QUOTED = frozenset('"“„«¿—–')

_ARTICLES, _ARTICLED = ("a ", "an ", "the "), 6
_CAPTIONED_WORDS, _CAPTIONED = 5, {"vi": 7}
"""Articles that open no headline in English, the words of a line that they tell, and of the shortest caption beside
a sub-heading."""

_SET_APART = ("vi", "de")
"""Languages whose press sets off its links to other articles, and leaves none bare over a sub-heading."""

_PICTURED = 5
"""Words of the shortest caption between the standfirst and the text."""

_LINK_WORDS = 4
"""Words of the shortest headline that is left bare between paragraphs."""


def heading(body: Body, index: int) -> int:
    """A short line without a full stop: a sub-heading, or a headline of another article."""
    line = body.lines[index]
    capitals = line.text.isupper() and body.page.language != "vi"
    if line.words > _HEADING_WORDS or (not capitals and (line.prose or (line.ended and line.text[-3:] != "..."))):
        return 0
    if not body.text_seen:
        return 0
    following = body.at(index + 1)
    if body.paragraphs < 2 and line.words < 5 and following is not None and not following.prose:
        body.draft.drop(line, "furniture.before", 0.5)
        return 1
    if line.words > 3 and line.lowered.startswith(body.page.vocabulary.caption_openers):
        body.add_figure(line, "caption.opener", 0.6)
        return 1
    heads = following is not None and following.prose
    if of_buttons(line, body.page.vocabulary, wholly=heads):
        body.draft.drop(line, "furniture.phrase", 0.6)
        return 1
    if _is_rubric(body, index):
        body.draft.drop(line, "furniture.teaser-extra", 0.6)
        return 1
    if parts_by_number(body, index) or parts_by_hour(body, index):
        body.add("subheading", line, "subheading", "subheading.short", 0.8)
        return 1
    if parts_by_question(body, index):
        body.add("subheading", line, "subheading", "subheading.question", 0.8)
        return 1
    captions = _captions_alone(body, index) or _under_standfirst(body, index) or _beside_heading(body, index)
    # A heading that the rendering marks is no picture's words.
    if captions and not line.level:
        body.add_figure(line, "caption.unended", 0.55)
        return 1
    confidence = _subheading(body, line, index)
    if confidence >= 0.5 and not (_over_text(body, index) or any(map(str.isdigit, line.text))):
        body.draft.drop(line, "furniture.before", 0.5)
    elif confidence >= 0.5:
        body.add("subheading", line, "subheading", "subheading.short", confidence)
    elif headline_shaped(line, body.page, _LINK_WORDS):
        headline = without_tail(line.text, body.page.vocabulary)
        headline = split_rank(headline) if is_counted(line) else headline
        body.add_related(line, headline, "related.bare", 1 - confidence)
    elif of_buttons(line, body.page.vocabulary):
        body.draft.drop(line, "furniture.phrase", 0.6)
    else:
        body.add("subheading", line, "subheading", "subheading.short", 0.5)
    return 1


def _subheading(body: Body, line: Line, index: int) -> float:
    """How sure it is that a short line heads the paragraphs after it.

    A sub-heading stands over a paragraph, is short, and its words come back below it; a link to another article that
    the scraper left between paragraphs is longer, and what follows has nothing to do with it.
    """
    links = bool(body.items) and body.items[-1].kind == "teaser"
    pictured = False
    following = body.at(index + 1)
    while following is not None and (following.furniture or belongs_to_picture(body, following)):
        index, pictured = index + 1, True
        following = body.at(index + 1)
    if following is None or (pictured and links):
        return 0.3
    if ":" in line.text and parse_byline(line.text.split(":", 1)[1], body.page.vocabulary) is not None:
        return 0.8
    if body.page.language != "en" and line.words < 6:
        return 0.6
    if not following.prose and not following.bullet:
        return 0.8 if line.words <= 3 or line.text.startswith(("...", "…")) else 0.35
    if line.words <= 4 or line.text.endswith("...") or line.text.startswith(("...", "…")):
        return 0.9
    below = " ".join(other.text for other in body.lines[index + 1 : index + 4] if other.prose)
    common = share(line.text, below, body.page.vocabulary)
    # Scrapers of English sites leave links to other articles bare between paragraphs; elsewhere they are set off,
    # but for long ones that have nothing to do with what follows.
    if body.page.language != "en":
        spoken = line.text[0] in _QUOTED or line.text.endswith("?")
        long = _LONG_IN_SYLLABLES if body.page.language == "vi" else _LONG_HEADING
        if line.words < long or common > _FOREIGN or spoken:
            return 0.85
        return 0.6 if body.page.language == "de" or _is_parted(body) else 0.4
    if re.match(r"^(?:\d+ |#)", line.text):
        return 0.3
    if line.words <= (_PLAIN_HEADING if common else _UNLIKE_HEADING) and _governs(body, index):
        return 0.7
    return 0.5 + (0.35 if common > 0.15 else -0.2) - 0.03 * max(0, line.words - 6)


def _is_parted(body: Body) -> bool:
    """Whether the lines between the paragraphs of a text are sub-headings: several, none of them short or akin."""
    if body.parted is None:
        body.parted = len(body.partings) >= _PARTINGS and not any(_is_akin(body, at) for at in body.partings)
    return body.parted


def _is_akin(body: Body, index: int) -> bool:
    """Whether a line between paragraphs is short, or the paragraphs below have some of its words."""
    line = body.lines[index]
    below = " ".join(other.text for other in body.lines[index + 1 : index + 4] if other.prose)
    return line.words < _LEAST_PARTING or share(line.text, below, body.page.vocabulary) > _FOREIGN


def _over_text(body: Body, index: int) -> bool:
    """Whether a paragraph or a list follows a line, buttons and a picture's words between them."""
    lines = (body.lines[at] for at in range(index + 1, len(body.lines)))
    below = (line for line in lines if not (line.furniture or belongs_to_picture(body, line)))
    following, second = next(below, None), next(below, None)
    if following is not None and following.words <= _HEADING_WORDS and not following.ended and second is not None:
        return second.prose
    return following is None or following.prose or following.bullet or len(following.cells) > 1


def _captions_alone(body: Body, index: int) -> bool:
    """Whether a line is the caption of a picture that is gone, as Vietnamese pages leave it: alone between paragraphs.

    Links to other articles stand there in groups or behind a sign, and the words of a sub-heading come again below it.
    """
    line = body.lines[index]
    if body.page.language != "vi" or line.bullet or line.text[-1] == "?":
        return False
    if not body.parts_paragraphs(index) or not can_be_caption(line):
        return False
    if body.is_credited:
        return False  # It is another article's headline.
    like_others = line.words >= _LIKE_OTHERS and _pictured_alone(body)
    named = line.words >= _LONG_SYLLABLES and _names_somebody(line.text)
    # Over the last paragraph it may be another article's headline.
    if (like_others or named) and line.text[0] not in _QUOTED and goes_on(body, index + 2):
        return True
    if line.words < _CAPTION_SYLLABLES:
        return False
    spoken = line.text[0] in _QUOTED or ":" in line.text
    if line.words > _CAPTION_SYLLABLES and not spoken and _is_placed(line) and goes_on(body, index + 2):
        return True
    following = " ".join(other.text for other in body.lines[index + 1 : index + 4] if other.prose)
    return share(line.text, following, body.page.vocabulary) <= _UNLIKE


def _is_placed(line: Line) -> bool:
    """Whether a Vietnamese line closes with where it was, as what is to be seen does (*phơi trên vỉ tre trước sân*)."""
    return not _PLACED.isdisjoint(line.key.split()[-_CLOSE:])


def _beside_heading(body: Body, index: int) -> bool:
    """Whether a line shows a scene, or is the longer one of two in a row: no part of the text has two sub-headings."""
    line, above, below = body.lines[index], body.at(index - 1), body.at(index + 1)
    if line.bullet or above is None or below is None or not can_be_caption(line) or line.text.isupper():
        return False
    # English headlines leave articles out.
    article = body.page.language == "en" and line.words >= _ARTICLED and line.lowered.startswith(_ARTICLES)
    if shows(line, body.page) or (article and SPOKEN.isdisjoint(line.text)):
        return goes_on(body, index + 1)
    if line.words < _CAPTIONED.get(body.page.language, _CAPTIONED_WORDS) or not SPOKEN.isdisjoint(line.text):
        return False
    headed = bool(body.items) and body.items[-1].kind == "subheading" and body.items[-1].lines[-1] is above
    if headed and below.prose:
        return line.words > above.words
    set_apart = body.page.language in _SET_APART
    return set_apart and above.prose and _heads(body, index + 1) and line.words > below.words


def _heads(body: Body, index: int) -> bool:
    """Whether a short line alone stands over a paragraph."""
    line, below = body.lines[index], body.at(index + 1)
    few = line.words <= _PLAIN_HEADING and not (line.prose or line.bullet or line.ended) and can_be_caption(line)
    return few and below is not None and below.prose


def _pictured_alone(body: Body) -> bool:
    """Whether captions without a credit stand above, and no sub-heading."""
    above = body.items[-_ITEMS_ABOVE:]
    bare = any(item.kind == "figure" and item.text and item.credit is None for item in above)
    return bare and all(item.kind != "subheading" for item in above)


def _under_standfirst(body: Body, index: int) -> bool:
    """Whether a line stands between the standfirst and the text: no part of it opens there, but the picture does."""
    line, below = body.lines[index], body.at(index + 1)
    if body.page.language == "en" or body.paragraphs != 1 or line.words < _PICTURED or not can_be_caption(line):
        return False
    if line.bullet or not line.text[0].isalpha() or line.text[-1] in "?:" or len(body.items) != 1:
        return False
    return below is not None and below.prose


def _names_somebody(text: str) -> bool:
    """Whether a name stands after a word in small letters: a Vietnamese picture's words say who is to be seen."""
    words = text.split()
    return any(word[0].isupper() and before[0].islower() and before[-1].isalpha() for before, word in pairwise(words))


def _is_rubric(body: Body, index: int) -> bool:
    """Whether a word or two stand over no paragraph but over another article's headline, or its hour."""
    line, below = body.lines[index], body.at(index + 1)
    few = line.words <= _RUBRIC_WORDS and body.page.language != "vi"
    return (
        few
        and below is not None
        and not (below.prose or below.bullet or below.furniture or belongs_to_picture(body, below))
    )


def _governs(body: Body, index: int) -> bool:
    """Whether two paragraphs or more follow a line before the next one like it: a link has no part of the text."""
    below = [other for other in body.lines[index + 1 : index + 4] if not other.furniture]
    return len(below) > 1 and all(other.prose and not other.bullet and other.cue is None for other in below[:2])


def unended_caption(body: Body, index: int) -> int:
    """A line too long for a sub-heading, without a full stop, between paragraphs: words of a picture that is gone."""
    line, below = body.lines[index], body.at(index + 1)
    if parts_by_number(body, index):
        body.add("subheading", line, "subheading", "subheading.short", 0.8)
        return 1
    if line.prose or line.bullet or not body.text_seen or not _HEADING_WORDS < line.words <= CAPTION_WORDS:
        return 0
    if below is None or not below.prose or not can_be_caption(line) or line.text.endswith("?"):
        return 0
    body.add_figure(line, "caption.unended", 0.55)
    return 1

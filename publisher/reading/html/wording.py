"""The words of a link to another article: its headline, and what stands beside that in its line."""

import re

from publisher.reading.html.classes import classes
from publisher.reading.html.lines import PageLine, words_in
from publisher.reading.html.page import WebPage
from publisher.reading.html.tree import words_of
from publisher.reading.vocabulary import Vocabulary, fold, lower
from publisher.reading.vocabulary.bylines import parse_byline

_RANK = re.compile(r"\d{1,2}[.)]?\s+")
_BULLET = re.compile(r"[-–—•·»›>+*]\s+\S")
"""What is printed before each headline of a list."""

_SIGNED_WORDS = 14
"""Words of the longest byline beside a headline."""

_NAME_WORDS = 3
"""Words of what a link calls itself from which that is its headline."""


def headline_in(page: WebPage, line: PageLine) -> str:
    """A headline without what has an element of its own beside it: a rank, a kicker; behind it, its author."""
    seen = page.feature(line)
    text = seen.cue if seen is not None and seen.cue is not None else line.text
    for element in line.inner:
        words = words_of(element)
        before = page.hints(element) & classes().kicker or page.vocabulary.cue_start.match(lower(words))
        if words and text.startswith(words) and (before or _RANK.fullmatch(words + " ")):
            text = text[len(words) :].lstrip(" :|-") or text
        elif words and text.endswith(" " + words) and signs(words, page.vocabulary):
            text = text.removesuffix(words).rstrip(" |·-–—,")
        elif element.tag == "a" and text.endswith(words) and _is_button(words, page.vocabulary):
            text = text.removesuffix(words).rstrip() or text
    text = text[1:-1] if text[:1] + text[-1:] == "[]" else text
    if _BULLET.match(text):
        text = text[1:].lstrip()
    name = next((" ".join(name.split()) for name in names_of(line)), "")
    if name.count(" ") >= _NAME_WORDS - 1 and text.endswith(name):
        text = name
    return page.without_counter(line, text)


def names_of(line: PageLine) -> tuple[str, ...]:
    """What the link around a line calls itself to those who do not read its words: its title, its label."""
    link = line.within("a")
    return tuple(name for key in ("title", "aria-label") if link is not None and (name := link.get(key)))


def signs(text: str, known: Vocabulary) -> bool:
    """Whether words say who wrote an article, by a word that introduces a name, a role or a day."""
    byline = parse_byline(text, known) if words_in(text) <= _SIGNED_WORDS else None
    return byline is not None and byline.signed


def _is_button(words: str, known: Vocabulary) -> bool:
    """Whether words behind a headline, in an element of their own, ask for it to be read."""
    key = fold(words)
    return known.furniture.is_exact(key) or known.labels.is_exact(key) or key in known.cues

"""A kicker that runs into the headline: a program set the two in one line that a style sheet had set apart."""

import re
from collections import Counter

from publisher.reading.vocabulary.lines import Line
from publisher.reading.vocabulary.page import Page

_GLUED = re.compile(r"(?<=[^\W\d_A-ZÀ-ÞĐ])[!?…:”»“]?(?=[„“«¿¡]?[A-ZÀ-ÞĐ][^\W\d_A-ZÀ-ÞĐ])")
_WORD = re.compile(r"[^\W\d_]+")
_KICKER_WORDS, _HEADLINE_WORDS = 7, 4
"""Words of a kicker at most, and of the headline behind it at least."""

_RUN_INTO = re.compile(r"[^\W\d_]*[a-zà-ỹ]([A-ZÀ-ÞĐ][a-zà-ỹ]+)")
_LINES, _LONGEST = 4, 200
"""Two words that run into one another, the lines in which such do that show a page's kickers to run into headlines, and
the characters of the longest of them."""

_LETTERS = 3
"""Letters of a word that ends a kicker, or opens a headline."""


def without_kicker(text: str, page: Page) -> tuple[str | None, str]:
    """The kicker and the headline of a line that holds both; ``None`` and the line where it holds but one.

    Names are written with a capital inside (*YouTube*): unless a sign closes the kicker, both words that run into one
    another must stand on the page elsewhere.
    """
    matches = list(_GLUED.finditer(text))
    if len(matches) != 1:
        return None, text
    at = matches[0].end()
    kicker, headline = text[:at].strip(), text[at:].strip()
    if not len(kicker.split()) <= _KICKER_WORDS or len(headline.split()) < _HEADLINE_WORDS:
        return None, text
    if not matches[0].group() and not (_apart(kicker, headline, text, page) or runs_on(page)):
        return None, text
    return kicker.rstrip(" :"), headline


def runs_on(page: Page) -> bool:
    """Whether kickers run into headlines all over a page: in lines enough two words do that nowhere stand as one."""
    if page.runs_on is None:
        joints = Counter(joint for line in page.lines if (joint := _joint(line)) is not None)
        page.runs_on = sum(times == 1 for times in joints.values()) >= _LINES
    return page.runs_on


def _joint(line: Line) -> str | None:
    """The two words that run into one another in a line that is a kicker and a headline by its length."""
    if line.prose or line.ended or line.words <= _HEADLINE_WORDS or len(line.text) > _LONGEST:
        return None
    found = list(_RUN_INTO.finditer(line.text))
    if len(found) != 1:
        return None
    before, after = line.text[: found[0].start(1)].split(), line.text[found[0].start(1) :].split()
    return found[0][0] if len(before) <= _KICKER_WORDS and len(after) >= _HEADLINE_WORDS else None


def _apart(kicker: str, headline: str, text: str, page: Page) -> bool:
    """Whether the two words that run into one another stand on the page by themselves."""
    last, first = _WORD.findall(kicker)[-1].casefold(), _WORD.findall(headline)[0].casefold()
    if min(len(last), len(first)) < _LETTERS:
        return False
    others = {word for line in page.lines if line.text != text for word in _WORD.findall(line.lowered)}
    return last in others and first in others

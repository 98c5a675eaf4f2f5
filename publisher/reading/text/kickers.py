"""A kicker that runs into the headline: a program set the two in one line that a style sheet had set apart."""

import re

from publisher.reading.vocabulary.page import Page

_GLUED = re.compile(r"(?<=[^\W\d_A-ZÀ-ÞĐ])[!?…:”»“]?(?=[„“«¿¡]?[A-ZÀ-ÞĐ][^\W\d_A-ZÀ-ÞĐ])")
_WORD = re.compile(r"[^\W\d_]+")
_KICKER_WORDS, _HEADLINE_WORDS = 7, 4
"""Words of a kicker at most, and of the headline behind it at least."""

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
    if not matches[0].group() and not _apart(kicker, headline, text, page):
        return None, text
    return kicker.rstrip(" :"), headline


def _apart(kicker: str, headline: str, text: str, page: Page) -> bool:
    """Whether the two words that run into one another stand on the page by themselves."""
    last, first = _WORD.findall(kicker)[-1].casefold(), _WORD.findall(headline)[0].casefold()
    if min(len(last), len(first)) < _LETTERS:
        return False
    others = {word for line in page.lines if line.text != text for word in _WORD.findall(line.lowered)}
    return last in others and first in others

"""A kicker that runs into the headline: a program set the two in one line that a style sheet had set apart."""

import re
from collections import Counter
from typing import NamedTuple

from publisher.reading.vocabulary.page import Page

_GLUED = re.compile(r"(?<=[^\W\d_A-ZÀ-ÞĐ])[!?…:”»“]?(?=[„“«¿¡]?[A-ZÀ-ÞĐ][^\W\d_A-ZÀ-ÞĐ])")
_WORD = re.compile(r"[^\W\d_]+")
_KICKER_WORDS, _HEADLINE_WORDS = 7, 4
"""Words of a kicker at most, and of the headline behind it at least."""

_LINES, _LONGEST = 4, 200
"""Lines in which kickers run into headlines that show a page's to do so, and the characters of the longest of them."""

_LETTERS = 3
"""Letters of a word that ends a kicker, or opens a headline."""


class _Parted(NamedTuple):
    """A line that is a kicker and a headline by its lengths."""

    kicker: str
    headline: str
    is_closed: bool
    """Whether a sign closes the kicker."""

    @property
    def joint(self) -> tuple[str, str]:
        """The two words that run into one another, in small letters."""
        return _WORD.findall(self.kicker)[-1].casefold(), _WORD.findall(self.headline)[0].casefold()


def without_kicker(text: str, page: Page) -> tuple[str | None, str]:
    """The kicker and the headline of a line that holds both; ``None`` and the line where it holds but one.

    Names are written with a capital inside (*YouTube*): unless a sign closes the kicker, or kickers run into headlines
    all over the page, both words that run into one another must stand on the page elsewhere.
    """
    parted = _parted(text)
    if parted is None or not (parted.is_closed or _stands_apart(parted, text, page) or runs_on(page)):
        return None, text
    return parted.kicker.rstrip(" :"), parted.headline


def runs_on(page: Page) -> bool:
    """Whether kickers run into headlines all over a page: in lines enough two words do that nowhere stand as one."""
    if page.runs_on is None:
        lines = (line for line in page.lines if not (line.prose or line.ended) and len(line.text) <= _LONGEST)
        joints = Counter(parted.joint for line in lines if (parted := _parted(line.text)) and not parted.is_closed)
        page.runs_on = sum(times == 1 for times in joints.values()) >= _LINES
    return page.runs_on


def _parted(text: str) -> _Parted | None:
    """The kicker and the headline that a line may be; ``None`` where no two words, or more than two, run together."""
    matches = list(_GLUED.finditer(text))
    if len(matches) != 1:
        return None
    at = matches[0].end()
    kicker, headline = text[:at].strip(), text[at:].strip()
    if not len(kicker.split()) <= _KICKER_WORDS or len(headline.split()) < _HEADLINE_WORDS:
        return None
    return _Parted(kicker, headline, is_closed=bool(matches[0].group()))


def _stands_apart(parted: _Parted, text: str, page: Page) -> bool:
    """Whether the two words that run into one another stand on the page by themselves."""
    last, first = parted.joint
    if min(len(last), len(first)) < _LETTERS:
        return False
    others = {word for line in page.lines if line.text != text for word in _WORD.findall(line.lowered)}
    return last in others and first in others

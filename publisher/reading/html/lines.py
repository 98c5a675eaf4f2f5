"""The lines of a page's rendering, and the stretches of one look that they are made of."""

import re
from dataclasses import dataclass, field
from typing import Literal

from publisher.model.blocks import Value
from publisher.reading.decoding import clean
from publisher.reading.html.tree import Element
from publisher.reading.vocabulary.words import single_spaced

BLANKS = " \t\n\r\f"
SPACE = re.compile(f"[{BLANKS}]+")
"""What HTML folds into one space."""

STOPS = (".", "!", "?", "…", "”", "»", '"', "。")
"""How a paragraph ends."""

_UNSPACED = re.compile("[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
_WIDE = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff]")

_ALL = 0.9
_INTRODUCING, _INTRODUCED, _WIDTH = 5, 5, 26
"""The words before a link that introduce it at most, and the words and Latin letters of a headline at least."""

Kind = Literal["text", "picture", "row", "preformatted", "break"]


class StyledRun(Value, frozen=True):
    """A stretch of text of one look."""

    text: str
    strong: bool = False
    emphasis: bool = False
    href: str | None = None
    """As written; None outside links."""


@dataclass(slots=True)
class PageLine:
    """One line of the rendering."""

    number: int
    """From 1."""

    text: str
    """Clean, single spaces; of a preformatted line, as it is. Empty only of a picture without a description."""

    runs: tuple[StyledRun, ...]
    element: Element
    """The innermost block element that holds it; of a picture, the ``img``."""

    kind: Kind = "text"
    continued: bool = False
    """Whether one ``<br>`` parts it from the line before, in the same block."""

    hidden: bool = False
    cells: tuple[tuple[StyledRun, ...], ...] = ()
    """Of a row."""

    header: bool = False
    """Of a row: all its cells are header cells."""

    ancestors: tuple[Element, ...] = field(default=(), repr=False)
    """The elements that hold all of the line, inline ones too, from the innermost to the root."""

    inner: tuple[Element, ...] = field(default=(), repr=False)
    """The inline elements that hold a part of it, in order."""

    words: int = field(init=False)
    """How many words; where a script sets none apart, two characters count as one."""

    linked: float = field(init=False)
    """The share of its characters that stand in links."""

    href: str | None = field(init=False)
    """Where the line leads, when all its words are one link."""

    def __post_init__(self) -> None:
        self.words = words_in(self.text)
        self.linked, self.href = 0.0, None
        if any(run.href is not None for run in self.runs):
            total = sum(len(run.text.strip()) for run in self.runs)
            linked = sum(len(run.text.strip()) for run in self.runs if run.href is not None)
            self.linked = linked / total if total else 0.0
            hrefs = {run.href for run in self.runs if run.text.strip(" \n\t|•·»›>-–—")}
            self.href = hrefs.pop() if len(hrefs) == 1 else None

    @property
    def introduced(self) -> str | None:
        """The words of the link that closes the line, when nothing but a few words and a colon stand before it."""
        link = "".join(run.text for run in self.runs if run.href is not None).strip()
        if not link or self.linked > _ALL or {run.href for run in self.runs[:-1]} - {None, self.runs[-1].href}:
            return None
        before = self.text.removesuffix(link).rstrip()
        few = before != self.text.rstrip() and before.endswith(":") and words_in(before) <= _INTRODUCING
        leads = (self.runs[-1].href or "#").lower().startswith(("http", "/"))
        headline = words_in(link) >= _INTRODUCED and width_of(link) >= _WIDTH and not link.endswith(".")
        return link if few and leads and headline else None

    @property
    def is_bold(self) -> bool:
        """Whether all its words are set bold."""
        return all(run.strong for run in self.runs if run.text.strip())

    def within(self, *tags: str) -> Element | None:
        """The innermost of its elements that has one of the tags."""
        for element in self.ancestors:  # Asked of most lines several times: an expression takes twice as long.
            if element.tag in tags:
                return element
        return None


def words_in(text: str) -> int:
    """How many words a text has; where a script sets none apart, two characters count as one."""
    spaced = len(text.split())
    return spaced if text.isascii() else spaced + len(_UNSPACED.findall(text)) // 2


def width_of(text: str) -> int:
    """How long a text is, in Latin letters: of scripts that write a syllable in a character, each counts as two."""
    return len(text) if text.isascii() else len(text) + len(_WIDE.findall(text))


def tidied(runs: list[StyledRun]) -> tuple[StyledRun, ...]:
    """Runs with clean characters, white space folded across them, none at the ends, like neighbours joined."""
    tidy: list[StyledRun] = []
    spaced = True
    for run in runs:
        text = clean(run.text.replace("\n", " ")) if not run.text.isascii() else clean(run.text)
        if "  " in text or not text.isprintable():
            text = SPACE.sub(" ", text)
        if spaced:
            text = text.lstrip(" ")
        if not text:
            continue
        spaced = text.endswith(" ")
        last = tidy[-1] if tidy else None
        if last is not None and (last.strong, last.emphasis, last.href) == (run.strong, run.emphasis, run.href):
            tidy[-1] = StyledRun(last.text + text, run.strong, run.emphasis, run.href)
        else:
            tidy.append(StyledRun(text, run.strong, run.emphasis, run.href))
    while tidy and not tidy[-1].text.rstrip(" "):
        tidy.pop()
    if tidy:
        last = tidy[-1]
        tidy[-1] = StyledRun(last.text.rstrip(" "), last.strong, last.emphasis, last.href)
    return tuple(tidy)


def text_of(runs: tuple[StyledRun, ...] | list[StyledRun]) -> str:
    """Their words on one line."""
    return clean(single_spaced("".join([run.text for run in runs])))

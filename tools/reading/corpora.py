"""The annotated pages in ../shared, by outlet in two halves: rules are written looking at one and judged by the other.

Whoever tunes a reader on a page cannot judge it by that page, nor by another page of its outlet. The halves, *fit* and
*judge*, are drawn by a hash of the outlet's name, so that they are the same for everybody and nobody chose them.
"""

import hashlib
import importlib
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any, Literal, NamedTuple, TypeAlias

ROOT = Path(__file__).parents[2]
CORPUS = ROOT.parent / "shared" / "corpus"
FIRST = (CORPUS / "text", CORPUS / "html")
"""The pages that the first rules were written on: of no half."""

SECOND = (CORPUS / "dev2" / "text", CORPUS / "dev2" / "html")
HARD_WRAPPED = ("lynx", "w3m80")
"""Renderings with lines cut at a column."""

Half: TypeAlias = Literal["fit", "judge"]


class Case(NamedTuple):
    """One page as a reader is given it, and what a person says it holds."""

    name: str
    path: Path
    gold: dict[str, Any]

    @property
    def outlet(self) -> str:
        """The name of the outlet, without its language and without how its page was rendered."""
        return outlet_of(self.name)

    @property
    def half(self) -> Half:
        """The half that the outlet belongs to."""
        return half_of(self.outlet)

    @property
    def rendering(self) -> str:
        """How its text was had from the page: ``inner``, ``lynx`` and so on; ``html`` for the page itself."""
        return "html" if ".html" in self.path.name else self.name.partition("__")[2] or "browser"

    @property
    def method(self) -> str:
        """The program that rendered it, without the variations of spacing and encoding."""
        return self.rendering.split("_")[0]

    @property
    def hard_wrapped(self) -> bool:
        """Whether its lines are cut at a column."""
        return self.method in HARD_WRAPPED


def outlet_of(name: str) -> str:
    """The outlet in a page's name: ``vov`` in ``vi_composite_vov`` and in ``vi_c_vov__inner_crop``."""
    return re.sub(r"^[a-z]{2}_(?:c_|composite_)?", "", name.partition("__")[0])


def half_of(outlet: str) -> Half:
    """The half of an outlet, for good: the parity of a hash of its name."""
    return "judge" if hashlib.sha256(outlet.encode()).digest()[0] % 2 else "fit"


def cases(*folders: Path) -> Iterator[Case]:
    """The pages of the folders by name; those without a page are left out."""
    score = scorer()
    for folder in folders:
        for name, path, gold in score.load_cases(str(folder)):
            if path:
                yield Case(name, Path(path), gold)


def scorer() -> ModuleType:
    """The corpus's own scoring, as a module. Exits with a word where the corpus is not beside the checkout."""
    if not CORPUS.is_dir():
        sys.exit("scores: the annotated pages (../shared/corpus) are not here")
    if str(CORPUS) not in sys.path:
        sys.path.insert(0, str(CORPUS))
    return importlib.import_module("score")

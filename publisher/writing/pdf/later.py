"""What tells pages is laid out beside what has them, where several documents are made at once.

It is laid out with numbers that are guessed, by how much there is of each document, and put right when the others are
laid out (``renumbering``): few are longer or shorter than was guessed.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from itertools import chain
from typing import NamedTuple, Protocol

import msgspec

from publisher.model import Document

__all__ = ["Known", "Later", "Paged"]

LETTERS_A_PAGE = 4700
"""What a page takes, about, in the themes for many articles, while nothing is laid out that would tell."""

_ANCHOR = re.compile(r' id="([^"]*)"')
_TAG = re.compile(r"<[^>]*>?")


class Known(msgspec.Struct, frozen=True, kw_only=True):
    """What a document is made with: what it must know of the others."""

    numbers: tuple[str, ...]
    """What stands in its ``folio`` elements, in their order: where they are set late, as many noughts as digits."""

    first_page: int | None
    """``None``: it need not know on which page it begins."""

    dead: tuple[str, ...] = ()
    """Anchors that it leads to and that no document has."""

    beyond: tuple[int, ...] = ()
    """Where it comes before all others and they are made: for each number, the page if it had no pages itself, or 0."""


class Paged(Protocol):
    """A document that is laid out, or taken to be."""

    @property
    def page_count(self) -> int:
        """How many pages it has."""

    @property
    def anchors(self) -> Mapping[str, int]:
        """With the index, from 0, of the page that each stands on."""


class Pages(NamedTuple):
    """The pages of a document that is not made."""

    page_count: int
    anchors: Mapping[str, int]


class _Measure(NamedTuple):
    """How much there is to read of a document: in a list of links, most of the markup is none of it."""

    letters: int
    anchors: Mapping[str, int]
    """With how many letters there are before each."""

    @classmethod
    def of(cls, markup: str) -> "_Measure":
        letters = start = 0
        anchors = {}
        for found in _ANCHOR.finditer(markup):
            letters += _letters(markup[start : found.end()])
            anchors[found[1]] = letters
            start = max(found.end(), markup.find(">", found.end()) + 1)
        return cls(letters + _letters(markup[start:]), anchors)


def _letters(markup: str) -> int:
    return len(_TAG.sub("", markup))


class Later:
    """The documents of later waves, by their index, for who lays them out beside an earlier one.

    ``made`` are those that were made before. ``expect`` says with what a document is made, by the pages of others.
    """

    def __init__(
        self,
        documents: Sequence[Document],
        made: Mapping[int, Paged],
        waves: Sequence[Sequence[int]],
        expect: Callable[[int, Mapping[int, Paged]], Known],
    ) -> None:
        self.waves = [list(wave) for wave in waves]
        """Those that are to be made. Each is told of such only as come in waves before its own."""

        self.told: dict[int, Known] = {}
        """What is known for certain of those that were asked for."""

        self._documents = documents
        self._laid_out = dict(made)
        self._expect = expect
        later = [set(chain.from_iterable(waves[at:])) for at in range(len(waves))]
        self._needed = {
            index: set(range(len(documents))) - others
            for wave, others in zip(waves, later, strict=True)
            for index in wave
        }

    def laid_out(self, index: int, page_count: int, anchors: Mapping[str, int]) -> None:
        """That document, whichever it is, has so many pages."""
        self._laid_out[index] = Pages(page_count, anchors)

    def leave_out(self, index: int, page_count: int, anchors: Mapping[str, int]) -> None:
        """That document is not to be made, and is taken to have so many pages."""
        for wave in self.waves:
            if index in wave:
                wave.remove(index)
        self.laid_out(index, page_count, anchors)

    def guess(self, index: int) -> Known:
        """What the document may be laid out with, by all that is laid out so far."""
        return self.guesses((index,))[index]

    def guesses(self, indices: Iterable[int], more: int = 0) -> dict[int, Known]:
        """What each of the documents may be laid out with.

        If the first document is not, which may begin with a list that is hard to measure, it has ``more`` pages.
        """
        letters = sum(self._measures[each].letters for each in self._laid_out)
        rate = sum(each.page_count for each in self._laid_out.values()) / letters if letters else 1 / LETTERS_A_PAGE
        guessed: dict[int, Paged] = {
            each: Pages(
                max(1, round(measure.letters * rate)),
                {anchor: int(place * rate) for anchor, place in measure.anchors.items()},
            )
            for each, measure in enumerate(self._measures)
        }
        first = guessed[0]
        guessed[0] = Pages(first.page_count + more, {name: page + more for name, page in first.anchors.items()})
        paged = {**guessed, **self._laid_out}
        return {index: self._guessed(index, paged) for index in indices}

    def _guessed(self, index: int, paged: Mapping[int, Paged]) -> Known:
        others = {each: pages for each, pages in paged.items() if each != index}
        return msgspec.structs.replace(self._expect(index, others), dead=(), beyond=())

    def known(self, index: int) -> Known | None:
        """What the document is to be made with; ``None`` while not all that it depends on is laid out."""
        if index not in self.told and self._laid_out.keys() >= self._needed[index]:
            self.told[index] = self._expect(index, {each: self._laid_out[each] for each in self._needed[index]})
        return self.told.get(index)

    @cached_property
    def _measures(self) -> list[_Measure]:
        return [_Measure.of(document.markup) for document in self._documents]

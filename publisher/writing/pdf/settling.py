"""Page numbers that are true: documents are made until each stands with the numbers that it should have.

One long document has costs that grow with its square, so each is laid out by itself. What one must know of another is
its pages: where its own numbering begins, what stands in the ``folio`` elements that point to it, and which of its
anchors there are at all.

Who makes the documents may take those of a wave in any order and at once: what they are to be made with depends only on
the waves before. First come those that know nothing of others, and the front matter, whose length the others' numbers
follow from; then articles that tell where others stand, as the first of a row that has the contents on its page; then,
with all of those numbered, what tells where articles stand. Who makes several at once need not wait for the end of a
wave (``later``).
"""

import copy
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, chain
from types import MappingProxyType
from typing import Any, Generic, Protocol, TypeVar

import msgspec

from publisher.errors import RenderingError
from publisher.model import Document
from publisher.writing.pdf.later import Known, Later, Paged

__all__ = ["MAX_PASSES", "UNKNOWN", "Known", "MadeDocument", "fill_folios", "pages_of", "pointed_at", "settle"]

FOLIO = re.compile(r'<span class="folio" data-anchor="([^"]*)"></span>')
UNKNOWN = "000"
"""Set where a page is not known yet: as wide as most page numbers, so that the second layout breaks alike."""

ITS_OWN = "0"
"""Set where a document that comes first, after all that has been made, points to itself: it is short."""

MAX_PASSES = 6
FRONT_MATTER = ("cover", "title-page", "contents")
ARTICLES = ("article", "articles")


class MadeDocument(Paged, Protocol):
    """A document as it came out: what the others must know of it."""

    @property
    def links(self) -> Sequence[str]:
        """The anchors that it leads to, but for those that it was told are dead."""

    @property
    def is_bound(self) -> bool:
        """Whether it must know on which page it begins."""

    @property
    def numbers(self) -> Sequence[str]:
        """What stands in its ``folio`` elements: its own pages may have decided otherwise than was asked for."""

    @property
    def is_numbered(self) -> bool:
        """Whether it must know the pages that it tells, and not only how long their numbers are."""


M = TypeVar("M", bound=MadeDocument)


def settle(
    documents: Sequence[Document],
    make: Callable[[Mapping[int, Known]], Iterable[tuple[int, M]]],
    report: Callable[[int, int], None],
    *,
    in_turn: bool = False,
    before: Mapping[str, Known] = MappingProxyType({}),
    settled: Callable[[Mapping[str, Known]], None] = lambda known: None,
    make_beside: Callable[[Mapping[int, Known], Later], Iterable[tuple[int, M]]] | None = None,
) -> list[M]:
    """Every document as it was made with the numbers that it should have.

    ``make`` makes those of a wave, by their index, and gives each with its index. With ``in_turn`` each is a wave by
    itself, since all are known to be bound to the page that they begin on. ``report`` is told how many are made.
    ``settled`` is told what each was made with in the end, by its name: given as ``before`` the next time, it is what
    the documents are made with at first, and where few numbers have moved, few are made twice. ``make_beside`` makes in
    the place of ``make`` where documents of later waves are not made either: of them as many as it likes.
    RenderingError when the numbers do not settle: a theme whose contents change length with their numbers.
    """
    settling = _Settling[M](documents, before)
    waves = [[index] for index in range(len(documents))] if in_turn else _waves(documents)
    for _ in range(MAX_PASSES):
        changed = False
        for place, wave in enumerate(waves):
            wanted = settling.wanted(wave, bound=in_turn)
            beside = settling.beside(waves[place + 1 :]) if wanted and make_beside and not in_turn else None
            if wanted and not in_turn and not beside:  # Whoever makes them may have nothing else to do meanwhile.
                wanted |= settling.certain(chain.from_iterable(waves[place + 1 :]))
            making = make_beside(wanted, beside) if make_beside and beside else make(wanted) if wanted else ()
            told = beside.told if beside else {}
            for index, made in making:
                settling.take(index, made, wanted[index] if index in wanted else told[index])
                report(len(settling.made), len(documents))
            changed = changed or bool(wanted)
        if not changed:
            settled(settling.known())
            return [settling.made[index] for index in range(len(documents))]
    raise RenderingError("the PDF could not be made: its page numbers do not settle")


def pages_of(made: Iterable[MadeDocument | None]) -> dict[str, int]:
    """The page of each anchor, from 1; of one that comes again, the first. What is not made yet has no page."""
    pages: dict[str, int] = {}
    first = 1
    for each in filter(None, made):
        for anchor, page in each.anchors.items():
            pages.setdefault(anchor, first + page)
        first += each.page_count
    return pages


def fill_folios(document: Document, numbers: Sequence[str]) -> str:
    """The document's markup with these page numbers, one for each of its ``folio`` elements, and which it is."""
    waiting = enumerate(numbers)
    return FOLIO.sub(lambda _: '<span class="folio" data-number="{}">{}</span>'.format(*next(waiting)), document.markup)


def pointed_at(document: Document) -> list[str]:
    """The anchors of its ``folio`` elements, in their order."""
    return FOLIO.findall(document.markup)


def _waves(documents: Sequence[Document]) -> list[list[int]]:
    waves: list[list[int]] = [[], [], []]
    for index, each in enumerate(documents):
        waits = FOLIO.search(each.markup) and each.role not in FRONT_MATTER
        waves[0 if not waits else 1 if each.role in ARTICLES else 2].append(index)
    return waves


class _Settling(Generic[M]):
    """The documents of one rendition on their way to their final pages."""

    def __init__(self, documents: Sequence[Document], before: Mapping[str, Known]) -> None:
        self._documents = documents
        self._names = [document.name for document in documents]
        self._before = before
        self._pointed = [pointed_at(document) for document in documents]
        """For each document, the anchors whose pages it tells."""

        self.made: dict[int, M] = {}
        self._known: dict[int, Known] = {}
        """What each was made with."""

    def take(self, index: int, made: M, known: Known) -> None:
        self.made[index] = made
        self._known[index] = msgspec.structs.replace(known, numbers=tuple(made.numbers), beyond=())

    def known(self) -> dict[str, Known]:
        """What each document was made with, by its name."""
        return {self._names[index]: known for index, known in self._known.items()}

    def wanted(self, wave: Iterable[int], *, bound: bool) -> dict[int, Known]:
        """What those documents of the wave are to be made with that are not as they should be."""
        firsts = list(accumulate((made.page_count if made else 0 for made in self._in_order()), initial=1))
        pages = pages_of(self._in_order())
        wanted = {}
        for index in wave:
            made = self.made.get(index)
            if made is None and (expected := self._expected(index)):
                wanted[index] = expected
                continue
            known = Known(
                numbers=self._numbers(index, pages, told=bound or (made is not None and made.is_numbered)),
                first_page=firsts[index] if bound or index == 0 or (made and made.is_bound) else None,
                dead=self._dead(index, pages) if len(self.made) == len(self._pointed) else (),
                beyond=self._beyond(pages) if index == 0 and made is None and not bound else (),
            )
            if self._known.get(index) != known:
                wanted[index] = known
        return wanted

    def certain(self, waiting: Iterable[int]) -> dict[int, Known]:
        """What those of the documents are to be made with whose numbers will have as many digits in any case.

        Numbers move by how many pages the articles have that are not made: not half of what others as long have, and
        not twice as many. Were that wrong, the document would be made again.
        """
        rows = [index for index, document in enumerate(self._documents) if document.role in ARTICLES]
        letters = {index: len(self._documents[index].markup) or 1 for index in rows}
        made = [index for index in rows if index in self.made]
        if not made:
            return {}
        rate = sum(self.made[index].page_count for index in made) / sum(letters[index] for index in made)
        fewest, most = (
            self._pages_if({index: max(1, round(letters[index] * rate * share)) for index in rows})
            for share in (0.5, 2)
        )
        certain = {}
        for index in waiting:
            anchors = self._pointed[index]
            if index and index not in self.made and not self._expected(index) and fewest.keys() >= set(anchors):
                numbers = tuple("0" * len(str(fewest[anchor])) for anchor in anchors)
                if all(len(str(most[anchor])) == len(number) for anchor, number in zip(anchors, numbers, strict=True)):
                    certain[index] = Known(numbers=numbers, first_page=None)
        return certain

    def beside(self, later: Iterable[Sequence[int]]) -> Later | None:
        """Those of later waves that are not made; ``None`` where there are none, or they were made before."""
        waves = [left for wave in later if (left := [index for index in wave if index not in self.made])]
        if not waves or any(map(self._expected, chain.from_iterable(waves))):
            return None
        return Later(self._documents, self.made, waves, self._wanted_if)

    def _wanted_if(self, index: int, made: Mapping[int, Paged]) -> Known:
        """What the document is to be made with, if those others have these pages."""
        settling: _Settling[Any] = copy.copy(self)
        settling.made = dict(made)
        return settling.wanted([index], bound=False)[index]

    def _pages_if(self, lengths: Mapping[int, int]) -> dict[str, int]:
        """The page of each anchor of what is made, if what is not had so many pages, by its index, or none."""
        pages: dict[str, int] = {}
        first = 1
        for index, made in enumerate(self._in_order()):
            for anchor, page in made.anchors.items() if made else ():
                pages.setdefault(anchor, first + page)
            first += made.page_count if made else lengths.get(index, 0)
        return pages

    def _expected(self, index: int) -> Known | None:
        """What the document was made with before, if it pointed to as many anchors."""
        known = self._before.get(self._names[index])
        return known if known and len(known.numbers) == len(self._pointed[index]) else None

    def _numbers(self, index: int, pages: Mapping[str, int], *, told: bool) -> tuple[str, ...]:
        unknown = ITS_OWN if index == 0 and self.made else UNKNOWN
        numbers = [str(pages.get(anchor, unknown)) for anchor in self._pointed[index]]
        return tuple(numbers if told else ("0" * len(number) for number in numbers))

    def _beyond(self, pages: Mapping[str, int]) -> tuple[int, ...]:
        """For each number of the first document, which is not made, the page that would be if that had none."""
        beyond = tuple(pages.get(anchor, 0) for anchor in self._pointed[0])
        return beyond if any(beyond) else ()

    def _in_order(self) -> Iterator[M | None]:
        return (self.made.get(index) for index in range(len(self._pointed)))

    def _dead(self, index: int, pages: Mapping[str, int]) -> tuple[str, ...]:
        return tuple(sorted({*self.made[index].links, *self._known[index].dead} - pages.keys()))

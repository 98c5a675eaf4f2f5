"""Documents become fragments, and fragments lie on the disk until they are joined: one is in memory at a time."""

import gc
import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Protocol

import msgspec

from publisher.model import Document, PageBreak
from publisher.writing.pdf.balance import lay_out_balanced
from publisher.writing.pdf.engine import Engine, anchors, complaints
from publisher.writing.pdf.folios import Folios
from publisher.writing.pdf.fragment import PdfFragment
from publisher.writing.pdf.painting import paint
from publisher.writing.pdf.renumbering import Resolve
from publisher.writing.pdf.settling import Known, fill_folios, pointed_at

__all__ = ["Composer", "Fragments", "Summary", "Wire"]


class Summary(msgspec.Struct, frozen=True, kw_only=True):
    """Of a fragment, what the other documents must know: see ``settling.MadeDocument``."""

    page_count: int
    anchors: dict[str, int]
    links: tuple[str, ...]
    is_bound: bool
    is_numbered: bool
    numbers: tuple[str, ...]
    breaks: tuple[PageBreak, ...]
    """The first page is 1."""

    @classmethod
    def of(cls, fragment: PdfFragment) -> "Summary":
        """That of the fragment."""
        return cls(
            page_count=len(fragment.pages),
            anchors={anchor.name: anchor.page for anchor in fragment.anchors},
            links=fragment.links,
            is_bound=fragment.is_bound,
            is_numbered=fragment.is_numbered,
            numbers=fragment.numbers,
            breaks=fragment.breaks,
        )


class _Lean(msgspec.Struct, frozen=True):
    """A fragment as it lies on the disk."""

    fragment: PdfFragment
    borrowed: dict[int, bytes]
    """By object, the digest of the picture whose bytes are its data, which the fragment is without."""


class Fragments:
    """A folder with the fragments of an issue, by the place of their document.

    They lie there without the bytes of the issue's ``pictures``, which are four fifths of them and there already.
    """

    def __init__(self, folder: Path, pictures: Mapping[bytes, bytes] = MappingProxyType({})) -> None:
        """``pictures`` are found by their SHA-256."""
        self._folder = folder
        self._pictures = pictures

    def put(self, index: int, fragment: PdfFragment) -> Summary:
        """Keep the fragment, in the place of one that was there."""
        digests = {place: hashlib.sha256(fragment.streams[place]).digest() for place in fragment.shared}
        borrowed = {place: digest for place, digest in digests.items() if digest in self._pictures}
        lean = _Lean(_with_streams(fragment, dict.fromkeys(borrowed, b"")), borrowed)
        self._path(index).write_bytes(msgspec.msgpack.encode(lean))
        return Summary.of(fragment)

    def put_encoded(self, index: int, data: bytes) -> Summary | None:
        """Keep what ``encoded`` gave of a fragment; ``None`` for anything else, which is not kept.

        So it is where pictures that it is without are not those of this issue.
        """
        try:
            lean = msgspec.msgpack.decode(data, type=_Lean)
        except msgspec.MsgspecError:
            return None
        if not self._pictures.keys() >= set(lean.borrowed.values()):
            return None
        self._path(index).write_bytes(data)
        return Summary.of(lean.fragment)

    def get(self, index: int) -> PdfFragment:
        """The fragment."""
        lean = msgspec.msgpack.decode(self.encoded(index), type=_Lean)
        return _with_streams(lean.fragment, {place: self._pictures[digest] for place, digest in lean.borrowed.items()})

    def encoded(self, index: int) -> bytes:
        """The fragment as it lies there."""
        return self._path(index).read_bytes()

    def _path(self, index: int) -> Path:
        return self._folder / f"{index}.fragment"


def _with_streams(fragment: PdfFragment, streams: Mapping[int, bytes]) -> PdfFragment:
    """The fragment with these data in the place of its own; all stay in their order, in which they are written."""
    return msgspec.structs.replace(fragment, streams={**fragment.streams, **streams})


class Wire(Protocol):
    """What a document that is made has to do with others that are made at the same time."""

    def laid_out(self, page_count: int, anchors: Mapping[str, int]) -> None:
        """It has so many pages, and its anchors stand on these, from 0."""

    def known(self) -> Known:
        """What it is to be made with, when that is known: what it was laid out with may be a guess."""


class Composer:
    """Makes the fragments of a rendition's documents with one engine."""

    def __init__(self, documents: Sequence[Document], language: str, engine: Engine, fragments: Fragments) -> None:
        self._documents = documents
        self._language = language
        self._engine = engine
        self._fragments = fragments
        self._folios = Folios()
        self._has_made = False
        """Whether there may be something left of another document."""

    def length_of(self, index: int) -> int:
        """How much there is to lay out in that document, as against others."""
        return len(self._documents[index].markup)

    def name_of(self, index: int) -> str:
        """The name of that document."""
        return self._documents[index].name

    def make(self, wanted: Mapping[int, Known], wire: Wire | None = None) -> Iterator[tuple[int, Summary]]:
        """Make those documents, one after the other; one with a ``wire`` is made beside others."""
        for index, known in wanted.items():
            if self._has_made:
                gc.collect()  # Boxes hold each other, and without this stay until many more are made.
            self._has_made = True
            yield index, self._fragments.put(index, self.fragment(self._documents[index], known, wire))

    def fragment(self, document: Document, known: Known, wire: Wire | None = None) -> PdfFragment:
        """The document with what it is to know, or with what the ``wire`` gives in its place when it is laid out."""
        certain: Callable[[], Known] = cache(wire.known) if wire else lambda: known
        with complaints() as heard:
            laid_out = lay_out_balanced(
                self._engine,
                document,
                fill_folios(document, known.numbers),
                known.first_page or 1,
                _resolving_late(document, certain) if wire else _resolving(document, known),
                is_last=document is self._documents[-1],
            )
            if wire:
                # Of an anchor that comes again, the first counts.
                wire.laid_out(len(laid_out.pages), dict(reversed(list(anchors(laid_out)))))
            with self._engine.draws_quickly():
                return paint(laid_out, document, self._language, certain(), self._folios, heard)


def _resolving_late(document: Document, certain: Callable[[], Known]) -> Resolve | None:
    """What gives the numbers of a document when it has pages and the others have theirs."""

    def resolve(anchors: Mapping[str, int], page_count: int) -> Sequence[str]:
        known = certain()
        own = _resolving(document, known)
        return own(anchors, page_count) if own else known.numbers

    return resolve if pointed_at(document) else None


def _resolving(document: Document, known: Known) -> Resolve | None:
    """What gives the numbers of a document when it has pages; ``None`` where its pages say nothing of them."""
    first, pointed = known.first_page, pointed_at(document)
    if first is None or not pointed or any(set(number) != {"0"} for number in known.numbers):
        return None

    def resolve(anchors: Mapping[str, int], page_count: int) -> list[str]:
        """As many noughts as each number will have digits."""
        numbers = []
        beyond = known.beyond or (0,) * len(pointed)
        for anchor, page_beyond, number in zip(pointed, beyond, known.numbers, strict=True):
            page = first + anchors[anchor] if anchor in anchors else page_beyond and page_beyond + page_count
            numbers.append("0" * len(str(page)) if page else number)
        return numbers

    return resolve

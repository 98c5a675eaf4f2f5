"""Fragments that have been made before are not made again: each is known by all that it depends on.

Whoever started us keeps them and is asked by key (``Store``). A key has the document with what it knows of the others
and whether it is the last, the style sheets with what they name, and what the document shows; our own code and the
engine's version are the keeper's matter. The problems of a rendition and the other documents are in no key.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Protocol

import msgspec

from publisher.model import Asset, Rendition
from publisher.writing.pdf.composing import Fragments, Summary
from publisher.writing.pdf.later import Known, Later
from publisher.writing.pdf.naming import Names

__all__ = ["Remembering", "Store"]

_TEXTS = ("image/svg+xml", "text/css")
"""Media types of assets that may name others."""


_MAY_BE_MORE = (0, 1, -1)
"""By how many pages a first document that is not made may be longer than it is guessed to be, the likeliest first."""


class Store(Protocol):
    """Where fragments are kept by key, encoded: nobody on the way has to know what they are."""

    def find(self, keys: Sequence[bytes]) -> Iterable[bytes | None]:
        """For each key what is kept; ``None`` for what is not, or is damaged."""

    def keep(self, key: bytes, fragment: bytes) -> None:
        """Keep it, if that is possible."""


class Remembering:
    """Makes those documents of a wave that are not kept, and has them kept.

    ``digests`` are those of the rendition's assets, by their names.
    """

    def __init__(
        self,
        rendition: Rendition,
        digests: Mapping[str, bytes],
        store: Store,
        fragments: Fragments,
        make: Callable[[Mapping[int, Known], Later | None], Iterable[tuple[int, Summary]]],
    ) -> None:
        self._documents = rendition.documents
        self._store = store
        self._fragments = fragments
        self._make = make
        sheets = (*rendition.stylesheets, *(asset for asset in rendition.assets if asset.media_type in _TEXTS))
        texts = b"\n".join(sheet.data for sheet in sheets)
        shared = [asset for asset in rendition.assets if asset.name.encode() in texts]
        styles = [_digest_of(sheet, sheet.data) for sheet in rendition.stylesheets]
        self._common = _digest(
            rendition.metadata.language, *styles, *(_digest_of(each, digests[each.name]) for each in shared)
        )
        self._others = {
            each.name: _digest_of(each, digests[each.name]) for each in rendition.assets if each not in shared
        }
        self._names = Names(self._others)
        self._shown = cache(self._shown_in)
        self._guessed: dict[int, tuple[bytes, Summary]] = {}
        """What was found before it was wanted, with the key that it was found by."""

    def make(self, wanted: Mapping[int, Known], beside: Later | None = None) -> Iterator[tuple[int, Summary]]:
        """Make those documents, or find them again; and of those ``beside`` them such as are likely not to be kept."""
        keys = {index: self._key(index, known) for index, known in wanted.items()}
        left = dict(wanted)
        for index, summary in self._found(keys):
            del left[index]
            if beside:
                beside.laid_out(index, summary.page_count, summary.anchors)
            yield index, summary
        if not left:
            return
        if beside:
            self._leave_out_of(beside)
        told = beside.told if beside else {}
        for index, summary in self._make(left, beside):
            key = keys[index] if index in keys else self._key(index, told[index])
            self._store.keep(key, self._fragments.encoded(index))
            yield index, summary

    def _found(self, keys: Mapping[int, bytes]) -> Iterator[tuple[int, Summary]]:
        """Those of the documents that are kept under their keys, which lie with the fragments then."""
        asked = []
        for index, key in keys.items():
            guessed, summary = self._guessed.pop(index, (b"", None))
            if summary is not None and guessed == key:
                yield index, summary
            else:
                asked.append(index)
        for index, data in zip(asked, self._store.find([keys[index] for index in asked]), strict=True):
            summary = None if data is None else self._fragments.put_encoded(index, data)
            if summary is not None:
                yield index, summary

    def _leave_out_of(self, beside: Later) -> None:
        """Have those not made that are kept with what they are likely to be made with.

        If they are to be made with something else they are found or made when their turn comes.
        """
        for wave in beside.waves:
            for more in _MAY_BE_MORE:
                keys = {index: self._key(index, known) for index, known in beside.guesses(wave, more).items()}
                for index, summary in self._found(keys):
                    self._guessed[index] = keys[index], summary
                    beside.leave_out(index, summary.page_count, summary.anchors)

    def _key(self, index: int, known: Known) -> bytes:
        document = self._documents[index]
        # What follows the document decides nothing but its numbers, and a fragment says which it has.
        alone = msgspec.structs.replace(known, beyond=())
        is_last = document is self._documents[-1]
        return _digest(self._common, document.name, document.role, document.markup, is_last, alone, *self._shown(index))

    def _shown_in(self, index: int) -> list[bytes]:
        """The digests of what a document names."""
        named = self._names.in_text(self._documents[index].markup)
        return [digest for name, digest in self._others.items() if name in named]


def _digest_of(asset: Asset, content: bytes) -> bytes:
    return _digest(asset.name, asset.media_type, content)


def _digest(*parts: object) -> bytes:
    return hashlib.sha256(msgspec.msgpack.encode(parts)).digest()

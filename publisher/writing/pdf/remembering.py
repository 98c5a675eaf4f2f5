"""Fragments that have been made before are not made again: each is known by all that it depends on.

Whoever started us keeps them and is asked by key (``Store``). A key has the document with what it knows of the others
and whether it is the last, the style sheets with what they name, and what the document shows; our own code and the
engine's version are the keeper's matter. The problems of a rendition and the other documents are in no key.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Protocol

import msgspec

from publisher.model import Asset, Document, Rendition
from publisher.writing.pdf.composing import Fragments, Summary
from publisher.writing.pdf.settling import Known

__all__ = ["Remembering", "Store"]

_TEXTS = ("image/svg+xml", "text/css")
"""Media types of assets that may name others."""


class Store(Protocol):
    """Where fragments are kept by key, encoded: nobody on the way has to know what they are."""

    def find(self, keys: Sequence[bytes]) -> Iterable[bytes | None]:
        """For each key what is kept; ``None`` for what is not, or is damaged."""

    def keep(self, key: bytes, fragment: bytes) -> None:
        """Keep it, if that is possible."""


class Remembering:
    """Makes those documents of a wave that are not kept, and has them kept."""

    def __init__(
        self,
        rendition: Rendition,
        store: Store,
        fragments: Fragments,
        make: Callable[[Mapping[int, Known]], Iterable[tuple[int, Summary]]],
    ) -> None:
        self._documents = rendition.documents
        self._store = store
        self._fragments = fragments
        self._make = make
        sheets = (*rendition.stylesheets, *(asset for asset in rendition.assets if asset.media_type in _TEXTS))
        texts = b"\n".join(sheet.data for sheet in sheets)
        shared = [asset for asset in rendition.assets if asset.name.encode() in texts]
        self._common = _digest(rendition.metadata.language, *map(_digest_of, (*rendition.stylesheets, *shared)))
        self._others = {asset.name: _digest_of(asset) for asset in rendition.assets if asset not in shared}

    def make(self, wanted: Mapping[int, Known]) -> Iterator[tuple[int, Summary]]:
        """Make those documents, or find them again."""
        keys = {index: self._key(self._documents[index], known) for index, known in wanted.items()}
        left = dict(wanted)
        for index, data in zip(keys, self._store.find(list(keys.values())), strict=True):
            summary = None if data is None else self._fragments.put_encoded(index, data)
            if summary is not None:
                del left[index]
                yield index, summary
        for index, summary in self._make(left):
            self._store.keep(keys[index], self._fragments.encoded(index))
            yield index, summary

    def _key(self, document: Document, known: Known) -> bytes:
        shown = [digest for name, digest in self._others.items() if name in document.markup]
        # What follows the document decides nothing but its numbers, and a fragment says which it has.
        alone = msgspec.structs.replace(known, beyond=())
        is_last = document is self._documents[-1]
        return _digest(self._common, document.name, document.role, document.markup, is_last, alone, *shown)


def _digest_of(asset: Asset) -> bytes:
    return _digest(asset.name, asset.media_type, hashlib.sha256(asset.data).digest())


def _digest(*parts: object) -> bytes:
    return hashlib.sha256(msgspec.msgpack.encode(parts)).digest()

"""The dear steps of a run, each done once for the same thing: reading, pictures, files and parts of them, checks.

A step of one stage that is done through a ``Memo`` has a module here: ``readings``, ``pictures``, ``reports``.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TypeVar

import msgspec

from publisher.automation.memo.cache import Cache, key_of
from publisher.packages import (
    CHECKING_PACKAGES,
    COVER_PACKAGES,
    PICTURE_PACKAGES,
    READING_PACKAGES,
    THEMING_PACKAGES,
    WRITING_PACKAGES,
    code_digest,
)

T = TypeVar("T")

_DECIDING: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = MappingProxyType(
    {
        "readings": (("reading",), READING_PACKAGES),
        "pictures": (("fetching",), PICTURE_PACKAGES),
        "fingerprints": (("compiling",), ()),
        "files": (("theming", "writing"), (*THEMING_PACKAGES, *WRITING_PACKAGES)),
        "archives": (("automation",), ()),
        "fragments": (("writing",), WRITING_PACKAGES),
        "covers": (("writing",), COVER_PACKAGES),
        "surveys": (("writing",), ()),
        "kobo": (("writing",), ()),
        "codes": (("theming",), ("segno",)),
        "words": (("theming",), THEMING_PACKAGES),
        "markups": (("theming",), THEMING_PACKAGES),
        "points": (("theming",), ()),
        "divisions": (("theming",), ()),
        "webpages": (("automation",), ()),
        "thumbnails": (("automation",), ("pillow",)),
        "reports": (("checking",), CHECKING_PACKAGES),
        "texts": (("checking",), CHECKING_PACKAGES),
        "pages": (("checking",), CHECKING_PACKAGES),
        "documents": (("checking",), CHECKING_PACKAGES),
    }
)
"""By kind of step: the folders of its code, and the packages that it uses."""


class Memo:
    """What dear steps gave, kept in a cache. Without a cache they are just done."""

    def __init__(self, cache: Cache | None) -> None:
        self._cache = cache
        self.found = 0
        """How many steps had not to be done."""

        self.made: Counter[str] = Counter()
        """How many had to be, by their kinds."""

    def drop(self, kind: str, made_of: object) -> None:
        """Forget what was made of it: the next time may give something else."""
        if self._cache:
            self._cache.drop(kind, _key(kind, made_of))

    def finish_writing(self) -> None:
        """Wait until all that is kept is written: then no thread of this is left."""
        if self._cache:
            self._cache.finish_writing()

    def make_room(self) -> None:
        """Keep the cache within its limit."""
        if self._cache:
            self._cache.make_room()

    def keep(self, kind: str, of: type[T], made_of: object, make: Callable[[], T]) -> T:
        """What ``make`` gives, or gave before: see ``publisher.seams.Keep``."""
        if self._cache is None:
            value = make()
            self.made[kind] += 1
            return value
        key = _key(kind, made_of)
        data = self._cache.find(kind, key)
        if data is not None:
            try:
                value = msgspec.msgpack.decode(data, type=of)
            except msgspec.MsgspecError:  # of a version whose values had another form
                self._cache.drop(kind, key)
            else:
                self.found += 1
                return value
        value = make()
        self.made[kind] += 1
        self._cache.keep(kind, key, msgspec.msgpack.encode(value, enc_hook=str))
        return value


def _key(kind: str, made_of: object) -> str:
    return key_of(code_digest(*_DECIDING[kind]), _encoded(made_of))


def _encoded(value: object) -> bytes:
    """A value as bytes that are the same in every process: sets are sorted."""
    return msgspec.msgpack.encode(value, order="deterministic", enc_hook=_plain)


def _plain(value: object) -> object:
    """What msgspec does not know, as what it knows."""
    return dict(value) if isinstance(value, Mapping) else str(value)

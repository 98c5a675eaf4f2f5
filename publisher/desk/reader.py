"""What reads pages and decodes pictures for a desk: a confined process that stays, and what it gave before."""

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Generic, TypeVar

import msgspec

from publisher.confinement.jobs import JOBS, ConfinedJob
from publisher.confinement.worker import Worker
from publisher.model import Asset, Crop, Reading, Source
from publisher.pipeline import Means
from publisher.reading import Correction, OutletProfile

T = TypeVar("T")

READINGS_BYTES = 512 * 1024**2
PICTURES_BYTES = 256 * 1024**2
"""What is remembered of each, by the size of what it was made of or is."""


class Recent(Generic[T]):
    """What was made last, by what it was made of, within so many bytes. For any thread."""

    def __init__(self, limit_bytes: int) -> None:
        self._limit_bytes = limit_bytes
        self._lock = threading.Lock()
        self._kept: OrderedDict[Hashable, tuple[T, int]] = OrderedDict()
        self._bytes = 0

    def get(self, key: Hashable) -> T | None:
        """What is remembered; ``None`` for nothing."""
        with self._lock:
            found = self._kept.get(key)
            if found is None:
                return None
            self._kept.move_to_end(key)
            return found[0]

    def put(self, key: Hashable, value: T, size_bytes: int) -> None:
        """Remember it, and forget what was not asked for longest."""
        with self._lock:
            self._bytes += size_bytes - self._kept.pop(key, (None, 0))[1]
            self._kept[key] = (value, size_bytes)
            while self._bytes > self._limit_bytes and len(self._kept) > 1:
                self._bytes -= self._kept.popitem(last=False)[1][1]


class PageReader:
    """Reads and decodes, in the order in which it is asked, from any thread.

    The process dies with the thread that starts it, so one thread does nothing else. Errors are those of a ``Worker``.
    """

    def __init__(self, jobs: Mapping[str, ConfinedJob] = JOBS) -> None:
        self._worker = Worker(jobs)
        self._thread = ThreadPoolExecutor(1, "desk-reader")
        self._thread.submit(self._worker.start, "read")
        self._readings: Recent[Reading] = Recent(READINGS_BYTES)
        self._pictures: Recent[Asset] = Recent(PICTURES_BYTES)

    def means(self) -> Means:
        """What the pipeline works with: nothing is fetched."""
        return Means(read=self.read, picture=self.picture)

    def read(self, source: Source, profile: OutletProfile | None, corrections: Sequence[Correction]) -> Reading:
        """What is understood of a source, the trace of its lines included."""
        of = (source.name, source.media_type, source.charset, source.url, profile, tuple(corrections))
        key = (hashlib.sha256(source.data).digest(), hashlib.sha256(msgspec.msgpack.encode(of)).digest())
        return self._remembered(self._readings, key, "read", (source, profile, corrections), len(source.data))

    def picture(self, data: bytes, crop: Crop | None = None) -> Asset:
        """The picture, or a part of it, as an asset."""
        key = (hashlib.sha256(data).digest(), crop)
        return self._remembered(self._pictures, key, "picture", (data, crop), len(data))

    def _remembered(self, kept: Recent[T], key: Hashable, job: str, order: tuple[object, ...], size: int) -> T:
        found = kept.get(key)
        if found is None:
            found = self._in_thread(lambda: self._worker.do(job, *order))
            kept.put(key, found, size)
        return found

    def _in_thread(self, do: Callable[[], T]) -> T:
        return self._thread.submit(do).result()

    def close(self) -> None:
        """End the process and the thread."""
        self._thread.submit(self._worker.__exit__, None, None, None)
        self._thread.shutdown()

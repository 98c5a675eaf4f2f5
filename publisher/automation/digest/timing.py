"""How long each source takes to read."""

import time
from collections.abc import Callable, Sequence

from publisher.model import Reading, Source
from publisher.pipeline import Read
from publisher.reading import Correction, OutletProfile


def timed(read: Read, tell: Callable[[Source, Reading, float], None]) -> Read:
    """The same reader, which tells of each source what it gave and in how many seconds."""

    def reader(source: Source, profile: OutletProfile | None, corrections: Sequence[Correction]) -> Reading:
        start = time.monotonic()
        reading = read(source, profile, corrections)
        tell(source, reading, time.monotonic() - start)
        return reading

    return reader

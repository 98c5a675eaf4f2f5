"""Sources read once."""

from collections.abc import Sequence

import msgspec

from publisher.automation.memo import Memo
from publisher.extensions import reader_for
from publisher.model import Reading, Source
from publisher.pipeline import Read
from publisher.reading import Correction, OutletProfile


def reader_of(memo: Memo, read: Read) -> Read:
    """``read``, which remembers; without the trace of the lines: nobody looks at it."""

    def remembered(source: Source, profile: OutletProfile | None, corrections: Sequence[Correction]) -> Reading:
        def make() -> Reading:
            return Reading(articles=read(source, profile, corrections).articles, trace=())

        what = msgspec.structs.replace(source, retrieved=None)
        return memo.keep("readings", Reading, (what, profile, corrections, reader_for(source.media_type)), make)

    return remembered

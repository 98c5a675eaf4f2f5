"""What the stages work with, as against what they work on: given by whoever starts them."""

from collections.abc import Callable, Sequence
from typing import BinaryIO, TypeAlias

import msgspec

from publisher.bulkhead import bulkhead
from publisher.errors import DefectError
from publisher.fetching import Web, picture_asset
from publisher.model import Asset, Crop, Reading, Source
from publisher.pipeline.quarantine import Casualty, Quarantine, advice, not_kept
from publisher.reading import Correction, OutletProfile, read
from publisher.seams import Executor, Here, Progress, untold
from publisher.writing.pdf import PdfProcess

Read: TypeAlias = Callable[[Source, OutletProfile | None, Sequence[Correction]], Reading]
"""``publisher.reading.read``, or something in its place: that remembers what it gave, or reads in another process."""

Picture: TypeAlias = Callable[..., Asset]
"""``publisher.fetching.picture_asset``, or something in its place."""


def nothing() -> None:
    """What needs no letting go."""


class Means(msgspec.Struct, frozen=True, kw_only=True):
    """The ways to the outside, and who does the steps that take long or may go wrong."""

    stdin: BinaryIO | None = None
    """What the reference ``-`` stands for."""

    web: Web | None = None
    """``None``: nothing is fetched."""

    quarantine: Quarantine = not_kept
    """Where what made a step fail is kept."""

    read: Read = read
    executor: Executor = Here()
    """Where many sources are read: with one that works in other processes, ``read`` can be pickled."""

    picture: Picture = picture_asset
    progress: Progress = untold
    engine: PdfProcess | None = None
    """One that is loading already, for the first PDF; whoever started it ends it."""

    rest: Callable[[], None] = nothing
    """Lets go of the processes that read and decode until they are asked again: each holds 30 MiB while it waits."""

    def decoded(self, data: bytes, crop: Crop | None = None) -> Asset:
        """The picture, or that part of it, as an asset.

        DefectError where the decoder fails, and the picture is in the quarantine.
        InputError, with the bare reason, where it is none that can be used.
        """
        try:
            with bulkhead():
                return self.picture(data) if crop is None else self.picture(data, crop)
        except DefectError as error:
            casualty = Casualty(code="picture-failed", name="", reason=str(error), data=data, suffix="")
            raise DefectError(f"its decoder failed: {error}. {advice(self.quarantine(casualty))}") from error

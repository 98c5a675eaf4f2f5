"""How a run can end, for a scheduler to branch on. What stops it is an error, with its own code in ``errors``."""

from enum import IntEnum
from pathlib import Path

from publisher.automation.proof import Omission, Proof
from publisher.model.blocks import Value


class Ending(IntEnum):
    """The exit codes of runs that did what they could."""

    PUBLISHED = 0
    PUBLISHED_WITH_WARNINGS = 20
    NOTHING_NEW = 21
    ALREADY_PUBLISHED = 22


ENDINGS = {
    Ending.PUBLISHED: "published",
    Ending.PUBLISHED_WITH_WARNINGS: "published with warnings",
    Ending.NOTHING_NEW: "nothing new",
    Ending.ALREADY_PUBLISHED: "already published",
}


class Outcome(Value, frozen=True, kw_only=True):
    """What came of a run."""

    ending: Ending
    week: str
    message: str
    """One sentence."""

    folder: Path | None = None
    proof: Proof | None = None
    omissions: tuple[Omission, ...] = ()
    warnings: tuple[str, ...] = ()
    unsent: tuple[str, ...] = ()
    """The recipients that the issue could not be sent to."""

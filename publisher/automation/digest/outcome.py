"""How a run can end, for a scheduler to branch on. What stops it is an error, with its own code in ``errors``."""

import datetime as dt
from collections.abc import Iterable, Sequence
from enum import IntEnum
from pathlib import Path

from publisher.automation.issues.proof import Proof
from publisher.automation.issues.week import Week, parse_week
from publisher.counting import spelled
from publisher.model import Omission
from publisher.model.blocks import Value


class Ending(IntEnum):
    """The exit codes of runs that did what they could."""

    PUBLISHED = 0
    PUBLISHED_WITH_WARNINGS = 20
    NOTHING_NEW = 21
    ALREADY_PUBLISHED = 22


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


def ending_of(warnings: Sequence[str]) -> Ending:
    """How a run ends that published its issue."""
    return Ending.PUBLISHED_WITH_WARNINGS if warnings else Ending.PUBLISHED


def too_few(found: int, week: Week, minimum: int) -> str:
    """Why there is no issue."""
    if not found:
        return f"there is nothing new for {week}"
    return f"there is too little new for {week}: {spelled(found, 'article')}, and policy.minimum is {minimum}"


def published_already(week: Week, folder: Path) -> str:
    """Why there is nothing to do, and where the issue of the folder is."""
    return f"{week} is published already: {folder if folder.exists() else 'the ledger; the shelf keeps it no longer'}"


def overtaken(week: Week, published: Iterable[str], now: dt.datetime) -> tuple[str, str] | None:
    """Why nothing is done for a week that nobody named, and a warning; ``None`` when no later one is published.

    A clock that was set back: an issue of the past would take what no later one may have any more.
    """
    newest = max(map(parse_week, published), default=None)
    if newest is not None and newest > week:
        return (
            f"nothing is done for {week}: the later {newest} is published. Give --week to make it",
            f"the clock says {now:%Y-%m-%d}, and {newest} is published already",
        )
    return None

"""The issues of many weeks and of many series, each made as a digest makes it, wherever an executor works."""

import datetime as dt
import os
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from publisher.automation.digest import run, run_published
from publisher.automation.digest.outcome import Outcome
from publisher.automation.digest.surroundings import Surroundings
from publisher.automation.issues.week import Week
from publisher.config import load_settings
from publisher.errors import DefectError, DeliveryError, PublisherError
from publisher.model.blocks import Value
from publisher.seams import Executor, Lost


class Folders(Value, frozen=True, kw_only=True):
    """The user's own folders, where a run looks for what the settings do not name."""

    cache: Path | None = None
    themes: tuple[Path, ...] = ()
    outlets: Path | None = None


class IssueMade(Value, frozen=True, kw_only=True):
    """What came of one issue."""

    settings: str
    week: Week
    code: int
    """The exit code that a run of it has."""

    message: str

    @property
    def is_published(self) -> bool:
        """Whether no more is to be done: it is published, or there is nothing new."""
        return self.code in (0, 20, 21, 22)


def publish_backlog(
    digests: Sequence[Path], weeks: Sequence[Week], folders: Folders, executor: Executor
) -> Iterator[IssueMade]:
    """What came of each issue: of the first week for all digests, then of the next.

    An issue is one step, under the lock of its shelf. A series knows what its earlier issues ran, so that its weeks
    follow each other; the series of one week are made side by side. Those of a series that are there already are one
    step together, before all others.
    """
    there = [found for found in executor.map(partial(_there, folders, weeks), digests) if not isinstance(found, Lost)]
    known = {(issued.settings, issued.week): issued for found in there for issued in found}
    for week in weeks:
        missing = [each for each in digests if (str(each), week) not in known]
        outcomes = executor.map(partial(_issued, folders, week), missing)
        for settings in digests:
            outcome = known.get((str(settings), week)) or next(outcomes)
            if isinstance(outcome, Lost):
                message = "each process that made it has ended. Make it alone, and look at what it says"
                yield IssueMade(settings=str(settings), week=week, code=DefectError.exit_code, message=message)
            else:
                yield outcome


def _there(folders: Folders, weeks: Sequence[Week], settings: Path) -> tuple[IssueMade, ...]:
    try:
        outcomes = run_published(load_settings(settings), _surroundings(folders, settings), weeks)
    except PublisherError:  # Of which each issue tells.
        return ()
    return tuple(_made(settings, week, outcome) for week, outcome in outcomes.items())


def _issued(folders: Folders, week: Week, settings: Path) -> IssueMade:
    try:
        outcome = run(load_settings(settings), _surroundings(folders, settings), week)
    except PublisherError as error:
        return IssueMade(settings=str(settings), week=week, code=error.exit_code, message=str(error))
    return _made(settings, week, outcome)


def _made(settings: Path, week: Week, outcome: Outcome) -> IssueMade:
    code = DeliveryError.exit_code if outcome.unsent else int(outcome.ending)
    return IssueMade(settings=str(settings), week=week, code=code, message=outcome.message)


def _surroundings(folders: Folders, settings: Path) -> Surroundings:
    return Surroundings(
        home=settings.absolute().parent,
        clock=lambda: dt.datetime.now(dt.UTC),
        environment=os.environ,
        cache=folders.cache,
        themes=folders.themes,
        outlets=folders.outlets,
    )

"""What stands ready for all tests of a process: to start it for each would take half of their time.

The confined process that reads, and the engine that lays out, are what the product starts for every command. What a
test asks for with jobs or limits of its own gets a process of its own, as ever. So do commands that run as programs,
and the tests of the processes themselves.
"""

import functools
import os
import threading
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from importlib import import_module
from types import TracebackType
from typing import Any, Self
from unittest import mock

from publisher.confinement.jobs import JOBS, ConfinedJob
from publisher.confinement.messages import Confinement
from publisher.confinement.worker import Worker
from publisher.model import Asset, Pagination, Rendition, Written
from publisher.seams import Keep, made_anew
from publisher.writing.cover import draw
from publisher.writing.pdf import Limits, PdfProcess, PreparedPress
from publisher.writing.pdf.process import FONTCONFIG

Tell = Callable[[Confinement], None]


def untold(confinement: Confinement) -> None:
    """For who does not ask."""


class _Here:
    """What is there before a command and after it."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Nothing: the next command goes on with it."""

    def rest(self) -> None:
        """Nothing, likewise."""


class StandingWorker(_Here, Worker):
    """A worker whose process stays for the next command."""

    _is_taken = False

    def for_jobs(self, jobs: Mapping[str, ConfinedJob], tell: Tell = untold) -> Worker:
        """What a command gets for a worker of its own; a process does not outlive the thread that starts it."""
        alone = jobs is not JOBS or threading.current_thread() is not threading.main_thread()
        return Worker(jobs, tell) if alone or self._is_taken else self

    def __enter__(self) -> Self:
        self._is_taken = True
        return self

    def __exit__(self, *exception: object) -> None:
        self._is_taken = False


class WorkerHere(_Here):
    """A worker that does its jobs itself, for what forks: nothing is started, and nothing changes on the disk."""

    def __init__(self, jobs: Mapping[str, ConfinedJob], tell: Tell = untold) -> None:
        self._jobs = jobs

    def start(self, name: str) -> None:
        """Nothing: what the job needs loads with it."""

    def do(self, name: str, *arguments: object) -> Any:
        module, _, function = self._jobs[name].function.partition(":")
        return getattr(import_module(module), function)(*arguments)


class EngineHere(_Here):
    """The engine in the process of the test, with the fonts that it has in its own."""

    def write(
        self,
        rendition: Rendition,
        report: Callable[[int, int], None] = lambda done, total: None,
        press: PreparedPress | None = None,
        keep: Keep = made_anew,
    ) -> Written:
        """The PDF, made anew: the fragments that ``keep`` may have are of other processes."""
        from publisher.writing.pdf.layout import write_pdf

        with mock.patch.dict(os.environ, FONTCONFIG_FILE=str(FONTCONFIG)), warnings.catch_warnings():
            warnings.simplefilter("ignore", ResourceWarning)  # The engine leaves files to be closed by themselves.
            return write_pdf(rendition, report, press)

    def give(self, assets: tuple[Asset, ...]) -> None:
        """They come with the rendition."""

    def foretell(self, stylesheets: tuple[Asset, ...], fonts: tuple[Asset, ...]) -> None:
        """There is nobody who could read them meanwhile."""

    def begin(self, rendition: Rendition, press: PreparedPress | None = None, keep: Keep = made_anew) -> None:
        """Keep them until they are asked for."""
        self._begun = rendition, press

    def finish(
        self,
        report: Callable[[int, int], None] = lambda done, total: None,
        keep: Keep = made_anew,
        paginated: Callable[[Pagination], None] = lambda pagination: None,
    ) -> Written:
        """The PDF that was begun."""
        rendition, press = self._begun
        written = self.write(rendition, report, press, keep)
        if written.pagination:
            paginated(written.pagination)
        return written


def engine(limits: Limits | None = None) -> EngineHere | PdfProcess:
    """What a command gets for a process that makes a PDF: limits are kept by a process alone."""
    return EngineHere() if limits in (None, Limits()) else PdfProcess(limits)


ASKERS = ("automation.digest.means", "automation.doctor.looks", "automation.doctor.outside", "cli.options")
"""The modules that start a worker."""


@contextmanager
def standing() -> Iterator[None]:
    """Commands in this process use one worker, and its engine."""
    worker = StandingWorker()
    with ExitStack() as patches:
        for module in ASKERS:
            patches.enter_context(mock.patch(f"publisher.{module}.Worker", worker.for_jobs))
        patches.enter_context(mock.patch("publisher.pipeline.bindery.PdfProcess", engine))
        # Books of a few words have few covers, and to draw one takes as long as all else of them.
        patches.enter_context(mock.patch("publisher.writing.epub.draw", functools.lru_cache(64)(draw.__wrapped__)))
        yield
    Worker.__exit__(worker, None, None, None)

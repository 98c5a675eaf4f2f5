"""What takes long and is asked for: it is done in a thread, in turn, and who listens is told how far it is."""

import itertools
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from publisher.bulkhead import last_bulkhead
from publisher.desk.events import Hub
from publisher.desk.folder import DeskFolder
from publisher.desk.views import without_place
from publisher.errors import PublisherError
from publisher.model.blocks import Value
from publisher.seams import Progress


class JobState(Value, frozen=True, kw_only=True):
    """How far a job is, or what came of it."""

    job: str
    kind: str
    stage: str
    """That of the pipeline; at the end ``done`` or ``failed``."""

    done: int = 0
    total: int = 0
    message: str | None = None
    code: str | None = None
    """Of the error that it failed for, where somebody can do something about it."""

    result: object = None


class Jobs:
    """Does jobs in turn."""

    def __init__(self, hub: Hub, folder: DeskFolder) -> None:
        self._hub = hub
        self._folder = folder
        self._numbers = itertools.count(1)
        self._thread = ThreadPoolExecutor(1, "desk-jobs")

    def start(self, kind: str, do: Callable[[Progress], object]) -> str:
        """The name of a job that is begun: ``do`` is given whom to tell how far it is."""
        job = str(next(self._numbers))

        def tell(stage: str, done: int, total: int) -> None:
            self._hub.tell("job", JobState(job=job, kind=kind, stage=stage, done=done, total=total))

        def run() -> None:
            try:
                with last_bulkhead():
                    result = do(tell)
            except PublisherError as error:
                message = without_place(str(error), self._folder)
                self._hub.tell("job", JobState(job=job, kind=kind, stage="failed", message=message, code=error.code))
            else:
                self._hub.tell("job", JobState(job=job, kind=kind, stage="done", result=result))

        self._thread.submit(run)
        return job

    def close(self) -> None:
        """Let the job at work end; those that wait are not begun."""
        self._thread.shutdown(cancel_futures=True)

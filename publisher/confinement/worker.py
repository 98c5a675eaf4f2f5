"""Our side of the confined process: jobs are sent, answers come back, and a process that dies is replaced."""

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import msgspec

from publisher.confinement.jobs import JOBS, ConfinedJob, JobLimits
from publisher.confinement.messages import (
    REFUSALS,
    Answer,
    Confinement,
    Done,
    Fell,
    Order,
    Ready,
    Refused,
    receive,
    send,
)
from publisher.confinement.watchdog import Watchdog
from publisher.counting import counted
from publisher.errors import DefectError

MOST_JOBS = 500
"""How many one process does: whatever a library leaks ends with it."""

MOST_PEAK_BYTES = 600_000_000
"""What a process may have held and still go on: what a job took is rarely given back to the system."""

LIMIT_START_S = 60
"""How long a process may take to be ready, on a machine that is busy: alone it takes a fifth of a second."""

LIMIT_END_S = 1
"""How long a process that stopped answering may take to end by itself, so that it can be told why."""

_PACKAGE_FOLDER = Path(__file__).parents[2]
_PROGRAM = "import sys; sys.path.insert(0, sys.argv[1]); from publisher.confinement.child import main; main()"


class Worker:
    """Does the jobs of a table in a confined process, one after the other.

    The process starts with the first job or with ``start``, stays for the next, and is replaced when it has died, has
    done many jobs or has grown. It dies with the thread that started it. Use it as a context manager; leaving it ends
    the process, whatever it was doing.
    """

    def __init__(
        self, jobs: Mapping[str, ConfinedJob] = JOBS, tell: Callable[[Confinement], None] = lambda confinement: None
    ) -> None:
        """``tell`` is told of each process that is ready how it is confined."""
        self._jobs = jobs
        self._tell = tell
        self._process: _Process | None = None

    def start(self, name: str) -> None:
        """Have a process start and come back at once: it loads what the job needs while we are busy with other things.

        Where there is one already, nothing happens.
        """
        if self._process is None:
            self._process = _Process(self._jobs[name])

    def confinement(self, name: str) -> Confinement:
        """How the process that does the job is confined on this machine. DefectError when none can be started."""
        self.start(name)
        with self._watched() as process:
            return process.confinement()

    def do(self, name: str, *arguments: object) -> Any:
        """What the function of a job gives: of the job's type, whatever has become of the process.

        Any of the errors in ``REFUSALS`` when the function raises it. DefectError, with the bare reason, when it raises
        anything else, when it passes its limits, and when the process ends.
        """
        job = self._jobs[name]
        self.start(name)
        with self._watched() as process:
            if not process.jobs:
                self._tell(process.confinement())
            done = process.ask(job, arguments)
            result = _decoded(done.result, job.result)
            if process.jobs >= MOST_JOBS or done.peak_bytes > MOST_PEAK_BYTES:
                self._end()
        return result

    @contextlib.contextmanager
    def _watched(self) -> Iterator["_Process"]:
        """The process; it is ended after a defect: what it may have become is not asked again."""
        assert self._process is not None, "it has been started"  # noqa: S101 - for the types
        try:
            yield self._process
        except DefectError:
            self._end()
            raise

    def rest(self) -> None:
        """End the process; another starts with the next job."""
        self._end()

    def _end(self) -> None:
        if self._process is not None:
            self._process.end()
            self._process = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._end()


class _Process:
    """One process, from its start to its end."""

    def __init__(self, first: ConfinedJob) -> None:
        self.jobs = 0
        self._confinement: Confinement | None = None
        self._late = False
        # -I: neither the environment nor the current folder decides what is imported. Nothing of ours is inherited.
        self._child = subprocess.Popen(  # noqa: S603 - our own interpreter and program
            [sys.executable, "-I", "-c", _PROGRAM, _PACKAGE_FOLDER, str(os.getpid()), first.module, first.prepare],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={},
        )
        self._watchdog = Watchdog(self._expire)

    def confinement(self) -> Confinement:
        """How the process is confined, as it says when it is ready."""
        if self._confinement is None:
            with self._watchdog.within(LIMIT_START_S):
                answer = self._answer()
            if not isinstance(answer, Ready):
                raise DefectError("no confined process could be started on this machine")
            self._confinement = answer.confinement
        return self._confinement

    def ask(self, job: ConfinedJob, arguments: Iterable[object]) -> Done:
        """The answer to a job. One of ``REFUSALS`` when its function raised it, DefectError when there is no answer."""
        self.jobs += 1
        encoded = [msgspec.msgpack.encode(argument) for argument in arguments]
        limits = job.limits.of(sum(map(len, encoded)))
        order = Order(job.function, limits, tuple(map(msgspec.Raw, encoded)))
        with self._watchdog.within(limits.deadline_s):
            answer = self._answer(order)
        match answer:
            case Done():
                return answer
            case Refused(error, message) if error in REFUSALS:
                raise REFUSALS[error](message)
            case Fell("MemoryError"):
                raise DefectError(f"it takes more than {limits.memory_bytes // 1024**2} MiB of memory")
            case Fell(error, where):
                raise DefectError(f"{error} in {where}")
        raise DefectError(self._ending(limits))

    def _answer(self, order: Order | None = None) -> Answer | None:
        """What the process says, after an order if there is one; ``None`` when it says nothing that is an answer."""
        assert self._child.stdin is not None and self._child.stdout is not None  # noqa: S101 - they are pipes
        try:
            if order is not None:
                send(order, self._child.stdin)
            answer: Answer = _decoded(receive(self._child.stdout), Answer)
        except (BrokenPipeError, DefectError):  # The child has ended, or is not ours any more.
            return None
        return answer

    def _expire(self) -> None:
        self._late = True
        self._child.kill()

    def _ending(self, limits: JobLimits) -> str:
        """Why the process gave no answer to a job."""
        try:
            code = self._child.wait(LIMIT_END_S)
        except subprocess.TimeoutExpired:  # It lives, and said something else.
            code = 0
        if self._late:
            return f"it takes more than {counted(limits.deadline_s, 'second')}"
        if -code == getattr(signal, "SIGXCPU", None):
            return f"it takes more than {counted(limits.processor_s, 'second')} of processor time"
        if code < 0:
            return f"a library crashed, perhaps for want of memory ({signal.Signals(-code).name})"
        return "the confined process did not answer"

    def end(self) -> None:
        """End the process, whatever it is doing."""
        self._watchdog.end()
        self._child.kill()
        for pipe in (self._child.stdin, self._child.stdout):
            if pipe is not None:
                with contextlib.suppress(BrokenPipeError):
                    pipe.close()
        self._child.wait()


def _decoded(data: bytes | msgspec.Raw, of: Any) -> Any:
    """The value that the process sent. DefectError when it is of another type, or so deep that it is none."""
    try:
        return msgspec.msgpack.decode(data, type=of)
    except (msgspec.MsgspecError, RecursionError, ValueError) as error:
        raise DefectError("the confined process answered something else") from error

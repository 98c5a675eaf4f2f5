"""What a run says while it works: events, and which of them are warnings."""

import datetime as dt
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Literal, TypeAlias

from publisher.model.blocks import Value

Stage: TypeAlias = Literal[
    "start", "recover", "read", "select", "compile", "make", "check", "publish", "record", "shelf", "deliver", "end"
]
Result: TypeAlias = Literal["ok", "in", "out", "warning", "failed"]


class Event(Value, frozen=True, kw_only=True):
    """One thing that happened."""

    time: dt.datetime
    """Aware."""

    stage: Stage
    outcome: Result
    message: str
    article: str | None = None
    """Its headline."""

    seconds: float | None = None
    code: str | None = None
    """Of a problem, a finding or an omission."""


class Log:
    """Passes events on as they happen, and remembers the warnings."""

    def __init__(self, clock: Callable[[], dt.datetime], listener: Callable[[Event], None]) -> None:
        self._clock = clock
        self._listener = listener
        self.warnings: list[str] = []

    def say(
        self,
        stage: Stage,
        message: str,
        outcome: Result = "ok",
        *,
        article: str | None = None,
        seconds: float | None = None,
        code: str | None = None,
    ) -> None:
        """Pass an event on."""
        rounded = None if seconds is None else round(seconds, 3)
        self._listener(
            Event(
                time=self._clock(),
                stage=stage,
                outcome=outcome,
                message=message,
                article=article,
                seconds=rounded,
                code=code,
            )
        )

    def warn(self, stage: Stage, message: str, *, article: str | None = None, code: str | None = None) -> None:
        """Pass an event on for which somebody should look at the issue."""
        self.warnings.append(message)
        self.say(stage, message, "warning", article=article, code=code)

    @contextmanager
    def timed(self, stage: Stage, message: str) -> Iterator[None]:
        """Say afterwards how long the block took."""
        start = time.monotonic()
        yield
        self.say(stage, message, seconds=time.monotonic() - start)

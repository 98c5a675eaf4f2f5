"""Confined processes that stay: one for each thread that does what others order, in processes that executors start."""

import threading
from typing import Any

from publisher.confinement.jobs import ConfinedJob
from publisher.confinement.worker import Worker

_own = threading.local()
"""Of each thread, since a confined process ends with the thread that started it."""


def do(job: ConfinedJob, *arguments: object) -> Any:
    """What the job gives, as ``Worker.do``, in the confined process that this thread has for it."""
    if not hasattr(_own, "workers"):
        _own.workers = {}
    worker: Worker = _own.workers.setdefault(job.function, Worker({job.function: job}))
    return worker.do(job.function, *arguments)

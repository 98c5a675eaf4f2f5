"""A Dask cluster on this machine for the tests of a module: it takes seconds to start."""

import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import dask
import yaml
from distributed import LocalCluster

ROOT = Path(__file__).parents[2]

SETTINGS = {"distributed.scheduler.allowed-failures": 0, "distributed.logging.distributed": "critical"}


def advised() -> dict[str, Any]:
    """The settings of Dask that the documentation has an office set."""
    (block,) = re.findall(r"```yaml\n(.*?)```", (ROOT / "docs/archive.md").read_text(encoding="utf-8"), re.DOTALL)
    settings: dict[str, Any] = yaml.safe_load(block)
    return settings


@contextmanager
def local_cluster(workers: int = 2) -> Iterator[LocalCluster]:
    """So many workers, each a process with one thread, which a nanny replaces when it ends."""
    with (
        dask.config.set(dask.config.merge(dask.config.config, advised())),
        dask.config.set(SETTINGS),
        LocalCluster(
            n_workers=workers, threads_per_worker=1, dashboard_address="127.0.0.1:0", silence_logs=50
        ) as cluster,
    ):
        yield cluster


class RunningScheduler:
    """A scheduler and a worker that run as programs, as in an office, the scheduler at one port."""

    def __init__(self, port: int, folder: Path) -> None:
        self.address = f"tcp://127.0.0.1:{port}"
        self._port = str(port)
        self._folder = folder
        self.start()

    def start(self) -> None:
        host = ("--host", "127.0.0.1", "--port", self._port, "--no-dashboard")
        self._process = program(self._folder, "distributed.cli.dask_scheduler", *host)
        one = ("--nthreads", "1", "--no-dashboard")
        self._worker = program(self._folder, "distributed.cli.dask_worker", self.address, *one)

    def end(self) -> None:
        """End it as a crash does. Its worker ends by itself then, as Dask has it."""
        self._process.kill()
        self._process.wait()
        self._worker.terminate()
        self._worker.wait()

    def again(self) -> None:
        """End it, and start it with another worker, as whatever runs both does."""
        self.end()
        self.start()


def program(folder: Path, module: str, *arguments: str) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        [sys.executable, "-m", module, *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


@contextmanager
def running(folder: Path) -> Iterator[tuple[RunningScheduler, str]]:
    """A scheduler with a worker, and its address."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    scheduler = RunningScheduler(port, folder)
    try:
        yield scheduler, scheduler.address
    finally:
        scheduler.end()

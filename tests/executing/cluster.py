"""A Dask cluster on this machine for the tests of a module: it takes seconds to start."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import dask
from distributed import LocalCluster

SETTINGS = {"distributed.scheduler.allowed-failures": 0, "distributed.logging.distributed": "critical"}


@contextmanager
def local_cluster(workers: int = 2) -> Iterator[LocalCluster]:
    """So many workers, each a process with one thread, which a nanny replaces when it ends."""
    with (
        dask.config.set(SETTINGS),
        LocalCluster(
            n_workers=workers, threads_per_worker=1, dashboard_address="127.0.0.1:0", silence_logs=50
        ) as cluster,
    ):
        yield cluster


class RunningScheduler:
    """A scheduler that runs as a program, as in an office, at one port."""

    def __init__(self, port: int, folder: Path) -> None:
        self.address = f"tcp://127.0.0.1:{port}"
        self._command = ("distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard")
        self._folder = folder
        self._process = program(folder, *self._command)

    def end(self) -> None:
        self._process.kill()
        self._process.wait()

    def again(self) -> None:
        """End it as a crash does, and start it anew."""
        self.end()
        self._process = program(self._folder, *self._command)


def program(folder: Path, module: str, *arguments: str) -> "subprocess.Popen[bytes]":
    root = str(Path(__file__).parents[2])
    return subprocess.Popen(
        [sys.executable, "-m", module, *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": root},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


@contextmanager
def running(folder: Path) -> Iterator[tuple[RunningScheduler, str]]:
    """A scheduler and a worker that looks for it, whenever it is there, as programs; and its address."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    scheduler = RunningScheduler(port, folder)
    worker = program(folder, "distributed.cli.dask_worker", scheduler.address, "--nthreads", "1", "--no-dashboard")
    try:
        yield scheduler, scheduler.address
    finally:
        worker.terminate()
        worker.wait()
        scheduler.end()

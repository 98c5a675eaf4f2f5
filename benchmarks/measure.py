"""What a whole process costs: seconds from its start to its end, seconds of processor time, and memory at its peak."""

import os
import re
import resource
import statistics
import subprocess
import threading
import time
from collections.abc import Container, Mapping, Sequence
from pathlib import Path

SAMPLED_EVERY_S = 0.04
"""Reading a few small files of /proc so often costs under one percent, and an engine's memory grows over seconds."""

SHARED_EVERY_S = 0.5
"""Which pages processes share takes some milliseconds for each to find out: so often, and whenever a peak may be."""

_STEP_BYTES = 4 * 1024**2

ROOT = Path(__file__).parent.parent
"""Commands run in the checkout, so that ``python -m publisher`` is the one beside these files."""

_PAGE_BYTES = os.sysconf("SC_PAGE_SIZE")


class Run:
    """One run of a command.

    ``seconds`` of wall clock; ``cpu_seconds`` of all its processes, which other work on the machine does not change
    much; ``peak_bytes`` resident in the tree of its processes, of which what several share counts once. It ends with
    one of the codes ``expected``, or all ends.
    """

    def __init__(self, command: Sequence[str | Path], expected: Container[int] = (0,)) -> None:
        self.seconds = 0.0
        self.peak_bytes = 0
        cpu_before = _cpu_of_children()
        started = time.perf_counter()
        child = subprocess.Popen(
            [str(part) for part in command], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        ended = threading.Event()
        watcher = threading.Thread(target=self._watch, args=(child.pid, ended))
        watcher.start()
        output, complaint = child.communicate()
        self.output = output.decode()
        self.seconds = time.perf_counter() - started
        self.cpu_seconds = _cpu_of_children() - cpu_before
        ended.set()
        watcher.join()
        if child.returncode not in expected:
            raise SystemExit(f"{' '.join(map(str, command))}: {complaint.decode(errors='replace').strip()[-2000:]}")

    def _watch(self, root: int, ended: threading.Event) -> None:
        highest, looked = 0, 0.0
        while not ended.wait(SAMPLED_EVERY_S):
            processes = tree(root)
            together, now = sum(map(_resident, processes)), time.monotonic()
            # What is shared counts again for each here: never less than what is looked for.
            may_be_peak = together > self.peak_bytes and now - looked > SHARED_EVERY_S
            if may_be_peak or together > highest + _STEP_BYTES:
                highest, looked = max(highest, together), now
                self.peak_bytes = max(self.peak_bytes, sum(map(_proportional, processes)))


class Cost:
    """The medians of several runs of one command, and what it printed: the same each time."""

    def __init__(self, runs: Sequence[Run]) -> None:
        self.output = runs[0].output
        self.seconds = statistics.median(run.seconds for run in runs)
        self.cpu_seconds = statistics.median(run.cpu_seconds for run in runs)
        self.peak_bytes = statistics.median(run.peak_bytes for run in runs)


def compare(commands: Mapping[str, Sequence[str | Path]], rounds: int) -> dict[str, Cost]:
    """The cost of each command: all of them once a round, so that a busy spell of the machine falls on all alike."""
    runs: dict[str, list[Run]] = {name: [] for name in commands}
    for _ in range(rounds):
        for name, command in commands.items():
            runs[name].append(Run(command))
    return {name: Cost(each) for name, each in runs.items()}


def _cpu_of_children() -> float:
    """Of those that have ended and were waited for, their own such children included."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def tree(root: int) -> list[int]:
    """The process and all its descendants that live at this moment."""
    found = [root]
    for process in found:
        for tasks in _listing(Path(f"/proc/{process}/task")):
            found += map(int, _text(tasks / "children").split())
    return found


def _listing(folder: Path) -> list[Path]:
    try:
        return list(folder.iterdir())
    except OSError:  # The process has ended.
        return []


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="ascii")
    except OSError:
        return ""


def _resident(process: int) -> int:
    fields = _text(Path(f"/proc/{process}/statm")).split()
    return int(fields[1]) * _PAGE_BYTES if fields else 0


def _proportional(process: int) -> int:
    """What is resident, a page that so many processes share by so many; where that is not known, what is resident."""
    rolled = _text(Path(f"/proc/{process}/smaps_rollup"))
    found = re.search(r"^Pss:\s+(\d+) kB", rolled, re.MULTILINE)
    return int(found[1]) * 1024 if found else _resident(process)

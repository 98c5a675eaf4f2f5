"""Steps in other processes of this machine."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from publisher.executing.processes import Processes
from tests.executing import steps


@pytest.fixture(scope="module")
def processes() -> Iterator[Processes]:
    with Processes(2) as started:
        yield started


def test_results_come_in_order_from_as_many_processes_as_there_may_be(processes: Processes) -> None:
    assert list(processes.map(steps.squared, range(40), 3)) == [number * number for number in range(40)]
    pids = set(processes.map(steps.whose, range(40), 1))
    assert len(pids) <= 2
    assert os.getpid() not in pids


def test_those_that_rest_have_ended_and_others_go_on(processes: Processes) -> None:
    before = set(processes.map(steps.whose, range(40), 1))

    processes.rest()

    assert not any(Path(f"/proc/{pid}").exists() for pid in before)
    assert before.isdisjoint(processes.map(steps.whose, range(40), 1))


@pytest.mark.campaign
def test_a_process_that_ends_over_a_value_costs_that_value(processes: Processes) -> None:
    assert list(processes.map(steps.POISONED, range(40), 10)) == steps.SQUARES_BUT_POISON


def test_one_that_ends_by_chance_costs_nothing(processes: Processes, tmp_path: Path) -> None:
    results = list(processes.map(partial(steps.ending_once, tmp_path), range(40), 10))

    assert results == [number * number for number in range(40)]


def test_an_exception_of_the_step_is_the_callers(processes: Processes) -> None:
    with pytest.raises(ValueError, match=r"^there is no 0$"):
        list(processes.map(steps.refusing, range(4), 2))


def test_no_more_is_in_flight_than_is_handed_over_ahead(processes: Processes, tmp_path: Path) -> None:
    results = processes.map(partial(steps.counted_in, tmp_path), iter(range(1000)), 1)
    next(results)

    assert len(list(tmp_path.iterdir())) <= 8


PROGRAM = """
import sys
from publisher.executing.processes import Processes
from tests.executing import steps

if __name__ == "__main__":
    with Processes(1) as processes:
        print(next(processes.map(steps.whose, [1])), flush=True)
        sys.stdin.read()
"""


def test_they_end_with_who_started_them_however_that_ends(tmp_path: Path) -> None:
    program = tmp_path / "program.py"
    program.write_text(PROGRAM)
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    with subprocess.Popen(
        [sys.executable, program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment
    ) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        parent.send_signal(signal.SIGKILL)

    for _ in range(1000):
        if not Path(f"/proc/{child}").exists():
            break
        time.sleep(0.02)
    assert not Path(f"/proc/{child}").exists()

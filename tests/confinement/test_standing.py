"""A confined process stays for the next order of the thread that has it: here of a process that an executor starts."""

import os

import msgspec

from publisher.confinement.jobs import JOBS, ConfinedJob
from publisher.confinement.standing import do
from publisher.errors import DefectError
from publisher.executing.processes import Processes
from publisher.model import Source
from publisher.seams import Lost
from tests.cli.running import PAGE

SOURCE = Source(name="page.txt", data=PAGE.encode())
BROKEN = msgspec.structs.replace(JOBS["read"], function="builtins:eval")


def children() -> frozenset[int]:
    """The processes that this one has started."""
    with open(f"/proc/self/task/{os.getpid()}/children") as listed:  # noqa: PTH123 - no file is meant
        return frozenset(map(int, listed.read().split()))


def done(job: ConfinedJob) -> tuple[str, frozenset[int]]:
    """What comes of a job, and the processes that there are afterwards."""
    try:
        outcome = do(job, SOURCE, None, ()).articles[0].headline
    except DefectError:
        outcome = "it fell"
    return outcome, children()


def test_a_job_that_falls_costs_itself_and_the_others_are_done_in_one_process() -> None:
    headline = "Cầu Ngòi Thia thông xe sau ba năm thi công"
    with Processes(1) as processes:
        came = [
            each for each in processes.map(done, [JOBS["read"], BROKEN, JOBS["read"]]) if not isinstance(each, Lost)
        ]

    assert [outcome for outcome, _ in came] == [headline, "it fell", headline]
    assert came[0][1] == came[2][1] != frozenset()

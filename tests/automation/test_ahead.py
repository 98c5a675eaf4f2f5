"""Work done ahead in a copy of this process: its result, or none, and never a process that is left behind."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from publisher.automation.ahead import Ahead
from publisher.model import Finding, Look

LOOK = Look(
    form="PDF", summary="PDF 1.7", findings=(Finding(code="tiny-text", severity="note", message="m"),), claims=()
)


def is_there(process: int) -> bool:
    """Whether a child of ours is there, ended or not."""
    try:
        os.waitpid(process, os.WNOHANG)
    except ChildProcessError:
        return False
    return True


def test_what_the_copy_gives_is_what_it_would_give_here():
    assert Ahead(lambda: LOOK, Look).result() == LOOK


def test_it_is_done_in_a_process_of_its_own_that_is_gone_afterwards():
    process = Ahead(os.getpid, int).result()

    assert process not in (None, os.getpid())
    assert not is_there(process)


def test_more_than_a_pipe_holds_comes_whole():
    assert Ahead(lambda: "x" * 5_000_000, str).result() == "x" * 5_000_000


def fail():
    raise ValueError("never told here")


def end():
    os.kill(os.getpid(), signal.SIGKILL)


@pytest.mark.parametrize("work", [fail, end, lambda: os._exit(0), lambda: "no look"])
def test_work_that_fails_gives_nothing_and_says_nothing(work, capfd):
    assert Ahead(work, Look).result() is None
    assert capfd.readouterr() == ("", "")


def test_work_that_nobody_waits_for_is_ended(tmp_path: Path):
    ahead = Ahead(lambda: time.sleep(600), type(None))
    process = ahead._process

    ahead.end()
    ahead.end()

    assert not is_there(process)


def test_one_that_yields_takes_only_what_is_left():
    own = os.nice(0)

    assert Ahead(lambda: os.nice(0), int).result() == own
    assert Ahead(lambda: os.nice(0), int, yields=True).result() == 19


def test_the_copy_holds_nothing_open_that_was():
    reading, writing = os.pipe()

    def tried() -> bool:
        try:
            os.write(writing, b"x")
        except OSError:
            return False
        return True

    assert Ahead(tried, bool).result() is False
    os.close(reading)
    os.close(writing)


ALONE = """
import threading
from publisher.automation.ahead import can_be_ahead

ends = threading.Event()
print(can_be_ahead())
thread = threading.Thread(target=ends.wait)
thread.start()
print(can_be_ahead())
ends.set()
thread.join()
print(can_be_ahead())
"""


def test_a_process_with_other_threads_is_not_to_be_copied():
    run = subprocess.run([sys.executable, "-c", ALONE], capture_output=True, text=True, check=True)

    assert run.stdout.split() == ["True", "False", "True"]

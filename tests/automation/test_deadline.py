"""A run is ended when its time is over, whatever it waits for."""

import signal
import threading

import pytest

from publisher.automation.deadline import within
from publisher.errors import LateError, PublisherError

MESSAGE = "the run took longer than 0.1 seconds and was ended. The next one goes on."


def forgiving(wait):
    """What forgives every error of the thing that it waits for, as the boundary around a source does."""
    try:
        wait()
    except Exception as error:
        raise PublisherError from error


def test_what_waits_is_woken_and_no_boundary_holds_it_up():
    with pytest.raises(LateError) as raised, within(0.1):
        forgiving(lambda: threading.Event().wait(60))

    assert str(raised.value) == MESSAGE


def test_a_block_in_time_leaves_nothing_behind():
    before = signal.getsignal(signal.SIGALRM)

    with within(60):
        pass

    assert signal.getsignal(signal.SIGALRM) is before
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)


def test_an_error_of_the_block_is_its_own():
    with pytest.raises(PublisherError, match=r"^mine$"), within(60):
        raise PublisherError("mine")


def test_in_another_thread_it_takes_as_long_as_it_takes():
    done = []

    def work():
        with within(0.01):
            done.append(threading.Event().wait(0.05))

    thread = threading.Thread(target=work)
    thread.start()
    thread.join(20)

    assert done == [False]

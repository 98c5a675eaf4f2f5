"""Steps in threads of this process, which wait for others."""

import threading
from collections.abc import Callable

import pytest

from publisher.executing.threads import Threads, by_turns
from tests.executing import steps


def name_of(_: int) -> int:
    return threading.get_ident()


def test_results_come_in_order_from_as_many_threads_as_there_may_be() -> None:
    with Threads(2) as started:
        assert list(started.map(steps.squared, range(40), 3)) == [number * number for number in range(40)]
        names = set(started.map(name_of, range(40)))

    assert len(names) <= 2
    assert threading.get_ident() not in names


def test_those_that_rest_have_ended_and_others_go_on() -> None:
    before = threading.active_count()
    with Threads(2) as started:
        list(started.map(steps.squared, range(40)))
        started.rest()
        started.rest()

        assert threading.active_count() == before
        assert list(started.map(steps.squared, [3])) == [9]
    assert threading.active_count() == before


def test_an_exception_of_the_step_is_the_callers() -> None:
    with Threads(2) as started, pytest.raises(ValueError, match=r"^there is no 0$"):
        list(started.map(steps.refusing, range(4), 2))


def test_of_several_functions_each_is_called_by_one_thread_at_a_time() -> None:
    both = threading.Barrier(2)

    def watched(called: list[int]) -> Callable[[int], int]:
        def call(number: int) -> int:
            called.append(number)
            assert len(called) == 1
            both.wait(10)  # The other function is being called too.
            called.clear()
            return number

        return call

    call = by_turns([watched([]), watched([])])
    with Threads(4) as started:
        assert list(started.map(call, range(8))) == list(range(8))


def test_a_function_that_raised_is_called_again() -> None:
    call = by_turns([steps.refusing])

    for _ in range(2):
        with pytest.raises(ValueError, match="no 0"):
            call(0)

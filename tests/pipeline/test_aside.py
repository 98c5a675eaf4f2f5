"""What is done while something else is waited for."""

import threading

from publisher.pipeline.aside import aside


def test_works_are_done_in_another_thread_which_has_ended_when_the_block_is_left() -> None:
    begun, done, threads = threading.Event(), [], threading.active_count()

    def first() -> None:
        begun.wait()
        done.append(threading.current_thread() is threading.main_thread())

    with aside(first, lambda: done.append("second")):
        assert not done
        begun.set()

    assert done == [False, "second"]
    assert threading.active_count() == threads


def test_a_work_that_fails_is_left_and_the_next_is_done() -> None:
    done = []

    with aside(lambda: 1 / 0, lambda: done.append("second")):
        pass

    assert done == ["second"]


def test_what_is_given_meanwhile_is_done_too_before_the_block_is_left() -> None:
    done = []

    with aside() as do:
        do(lambda: done.append("first"))
        do(lambda: done.append("second"))

    assert done == ["first", "second"]


def test_without_a_work_there_is_no_thread() -> None:
    threads = threading.active_count()

    with aside():
        assert threading.active_count() == threads

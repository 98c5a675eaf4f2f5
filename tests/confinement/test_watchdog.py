"""What takes too long is noticed, by one thread for all of it."""

import threading
from collections.abc import Iterator

import pytest

from publisher.confinement.watchdog import Watchdog

LONG_S, SHORT_S = 60, 0.02


class Watched:
    """A watchdog, and whether it has called."""

    def __init__(self) -> None:
        self.called = threading.Event()
        self.watchdog = Watchdog(self.called.set)


@pytest.fixture
def watched() -> Iterator[Watched]:
    watched = Watched()
    yield watched
    watched.watchdog.end()


def test_what_passes_its_deadline_is_told_of(watched: Watched) -> None:
    with watched.watchdog.within(SHORT_S):
        assert watched.called.wait(LONG_S)


def test_what_is_over_in_time_is_not(watched: Watched) -> None:
    with watched.watchdog.within(SHORT_S):
        pass

    assert not watched.called.wait(3 * SHORT_S)


def test_a_deadline_that_comes_before_the_last_one_is_kept(watched: Watched) -> None:
    with watched.watchdog.within(LONG_S):
        pass
    with watched.watchdog.within(SHORT_S):
        assert watched.called.wait(LONG_S)


def test_a_deadline_that_comes_after_the_last_one_is_kept(watched: Watched) -> None:
    with watched.watchdog.within(SHORT_S):
        pass
    with watched.watchdog.within(3 * SHORT_S):
        assert watched.called.wait(LONG_S)


def test_one_thread_watches_all_that_is_done() -> None:
    before = threading.active_count()
    watchdog = Watchdog(pytest.fail)

    for _ in range(3):
        with watchdog.within(LONG_S):
            assert threading.active_count() == before + 1
    watchdog.end()
    assert threading.active_count() == before

"""Who makes a step fail that takes all at once is found, and nobody is blamed who does not."""

import re
from collections.abc import Callable, Sequence

import pytest

from publisher.errors import InputError, RenderingError, ThemeError
from publisher.pipeline.culprits import culprits, sifted


def stumbling(bad: set[int], error: Exception, tries: list[int] | None = None) -> Callable[[Sequence[int]], int]:
    """A step that fails with any of those, and notes with how many it was tried."""

    def step(items: Sequence[int]) -> int:
        if tries is not None:
            tries.append(len(items))
        if bad & set(items):
            raise error
        return sum(items)

    return step


@pytest.mark.parametrize("error", [ThemeError("odd"), RenderingError("odd")], ids=lambda error: type(error).__name__)
@pytest.mark.parametrize("bad", [{0}, {99}, {50}, {3, 4, 71}, set(range(0, 100, 7))])
def test_of_a_hundred_those_are_found_that_fail(bad: set[int], error: Exception) -> None:
    assert culprits(range(100), stumbling(bad, error)) == dict.fromkeys(sorted(bad), "odd")


def test_what_is_no_error_of_ours_is_told_with_its_place() -> None:
    made, failed = sifted(range(4), stumbling({2}, RecursionError()))

    assert made == 0 + 1 + 3
    assert list(failed) == [2]
    assert re.fullmatch(r"RecursionError in pipeline/culprits\.py, line \d+", failed[2])


def test_one_among_a_hundred_costs_a_dozen_tries_with_ever_fewer() -> None:
    tries: list[int] = []

    assert list(culprits(range(100), stumbling({57}, ThemeError("odd"), tries))) == [57]
    assert len(tries) <= 16
    assert sum(tries) <= 200 + 16


def test_a_step_that_fails_with_each_is_broken_itself() -> None:
    """A broken theme is told of as ever, at once, and not as a hundred broken articles."""
    tries: list[int] = []

    with pytest.raises(ThemeError, match="broken"):
        sifted(range(100), stumbling(set(range(100)), ThemeError("broken"), tries))

    assert tries == [100, 1, 1, 1]


def test_what_fails_only_with_many_together_is_nobodys_fault() -> None:
    def step(items: Sequence[int]) -> None:
        if len(items) > 30:
            raise MemoryError

    with pytest.raises(MemoryError):
        sifted(range(100), step)


def test_an_exception_that_nobody_is_to_blame_for_stays_what_it_was() -> None:
    error = ZeroDivisionError()

    with pytest.raises(ZeroDivisionError) as caught:
        sifted([1], stumbling({1}, error))

    assert caught.value is error


def test_an_error_of_input_is_no_fault_of_an_article() -> None:
    tries: list[int] = []

    with pytest.raises(InputError, match="nothing"):
        sifted([1, 2, 3, 4], stumbling({2}, InputError("nothing"), tries))

    assert tries == [4]

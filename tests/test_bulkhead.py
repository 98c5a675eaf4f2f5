"""Whatever goes wrong inside is one error of ours."""

import re

import pytest

from publisher.bulkhead import bulkhead, last_bulkhead, place_of
from publisher.errors import DefectError, InputError, PublisherError, ThemeError
from publisher.reading import read


@pytest.mark.parametrize(
    "error", [ValueError("x"), RecursionError(), MemoryError(), KeyError("x"), AssertionError(), UnicodeError("x")]
)
def test_an_exception_is_a_defect_that_says_where(error: Exception) -> None:
    with pytest.raises(DefectError) as caught, bulkhead():
        raise error

    assert str(caught.value).startswith(f"{type(error).__name__} in bulkhead.py, line ")
    assert caught.value.__cause__ is error


@pytest.mark.parametrize("error", [InputError("empty"), ThemeError("broken"), DefectError("late"), PublisherError()])
def test_an_error_of_ours_keeps_its_meaning(error: PublisherError) -> None:
    with pytest.raises(PublisherError) as caught, bulkhead():
        raise error

    assert caught.value is error


@pytest.mark.parametrize("exit_", [KeyboardInterrupt, SystemExit])
def test_who_ends_the_program_ends_it(exit_: type[BaseException]) -> None:
    with pytest.raises(exit_), bulkhead():
        raise exit_


@pytest.mark.parametrize("error", [ValueError("x"), RecursionError(), OSError("x"), AssertionError()])
def test_what_fails_as_a_whole_is_told_in_one_line(error: Exception) -> None:
    with pytest.raises(DefectError) as caught, last_bulkhead():
        raise error

    assert re.fullmatch(
        rf"a fault of ours ended this: {type(error).__name__} in bulkhead\.py, line \d+\. "
        r"Report it together with the input",
        str(caught.value),
    )


@pytest.mark.parametrize("error", [InputError("empty"), MemoryError(), BrokenPipeError(), KeyboardInterrupt()])
def test_what_is_no_fault_of_ours_is_not_called_one(error: BaseException) -> None:
    with pytest.raises(type(error)) as caught, last_bulkhead():
        raise error

    assert caught.value is error


def test_the_place_is_the_last_line_of_ours() -> None:
    with pytest.raises(AttributeError) as caught:
        read("no source")  # type: ignore[arg-type]

    assert place_of(caught.value).startswith("reading/")

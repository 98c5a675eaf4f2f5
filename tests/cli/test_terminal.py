"""What is printed of many things at once."""

from publisher.cli.terminal import SEVERAL, grouped
from publisher.model import PROBLEM_CODES


def test_a_few_lines_of_a_code_stay_as_they_are_together_at_the_place_of_the_first():
    said = [("one", "a [one]"), ("two", "b [two]"), ("one", "c [one]"), (None, "d"), (None, "e"), ("one", "f [one]")]

    assert grouped(said) == ["a [one]", "c [one]", "f [one]", "b [two]", "d", "e"]


def test_more_of_one_code_are_one_line_that_counts_them_and_names_the_first():
    said = [(None, "d"), *(("one", f"page {number} [one]") for number in range(43)), ("two", "b [two]")]

    assert grouped(said) == ["d", "43 of one kind: page 0; page 1; page 2; and 40 more [one]", "b [two]"]


def test_what_many_problems_have_in_common_is_said():
    said = [("missing-picture", f"page {number} [missing-picture]") for number in range(43)]

    assert grouped(said) == ["43 pictures are missing: page 0; page 1; page 2; and 40 more [missing-picture]"]


def test_nothing_is_said_of_codes_that_no_problem_has():
    assert SEVERAL.keys() - PROBLEM_CODES.keys() == set()


def test_lines_without_a_code_are_of_no_kind():
    assert grouped([(None, "d")] * 5) == ["d"] * 5

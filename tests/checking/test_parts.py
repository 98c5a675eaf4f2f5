"""A check within its time, and parts that fail alone."""

from collections.abc import Iterator

import pytest

from publisher.checking import check
from publisher.checking.budget import Budget, OutOfTimeError
from publisher.checking.epub import look_at_epub
from publisher.checking.parts import cut_short, findings_of
from publisher.checking.pdf import look_at_pdf
from publisher.errors import DefectError
from publisher.model import Finding, Look, Severity
from tests.checking.conftest import made


def found(code: str, severity: Severity, message: str) -> Finding:
    return Finding(code=code, severity=severity, message=message)


SEEN = found("no-cover", "note", "seen before")


def failing(error: BaseException) -> Iterator[Finding]:
    yield SEEN
    raise error


@pytest.mark.parametrize("error", [KeyError("x"), RecursionError(), MemoryError(), AssertionError(), OSError()])
def test_a_part_that_fails_costs_no_more_than_the_rest_of_itself(error: Exception) -> None:
    findings = list(findings_of(lambda: failing(error), "the styles of the book", Budget(0), found))

    message = f"the check of the styles of the book failed ({type(error).__name__}); its other parts went on"
    assert findings == [SEEN, found("part-failed", "warning", message)]


def test_what_is_the_files_fault_is_damaged() -> None:
    findings = list(findings_of(lambda: failing(ValueError("odd")), "page 1", Budget(0), found, malformed=str))

    assert findings == [SEEN, found("damaged", "warning", "not all could be looked at: odd")]


def test_an_interruption_goes_through() -> None:
    with pytest.raises(KeyboardInterrupt):
        list(findings_of(lambda: failing(KeyboardInterrupt()), "page 1", Budget(0), found))


def test_what_was_passed_over_is_named() -> None:
    budget = Budget(0)
    findings = [*findings_of(lambda: failing(OutOfTimeError()), "page 1", budget, found)]
    late = Budget(0, seconds=-1)
    late.passed_over = budget.passed_over
    for page in range(2, 9):
        findings += findings_of(lambda: failing(OutOfTimeError()), f"page {page}", late, found)

    assert findings == [SEEN]
    assert [finding.message for finding in cut_short(budget, found)] == [
        "the 8 seconds that a file of its size may take are over: the rest of page 1, page 2, page 3, page 4, page 5 "
        "and 3 more were not looked at"
    ]


def test_a_check_in_time_passes_nothing_over() -> None:
    assert list(cut_short(Budget(0), found)) == []


@pytest.mark.parametrize(("size", "seconds"), [(0, 8.0), (2**20, 23.0), (2**40, 300.0)])
def test_time_goes_by_the_size_of_the_file(size: int, seconds: float) -> None:
    assert Budget(size).seconds == seconds


def test_a_pdf_out_of_time_is_said_to_be_cut_short() -> None:
    look = look_at_pdf(made(".pdf", "brief"), "a.pdf", budget=Budget(0, seconds=-1))

    (finding,) = [each for each in look.findings if each.code == "cut-short"]
    assert finding.severity == "warning"
    assert finding.message.startswith("the -1 seconds that a file of its size may take are over: page 1, page 2, ")


def test_a_book_out_of_time_is_said_to_be_cut_short() -> None:
    look = look_at_epub(made(".epub", "brief"), "a.epub", budget=Budget(0, seconds=-1))

    assert [each.code for each in look.findings] == ["cut-short"]
    assert "the package of the book, the metadata of the book" in look.findings[0].message


def test_a_file_that_makes_the_check_fail_is_refused_in_one_line() -> None:
    def fail(*_arguments: object) -> Look:
        raise DefectError("it takes more than 20 seconds of processor time")

    with pytest.raises(DefectError) as caught:
        check(b"PK\x03\x04", "a.epub", looker=fail)
    assert str(caught.value) == (
        "cannot check a.epub: it makes the check fail (it takes more than 20 seconds of processor time). "
        "Report it, with the file."
    )

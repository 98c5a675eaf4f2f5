"""Reports that are kept, and those that are not."""

import sys
from pathlib import Path

import pytest

from publisher.automation.memo import Memo
from publisher.automation.memo.cache import Cache
from publisher.automation.memo.reports import report_on
from publisher.checking import Validators
from tests.checking.conftest import made


def test_a_file_is_checked_once_where_no_validator_is_installed(tmp_path: Path) -> None:
    memo = Memo(Cache(tmp_path))

    first, second = (report_on(memo, made(".epub", "brief"), "a.epub", frozenset(), Validators()) for _ in range(2))

    assert first == second
    assert memo.found == 1


def test_a_validator_that_gave_no_verdict_is_asked_again(tmp_path: Path) -> None:
    asked = tmp_path / "asked"
    program = tmp_path / "epubcheck.py"
    program.write_text(f"open({str(asked)!r}, 'a').write('asked\\n'); raise SystemExit('out of memory')")
    validators = Validators(epubcheck=(sys.executable, str(program)))
    memo = Memo(Cache(tmp_path / "cache"))

    reports = [report_on(memo, made(".epub", "brief"), "a.epub", frozenset(), validators) for _ in range(2)]

    assert [report.is_open for report in reports] == [True, True]
    assert asked.read_text() == "asked\nasked\n"
    assert list(tmp_path.glob("cache/reports/*/*")) == []


@pytest.mark.parametrize(
    "otherwise",
    [
        pytest.param({"name": "b.epub"}, id="under another name"),
        pytest.param({"purposes": frozenset({"press"})}, id="for a press"),
        pytest.param({"validators": None}, id="by no validator"),
    ],
)
def test_what_is_asked_otherwise_is_checked_again(tmp_path: Path, otherwise: dict[str, object]) -> None:
    """A report that stood for another question would say that a file is good which nobody looked at."""
    memo = Memo(Cache(tmp_path))
    asked = {"data": made(".epub", "brief"), "name": "a.epub", "purposes": frozenset(), "validators": Validators()}
    report_on(memo, **asked)

    report_on(memo, **{**asked, **otherwise})

    assert len(list(tmp_path.glob("reports/*/*"))) == 2

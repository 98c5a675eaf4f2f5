"""What the reading tests share."""

from collections.abc import Callable
from pathlib import Path

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--accept`` renews the expected files of the cases: read the diff before committing it."""
    parser.addoption("--accept", action="store_true", default=False, help="renew tests/reading/cases/*/expected.json")


@pytest.fixture
def holds(request: pytest.FixtureRequest) -> Callable[[Path, str], None]:
    """Asserts that the expected file of a case holds a text; when it is to be renewed, it does from now on."""
    renewed = request.config.getoption("--accept", default=False)

    def check(expected: Path, got: str) -> None:
        if renewed:
            expected.write_text(got, encoding="utf-8")
        assert got == expected.read_text(encoding="utf-8")

    return check

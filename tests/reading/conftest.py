"""What the reading tests share."""

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--accept`` renews the expected files of the cases: read the diff before committing it."""
    parser.addoption("--accept", action="store_true", default=False, help="renew tests/reading/cases/*/expected.json")


@pytest.fixture
def accept(request: pytest.FixtureRequest) -> bool:
    """Whether the expected files are to be renewed."""
    return bool(request.config.getoption("--accept", default=False))

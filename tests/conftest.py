"""What all tests share."""

from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def examples() -> Path:
    """The folder of our own example pages."""
    return ROOT / "examples"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real pages that lies beside the checkout on some machines."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("the real pages (../shared) are not here")
    return folder

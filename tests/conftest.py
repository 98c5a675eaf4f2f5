"""What all tests share."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings

ROOT = Path(__file__).parent.parent

# A loaded machine is no failure; and where changes are judged, the same change must always get the same verdict.
settings.register_profile(
    "suite", deadline=None, derandomize="CI" in os.environ, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("suite")
# Of a change it is asked whether a test fails, always alike, and not by which smallest example.
settings.register_profile(
    "mutants",
    settings.get_profile("suite"),
    derandomize=True,
    database=None,
    max_examples=25,
    phases=(Phase.explicit, Phase.generate),
)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the campaigns to who asks for them: they take long, and seldom find what the short form does not."""
    if "campaign" in config.option.markexpr:
        return
    campaigns = [item for item in items if item.get_closest_marker("campaign")]
    config.hook.pytest_deselected(items=campaigns)
    items[:] = [item for item in items if item not in campaigns]


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

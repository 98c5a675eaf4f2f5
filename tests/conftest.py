"""What all tests share."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings

from tests.ready import standing
from tests.validators.judge import judges

ROOT = Path(__file__).parent.parent

# A loaded machine is no failure; and the same change always gets the same verdict.
settings.register_profile("suite", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("suite")
# Other inputs each time, and more of them: make campaign.
settings.register_profile("campaign", settings.get_profile("suite"), derandomize=False, max_examples=400)
# Of a change it is asked whether a test fails, always alike, and not by which smallest example.
settings.register_profile(
    "mutants",
    settings.get_profile("suite"),
    derandomize=True,
    database=None,
    max_examples=25,
    phases=(Phase.explicit, Phase.generate),
)


def pytest_configure(config: pytest.Config) -> None:
    """Have the validators in the one process that starts the others, if any."""
    if not hasattr(config, "workerinput"):
        judging = contextlib.ExitStack()
        judging.enter_context(judges())
        config.add_cleanup(judging.close)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the campaigns to who asks for them: they take long, and seldom find what the short form does not."""
    if "campaign" in config.option.markexpr:
        return
    campaigns = [item for item in items if item.get_closest_marker("campaign")]
    config.hook.pytest_deselected(items=campaigns)
    items[:] = [item for item in items if item not in campaigns]


@pytest.fixture(scope="session", autouse=True)
def _ready() -> Iterator[None]:
    with standing():
        yield


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

"""What all tests share."""

import contextlib
import gc
import zlib
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings

from tests.ready import standing
from tests.validators.judge import judges

ROOT = Path(__file__).parent.parent

# A loaded machine is no failure; and the same change always gets the same verdict.
settings.register_profile(
    "suite", max_examples=30, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
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


def pytest_collection_finish() -> None:
    """Have garbage looked for seldom, and not among the tests: the engine makes objects by the million."""
    gc.freeze()
    gc.set_threshold(50_000)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the campaigns to who asks for them: they take long, and seldom find what the short form does not."""
    campaigns = {item for item in items if item.get_closest_marker("campaign")}
    left_out = _not_of_the_sample([item for item in items if item not in campaigns])
    if "campaign" in config.option.markexpr:
        for item in left_out:
            item.add_marker("campaign")
        return
    campaigns |= left_out
    config.hook.pytest_deselected(items=list(campaigns))
    items[:] = [item for item in items if item not in campaigns]


def _not_of_the_sample(items: list[pytest.Item]) -> set[pytest.Item]:
    """The forms of tests marked ``sample(n)`` but every n-th: of another place in each module, so that all are met."""
    forms = defaultdict(list)
    for item in items:
        if item.get_closest_marker("sample"):
            forms[item.nodeid.partition("[")[0]].append(item)
    left_out: set[pytest.Item] = set()
    for name, each in forms.items():
        (step,) = each[0].get_closest_marker("sample").args
        first = zlib.crc32(name.partition("::")[0].encode()) % min(step, len(each))
        left_out.update(set(each) - set(each[first::step]))
    return left_out


@pytest.fixture(scope="session", autouse=True)
def _ready() -> Iterator[None]:
    with standing():
        yield


@pytest.fixture(scope="session")
def scheduler() -> Iterator[str]:
    """The address of a Dask scheduler with one worker, which is started where a test asks for it: it takes seconds."""
    from tests.executing.cluster import local_cluster

    with local_cluster(1) as workers:
        yield workers.scheduler_address


@pytest.fixture
def beside_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where what was worked out is kept beside the bytecode: a folder of the test's own, not there yet."""
    folder = tmp_path / "kept"
    monkeypatch.setattr("publisher.beside._folder", lambda: folder)
    monkeypatch.setattr("sys.dont_write_bytecode", False)
    return folder


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

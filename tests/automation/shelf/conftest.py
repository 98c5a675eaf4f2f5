"""A shelf of five issues over a New Year, refreshed and served."""

import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from publisher.automation.shelf import refresh_shelf
from publisher.automation.shelf.serving import Server
from tests.automation.shelf.shelves import cover, put_issue

WEEKS = {
    "2025-W51": "#7a2e1d",
    "2025-W52": "#325c3a",
    "2026-W01": "#4b3a6b",
    "2026-W11": "#806020",
    "2026-W12": "#14415f",
}


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Made once: each file that a refresh writes waits for the disk."""
    folder = tmp_path_factory.mktemp("finished")
    for week, colour in WEEKS.items():
        put_issue(folder, week, cover_data=cover(colour))
    refresh_shelf(folder)
    return folder


@pytest.fixture
def shelf(finished: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(finished, tmp_path / "shelf"))


@pytest.fixture
def log() -> list[str]:
    return []


@contextmanager
def serving(served: Server) -> Iterator[Server]:
    """The server at work, until the block ends."""
    with served:
        thread = threading.Thread(target=served.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield served
        finally:
            served.shutdown()
            thread.join()


@pytest.fixture
def server(shelf: Path, log: list[str]) -> Iterator[Server]:
    with serving(Server(shelf, "127.0.0.1", 0, log.append)) as served:
        yield served

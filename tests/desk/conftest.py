"""A desk that is open, for the tests of a module."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from publisher.desk.app import make_app
from publisher.desk.desk import Desk
from publisher.desk.guard import Guard, LastAsked
from tests.cli.running import PAGE
from tests.desk.browser import PORT, SAME, Browser

TOKEN, COOKIE = "token", "cookie"
WAIT_S = 60.0
LOOK_S = 0.02
PAUSE_S = 0.5
"""Most changes of a test are followed by another within that time: only pages that are waited for are laid out."""

SECOND = """\
Giá rau tăng nhẹ vì mưa kéo dài

Mưa kéo dài hai tuần làm giá rau ở các chợ đầu mối tăng nhẹ, theo các thương lái.

Ngày 18/10/2025, rau muống bán 12.000 đồng một bó. Người bán nói hàng về ít hơn tuần trước một phần ba.

Sở nói nguồn hàng sẽ đủ trở lại trong tuần sau.
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """A folder with two pages."""
    path = tmp_path_factory.mktemp("desk")
    (path / "cau.txt").write_text(PAGE, encoding="utf-8")
    (path / "rau.txt").write_text(SECOND, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def desk(folder) -> Iterator[Desk]:
    with Desk(folder, pause_s=PAUSE_S) as opened:
        yield opened


@pytest.fixture(scope="module")
def client(desk) -> Browser:
    """A browser that has opened the desk."""
    app = Guard(make_app(desk), token=TOKEN, cookie=COOKIE, port=PORT, asked=LastAsked())
    return Browser(app, headers=SAME, cookies={f"desk-{PORT}": COOKIE})


def until(what: Callable[[], object]) -> object:
    """What is given, once it is something: others work meanwhile."""
    for _ in range(int(WAIT_S / LOOK_S)):
        if found := what():
            return found
        time.sleep(LOOK_S)
    raise AssertionError("it did not come")

"""A digest that is mailed: each issue once to each reader, also when a server is down for a week."""

import msgspec
import pytest

from publisher.automation.digest import run
from publisher.automation.digest.outcome import Ending
from publisher.automation.mail.post import Post
from publisher.config import load_settings
from tests.automation.digest.test_digest import BRIDGE
from tests.automation.digests import NOW, SETTINGS, Desk, page
from tests.automation.mail.test_post import Server

MAIL = """
[mail]
host = "127.0.0.1"
port = {port}
security = "none"
sender = "Tuần tin <tin@example.org>"
[[mail.recipients]]
address = "may-doc@example.org"
"""


@pytest.fixture
def desk(tmp_path) -> Desk:
    desk = Desk(tmp_path, SETTINGS)
    desk.put("2026-W12", "cau.md", page(BRIDGE, "2026-03-17"))
    return desk


def posted(desk: Desk, port: int):
    """A run whose mail goes to a port of this machine, without a pause between its attempts."""
    desk.configure(SETTINGS + MAIL.format(port=port))
    by = msgspec.structs.replace(desk.surroundings(), post=Post(now=lambda: NOW, pause=lambda seconds: None))
    return run(load_settings(desk.folder / "digest.toml"), by)


def test_an_issue_is_sent_once(desk):
    with Server() as server:
        outcomes = [posted(desk, server.port) for _ in range(2)]

        assert [(each.ending, each.unsent) for each in outcomes] == [
            (Ending.PUBLISHED, ()),
            (Ending.ALREADY_PUBLISHED, ()),
        ]
        assert [recipients for _, recipients, _ in server.messages] == [["may-doc@example.org"]]


def test_what_could_not_be_sent_is_sent_by_the_next_run(desk):
    with Server() as server:
        port = server.port
    failed = posted(desk, port)
    with Server() as server:
        sent = posted(desk, server.port)

        assert (failed.ending, failed.unsent) == (Ending.PUBLISHED, ("may-doc@example.org",))
        assert (sent.ending, sent.unsent) == (Ending.ALREADY_PUBLISHED, ())
        assert len(server.messages) == 1

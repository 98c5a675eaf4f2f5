"""The file that monitors read: written whatever else lies beside it, which belongs to other series."""

import datetime as dt
import os

import pytest

from publisher.automation.digest.success import tell_success
from publisher.automation.issues.week import parse_week
from publisher.config import Settings, load_settings
from tests.automation.digests import NOW, Desk

WEEK = parse_week("2026-W12")


@pytest.fixture
def settings(tmp_path) -> Settings:
    return load_settings(Desk(tmp_path).folder / "digest.toml")


def test_what_a_killed_run_left_is_removed_and_what_another_is_writing_is_not(tmp_path, settings):
    limit = dt.timedelta(seconds=settings.policy.seconds)
    for name, began in ((".publisher-old.part", NOW - limit * 1.01), (".publisher-new.part", NOW - limit * 0.99)):
        (tmp_path / name).touch()
        os.utime(tmp_path / name, (began.timestamp(), began.timestamp()))

    tell_success(settings, NOW, WEEK, 0)

    assert [path.name for path in tmp_path.glob(".*")] == [".publisher-new.part"]
    assert (tmp_path / "lam-chau.last-success").read_text() == f"{NOW.isoformat()} 2026-W12 0\n"


def test_a_leftover_that_cannot_be_removed_keeps_no_monitor_waiting(tmp_path, settings):
    (tmp_path / ".publisher-old.part").mkdir()
    os.utime(tmp_path / ".publisher-old.part", (0, 0))

    tell_success(settings, NOW, WEEK, 21)

    assert (tmp_path / "lam-chau.last-success").read_text() == f"{NOW.isoformat()} 2026-W12 21\n"

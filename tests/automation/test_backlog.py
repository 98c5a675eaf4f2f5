"""Issues of many weeks and series from one archive."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from publisher.automation.backlog import Folders, IssueMade, publish_backlog
from publisher.automation.issues.verify import verify_proof
from publisher.automation.issues.week import Week, parse_weeks
from publisher.automation.lock import locked
from publisher.executing.processes import Processes
from publisher.seams import Executor, Here
from tests.automation.digests import Desk
from tests.automation.offices import office


def keys(folder: Path, weeks: tuple[Week, ...]) -> list[str]:
    """The articles of all issues, in their order."""
    desk = Desk(folder, settings=None)
    return [article["key"] for week in weeks for article in desk.proof(str(week))["articles"]]


def endings(issued: Iterator[IssueMade]) -> list[tuple[str, str, int]]:
    return [(Path(each.settings).parent.name, str(each.week), each.code) for each in issued]


def checked(folder: Path, weeks: tuple[Week, ...], executor: Executor) -> float:
    """How much of the first run's processor time a second one takes, which does nothing; each story is told once."""
    digests = [*office(folder, len(weeks))]
    start = time.process_time()
    first = endings(publish_backlog(digests, weeks, Folders(), executor))
    took = time.process_time() - start

    assert first == [(name, str(week), 0) for week in weeks for name in ("all", "mekong")]
    ran = keys(folder / "all", weeks)
    assert len(ran) == len(set(ran)) == 6 * len(weeks)
    assert set(keys(folder / "mekong", weeks)) == {key for key in ran if int(key.rpartition("/")[2]) % 2}
    for week in weeks:
        proof = folder / "all" / "shelf" / "issues" / str(week)
        assert verify_proof(proof, None, checks=False, archives=folder / "all" / "archives").doubts == ()

    start = time.process_time()
    second = endings(publish_backlog(digests, weeks, Folders(), executor))
    again = time.process_time() - start
    assert second == [(name, str(week), 22) for week in weeks for name in ("all", "mekong")]
    return again / took


def test_the_weeks_of_two_series_are_published_with_each_story_once(tmp_path: Path) -> None:
    assert checked(tmp_path, parse_weeks("2026-W02..W05"), Here()) < 0.1


@pytest.mark.campaign
def test_a_year_of_them_is(tmp_path: Path) -> None:
    assert checked(tmp_path, parse_weeks("2026-W02..2027-W01"), Here()) < 0.05


@pytest.mark.campaign
def test_side_by_side_the_issues_are_the_same(tmp_path: Path) -> None:
    weeks = parse_weeks("2026-W02..W03")
    shelves = []
    for name, executor in (("one", Here()), ("two", Processes(2))):
        (tmp_path / name).mkdir()
        digests = office(tmp_path / name, 2)
        assert {each.code for each in publish_backlog(digests, weeks, Folders(), executor)} == {0}
        shelves.append(sorted(path.name for path in (tmp_path / name).rglob("*.epub")))
    assert shelves[0] == shelves[1]


def test_what_is_there_is_left_and_what_is_missing_is_made(tmp_path: Path) -> None:
    digests, (week,) = office(tmp_path, 1), parse_weeks("2026-W02")
    alone = endings(publish_backlog(digests[1:], [week], Folders(), Here()))

    both = endings(publish_backlog(digests, [week], Folders(), Here()))

    assert (alone, both) == ([("mekong", "2026-W02", 0)], [("all", "2026-W02", 0), ("mekong", "2026-W02", 22)])
    with locked(tmp_path / "mekong" / "shelf"):
        assert endings(publish_backlog(digests, [week], Folders(), Here())) == [
            ("all", "2026-W02", 22),
            ("mekong", "2026-W02", 11),
        ]


def test_settings_that_cannot_be_used_cost_their_own_issue(tmp_path: Path) -> None:
    missing = tmp_path / "none.toml"

    (issued,) = publish_backlog([missing], parse_weeks("2026-W12"), Folders(), Here())

    assert (issued.code, issued.is_published) == (9, False)
    assert issued.message == f"cannot read the settings {missing}: no such file or directory. Name a digest.toml"

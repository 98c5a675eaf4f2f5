"""What the doctor says of sources that are archives."""

from pathlib import Path

import pytest

from publisher.automation.doctor.condition import Condition, failed, fine
from publisher.automation.doctor.sources import sources_of
from publisher.config import load_settings
from tests.archive.pages import added, write_pages
from tests.automation.digests import SETTINGS, Desk


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an archive of two weeks."""
    folder = tmp_path_factory.mktemp("office")
    added(folder / "news", write_pages(folder / "pages", 2))
    return folder


def condition(folder: Path, reference: str) -> Condition:
    desk = Desk(folder, SETTINGS.replace("pages/{week}", reference))
    (found,) = sources_of(load_settings(folder / "digest.toml"), desk.surroundings(), fetch=False)
    return found


def test_one_that_is_there_has_so_many_weeks(folder: Path) -> None:
    assert condition(folder, "archive:news?words=cầu") == fine("sources", "news is an archive of 2 weeks")


def test_one_that_is_not_and_a_question_that_cannot_be_asked_fail(folder: Path) -> None:
    other = folder / "other"
    assert condition(folder, "archive:other") == failed(
        "sources", f"there is no archive in {other}. Make one: publisher archive add {other} PAGES"
    )
    assert condition(folder, "archive:news?since=May") == failed(
        "sources", f"'{folder / 'news'}?since=May' names 'May', which is no day such as 2026-03-21"
    )

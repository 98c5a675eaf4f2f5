"""Articles of an archive are found by their words, days and outlets."""

import datetime as dt
from pathlib import Path

import pytest

from publisher.archive.index import NAME, Question, find, index
from publisher.errors import InputError
from tests.archive.pages import MONDAY, added, page, write_pages


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Ten articles a day apart, the last without a date."""
    folder = tmp_path_factory.mktemp("of")
    added(folder / "news", write_pages(folder / "pages", 10))
    assert index(folder / "news") == 10
    return folder / "news"


def found(archive: Path, limit: int = 20, **question: object) -> list[str]:
    """The numbers of the articles, which end their addresses."""
    return [each.key.rpartition("/")[2] for each in find(archive, Question(**question), limit)]


@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        ("Bến Lụa", ["7", "0"]),
        ("ben lua", ["7", "0"]),
        ("BẾN lua", ["7", "0"]),
        ("bên lụa", []),
        ("do mua", ["9", "1"]),
        ("đò mưa", []),
        ("Pha3 Cồn", []),
        ("nowhere", []),
        ('"', [str(number) for number in (8, 7, 6, 5, 4, 3, 2, 1, 0, 9)]),
    ],
)
def test_all_words_stand_in_an_article_and_marks_count_where_they_are_typed(
    archive: Path, words: str, numbers: list[str]
) -> None:
    assert sorted(found(archive, words=words)) == sorted(numbers)


def test_the_newest_come_first_and_those_without_a_date_last(archive: Path) -> None:
    assert found(archive) == ["8", "7", "6", "5", "4", "3", "2", "1", "0", "9"]
    assert found(archive, limit=2) == ["8", "7"]


@pytest.mark.parametrize("words", ["", "ông"])
def test_days_are_from_the_first_to_the_last(archive: Path, words: str) -> None:
    day = MONDAY + dt.timedelta(days=3)

    assert found(archive, words=words, since=day) == ["8", "7", "6", "5", "4", "3"]
    assert found(archive, words=words, until=day) == ["3", "2", "1", "0"]
    assert found(archive, words=words, since=day, until=day) == ["3"]


def test_outlet_and_language_are_as_the_pages_say(archive: Path) -> None:
    assert found(archive, publication="Báo Sông Mây") == ["7", "5", "3", "1", "9"]
    assert found(archive, publication="Báo", language="vi") == []
    assert len(found(archive, language="vi")) == 10
    assert found(archive, language="en") == []


def test_an_index_that_is_deleted_is_made_again(archive: Path) -> None:
    before = found(archive, words="ben lua")
    (archive / NAME).unlink()

    assert index(archive) == 10
    assert found(archive, words="ben lua") == before


def test_only_what_is_new_is_taken_up_and_an_article_that_came_twice_is_found_once(tmp_path: Path) -> None:
    folder = write_pages(tmp_path / "pages", 3)
    archive = tmp_path / "news"
    added(archive, folder)
    index(archive)
    (folder / "0001.md").write_text(page(1, MONDAY) + "\nThêm một đoạn nữa.\n", encoding="utf-8")
    added(archive, folder)

    assert index(archive) == 1
    assert sorted(found(archive)) == ["0", "1", "2"]


def test_one_that_is_damaged_says_what_to_do(archive: Path) -> None:
    sound = (archive / NAME).read_bytes()
    (archive / NAME).write_bytes(b"x" * 5000)

    with pytest.raises(InputError) as refused:
        found(archive)

    (archive / NAME).write_bytes(sound)
    path = archive / NAME
    assert str(refused.value) == f"cannot use the index {path}: file is not a database. Delete it: it is made again."


def test_without_an_archive_it_says_so(tmp_path: Path) -> None:
    with pytest.raises(InputError) as refused:
        index(tmp_path)

    assert str(refused.value) == f"there is no archive in {tmp_path}. Make one: publisher archive add {tmp_path} PAGES"

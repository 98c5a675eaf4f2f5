import os
from pathlib import Path

import pytest

from publisher.fetching.cache import CachedAnswer, PageCache


def answer(url: str = "https://bao.example/cau", data: bytes = b"page\nand more") -> CachedAnswer:
    return CachedAnswer(url=url, content_type="text/html", etag='"v1"', last_modified=None, data=data)


def entry_of(folder: Path) -> Path:
    (path,) = folder.iterdir()
    return path


def test_what_is_kept_is_found_again(tmp_path: Path) -> None:
    cache = PageCache(tmp_path / "a" / "b")

    assert cache.find(answer().url) is None
    cache.keep(answer())
    cache.keep(answer("https://bao.example/khac", b""))

    assert cache.find(answer().url) == answer()
    assert cache.find("https://bao.example/khac") == answer("https://bao.example/khac", b"")
    assert cache.find("https://bao.example/") is None


def test_the_last_one_kept_counts(tmp_path: Path) -> None:
    cache = PageCache(tmp_path)
    cache.keep(answer())
    cache.keep(answer(data=b"new"))

    assert cache.find(answer().url) == answer(data=b"new")
    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(lambda data: b"", id="empty"),
        pytest.param(lambda data: data[:-1], id="cut short"),
        pytest.param(lambda data: data + b"x", id="longer"),
        pytest.param(lambda data: data.replace(b"page", b"evil"), id="changed"),
        pytest.param(lambda data: b"x" + data, id="no JSON"),
        pytest.param(lambda data: b"\xff\n" + data, id="no UTF-8"),
        pytest.param(lambda data: b'{"url": 1}\n', id="other fields"),
        pytest.param(lambda data: b"[" * 70_000, id="nested deeply"),
        pytest.param(lambda data: data.replace(b"bao.example", b"xau.example"), id="of another address"),
    ],
)
def test_a_damaged_entry_is_none(tmp_path: Path, damage: object) -> None:
    cache = PageCache(tmp_path)
    cache.keep(answer())
    path = entry_of(tmp_path)
    path.write_bytes(damage(path.read_bytes()))  # type: ignore[operator]

    assert cache.find(answer().url) is None

    cache.keep(answer())
    assert cache.find(answer().url) == answer()


def test_the_longest_unused_go_when_room_is_made(tmp_path: Path) -> None:
    cache = PageCache(tmp_path)
    urls = [f"https://bao.example/{number}" for number in range(4)]
    for number, url in enumerate(urls):
        cache.keep(answer(url, bytes(10_000)))
        path = max(tmp_path.iterdir(), key=lambda path: path.stat().st_ctime_ns)
        os.utime(path, (number, number))
    cache.find(urls[0])

    cache.make_room(limit_bytes=25_000)

    assert [cache.find(url) is not None for url in urls] == [True, False, False, True]


def test_what_a_killed_process_left_goes_in_its_turn_and_what_is_not_ours_stays(tmp_path: Path) -> None:
    (tmp_path / ".unfinished-x").write_bytes(bytes(100))
    (tmp_path / "notes.txt").write_bytes(bytes(100))

    PageCache(tmp_path).make_room(limit_bytes=0)

    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


def test_nothing_unfinished_is_left_when_an_entry_cannot_be_placed(tmp_path: Path) -> None:
    cache = PageCache(tmp_path)
    cache.keep(answer())
    path = entry_of(tmp_path)
    path.unlink()
    path.mkdir()

    cache.keep(answer())

    assert list(tmp_path.iterdir()) == [path]
    assert cache.find(answer().url) is None


def test_a_folder_that_cannot_be_made_keeps_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    cache = PageCache(tmp_path / "file" / "cache")

    cache.keep(answer())
    cache.make_room()

    assert cache.find(answer().url) is None

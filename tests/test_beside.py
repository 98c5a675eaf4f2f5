"""What is kept beside the bytecode: found again by the next process, and made again where it is damaged."""

import tomllib
from pathlib import Path

import pytest

from publisher import beside
from publisher.beside import remembered
from publisher.reading import vocabulary
from publisher.theming import faces, fonts
from publisher.theming.faces import face_for
from publisher.theming.fonts import Fonts
from publisher.toml import load_shipped
from tests.theming.issues import shipped


def forget() -> None:
    """Be another process: nothing that was measured is in memory."""
    fonts.measure.cache_clear()
    faces._face.cache_clear()


def test_fonts_are_measured_once(beside_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    theme = shipped("brief")
    forget()
    before = Fonts(theme), face_for(theme, 0, 400)
    forget()

    monkeypatch.setattr("fontTools.ttLib.TTFont", None)  # None is opened.
    after = Fonts(theme), face_for(theme, 0, 400)

    assert after[1] == before[1]
    assert vars(after[0]) == vars(before[0])


@pytest.mark.parametrize("damage", [b"", b"what is no digest, and so on, and so on"])
def test_what_is_damaged_is_made_again(beside_folder: Path, damage: bytes) -> None:
    remembered(b"a", dict[int, float], lambda: {1: 0.5})
    (kept,) = beside_folder.iterdir()
    whole = kept.read_bytes()
    kept.write_bytes(damage)

    assert remembered(b"a", dict[int, float], lambda: {2: 0.25}) == {2: 0.25}
    kept.write_bytes(whole)
    assert remembered(b"a", dict[int, float], lambda: {2: 0.25}) == {1: 0.5}


def test_what_is_of_another_type_is_made_again(beside_folder: Path) -> None:
    remembered(b"a", str, lambda: "words")

    assert remembered(b"a", int, lambda: 7) == 7


def test_where_there_is_too_much_all_goes(beside_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(beside, "LIMIT_FILES", 2)

    for number in range(5):
        assert remembered(b"%d" % number, int, lambda: number) == number  # noqa: B023 - called at once

    assert len(list(beside_folder.iterdir())) == 1
    assert remembered(b"4", int, lambda: 5) == 4


def test_where_nothing_can_be_written_nothing_is_kept(beside_folder: Path) -> None:
    beside_folder.write_bytes(b"a file in the place of the folder")

    assert remembered(b"a", int, lambda: 1) == 1
    assert remembered(b"a", int, lambda: 2) == 2


def test_nor_where_python_is_told_to_keep_nothing(beside_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.dont_write_bytecode", True)
    remembered(b"a", int, lambda: 1)

    assert not beside_folder.exists()


@pytest.mark.parametrize("path", sorted(Path(vocabulary.__file__).parent.glob("*.toml")), ids=lambda path: path.stem)
def test_a_table_of_ours_is_the_same_when_it_is_found_again(beside_folder: Path, path: Path) -> None:
    first, again = load_shipped(path), load_shipped(path)

    assert first == again == tomllib.loads(path.read_text("utf-8"))
    assert list(map(type, first.values())) == list(map(type, again.values()))
    assert len(list(beside_folder.iterdir())) == 1


def test_the_folder_is_beside_the_bytecode_of_the_package() -> None:
    found = beside._folder()

    assert found is not None
    assert found.parent.name == "__pycache__"
    assert found.parent.parent == Path(beside.__file__).parent

"""What is kept beside the bytecode: found again by the next process, and made again where it is damaged."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from publisher.theming import beside, faces, fonts
from publisher.theming.beside import remembered
from publisher.theming.faces import face_for
from publisher.theming.fonts import Fonts
from tests.theming.issues import shipped


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Where it lies, still empty."""
    folder = tmp_path / "kept"
    monkeypatch.setattr(beside, "_folder", lambda: folder)
    monkeypatch.setattr("sys.dont_write_bytecode", False)
    return folder


def forget() -> None:
    """Be another process: nothing that was measured is in memory."""
    fonts.measure.cache_clear()
    faces._face.cache_clear()


def test_fonts_are_measured_once(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    theme = shipped("brief")
    forget()
    before = Fonts(theme), face_for(theme, 0, 400)
    forget()

    monkeypatch.setattr("fontTools.ttLib.TTFont", None)  # None is opened.
    after = Fonts(theme), face_for(theme, 0, 400)

    assert after[1] == before[1]
    assert vars(after[0]) == vars(before[0])


@pytest.mark.parametrize("damage", [b"", b"what is no digest, and so on, and so on"])
def test_what_is_damaged_is_made_again(folder: Path, damage: bytes) -> None:
    remembered(b"a", dict[int, float], lambda: {1: 0.5})
    (kept,) = folder.iterdir()
    whole = kept.read_bytes()
    kept.write_bytes(damage)

    assert remembered(b"a", dict[int, float], lambda: {2: 0.25}) == {2: 0.25}
    kept.write_bytes(whole)
    assert remembered(b"a", dict[int, float], lambda: {2: 0.25}) == {1: 0.5}


def test_what_is_of_another_type_is_made_again(folder: Path) -> None:
    remembered(b"a", str, lambda: "words")

    assert remembered(b"a", int, lambda: 7) == 7


def test_no_more_is_kept_than_has_room(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(beside, "LIMIT_FILES", 2)

    for number in range(4):
        assert remembered(b"%d" % number, int, lambda: number) == number  # noqa: B023 - called at once

    assert len(list(folder.iterdir())) == 2

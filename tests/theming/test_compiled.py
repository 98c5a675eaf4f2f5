"""Compiled templates: found again as they were, and no others."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from publisher import beside, packages
from publisher.packages import code_digest
from publisher.theming import environment
from publisher.theming.compiled import CompiledTemplates
from tests.theming.issues import bare, issue, make_theme, rendered


def in_another_process(monkeypatch: pytest.MonkeyPatch) -> CompiledTemplates:
    """Nothing of what was compiled is in memory any more."""
    empty = CompiledTemplates()
    monkeypatch.setattr(environment, "_COMPILED", empty)
    return empty


def test_those_of_our_themes_are_found_again_and_fill_the_same(
    beside_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    week = issue(bare("Cống Cửa Vân mở lại"))
    in_another_process(monkeypatch)
    before = rendered(week, "brief")
    kept = {path: path.read_bytes() for path in beside_folder.iterdir()}
    in_another_process(monkeypatch)

    with monkeypatch.context() as patch:
        patch.setattr("jinja2.environment.Environment.compile", None)  # Nothing is compiled.
        after = rendered(week, "brief")

    assert after == before
    assert {path: path.read_bytes() for path in beside_folder.iterdir()} == kept


@pytest.mark.parametrize(
    "damage", [lambda data: b"", lambda data: data[:-1], lambda data: data[:40] + b"?" + data[41:]]
)
def test_a_damaged_one_is_compiled_again(
    beside_folder: Path, monkeypatch: pytest.MonkeyPatch, damage: Callable[[bytes], bytes]
) -> None:
    week = issue(bare("Cống Cửa Vân mở lại"))
    in_another_process(monkeypatch)
    before = rendered(week, "brief")
    kept = {path: path.read_bytes() for path in beside_folder.iterdir()}
    for path, data in kept.items():
        path.write_bytes(damage(data))
    in_another_process(monkeypatch)

    assert rendered(week, "brief") == before
    assert {path: path.read_bytes() for path in beside_folder.iterdir()} == kept


def test_what_is_kept_is_no_code_that_a_memory_of_other_runs_asks_after(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = Path(packages.__file__).parent
    folder = root / "theming" / "__pycache__" / f"templates-of-a-test-{tmp_path.name}"
    folder.mkdir()
    monkeypatch.setattr(beside, "_folder", lambda: folder)
    monkeypatch.setattr("sys.dont_write_bytecode", False)
    before = code_digest.__wrapped__(("theming",), ())
    in_another_process(monkeypatch)
    try:
        rendered(issue(bare("Cống Cửa Vân mở lại")), "brief")

        assert any(folder.iterdir())
        assert code_digest.__wrapped__(("theming",), ()) == before
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def test_other_themes_are_not_kept(beside_folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    week = issue(bare("Cống Cửa Vân mở lại"))
    in_another_process(monkeypatch)
    rendered(week, "brief")
    kept = set(beside_folder.iterdir())
    make_theme(tmp_path, "own", **{"print/article.xhtml": '{% extends "base:print/article.xhtml" %}'})
    known = in_another_process(monkeypatch)

    rendered(week, "own", search=(tmp_path,))

    assert "own:print/article.xhtml" in {place for place, _ in known.codes}
    assert set(beside_folder.iterdir()) == kept


def test_where_nothing_can_be_written_nothing_is_kept_and_all_is_filled(
    beside_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    beside_folder.write_bytes(b"a file in the place of the folder")
    in_another_process(monkeypatch)

    assert rendered(issue(bare("Cống Cửa Vân mở lại")), "brief").documents
    assert beside_folder.is_file()

"""What a run takes from the machine, as its settings and its starter have it."""

import pytest

from publisher.automation.digest.surroundings import Surroundings
from publisher.config import load_settings
from tests.automation.digests import NOW, SETTINGS, Desk


@pytest.mark.parametrize(
    ("named", "given", "kept"),
    [
        pytest.param("own", None, "own", id="the settings' own"),
        pytest.param("own", "users", "own", id="the settings' own before the user's"),
        pytest.param(None, "users", "users", id="the user's"),
        pytest.param(None, None, None, id="none"),
    ],
)
def test_dear_steps_are_kept_in_the_cache_that_there_is(tmp_path, monkeypatch, named, given, kept):
    monkeypatch.chdir(tmp_path)
    desk = Desk(tmp_path, SETTINGS.replace('cache = "cache"', f'cache = "{named}"' if named else ""))
    by = Surroundings(home=tmp_path, clock=lambda: NOW, cache=tmp_path / given if given else None)
    before = set(tmp_path.iterdir())

    memo = by.memo(load_settings(desk.folder / "digest.toml"))
    made = [memo.keep("readings", str, "made of", lambda words=words: words) for words in ("first", "second")]

    assert made == (["first", "first"] if kept else ["first", "second"])
    assert {path.name for path in set(tmp_path.iterdir()) - before} == ({kept} if kept else set())

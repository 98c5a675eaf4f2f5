"""The digest's desk: what the next issue would hold, overruled with a tick."""

import pytest

from publisher.automation.digest.surroundings import Surroundings
from publisher.desk.digests import Digests, _with_list
from publisher.desk.drafts import Drafts
from publisher.desk.folder import DeskFolder
from publisher.seams import untold
from tests.automation.digests import NOW
from tests.cli.running import PAGE

SETTINGS = """\
# Every Monday
[series]
title = "Tuần tin"
name = "tuan-tin"
language = "vi"

[[sources]]
from = "pages"

[window]
undated = "drop"   # what has no day

[[outputs]]
file = "tin.epub"

[shelf]
folder = "shelf"
"""
HEADLINE = "Cầu Ngòi Thia thông xe sau ba năm thi công"


@pytest.fixture
def digests(tmp_path) -> Digests:
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "cau.txt").write_text(PAGE, encoding="utf-8")
    (tmp_path / "digest.toml").write_text(SETTINGS, encoding="utf-8")
    (tmp_path / "broken.toml").write_text("[series]\ntitle = 1\n")
    (tmp_path / "desk.toml").write_text("[issue]\n")
    folder = DeskFolder(tmp_path)
    return Digests(folder, Drafts(folder), lambda settings, progress: Surroundings(home=tmp_path, clock=lambda: NOW))


def test_those_of_the_folder_are_listed_with_what_is_wrong(digests):
    assert [(each.file, each.title, each.error) for each in digests.all()] == [
        ("broken.toml", "broken", "broken.toml, line 2: series.title takes a text, not a whole number"),
        ("digest.toml", "Tuần tin", None),
    ]


def test_an_article_is_overruled_in_the_settings_whose_other_lines_stay(digests, tmp_path):
    digests.overrule("digest.toml", HEADLINE, take=True)
    taken = (tmp_path / "digest.toml").read_text(encoding="utf-8")
    digests.overrule("digest.toml", HEADLINE, take=False)
    dropped = (tmp_path / "digest.toml").read_text(encoding="utf-8")
    digests.overrule("digest.toml", HEADLINE, take=None)

    assert taken == f'{SETTINGS}\n[selection]\ntake = ["{HEADLINE}"]\n'
    assert dropped == f'{SETTINGS}\n[selection]\ndrop = ["{HEADLINE}"]\ntake = []\n'
    assert (tmp_path / "digest.toml").read_text(encoding="utf-8") == f"{SETTINGS}\n[selection]\ndrop = []\ntake = []\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[selection]\nlimit = 3\n", '[selection]\ntake = ["a"]\nlimit = 3\n'),
        ("[selection] # why\n", '[selection] # why\ntake = ["a"]\n'),
        ('[selection]\ntake = [\n  "b", # so\n  "c",\n]\nlimit = 3\n', '[selection]\ntake = ["a"]\nlimit = 3\n'),
        ("", '\n\n[selection]\ntake = ["a"]\n'),
        ('[selection]\ntake = ["b [c"]\nlimit = 3\n', '[selection]\ntake = ["a"]\nlimit = 3\n'),
    ],
    ids=["new", "with a comment", "of several lines", "no table", "a bracket in a headline"],
)
def test_a_list_is_put_where_it_stands(text, expected):
    assert _with_list(text, "take", ["a"]) == expected


def test_a_plan_says_what_goes_in_and_why_not_and_a_tick_changes_it(digests):
    before = digests.plan("digest.toml", "2026-W12", untold)
    digests.overrule("digest.toml", before.rows[0].key, take=True)
    after = digests.plan("digest.toml", "2026-W12", untold)

    assert [(row.headline, row.in_, row.reason, row.overruled) for row in before.rows] == [
        (HEADLINE, False, "undated", False)
    ]
    assert [(row.headline, row.in_, row.reason, row.overruled) for row in after.rows] == [(HEADLINE, True, None, True)]
    assert (before.week, before.message) == ("2026-W12", "there is nothing new for 2026-W12")

"""Names of files that nobody named."""

import datetime as dt
from pathlib import Path

import pytest
from msgspec.structs import replace

from publisher.cli.naming import name_files, stem_for, unnamed_files
from tests.cli.running import bare_theme, page, run
from tests.theming.issues import FULL, issue

DAY = dt.date(2026, 3, 21)


def named(title, number=None, date=None, headline=None):
    made = replace(issue(FULL), title=title, number=number, date=date)
    if headline is None:
        return made
    (placed, *_) = made.articles
    return replace(made, articles=(replace(placed, article=replace(placed.article, headline=headline)),))


@pytest.mark.parametrize(
    ("made", "stem"),
    [
        pytest.param(named("Điểm tin sáng", "12", DAY), "diem-tin-sang-12", id="title and number"),
        pytest.param(named("Điểm tin sáng", None, DAY), "diem-tin-sang-2026-03-21", id="title and date"),
        pytest.param(named("Tuần tin", "12/2026"), "tuan-tin-12-2026", id="a slash in the number"),
        pytest.param(named(None, "12", DAY, "Cầu “Bến Lúa”: thông xe!"), "cau-ben-lua-thong-xe", id="headline"),
        pytest.param(named("../../etc/passwd"), "etc-passwd", id="a path"),
        pytest.param(named("新闻 周刊", "3"), "新闻-周刊-3", id="another script"),
        pytest.param(named("!!!"), "brief", id="nothing that a name could have"),
        pytest.param(named("năm chữ " * 20), "-".join(["nam-chu"] * 7) + "-nam", id="cut between words"),
        pytest.param(named("a" * 80), "a" * 60, id="cut in a word"),
    ],
)
def test_an_issue_gives_the_stem(made, stem):
    assert stem_for(made) == stem


def test_all_files_of_an_issue_have_one_stem_and_none_that_is_there(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("tin-1.kepub.epub").write_bytes(b"of yesterday")
    Path("tin-1-2.epub").symlink_to("nowhere")

    names = name_files(named("Tin", "1"), [Path("unnamed.epub"), Path("unnamed.kepub.epub")])

    assert names == {
        Path("unnamed.epub"): Path("tin-1-3.epub"),
        Path("unnamed.kepub.epub"): Path("tin-1-3.kepub.epub"),
    }


@pytest.mark.parametrize(
    ("for_press", "devices", "names"),
    [
        (False, (), ["unnamed.epub"]),
        (True, (), ["unnamed.pdf"]),
        (False, ("kobo",), ["unnamed.epub"]),
        (True, ("kobo",), ["unnamed.pdf", "unnamed.epub"]),
    ],
)
def test_what_is_asked_for_decides_the_format(for_press, devices, names):
    assert [path.name for path in unnamed_files(".epub", for_press=for_press, devices=devices)] == names


def test_a_brief_without_a_name_is_named_and_replaces_nothing(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    page(tmp_path)
    bare_theme(tmp_path)
    Path("diem-tin-4.epub").write_bytes(b"of yesterday")

    made = run("brief", "page.txt", "--title", "Điểm tin", "--number", "4", "--profile", "generic", "--theme", "bare")

    assert made.stdout.startswith("diem-tin-4-2.epub (")
    assert Path("diem-tin-4.epub").read_bytes() == b"of yesterday"
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "bare",
        "diem-tin-4-2.epub",
        "diem-tin-4.epub",
        "page.txt",
    ]

import os
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publisher.errors import InputError
from publisher.fetching.folders import article_files, natural_key


def make(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)


def names_in(folder: Path) -> list[str]:
    return [str(path.relative_to(folder)) for path in article_files(folder)]


def test_files_and_folders_stand_together_in_the_natural_order_of_names(tmp_path: Path) -> None:
    make(tmp_path, "bai-10.txt", "bai-2.md", "Bai-1.markdown", "bai-3/b.txt", "bai-3/a10.text", "bai-3/a9.txt", "x.txt")

    assert names_in(tmp_path) == [
        "Bai-1.markdown",
        "bai-2.md",
        "bai-3/a9.txt",
        "bai-3/a10.text",
        "bai-3/b.txt",
        "bai-10.txt",
        "x.txt",
    ]


def test_what_is_no_article_is_passed_over(tmp_path: Path) -> None:
    make(tmp_path, ".an.txt", ".git/a.txt", "README.md", "readme.txt", "README", "anh.jpg", "a.txt~", "a.htmlx", "txt")
    make(tmp_path, "site.xml")
    make(tmp_path, "a.TXT", "readme/b.txt")
    os.mkfifo(tmp_path / "pipe.txt")

    assert names_in(tmp_path) == ["a.TXT", "readme/b.txt"]


def test_an_xml_file_is_an_article_when_it_is_a_feed(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_bytes(b"<?xml version='1.0'?><rss version='2.0'></rss>")
    (tmp_path / "b.xml").write_bytes(b"<?xml version='1.0'?><urlset/>")
    os.mkfifo(tmp_path / "pipe.xml")

    assert names_in(tmp_path) == ["a.xml"]


def test_what_a_browser_saved_beside_a_page_is_passed_over(tmp_path: Path) -> None:
    make(tmp_path, "cau.html", "cau_files/frame.html", "b.htm", "b-Dateien/ad.html", "c_files/c.html", "cau/d.html")

    assert names_in(tmp_path) == ["b.htm", "c_files/c.html", "cau/d.html", "cau.html"]


@pytest.mark.parametrize("folder", ["loop", "sub/up", "sub/again"])
def test_links_to_folders_are_not_entered(tmp_path: Path, folder: str) -> None:
    make(tmp_path, "a.txt", "sub/b.txt")
    (tmp_path / folder).symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "outside").symlink_to("/", target_is_directory=True)

    assert names_in(tmp_path) == ["a.txt", "sub/b.txt"]


def test_a_named_folder_may_itself_be_a_link(tmp_path: Path) -> None:
    make(tmp_path, "real/a.txt")
    (tmp_path / "link").symlink_to("real", target_is_directory=True)

    assert names_in(tmp_path / "link") == ["a.txt"]


def test_a_link_to_a_file_inside_the_folder_is_an_article(tmp_path: Path) -> None:
    make(tmp_path, "kho/a.dat")
    (tmp_path / "a.txt").symlink_to("kho/a.dat")

    assert names_in(tmp_path) == ["a.txt"]


@pytest.mark.parametrize("target", ["../secret.txt", "/etc/passwd", "nowhere.txt", "leak.txt"])
def test_a_link_that_leads_out_or_nowhere_is_an_error(tmp_path: Path, target: str) -> None:
    make(tmp_path, "secret.txt", "in/a.txt")
    (tmp_path / "in/leak.txt").symlink_to(target)

    with pytest.raises(InputError) as caught:
        article_files(tmp_path / "in")

    assert str(caught.value) == (
        f"cannot read '{tmp_path}/in/leak.txt': it is a link that leads out of the folder. "
        "Give the file that it leads to by its own name."
    )


def test_folders_may_be_nested_deeper_than_python_recurses(tmp_path: Path) -> None:
    depth = 1200
    here = os.open(tmp_path, os.O_RDONLY)
    for _ in range(depth):
        os.mkdir("d", dir_fd=here)
        deeper = os.open("d", os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = deeper
    os.close(os.open("a.txt", os.O_CREAT, dir_fd=here))
    os.close(here)

    try:
        assert names_in(tmp_path) == ["d/" * depth + "a.txt"]
    finally:
        subprocess.run(["rm", "-r", tmp_path / "d"], check=True)  # deeper than shutil, and so pytest, can remove


@pytest.mark.parametrize(
    "names",
    [
        pytest.param(["bai-2", "bai-10"], id="numbers"),
        pytest.param(["a1b2", "a1b10", "a10b1"], id="several numbers"),
        pytest.param(["2", "10", "a"], id="number first"),
        pytest.param(["A1", "a2", "A3"], id="case"),
        pytest.param(["bài-1", "bài-2", "bài-3"], id="unicode forms"),
        pytest.param(["007", "7", "008"], id="leading zeros"),
        pytest.param(["٣", "10"], id="other digits"),
        pytest.param(["a²", "b"], id="superscripts are no numbers"),
    ],
)
def test_names_are_ordered_as_a_person_counts(names: list[str]) -> None:
    backwards = names[::-1]

    assert sorted(backwards, key=natural_key) == names


@given(st.lists(st.text(), unique=True))
def test_the_natural_order_is_total(names: list[str]) -> None:
    backwards = names[::-1]

    assert sorted(names, key=natural_key) == sorted(backwards, key=natural_key)


@pytest.mark.parametrize("name", ["digest.toml", ".shelf.json", "theme.toml", "pyproject.toml"])
def test_a_folder_below_that_is_of_another_kind_is_passed_over_unless_it_is_named(tmp_path: Path, name: str) -> None:
    make(tmp_path, "a.txt", f"khac/{name}", "khac/pages/b.md", "khac/c.html")

    assert names_in(tmp_path) == ["a.txt"]
    assert names_in(tmp_path / "khac") == ["c.html", "pages/b.md"]

"""The folder of a desk: nothing outside of it is read or written."""

import os

import pytest

from publisher.desk.folder import DeskFolder, safe_name
from publisher.errors import InputError, OutputError


@pytest.fixture
def folder(tmp_path) -> DeskFolder:
    (tmp_path / "outside.txt").write_text("secret")
    (tmp_path / "in" / "sub").mkdir(parents=True)
    (tmp_path / "in" / "a.txt").write_text("a")
    (tmp_path / "in" / "sub" / "b.txt").write_text("b")
    return DeskFolder(tmp_path / "in")


def test_a_file_is_read_by_its_name(folder):
    assert (folder.read("a.txt"), folder.read("sub/b.txt"), folder.read("none.txt")) == (b"a", b"b", None)


@pytest.mark.parametrize("name", ["../outside.txt", "sub/../../outside.txt", "/etc/passwd", "", "a\x00b"])
def test_a_name_that_leads_out_is_none(folder, name):
    with pytest.raises(InputError, match=r"is no name of a file in the folder\. Name one that is listed\.$"):
        folder.read(name)


def test_links_are_followed_neither_at_the_end_nor_on_the_way(folder):
    (folder.path / "link.txt").symlink_to("../outside.txt")
    (folder.path / "up").symlink_to("..")

    for name in ("link.txt", "up/outside.txt"):
        with pytest.raises(InputError) as caught:
            folder.read(name)
        assert str(caught.value) == f"cannot read {name!r}: it is a link. Give the file itself."


def test_nothing_is_written_through_a_link(folder):
    (folder.path / "desk.toml").symlink_to("../outside.txt")
    (folder.path / "up").symlink_to("..")

    with pytest.raises(OutputError, match=r"^cannot write 'desk\.toml': it is a link\. Take it away\.$"):
        folder.place("desk.toml")
    with pytest.raises(OutputError, match=r"^cannot write 'up/x': 'up' is a link\. Choose another folder\.$"):
        folder.place("up/x")
    with pytest.raises(OutputError, match=r"^cannot write '\.\./x': it leads out of the folder\."):
        folder.place("../x")


def test_what_is_no_regular_file_keeps_nobody_waiting(folder):
    os.mkfifo(folder.path / "pipe.txt")

    with pytest.raises(InputError, match=r"^cannot read 'pipe\.txt': it is no regular file\. Take it away\.$"):
        folder.read("pipe.txt")


def test_a_file_may_have_so_many_bytes(folder):
    with pytest.raises(InputError, match=r"^cannot read 'a\.txt': it is larger than 0 MiB\. Make it smaller\.$"):
        folder.read("a.txt", 0)


def test_no_folder_is_no_desk(tmp_path):
    with pytest.raises(InputError) as caught:
        DeskFolder(tmp_path / "none")

    assert str(caught.value) == f"cannot open a desk in {str(tmp_path / 'none')!r}: it is no folder. Name a folder."


@pytest.mark.parametrize(
    ("wanted", "safe"),
    [
        ("bài 1.txt", "bài 1.txt"),
        ("../../etc/passwd", "etc/passwd"),
        ("C:\\Users\\x\\bài.docx", "C/Users/x/bài.docx"),
        (".hidden", "hidden"),
        ("a\x00b\n.txt", "a b .txt"),
        ("‮gpj.txt", "gpj.txt"),
        ("...", "page"),
        ("", "page"),
        ("1/2/3/4/5/6.txt", "3/4/5/6.txt"),
        ("ế" * 300 + ".jpeg", "ế" * 31 + ".jpeg"),
    ],
)
def test_names_are_made_safe(wanted, safe):
    assert safe_name(wanted) == safe


def test_a_name_that_is_taken_gets_a_number(folder):
    assert (folder.free_name("A.TXT"), folder.free_name("c.txt")) == ("A-2.TXT", "c.txt")


def test_the_stamp_changes_with_any_file(folder):
    before = folder.stamp()
    (folder.path / "sub" / "b.txt").write_text("bb")

    assert folder.stamp() != before

import errno
import io
import os
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from publisher.errors import InputError
from publisher.fetching import LIMIT_BYTES, MEDIA_TYPES, load
from publisher.model import Source


class FailingStream(io.BytesIO):
    def read(self, size: int | None = -1) -> bytes:
        raise OSError(errno.EIO, "in some locale's words")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder that is the current one, so that messages do not hold its path."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def unprivileged() -> Iterator[Path]:
    """A folder that anybody may enter, while the process has the rights of nobody in particular."""
    with tempfile.TemporaryDirectory() as name:
        path = Path(name)
        path.chmod(0o755)
        (path / "secret.txt").write_text("x")
        (path / "secret.txt").chmod(0)
        (path / "closed").mkdir()
        (path / "closed").chmod(0)
        (path / "listed").mkdir()
        (path / "listed" / "a.txt").write_text("x")
        (path / "listed").chmod(0o444)
        privileged = os.geteuid() == 0
        if privileged:
            os.seteuid(65534)
        try:
            yield path
        finally:
            if privileged:
                os.seteuid(0)
            for inner in ("closed", "listed"):
                (path / inner).chmod(stat.S_IRWXU)


def message_of(*references: str, stdin: io.BytesIO | None = None) -> str:
    with pytest.raises(InputError) as caught:
        load(references, stdin)
    message = str(caught.value)
    assert "\n" not in message
    return message


def test_references_are_loaded_in_the_order_given(folder: Path) -> None:
    (folder / "b.txt").write_bytes(b"B")
    (folder / "tin").mkdir()
    (folder / "tin" / "bai-10.txt").write_bytes(b"10")
    (folder / "tin" / "bai-2.MD").write_bytes(b"2")

    assert load(["tin", "-", "./b.txt", "tin/bai-2.MD"], io.BytesIO(b"typed")) == (
        Source(name="tin/bai-2.MD", data=b"2", media_type="text/markdown"),
        Source(name="tin/bai-10.txt", data=b"10", media_type="text/plain"),
        Source(name="-", data=b"typed", media_type="text/plain"),
        Source(name="./b.txt", data=b"B", media_type="text/plain"),
        Source(name="tin/bai-2.MD", data=b"2", media_type="text/markdown"),
    )


@pytest.mark.parametrize("name", ["bai.dat", "README", ".an", "README.md.bak"])
def test_a_file_named_by_itself_is_read_whatever_its_suffix(folder: Path, name: str) -> None:
    (folder / name).write_bytes(b"x")

    assert load([name]) == (Source(name=name, data=b"x", media_type="text/plain"),)


def test_a_readme_and_a_link_named_by_themselves_are_read(folder: Path) -> None:
    (folder / "README.md").write_bytes(b"x")
    (folder / "inner").mkdir()
    (folder / "inner" / "link.txt").symlink_to("../README.md")

    assert load(["README.md", "inner/link.txt"]) == (
        Source(name="README.md", data=b"x", media_type="text/markdown"),
        Source(name="inner/link.txt", data=b"x", media_type="text/plain"),
    )


def test_a_file_called_like_standard_input_is_read_by_its_path(folder: Path) -> None:
    (folder / "-").write_bytes(b"x")

    assert load(["./-"]) == (Source(name="./-", data=b"x"),)


@pytest.mark.parametrize(
    ("name", "data", "media_type"),
    [
        ("trang", b"<!doctype html><p>x", "text/html"),
        ("tin.xml", b"<rss version='2.0'/>", "application/rss+xml"),
        ("tin.rss", b"x", "application/rss+xml"),
        ("trang.txt", b"<!doctype html><p>x", "text/plain"),
    ],
)
def test_the_beginning_tells_what_a_suffix_does_not(folder: Path, name: str, data: bytes, media_type: str) -> None:
    (folder / name).write_bytes(data)

    assert load([name]) == (Source(name=name, data=data, media_type=media_type),)


def test_standard_input_is_what_it_begins_as() -> None:
    assert load(["-"], io.BytesIO(b"<html>")) == (Source(name="-", data=b"<html>", media_type="text/html"),)


def test_an_empty_file_is_left_to_the_reader(folder: Path) -> None:
    (folder / "a.txt").touch()

    assert load(["a.txt"]) == (Source(name="a.txt", data=b""),)


def test_a_file_of_just_the_limit_is_read_and_one_byte_more_is_not(folder: Path) -> None:
    for name, size in (("full.txt", LIMIT_BYTES), ("over.txt", LIMIT_BYTES + 1)):
        with (folder / name).open("wb") as stream:
            stream.truncate(size)

    assert len(load(["full.txt"])[0].data) == LIMIT_BYTES
    assert message_of("over.txt") == (
        "cannot read 'over.txt': it is larger than 32 MiB. Split it into smaller sources."
    )


def test_a_device_that_never_ends_is_too_large() -> None:
    assert (
        message_of("/dev/zero") == "cannot read '/dev/zero': it is larger than 32 MiB. Split it into smaller sources."
    )


def test_without_references_there_is_nothing_to_read() -> None:
    assert message_of() == (
        "there is nothing to read: no source was named. Name a file, a folder, or - for standard input."
    )


def test_a_missing_file_offers_its_near_match(folder: Path) -> None:
    (folder / "bai-1.txt").touch()

    assert message_of("bai-l.txt") == "cannot read 'bai-l.txt': there is no such file. Did you mean 'bai-1.txt'?"


def test_a_file_below_a_file_is_missing(folder: Path) -> None:
    (folder / "a.txt").touch()

    assert message_of("a.txt/b.txt") == "cannot read 'a.txt/b.txt': there is no such file. Check the name."


def test_a_name_too_long_for_the_system_is_said_to_be(folder: Path) -> None:
    name = "a" * 300

    assert message_of(name) == f"cannot read '{name}': the name is too long. Check the name."


def test_links_in_a_circle_are_said_to_be(folder: Path) -> None:
    (folder / "a.txt").symlink_to("b.txt")
    (folder / "b.txt").symlink_to("a.txt")

    assert message_of("a.txt") == "cannot read 'a.txt': its links lead round in a circle. Check the name."


def test_an_empty_name_names_nothing() -> None:
    assert message_of("") == "cannot read a source without a name. Name a file, a folder, or - for standard input."


def test_a_name_on_two_lines_is_shown_on_one(folder: Path) -> None:
    assert message_of("a\nb") == "cannot read 'a\\nb': there is no such file. Check the name."


def test_a_name_that_is_not_utf_8_is_to_be_renamed(folder: Path) -> None:
    (folder / "tin").mkdir()
    with open(os.fsencode(folder / "tin") + b"/b\xe0i.txt", "wb"):  # noqa: PTH123 - a name that no Path can be typed for
        pass

    assert message_of("tin") == "cannot read 'tin/b\\udce0i.txt': its name is not valid UTF-8. Rename it."


@pytest.mark.parametrize("address", ["https://bao.example/cau", "HTTP://bao.example", "ftp://bao.example/a.txt"])
def test_an_address_is_to_be_saved_first(address: str) -> None:
    assert message_of(address) == (
        f"cannot read '{address}': addresses are not fetched. Save the page as text and name the file."
    )


def test_an_empty_folder_is_said_to_be(folder: Path) -> None:
    (folder / "tin").mkdir()

    assert message_of("tin") == (
        f"cannot read the folder 'tin': it is empty. Articles are files that end in {', '.join(MEDIA_TYPES)}."
    )


def test_a_folder_without_articles_is_said_to_be(folder: Path) -> None:
    (folder / "anh.jpg").touch()

    assert message_of(".") == (
        "cannot read the folder '.': none of its files is an article. "
        f"Articles are files that end in {', '.join(MEDIA_TYPES)}."
    )


def test_standard_input_that_is_not_there_cannot_be_read() -> None:
    assert message_of("-") == "cannot read standard input: there is none. Name a file or a folder."


def test_standard_input_can_be_read_once() -> None:
    assert message_of("-", "-", stdin=io.BytesIO(b"x")) == (
        "cannot read standard input twice: it is used up after the first time. Name - once."
    )


def test_standard_input_has_the_limit_too() -> None:
    assert message_of("-", stdin=io.BytesIO(bytes(LIMIT_BYTES + 1))) == (
        "cannot read standard input: it is larger than 32 MiB. Split it into smaller sources."
    )


def test_standard_input_that_fails_is_an_input_error() -> None:
    assert message_of("-", stdin=FailingStream()) == (
        "cannot read standard input: the system reports EIO. Check the source."
    )


def test_what_may_not_be_read_is_said_to_be(unprivileged: Path) -> None:
    assert message_of(f"{unprivileged}/secret.txt") == (
        f"cannot read '{unprivileged}/secret.txt': permission denied. Give yourself leave to read it."
    )
    assert message_of(f"{unprivileged}/closed/a.txt") == (
        f"cannot read '{unprivileged}/closed/a.txt': permission denied. Give yourself leave to read it."
    )
    assert message_of(f"{unprivileged}/closed") == (
        f"cannot read the folder '{unprivileged}/closed': permission denied. Check the folder."
    )
    assert message_of(f"{unprivileged}/listed") == (
        f"cannot read '{unprivileged}/listed/a.txt': permission denied. Check the folder."
    )
    assert message_of(str(unprivileged)) == (
        f"cannot read '{unprivileged}/closed': permission denied. Check the folder."
    )

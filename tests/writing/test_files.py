"""A file is there whole, or it is as it was before."""

import errno
import os
import resource
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from publisher.errors import OutputError
from publisher.writing import files
from publisher.writing.files import holds, remove_unfinished, write_ahead, write_atomically, write_provisionally

NOBODY = 65534


@pytest.fixture
def without_unnamed_files(monkeypatch):
    """A file system that has no O_TMPFILE: the kernel's answer is canned, all other calls are real."""
    real = os.open

    def answer(path, flags, *args, **kwargs):
        if flags & os.O_TMPFILE == os.O_TMPFILE:
            raise OSError(errno.EOPNOTSUPP, os.strerror(errno.EOPNOTSUPP))
        return real(path, flags, *args, **kwargs)

    monkeypatch.setattr(files.os, "open", answer)


@pytest.fixture(params=["unnamed", "named"])
def either_way(request):
    """Runs a test with and without O_TMPFILE."""
    if request.param == "named":
        request.getfixturevalue("without_unnamed_files")


@pytest.fixture
def file_size_limit():
    """No file may grow beyond 4096 bytes."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, before)


def names(folder):
    return sorted(entry.name for entry in folder.iterdir())


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.usefixtures("either_way")
class TestWriteAtomically:
    def test_a_new_file_holds_the_bytes_and_nothing_else_is_left(self, tmp_path):
        path = tmp_path / "số 1.pdf"

        write_atomically(path, b"whole")

        assert path.read_bytes() == b"whole"
        assert names(tmp_path) == ["số 1.pdf"]

    def test_a_new_file_has_the_mode_that_the_umask_leaves(self, tmp_path):
        before = os.umask(0o027)
        try:
            write_atomically(tmp_path / "brief.pdf", b"whole")
        finally:
            os.umask(before)

        assert mode(tmp_path / "brief.pdf") == 0o640

    def test_an_existing_file_is_replaced_and_keeps_its_mode(self, tmp_path):
        path = tmp_path / "brief.pdf"
        path.write_bytes(b"the old and longer one")
        path.chmod(0o604)

        write_atomically(path, b"new")

        assert path.read_bytes() == b"new"
        assert mode(path) == 0o604
        assert names(tmp_path) == ["brief.pdf"]

    def test_a_symbolic_link_stays_and_its_target_is_replaced(self, tmp_path):
        (tmp_path / "archive").mkdir()
        link = tmp_path / "latest.epub"
        link.symlink_to("archive/week-42.epub")

        write_atomically(link, b"whole")

        assert link.is_symlink()
        assert (tmp_path / "archive" / "week-42.epub").read_bytes() == b"whole"

    def test_empty_bytes_make_an_empty_file(self, tmp_path):
        write_atomically(tmp_path / "empty.pdf", b"")

        assert (tmp_path / "empty.pdf").read_bytes() == b""

    @pytest.mark.usefixtures("file_size_limit")
    def test_a_failure_in_mid_write_leaves_the_old_file_and_no_other(self, tmp_path):
        path = tmp_path / "brief.pdf"
        path.write_bytes(b"old")

        with pytest.raises(OutputError) as caught:
            write_atomically(path, bytes(10_000))

        assert str(caught.value) == (
            f"cannot write {path}: 10,000 bytes are more than one file may hold here. Raise the limit."
        )
        assert path.read_bytes() == b"old"
        assert names(tmp_path) == ["brief.pdf"]

    def test_a_name_that_is_too_long_is_one_line(self, tmp_path):
        path = tmp_path / f"{'a' * 300}.pdf"

        with pytest.raises(OutputError) as caught:
            write_atomically(path, b"whole")

        assert str(caught.value) == f"cannot write {path}: file name too long. Choose another place or name."
        assert names(tmp_path) == []


@pytest.mark.usefixtures("either_way")
class TestWriteAhead:
    def test_the_bytes_are_there_when_they_are_put_there_and_no_sooner(self, tmp_path):
        path = tmp_path / "sources.zip"

        with write_ahead(path, b"whole") as put:
            before = names(tmp_path)
            put()

        assert before == []
        assert path.read_bytes() == b"whole"
        assert names(tmp_path) == ["sources.zip"]

    def test_bytes_that_are_never_put_there_leave_nothing(self, tmp_path):
        with pytest.raises(ZeroDivisionError), write_ahead(tmp_path / "sources.zip", b"whole"):
            raise ZeroDivisionError

        assert names(tmp_path) == []

    def test_a_file_that_is_there_is_replaced_and_keeps_its_mode(self, tmp_path):
        path = tmp_path / "sources.zip"
        path.write_bytes(b"old")
        path.chmod(0o604)

        with write_ahead(path, b"new") as put:
            put()

        assert path.read_bytes() == b"new"
        assert mode(path) == 0o604
        assert names(tmp_path) == ["sources.zip"]

    def test_a_folder_may_be_made_before_they_are_put_there(self, tmp_path):
        path = tmp_path / "archives" / "sources.zip"

        with write_ahead(path, b"whole") as put:
            path.parent.mkdir()
            put()

        assert path.read_bytes() == b"whole"

    @pytest.mark.usefixtures("file_size_limit")
    def test_a_disk_that_refuses_is_told_when_they_are_put_there(self, tmp_path):
        path = tmp_path / "sources.zip"

        with write_ahead(path, bytes(10_000)) as put, pytest.raises(OutputError) as caught:
            put()

        assert str(caught.value) == (
            f"cannot write {path}: 10,000 bytes are more than one file may hold here. Raise the limit."
        )
        assert names(tmp_path) == []


def test_a_file_holds_just_its_own_bytes(tmp_path):
    path, data = tmp_path / "a.bin", bytes(range(256)) * 3000  # several pieces, the last of which is not full
    path.write_bytes(data)

    others = (b"", data[:-1], data + b"\0", data[:-1] + b"\0", b"\1" + data[1:], data[::-1])

    assert holds(path, data)
    assert not any(holds(path, other) for other in others)
    assert not holds(tmp_path / "b.bin", b"")
    assert not holds(tmp_path, b"")


def test_a_missing_folder_is_not_made(tmp_path):
    path = tmp_path / "briefs" / "brief.pdf"

    with pytest.raises(OutputError) as caught:
        write_atomically(path, b"whole")

    assert str(caught.value) == f"cannot write {path}: there is no folder {path.parent}. Make the folder first."
    assert names(tmp_path) == []


def test_a_missing_folder_with_a_near_match_beside_it_names_that(tmp_path):
    (tmp_path / "briefs").mkdir()
    path = tmp_path / "breifs" / "brief.pdf"

    with pytest.raises(OutputError) as caught:
        write_atomically(path, b"whole")

    assert str(caught.value) == (
        f"cannot write {path}: there is no folder {path.parent}. Make the folder first. Did you mean 'briefs'?"
    )


def test_a_folder_as_the_target_is_refused(tmp_path):
    with pytest.raises(OutputError) as caught:
        write_atomically(tmp_path, b"whole")

    assert str(caught.value) == f"cannot write {tmp_path}: it is a folder. Name a file in it."


def test_a_file_where_a_folder_should_be_is_named(tmp_path):
    (tmp_path / "briefs").write_bytes(b"")
    path = tmp_path / "briefs" / "42" / "brief.pdf"

    with pytest.raises(OutputError) as caught:
        write_atomically(path, b"whole")

    assert str(caught.value) == (
        f"cannot write {path}: {tmp_path / 'briefs'} is a file, not a folder. Choose another place."
    )


def test_a_loop_of_links_is_one_line(tmp_path):
    path = tmp_path / "brief.pdf"
    path.symlink_to(path)

    with pytest.raises(OutputError) as caught:
        write_atomically(path, b"whole")

    assert str(caught.value) == (
        f"cannot write {path}: too many levels of symbolic links. Choose another place or name."
    )


def test_a_full_disk_is_one_line():
    with pytest.raises(OutputError) as caught:
        write_atomically(Path("/dev/full"), b"whole")

    assert str(caught.value) == "cannot write /dev/full: the disk is full. Free 5 bytes or choose another place."


def test_a_full_disk_leaves_the_old_file_and_no_other(tmp_path):
    """On a real file system of 64 kB, in its own mount namespace."""
    script = f"""
import sys
from pathlib import Path
from publisher.errors import OutputError
from publisher.writing.files import write_atomically
path = Path({str(tmp_path)!r}, "brief.pdf")
path.write_bytes(b"old")
try:
    write_atomically(path, bytes(1_000_000))
except OutputError as error:
    print(error)
print(path.read_bytes(), sorted(entry.name for entry in path.parent.iterdir()))
"""
    mount = f"mount -t tmpfs -o size=64k none '{tmp_path}' && exec '{sys.executable}' -c \"$SCRIPT\""
    child = subprocess.run(
        ["unshare", "--mount", "--map-root-user", "sh", "-c", mount],
        env={**os.environ, "SCRIPT": script},
        capture_output=True,
        text=True,
        check=False,
    )
    if child.returncode != 0 and "Traceback" not in child.stderr:
        pytest.skip(f"this machine lets nobody mount a small file system: {child.stderr.strip()}")

    assert child.stderr == ""
    assert child.stdout.splitlines() == [
        f"cannot write {tmp_path}/brief.pdf: the disk is full. Free 1,000,000 bytes or choose another place.",
        "b'old' ['brief.pdf']",
    ]


def as_nobody(folder, name):
    """What a user without rights is told when writing the name in the folder."""
    script = f"""
import os
os.chdir({str(folder)!r})
from pathlib import Path
from publisher.errors import OutputError
from publisher.writing.files import write_atomically
import difflib
if os.getuid() == 0:
    os.setgroups([])
    os.setgid({NOBODY})
    os.setuid({NOBODY})
try:
    write_atomically(Path({name!r}), b"whole")
except OutputError as error:
    print(error)
"""
    child = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert child.stderr == ""
    return child.stdout


def test_a_folder_without_permission_is_one_line(tmp_path):
    tmp_path.chmod(0o555)
    try:
        message = as_nobody(tmp_path, "brief.pdf")
    finally:
        tmp_path.chmod(0o755)

    assert message == (
        "cannot write brief.pdf: the folder . is not writable. Change its permissions or choose another place.\n"
    )
    assert names(tmp_path) == []


def test_a_file_without_permission_is_not_replaced_although_its_folder_would_allow_it(tmp_path):
    tmp_path.chmod(0o777)
    path = tmp_path / "brief.pdf"
    path.write_bytes(b"old")
    path.chmod(0o444)

    message = as_nobody(tmp_path, "brief.pdf")

    assert message == (
        "cannot write brief.pdf: the file is not writable. Change its permissions or choose another place.\n"
    )
    assert path.read_bytes() == b"old"


KILLED_AFTER_HALF = """
import os, signal, sys
from pathlib import Path
from publisher.writing import files

real = os.write

def write_half(fd, data):
    if len(data) < 1000:
        os.kill(os.getpid(), signal.SIGKILL)
    return real(fd, data[: len(data) // 2])

files.os.write = write_half
files.write_atomically(Path(sys.argv[1]), bytes(100_000))
"""


@pytest.mark.parametrize("old", [None, b"old"], ids=["new file", "existing file"])
def test_a_process_killed_in_mid_write_leaves_the_folder_as_it_was(tmp_path, old):
    path = tmp_path / "brief.pdf"
    if old is not None:
        path.write_bytes(old)

    child = subprocess.run([sys.executable, "-c", KILLED_AFTER_HALF, path], capture_output=True, check=False)

    assert child.returncode == -signal.SIGKILL, child.stderr
    assert names(tmp_path) == ([] if old is None else ["brief.pdf"])
    assert old is None or path.read_bytes() == old


KILLED_BEFORE_THE_RENAME = """
import os, signal, sys
from pathlib import Path
from publisher.writing import files

files.os.rename = lambda *args, **kwargs: os.kill(os.getpid(), signal.SIGKILL)
files.write_atomically(Path(sys.argv[1]), b"new")
"""


def test_what_a_process_killed_between_name_and_rename_leaves_can_be_removed(tmp_path):
    path = tmp_path / "feed.xml"
    path.write_bytes(b"old")
    child = subprocess.run([sys.executable, "-c", KILLED_BEFORE_THE_RENAME, path], capture_output=True, check=False)
    left = names(tmp_path)

    remove_unfinished(tmp_path)

    assert child.returncode == -signal.SIGKILL, child.stderr
    assert len(left) == 2
    assert (names(tmp_path), path.read_bytes()) == (["feed.xml"], b"old")


def test_a_pipe_is_written_straight(tmp_path):
    reader, writer = os.pipe()

    write_atomically(Path(f"/proc/self/fd/{writer}"), b"whole")

    os.close(writer)
    assert os.read(reader, 100) == b"whole"
    os.close(reader)


class TestWriteProvisionally:
    def test_the_bytes_are_there(self, tmp_path):
        write_provisionally(tmp_path / "tuần.pdf", b"whole")

        assert (tmp_path / "tuần.pdf").read_bytes() == b"whole"

    def test_what_the_disk_refuses_is_told_as_ever(self, tmp_path):
        with pytest.raises(OutputError) as refused:
            write_provisionally(tmp_path, b"whole")

        assert str(refused.value) == f"cannot write {tmp_path}: it is a folder. Name a file in it."

    def test_the_system_is_told_to_take_the_bytes_to_the_disk_once_it_has_them(self, tmp_path, monkeypatch):
        had = []
        monkeypatch.setattr(files, "begin_writing_out", lambda opened: had.append(os.fstat(opened).st_size))

        write_provisionally(tmp_path / "tuần.pdf", b"whole")

        assert had == [5]

    def test_where_nobody_can_be_told_the_bytes_are_there_all_the_same(self, tmp_path, monkeypatch):
        monkeypatch.setattr(sys, "platform", "darwin")

        write_provisionally(tmp_path / "tuần.pdf", b"whole")

        assert (tmp_path / "tuần.pdf").read_bytes() == b"whole"

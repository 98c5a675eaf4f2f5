"""Many files at once: each is there whole, or as it was before."""

import errno
import os
import stat
import subprocess
import sys

import pytest

from publisher.errors import OutputError
from publisher.writing import together
from publisher.writing.together import Together, write_together

MANY = [(f"{number}.html", f"page {number}".encode()) for number in range(20)]


@pytest.fixture(params=["all at once", "one by one"])
def either_way(request, monkeypatch):
    """Runs a test with and without a system that syncs a whole disk and says how that went: its answer is canned."""
    if request.param == "one by one":

        def answer(descriptor):
            raise NotImplementedError

        monkeypatch.setattr(together, "sync_file_system", answer)


def contents(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.mark.usefixtures("either_way")
class TestWriteTogether:
    @pytest.mark.parametrize("count", [0, 1, 20])
    def test_all_are_there_and_nothing_else_is_left(self, tmp_path, count):
        changed = write_together(tmp_path, MANY[:count])

        assert contents(tmp_path) == dict(MANY[:count])
        assert changed == {name: True for name, _ in MANY[:count]}

    def test_what_is_as_it_shall_be_is_left_alone(self, tmp_path):
        write_together(tmp_path, MANY)
        before = {path.name: path.stat().st_ino for path in tmp_path.iterdir()}

        changed = write_together(tmp_path, [*MANY[1:], ("0.html", b"another")])

        after = {path.name: path.stat().st_ino for path in tmp_path.iterdir()}
        assert [name for name, is_new in changed.items() if is_new] == ["0.html"]
        assert [name for name in before if after[name] != before[name]] == ["0.html"]
        assert (tmp_path / "0.html").read_bytes() == b"another"

    def test_a_new_file_has_the_mode_of_the_umask_and_one_in_the_place_of_another_its_mode(self, tmp_path):
        (tmp_path / "0.html").write_bytes(b"old")
        (tmp_path / "0.html").chmod(0o604)
        before = os.umask(0o027)
        try:
            write_together(tmp_path, MANY)
        finally:
            os.umask(before)

        assert [stat.S_IMODE((tmp_path / name).stat().st_mode) for name in ("0.html", "1.html")] == [0o604, 0o640]

    def test_a_link_stays_and_what_it_leads_to_is_replaced(self, tmp_path):
        folder, target = tmp_path / "pages", tmp_path / "elsewhere"
        folder.mkdir()
        target.write_bytes(b"old")
        (folder / "0.html").symlink_to(target)

        write_together(folder, MANY)

        assert (folder / "0.html").is_symlink()
        assert target.read_bytes() == b"page 0"

    def test_what_is_in_the_way_is_named_and_all_else_is_as_before(self, tmp_path):
        (tmp_path / "7.html").mkdir()

        with pytest.raises(OutputError) as refused:
            write_together(tmp_path, MANY)

        assert str(refused.value) == f"cannot write {tmp_path / '7.html'}: it is a folder. Name a file in it."
        assert [path.name for path in tmp_path.iterdir()] == ["7.html"]

    def test_a_full_disk_leaves_all_as_it_was(self, tmp_path, monkeypatch):
        (tmp_path / "0.html").write_bytes(b"old")
        full = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

        def refuse(descriptor):
            raise full

        monkeypatch.setattr(together, "sync_file_system", refuse)
        monkeypatch.setattr(together.os, "fsync", refuse)

        with pytest.raises(OutputError) as refused:
            write_together(tmp_path, MANY)

        size = sum(len(data) for _, data in MANY)
        assert str(refused.value) == (
            f"cannot write {tmp_path / MANY[-1][0]}: the disk is full. Free {size:,} bytes or choose another place."
        )
        assert contents(tmp_path) == {"0.html": b"old"}

    def test_nothing_has_its_name_before_it_is_put_and_what_is_not_put_is_gone(self, tmp_path):
        with Together(tmp_path) as begun:
            begun.add("0.html", b"page 0")
            waiting = list(contents(tmp_path).values())
        left = contents(tmp_path)

        assert waiting == [b"page 0"]
        assert left == {}

    def test_what_is_synced_already_has_its_name_when_it_is_put(self, tmp_path):
        with Together(tmp_path) as begun:
            for name, data in MANY:
                begun.add(name, data)
            begun.sync()
            hidden = contents(tmp_path).keys()
            begun.put()

        assert hidden.isdisjoint(dict(MANY))
        assert contents(tmp_path) == dict(MANY)

    def test_what_somebody_removes_before_it_is_put_is_an_error_of_the_output(self, tmp_path):
        with pytest.raises(OutputError), Together(tmp_path) as begun:
            for name, data in MANY[:2]:
                begun.add(name, data)
            next(tmp_path.iterdir()).unlink()
            begun.put()

        assert contents(tmp_path) == {}


ORDER = """
import os, sys
from pathlib import Path
from publisher.writing import together

told = []
real = together.sync_file_system
together.sync_file_system = lambda descriptor: (told.append("sync"), real(descriptor))
sys.addaudithook(lambda event, arguments: told.append("name") if event == "os.rename" else None)
together.write_together(Path(sys.argv[1]), [(f"{number}", b"whole") for number in range(20)])
print(*told)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere files are synced one by one")
def test_no_file_has_its_name_before_all_are_on_the_disk(tmp_path):
    run = subprocess.run([sys.executable, "-c", ORDER, tmp_path], capture_output=True, text=True, check=True)

    assert run.stdout.split() == ["sync", *["name"] * 20]

"""What an issue was made from is with who made it; on the shelf it stands only where the settings say so."""

import datetime as dt
import os
import shutil

import pytest

from publisher.automation.digest.outcome import Ending
from publisher.automation.issues.verify import verify_proof
from publisher.errors import InputError
from tests.automation.digest.test_digest import BRIDGE, CRANES
from tests.automation.digests import NOW, SETTINGS, Desk, page

PUBLISHED = "[evidence]\npublish = true\n"


@pytest.fixture
def desk(tmp_path) -> Desk:
    desk = Desk(tmp_path)
    desk.put("2026-W12", "cau.md", page(BRIDGE, "2026-03-17"))
    return desk


def kept(desk: Desk) -> list[str]:
    return sorted(path.name for path in (desk.folder / "archives").glob("*"))


def on_the_shelf(desk: Desk) -> list[str]:
    return [path for path in desk.files() if path.endswith(".zip")]


def test_it_is_kept_closed_to_others_and_not_on_the_shelf(desk):
    desk.run()

    (name,) = kept(desk)
    assert name == desk.proof("2026-W12")["archive"]["name"]
    assert name.startswith("lam-chau-2026-W12-")
    assert (desk.folder / "archives").stat().st_mode & 0o777 == 0o700
    assert on_the_shelf(desk) == []


def test_where_that_is_asked_for_it_stands_on_the_shelf_alone(desk):
    desk.configure(SETTINGS + PUBLISHED)
    desk.run()

    assert on_the_shelf(desk) == ["issues/2026-W12/sources.zip"]
    assert kept(desk) == []


def test_an_issue_is_rebuilt_from_wherever_it_is(desk):
    desk.run()
    desk.configure(SETTINGS + PUBLISHED)
    out = desk.run(rebuild=True)
    published, left = on_the_shelf(desk), kept(desk)
    desk.configure(SETTINGS)
    back = desk.run(rebuild=True)

    assert [out.message, back.message] == ["2026-W12 is made again: it has changed"] * 2
    assert (published, left) == (["issues/2026-W12/sources.zip"], [])
    assert on_the_shelf(desk) == []
    assert kept(desk) == [desk.proof("2026-W12")["archive"]["name"]]


def test_an_archive_that_is_lost_is_named(desk):
    desk.run()
    (name,) = kept(desk)
    shutil.rmtree(desk.folder / "archives")

    with pytest.raises(InputError) as raised:
        desk.run("2026-W12", rebuild=True)

    path = desk.folder / "archives" / name
    assert str(raised.value) == f"cannot rebuild 2026-W12: {path}: no such file or directory. Put it back."


def test_of_an_issue_that_is_made_anew_the_old_one_goes(desk):
    desk.run()
    before = kept(desk)
    desk.put("2026-W12", "cau.md", page(BRIDGE, "2026-03-17", extra="Chiều qua cầu được thử tải."))
    shutil.rmtree(desk.issue("2026-W12"))
    (desk.folder / "ledger.sqlite").unlink()

    assert desk.run().ending == Ending.PUBLISHED
    assert kept(desk) == [desk.proof("2026-W12")["archive"]["name"]]
    assert kept(desk) != before


def test_with_an_issue_that_the_shelf_keeps_no_longer_its_archive_goes(desk):
    desk.configure(SETTINGS.replace('folder = "shelf"', 'folder = "shelf"\nkeep = 1'))
    desk.put("2026-W13", "seu.md", page(CRANES, "2026-03-24"))
    desk.put("2026-W14", "lua.md", page("Làng lụa nhuộm lại màu vỏ sú", "2026-03-31"))
    for week, days in (("2026-W12", 0), ("2026-W13", 7), ("2026-W14", 14)):
        desk.run(week, NOW + dt.timedelta(days=days))

    weeks = [path.name for path in sorted((desk.shelf / "issues").iterdir())]
    assert "2026-W12" not in weeks
    assert [name[9:17] for name in kept(desk)] == weeks


def test_the_archives_of_another_series_in_the_folder_stay(desk):
    other = desk.folder / "archives" / "khac-2026-W12-0123456789abcdef.zip"
    other.parent.mkdir()
    other.write_bytes(b"?")
    desk.run()

    assert other.name in kept(desk)
    assert len(kept(desk)) == 2


def test_what_was_left_unfinished_beside_the_archives_or_the_ledger_goes_and_what_others_write_stays(desk):
    """As where the file system has no files without a name, and a run was killed between writing one and naming it."""
    (desk.folder / "archives").mkdir()
    for folder in (desk.folder, desk.folder / "archives"):
        for name, hours in ((".publisher-0a.part", 3), (".publisher-0b.part", 1)):
            (folder / name).write_bytes(b"?")
            moment = (NOW - dt.timedelta(hours=hours)).timestamp()
            os.utime(folder / name, (moment, moment))
    desk.run()

    left = [path.relative_to(desk.folder).as_posix() for path in desk.folder.rglob(".publisher-*")]
    assert sorted(left) == [".publisher-0b.part", "archives/.publisher-0b.part"]


def test_inputs_are_verified_where_the_archive_is_at_hand(desk):
    desk.run()
    issue, archives = desk.issue("2026-W12"), desk.folder / "archives"
    apart, together = verify_proof(issue, None), verify_proof(issue, None, archives=archives)
    (name,) = kept(desk)
    (archives / name).write_bytes(b"?")
    spoilt = verify_proof(issue, None, archives=archives)

    assert (apart.inputs, apart.doubts) == (0, ())
    assert (together.inputs, together.doubts) == (1, ())
    size = desk.proof("2026-W12")["archive"]["bytes"]
    assert [(doubt.file, doubt.message) for doubt in spoilt.doubts] == [(name, f"it has 1 bytes, and had {size}")]

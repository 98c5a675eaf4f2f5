"""An issue's folder gets its name when all that is in it has reached the disk."""

import os
from pathlib import Path

from publisher.automation.issues.folders import building, put
from publisher.writing import write_provisionally


def test_all_files_reach_the_disk_before_their_folder_has_its_name(tmp_path, monkeypatch):
    target = tmp_path / "2026-W12"
    synced = []

    def note(descriptor: int) -> None:
        synced.append((Path(f"/proc/self/fd/{descriptor}").readlink().name, target.exists()))

    with building(tmp_path, target.name) as folder:
        for name in ("tuan.epub", "issue.json"):
            write_provisionally(folder / name, b"whole")
        monkeypatch.setattr(os, "fsync", note)
        put(folder, target)

    assert synced == [
        ("issue.json", False),
        ("tuan.epub", False),
        (".building-2026-W12", False),
        (tmp_path.name, True),
    ]

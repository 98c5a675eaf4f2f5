"""Pages of our own to fill archives with, and readers of them that fail in ways of their own."""

import datetime as dt
import os
import signal
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from publisher.archive.adding import Added, add
from publisher.archive.batches import ArchiveReader
from publisher.model import Reading, Source
from publisher.pipeline import Means
from publisher.reading import Correction, OutletProfile, read
from publisher.seams import Executor, Here

MONDAY = dt.date(2026, 1, 5)
"""Of week 2."""

PLACES = ("Bến Lụa", "Cồn Muối", "Vạn Tơ", "Hòn Trầm", "Nà Ngần", "Gò Sỏi", "Kẻ Giang")
THINGS = ("cầu treo", "trạm đo mưa", "chợ nổi", "lớp học đêm", "kè đá", "đội xe điện", "vườn ươm", "bến thuyền")
DEEDS = ("khánh thành", "phải sửa", "đóng cửa", "mở rộng", "chạy thử")


def page(number: int, day: dt.date | None) -> str:
    """One of many pages: each of a story of its own."""
    place, thing = PLACES[number % 7], THINGS[number % 8]
    deed = DEEDS[number % 5]
    date = f"date: {day.isoformat()}\n" if day else ""
    paper = "Báo Sông Mây" if number % 2 else "Tin Lam Châu"
    return (
        f"---\ntitle: {place} {deed} {thing} thứ {number}\n{date}publication: {paper}\n"
        f"url: https://bao.example/{number}\nlanguage: vi\n---\n\n"
        f"Ở {place}, {thing} thứ {number} {deed} vào hôm qua, sau {number + 3} tháng "
        f"và {number * 17 + 211} triệu đồng.\n\n"
        f"Ông Lò Văn Pha{number} nói rằng {number * 3 + 40} hộ dân đã góp {number * 7 + 13} ngày công cho {thing}.\n"
    )


def write_pages(folder: Path, count: int, days_apart: int = 1) -> Path:
    """So many pages, one every few days; the last has no date."""
    folder.mkdir(parents=True)
    for number in range(count):
        day = MONDAY + dt.timedelta(days=number * days_apart) if number < count - 1 else None
        (folder / f"{number:04}.md").write_text(page(number, day), encoding="utf-8")
    return folder


def files(archive: Path) -> dict[str, bytes]:
    """All that is true of an archive, by path: not the index."""
    return {
        path.relative_to(archive).as_posix(): path.read_bytes()
        for path in sorted(archive.rglob("*"))
        if path.is_file() and not path.name.startswith("index.sqlite")
    }


def added(archive: Path, pages: Path, executor: Executor | None = None, reader: ArchiveReader | None = None) -> Added:
    """What comes of adding pages, five at a time."""
    return add(
        archive, [str(pages)], reader or ArchiveReader(read=read), Means(executor=executor or Here()), together=5
    )


class KilledError(BaseException):
    """What ends a run, as far as its files can tell."""


def ending_at(name: str, source: Source, profile: OutletProfile | None, corrections: Sequence[Correction]) -> Reading:
    """Reads, and ends the process over one page."""
    if source.name.endswith(name):
        os._exit(1)
    return read(source, profile, corrections)


def killed_at(name: str, source: Source, profile: OutletProfile | None, corrections: Sequence[Correction]) -> Reading:
    if source.name.endswith(name):
        raise KilledError
    return read(source, profile, corrections)


def killed_once(
    folder: Path, name: str, source: Source, profile: OutletProfile | None, corrections: Sequence[Correction]
) -> Reading:
    """Reads, and has the kernel end the process over one page, the first time."""
    if source.name.endswith(name) and not (folder / "killed").exists():
        (folder / "killed").touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return read(source, profile, corrections)


def reader_of(step: object, *arguments: object) -> ArchiveReader:
    return ArchiveReader(read=partial(step, *arguments))  # type: ignore[call-overload]

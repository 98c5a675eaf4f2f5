"""What an archive holds."""

from pathlib import Path

from publisher.archive.places import weeks_of
from publisher.archive.receipts import receipts_of
from publisher.model.blocks import Value


class Status(Value, frozen=True, kw_only=True):
    """What an archive holds, by what its receipts say."""

    pages: int
    articles: int
    lost: int
    weeks: tuple[str, ...]
    size_bytes: int
    """Of the parts."""


def status(archive: Path) -> Status:
    """What the archive holds. InputError where there is none."""
    weeks = weeks_of(archive)
    pages = articles = lost = 0
    for receipt in receipts_of(archive):
        pages += len(receipt.pages)
        articles += sum(receipt.parts.values())
        lost += len(receipt.lost)
    size = sum(path.stat().st_size for path in (archive / "articles").rglob("*.parquet"))
    return Status(pages=pages, articles=articles, lost=lost, weeks=weeks, size_bytes=size)

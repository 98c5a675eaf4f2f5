"""Parts that are not there, or hold something else."""

from pathlib import Path

import pytest

from publisher.archive.parts import read_part
from publisher.archive.receipts import receipts_of
from publisher.archive.status import Status, status
from publisher.errors import InputError
from tests.archive.pages import added, write_pages


def test_a_part_that_is_none_says_what_to_do(tmp_path: Path) -> None:
    part = tmp_path / "part-1.parquet"
    part.write_bytes(b"no Parquet")

    with pytest.raises(InputError) as refused:
        list(read_part(part))

    assert str(refused.value).startswith(f"cannot read {part}: ")
    assert str(refused.value).endswith(". Remove it and its batch, and add its pages again.")


def test_so_does_a_receipt(tmp_path: Path) -> None:
    receipt = tmp_path / "batches" / "1.json"
    receipt.parent.mkdir()
    receipt.write_text("{}")

    with pytest.raises(InputError) as refused:
        list(receipts_of(tmp_path))

    assert str(refused.value) == (
        f"cannot read {receipt}: Object missing required field `pages`. Remove it, and add its pages again."
    )


def test_the_status_is_what_the_receipts_say(tmp_path: Path) -> None:
    pages = write_pages(tmp_path / "pages", 9)
    (pages / "empty.md").write_text("")
    added(tmp_path / "news", pages)

    held = status(tmp_path / "news")

    size = sum(path.stat().st_size for path in (tmp_path / "news").rglob("*.parquet"))
    weeks = ("2026-W02", "2026-W03", "undated")
    assert held == Status(pages=10, articles=9, lost=1, weeks=weeks, size_bytes=size)

"""Receipts: what was read together, what came of it, and what was lost."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec

from publisher.archive.places import keep
from publisher.errors import InputError
from publisher.model.blocks import Value


class LostPage(Value, frozen=True, kw_only=True):
    """A page of which no article is in the archive."""

    name: str
    sha256: str
    code: str
    """Of ``PROBLEM_CODES``."""

    reason: str


class Receipt(Value, frozen=True, kw_only=True):
    """What became of a batch. Once it is written, the batch is done."""

    pages: tuple[tuple[str, str], ...]
    """The name of each, and its SHA-256."""

    parts: Mapping[str, int]
    """By week, how many articles its part has."""

    lost: tuple[LostPage, ...] = ()


def keep_receipt(archive: Path, batch: str, receipt: Receipt) -> None:
    """Note that a batch is done. OutputError as files raise it."""
    keep(_folder(archive) / f"{batch}.json", msgspec.json.encode(receipt))


def receipts_of(archive: Path) -> Iterator[Receipt]:
    """Those of all batches that are done, by the names of these; none where there is no archive. InputError."""
    for path in sorted(_folder(archive).glob("*.json")):
        try:
            yield msgspec.json.decode(path.read_bytes(), type=Receipt)
        except (OSError, msgspec.MsgspecError) as error:
            raise InputError(f"cannot read {path}: {error}. Remove it, and add its pages again.") from error


def list_lost(archive: Path) -> tuple[LostPage, ...]:
    """The pages of all batches that are lost, by name; they are written into ``lost.jsonl``. OutputError."""
    lost = sorted((page for receipt in receipts_of(archive) for page in receipt.lost), key=lambda page: page.name)
    lines = msgspec.json.Encoder().encode_lines(lost)
    keep(archive / "lost.jsonl", lines)
    return tuple(lost)


def _folder(archive: Path) -> Path:
    return archive / "batches"

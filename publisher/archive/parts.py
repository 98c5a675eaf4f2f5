"""Parts: articles as Parquet, which other programs read too."""

import datetime as dt
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from publisher.archive.places import keep
from publisher.errors import InputError
from publisher.model import Article
from publisher.model.blocks import Value
from publisher.packages import with_extra

try:
    import pyarrow as pa
    import pyarrow.parquet as pq
except ModuleNotFoundError as error:
    raise InputError(f"an archive needs pyarrow. Install {with_extra('cluster')}.") from error


class KeptArticle(Value, frozen=True, kw_only=True):
    """An article in an archive."""

    key: str
    """``Article.key``."""

    sha256: str
    """Of its words: see ``publisher.compiling.content_digest``."""

    headline: str
    publication: str | None
    language: str
    url: str | None
    published: dt.date | None
    updated: dt.date | None
    origin: str
    """The file or the address that it was read from."""

    source: str
    """SHA-256 of what was read there."""

    fingerprint: bytes
    """As ledgers have it: what is compared to know whether another article tells the same story."""

    article: bytes
    """The article as JSON."""

    def whole(self) -> Article:
        """The article."""
        return msgspec.json.decode(self.article, type=Article)


_SCHEMA = pa.schema(
    [
        *(pa.field(name, pa.string(), nullable=False) for name in ("key", "sha256", "headline")),
        pa.field("publication", pa.string()),
        pa.field("language", pa.string(), nullable=False),
        pa.field("url", pa.string()),
        pa.field("published", pa.date32()),
        pa.field("updated", pa.date32()),
        *(pa.field(name, pa.string(), nullable=False) for name in ("origin", "source")),
        pa.field("fingerprint", pa.binary(), nullable=False),
        pa.field("article", pa.binary(), nullable=False),
    ]
)


def write_part(path: Path, rows: Sequence[KeptArticle]) -> None:
    """Write a part, whole or not at all; the same rows are the same bytes. OutputError as files raise it."""
    columns = {name: [getattr(row, name) for row in rows] for name in _SCHEMA.names}
    buffer = pa.BufferOutputStream()
    pq.write_table(pa.table(columns, schema=_SCHEMA), buffer, compression="zstd")
    keep(path, buffer.getvalue().to_pybytes())


def read_part(path: Path) -> Iterator[KeptArticle]:
    """The rows of a part, in their order. InputError when it cannot be read."""
    yield from (KeptArticle(**values) for values in _table(path, _SCHEMA.names).to_pylist())


def read_fingerprints(path: Path) -> list[bytes]:
    """What is compared of each article of a part: read without the articles themselves."""
    fingerprints: list[bytes] = _table(path, ["fingerprint"]).column("fingerprint").to_pylist()
    return fingerprints


def read_days(path: Path) -> list[tuple[dt.date | None, dt.date | None]]:
    """When each article of a part was published and updated: read without the articles themselves."""
    table = _table(path, ["published", "updated"])
    return list(zip(table.column("published").to_pylist(), table.column("updated").to_pylist(), strict=True))


def _table(path: Path, columns: Sequence[str]) -> pa.Table:
    try:
        # Nothing is read ahead in threads of its own: there are as many processes as there is to be had of cores.
        return pq.ParquetFile(path).read(columns=list(columns), use_threads=False)
    except (OSError, pa.ArrowException) as error:
        raise InputError(f"cannot read {path}: {error}. Remove it and its batch, and add its pages again.") from error

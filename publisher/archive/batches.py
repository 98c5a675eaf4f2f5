"""Batches: pages that are read together, by whoever an executor finds, and written as parts."""

from hashlib import sha256
from pathlib import Path

import msgspec

from publisher.archive.parts import KeptArticle, write_part
from publisher.archive.places import part_path, week_name
from publisher.archive.receipts import LostPage, Receipt, keep_receipt
from publisher.compiling import content_digest, fingerprint
from publisher.errors import DefectError, InputError
from publisher.model import Article, Source, to_json
from publisher.model.blocks import Value
from publisher.packages import READING_PACKAGES, code_digest
from publisher.pipeline import Gathered, Means, OutletProfiles, Read, Wanted, gather
from publisher.pipeline.readings import LOST


class WantedPage(Value, frozen=True, kw_only=True):
    """A page to be read."""

    name: str
    """A file's path, absolute, or an address."""

    sha256: str
    source: Source | None = None
    """What was fetched; ``None`` of a file, which is read by whoever has it in a batch."""


class ArchiveReader(msgspec.Struct, frozen=True, kw_only=True):
    """Who reads the pages of an archive, with what helps; it can be pickled."""

    read: Read
    profiles: OutletProfiles = OutletProfiles()

    def gathered(self, page: WantedPage) -> Gathered | InputError:
        """The articles of a page, or why there is none."""
        wanted = Wanted(
            references=() if page.source else (page.name,),
            sources=(page.source,) if page.source else (),
            profiles=self.profiles,
        )
        try:
            return gather(wanted, Means(read=self.read))
        except InputError as error:
            return error


class Batch(Value, frozen=True, kw_only=True):
    """Pages in their order, and which of them are known to end the process that reads them."""

    pages: tuple[WantedPage, ...]
    ending: frozenset[str] = frozenset()
    """The names of those."""


def name_of(batch: Batch, reader: ArchiveReader) -> str:
    """What the batch and its parts are called: by its pages, by what helps to read them, and by our code."""
    digest = sha256(code_digest(("archive", "compiling", "reading"), (*READING_PACKAGES, "pyarrow")))
    digest.update(msgspec.msgpack.encode(reader.profiles, order="deterministic", enc_hook=str))
    for page in batch.pages:
        digest.update(msgspec.msgpack.encode((page.name, page.sha256)))
    return digest.hexdigest()[:32]


def make(archive: Path, reader: ArchiveReader, batch: Batch) -> Receipt:
    """Read the batch and write its parts, and last its receipt. OutputError when they cannot be written."""
    rows: dict[str, list[KeptArticle]] = {}
    lost = []
    for page in batch.pages:
        outcome = InputError(LOST) if page.name in batch.ending else reader.gathered(page)
        if isinstance(outcome, InputError):
            is_defect = page.name in batch.ending or isinstance(outcome, DefectError)
            code = "reader-failed" if is_defect else "no-article"
            lost.append(LostPage(name=page.name, sha256=page.sha256, code=code, reason=str(outcome)))
            continue
        for article in outcome.articles:
            rows.setdefault(week_name(article.published), []).append(_row(article, page))
    name = name_of(batch, reader)
    for week, of_week in sorted(rows.items()):
        write_part(part_path(archive, week, name), of_week)
    receipt = Receipt(
        pages=tuple((page.name, page.sha256) for page in batch.pages),
        parts={week: len(of_week) for week, of_week in sorted(rows.items())},
        lost=tuple(lost),
    )
    keep_receipt(archive, name, receipt)
    return receipt


def is_read(reader: ArchiveReader, page: WantedPage) -> bool:
    """True, whatever comes of reading the page: for who wants to know whether it ends the process."""
    reader.gathered(page)
    return True


def _row(article: Article, page: WantedPage) -> KeptArticle:
    return KeptArticle(
        key=article.key,
        sha256=content_digest(article),
        headline=article.headline,
        publication=article.publication,
        language=article.language,
        url=article.url,
        published=article.published,
        updated=article.updated,
        origin=page.name,
        source=page.sha256,
        fingerprint=msgspec.msgpack.encode(fingerprint(article), order="deterministic"),
        article=to_json(article).encode(),
    )

"""Pages become articles of an archive: found and fetched here, read wherever an executor works."""

import hashlib
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path

import msgspec

from publisher.archive.batches import ArchiveReader, Batch, WantedPage, is_read, make
from publisher.archive.receipts import Receipt, list_lost, receipts_of
from publisher.counting import counted
from publisher.errors import InputError
from publisher.fetching import article_files, is_address, load
from publisher.model import Problem, Source
from publisher.model.blocks import Value
from publisher.opening import open_fed
from publisher.pipeline import Means, Wanted, gather
from publisher.seams import Executor, Lost

TOGETHER = 200
"""How many pages are read together: two seconds' work of text, half a minute's of HTML. Handing a batch over takes some
ten milliseconds; and fewer pages would make more parts, which all have to be opened to read a week."""

TOGETHER_BYTES = 8 * 1024**2
"""How much of fetched pages is handed over at once: they go along, where files are read by whoever has the batch."""


class Added(Value, frozen=True, kw_only=True):
    """What came of adding pages."""

    pages: int
    """How many were read, those without an article included."""

    articles: int
    lost: int
    known: int
    """How many were in the archive already, as they are now."""


def add(
    archive: Path,
    references: Sequence[str],
    reader: ArchiveReader,
    means: Means,
    *,
    articles: bool = False,
    together: int = TOGETHER,
    tell: Callable[[Problem], None] = lambda problem: None,
) -> Added:
    """Read the pages that are not in the archive yet, and write their articles.

    ``means`` has the web, from which all is fetched here whoever reads it, and the executor; with ``articles`` the
    pages are fetched of which feeds hold only summaries. Pages are read ``together`` so many at a time. What cannot be
    had is told and not in the archive.
    InputError for a reference that leads nowhere; OutputError when the archive cannot be written.
    """
    for reference in references:
        if not is_address(reference) and not Path(reference).exists():
            load([reference])  # It says why it cannot.
    had = {_mark(name, sha256) for receipt in receipts_of(archive) for name, sha256 in receipt.pages}
    pages = _Pages(means, had, tell, articles=articles)
    read = found = 0
    for receipt in _made(archive, reader, _batches(pages.new(references), together), means.executor):
        read += len(receipt.pages)
        found += sum(receipt.parts.values())
        means.progress("read", read, max(read, pages.found))
    lost = list_lost(archive)
    return Added(pages=read, articles=found, lost=len(lost), known=pages.known)


def _made(archive: Path, reader: ArchiveReader, batches: Iterable[Batch], executor: Executor) -> Iterator[Receipt]:
    """The receipts of the batches, in their order."""
    handed: deque[Batch] = deque()

    def handing() -> Iterator[Batch]:
        for batch in batches:
            handed.append(batch)
            yield batch

    for outcome in executor.map(partial(make, archive, reader), handing()):
        batch = handed.popleft()
        yield _without_ending(archive, reader, batch, executor) if isinstance(outcome, Lost) else outcome


def _without_ending(archive: Path, reader: ArchiveReader, batch: Batch, executor: Executor) -> Receipt:
    """The receipt of a batch that ends its process: which of its pages do is found out by reading them alone."""
    outcomes = executor.map(partial(is_read, reader), batch.pages, len(batch.pages))
    ending = {page.name for page, outcome in zip(batch.pages, outcomes, strict=True) if isinstance(outcome, Lost)}
    (receipt,) = executor.map(
        partial(make, archive, reader), [msgspec.structs.replace(batch, ending=frozenset(ending))]
    )
    if isinstance(receipt, Lost):
        raise InputError(
            f"each process that read the {counted(len(batch.pages), 'page')} from {batch.pages[0].name} on has ended"
        )
    return receipt


def _batches(pages: Iterable[WantedPage], together: int) -> Iterator[Batch]:
    """The pages in batches: all of one size, so that those left of a run that was ended fall into the same."""
    some: list[WantedPage] = []
    carried = 0
    for page in pages:
        some.append(page)
        carried += len(page.source.data) if page.source else 0
        if len(some) == together or carried >= TOGETHER_BYTES:
            yield Batch(pages=tuple(some))
            some, carried = [], 0
    if some:
        yield Batch(pages=tuple(some))


class _Pages:
    """The pages that references lead to, found as they are asked for."""

    def __init__(self, means: Means, had: set[bytes], tell: Callable[[Problem], None], *, articles: bool) -> None:
        self.found = 0
        self.known = 0
        self._means = means
        self._had = had
        self._tell = tell
        self._articles = articles

    def new(self, references: Iterable[str]) -> Iterator[WantedPage]:
        """Those that are not in the archive, in the order of the references."""
        for page in self._all(references):
            self.found += 1
            mark = _mark(page.name, page.sha256)
            if mark in self._had:
                self.known += 1
            else:
                self._had.add(mark)
                yield page

    def _all(self, references: Iterable[str]) -> Iterator[WantedPage]:
        for reference in references:
            if is_address(reference):
                yield from self._fetched(reference)
                continue
            path = Path(reference).absolute()
            for file in article_files(path, self._refused) if path.is_dir() else (path,):
                addresses = _addresses_in(file)
                if addresses:
                    yield from self._all(addresses)
                else:
                    yield from self._file(file)

    def _file(self, path: Path) -> Iterator[WantedPage]:
        try:
            with open_fed(path) as stream:
                digest = hashlib.file_digest(stream, "sha256").hexdigest()  # type: ignore[arg-type]
        except OSError as error:
            self._refused(InputError(f"cannot read {path}: {(error.strerror or str(error)).lower()}"), path.name)
        else:
            yield WantedPage(name=str(path), sha256=digest)

    def _fetched(self, address: str) -> Iterator[WantedPage]:
        try:
            if self._articles:
                sources = gather(Wanted(references=(address,), articles=True), self._means).sources
            else:
                sources = load([address], web=self._means.web)
        except InputError as error:
            self._refused(error, address)
        else:
            yield from map(_page_of, sources)

    def _refused(self, error: InputError, name: str) -> None:
        self._tell(Problem(code="no-article", message=str(error), where=name))


def _page_of(source: Source) -> WantedPage:
    digest = hashlib.sha256(source.data).hexdigest()
    return WantedPage(name=source.name, sha256=digest, source=msgspec.structs.replace(source, retrieved=None))


def _mark(name: str, sha256: str) -> bytes:
    """A page as it is now, in few bytes."""
    return hashlib.sha256(f"{sha256} {name}".encode()).digest()[:16]


LIST_BYTES = 1024**2
"""A longer text is an article, or more addresses than one run fetches."""


def _addresses_in(path: Path) -> tuple[str, ...]:
    """The addresses in a text that holds nothing else but lines that begin with ``#``; of any other text, none."""
    if path.suffix.lower() != ".txt" or not path.is_file() or path.stat().st_size > LIST_BYTES:
        return ()
    lines = [line.strip() for line in path.read_text(encoding="utf-8", errors="replace").splitlines()]
    lines = [line for line in lines if line and not line.startswith("#")]
    return tuple(lines) if all(is_address(line) and len(line.split()) == 1 for line in lines) else ()

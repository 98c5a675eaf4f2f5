"""The way of a print rendition to its PDF, inside the child process.

Each document becomes a fragment by itself (``composing``), until all have their page numbers (``settling``); then the
fragments are joined (``linker``). What cannot go that way is laid out and written as a whole (``whole``).
"""

import hashlib
import io
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeAlias

import msgspec
import weasyprint

from publisher.model import PageBreak, Pagination, Problem, Rendition, Written
from publisher.writing.pdf.engine import Engine, complaints
from publisher.writing.pdf.folios import counts_pages_in_flow
from publisher.writing.pdf.fragment import PdfFragment
from publisher.writing.pdf.imposition import sides
from publisher.writing.pdf.limits import Begin, Limits, untold
from publisher.writing.pdf.press import PreparedPress
from publisher.writing.pdf.settling import Known, pages_of, settle
from publisher.writing.pdf.whole import Whole, write_whole

if TYPE_CHECKING:
    from publisher.writing.pdf.composing import Summary
    from publisher.writing.pdf.container import Sink
    from publisher.writing.pdf.remembering import Store

__all__ = ["FRAGMENTING_ENGINES", "write_pdf"]

FRAGMENTING_ENGINES = ("70.0",)
"""The versions of the engine whose objects ``painting`` and ``linker`` know. Of others it is not known whether they
write what is taken for granted there, so their files are written whole: more slowly, and all the same."""


Settled: TypeAlias = Callable[[Mapping[str, Known], Pagination], None]

_AT_LINE = re.compile(r"Ignored `(?P<what>.*)` at (?P<line>\d+):\d+, (?P<why>.*)", re.DOTALL)
"""What the engine says of a declaration that it does not take."""


def write_pdf(
    rendition: Rendition,
    report: Callable[[int, int], None] = lambda done, total: None,
    press: PreparedPress | None = None,
    limits: Limits | None = None,
    store: "Store | None" = None,
    begin: Begin = untold,
    before: Mapping[str, Known] = MappingProxyType({}),
    settled: Settled = lambda known, pagination: None,
    output: "Sink | None" = None,
) -> Written:
    """The PDF of a print rendition, for a press if one is given, the page of each anchor, and where its pages begin.

    Of the ``limits`` those of memory and jobs hold; without any nothing is forked. ``store`` may have fragments of it.
    ``begin`` is told of each document that is laid out in this process, and when none is. ``before`` is that of
    ``settling``; ``settled`` is told what it gives there, and where the pages begin, while fragments are still to be
    joined. Where there are none it is told nothing. A file of fragments goes to the ``output``, if there is one, as it
    grows; then nothing of it is in what is given.

    RenderingError when the page numbers do not settle: a theme whose contents change length with their numbers.
    """
    with complaints() as complained:
        engine = Engine(rendition, press)
        if press or weasyprint.VERSION not in FRAGMENTING_ENGINES:
            made = write_whole(rendition, engine, report, press, begin)
        else:
            made = _joined(
                rendition, engine, report, limits or Limits(jobs=1), store, complained, begin, before, settled, output
            )
    return Written(
        data=made.data,
        pages=made.pages,
        page_count=len(list(sides(made.page_count, press.imposition))) if press else made.page_count,
        pagination=Pagination(source=rendition.metadata.identifier, breaks=made.breaks),
        problems=tuple(Problem(code="engine-warning", message=message) for message in _placed(rendition, complained)),
    )


def _placed(rendition: Rendition, complained: Iterable[str]) -> Iterator[str]:
    """What the engine said, each once, with the theme's file and line in place of those of the joined style sheet."""
    told = []
    for message in complained:
        found = _AT_LINE.fullmatch(message)
        line = int(found["line"]) - 1 if found else 0
        if found and line < len(rendition.sheet_places) and rendition.sheet_places[line]:
            told.append(f"{rendition.sheet_places[line]}: ignored `{found['what'].strip()}`, {found['why']}")
        else:
            told.append(message)
    yield from dict.fromkeys(told)


def _joined(
    rendition: Rendition,
    engine: Engine,
    report: Callable[[int, int], None],
    limits: Limits,
    store: "Store | None",
    complained: dict[str, None],
    begin: Begin,
    before: Mapping[str, Known],
    settled: Settled,
    output: "Sink | None",
) -> Whole:
    """The file, of fragments; what the engine said of each document is added to what it ``complained`` of."""
    # Known here alone: with another version of the engine they may not even load.
    from publisher.writing.pdf.composing import Composer, Fragments
    from publisher.writing.pdf.crew import Crew
    from publisher.writing.pdf.linker import link
    from publisher.writing.pdf.remembering import Remembering

    documents = rendition.documents
    texts = [sheet.data.decode() for sheet in rendition.stylesheets]
    in_turn = counts_pages_in_flow((*texts, *(document.markup for document in documents)))
    with tempfile.TemporaryDirectory(prefix="fragments-") as folder:
        digests = {asset.name: hashlib.sha256(asset.data).digest() for asset in rendition.assets}
        fragments = Fragments(Path(folder), {digests[asset.name]: asset.data for asset in rendition.assets})
        composer = Composer(documents, rendition.metadata.language, engine, fragments)
        crew = Crew(composer, limits, begin)
        make = Remembering(rendition, digests, store, fragments, crew.make).make if store else crew.make
        known: dict[str, Known] = {}
        made = settle(
            documents,
            make,
            report,
            in_turn=in_turn,
            before=before,
            settled=known.update,
            make_beside=make if crew.is_many else None,
        )
        pages, breaks = pages_of(made), tuple(_breaks_of(made))
        settled(known, Pagination(source=rendition.metadata.identifier, breaks=breaks))

        def in_order() -> Iterator[PdfFragment]:
            for index in range(len(documents)):
                fragment = fragments.get(index)
                complained.update(dict.fromkeys(fragment.complaints))
                yield fragment

        data = io.BytesIO()
        link(in_order(), pages, rendition.metadata, rendition.attachments, engine.fonts, output or data)
    page_count = sum(each.page_count for each in made)
    return Whole(data=data.getvalue(), pages=pages, page_count=page_count, breaks=breaks)


def _breaks_of(made: "Iterable[Summary]") -> Iterator[PageBreak]:
    """Where the pages of all documents begin, counted through."""
    before = 0
    for each in made:
        yield from (msgspec.structs.replace(found, page=before + found.page) for found in each.breaks)
        before += each.page_count

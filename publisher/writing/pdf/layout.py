"""Layout: the documents one by one, their page numbers in place, then all pages as one PDF.

One long document has costs that grow with its square, so each is laid out by itself. What one must know of another is
its pages: where its own numbering begins, and what stands in the ``folio`` elements that point to it. Both are found
by laying out in order, then again those documents whose numbers were still unknown or have moved since.
"""

import re
from collections.abc import Callable, Mapping

from publisher.errors import RenderingError
from publisher.model import Document, PageBreak, Pagination, Problem, Rendition, Written
from publisher.writing.pdf.balance import better_leadings, is_better
from publisher.writing.pdf.breaks import page_breaks
from publisher.writing.pdf.engine import Engine, LaidOut, anchors, complaints
from publisher.writing.pdf.imposition import sides
from publisher.writing.pdf.press import Press

FOLIO = re.compile(r'<span class="folio" data-anchor="([^"]*)"></span>')
UNKNOWN = "000"
"""Set where a page is not known yet: as wide as most page numbers, so that the second layout breaks alike."""

MAX_PASSES = 6


def write_pdf(
    rendition: Rendition,
    report: Callable[[int, int], None] = lambda done, total: None,
    press: Press | None = None,
) -> Written:
    """The PDF of a print rendition, for a press if one is given, the page of each anchor, and where its pages begin.

    RenderingError when the page numbers do not settle: a theme whose contents change length with their numbers.
    """
    with complaints() as complained:
        layout = Layout(rendition, report, press)
        layout.settle()
        documents = [laid_out for laid_out, _ in layout.done.values()]
        data = layout.engine.join(documents, rendition.metadata, rendition.attachments)
    page_count = sum(len(document.pages) for document in documents)
    return Written(
        data=data,
        pages=layout.pages,
        page_count=len(list(sides(page_count, press.imposition))) if press else page_count,
        pagination=Pagination(source=rendition.metadata.identifier, breaks=layout.page_breaks()),
        problems=tuple(Problem(code="engine-warning", message=message) for message in complained),
    )


class Layout:
    """The documents of one rendition on their way to their final pages."""

    def __init__(self, rendition: Rendition, report: Callable[[int, int], None], press: Press | None = None) -> None:
        self.documents = rendition.documents
        self.report = report
        self.engine = Engine(rendition, press)
        self.pages: dict[str, int] = {}
        """The printed page of each anchor, from 1."""

        self.leadings: dict[str, float | None] = {}
        """The line height that balances a document's last page, once it has been looked for."""

        self.done: dict[str, tuple[LaidOut, tuple[int, str]]] = {}
        """For each document what it came to, and the first page and markup that it was laid out with."""

    def settle(self) -> None:
        """Lay out until every document stands with the numbers it should have."""
        for _ in range(MAX_PASSES):
            if not self._pass():
                return
        raise RenderingError("the PDF could not be made: its page numbers do not settle")

    def page_breaks(self) -> tuple[PageBreak, ...]:
        """Where the pages of all documents begin, once they have settled."""
        return tuple(
            page_break
            for laid_out, (first_page, _) in self.done.values()
            for page_break in page_breaks(laid_out, first_page)
        )

    def _pass(self) -> bool:
        """Lay out what is not as it should be; whether there was any."""
        first_page = 1
        changed = False
        for number, document in enumerate(self.documents, start=1):
            wanted = (first_page, fill_folios(document, self.pages))
            if document.name not in self.done or self.done[document.name][1] != wanted:
                laid_out = self._lay_out(document, wanted[1], first_page)
                self.done[document.name] = (laid_out, wanted)
                self.pages |= {anchor: first_page + index for anchor, index in anchors(laid_out)}
                changed = True
            first_page += len(self.done[document.name][0].pages)
            self.report(number, len(self.documents))
        return changed

    def _lay_out(self, document: Document, markup: str, first_page: int) -> LaidOut:
        """The document's pages, with the leading that its first layout asked for."""
        if document.name in self.leadings:
            return self.engine.lay_out(document, markup, first_page, self.leadings[document.name])
        own = self.engine.lay_out(document, markup, first_page)
        self.leadings[document.name] = None
        for leading in better_leadings(own) if document.role == "article" else ():
            balanced = self.engine.lay_out(document, markup, first_page, leading)
            if is_better(balanced, own):
                self.leadings[document.name] = leading
                return balanced
        return own


def fill_folios(document: Document, pages: Mapping[str, int]) -> str:
    """The document's markup with the page numbers that are known."""

    def number(match: re.Match[str]) -> str:
        return f'<span class="folio">{pages.get(match[1], UNKNOWN)}</span>'

    return FOLIO.sub(number, document.markup)

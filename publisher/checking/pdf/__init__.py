"""The preflight of a PDF: its pages one by one, then the file as a whole.

``lexer`` and ``content`` follow what a page paints, and ``sight`` has it done once for the same page; ``document`` and
``structure`` are the file around it; ``rules`` say what is wrong. Only pikepdf is asked about the file itself.
"""

import contextlib
from collections.abc import Iterator
from functools import partial

from msgspec.structs import replace

from publisher.checking.budget import Budget
from publisher.checking.parts import cut_short
from publisher.checking.pdf.document import Pdf, PdfPage, open_pdf, qpdf_reason
from publisher.checking.pdf.material import Materials
from publisher.checking.pdf.resources import bounded_unpacking
from publisher.checking.pdf.rules import FILE_RULES, PAGE_RULES
from publisher.checking.pdf.sight import MALFORMED, guarded, seen_on
from publisher.checking.pdf.tally import Tally
from publisher.checking.purposes import Purpose
from publisher.counting import counted
from publisher.model import Finding, Look
from publisher.seams import Keep, made_anew

__all__ = ["foresee_pages", "look_at_pdf"]


def look_at_pdf(
    data: bytes,
    name: str,
    purposes: frozenset[Purpose] = frozenset(),
    budget: Budget | None = None,
    keep: Keep = made_anew,
) -> Look:
    """What the rules find in a PDF, and what it claims; ``keep`` may have what is seen on pages of it.

    InputError when it cannot be read.
    """
    budget = budget or Budget(len(data))
    with bounded_unpacking(), open_pdf(data, name) as file:
        pdf = Pdf(file, purposes, budget)
        findings = [*_of_pages_and_file(pdf, keep), *_of_the_reading(pdf), *cut_short(budget, pdf.found)]
        claimed = " and ".join(claim.name for claim in pdf.claims) or "no standard"
        summary = f"PDF {pdf.file.pdf_version}, {counted(len(pdf.page_values), 'page')}, claims {claimed}"
        return Look(form="PDF", summary=summary, findings=tuple(findings), claims=pdf.claims)


def foresee_pages(data: bytes, name: str, purposes: frozenset[Purpose] = frozenset(), keep: Keep = made_anew) -> None:
    """See each page of a PDF by itself, the last first, and have ``keep`` keep it.

    In another process at the same time it saves ``look_at_pdf`` half of what is to be seen, or whatever it comes to.
    InputError when the file cannot be read.
    """
    with bounded_unpacking(), open_pdf(data, name) as file:
        pdf, materials = Pdf(file, purposes, Budget(len(data))), Materials()
        for index in reversed(range(len(pdf.page_values))):
            with contextlib.suppress(*MALFORMED):
                seen_on(PdfPage(pdf, index), materials, keep)


def _of_pages_and_file(pdf: Pdf, keep: Keep) -> Iterator[Finding]:
    """What the rules find. A page's content is let go once it has been looked at: a book's would fill the memory."""
    tally, materials = Tally(), Materials()
    for index in range(len(pdf.page_values)):
        yield from guarded(pdf, index, partial(_of_page, pdf, index, tally, materials, keep))
    for file_rule in FILE_RULES:
        yield from guarded(pdf, None, partial(file_rule, pdf, tally))
    if tally.cut_short:
        message = f"{counted(len(tally.cut_short), 'page')} with more content than is followed"
        yield pdf.found("cut-short", "note", message, tally.cut_short[0])


def _of_page(pdf: Pdf, index: int, tally: Tally, materials: Materials, keep: Keep) -> Iterator[Finding]:
    page = PdfPage(pdf, index)
    sight, fonts = seen_on(page, materials, keep)
    tally.add(index, sight.tally, fonts)
    for finding in sight.findings:
        yield replace(finding, where=replace(finding.where, page=index + 1, article=pdf.article_of(index)))
    for rule in PAGE_RULES:
        yield from guarded(pdf, index, partial(rule, page))


def _of_the_reading(pdf: Pdf) -> Iterator[Finding]:
    """What was odd while the file was read."""
    warnings = pdf.file.get_warnings()  # They are given once.
    if warnings:
        yield pdf.found("damaged", "warning", f"the file had to be repaired: {qpdf_reason(warnings[0])}")
    if len(pdf.file.pages) > len(pdf.page_values):
        message = f"only the first {len(pdf.page_values)} of {len(pdf.file.pages)} pages were looked at"
        yield pdf.found("cut-short", "note", message)

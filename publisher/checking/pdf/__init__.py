"""The preflight of a PDF: its pages one by one, then the file as a whole, then its claims.

``lexer`` and ``content`` follow what a page paints; ``document`` and ``structure`` are the file around it; ``rules``
say what is wrong. Only pikepdf is asked about the file itself.
"""

from publisher.checking.pdf.content import content_of
from publisher.checking.pdf.document import Page, Pdf, counted, open_pdf
from publisher.checking.pdf.resources import bounded_unpacking
from publisher.checking.pdf.rules import FILE_RULES, PAGE_RULES, claims, colour
from publisher.checking.pdf.tally import Tally
from publisher.checking.purposes import Purpose
from publisher.checking.report import Report, in_order
from publisher.checking.validators import Validators, ask_verapdf
from publisher.model import Finding

__all__ = ["check_pdf"]


def check_pdf(
    data: bytes, name: str, purposes: frozenset[Purpose] = frozenset(), validators: Validators | None = None
) -> Report:
    """All that is found in a PDF, page by page, then of the file.

    veraPDF is asked about the file's claims when ``validators`` are given. InputError when the file cannot be read.
    """
    with bounded_unpacking(), open_pdf(data, name) as file:
        pdf = Pdf(file, purposes)
        tally = Tally()
        findings: list[Finding] = []
        for index in range(len(pdf.page_values)):
            page = Page(pdf, index)
            page.content = content_of(page.value, pdf.library, page.crop)
            tally.add(page)
            if "press" in pdf.purposes and (number := colour.knocking_out(page)):
                tally.knocking_out[index] = number
            for page_rule in PAGE_RULES:
                findings += page_rule(page)
        for file_rule in FILE_RULES:
            findings += file_rule(pdf, tally)
        if tally.cut_short:
            message = f"{counted(len(tally.cut_short), 'page')} with more content than is followed"
            findings.append(pdf.found("cut-short", "note", message, tally.cut_short[0]))
        if file.get_warnings():
            message = f"the file had to be repaired: {str(file.get_warnings()[0]).splitlines()[0]}"
            findings.append(pdf.found("damaged", "warning", message))
        flavours = {claim.name: claim.flavour for claim in pdf.claims if claim.flavour}
        verdicts = tuple(ask_verapdf(validators, data, flavours)) if validators else ()
        findings += claims.find(pdf, findings, verdicts)
        claimed = " and ".join(claim.name for claim in pdf.claims) or "no standard"
        summary = f"PDF {pdf.file.pdf_version}, {counted(len(pdf.page_values), 'page')}, claims {claimed}"
    return Report(summary=summary, findings=in_order(findings))

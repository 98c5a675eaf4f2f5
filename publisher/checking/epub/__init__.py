"""The lint of an EPUB: what stores refuse, old e-readers stumble over and screen readers miss.

epubcheck and Ace say whether a book is valid and accessible by the standards; the rules here say what they do not:
whether its metadata are true, and whether it reads well in engines that are older than the standards.
"""

from collections.abc import Iterator
from functools import partial

from publisher.checking.budget import Budget
from publisher.checking.epub.book import Book
from publisher.checking.epub.rules import RULES
from publisher.checking.parts import cut_short, findings_of, noun_of
from publisher.checking.report import Report, in_order
from publisher.checking.validators import Validators, ask_ace, ask_epubcheck
from publisher.checking.verdicts import Verdict
from publisher.model import Finding, Severity

__all__ = ["check_epub"]

SEVERITIES: dict[str, Severity] = {"error": "error", "warning": "warning"}


def check_epub(data: bytes, name: str, validators: Validators | None = None, budget: Budget | None = None) -> Report:
    """All that is found in an EPUB, by document. epubcheck and Ace are asked when ``validators`` are given.

    InputError when it is no EPUB, or its package cannot be read.
    """
    budget = budget or Budget(len(data))
    book = Book(data, name, budget)
    findings: list[Finding] = []
    for rule in RULES:
        findings += findings_of(partial(rule, book), f"the {noun_of(rule)} of the book", budget, book.found)
    verdicts = (ask_epubcheck(validators, data), ask_ace(validators, data)) if validators else ()
    for verdict in verdicts:
        findings += _of_verdict(book, verdict)
    findings += cut_short(budget, book.found)
    documents = len(book.spine)
    summary = f"EPUB {book.version}, {documents} document{'' if documents == 1 else 's'}"
    is_open = any(verdict.is_open for verdict in verdicts)
    return Report(summary=summary, findings=in_order(findings), is_open=is_open)


def _of_verdict(book: Book, verdict: Verdict) -> Iterator[Finding]:
    what = "that the book is valid" if verdict.about == "EPUB" else "that the book is accessible, as far as it can tell"
    if verdict.reason is not None:
        yield book.found("not-judged", "note", f"{verdict.reason}: nobody confirms {what}")
    elif not verdict.objections:
        yield book.found("judged-good", "note", f"{verdict.program} confirms {what}")
    for objection in verdict.objections:
        message = f"{verdict.program}: {objection.message}"
        place = f"{objection.place} {objection.rule}" if objection.place else objection.rule
        yield book.found("judged-bad", SEVERITIES.get(objection.severity, "note"), message, place=place)

"""The lint of an EPUB: what stores refuse, old e-readers stumble over and screen readers miss.

epubcheck and Ace say whether a book is valid and accessible by the standards; the rules here say what they do not:
whether its metadata are true, and whether it reads well in engines that are older than the standards.
"""

from functools import partial

from publisher.checking.budget import Budget
from publisher.checking.epub.book import Book
from publisher.checking.epub.rules import RULES
from publisher.checking.parts import cut_short, findings_of, noun_of
from publisher.counting import counted
from publisher.model import Finding, Look

__all__ = ["look_at_epub"]


def look_at_epub(data: bytes, name: str, budget: Budget | None = None) -> Look:
    """What the rules find in an EPUB. InputError when it is none, or its package cannot be read."""
    budget = budget or Budget(len(data))
    book = Book(data, name, budget)
    findings: list[Finding] = []
    for rule in RULES:
        findings += findings_of(partial(rule, book), f"the {noun_of(rule)} of the book", budget, book.found)
    findings += cut_short(budget, book.found)
    summary = f"EPUB {book.version}, {counted(len(book.spine), 'document')}"
    return Look(form="EPUB", summary=summary, findings=tuple(findings))

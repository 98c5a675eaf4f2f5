"""The lint of an EPUB: what stores refuse, old e-readers stumble over and screen readers miss.

epubcheck and Ace say whether a book is valid and accessible by the standards; the rules here say what they do not:
whether its metadata are true, and whether it reads well in engines that are older than the standards.
"""

from collections.abc import Iterator
from functools import partial

from publisher.checking.budget import Budget
from publisher.checking.epub.book import Book
from publisher.checking.epub.rules import BOOK_RULES
from publisher.checking.epub.survey import found_in, survey
from publisher.checking.parts import cut_short, findings_of, noun_of
from publisher.counting import counted
from publisher.model import Finding, Look
from publisher.seams import Keep, made_anew

__all__ = ["look_at_epub"]


def look_at_epub(data: bytes, name: str, budget: Budget | None = None, keep: Keep = made_anew) -> Look:
    """What the rules find in an EPUB; ``keep`` may have what is seen in documents of it.

    InputError when it is none, or its package cannot be read.
    """
    budget = budget or Budget(len(data))
    book = Book(data, name, budget, partial(survey, keep=keep))
    findings: list[Finding] = []
    for rule in BOOK_RULES:
        findings += findings_of(partial(rule, book), f"the {noun_of(rule)} of the book", budget, book.found)
    for path in dict.fromkeys(item.path for item in book.documents):
        findings += findings_of(partial(_of_document, book, path), path, budget, book.found)
    findings += cut_short(budget, book.found)
    summary = f"EPUB {book.version}, {counted(len(book.spine), 'document')}"
    return Look(form="EPUB", summary=summary, findings=tuple(findings))


def _of_document(book: Book, path: str) -> Iterator[Finding]:
    """What is found in a document by itself: what was found before, where all that it names is still there."""
    facts = book.facts(path)
    if facts is not None:
        whole = all(book.leads(*target) for target in facts.asked)
        found = facts.findings if whole else found_in(book.setting(path), book.data(path), book.leads)
        yield from map(book.placed, found)

"""The rules: each module looks at one side of a book, of its documents, or of both, and gives what it finds."""

from collections.abc import Callable, Iterator
from typing import TypeAlias

from publisher.checking.epub.book import Book
from publisher.checking.epub.document import CheckedDocument
from publisher.checking.epub.rules import (
    accessibility,
    documents,
    language,
    metadata,
    navigation,
    package,
    pages,
    pictures,
    styles,
)
from publisher.model import Finding

BookRule: TypeAlias = Callable[[Book], Iterator[Finding]]
DocumentRule: TypeAlias = Callable[[CheckedDocument], Iterator[Finding]]

BOOK_RULES: tuple[BookRule, ...] = (
    package.find,
    metadata.find,
    navigation.find,
    pages.find,
    documents.find,
    language.find,
    pictures.find,
    styles.find,
    accessibility.find,
)

DOCUMENT_RULES: tuple[DocumentRule, ...] = (
    documents.find_in_document,
    language.find_in_document,
    pictures.find_in_document,
    styles.find_in_document,
)

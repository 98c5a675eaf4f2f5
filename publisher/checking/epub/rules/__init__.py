"""The rules: each module looks at one side of a book and gives what it finds."""

from collections.abc import Callable, Iterator
from typing import TypeAlias

from publisher.checking.epub.book import Book
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

Rule: TypeAlias = Callable[[Book], Iterator[Finding]]

RULES: tuple[Rule, ...] = (
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

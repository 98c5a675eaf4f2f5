"""Sources that another package reads: its function is called, and what it gives goes through the gate of JSON articles.

What such a package does wrong costs the one source, and is told with the package's name and its own words.
"""

import contextlib
import inspect
import traceback
from collections.abc import Iterable, Iterator
from pathlib import PurePath

import msgspec

from publisher.bulkhead import bulkhead
from publisher.errors import DefectError, InputError
from publisher.extensions import reader_for
from publisher.model import Article, Reading, Source
from publisher.reading.finishing import finish
from publisher.reading.given import faults, traced
from publisher.reading.vocabulary import Vocabulary

_LONGEST = 200
"""How much of a stranger's message is repeated."""


def read(source: Source, known: Vocabulary) -> Reading:
    """The articles that the installed reader of the source's media type gives; each one's origin is the source.

    InputError when that reader cannot be used, fails, or gives what is no article.
    """
    reader = reader_for(source.media_type)
    assert reader is not None, "it is asked for what reader_for knows"  # noqa: S101 - for the types
    if reader.fault:
        raise InputError(f"cannot read {source.name}: {reader.fault}")
    whose = f"cannot read {source.name}: the reader of {reader.package}"
    with _blamed(f"{whose} cannot be loaded", "Install the package again"):
        function = reader.load()
    try:
        inspect.signature(function).bind(source)
    except TypeError as error:
        raise InputError(f"{whose} cannot be given a source: {error}. Have the package mended") from error
    with _blamed(f"{whose} failed", "Report it to its authors"):
        result = function(source)
        given = tuple(result) if isinstance(result, Iterable) else result
    articles = _gated(given, f"{whose} gave what is no article")
    return finish(source, articles, traced(articles, "installed.reader"))


@contextlib.contextmanager
def _blamed(what: str, advice: str) -> Iterator[None]:
    """InputError, with a stranger's own words and the line, in the place of whatever is raised inside."""
    try:
        with bulkhead():
            yield
    except DefectError as error:
        cause = error.__cause__ or error
        words = " ".join(f"{type(cause).__name__}: {cause}".split())[:_LONGEST]
        last = traceback.extract_tb(cause.__traceback__)[-1]
        raise InputError(f"{what}: {words} ({PurePath(last.filename).name}, line {last.lineno}). {advice}") from error


def _gated(given: object, what: str) -> tuple[Article, ...]:
    """What was given, as articles. InputError unless all are such as readers of ours might give, and there is one."""
    try:
        # Encoded and decoded: the fields of a value that somebody made may hold anything.
        articles = msgspec.json.decode(msgspec.json.encode(given), type=tuple[Article, ...])
        fault = next((fault for article in articles for fault in faults(article)), None)
    except (msgspec.MsgspecError, RecursionError, TypeError, ValueError) as error:
        articles, fault = (), " ".join(str(error).split())
    if fault or not articles:
        raise InputError(f"{what}: {fault or 'it is empty'}. Report it to its authors")
    return articles

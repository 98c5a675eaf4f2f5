"""Reading: a source becomes articles, and a trace that says what became of each of its lines.

The tables ``READERS`` and ``BYTE_READERS`` are the registry: a new format is a module with one function and a row here.
"""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from publisher.errors import InputError, near_match
from publisher.model import Reading, Source
from publisher.reading.decoding import Decoded, decode
from publisher.reading.foreign import mark_foreign
from publisher.reading.text import read_text
from publisher.reading.text.corrections import Correction, parse_corrections
from publisher.reading.vocabulary import Vocabulary, vocabulary
from publisher.reading.vocabulary.profiles import OutletProfile, parse_profile, profile_for

__all__ = [
    "BYTE_READERS",
    "READERS",
    "ByteReader",
    "Correction",
    "OutletProfile",
    "Reader",
    "parse_corrections",
    "parse_profile",
    "profile_for",
    "read",
]

Reader = Callable[[Source, Decoded, Vocabulary], Reading]
ByteReader = Callable[[Source, Vocabulary], Reading]


def _read_markdown(source: Source, decoded: Decoded, known: Vocabulary) -> Reading:
    # markdown-it and yaml cost 60 ms to import: only who reads Markdown pays.
    from publisher.reading.markdown import read_markdown

    return read_markdown(source, decoded, known)


def _read_html(source: Source, decoded: Decoded, known: Vocabulary) -> Reading:
    # trafilatura and lxml cost 400 ms to import.
    from publisher.reading.html import read_html

    return read_html(source, decoded, known)


READERS: Mapping[str, Reader] = MappingProxyType(
    {"text/plain": read_text, "text/markdown": _read_markdown, "text/html": _read_html}
)


def _read_docx(source: Source, known: Vocabulary) -> Reading:
    from publisher.reading.docx import read_docx

    return read_docx(source, known)


def _read_feed(source: Source, known: Vocabulary) -> Reading:
    # feedparser and the HTML reader cost 700 ms to import.
    from publisher.reading.feed import read_feed

    return read_feed(source, known)


BYTE_READERS: Mapping[str, ByteReader] = MappingProxyType(
    {
        "application/atom+xml": _read_feed,
        "application/rss+xml": _read_feed,
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document": _read_docx,
    }
)
"""The readers of what is no text, or says itself how its text is encoded."""


def read(source: Source, profile: OutletProfile | None = None, corrections: Sequence[Correction] = ()) -> Reading:
    """The articles in a source and the trace of its lines, read with an outlet's own words when there is a profile.

    Any text gives an article, with problems when it is odd. Raises InputError when the source is empty, is not text,
    holds no word, or has a media type that no reader takes; when there are corrections and it is not plain text.
    """
    known = vocabulary(profile)
    reading = _read(source, known, corrections)
    return Reading(articles=tuple(mark_foreign(article, known) for article in reading.articles), trace=reading.trace)


def _read(source: Source, known: Vocabulary, corrections: Sequence[Correction]) -> Reading:
    if corrections:
        if source.media_type != "text/plain":
            raise InputError(
                f"there are corrections of {source.name}, which is {source.media_type}: only those of plain text "
                "are used. Remove them, or save the page as text."
            )
        return read_text(source, decode(source.data, source.name), known, corrections)
    byte_reader = BYTE_READERS.get(source.media_type)
    if byte_reader is not None:
        return byte_reader(source, known)
    reader = READERS.get(source.media_type)
    if reader is None:
        taken = {*READERS, *BYTE_READERS}
        raise InputError(
            f"{source.name} is {source.media_type}, which no reader takes. {near_match(source.media_type, taken)}"
        )
    return reader(source, decode(source.data, source.name), known)

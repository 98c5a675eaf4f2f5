"""Reading: a source becomes articles, and a trace that says what became of each of its lines.

The table ``READERS`` is the registry: a new format is a module with one function and a row here.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from publisher.errors import InputError, near_match
from publisher.model import Reading, Source
from publisher.reading.decoding import Decoded, decode
from publisher.reading.text import read_text

__all__ = ["READERS", "Reader", "read"]

Reader = Callable[[Source, Decoded], Reading]


def _read_markdown(source: Source, decoded: Decoded) -> Reading:
    # markdown-it and yaml cost 60 ms to import: only who reads Markdown pays.
    from publisher.reading.markdown import read_markdown

    return read_markdown(source, decoded)


def _read_html(source: Source, decoded: Decoded) -> Reading:
    # trafilatura and lxml cost 400 ms to import.
    from publisher.reading.html import read_html

    return read_html(source, decoded)


READERS: Mapping[str, Reader] = MappingProxyType(
    {"text/plain": read_text, "text/markdown": _read_markdown, "text/html": _read_html}
)


def read(source: Source) -> Reading:
    """The articles in a source and the trace of its lines.

    Any text gives an article, with problems when it is odd. Raises InputError when the source is empty, is not text,
    holds no word, or has a media type that no reader takes.
    """
    reader = READERS.get(source.media_type)
    if reader is None:
        raise InputError(
            f"{source.name} is {source.media_type}, which no reader takes. {near_match(source.media_type, READERS)}"
        )
    return reader(source, decode(source.data, source.name))

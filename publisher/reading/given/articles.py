"""Articles as this program prints them, in JSON: one, or one a line. They are taken as they are, or not at all."""

import msgspec

from publisher.errors import InputError
from publisher.model import Article, Reading, Source
from publisher.reading.finishing import finish
from publisher.reading.given import faults, traced
from publisher.reading.vocabulary import Vocabulary

_MARK = b"\xef\xbb\xbf"


def read(source: Source, known: Vocabulary) -> Reading:
    """The articles in a source, their problems with them; each one's origin is the source.

    Raises InputError when it holds none, or one that no reader gives: with links that lead nowhere safe, for example.
    """
    data = source.data.removeprefix(_MARK)
    try:
        articles = _decoded(data)
        fault = next((fault for article in articles for fault in faults(article)), None)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        articles, fault = (), " ".join(str(error).split())
    if fault or not articles:
        raise InputError(
            f"{source.name} is JSON that holds no article: {fault or 'it is empty'}. "
            "Give what publisher read --format json prints."
        )
    return finish(source, articles, traced(articles, "json.field"))


def _decoded(data: bytes) -> tuple[Article, ...]:
    """One article, on however many lines, or one on each line."""
    decoder = msgspec.json.Decoder(Article)
    try:
        return (decoder.decode(data),)
    except msgspec.ValidationError:
        raise
    except msgspec.DecodeError:
        return tuple(decoder.decode_lines(data))

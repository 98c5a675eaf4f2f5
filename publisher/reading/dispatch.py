"""A source goes to the reader of its format, and what that gives through what all of them share."""

from collections.abc import Sequence
from importlib import import_module

import msgspec

from publisher.errors import InputError, near_match
from publisher.extensions import installed_format, installed_readers
from publisher.model import Reading, Source
from publisher.model.characters import admit, refusals
from publisher.model.formats import FORMATS, Format, format_for, unread_for
from publisher.packages import with_extra
from publisher.reading.corrections import Correction
from publisher.reading.corrections.reassigning import reassign
from publisher.reading.corrections.rewording import reword
from publisher.reading.decoding import decode
from publisher.reading.finishing.foreign import mark_foreign
from publisher.reading.vocabulary import Vocabulary, vocabulary
from publisher.reading.vocabulary.profiles import OutletProfile

__all__ = ["prepare", "read"]


def prepare() -> None:
    """Load what most sources need, which takes as long as twenty pages."""
    import_module(f"{__package__}.text")
    vocabulary(None)


def read(source: Source, profile: OutletProfile | None, corrections: Sequence[Correction]) -> Reading:
    """What ``publisher.reading.read`` gives."""
    form = format_for(source.media_type) or installed_format(source.media_type)
    if form is None:
        taken = (*(each.media_type for each in FORMATS), *(each.media_type for each in installed_readers()))
        raise InputError(
            f"{source.name} is {source.media_type}, which no reader takes. {near_match(source.media_type, taken)}"
        )
    known = vocabulary(profile)
    try:
        reading = _read(source, form, known, corrections)
    except ImportError as error:
        if form.extra is None or (error.name or "").startswith("publisher"):
            raise
        needed = " and ".join(form.packages)
        raise InputError(
            f"cannot read {source.name}: {form.name} need {needed}. Install {with_extra(form.extra)}."
        ) from error
    if not form.correctable:
        reading = reassign(reading, corrections, known, source.name)
    reading = reword(reading, corrections, known, source.name)
    marked = tuple(mark_foreign(article, known) for article in reading.articles)
    return _admitted(Reading(articles=marked, trace=reading.trace), source.name)


def _read(source: Source, form: Format, known: Vocabulary, corrections: Sequence[Correction]) -> Reading:
    """What the format's reader gives, its trace through the gate of the model.

    The reader is loaded here: its libraries cost up to 700 ms to import.
    """
    reader = import_module(f"{__package__}.{form.reader}").read
    if form.takes == "text" and (unread := unread_for(source.data)):
        raise InputError(f"{source.name} is {unread.name}, which is not read. {unread.advice}.")
    text = (decode(source.data, source.name),) if form.takes == "text" else ()
    given = [each for each in corrections if each.role]
    reading: Reading = reader(source, *text, known, *((given,) if form.correctable else ()))
    # Of a text whose lines are traced, each was admitted when it was decoded.
    if text and text[0].text == "\n".join(line.text for line in reading.trace):
        return reading
    return Reading(articles=reading.articles, trace=admit(reading.trace)[0])


def _admitted(reading: Reading, name: str) -> Reading:
    """The articles through the one gate of the model, with a problem in each that something was refused of."""
    articles = []
    for article in reading.articles:
        passed, refused = admit(article)
        problems = (*passed.problems, *refusals(refused, name))
        articles.append(msgspec.structs.replace(passed, problems=problems) if refused else passed)
    return Reading(articles=tuple(articles), trace=reading.trace)

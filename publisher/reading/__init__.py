"""Reading: a source becomes articles, and a trace that says what became of each of its lines.

The table of formats (``publisher/model/formats.py``) names each one's reader: a module of this folder with a function
``read(source, known)``, which is given the decoded text between the two when the format takes text, and the corrections
after them when it takes those. ``known`` is the vocabulary. A reader says what each line is to a ``Trace``, hands its
articles to ``finish``, and leaves an ImportError of its libraries alone.
"""

from collections.abc import Sequence
from importlib import import_module

import msgspec

from publisher.errors import InputError, near_match
from publisher.model import Reading, Source
from publisher.model.characters import admit, refusals
from publisher.model.formats import FORMATS, Format, format_for, unread_for
from publisher.reading.decoding import decode
from publisher.reading.foreign import mark_foreign
from publisher.reading.reassigning import reassign
from publisher.reading.rewording import reword
from publisher.reading.text.corrections import Correction, parse_corrections
from publisher.reading.vocabulary import Vocabulary, vocabulary
from publisher.reading.vocabulary.profiles import OutletProfile, parse_profile, profile_for

__all__ = [
    "Correction",
    "OutletProfile",
    "parse_corrections",
    "parse_profile",
    "profile_for",
    "read",
]


def read(source: Source, profile: OutletProfile | None = None, corrections: Sequence[Correction] = ()) -> Reading:
    """The articles in a source and the trace of its lines, read with an outlet's own words when there is a profile.

    Any text gives an article, with problems when it is odd. Raises InputError when the source is empty, is not text,
    holds no word, or has a media type that no reader takes; when what its format needs is not installed.
    """
    form = format_for(source.media_type)
    if form is None:
        taken = (each.media_type for each in FORMATS)
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
            f"cannot read {source.name}: {form.name} need {needed}. Install publisher[{form.extra}]."
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
    reader = import_module(f"{__name__}.{form.reader}").read
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

"""Reading: a source becomes articles, and a trace that says what became of each of its lines.

The table of formats (``publisher/model/formats.py``) names each one's reader: a module of this folder with a function
``read(source, known)``, which is given the decoded text between the two when the format takes text, and the corrections
after them when it takes those. ``known`` is the vocabulary. A reader says what each line is to a ``Trace``, hands its
articles to ``finish``, and leaves an ImportError of its libraries alone.
"""

from collections.abc import Sequence

from publisher.model import Reading, Source
from publisher.reading.corrections import Correction, parse_corrections
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
    # Loaded here: the rules take longer to load than a page to read, and whoever has it read elsewhere needs none.
    from publisher.reading import dispatch

    return dispatch.read(source, profile, corrections)

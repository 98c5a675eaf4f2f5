"""The language of a text among seventy-five, where the extra ``languages`` is installed.

lingua holds its models in its library: they are read in the confined process, where no file can be written, and without
a thread. Of each language only its combinations of three letters are loaded, which takes 60 MB less and tells whole
paragraphs apart as well.
"""

from functools import cache
from typing import Any

_FEWEST_WORDS = 12
"""Fewer words are a headline or a list of names, of which the detector says something, too."""


def detected(text: str) -> str | None:
    """The language that the detector finds in a text, as ISO 639-1 names it.

    ``None`` where it is not installed, of fewer than a dozen words, and when it cannot decide.
    """
    if len(text.split()) < _FEWEST_WORDS:
        return None
    try:
        # Its library takes no half of a pair of surrogates, which an escape in a front matter may bring.
        found = _detector().detect_language_of(text.encode("utf-8", "replace").decode("utf-8"))
    except ImportError:
        return None
    return None if found is None else str(found.iso_code_639_1.name).lower()


@cache
def _detector() -> Any:
    from lingua import LanguageDetectorBuilder

    return LanguageDetectorBuilder.from_all_languages().with_low_accuracy_mode().build()

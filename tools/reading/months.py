"""Renews the names of months in publisher/reading/vocabulary/months.toml from the CLDR, by way of Babel.

They are kept as data, since loading fifty locales would cost every reading more than the reading itself.
"""

import unicodedata
from collections.abc import Iterator
from pathlib import Path

from babel import Locale

FILE = Path(__file__).parents[2] / "publisher" / "reading" / "vocabulary" / "months.toml"
LANGUAGES = (
    *("bg", "ca", "cs", "da", "de", "el", "en", "es", "et", "fi", "fr", "he", "hr", "hu", "id", "is", "it", "lt", "lv"),
    *("ms", "nb", "nl", "pl", "pt", "ro", "ru", "sk", "sl", "sr", "sv", "tr", "uk"),
)
FURTHER = (
    *(
        "af",
        "ar",
        "az",
        "be",
        "bn",
        "eu",
        "fil",
        "gl",
        "hi",
        "hy",
        "ka",
        "kk",
        "km",
        "lo",
        "mk",
        "mr",
        "ne",
        "sq",
        "sw",
    ),
    *("ta", "te", "th", "ur", "uz"),
)
"""Languages whose names count where they are not another month's in the first ones."""

REGIONAL = ("ar_LB", "ar_MA", "ar_DZ")
"""Where a language's months have other names."""

SHORTEST = 3


def names(language: str) -> Iterator[tuple[str, int]]:
    """The names of the months in a language, written out and abbreviated, as in a date and alone; without case."""
    months = Locale.parse(language).months
    for context in ("format", "stand-alone"):
        for width in ("wide", "abbreviated"):
            for number, name in months[context][width].items():
                folded = unicodedata.normalize("NFC", name).casefold().strip(". ")
                letters = all(unicodedata.category(sign)[0] in "LM" for sign in folded.replace(" ", ""))
                least = SHORTEST - (language in REGIONAL)
                if len(folded) < least or not letters or not unicodedata.is_normalized("NFC", folded):
                    continue
                if language.startswith("ar"):
                    yield folded.replace("أ", "ا").replace("إ", "ا"), number  # As many write it.
                if " " not in folded or language in REGIONAL:
                    yield folded, number


def by_name(languages: tuple[str, ...]) -> dict[str, set[int]]:
    """Which months each name is the name of."""
    found: dict[str, set[int]] = {}
    for language in languages:
        for name, number in names(language):
            found.setdefault(name, set()).add(number)
    return found


def main() -> None:
    """Write the file. A name that is another month's in another language is left out."""
    found, further = by_name(LANGUAGES), by_name((*FURTHER, *REGIONAL))
    found |= {name: numbers for name, numbers in further.items() if name not in found}
    sure = sorted((numbers.pop(), name) for name, numbers in found.items() if len(numbers) == 1)
    lines = [f'"{name}" = {number}' for number, name in sure]
    count = len(LANGUAGES) + len(FURTHER)
    head = f"# The months in {count} languages, from the CLDR: written by tools/reading/months.py.\n"
    FILE.write_text(head + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

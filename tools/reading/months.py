"""Renews the names of months in publisher/reading/vocabulary/months.toml from the CLDR, by way of Babel.

They are kept as data, since loading thirty locales would cost every reading more than the reading itself.
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
SHORTEST = 3


def names(language: str) -> Iterator[tuple[str, int]]:
    """The names of the months in a language, written out and abbreviated, as in a date and alone; without case."""
    months = Locale.parse(language).months
    for context in ("format", "stand-alone"):
        for width in ("wide", "abbreviated"):
            for number, name in months[context][width].items():
                folded = unicodedata.normalize("NFC", name).casefold().strip(". ")
                if len(folded) >= SHORTEST and folded.isalpha():
                    yield folded, number


def main() -> None:
    """Write the file. A name that is another month's in another language is left out."""
    found: dict[str, set[int]] = {}
    for language in LANGUAGES:
        for name, number in names(language):
            found.setdefault(name, set()).add(number)
    sure = sorted((numbers.pop(), name) for name, numbers in found.items() if len(numbers) == 1)
    lines = [f'"{name}" = {number}' for number, name in sure]
    head = f"# The months in {len(LANGUAGES)} languages, from the CLDR: written by tools/reading/months.py.\n"
    FILE.write_text(head + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

"""Renews the places in publisher/reading/vocabulary/places.txt from the CLDR, by way of Babel.

Countries, and the cities that time zones are named after: a place of several words over a date looks like an author.
They are kept as data, since loading the locales would cost every reading more than the reading itself.
"""

import unicodedata
from collections.abc import Iterator
from pathlib import Path
from zoneinfo import available_timezones

from babel import Locale

FILE = Path(__file__).parents[2] / "publisher" / "reading" / "vocabulary" / "places.txt"
LANGUAGES = ("de", "en", "es", "fr", "id", "it", "nl", "pl", "pt", "vi")
LONGEST = 40
"""Characters of a line's part that could be taken for a name."""


def names(language: str) -> Iterator[str]:
    """The names of countries and cities in a language, those of several words; without case."""
    locale = Locale.parse(language)
    cities = (zone["city"] for zone in locale.time_zones.values() if "city" in zone)
    # Where a language writes a city as its zone does, the CLDR leaves it out.
    zones = (zone.rpartition("/")[2].replace("_", " ") for zone in available_timezones())
    for name in (*locale.territories.values(), *cities, *zones):
        folded = unicodedata.normalize("NFC", name).casefold().strip()
        if " " in folded and len(folded) <= LONGEST and folded.replace(" ", "").replace("-", "").isalpha():
            yield folded


def main() -> None:
    """Write the file."""
    found = sorted({name for language in LANGUAGES for name in names(language)})
    head = (
        f"# Places of several words in {len(LANGUAGES)} languages, from the CLDR: written by tools/reading/places.py.\n"
    )
    FILE.write_text(head + "".join(f"{name}\n" for name in found), encoding="utf-8")


if __name__ == "__main__":
    main()

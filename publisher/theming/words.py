"""The words, dates and numbers that a theme prints itself, in one language.

Catalogues are gettext's (``locale/<language>/LC_MESSAGES/theme.mo`` in a theme), the keys being English; dates and
numbers are Babel's, from the CLDR.
"""

import datetime as dt
import gettext
import io

from publisher.theming.binding import binder_for
from publisher.theming.theme import Theme

SOURCE_LANGUAGE = "en"
HOUSE_DATES = {
    "vi": {"long": "'ngày' d 'tháng' M 'năm'\u00a0y", "full": "EEEE, 'ngày' d 'tháng' M 'năm'\u00a0y"},
}
"""Dates as newspapers of the language print them, where the CLDR's form is a form for tables."""

CATALOGUE = "locale/{language}/LC_MESSAGES/theme.mo"


class Words:
    """One language's words. A message that no catalogue of the theme's stack has is printed in English."""

    def __init__(self, theme: Theme, language: str) -> None:
        self.language = language
        self._theme = theme
        self._others: dict[str, Words] = {}
        self.translations = gettext.NullTranslations()
        for name in reversed(theme.stack):
            data = theme.files[name].get(CATALOGUE.format(language=_primary(language)))
            if data is not None:
                nearer = gettext.GNUTranslations(io.BytesIO(data))
                nearer.add_fallback(self.translations)
                self.translations = nearer

    def __call__(self, message: str) -> str:
        """The message in this language."""
        return self.translations.gettext(message)

    def of(self, language: str) -> "Words":
        """Those of another language, else these where the theme does not speak it; each catalogue is parsed once."""
        if language not in self._others:
            self._others[language] = Words(self._theme, language) if speaks(self._theme, language) else self
        return self._others[language]

    def date(self, day: dt.date, style: str = "long") -> str:
        """The day as the language writes it, its figures bound to their words; ``style`` is Babel's: short to full."""
        from babel.dates import format_date

        form = HOUSE_DATES.get(_primary(self.language), {}).get(style, style)
        locale = _locale(self.language)
        text = binder_for(locale.replace("_", "-"))(format_date(day, form, locale=locale))
        # A date with its weekday stands alone, as a line; any other may stand inside one.
        return text[:1].upper() + text[1:] if style == "full" else text

    def number(self, number: float) -> str:
        """The number with the language's own separators."""
        from babel.numbers import format_decimal

        return str(format_decimal(number, locale=_locale(self.language)))


def speaks(theme: Theme, language: str) -> bool:
    """Whether the theme has its own words in that language."""
    primary = _primary(language)
    path = CATALOGUE.format(language=primary)
    return primary == SOURCE_LANGUAGE or any(path in theme.files[name] for name in theme.stack)


def _primary(language: str) -> str:
    return language.split("-")[0].lower()


def _locale(language: str) -> str:
    """A locale that Babel knows: the language, its primary subtag, or English."""
    from babel.core import Locale, UnknownLocaleError

    for candidate in (language, _primary(language)):
        try:
            return str(Locale.parse(candidate, sep="-"))
        except (UnknownLocaleError, ValueError):
            continue
    return SOURCE_LANGUAGE

"""The kinds of values that options take, besides click's own."""

import datetime as dt
import re
from typing import TYPE_CHECKING, Any

import click

from publisher.model import SectionRule

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

_LANGUAGE = re.compile(
    r"[A-Za-z]{2,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|[0-9]{3}))?(-([A-Za-z0-9]{5,8}|[0-9][A-Za-z0-9]{3}))*"
)


_DAY_FIRST = re.compile(r"([0-9]{1,2})([./-])([0-9]{1,2})\2([0-9]{4})")


class Day(click.ParamType[dt.date]):
    """A day as YYYY-MM-DD, as people write it with the day first, or ``today``."""

    name = "day"

    def convert(self, value: Any, param: click.Parameter | None, context: click.Context | None) -> dt.date:
        """The date."""
        if value == "today":
            return dt.date.today()
        try:
            if written := _DAY_FIRST.fullmatch(value):
                return dt.date(int(written[4]), int(written[3]), int(written[1]))
            return dt.date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is not a day such as 2026-03-21 or 21/3/2026, nor today", param, context)


class ThemeSetting(click.ParamType[tuple[str, str]]):
    """An option of a theme as name=value."""

    name = "name=value"
    envvar_list_splitter = ";"

    def convert(self, value: Any, param: click.Parameter | None, context: click.Context | None) -> tuple[str, str]:
        """The name and the value."""
        name, equals, setting = value.partition("=")
        if not equals or not name.strip():
            self.fail(f"{value!r} is not of the form name=value", param, context)
        return name.strip(), setting.strip()

    def shell_complete(
        self, context: click.Context, param: click.Parameter, incomplete: str
    ) -> "list[CompletionItem[str]]":
        """The options of the theme that is named."""
        from publisher.cli.completion import complete_setting

        return complete_setting(context, incomplete)


class SectionSource(click.ParamType[SectionRule]):
    """A section of the issue by its name, and perhaps what belongs to it, as name=source."""

    name = "name=source"
    envvar_list_splitter = ";"

    def convert(self, value: Any, param: click.Parameter | None, context: click.Context | None) -> SectionRule:
        """The section, with one pattern or none."""
        name, equals, pattern = (part.strip() for part in value.partition("="))
        if not name or (equals and not pattern):
            self.fail(f"{value!r} is not of the form name=source, nor a name", param, context)
        return SectionRule(name=name, patterns=(pattern,) if pattern else ())


class Language(click.ParamType[str]):
    """A language tag: a language, and perhaps script, region or variant (BCP 47, without its private and old forms)."""

    name = "tag"

    def convert(self, value: Any, param: click.Parameter | None, context: click.Context | None) -> str:
        """The tag as given."""
        if not _LANGUAGE.fullmatch(value):
            self.fail(f"{value!r} is not a language tag such as vi or en-GB", param, context)
        return str(value)


class Host(click.ParamType[str]):
    """A host, by its name or its address, without scheme and port."""

    name = "host"

    def convert(self, value: Any, param: click.Parameter | None, context: click.Context | None) -> str:
        """The host as given."""
        from publisher.config.settings import HOST

        if not re.fullmatch(HOST, value):
            self.fail(
                f"{value!r} is not a host such as wiki.lan or 127.0.0.1, without http:// and port", param, context
            )
        return str(value)

"""The themes that there are, and the options of one as a form."""

from collections.abc import Sequence
from pathlib import Path

from publisher.config import DeskTheme
from publisher.model.blocks import Value
from publisher.theming import load_theme, theme_folders


class ThemeName(Value, frozen=True, kw_only=True):
    """A theme that can be named."""

    name: str
    summary: str


class ThemeOption(Value, frozen=True, kw_only=True):
    """One field of the form."""

    name: str
    type: str
    default: str
    value: str
    choices: tuple[str, ...]
    help: str


class ThemeForm(Value, frozen=True, kw_only=True):
    """A theme with what it takes."""

    name: str
    summary: str
    extends: tuple[str, ...]
    options: tuple[ThemeOption, ...]


def themes(search: Sequence[Path]) -> tuple[ThemeName, ...]:
    """Those that are found, by name. ThemeError when one of them is broken."""
    return tuple(ThemeName(name=name, summary=load_theme(name, search).summary) for name in theme_folders(search))


def form_of(name: str, search: Sequence[Path], chosen: DeskTheme) -> ThemeForm:
    """The options of a theme, with the values that are chosen where it is the chosen one. ThemeError for none such."""
    theme = load_theme(name, search)
    given = chosen.options if chosen.name == name else {}
    return ThemeForm(
        name=theme.name,
        summary=theme.summary,
        extends=tuple(theme.stack[1:]),
        options=tuple(
            ThemeOption(
                name=key,
                type=option.type,
                default=_worded(option.default),
                value=given.get(key, _worded(option.default)),
                choices=option.choices,
                help=option.help,
            )
            for key, option in theme.options.items()
        ),
    )


def _worded(value: str | bool) -> str:
    return str(value).lower() if isinstance(value, bool) else value

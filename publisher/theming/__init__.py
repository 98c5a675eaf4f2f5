"""Theming: an issue and a theme become a rendition. The only users of Jinja2, Babel, fontTools and segno.

``load_theme`` finds a theme and all that it extends; ``render`` fills its templates. Both raise ThemeError with the
file and the line where a theme is at fault.
"""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from publisher.model import Issue, Pagination, Rendition, Target
from publisher.seams import Keep, made_anew
from publisher.theming.options import Setting, resolve_options
from publisher.theming.theme import Theme, load_theme, shipped_themes, theme_faults, theme_folders

if TYPE_CHECKING:
    from publisher.theming.stylesheets import Foretell

__all__ = [
    "Setting",
    "Theme",
    "begin_ebook",
    "load_theme",
    "render",
    "resolve_options",
    "shipped_themes",
    "theme_faults",
    "theme_folders",
]


def render(
    issue: Issue,
    theme: Theme,
    target: Target,
    options: Mapping[str, Setting] | None = None,
    pagination: Pagination | None = None,
    keep: Keep = made_anew,
    foretell: "Foretell | None" = None,
) -> Rendition:
    """The issue in the theme, for one target; see ``assembly.render``. Jinja2 is loaded when this is first called."""
    from publisher.theming import assembly

    return assembly.render(issue, theme, target, options, pagination, keep, foretell)


def begin_ebook(
    issue: Issue, theme: Theme, options: Mapping[str, Setting] | None = None, keep: Keep = made_anew
) -> Callable[[Pagination], Rendition]:
    """An e-book as far as it goes without the pages of the printed edition; see ``assembly.begin_ebook``."""
    from publisher.theming import assembly

    return assembly.begin_ebook(issue, theme, options, keep)

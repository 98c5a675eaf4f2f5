"""A new theme to start from: the smallest folder that is one, with a change to make."""

import re
from pathlib import Path

from publisher.errors import OptionError, ThemeError
from publisher.theming.theme import DESCRIPTION, Theme

_NAME = re.compile(r"[a-z][a-z0-9-]*\Z")

_DESCRIPTION = """\
summary = "{name}: {parent} with changes of its own."
extends = "{parent}"

# An option of its own, given as --set rule=… and used in templates and style sheets as options.rule.
[options.rule]
type = "choice"
choices = ["thin", "thick"]
default = "thin"
help = "The rule above a subheading."
"""

_STYLESHEET = """\
{{% include "{parent}:print.css" %}}

/* What differs from {parent}. The names that may be used here are in docs/themes.md. */
{{% set thickness = "2pt" if options.rule == "thick" else ".5pt" %}}
.body h2 {{ border-top: {{{{ thickness }}}} solid {{{{ options.accent }}}}; padding-top: .4em }}
"""


def make_theme(name: str, parent: Theme, folder: Path) -> Path:
    """The new theme's folder inside ``folder``; OptionError for a name that is none, ThemeError when it exists."""
    if not _NAME.match(name):
        raise OptionError(f"a theme's name is lower-case letters, digits and hyphens, not {name!r}")
    made = folder / name
    if made.exists():
        raise ThemeError(f"{made} exists already. Choose another name, or remove it first")
    try:
        made.mkdir(parents=True)
        for file, text in ((DESCRIPTION, _DESCRIPTION), ("print.css", _STYLESHEET)):
            (made / file).write_text(text.format(name=name, parent=parent.name), encoding="utf-8")
    except OSError as error:
        raise ThemeError(f"{made} cannot be made: {error.strerror}") from error
    return made

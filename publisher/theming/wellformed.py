"""Whether what templates give is XHTML: an engine for print would mend it silently, and not always as it was meant."""

from xml.parsers.expat import ExpatError, ParserCreate

from publisher.errors import ThemeError
from publisher.theming.theme import Theme

SHOWN = 60
"""Characters of the line, before and after the place."""


def require_well_formed(markup: str, path: str, theme: Theme, title: str) -> None:
    """ThemeError that names the template and shows the place, when a document, or a piece of one, is none."""
    if "<html" not in markup:
        markup = f"<div>{markup}</div>"
    parser = ParserCreate()
    try:
        parser.Parse(markup.encode(), True)
    except ExpatError as error:
        why = str(error).partition(":")[0]
        line = markup.splitlines()[error.lineno - 1] if markup else ""
        place = line[max(0, error.offset - SHOWN) : error.offset + SHOWN].strip()
        owner = next((name for name in theme.stack if path in theme.files[name]), theme.name)
        raise ThemeError(
            f"{owner}:{path}: {title!r} is not well-formed XHTML: {why}, at {place!r}. "
            "Close each element, and escape & and <"
        ) from error

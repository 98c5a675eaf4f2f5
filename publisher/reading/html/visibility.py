"""What a reader sees of an element: nothing where it is hidden, or where a screen reader alone says it."""

import re

from publisher.reading.html.tree import Element

_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_UNSEEN = re.compile(
    r"(?:^|[\s_-])(?:sr-?only|screen-?reader\w*|(?:visually|hidden)-?(?:hidden|visually)|off-?screen|a11y-hidden|hide-accessible)(?:$|[\s_-])",
    re.IGNORECASE,
)
_CLIPPED = re.compile(r"clip(?:-path)?\s*:\s*(?:rect\(\s*[01](?:px)?[\s,]|inset\((?:50|100)%)", re.IGNORECASE)
"""How words are set that a screen reader alone says: by the class of their element, or by its style."""


def is_hidden(element: Element) -> bool:
    """Whether nobody is given what is in an element, by its own attributes."""
    style = element.get("style")
    return element.get("hidden") is not None or (style is not None and _HIDDEN.search(style) is not None)


def is_unseen(element: Element) -> bool:
    """Whether a screen reader alone says what is in an element."""
    return bool(_UNSEEN.search(element.get("class") or "") or _CLIPPED.search(element.get("style") or ""))

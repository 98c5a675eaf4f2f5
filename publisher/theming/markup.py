"""Text as XHTML and as CSS: the one place where text becomes markup outside the templates."""

import re

from markupsafe import Markup, escape

from publisher.model import Emphasis, Inline, LineBreak, Link, Strong, Text

_HYPHENED = re.compile(r"(?<!\S)(?:\d\S* )?[-‐] ?\S+|(?<!\S)[^\s-]*\w[-‐]\w\S*")
"""What must stay in one line: a spaced hyphen with what follows it, a span of numbers, a compound. Text extraction
takes a hyphen at a line's end for hyphenation and drops it. Each begins after white space or at the start: the engine
breaks the line at the wrong place when a no-break space stands before a span that may not break."""

MAX_UNBROKEN = 32
"""A longer run, such as an address, may break: it would leave a hole in the line or run over its end."""


class Typesetter:
    """Text and inlines as escaped XHTML: ``em``, ``strong``, ``a``, ``br``; ``span`` where a line must not break."""

    def __init__(self, *, keep_hyphens: bool) -> None:
        self._keep_hyphens = keep_hyphens

    def text(self, text: str) -> Markup:
        """A plain text."""
        if not self._keep_hyphens or ("-" not in text and "‐" not in text):
            return escape(text)
        parts, end = [], 0
        for match in _HYPHENED.finditer(text):
            if len(match[0]) <= MAX_UNBROKEN:
                parts += [escape(text[end : match.start()]), Markup('<span class="nobr">{}</span>').format(match[0])]
                end = match.end()
        return Markup("").join([*parts, escape(text[end:])])

    def inlines(self, inlines: tuple[Inline, ...]) -> Markup:
        """Inlines, one after the other."""
        return Markup("").join(self._inline(inline) for inline in inlines)

    def _inline(self, inline: Inline) -> Markup:
        match inline:
            case Text(language=None):
                return self.text(inline.text)
            case Text():
                return Markup('<span lang="{0}" xml:lang="{0}">{1}</span>').format(
                    inline.language, self.text(inline.text)
                )
            case Emphasis():
                return Markup("<em>{}</em>").format(self.inlines(inline.children))
            case Strong():
                return Markup("<strong>{}</strong>").format(self.inlines(inline.children))
            case Link():
                return Markup('<a href="{}">{}</a>').format(inline.url, self.inlines(inline.children))
            case LineBreak():
                return Markup("<br/>")


def css_string(text: str) -> str:
    """The text as a CSS string with its quotes (CSS Syntax 3, section 4.3.5): safe in a style sheet and in XHTML."""
    escaped = "".join(c if c.isalnum() or c in " .,-/" else f"\\{ord(c):x} " for c in text)
    return f'"{escaped}"'


def shorten(text: str, width: int) -> str:
    """The text cut at a word to at most ``width`` characters, an ellipsis marking the cut: for running heads."""
    if len(text) <= width:
        return text
    kept = text[: width - 1]
    head, _, _ = kept.rpartition(" ")
    return f"{(head or kept).rstrip(' ,;:.-–—')}…"

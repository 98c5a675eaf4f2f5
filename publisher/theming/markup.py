"""Inlines as XHTML: the one place where text becomes markup outside the templates."""

from markupsafe import Markup, escape

from publisher.model import Emphasis, Inline, LineBreak, Link, Strong, Text


def inlines_markup(inlines: tuple[Inline, ...]) -> Markup:
    """The inlines as escaped XHTML: ``em``, ``strong``, ``a`` and ``br`` and nothing else."""
    return Markup("").join(_markup(inline) for inline in inlines)


def _markup(inline: Inline) -> Markup:
    match inline:
        case Text():
            return escape(inline.text)
        case Emphasis():
            return Markup("<em>{}</em>").format(inlines_markup(inline.children))
        case Strong():
            return Markup("<strong>{}</strong>").format(inlines_markup(inline.children))
        case Link():
            return Markup('<a href="{}">{}</a>').format(inline.url, inlines_markup(inline.children))
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

"""Text as XHTML and as CSS: the one place where text becomes markup outside the templates."""

import re

from markupsafe import Markup, escape

from publisher.model import Emphasis, Inline, LineBreak, Link, Strong, Text
from publisher.theming.binding import binder_for

_GLUED = r"[\S\u00a0\u202f]"
_HYPHENED = re.compile(
    rf"(?<!{_GLUED})(?:\d{_GLUED}* |{_GLUED}*[\u00a0])?[-‐] ?{_GLUED}+|(?<!{_GLUED}){_GLUED}*\w[-‐]\w{_GLUED}*",
)
"""What must stay in one line: a spaced hyphen with what follows it, a span of numbers, a compound. Text extraction
takes a hyphen at a line's end for hyphenation and drops it. Each begins after a space that may break, or at the start,
and ends before one: the engine breaks the line at the wrong place when a no-break space stands before a span that may
not break, so all that such spaces hold together is part of the span."""

MAX_UNBROKEN = 32
"""A longer run, such as an address, may break: it would leave a hole in the line or run over its end."""


_ENDLESS = re.compile("[^ \n\t\u2e80-\u9fff\uac00-\ud7af\uf900-\uffef\U00020000-\U0003ffff]{1000,}")
"""A run that no word is, such as a picture in base64, without the scripts that need no spaces: the engine looks through
all that is left of it for each line, so that 20,000 characters take 12 s and ten times as many take 20 minutes."""

_ENDLESS_STEP = 60
"""Where it may break: about a line."""

_CAPITALISED = re.compile(r"\b[A-ZÀ-ÖØ-Þ]\w{6,}")
"""What might be a name and is long enough to be hyphenated, see ``hyphenate-limit-chars`` in ``base:print.css``."""

_SENTENCE_END = re.compile(r"[.!?…:][\"'”»’)\]]*[ \n]+[\"'“‘„«(]*\Z")

_HYPHENATED = frozenset({"en", "de", "fr", "es"})
"""The languages that a theme hyphenates. German begins every noun with a capital: there, a capital means no name."""


class Typesetter:
    """Text and inlines as escaped XHTML: ``em``, ``strong``, ``a``, ``br``; ``span`` where no line of print breaks."""

    def __init__(self, *, for_print: bool) -> None:
        """What is printed was bound by the compositor; here what an e-book runs on in is."""
        self._for_print = for_print

    def text(self, text: str, language: str = "") -> Markup:
        """A plain text; ``language`` decides which of its words may be hyphenated, and which stay in one line."""
        if not self._for_print:
            return escape(binder_for(language)(text))
        parts, end = [], 0
        for endless in _ENDLESS.finditer(text):
            parts += [_hyphened(text[end : endless.start()], language), _in_steps(endless[0])]
            end = endless.end()
        return Markup("").join([*parts, _hyphened(text[end:], language)])

    def inlines(self, inlines: tuple[Inline, ...], language: str = "") -> Markup:
        """Inlines, one after the other."""
        return Markup("").join(self._inline(inline, language) for inline in inlines)

    def _inline(self, inline: Inline, language: str) -> Markup:
        match inline:
            case Text(language=None):
                return self.text(inline.text, language)
            case Text():
                return Markup('<span lang="{0}" xml:lang="{0}">{1}</span>').format(
                    inline.language, self.text(inline.text, inline.language or "")
                )
            case Emphasis():
                return Markup("<em>{}</em>").format(self.inlines(inline.children, language))
            case Strong():
                return Markup("<strong>{}</strong>").format(self.inlines(inline.children, language))
            case Link():
                return Markup('<a href="{}">{}</a>').format(inline.url, self.inlines(inline.children, language))
            case LineBreak():
                return Markup("<br/>")


def _in_steps(run: str) -> Markup:
    """A run without end, with places to break at."""
    return Markup("<wbr/>").join(run[at : at + _ENDLESS_STEP] for at in range(0, len(run), _ENDLESS_STEP))


def _hyphened(text: str, language: str) -> Markup:
    """The text, of which short words with a hyphen in them are not parted."""
    parts, end = [], 0
    if "-" in text or "‐" in text:
        for match in _HYPHENED.finditer(text):
            if len(match[0]) <= MAX_UNBROKEN:
                parts.append(_unhyphenated(text, end, match.start(), language))
                parts.append(Markup('<span class="nobr">{}</span>').format(match[0]))
                end = match.end()
    return Markup("").join([*parts, _unhyphenated(text, end, len(text), language)])


def _unhyphenated(text: str, start: int, stop: int, language: str) -> Markup:
    """A part of the text, its names and its words in capitals marked so that they are not hyphenated."""
    primary = language.split("-")[0].lower()
    if primary not in _HYPHENATED:
        return escape(text[start:stop])
    parts = []
    for match in _CAPITALISED.finditer(text, start, stop):
        opens_a_sentence = _SENTENCE_END.search(text, max(0, match.start() - 8), match.start())
        is_name = match[0].isupper() or (primary != "de" and not opens_a_sentence)
        if is_name and len(match[0]) <= MAX_UNBROKEN:
            parts += [escape(text[start : match.start()]), Markup('<span class="whole">{}</span>').format(match[0])]
            start = match.end()
    return Markup("").join([*parts, escape(text[start:stop])])


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

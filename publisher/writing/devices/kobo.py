"""For Kobo's own engine: a span around each sentence, which bookmarks, notes and statistics hang on.

Source: the behaviour of Kobo's readers and of the converters kepubify and calibre; Kobo's own guide describes how a
file is to be made, not what its readers look for.
"""

import re
from collections.abc import Iterator
from functools import partial

from publisher.counting import counted
from publisher.model.pagemarks import with_numbers, without_numbers
from publisher.writing.devices.copy import Copy
from publisher.writing.devices.options import DeviceOptions

__all__ = ["for_kobo"]

_COLUMNS = '<div id="book-columns"><div id="book-inner">'
_MARGINS = b"""
/* Kobo's readers give the columns margins of their own above and below. */
#book-inner { margin-top: 0; margin-bottom: 0 }
"""

# XML 1.0, section 2.4: a document is markup and character data. No ">" of an attribute ends a tag, and no internal
# subset can be there: the writer refuses documents that declare entities.
_MARKUP = re.compile(
    r"""(<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>|<(?:[^<>"']|"[^"]*"|'[^']*')*>)""",
    re.DOTALL,
)
_TAG_NAME = re.compile(r"</?([A-Za-z][\w.-]*)")
_ORNAMENT = 'role="presentation"'

# A sentence ends at a mark that white space follows: "1.250 m" and "example.org" hold together.
_SENTENCE = re.compile(r"\s*(?P<words>.+?(?:[.!?:…][\"'”’»)\]]*\s+|\Z))", re.DOTALL)

_BLOCK = re.compile(r"address|blockquote|caption|dd|dt|figcaption|figure|h[1-6]|li|ol|p|table|td|th|ul")
"""Each begins the count of its sentences anew."""

_CLOSED = frozenset({"math", "pre", "script", "style", "svg"})
"""Nothing inside them is marked: other rules hold there, or white space counts."""


def for_kobo(copy: Copy, _options: DeviceOptions) -> None:
    """Mark the sentences, put each body into the two columns' divs, and take the margins off these."""
    documents = copy.named(".xhtml")
    spans = 0
    for name in documents:
        alike, numbers = without_numbers(copy.read(name))
        before = alike.decode("utf-8")
        text, count = copy.keep("kobo", tuple[str, int], before, partial(marked, before))
        copy.replace(name, with_numbers(text.encode("utf-8"), numbers))
        spans += count
    copy.record(f"{spans} sentences and pictures marked for Kobo, in {counted(len(documents), 'document')}", documents)
    sheets = copy.named(".css")[:1]  # one rule, once: a second sheet may hold the fonts
    for name in sheets:
        copy.replace(name, copy.read(name) + _MARGINS)
    copy.record("Kobo's own margins taken off", sheets)


def marked(text: str) -> tuple[str, int]:
    """A document with its sentences and pictures in numbered spans and its body in two divs, and how many spans."""
    head, body_tag, rest = re.split(r"(<body\b(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>)", text, maxsplit=1)
    body, end, tail = rest.rpartition("</body>")
    marker = _Marker()
    inner = "".join(marker.mark(body))
    return f"{head}{body_tag}{_COLUMNS}{inner}</div></div>{end}{tail}", marker.spans


class _Marker:
    """Counts the blocks of one document and the sentences of each."""

    def __init__(self) -> None:
        self.spans = 0
        self._block = 0
        self._sentence = 0
        self._fresh = True
        self._closed = 0

    def mark(self, body: str) -> Iterator[str]:
        """The body piece by piece."""
        for number, piece in enumerate(_MARKUP.split(body)):
            if number % 2:
                yield from self._tag(piece)
            elif self._closed or not piece.strip():
                yield piece
            else:
                yield from self._sentences(piece)

    def _tag(self, markup: str) -> Iterator[str]:
        match = _TAG_NAME.match(markup)
        name = match[1] if match else ""
        if _BLOCK.fullmatch(name):
            self._fresh = True
        if name in _CLOSED and not markup.endswith("/>"):
            self._closed += -1 if markup.startswith("</") else 1
        # An ornament is no place to be at, and in contents a span must have words (EPUB 3.3, navigation documents).
        is_place = name == "img" and not self._closed and _ORNAMENT not in markup
        yield self._span(markup) if is_place else markup

    def _sentences(self, text: str) -> Iterator[str]:
        end = 0
        for match in _SENTENCE.finditer(text):
            yield text[end : match.start("words")]
            yield self._span(match["words"])
            end = match.end()
        yield text[end:]

    def _span(self, content: str) -> str:
        if self._fresh:
            self._block, self._sentence, self._fresh = self._block + 1, 0, False
        self._sentence += 1
        self.spans += 1
        return f'<span class="koboSpan" id="kobo.{self._block}.{self._sentence}">{content}</span>'

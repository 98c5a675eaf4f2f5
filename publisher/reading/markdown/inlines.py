"""The inline nodes of Markdown as the model's inlines."""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

import msgspec

from publisher.model import Emphasis, Inline, LineBreak, Link, Strong, Text, plain
from publisher.model.blocks import Inlines

if TYPE_CHECKING:
    from markdown_it.tree import SyntaxTreeNode

_SAFE = ("http://", "https://", "mailto:")
_TAG = re.compile(
    r"^<(?:(?P<open>em|strong|span) *(?:lang=\"(?P<language>[A-Za-z0-9-]{2,35})\")?|/(?P<close>em|strong|span))>$"
)
_MOST_TAGS = 8
"""Tags inside each other that are read: of an article, three."""

_LINE_BREAK_TAG = re.compile(r"^<br\s*/?>$", re.IGNORECASE)


class InlineReader:
    """Reads runs of inline nodes; what it leaves out it tells, by a problem's code and its message."""

    def __init__(self, tell: Callable[[str, str], None]) -> None:
        self._tell = tell

    def read(self, nodes: "Sequence[SyntaxTreeNode]") -> Inlines:
        """Inline nodes as the model's inlines: neighbouring texts joined, known tags around what they hold."""
        opened: list[re.Match[str]] = []
        inside: list[list[Inline]] = [[]]
        for node in nodes:
            tag = _TAG.match(node.content) if node.type == "html_inline" else None
            if tag and tag["open"] and len(opened) < _MOST_TAGS and (tag["open"] == "span") == bool(tag["language"]):
                opened.append(tag)
                inside.append([])
            elif tag and opened and tag["close"] == opened[-1]["open"]:
                _add(_within(opened.pop(), tuple(inside.pop())), inside[-1])
            else:
                _add(self._inline(node), inside[-1])
        while opened:
            self._tell("dropped-content", f"the raw HTML {opened.pop()[0]!r} was left out")
            _add(inside.pop(), inside[-1])
        return tuple(inside[0])

    def alt(self, image: "SyntaxTreeNode") -> str:
        """The words that describe a picture."""
        return plain(self.read(image.children))

    def _inline(self, node: "SyntaxTreeNode") -> Inlines:
        match node.type:
            case "inline":
                return self.read(node.children)
            case "text" | "code_inline":
                return (Text(text=node.content),)
            case "softbreak":
                return (Text(text=" "),)
            case "hardbreak":
                return (LineBreak(),)
            case "em":
                return (Emphasis(children=self.read(node.children)),)
            case "strong":
                return (Strong(children=self.read(node.children)),)
            case "link":
                return self._link(node)
            case "image":
                self._tell("dropped-content", "a picture inside a line of text was left out; its description was kept")
                return (Text(text=self.alt(node)),)
            case "html_inline" if _LINE_BREAK_TAG.match(node.content):
                return (LineBreak(),)
            case "html_inline":
                self._tell("dropped-content", f"the raw HTML {node.content[:40]!r} was left out")
                return ()
        return (Text(text=node.content),) if node.content else ()

    def _link(self, node: "SyntaxTreeNode") -> Inlines:
        url = str(node.attrs.get("href") or "")
        words = self.read(node.children)
        if url.lower().startswith(_SAFE):
            return (Link(url=url, children=words),) if words else ()
        self._tell("unsafe-link", f"the link to {url[:60]!r} is neither http, https nor mailto; its words were kept")
        return words


def trimmed(inlines: Inlines) -> Inlines:
    """Inlines without white space at the ends, and none at all when that is all there is."""
    if not plain(inlines).strip():
        return ()
    kept = list(inlines)
    if isinstance(kept[0], Text):
        kept[0] = msgspec.structs.replace(kept[0], text=kept[0].text.lstrip())
    if isinstance(kept[-1], Text):
        kept[-1] = msgspec.structs.replace(kept[-1], text=kept[-1].text.rstrip())
    return tuple(inline for inline in kept if inline != Text(text=""))


def _within(tag: re.Match[str], inlines: Inlines) -> Inlines:
    """What a tag makes of the inlines that it holds."""
    if not inlines:
        return ()
    if tag["open"] == "em":
        return (Emphasis(children=inlines),)
    if tag["open"] == "strong":
        return (Strong(children=inlines),)
    return tuple(
        msgspec.structs.replace(inline, language=tag["language"]) if isinstance(inline, Text) else inline
        for inline in inlines
    )


def _add(inlines: Iterable[Inline], to: list[Inline]) -> None:
    """Add inlines to others, a text joined with the one before it."""
    for inline in inlines:
        last = to[-1] if to else None
        if isinstance(inline, Text) and isinstance(last, Text) and inline.language == last.language:
            to[-1] = msgspec.structs.replace(last, text=last.text + inline.text)
        elif not isinstance(inline, Text) or inline.text:
            to.append(inline)

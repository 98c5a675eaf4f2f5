"""Markup becomes a safe tree: what can run, load or overwhelm has no place in it.

The parser is libxml2's, through lxml, as a stream of events: no tree of its own is built, so neither deep nesting nor
entity definitions reach code that recurses or expands. What is kept is named here; all else is dropped:

1. Elements that hold no reading matter (scripts, styles, forms' fields, embedded documents) go with their content.
2. Event handlers and attributes of no use go; values are cut at a length no page needs.
3. Nesting, elements and characters are bounded; what lies beyond is flattened or cut, with a ``cut-short`` problem.
"""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, TypeAlias

from publisher.model import Problem

Element: TypeAlias = Any
"""An lxml element; its stubs are no dependency of ours."""

LIMIT = 8_000_000
"""Characters of markup that are read: the largest saved pages, with a program in every line, have five million."""

MOST_ELEMENTS = 20_000
"""Ten times what a long article's page has; trafilatura takes half a millisecond for each."""

MOST_SPANNED = 20_000
"""Cells of tables that cells may reach over: a span of a few bytes is made as many cells as it says."""

MOST_DEPTH = 150
_MOST_OPEN = 2_000
_TAMED_OPEN = 500
_MOST_STEPS = 200_000_000
"""The parser looks through all open elements for the one that an end tag closes: this many looks take a second."""

_VALUE_LENGTH = 4_000


def _named(names: str) -> frozenset[str]:
    return frozenset(names.split())


_DROPPED = _named(
    "script style template object embed applet frame frameset noembed noframes canvas svg math audio iframe "
    "select option textarea input button datalist progress meter dialog portal head-script source-map"
)
"""Elements whose content prints nothing or is no part of a text. ``button`` holds no more than its label."""

_FIELDS, _UNASKING = _named("input select textarea"), _named("hidden submit button image reset")
"""What is filled in, and the types of it that nobody fills in."""

_VOID = _named("area base br col embed hr img input link meta param source track wbr")
_AUTOMATIC = _named("p li td th tr tbody thead tfoot dt dd option colgroup caption")
"""Elements that a sibling closes, so that their missing end tags do not nest."""

_ATTRIBUTES = _named(
    "align alt class colspan content data-alt data-caption data-component data-href data-lazy-src data-link "
    "data-original data-permalink data-popup-url data-src data-srcset data-target-url data-testid data-type data-url "
    "datetime dir headers height hidden href http-equiv id itemprop itemscope itemtype lang name property rel role "
    "rowspan scope src srcset start style title type value width aria-label aria-hidden charset"
)
_SAME = {"amp-img": "img"}
"""Elements of the pages that search engines keep, which are others to a reader."""

_TAG = re.compile(r"^[a-z][a-z0-9-]*$")
_ANY_TAG = re.compile(
    r"<(/?)([a-zA-Z][a-zA-Z0-9]*+)[^<>]*+>"
)  # Possessive: a name of 300,000 letters is no tag at once.
_INVALID = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_OPENED = re.compile(r"""['"]((?:https?://|/)[^'"\s<>]{2,2000})['"]""")
_SAVED_FROM = re.compile(r"saved from url=\(\d+\)(https?://\S+)")


@dataclass(slots=True)
class PageTree:
    """A page's elements, cleaned."""

    root: Element
    """An ``html`` element of lxml; may be empty."""

    linked_data: list[str] = field(default_factory=list)
    """The JSON-LD scripts' text, in order."""

    saved_from: str | None = None
    """The address in the comment that browsers put into a saved page."""

    problems: list[Problem] = field(default_factory=list)
    asking: list[Element] = field(default_factory=list)
    """The elements that held a field to fill in, the same one perhaps more than once."""

    elements: list[Element] = field(default_factory=list)
    """All of them, held so that none is made anew of lxml's tree each time that somebody looks at it."""


def parse(markup: str, name: str) -> PageTree:
    """The tree of a page's markup. Any text gives a tree, in time linear in its length."""
    from lxml import etree

    problems = []
    if len(markup) > LIMIT:
        markup = markup[:LIMIT]
        problems.append(
            Problem(code="cut-short", message=f"only the first {LIMIT} characters of the page were read", where=name)
        )
    builder = _Builder()
    # Without a first element the parser has nothing to hang the first characters on.
    parser = etree.HTMLParser(target=builder, recover=True, no_network=True, huge_tree=False, remove_pis=True)
    try:
        parser.feed(_tamed(markup) or " ")
        parser.close()
    except etree.LxmlError:  # an empty document; what was built so far stands
        builder.close()
    if builder.cut:
        message = f"the page has more than {MOST_ELEMENTS} elements; what follows them was left out"
        problems.append(Problem(code="cut-short", message=message, where=name))
    if builder.spanned > MOST_SPANNED:
        message = f"tables have cells that reach over more than {MOST_SPANNED} others; what reaches further does not"
        problems.append(Problem(code="cut-short", message=message, where=name))
    return PageTree(
        root=builder.root,
        linked_data=builder.linked_data,
        saved_from=builder.saved_from,
        problems=problems,
        asking=builder.asking,
        elements=builder.elements,
    )


def words_of(element: Element) -> str:
    """All words in an element, what is in it included, with single spaces."""
    return " ".join("".join(element.itertext()).split())


def _tamed(markup: str) -> str:
    """Markup without the tags that would make the parser slow: its search for an open element is linear in the depth.

    Pages as they are come back unchanged; only where thousands of elements nest, or end tags close nothing, such tags
    are taken out. That the pattern also sees tags in comments and scripts does no harm.
    """
    closed = markup.count("</")
    if markup.count("<") - closed <= _MOST_OPEN and closed * _MOST_OPEN <= _MOST_STEPS:
        return markup
    deepest = _deepest(markup)
    if deepest <= _MOST_OPEN and closed * deepest <= _MOST_STEPS:
        return markup
    opened: Counter[str] = Counter()
    depth = 0

    def keep(match: re.Match[str]) -> str:
        nonlocal depth
        tag = match[2].lower()
        if tag in _VOID:
            return match[0]
        if not match[1]:
            if depth >= _TAMED_OPEN:
                return " "
            opened[tag] += 1
            depth += 1
            return match[0]
        if opened[tag]:
            opened[tag] -= 1
            depth -= 1
            return match[0]
        return " "

    return _ANY_TAG.sub(keep, markup)


def _deepest(markup: str) -> int:
    """How many elements stand in each other at most, but for those that a sibling closes."""
    names: dict[str, str] = {}
    opened: dict[str, int] = {}
    depth = deepest = 0
    for closing, written in _ANY_TAG.findall(markup):
        tag = names.get(written)
        if tag is None:
            tag = written.lower()
            tag = names[written] = "" if tag in _VOID or tag in _AUTOMATIC else tag
            opened.setdefault(tag, 0)
        if not tag:
            continue
        if not closing:
            opened[tag] += 1
            depth += 1
            if depth > deepest:
                deepest = depth
        elif opened[tag]:
            opened[tag] -= 1
            depth -= 1
    return deepest


@cache
def _maker() -> Any:
    """What makes the elements: of the one class that trafilatura asks for, without a call of Python for each."""
    from lxml import etree, html

    maker = etree.HTMLParser()
    maker.set_element_class_lookup(etree.ElementDefaultClassLookup(element=html.HtmlElement))
    return maker


class _Builder:
    """Receives the parser's events and builds the tree."""

    def __init__(self) -> None:
        from lxml import etree

        self.root: Element = _maker().makeelement("html")
        self.elements: list[Element] = []
        self._append = etree.SubElement
        self.asking: list[Element] = []
        self.linked_data: list[str] = []
        self.saved_from: str | None = None
        self.cut = False
        self.spanned = 0
        """How many cells the cells of tables reach over so far."""

        self._open: list[tuple[str, Element | None, Element]] = []
        """The open elements' tags, with the element made of each, None where it was flattened, and the innermost
        element that was made when each was opened, itself or around it."""

        self._skipping = 0
        self._skipped: list[str] = []
        self._script: list[str] | None = None
        self._last: Element | None = None
        """The last child of the innermost element, whose tail takes text; None when it has no child yet."""

        self._words: list[str] = []
        self._texts: list[str] = []
        """Texts that were met at one place, where what was flattened stood between them, and are not hung yet."""

        self._place = self.root, "text"
        """The element that those belong to, and whether they are its text or its tail."""

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        tag = tag.lower()
        if self._skipping:
            if tag not in _VOID:
                self._skipping += 1
            return
        tag = _SAME.get(tag, tag)
        if tag in _DROPPED:
            if tag == "script" and "ld+json" in (attributes.get("type") or "").lower():
                self._script = []
            elif tag in _FIELDS and attributes.get("type") not in _UNASKING:
                self.asking.append(self._open[-1][2] if self._open else self.root)
            if tag not in _VOID:
                self._skipping = 1
            return
        if self._words:
            self._flush()
        top = self._open[-1][2] if self._open else self.root
        if tag == "html" and not self._open:
            for name, value in self._kept(attributes).items():
                self.root.set(name, value)
            self._open.append((tag, self.root, self.root))
            return
        if len(self.elements) >= MOST_ELEMENTS:
            self.cut = True
            self._open.append((tag, None, top))
            return
        if len(self._open) >= MOST_DEPTH:
            self._open.append((tag, None, top))
            return
        element = self._append(top, tag if _TAG.match(tag) else "span", self._kept(attributes))
        self.elements.append(element)
        if tag in _VOID:
            # libxml2 knows HTML 4, where a source is no void element and would hold the picture after it.
            self._last = element
            return
        self._open.append((tag, element, element))
        self._last = None

    def end(self, tag: str) -> None:
        tag = tag.lower()
        if self._skipping:
            if tag not in _VOID:
                self._skipping -= 1
            if not self._skipping and self._script is not None:
                self.linked_data.append("".join(self._script)[:2_000_000])
                self._script = None
            return
        if not self._open or self._open[-1][0] != tag:
            return
        if self._words:
            self._flush()
        element = self._open.pop()[1]
        if element is not None and element is not self.root:
            self._last = element

    def data(self, text: str) -> None:
        if self._script is not None:
            self._script.append(text)
        elif not self._skipping and not self.cut:
            self._words.append(text)

    def comment(self, text: str) -> None:
        match = _SAVED_FROM.search(text[:600])
        if match and self.saved_from is None:
            self.saved_from = match[1]

    def close(self) -> "_Builder":
        if self._words:
            self._flush()
        self._hang()
        return self

    def _flush(self) -> None:
        """Find the place of the text met since the last tag."""
        text = _valid("".join(self._words))
        self._words.clear()
        top = self._open[-1][2] if self._open else self.root
        last = self._last if self._last is not None and self._last.getparent() is top else None
        if last is None and len(top):
            last = top[-1]
        place = (top, "text") if last is None else (last, "tail")
        if place != self._place:
            self._hang()
            self._place = place
        self._texts.append(text)

    def _hang(self) -> None:
        """Hang the texts at their place."""
        if self._texts:
            element, side = self._place
            setattr(element, side, "".join((getattr(element, side) or "", *self._texts)))
            self._texts.clear()

    def _kept(self, attributes: Mapping[str, str]) -> dict[str, str]:
        """What an element keeps of its attributes."""
        if "colspan" in attributes or "rowspan" in attributes:
            self.spanned += _span(attributes.get("colspan")) * _span(attributes.get("rowspan"))
            if self.spanned > MOST_SPANNED:
                attributes = {name: value for name, value in attributes.items() if name not in ("colspan", "rowspan")}
        if "onclick" in attributes and "href" not in attributes and (opened := _OPENED.search(attributes["onclick"])):
            # Nothing of it is ever run: only where the page says that it leads.
            attributes = {**attributes, "data-href": opened[1]}
        kept = {name: value or "" for name, value in attributes.items() if name in _ATTRIBUTES}
        for name, value in kept.items():
            if len(value) > _VALUE_LENGTH or not value.isprintable():
                kept[name] = _valid(value[:_VALUE_LENGTH])
        return kept


def _valid(text: str) -> str:
    """The text without what XML cannot hold; of printable text that is nothing."""
    return text if text.isprintable() else _INVALID.sub("", text)


def _span(value: str | None) -> int:
    """How many columns or rows a cell reaches over, as HTML 4.9.11 reads the attribute: one, where it is no number."""
    digits = re.match(r"\s*(\d{1,5})", value or "")
    return int(digits[1]) or 1 if digits else 1

"""Style sheets and inline styles: what a dark screen, a large letter or an old engine makes of them.

Old engines are those of Adobe (ADE, Nook, older Kobo, Tolino), of Kindle and of KOReader. One construct that they do
not know can cost the whole sheet: reports of each are collected in the project's notes on e-readers.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from publisher.checking.epub.book import Book
from publisher.checking.epub.document import CheckedDocument, CheckedFile, is_elsewhere, resolved
from publisher.model import Finding, Severity

ROOTS = re.compile(r"^(?:html|body|:root|\*|p|div|section|article|main)$")
"""Selectors of what holds the running text."""

NEUTRAL = frozenset({"auto", "currentcolor", "inherit", "initial", "none", "revert", "transparent", "unset"})
TEXT_COLOUR, BACK_COLOURS = "color", ("background", "background-color")
PRINT = frozenset(
    {"bleed", "bookmark-label", "bookmark-level", "footnote-display", "marks", "page", "size", "string-set"}
)
PRINT_FUNCTIONS = frozenset({"content", "element", "leader", "running", "string", "target-counter", "target-text"})
MODERN_FUNCTIONS = frozenset({"calc", "clamp", "color-mix", "env", "lab", "lch", "max", "min", "oklab", "oklch", "var"})
MODERN_DISPLAYS = frozenset({"flex", "grid", "inline-flex", "inline-grid", "contents"})
MODERN_SELECTORS = re.compile(r":(?:is|where|has|not)\(|::(?!before|after|first-l)")
PRINT_AT_RULES = frozenset({"page", "footnotes", "top-left", "bottom-center"})
FIXED_LENGTH = frozenset({"px", "pt", "cm", "mm", "in", "pc"})
WIDE_PX = 600
LEAST_CONTRAST = 4.5


class Declaration(NamedTuple):
    """One declaration, where it stands, and what it applies to."""

    name: str
    value: list[Any]
    selector: str
    line: int
    dark_aware: bool
    """Whether it stands under a query for the reader's colour scheme."""


def find(book: Book) -> Iterator[Finding]:
    """What is wrong with the style sheets."""
    for item in book.items:
        if item.media_type == "text/css" and item.path in book.sizes:
            yield from map(book.placed, _sheet(CheckedFile(item.path, book.leads), book.data(item.path)))


def find_in_document(document: CheckedDocument) -> Iterator[Finding]:
    """What is wrong with the style elements and the style attributes of a document."""
    root = document.root
    for node in root.all("style"):
        yield from _sheet(document, "".join(each for each in node.content if isinstance(each, str)).encode())
    attributes = [(node, style) for node in root.having("style") if (style := node.get("style"))]
    found: list[Finding] = []
    for node, style in attributes:
        found += _judged(document, _declarations_of(style, node.tag, node.line))
    # Each paragraph may carry the same: said once for a document.
    yield from {(finding.code, finding.message): finding for finding in found}.values()
    coloured = next(
        (
            node
            for node in root.having("bgcolor", "color")
            if node.get("bgcolor") or (node.tag == "font" and node.get("color"))
        ),
        None,
    )
    if coloured is not None:
        message = f"<{coloured.tag}> fixes a colour by an attribute: on a dark screen it may vanish"
        yield document.found("fixed-colour", "warning", message, f"line {coloured.line}")
    for link in root.all("link"):
        href = link.get("href") or ""
        if "stylesheet" in (link.get("rel") or "").split():
            if is_elsewhere(href):
                yield document.found("remote-resource", "error", "a style sheet is loaded from the network", href)
            elif not document.holds(href):
                yield document.found("missing-file", "error", f"the style sheet {href!r} is not in the book")


def _sheet(part: CheckedFile, data: bytes) -> Iterator[Finding]:
    import tinycss2

    rules, _ = tinycss2.parse_stylesheet_bytes(data, skip_comments=True, skip_whitespace=True)
    containers: Severity = "note" if all(map(_is_of_containers, rules)) else "warning"
    findings = list(_rules(part, rules, dark_aware=False, containers=containers))
    # A sheet has a thing a hundred times: the first place of each is enough.
    yield from {(finding.code, finding.message): finding for finding in reversed(findings)}.values()


def _is_of_containers(rule: Any) -> bool:
    """Whether a rule is of no use to an engine without containers: it may drop a sheet of such rules."""
    import tinycss2

    if rule.type != "qualified-rule":
        return bool(rule.type == "at-rule" and rule.lower_at_keyword == "container")
    inner = tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True)
    return all(each.type == "declaration" and each.lower_name.startswith("container") for each in inner)


def _rules(
    part: CheckedFile, rules: Iterable[Any], *, dark_aware: bool, containers: Severity = "warning"
) -> Iterator[Finding]:
    import tinycss2

    for rule in rules:
        place = f"line {rule.source_line}"
        if rule.type == "error":
            message = f"the style sheet is broken: {rule.message}"
            yield part.found("style-broken", "warning", message, place)
        elif rule.type == "qualified-rule":
            selector = tinycss2.serialize(rule.prelude).strip()
            if MODERN_SELECTORS.search(selector):
                message = f"the selector {selector!r} is unknown to old engines, which may drop the whole sheet"
                yield part.found("old-engine", "warning", message, place)
            inner = tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True)
            yield from _judged(part, _declarations(inner, selector, dark_aware=dark_aware))
            yield from _pair(part, list(_declarations(inner, selector, dark_aware=dark_aware)))
            yield from _broken(part, inner)
        elif rule.type == "at-rule":
            yield from _at_rule(part, rule, dark_aware=dark_aware, containers=containers)


def _broken(part: CheckedFile, inner: Iterable[Any]) -> Iterator[Finding]:
    for each in inner:
        if each.type == "error":
            message = f"the style sheet is broken: {each.message}"
            yield part.found("style-broken", "warning", message, f"line {each.source_line}")


def _at_rule(part: CheckedFile, rule: Any, *, dark_aware: bool, containers: Severity) -> Iterator[Finding]:
    import tinycss2

    keyword, place = rule.lower_at_keyword, f"line {rule.source_line}"
    prelude = tinycss2.serialize(rule.prelude).strip()
    inner = rule.content or []
    if keyword == "media":
        scheme = "prefers-color-scheme" in prelude
        if re.search(r"\(\s*(?:min|max)-|\(\s*(?:width|height)|[<>]=?", prelude):
            message = f"the media query {prelude!r} with numbers makes Adobe's engine drop the whole sheet"
            yield part.found("old-engine", "warning", message, place)
        rules = tinycss2.parse_rule_list(inner, skip_comments=True, skip_whitespace=True)
        yield from _rules(part, rules, dark_aware=dark_aware or scheme)
    elif keyword == "supports":
        rules = tinycss2.parse_rule_list(inner, skip_comments=True, skip_whitespace=True)
        yield from _rules(part, rules, dark_aware=dark_aware)
    elif keyword in PRINT_AT_RULES:
        message = f"@{keyword} is for paper; left in an e-book's sheet it can cost the whole sheet"
        yield part.found("old-engine", "warning", message, place)
    elif keyword in ("layer", "container", "property"):
        severity = containers if keyword == "container" else "warning"
        yield part.found("old-engine", severity, f"@{keyword} is unknown to most e-readers", place)
    elif keyword == "import":
        message = "@import loads another sheet, which old engines ignore"
        yield part.found("old-engine", "note", message, place)
    elif keyword == "font-face":
        blocks = tinycss2.parse_blocks_contents(inner, skip_comments=True, skip_whitespace=True)
        yield from _font(part, _declarations(blocks, "@font-face", dark_aware=True))


def _font(part: CheckedFile, declarations: Iterable[Declaration]) -> Iterator[Finding]:
    for declaration in declarations:
        if declaration.name != "src":
            continue
        place = f"line {declaration.line}"
        if any(token.type == "function" and token.lower_name == "local" for token in declaration.value):
            message = "local() in a font rule makes KOReader drop the whole sheet"
            yield part.found("old-engine", "warning", message, place)
        for address in _addresses(declaration.value):
            if is_elsewhere(address):
                yield part.found("remote-resource", "error", "a font is loaded from the network", address)
            elif not part.holds(address):
                yield part.found("missing-file", "error", f"the font {address!r} is not in the book", place)
            elif resolved(part.path, address)[0].casefold().endswith(".woff2"):
                yield part.found("old-engine", "note", "WOFF2 fonts are not shown by Kobo and older readers", place)


def _declarations(blocks: Iterable[Any], selector: str, *, dark_aware: bool) -> Iterator[Declaration]:
    for each in blocks:
        if each.type == "declaration":
            yield Declaration(each.lower_name, each.value, selector, each.source_line, dark_aware)


def _declarations_of(style: str, tag: str, line: int) -> Iterator[Declaration]:
    import tinycss2

    for each in tinycss2.parse_blocks_contents(style, skip_comments=True, skip_whitespace=True):
        if each.type == "declaration":
            yield Declaration(each.lower_name, each.value, tag, line, False)


def _judged(part: CheckedFile, declarations: Iterable[Declaration]) -> Iterator[Finding]:
    """What is wrong with declarations, of a sheet or of an attribute."""
    for declaration in declarations:
        place = f"line {declaration.line}"
        for code, severity, message in (*_colours(declaration), *_engines(declaration), *_sizes(declaration)):
            yield part.found(code, severity, message, place)
        for address in _addresses(declaration.value):
            if is_elsewhere(address):
                if not address.startswith("data:"):
                    yield part.found("remote-resource", "error", "a style loads from the network", address)
            elif address and not part.holds(address):
                yield part.found("missing-file", "error", f"the file {address!r} of a style is not in the book")


def _colours(declaration: Declaration) -> Iterator[tuple[str, Severity, str]]:
    if declaration.dark_aware or declaration.name not in (TEXT_COLOUR, *BACK_COLOURS):
        return
    words = {token.lower_value for token in declaration.value if token.type == "ident"}
    fixed = any(token.type in ("hash", "function") for token in declaration.value) or bool(words - NEUTRAL - _REPEATS)
    if not fixed:
        return
    running = any(ROOTS.match(part.strip()) for part in declaration.selector.split(","))
    what = "the colour of text" if declaration.name == TEXT_COLOUR else "a background"
    severity: Severity = "warning" if running or declaration.name != TEXT_COLOUR else "note"
    yield (
        "fixed-colour",
        severity,
        f"{declaration.selector!r} fixes {what}: at night, or in sepia, it may not be readable",
    )


def _pair(part: CheckedFile, declarations: Sequence[Declaration]) -> Iterator[Finding]:
    """Ink and paper that one rule fixes together, where they are too much alike (WCAG 2, 1.4.3)."""
    text = next((colour for each in declarations if each.name == TEXT_COLOUR and (colour := _colour_of(each))), None)
    back = next((colour for each in declarations if each.name in BACK_COLOURS and (colour := _colour_of(each))), None)
    if text and back and (ratio := _contrast(text, back)) < LEAST_CONTRAST:
        message = f"{declarations[0].selector!r} sets text at a contrast of {ratio:.1f}:1; {LEAST_CONTRAST}:1 is needed"
        yield part.found("low-contrast", "warning", message, f"line {declarations[0].line}")


def _colour_of(declaration: Declaration) -> tuple[float, float, float] | None:
    """Red, green and blue from 0 to 1; ``None`` when it is not one opaque colour."""
    from tinycss2.color3 import RGBA, parse_color

    colours = [parse_color(token) for token in declaration.value if token.type in ("ident", "hash", "function")]
    found = [colour for colour in colours if isinstance(colour, RGBA) and colour.alpha == 1]
    return (found[0].red, found[0].green, found[0].blue) if len(found) == 1 else None


def _contrast(one: tuple[float, float, float], other: tuple[float, float, float]) -> float:
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: tuple[float, float, float]) -> float:
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour)
    return float(0.2126 * red + 0.7152 * green + 0.0722 * blue)


_REPEATS = frozenset(
    [
        "repeat",
        "repeat-x",
        "repeat-y",
        "no-repeat",
        "scroll",
        "fixed",
        "left",
        "right",
        "top",
        "bottom",
        "center",
        "cover",
        "contain",
    ]
)


def _engines(declaration: Declaration) -> Iterator[tuple[str, Severity, str]]:
    name = declaration.name
    functions = {token.lower_name for token in declaration.value if token.type == "function"}
    words = {token.lower_value for token in declaration.value if token.type == "ident"}
    if name.startswith("--"):
        yield "old-engine", "warning", f"variables such as {name} are unknown to old engines, and Kindle refuses them"
    elif name in PRINT:
        yield "old-engine", "warning", f"{name} is for paper; left in an e-book's sheet it can cost the whole sheet"
    elif functions & PRINT_FUNCTIONS and name in ("content", "position", "float", "string-set"):
        used = sorted(functions & PRINT_FUNCTIONS)[0]
        yield "old-engine", "warning", f"{used}() is for paper; left in an e-book's sheet it can cost the whole sheet"
    elif functions & MODERN_FUNCTIONS:
        used = sorted(functions & MODERN_FUNCTIONS)[0]
        severity: Severity = "warning" if used == "var" else "note"
        yield "old-engine", severity, f"{used}() is unknown to old engines: they drop the declaration of {name}"
    elif name == "display" and words & MODERN_DISPLAYS:
        yield "old-engine", "warning", f"display: {sorted(words & MODERN_DISPLAYS)[0]} falls apart in old engines"
    elif name == "position" and words & {"fixed", "absolute", "sticky"}:
        yield "old-engine", "warning", f"position: {sorted(words)[0]} hides text when letters are enlarged"


def _sizes(declaration: Declaration) -> Iterator[tuple[str, Severity, str]]:
    lengths = [token for token in declaration.value if token.type == "dimension" and token.lower_unit in FIXED_LENGTH]
    if not lengths:
        return
    running = any(ROOTS.match(part.strip()) for part in declaration.selector.split(","))
    if declaration.name in ("font-size", "font", "line-height"):
        severity: Severity = "warning" if running else "note"
        message = (
            f"{declaration.selector!r} fixes {declaration.name} in {lengths[0].lower_unit}: readers cannot enlarge it"
        )
        yield "fixed-size", severity, message
    elif declaration.name in ("width", "min-width") and lengths[0].lower_unit == "px" and lengths[0].value > WIDE_PX:
        message = f"{declaration.selector!r} is {lengths[0].value:g} px wide: wider than many screens"
        yield "fixed-size", "warning", message


def _addresses(tokens: Iterable[Any]) -> Iterator[str]:
    for token in tokens:
        if token.type == "url":
            yield token.value
        elif token.type == "function" and token.lower_name == "url":
            yield from (each.value for each in token.arguments if each.type == "string")

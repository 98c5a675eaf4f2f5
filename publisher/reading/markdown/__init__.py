"""Markdown with YAML front matter, through markdown-it-py (CommonMark and tables)."""

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import msgspec

from publisher.model import (
    Article,
    Block,
    BlockQuote,
    Break,
    BulletList,
    Figure,
    Inline,
    LineBreak,
    NumberedList,
    Paragraph,
    Preformatted,
    Problem,
    PullQuote,
    Reading,
    Role,
    Source,
    Subheading,
    Table,
    Text,
    plain,
)
from publisher.model.blocks import Inlines
from publisher.reading.decoding import Decoded
from publisher.reading.finishing import finish, first_words, no_headline
from publisher.reading.markdown.depth import MOST_DEPTH, level_emphasis
from publisher.reading.markdown.frontmatter import FrontMatter, read_front_matter, split_front_matter
from publisher.reading.markdown.inlines import InlineReader, trimmed
from publisher.reading.trace import Mark, Trace
from publisher.reading.vocabulary import Vocabulary
from publisher.reading.vocabulary.captions import caption_credit
from publisher.reading.vocabulary.language import language_for

if TYPE_CHECKING:
    from markdown_it.tree import SyntaxTreeNode

LIMIT = 500_000
"""Characters of Markdown that are read: some inputs make any Markdown parser slow, and no article is this long."""

_SCHEME = re.compile(r"^[A-Za-z][A-Za-z0-9+.-]*:")
_CREDIT = "credit:"
"""How a picture's title begins that is no caption, but says who made it."""

_PULL_QUOTE = re.compile(r"^ {0,3}> ?\[!quote\]")
_CAPTION = ": "
"""How a paragraph under a table begins that is its caption."""

_UNPRINTED = Mark("furniture", "markdown.syntax")
_ONE_ROLE: dict[str, tuple[Role, str]] = {
    "heading": ("subheading", "markdown.heading"),
    "bullet_list": ("list item", "markdown.list"),
    "ordered_list": ("list item", "markdown.list"),
    "blockquote": ("quote", "markdown.quote"),
    "fence": ("preformatted", "markdown.code"),
    "code_block": ("preformatted", "markdown.code"),
    "table": ("table", "markdown.table"),
    "html_block": ("furniture", "markdown.raw-html"),
    "hr": ("paragraph", "markdown.rule"),
    "paragraph": ("paragraph", "markdown.paragraph"),
}


def read(source: Source, decoded: Decoded, known: Vocabulary) -> Reading:
    """The article in a Markdown source.

    Front matter gives its fields; without a headline there, the first heading of level 1 is it. Pictures alone in their
    paragraph are figures. What the model has no block for is dropped with a problem.
    """
    lines = decoded.lines
    matter_lines = split_front_matter(lines)
    matter = FrontMatter()
    if matter_lines:
        matter = read_front_matter("\n".join(lines[1 : matter_lines - 1]), source.name, known)
    reader = _Markdown(source.name, lines, matter_lines, known)
    reader.read(has_headline=matter.headline is not None)
    problems = [*matter.problems, *reader.problems]
    headline = matter.headline or reader.headline
    if headline is None:
        headline = first_words((*map(_words_of, reader.blocks), source.name))
        problems.append(no_headline(source.name))
    words = " ".join(filter(None, (headline, matter.standfirst, *map(_words_of, reader.blocks[:40]))))
    article = Article(
        headline=headline,
        kicker=matter.kicker,
        section=matter.section,
        standfirst=matter.standfirst,
        bylines=matter.bylines,
        dateline=matter.dateline,
        published=matter.published,
        certainty=matter.certainty,
        updated=matter.updated,
        publication=matter.publication,
        url=matter.url or source.url,
        language=matter.language or language_for(words, known),
        body=tuple(reader.blocks),
        related=matter.related,
        problems=tuple(problems),
    )
    return finish(source, [article], reader.trace.lines(_UNPRINTED), decoded.problems)


class _Markdown:
    """Turns one source's Markdown into blocks, marking each line."""

    def __init__(self, name: str, lines: list[str], matter_lines: int, known: Vocabulary) -> None:
        self.name = name
        self.lines = lines
        self.offset = matter_lines
        self.known = known
        self.blocks: list[Block] = []
        self.headline: str | None = None
        self.problems: list[Problem] = []
        self.inlines = InlineReader(self.problem)
        self.trace = Trace(lines)
        for number in range(1, matter_lines + 1):
            self.trace.mark(number, "front matter", "markdown.front-matter")

    def read(self, has_headline: bool) -> None:
        """Fill ``blocks``, ``headline``, ``problems`` and ``trace``."""
        from markdown_it import MarkdownIt
        from markdown_it.tree import SyntaxTreeNode

        text = "\n".join(self.lines[self.offset :])
        if len(text) > LIMIT:
            text = text[: text.rfind("\n", 0, LIMIT) + 1] or text[:LIMIT]
            self.problem("cut-short", f"only the first {LIMIT} characters were read")
        parser = MarkdownIt("commonmark").enable("table")
        # Unsafe links must reach us as links, to be taken off with a problem and not printed as brackets.
        parser.validateLink = lambda url: True  # type: ignore[method-assign]
        # An address is kept as it is written, as other readers do.
        parser.normalizeLink = lambda url: url  # type: ignore[method-assign]
        tokens = parser.parse(text)
        if level_emphasis(tokens):
            self.problem("dropped-content", f"emphasis more than {MOST_DEPTH} deep was left out; its words were kept")
        # A reference definition prints nothing; everything else the tree says where it stood.
        for node in SyntaxTreeNode(tokens).children:
            self._block(node, has_headline)

    def problem(self, code: str, message: str, node: "SyntaxTreeNode | None" = None) -> None:
        """Note a problem, with its line when the node knows it."""
        where = f"{self.name}, line {self._first_line(node) + 1}" if node is not None and node.map else self.name
        self.problems.append(Problem(code=code, message=message, where=where))

    def _first_line(self, node: "SyntaxTreeNode") -> int:
        return (node.map[0] if node.map else 0) + self.offset

    def _mark(self, node: "SyntaxTreeNode", role: Role, rule: str) -> None:
        if node.map:
            for index in range(node.map[0] + self.offset, node.map[1] + self.offset):
                if self.lines[index].strip():
                    self.trace.mark(index + 1, role, rule)

    def _block(self, node: "SyntaxTreeNode", has_headline: bool) -> None:
        """Add the blocks of one node."""
        self._mark(node, *_ONE_ROLE.get(node.type, ("furniture", "markdown.syntax")))
        match node.type:
            case "heading":
                self._heading(node, has_headline)
            case "paragraph":
                self._paragraph(node)
            case "bullet_list":
                self.blocks.append(BulletList(items=tuple(self._items(node))))
            case "ordered_list":
                start = node.attrs.get("start", 1)
                self.blocks.append(NumberedList(items=tuple(self._items(node)), start=int(start)))
            case "blockquote":
                self._quotation(node)
            case "fence" | "code_block":
                self.blocks.append(Preformatted(text=node.content.rstrip("\n")))
            case "hr":
                self.blocks.append(Break())
            case "table":
                self._table(node)
            case _:
                self.problem("dropped-content", f"{node.type.replace('_', ' ')} cannot be kept; it was left out", node)

    def _heading(self, node: "SyntaxTreeNode", has_headline: bool) -> None:
        inlines = self.inlines.read(node.children)
        words = plain(inlines).strip()
        if node.tag == "h1" and self.headline is None and not has_headline and words:
            self.headline = words
            self._mark(node, "headline", "markdown.heading")
        elif words:
            self.blocks.append(Subheading(inlines=inlines, level=max(2, int(node.tag[1]))))

    def _quotation(self, node: "SyntaxTreeNode") -> None:
        """A quotation; a pull quote when it opens with the sign of one, the words beside that whose they are."""
        paragraphs = self._flat(node)
        if paragraphs and _PULL_QUOTE.match(self.lines[self._first_line(node)]):
            self._mark(node, "pull quote", "markdown.quote")
            first, *rest = paragraphs
            words = plain(first).removeprefix("[!quote]").strip()
            joined = [inline for inlines in rest for inline in (LineBreak(), *inlines)][1:]
            if joined:
                self.blocks.append(PullQuote(inlines=tuple(joined), attribution=words or None))
            elif words:
                self.blocks.append(PullQuote(inlines=(Text(text=words),)))
        elif paragraphs:
            self.blocks.append(BlockQuote(blocks=tuple(Paragraph(inlines=inlines) for inlines in paragraphs)))

    def _paragraph(self, node: "SyntaxTreeNode") -> None:
        """A paragraph; figures when it opens with pictures, the words after them their caption."""
        table = self.blocks[-1] if self.blocks else None
        if isinstance(table, Table) and self.lines[self._first_line(node)].startswith(_CAPTION):
            first, *rest = self.inlines.read(node.children)
            words = Text(text=plain((first,)).removeprefix(_CAPTION))
            self.blocks[-1] = msgspec.structs.replace(table, caption=trimmed((words, *rest)))
            self._mark(node, "caption", "markdown.table")
            return
        children = list(node.children[0].children) if node.children else []
        figures: list[SyntaxTreeNode] = []
        while children and children[0].type in ("image", "softbreak"):
            child = children.pop(0)
            if child.type == "image":
                figures.append(child)
        if not figures:
            inlines = self.inlines.read(node.children)
            if plain(inlines).strip():
                self.blocks.append(Paragraph(inlines=inlines))
            return
        self._mark(node, "caption", "markdown.image")
        for position, image in enumerate(figures):
            caption = trimmed(self.inlines.read(children)) if position == len(figures) - 1 else ()
            self.blocks.append(self._figure(image, caption))

    def _figure(self, image: "SyntaxTreeNode", caption: Inlines) -> Figure:
        title = str(image.attrs.get("title") or "")
        credit = None
        if title.startswith(_CREDIT):
            title, credit = "", title.removeprefix(_CREDIT).strip()
        caption = caption or ((Text(text=title),) if title else ())
        src = str(image.attrs.get("src") or "") or None
        if src and _SCHEME.match(src) and not src.startswith(("http://", "https://", "embedded:")):
            self.problem(
                "unsafe-link", f"the picture's address {src[:60]!r} is neither a path nor http; it was removed"
            )
            src = None
        if credit is None and caption:
            credit = caption_credit(plain(caption), self.known)
        return Figure(src=src, alt=self.inlines.alt(image) or None, caption=caption, credit=credit or None)

    def _items(self, node: "SyntaxTreeNode") -> Iterator[Inlines]:
        """The items of a list; a nested list's items follow the one that holds them."""
        for item in node.children:
            own: list[Inlines] = []
            nested: list[Inlines] = []
            for child in item.children:
                if child.type in ("bullet_list", "ordered_list"):
                    nested += self._items(child)
                else:
                    own += self._flat(item, [child])
            joined: list[Inline] = []
            for inlines in own:
                joined += [*([LineBreak()] if joined else []), *inlines]
            if joined:
                yield tuple(joined)
            yield from nested

    def _flat(self, node: "SyntaxTreeNode", children: "Sequence[SyntaxTreeNode] | None" = None) -> list[Inlines]:
        """The text of blocks inside a quotation or an item, a run of inlines for each paragraph."""
        flat: list[Inlines] = []
        for child in node.children if children is None else children:
            if child.type in ("paragraph", "heading"):
                inlines = self.inlines.read(child.children)
                if plain(inlines).strip():
                    flat.append(inlines)
            elif child.type in ("bullet_list", "ordered_list"):
                flat += self._items(child)
            elif child.type in ("fence", "code_block"):
                flat.append((Text(text=" ".join(child.content.split())),))
            elif child.type == "blockquote":
                flat += self._flat(child)
            else:
                self.problem(
                    "dropped-content", f"{child.type.replace('_', ' ')} inside a {node.type} was left out", child
                )
        return [inlines for inlines in flat if plain(inlines)]

    def _table(self, node: "SyntaxTreeNode") -> None:
        rows = [row for part in node.children for row in part.children]
        cells = [tuple(trimmed(self.inlines.read(cell.children)) for cell in row.children) for row in rows]
        width = max((len(row) for row in cells), default=0)
        cells = [row + ((),) * (width - len(row)) for row in cells]
        if cells:
            # The notation has no table without a header, but for an empty one.
            self.blocks.append(Table(header=cells[0] if any(cells[0]) else (), rows=tuple(cells[1:])))


def _words_of(block: Block) -> str:
    """The words of a block, for telling its language."""
    match block:
        case Paragraph() | Subheading():
            return plain(block.inlines)
        case BulletList() | NumberedList():
            return " ".join(plain(item) for item in block.items)
        case BlockQuote():
            return " ".join(plain(paragraph.inlines) for paragraph in block.blocks)
        case Figure() | Table():
            return plain(block.caption)
    return ""

"""Lines become blocks, through an allow-list: what the model has no block for has no way in."""

import re
from collections import Counter
from itertools import groupby

from publisher.model import (
    Block,
    BlockQuote,
    Break,
    BulletList,
    Emphasis,
    Figure,
    Inline,
    LineBreak,
    Link,
    NumberedList,
    Paragraph,
    Preformatted,
    Problem,
    PullQuote,
    Role,
    Strong,
    Subheading,
    Table,
    Text,
    plain,
)
from publisher.model.blocks import Inlines
from publisher.reading.html.classes import classes
from publisher.reading.html.figures import WebPicture
from publisher.reading.html.lines import PageLine, StyledRun
from publisher.reading.html.metadata import absolute
from publisher.reading.html.page import HEADINGS, WebPage
from publisher.reading.html.tree import Element

_HELD_LEAST = 3
_HELD_SHARE = 0.8
"""Paragraphs, and their share in items of a list or in one quotation, from which that is how the page is laid out."""

_SCHEME = re.compile(r"^\s*([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_INVISIBLE = re.compile(r"[\x00-\x20]+")
_SUBHEADING_WORDS = 20
_PROSE_WORDS = 8
_MOST_PROBLEMS = 20
"""Links of one page that are reported one by one; a page of traps is told by the first."""


class BlockMaker:
    """Makes the blocks of a page's lines and pictures, and marks each line with what it became."""

    def __init__(self, page: WebPage) -> None:
        self.page = page
        self._unsafe = 0
        self._all_listed = False
        self._lost = False
        self._closing: PageLine | None = None
        self._levels: dict[int, int] = {}
        self._indented: Element | None = None

    def blocks(self, body: list[int], pictures: list[WebPicture]) -> tuple[Block, ...]:
        """The blocks of the lines with the indices ``body`` and of the pictures, in page order."""
        lines = self.page.lines
        self._closing = lines[body[-1]] if body else None
        tags = {tag for i in body if (tag := _heading_tag(lines[i])) is not None}
        self._levels = {int(tag[1]): level for level, tag in enumerate(sorted(tags), start=2)}
        prose = [lines[i] for i in body if self.page.prose(lines[i])]
        nearly_all = max(_HELD_LEAST, _HELD_SHARE * len(prose))
        # Where nearly all of the text stands in a list, or in a quotation as some indent, that is the page's layout.
        self._all_listed = sum(map(self.page.listed, prose)) > nearly_all
        quoted = Counter(line.within("blockquote") for line in prose)
        self._indented = next((holder for holder, held in quoted.items() if held > nearly_all), None)
        at: dict[int, WebPicture] = {picture.at: picture for picture in pictures}
        order = sorted({*body, *at})
        blocks: list[Block] = []
        for key, group in groupby(order, key=lambda i: ("picture", i) if i in at else self._kind(i)):
            indices = list(group)
            if key[0] == "picture":
                blocks.append(self._figure(at[indices[0]]))
            else:
                blocks += self._group(str(key[0]), key[1], indices)
        return tuple(blocks)

    def inlines(self, runs: tuple[StyledRun, ...], *, plain_strong: bool = False) -> Inlines:
        """Runs as inlines; links keep only http, https and mailto addresses."""
        made: list[Inline] = []
        for href, linked in groupby(runs, key=lambda run: run.href):
            inner: list[Inline] = []
            for run in linked:
                node: Inline = Text(text=run.text)
                if run.emphasis:
                    node = Emphasis(children=(node,))
                if run.strong and not plain_strong:
                    node = Strong(children=(node,))
                inner.append(node)
            url = self._url(href) if href is not None and plain(tuple(inner)).strip() else None
            made += [Link(url=url, children=tuple(inner))] if url else inner
        return _joined_texts(made)

    def _url(self, href: str) -> str | None:
        """The address of a link that may be kept; None, with a problem where the words alone are left."""
        bare = _INVISIBLE.sub("", href)
        scheme = _SCHEME.match(bare)
        if scheme and scheme[1].lower() == "mailto":
            return bare if "@" in bare and len(bare) < 300 else None
        if scheme and scheme[1].lower() not in ("http", "https"):
            if self._unsafe < _MOST_PROBLEMS and not _does_nothing(bare):
                message = f"the link to {bare[:60]!r} is neither http, https nor mailto; its words were kept"
                self.page.problems.append(Problem(code="unsafe-link", message=message, where=self.page.name))
                self._unsafe += 1
            return None
        if not bare or bare.startswith("#"):
            return None
        url = absolute(href.strip(), self.page.metadata.base)
        if url is None and not self._lost:
            self._lost = True
            message = "links to paths of the page's own site were left out, as the page does not name the site"
            self.page.problems.append(Problem(code="dropped-content", message=message, where=self.page.name))
        return url

    def _kind(self, index: int) -> tuple[str, object]:
        """What block a line is part of, with what tells it from its neighbours."""
        line = self.page.lines[index]
        if line.kind in ("row", "preformatted"):
            return line.kind, line.within("table" if line.kind == "row" else "pre")
        if line.kind == "break":
            return "break", index
        if _heading_tag(line):
            return "heading", line.within(*HEADINGS)
        quote = None if (around := line.within("blockquote")) is self._indented else around
        pulled = next((e for e in line.ancestors[:5] if self.page.hints(e) & classes().pull_quote), None)
        if quote is not None or pulled is not None:
            return ("pull" if pulled is not None else "quote"), pulled if quote is None else quote
        if self.page.listed(line) and not self._all_listed:
            # The outermost list inside the article: nested lists are flattened.
            lists = [e for e in line.ancestors if e.tag in ("ul", "ol")]
            return "list", lists[-1] if lists else line.within("li")
        return "paragraph", line.element

    def _group(self, kind: str, holder: object, indices: list[int]) -> list[Block]:
        lines = [self.page.lines[i] for i in indices]
        match kind:
            case "row":
                self._mark(lines, "table", "html.table")
                return [self._table(lines, holder)]
            case "preformatted":
                self._mark(lines, "preformatted", "html.preformatted")
                return [Preformatted(text="\n".join(line.text.rstrip() for line in lines).strip("\n"))]
            case "break":
                return [Break()]
            case "heading":
                return self._subheading(lines)
            case "quote" | "pull":
                return self._quote(kind, lines)
            case "list":
                return self._list(lines, holder)
        return self._paragraphs(lines)

    def _mark(self, lines: list[PageLine], role: Role, rule: str, confidence: float = 0.9) -> None:
        for line in lines:
            sure = confidence if line.number in self.page.extracted else confidence - 0.2
            self.page.mark(line, role, rule, sure)

    def _subheading(self, lines: list[PageLine]) -> list[Block]:
        self._mark(lines, "subheading", "html.heading")
        tag = _heading_tag(lines[0]) or "h2"
        inlines = self._lines_joined(lines, plain_strong=True)
        return [Subheading(inlines=inlines, level=min(self._levels.get(int(tag[1]), 2), 6))] if inlines else []

    def _quote(self, kind: str, lines: list[PageLine]) -> list[Block]:
        if kind == "pull":
            self._mark(lines, "pull quote", "html.quote")
            source = lines[-1] if len(lines) > 1 and lines[-1].words < 12 else None
            said = lines[:-1] if source is not None else lines
            attribution = source.text.lstrip("—–- ") if source is not None else None
            return [PullQuote(inlines=self._lines_joined(said), attribution=attribution)]
        self._mark(lines, "quote", "html.quote")
        paragraphs = tuple(
            Paragraph(inlines=inlines)
            for _, group in groupby(lines, key=lambda line: line.element)
            if (inlines := self._lines_joined(list(group)))
        )
        return [BlockQuote(blocks=paragraphs)] if paragraphs else []

    def _list(self, lines: list[PageLine], holder: object) -> list[Block]:
        self._mark(lines, "list item", "html.list")
        items = tuple(
            inlines
            for _, group in groupby(lines, key=lambda line: line.within("li"))
            if (inlines := self._lines_joined(list(group)))
        )
        if not items:
            return []
        if getattr(holder, "tag", "") == "ol":
            start = str(holder.get("start") or "1")  # type: ignore[attr-defined]
            return [NumberedList(items=items, start=int(start) if start.isdecimal() and len(start) < 6 else 1)]
        return [BulletList(items=items)]

    def _paragraphs(self, lines: list[PageLine]) -> list[Block]:
        """The paragraphs of one element's lines: a ``<br>`` between sentences parts them, else it is a line break."""
        groups: list[list[PageLine]] = []
        for line in lines:
            if groups and line.continued and not (self._sentence(groups[-1][-1]) and self._sentence(line)):
                groups[-1].append(line)
            else:
                groups.append([line])
        blocks: list[Block] = []
        for group in groups:
            if self._is_subheading(group):
                self._mark(group, "subheading", "html.heading", 0.8)
                level = max(self._levels.values(), default=1) + 1 if not self._levels else 3
                blocks.append(Subheading(inlines=self._lines_joined(group, plain_strong=True), level=min(level, 6)))
            else:
                self._mark(group, "paragraph", "html.article")
                blocks.append(Paragraph(inlines=self._lines_joined(group)))
        return blocks

    def _sentence(self, line: PageLine) -> bool:
        seen = self.page.feature(line)
        return (
            seen is not None
            and (seen.prose or line.text.endswith((".", "!", "?", "”", '"', ":")))
            and (line.words >= _PROSE_WORDS)
        )

    def _is_subheading(self, lines: list[PageLine]) -> bool:
        """Whether a paragraph is a sub-heading set in bold; questions of an interview are set so, too."""
        text = lines[0].text
        if (
            len(lines) > 1
            or lines[0] is self._closing  # It heads nothing.
            or lines[0].words > _SUBHEADING_WORDS
            or text.endswith((".", ":", "?", "”", '"', "…", ",", ")"))
        ):
            return False
        return lines[0].is_bold and any(c.isalpha() for c in text)

    def _lines_joined(self, lines: list[PageLine], *, plain_strong: bool = False) -> Inlines:
        joined: list[Inline] = []
        for line in lines:
            if joined:
                joined.append(LineBreak())
            joined += self.inlines(line.runs, plain_strong=plain_strong)
        return tuple(joined)

    def _table(self, lines: list[PageLine], holder: object) -> Table:
        width = max(len(line.cells) for line in lines)
        rows = [tuple(self.inlines(cell) for cell in line.cells) + ((),) * (width - len(line.cells)) for line in lines]
        has_header = lines[0].header and len(lines) > 1
        return Table(header=rows[0] if has_header else (), rows=tuple(rows[1:] if has_header else rows))

    def _figure(self, picture: WebPicture) -> Figure:
        page = self.page
        for i in picture.lines:
            line = page.lines[i]
            if line.kind == "picture":
                page.mark(line, "figure alt", "html.picture", 0.9)
            elif i in picture.captions:
                page.mark(line, "caption", "html.caption", 0.9)
            elif line.text and picture.credit is not None and picture.credit in line.text:
                page.mark(line, "credit", "html.caption", 0.8)
        return Figure(
            src=picture.src,
            alt=picture.alt,
            caption=self.inlines(picture.caption),
            credit=picture.credit,
        )


def _does_nothing(href: str) -> bool:
    """Whether a link is a button whose program was meant to answer: it loses nothing."""
    return bool(re.match(r"^javascript:(?:;|void\(?0?\)?;?|//|\s)*$", href, re.IGNORECASE))


def _heading_tag(line: PageLine) -> str | None:
    heading = line.within(*HEADINGS)
    return str(heading.tag) if heading is not None else None


def _joined_texts(inlines: list[Inline]) -> Inlines:
    """Inlines with neighbouring texts joined."""
    joined: list[Inline] = []
    for inline in inlines:
        if isinstance(inline, Text) and joined and isinstance(last := joined[-1], Text):
            joined[-1] = Text(text=last.text + inline.text)
        else:
            joined.append(inline)
    return tuple(joined)

"""The article in a Word document: styles decide first, and where there are none, the look of each paragraph."""

import datetime as dt
import re
from collections.abc import Iterator, Sequence

from publisher.errors import InputError
from publisher.model import (
    Article,
    Block,
    BlockQuote,
    Break,
    Figure,
    Paragraph,
    Preformatted,
    Problem,
    PullQuote,
    Reading,
    Role,
    Source,
    Subheading,
    Table,
    TracedLine,
    plain,
)
from publisher.model.blocks import Inlines
from publisher.reading.docx.headline import LONGEST_HEADING_WORDS, SENTENCE_END, find_headline
from publisher.reading.docx.inlines import inlines_of
from publisher.reading.docx.lists import Item, lists_of
from publisher.reading.docx.package import Package
from publisher.reading.docx.paragraphs import Reader
from publisher.reading.docx.pieces import (
    BREAK,
    CellRead,
    ParagraphRead,
    Piece,
    TableRead,
    WordPicture,
    WordRun,
    paragraphs_of,
)
from publisher.reading.docx.properties import Properties, read_properties
from publisher.reading.vocabulary import Vocabulary
from publisher.reading.vocabulary.captions import caption_credit
from publisher.reading.vocabulary.dates import date_line, find_dates
from publisher.reading.vocabulary.language import UNDETERMINED, language_of
from publisher.reading.vocabulary.names import parse_byline

EMBEDDED = "embedded:"
"""How a picture inside the document is named; fetching looks it up in the source."""

_BREAK = re.compile(r"^(?:[*•·~_=#-]\s*){3,}$|^\s*⁂\s*$")
_LONGEST_CAPTION = 420
_LONGEST_STANDFIRST_WORDS = 130
_LONGEST_BYLINE_WORDS = 14


def read(source: Source, known: Vocabulary) -> Reading:
    """The article in a Word document; a line of the trace is a paragraph, those in tables and notes included.

    Raises InputError when the source is no Word document, is damaged, is too large unpacked, or holds no word.
    """
    try:
        package = Package(source.data, source.name)
        reader = Reader(package)
        pieces = reader.read()
    except RecursionError as error:
        raise InputError(f"{source.name} is nested too deeply. Open it in Word and save it anew.") from error
    paragraphs = [paragraph for piece in pieces for paragraph in paragraphs_of(piece)]
    if not any(paragraph.worded for paragraph in paragraphs):
        raise InputError(f"{source.name} holds no words. Give a document with an article in it.")
    for number, paragraph in enumerate(paragraphs, 1):
        paragraph.number = number
    article = _ArticleReader(source, reader, pieces, known)
    article.read()
    return article.finish(paragraphs, read_properties(package))


class _ArticleReader:
    """Turns one document's pieces into an article, marking each paragraph."""

    def __init__(self, source: Source, reader: Reader, pieces: Sequence[Piece], known: Vocabulary) -> None:
        self.source = source
        self.reader = reader
        self.pieces = pieces
        self.known = known
        self.blocks: list[Block] = []
        self.marks: dict[int, tuple[Role, str, float]] = {}
        self.problems: list[Problem] = []
        self.headline: str | None = None
        self.kicker: str | None = None
        self.standfirst: str | None = None
        self.bylines: list[str] = []
        self.dateline: str | None = None
        self.published: dt.date | None = None
        self.above_text = True
        """Whether no paragraph of the text came yet."""

        self._items: list[Item] = []
        self._quoted: list[Paragraph] = []
        self._verbatim: list[str] = []
        self._caption_of_next: Inlines = ()
        self._closing: tuple[ParagraphRead, int] | None = None

    def read(self) -> None:
        """Fill the fields, the blocks and the marks."""
        headline = find_headline(self.pieces)
        for index, piece in enumerate(self.pieces):
            if isinstance(piece, TableRead):
                self._close()
                self._table(piece)
            elif piece is headline:
                self._close()
                self.headline = plain(self._inlines(piece, plain=True))
                rule = "docx.style" if piece.meaning.kind in ("headline", "heading") else "docx.first-paragraph"
                self._mark(piece, "headline", rule, 1.0 if rule == "docx.style" else 0.7)
            else:
                self._paragraph(piece, index)
        self._close()
        self._sign()

    def finish(self, paragraphs: Sequence[ParagraphRead], properties: Properties) -> Reading:
        """The reading, once all pieces are read."""
        headline = self.headline
        if headline is None:
            words = next(text for paragraph in paragraphs if (text := paragraph.text)).split()
            headline = " ".join(words[:14]) + ("…" if len(words) > 14 else "")
            message = "no line stands out as the headline; the first words were taken"
            self.problems.append(Problem(code="no-headline", message=message, where=self.source.name))
        language = language_of(" ".join(paragraph.text for paragraph in paragraphs[:200]), self.known)
        article = Article(
            headline=headline,
            kicker=self.kicker,
            standfirst=self.standfirst,
            bylines=tuple(self.bylines) or properties.authors,
            dateline=self.dateline,
            published=self.published,
            certainty="stated" if self.published else None,
            url=self.source.url,
            language=(properties.language or language) if language == UNDETERMINED else language,
            body=tuple(self.blocks),
            problems=(*self.reader.problems, *self.problems),
            origin=self.source.name,
        )
        return Reading(articles=(article,), trace=tuple(self._trace(paragraphs)))

    def _trace(self, paragraphs: Sequence[ParagraphRead]) -> Iterator[TracedLine]:
        for paragraph in paragraphs:
            text = paragraph.text or next((picture.alt for picture in paragraph.pictures if picture.alt), "")
            role, rule, confidence = self.marks.get(paragraph.number, ("blank", "blank", 1.0))
            yield TracedLine(number=paragraph.number, text=text, role=role, rule=rule, confidence=confidence)

    def _mark(self, paragraph: ParagraphRead, role: Role, rule: str, confidence: float = 1.0) -> None:
        self.marks[paragraph.number] = (role, rule, confidence)

    def _paragraph(self, paragraph: ParagraphRead, index: int) -> None:
        """Read one paragraph: what closes a list or a quotation first, then what its style says, then its look."""
        kind = paragraph.meaning.kind
        if not (paragraph.worded or paragraph.pictures):
            if kind == "preformatted" and self._verbatim:
                self._verbatim.append("")
            return
        if paragraph.item is not None and paragraph.worded and kind == "text":
            self._close(keep="items")
            self._items.append((*paragraph.item, self._inlines(paragraph)))
            self._mark(paragraph, "list item", "docx.list")
            self._figures(paragraph, ())
            return
        if kind == "quote" and paragraph.worded:
            self._close(keep="quoted")
            self._quoted.append(Paragraph(inlines=self._inlines(paragraph)))
            self._mark(paragraph, "quote", "docx.style")
            self._figures(paragraph, ())
            return
        if kind == "preformatted" and paragraph.worded:
            self._close(keep="verbatim")
            self._verbatim.append("".join(run.text for run in paragraph.runs).rstrip())
            self._mark(paragraph, "preformatted", "docx.style")
            return
        self._close()
        if paragraph.pictures:
            self._pictures(paragraph)
        elif not (self._by_style(paragraph, index) or self._above(paragraph) or self._by_look(paragraph, index)):
            self._text(paragraph)

    def _by_style(self, paragraph: ParagraphRead, index: int) -> bool:
        """Whether the style says what the paragraph is."""
        text = paragraph.text
        match paragraph.meaning.kind:
            case "contents":
                self._mark(paragraph, "furniture", "docx.contents")
            case "headline":
                self._subheading(paragraph, 2, "docx.style")
            case "heading":
                self._subheading(paragraph, paragraph.meaning.level, "docx.style")
            case "kicker" if self.kicker is None:
                self.kicker = text
                self._mark(paragraph, "kicker", "docx.style")
            case "standfirst" if self.standfirst is None and self.above_text:
                self.standfirst = text
                self._mark(paragraph, "standfirst", "docx.style")
            case "byline":
                self._byline(paragraph, "docx.style", 1.0)
            case "dateline":
                self._dated(paragraph, "docx.style")
            case "pull quote":
                self.blocks.append(PullQuote(inlines=self._inlines(paragraph)))
                self._mark(paragraph, "pull quote", "docx.style")
            case "caption":
                self._caption(paragraph, index, "docx.style", 1.0)
            case _:
                return False
        return True

    def _above(self, paragraph: ParagraphRead) -> bool:
        """Whether the paragraph is one of those between headline and text: a name, a date, a bold standfirst."""
        text = paragraph.text
        if self.headline is None or not self.above_text or paragraph.note:
            return False
        words = len(text.split())
        if words <= _LONGEST_BYLINE_WORDS and date_line(text, self.known):
            self._dated(paragraph, "docx.date")
        elif words <= _LONGEST_BYLINE_WORDS and not self.bylines and parse_byline(text, self.known) is not None:
            self._byline(paragraph, "docx.byline", 0.85)
        elif (
            self.standfirst is None
            and LONGEST_HEADING_WORDS < words <= _LONGEST_STANDFIRST_WORDS
            and (paragraph.all_bold or paragraph.all_italic)
        ):
            self.standfirst = text
            self._mark(paragraph, "standfirst", "docx.standfirst", 0.85)
        else:
            return False
        return True

    def _by_look(self, paragraph: ParagraphRead, index: int) -> bool:
        """Whether the paragraph's look says what it is."""
        text = paragraph.text
        if paragraph.note:
            return False
        if _BREAK.match(text):
            self.blocks.append(Break())
            self._mark(paragraph, "paragraph", "docx.break", 0.9)
            return True
        last = self.blocks[-1] if self.blocks else None
        if isinstance(last, Figure) and not last.caption and len(text) <= _LONGEST_CAPTION:
            if caption_credit(text, self.known) is not None:
                self._caption(paragraph, index, "docx.caption", 0.9)
                return True
            if paragraph.all_italic:
                self._caption(paragraph, index, "docx.caption", 0.7)
                return True
        words = len(text.split())
        following = self.pieces[index + 1] if index + 1 < len(self.pieces) else None
        if (
            paragraph.all_bold
            and words <= LONGEST_HEADING_WORDS
            and not SENTENCE_END.search(text)
            and isinstance(following, ParagraphRead | TableRead)
            and not (isinstance(following, ParagraphRead) and following.note)
            and not self.above_text
        ):
            self._subheading(paragraph, 2, "docx.bold-line", 0.75)
            return True
        if paragraph.in_box and len(text) <= _LONGEST_CAPTION and self._said_elsewhere(paragraph):
            self.blocks.append(PullQuote(inlines=self._inlines(paragraph)))
            self._mark(paragraph, "pull quote", "docx.box", 0.85)
            return True
        return False

    def _text(self, paragraph: ParagraphRead) -> None:
        self.blocks.append(Paragraph(inlines=self._inlines(paragraph)))
        self._mark(paragraph, "paragraph", "docx.note" if paragraph.note else "docx.paragraph")
        if not paragraph.note:
            self.above_text = False
            self._closing = (paragraph, len(self.blocks) - 1)

    def _subheading(self, paragraph: ParagraphRead, level: int, rule: str, confidence: float = 1.0) -> None:
        level = max(2, min(level, 6))
        self.blocks.append(Subheading(inlines=self._inlines(paragraph, plain=True), level=level))
        self._mark(paragraph, "subheading", rule, confidence)
        self.above_text = False

    def _byline(self, paragraph: ParagraphRead, rule: str, confidence: float) -> None:
        found = parse_byline(paragraph.text, self.known)
        names = (found.people or found.agencies) if found else (paragraph.text,)
        self.bylines += [name for name in names if name not in self.bylines]
        if found and found.when and self.published is None:
            self.published = _date_in(found.when, self.known)
        self._mark(paragraph, "byline", rule, confidence)

    def _dated(self, paragraph: ParagraphRead, rule: str) -> None:
        """A date alone is when the article was published; a place with it is the line of both, as printed."""
        text = paragraph.text
        self.published = self.published or _date_in(text, self.known)
        if date_line(text, self.known):
            self._mark(paragraph, "published", rule, 0.9)
        else:
            self.dateline = self.dateline or text
            self._mark(paragraph, "dateline", rule)

    def _sign(self) -> None:
        """Take the last paragraph of the text for the byline when it is one, as the Vietnamese press signs."""
        if self.bylines or self._closing is None or self._closing[1] == 0:
            return
        paragraph, index = self._closing
        text = paragraph.text
        found = parse_byline(text, self.known) if len(text.split()) <= _LONGEST_BYLINE_WORDS else None
        if found is None or SENTENCE_END.search(text) or any(_is_text(block) for block in self.blocks[index + 1 :]):
            return
        del self.blocks[index]
        self._byline(paragraph, "docx.closing-byline", 0.85)

    def _pictures(self, paragraph: ParagraphRead) -> None:
        """Figures, the words after them their caption; pictures inside a paragraph follow it."""
        text = paragraph.text
        if not paragraph.worded:
            self._mark(paragraph, "figure alt", "docx.picture")
            self._figures(paragraph, self._take_caption())
        elif paragraph.pictures_first and len(text) <= _LONGEST_CAPTION:
            self._mark(paragraph, "caption", "docx.picture")
            self._figures(paragraph, self._inlines(paragraph))
        else:
            self._text(paragraph)
            self._figures(paragraph, ())

    def _figures(self, paragraph: ParagraphRead, caption: Inlines) -> None:
        for position, picture in enumerate(paragraph.pictures):
            last = position == len(paragraph.pictures) - 1
            self.blocks.append(self._figure(picture, caption if last else ()))

    def _figure(self, picture: WordPicture, caption: Inlines) -> Figure:
        src = f"{EMBEDDED}{picture.member}" if picture.member else picture.url
        if picture.url is not None and not picture.url.lower().startswith(("http://", "https://")):
            message = f"the picture's address {picture.url[:60]!r} is neither in the document nor http; it was removed"
            self.problems.append(Problem(code="unsafe-link", message=message, where=self.source.name))
            src = None
        return Figure(src=src, alt=picture.alt, caption=caption, credit=_credit(caption, self.known))

    def _caption(self, paragraph: ParagraphRead, index: int, rule: str, confidence: float) -> None:
        """Give a caption to the picture or the table before it or after it; without one, it is all that is left."""
        self._mark(paragraph, "caption", rule, confidence)
        caption = self._inlines(paragraph)
        last = self.blocks[-1] if self.blocks else None
        following = next((piece for piece in self.pieces[index + 1 : index + 4] if _filled(piece)), None)
        alone = isinstance(following, ParagraphRead) and bool(following.pictures) and not following.worded
        if isinstance(last, Figure) and last.src is not None and not last.caption:
            self.blocks[-1] = Figure(src=last.src, alt=last.alt, caption=caption, credit=_credit(caption, self.known))
        elif isinstance(following, TableRead) or alone:
            self._caption_of_next = caption
        elif isinstance(last, Table) and not last.caption:
            self.blocks[-1] = Table(header=last.header, rows=last.rows, caption=caption)
        else:
            self.blocks.append(Figure(caption=caption, credit=_credit(caption, self.known)))

    def _take_caption(self) -> Inlines:
        caption, self._caption_of_next = self._caption_of_next, ()
        return caption

    def _table(self, table: TableRead) -> None:
        """A table, or what stands in it when it only lays out the page: one column, or pictures."""
        paragraphs = paragraphs_of(table)
        if not any(paragraph.worded or paragraph.pictures for paragraph in paragraphs):
            return
        width = len(table.rows[0])
        if width == 1 or any(paragraph.pictures for paragraph in paragraphs):
            inner = _ArticleReader(self.source, self.reader, paragraphs, self.known)
            inner.headline, inner.bylines, inner.above_text = "", ["-"], False
            for index, paragraph in enumerate(paragraphs):
                inner._paragraph(paragraph, index)
            inner._close()
            caption = self._take_caption()
            if caption:
                self.blocks.append(Figure(caption=caption, credit=_credit(caption, self.known)))
            self.blocks += inner.blocks
            self.marks |= inner.marks
            self.problems += inner.problems
            return
        cells = [tuple(self._cell(cell) for cell in row) for row in table.rows]
        header, rows = (cells[0], cells[1:]) if table.headed and len(cells) > 1 else ((), cells)
        self.blocks.append(Table(header=header, rows=tuple(rows), caption=self._take_caption()))
        for paragraph in paragraphs:
            if paragraph.worded:
                self._mark(paragraph, "table", "docx.table")

    def _cell(self, cell: CellRead) -> Inlines:
        """A cell's paragraphs as one run of inlines, a break between them."""
        runs: list[WordRun] = []
        for paragraph in cell.paragraphs:
            if paragraph.worded:
                runs += [*([WordRun(text=BREAK)] if runs else []), *paragraph.runs]
        return inlines_of(runs, self._refuse)

    def _said_elsewhere(self, paragraph: ParagraphRead) -> bool:
        bare = paragraph.text.strip("\"“”«»' .").casefold()
        others = (other for other in self.pieces if isinstance(other, ParagraphRead) and other is not paragraph)
        return len(bare) >= 30 and any(bare in other.text.casefold() for other in others)

    def _close(self, keep: str = "") -> None:
        """End the list, the quotation or the preformatted text that is open, all but the one to keep."""
        if self._items and keep != "items":
            self.blocks += lists_of(self._items)
            self._items = []
            self.above_text = False
        if self._quoted and keep != "quoted":
            self.blocks.append(BlockQuote(blocks=tuple(self._quoted)))
            self._quoted = []
            self.above_text = False
        if self._verbatim and keep != "verbatim":
            self.blocks.append(Preformatted(text="\n".join(self._verbatim).rstrip()))
            self._verbatim = []
            self.above_text = False

    def _inlines(self, paragraph: ParagraphRead, *, plain: bool = False) -> Inlines:
        return inlines_of(paragraph.runs, self._refuse, plain=plain)

    def _refuse(self, url: str) -> None:
        message = f"the link to {url[:60]!r} is neither http, https nor mailto; its words were kept"
        self.problems.append(Problem(code="unsafe-link", message=message, where=self.source.name))


def _credit(caption: Inlines, known: Vocabulary) -> str | None:
    return (caption_credit(plain(caption), known) if caption else None) or None


def _date_in(text: str, known: Vocabulary) -> dt.date | None:
    return next((hit.date for hit in find_dates(text, known) if hit.date), None)


def _is_text(block: Block) -> bool:
    return not isinstance(block, Figure)


def _filled(piece: Piece) -> bool:
    return isinstance(piece, TableRead) or piece.worded or bool(piece.pictures)

"""The article in a document: styles decide first, and where there are none, the look of each paragraph."""

import datetime as dt
from collections.abc import Sequence

from publisher.errors import InputError
from publisher.model import (
    Article,
    Block,
    Break,
    Figure,
    Paragraph,
    PullQuote,
    Reading,
    Source,
    Subheading,
    Table,
    Teaser,
    plain,
)
from publisher.model.blocks import Inlines
from publisher.reading.finishing import finish, first_words, no_headline
from publisher.reading.finishing.quotations import RunningText
from publisher.reading.office.draft import OfficeDraft
from publisher.reading.office.figures import LONGEST_CAPTION, add_caption, add_figures, add_lone_caption
from publisher.reading.office.headline import (
    LONGEST_HEADING_WORDS,
    SENTENCE_END,
    find_headline,
    find_kicker,
    is_dated,
    is_letterhead,
)
from publisher.reading.office.pieces import (
    BREAK,
    CellRead,
    OfficeDocument,
    ParagraphRead,
    Piece,
    TableRead,
    TextRun,
    paragraphs_of,
)
from publisher.reading.office.related import find_related
from publisher.reading.trace import BLANK, Trace
from publisher.reading.vocabulary import Vocabulary
from publisher.reading.vocabulary.bylines import parse_byline
from publisher.reading.vocabulary.captions import caption_credit
from publisher.reading.vocabulary.dates import date_line, find_dates
from publisher.reading.vocabulary.language import UNDETERMINED, language_for
from publisher.reading.vocabulary.lines import is_break

_LONGEST_STANDFIRST_WORDS = 130
_LONGEST_BYLINE_WORDS = 14


def article_of(source: Source, document: OfficeDocument, known: Vocabulary) -> Reading:
    """The article in a document; a line of the trace is a paragraph, those in tables and notes included.

    Raises InputError when the document holds no word.
    """
    pieces = document.pieces
    paragraphs = [paragraph for piece in pieces for paragraph in paragraphs_of(piece)]
    if not any(paragraph.worded for paragraph in paragraphs):
        raise InputError(f"{source.name} holds no words. Give a document with an article in it.")
    for number, paragraph in enumerate(paragraphs, 1):
        paragraph.number = number
    texts = (paragraph.text or next((p.alt for p in paragraph.pictures if p.alt), "") for paragraph in paragraphs)
    draft = OfficeDraft(name=source.name, vocabulary=known, trace=Trace(texts))
    _ArticleReader(draft, pieces).read()
    if draft.headline is None:
        draft.headline = first_words(paragraph.text for paragraph in paragraphs)
        draft.problems.append(no_headline(source.name))
    properties = document.properties
    language = language_for(" ".join(paragraph.text for paragraph in paragraphs[:200]), known)
    article = Article(
        headline=draft.headline,
        kicker=draft.kicker,
        standfirst=draft.standfirst,
        bylines=tuple(draft.bylines) or properties.authors,
        dateline=draft.dateline,
        published=draft.published,
        url=source.url,
        language=(properties.language or language) if language == UNDETERMINED else language,
        body=tuple(draft.blocks),
        related=tuple(draft.related),
        problems=tuple(draft.problems),
    )
    return finish(source, [article], draft.trace.lines(BLANK), document.problems)


class _ArticleReader:
    """Turns one document's pieces into an article, marking each paragraph."""

    def __init__(self, draft: OfficeDraft, pieces: Sequence[Piece]) -> None:
        self.draft = draft
        self.pieces = pieces
        self._closing: tuple[ParagraphRead, int] | None = None
        self._running_text: RunningText | None = None
        self._kicker: ParagraphRead | None = None

    def read(self) -> None:
        """Fill the draft."""
        headline = find_headline(self.pieces, self.draft.vocabulary)
        self._kicker = find_kicker(self.pieces, headline)
        related = find_related(self.pieces, self.draft.vocabulary)
        taken = {id(paragraph) for headlines in related.values() for paragraph in headlines}
        for index, piece in enumerate(self.pieces):
            if self.draft.headline is None and is_letterhead(piece):
                self._letterhead(piece)
            elif isinstance(piece, TableRead):
                self.draft.close()
                self._table(piece)
            elif index in related and piece is not headline:
                self.draft.close()
                self._related(piece, related[index])
            elif id(piece) in taken:
                continue
            elif piece is headline:
                self.draft.close()
                self.draft.headline = plain(self.draft.inlines(piece.runs, plain=True))
                rule = "office.style" if piece.kind in ("headline", "heading") else "office.first-paragraph"
                self.draft.mark(piece, "headline", rule, 1.0 if rule == "office.style" else 0.7)
            else:
                self._paragraph(piece, index)
        self.draft.close()
        self._sign()

    def _related(self, label: ParagraphRead, headlines: Sequence[ParagraphRead]) -> None:
        """Other articles under their label."""
        self.draft.mark(label, "section label", "label.known", 0.85)
        for paragraph in headlines:
            addresses = {run.url for run in paragraph.runs if run.text.strip()}
            self.draft.related.append(
                Teaser(
                    headline=plain(self.draft.inlines(paragraph.runs, plain=True)),
                    section=label.text.strip(" :»>"),
                    url=addresses.pop() if len(addresses) == 1 else None,
                )
            )
            self.draft.mark(paragraph, "teaser headline", "office.related", 0.8)

    def _letterhead(self, piece: Piece) -> None:
        """Take the day of a letterhead; the rest names the office that writes."""
        for paragraph in paragraphs_of(piece):
            if paragraph.worded and is_dated(paragraph.text, self.draft.vocabulary):
                self._dated(paragraph, "office.date")
            elif paragraph.worded:
                self.draft.mark(paragraph, "furniture", "office.letterhead", 0.9)

    def _paragraph(self, paragraph: ParagraphRead, index: int) -> None:
        """Read one paragraph: what closes a list or a quotation first, then what its style says, then its look."""
        draft, kind = self.draft, paragraph.kind
        if kind == "preformatted" and (paragraph.worded or not paragraph.pictures):
            draft.add_verbatim(paragraph)
            return
        if not (paragraph.worded or paragraph.pictures):
            return
        if paragraph.item is not None and paragraph.worded and kind == "text":
            draft.add_item(paragraph, paragraph.item)
            add_figures(draft, paragraph)
            return
        if kind == "quote" and paragraph.worded:
            draft.add_quoted(paragraph)
            add_figures(draft, paragraph)
            return
        self.draft.close()
        if paragraph.pictures:
            self._pictures(paragraph)
        elif not (self._by_style(paragraph, index) or self._above(paragraph) or self._by_look(paragraph, index)):
            self._text(paragraph)

    def _by_style(self, paragraph: ParagraphRead, index: int) -> bool:
        """Whether the style says what the paragraph is."""
        text = paragraph.text
        match paragraph.kind:
            case "contents":
                self.draft.mark(paragraph, "furniture", "office.contents")
            case "headline":
                self._subheading(paragraph, 2, "office.style")
            case "heading":
                self._subheading(paragraph, paragraph.level, "office.style")
            case "kicker" if self.draft.kicker is None:
                self.draft.kicker = text
                self.draft.mark(paragraph, "kicker", "office.style")
            case "standfirst" if self.draft.standfirst is None and self.draft.above_text:
                self.draft.standfirst = text
                self.draft.mark(paragraph, "standfirst", "office.style")
            case "byline":
                self._byline(paragraph, "office.style", 1.0)
            case "dateline":
                self._dated(paragraph, "office.style")
            case "pull quote":
                self.draft.blocks.append(PullQuote(inlines=self.draft.inlines(paragraph.runs)))
                self.draft.mark(paragraph, "pull quote", "office.style")
            case "caption":
                add_caption(self.draft, paragraph, self.pieces[index + 1 : index + 4], "office.style", 1.0)
            case _:
                return False
        return True

    def _above(self, paragraph: ParagraphRead) -> bool:
        """Whether the paragraph is one of those over the text: a day, a kicker, a name, a bold standfirst."""
        text = paragraph.text
        if not self.draft.above_text or paragraph.note:
            return False
        words = len(text.split())
        if is_dated(text, self.draft.vocabulary):
            self._dated(paragraph, "office.date")
        elif self.draft.headline is None and self.draft.kicker is None and paragraph is self._kicker:
            self.draft.kicker = text
            self.draft.mark(paragraph, "kicker", "office.kicker", 0.7)
        elif self.draft.headline is None:
            return False
        elif (
            words <= _LONGEST_BYLINE_WORDS
            and not self.draft.bylines
            and parse_byline(text, self.draft.vocabulary) is not None
        ):
            self._byline(paragraph, "office.byline", 0.85)
        elif (
            self.draft.standfirst is None
            and LONGEST_HEADING_WORDS < words <= _LONGEST_STANDFIRST_WORDS
            and (paragraph.all_bold or paragraph.all_italic)
        ):
            self.draft.standfirst = text
            self.draft.mark(paragraph, "standfirst", "office.standfirst", 0.85)
        else:
            return False
        return True

    def _by_look(self, paragraph: ParagraphRead, index: int) -> bool:
        """Whether the paragraph's look says what it is."""
        text = paragraph.text
        if paragraph.note:
            return False
        if is_break(text):
            self.draft.blocks.append(Break())
            self.draft.mark(paragraph, "paragraph", "office.break", 0.9)
            return True
        last = self.draft.blocks[-1] if self.draft.blocks else None
        if isinstance(last, Figure) and not last.caption and len(text) <= LONGEST_CAPTION:
            if caption_credit(text, self.draft.vocabulary) is not None:
                add_caption(self.draft, paragraph, self.pieces[index + 1 : index + 4], "office.caption", 0.9)
                return True
            if paragraph.all_italic:
                add_caption(self.draft, paragraph, self.pieces[index + 1 : index + 4], "office.caption", 0.7)
                return True
        words = len(text.split())
        following = self.pieces[index + 1] if index + 1 < len(self.pieces) else None
        if (
            paragraph.all_bold
            and words <= LONGEST_HEADING_WORDS
            and not SENTENCE_END.search(text)
            and isinstance(following, ParagraphRead | TableRead)
            and not (isinstance(following, ParagraphRead) and following.note)
            and not self.draft.above_text
        ):
            self._subheading(paragraph, 2, "office.bold-line", 0.75)
            return True
        if paragraph.in_box and len(text) <= LONGEST_CAPTION and self._stands_in_text(paragraph):
            self.draft.blocks.append(PullQuote(inlines=self.draft.inlines(paragraph.runs)))
            self.draft.mark(paragraph, "pull quote", "office.box", 0.85)
            return True
        return False

    def _text(self, paragraph: ParagraphRead) -> None:
        self.draft.blocks.append(Paragraph(inlines=self.draft.inlines(paragraph.runs)))
        self.draft.mark(paragraph, "paragraph", "office.note" if paragraph.note else "office.paragraph")
        if not paragraph.note:
            self.draft.above_text = False
            self._closing = (paragraph, len(self.draft.blocks) - 1)

    def _subheading(self, paragraph: ParagraphRead, level: int, rule: str, confidence: float = 1.0) -> None:
        level = max(2, min(level, 6))
        self.draft.blocks.append(Subheading(inlines=self.draft.inlines(paragraph.runs, plain=True), level=level))
        self.draft.mark(paragraph, "subheading", rule, confidence)
        self.draft.above_text = False

    def _byline(self, paragraph: ParagraphRead, rule: str, confidence: float) -> None:
        found = parse_byline(paragraph.text, self.draft.vocabulary)
        names = (found.people or found.agencies) if found else (paragraph.text,)
        self.draft.bylines += [name for name in names if name not in self.draft.bylines]
        if found and found.when and self.draft.published is None:
            self.draft.published = _date_in(found.when, self.draft.vocabulary)
        self.draft.mark(paragraph, "byline", rule, confidence)

    def _dated(self, paragraph: ParagraphRead, rule: str) -> None:
        """A date alone is when the article was published; a place with it is the line of both, as printed."""
        text = paragraph.text
        self.draft.published = self.draft.published or _date_in(text, self.draft.vocabulary)
        if date_line(text, self.draft.vocabulary):
            self.draft.mark(paragraph, "published", rule, 0.9)
        else:
            self.draft.dateline = self.draft.dateline or text
            self.draft.mark(paragraph, "dateline", rule)

    def _sign(self) -> None:
        """Take the last paragraph of the text for the byline when it is one, as the Vietnamese press signs."""
        if self.draft.bylines or self._closing is None or self._closing[1] == 0:
            return
        paragraph, index = self._closing
        text = paragraph.text
        found = parse_byline(text, self.draft.vocabulary) if len(text.split()) <= _LONGEST_BYLINE_WORDS else None
        if (
            found is None
            or SENTENCE_END.search(text)
            or any(_is_text(block) for block in self.draft.blocks[index + 1 :])
        ):
            return
        del self.draft.blocks[index]
        self._byline(paragraph, "office.closing-byline", 0.85)

    def _pictures(self, paragraph: ParagraphRead) -> None:
        """Figures, the words after them their caption; pictures inside a paragraph follow it."""
        text = paragraph.text
        if not paragraph.worded:
            self.draft.mark(paragraph, "figure alt", "office.picture")
            add_figures(self.draft, paragraph, self.draft.take_caption())
        elif (paragraph.pictures_first or paragraph.kind == "caption") and len(text) <= LONGEST_CAPTION:
            self.draft.mark(paragraph, "caption", "office.picture")
            add_figures(self.draft, paragraph, self.draft.inlines(paragraph.runs))
        else:
            self._text(paragraph)
            add_figures(self.draft, paragraph)

    def _table(self, table: TableRead) -> None:
        """A table, or what stands in it when it only lays out the page: one column, or pictures."""
        draft, paragraphs = self.draft, paragraphs_of(table)
        if not any(paragraph.worded or paragraph.pictures for paragraph in paragraphs):
            return
        width = len(table.rows[0])
        if width == 1 or any(paragraph.pictures for paragraph in paragraphs):
            inner = _ArticleReader(draft.inside(), paragraphs)
            for index, paragraph in enumerate(paragraphs):
                inner._paragraph(paragraph, index)
            inner.draft.close()
            caption = draft.take_caption()
            if caption:
                add_lone_caption(draft, caption)
            draft.blocks += inner.draft.blocks
            return
        cells = [tuple(self._cell(cell) for cell in row) for row in table.rows]
        header, rows = (cells[0], cells[1:]) if table.headed and len(cells) > 1 else ((), cells)
        self.draft.blocks.append(Table(header=header, rows=tuple(rows), caption=self.draft.take_caption()))
        for paragraph in paragraphs:
            if paragraph.worded:
                self.draft.mark(paragraph, "table", "office.table")

    def _cell(self, cell: CellRead) -> Inlines:
        """A cell's paragraphs as one run of inlines, a break between them."""
        runs: list[TextRun] = []
        for paragraph in cell.paragraphs:
            if paragraph.worded:
                runs += [*([TextRun(text=BREAK)] if runs else []), *paragraph.runs]
        return self.draft.inlines(runs)

    def _stands_in_text(self, paragraph: ParagraphRead) -> bool:
        """Whether a sentence in a frame stands in the document's text too."""
        if self._running_text is None:
            self._running_text = RunningText(piece.text for piece in self.pieces if isinstance(piece, ParagraphRead))
        return self._running_text.says_again(paragraph.text, among=True)


def _date_in(text: str, known: Vocabulary) -> dt.date | None:
    return next((hit.date for hit in find_dates(text, known) if hit.date), None)


def _is_text(block: Block) -> bool:
    return not isinstance(block, Figure)

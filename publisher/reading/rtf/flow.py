r"""A run of paragraphs of a rich text document: its text, that of a note, or that of a frame."""

from publisher.reading.office.omissions import Omissions
from publisher.reading.office.pieces import ParagraphRead, Piece, paragraphs_of
from publisher.reading.rtf.head import Head
from publisher.reading.rtf.rows import Rows
from publisher.reading.rtf.state import Setting


class Flow:
    """The pieces so far, and the paragraph and the table that are open."""

    def __init__(self, head: Head, omissions: Omissions, depth: int) -> None:
        self.depth = depth
        """How many groups lie around its text, its own included."""

        self.pieces: list[Piece] = []
        self.paragraph = ParagraphRead()
        self.label: str | None = None
        """The bullet or the number that was written before the open paragraph."""

        self.boxes: list[Piece] = []
        """What stands in frames beside the open paragraph."""

        self._head = head
        self._omissions = omissions
        self._rows: Rows | None = None

    @property
    def rows(self) -> Rows:
        """The table that is open; a new one when there is none."""
        if self._rows is None:
            self._rows = Rows()
        return self._rows

    def end_paragraph(self, setting: Setting, in_cell: bool = False) -> None:
        """End the paragraph, and before one that stands in no table, the table."""
        paragraph, self.paragraph = self.paragraph, ParagraphRead()
        label, self.label = self.label, None
        boxes, self.boxes = self.boxes, []
        if not self._omissions.paragraph():
            return
        paragraph.kind, paragraph.level = self._head.styles.kind(setting.style, setting.outline)
        paragraph.item = self._head.lists.mark(setting, label)
        if in_cell or setting.in_table:
            for piece in (paragraph, *boxes):
                for each in paragraphs_of(piece):
                    self.rows.add(each)
        else:
            self._end_table()
            self.pieces += [paragraph, *boxes]

    def end_cell(self, setting: Setting) -> None:
        """End the cell and its last paragraph."""
        self.end_paragraph(setting, in_cell=True)
        if self._omissions.paragraph():
            self.rows.end_cell()

    def end(self, setting: Setting) -> None:
        """End what is open: a last paragraph that holds anything, and the table."""
        if self.paragraph.worded or self.paragraph.pictures or self.boxes:
            self.end_paragraph(setting)
        self._end_table()

    def _end_table(self) -> None:
        table = self._rows.table(self._omissions) if self._rows is not None else None
        self._rows = None
        if table is not None:
            self.pieces.append(table)

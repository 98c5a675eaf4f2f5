"""The pictures of a document, and which words are whose caption."""

from collections.abc import Sequence

from publisher.model import Figure, Problem, Table, plain
from publisher.model.blocks import Inlines
from publisher.reading.office.draft import OfficeDraft
from publisher.reading.office.pieces import ParagraphRead, Picture, Piece, TableRead
from publisher.reading.vocabulary.captions import caption_credit

EMBEDDED = "embedded:"
"""How a picture inside the document is named; fetching looks it up in the source."""

LONGEST_CAPTION = 420


def add_figures(draft: OfficeDraft, paragraph: ParagraphRead, caption: Inlines = ()) -> None:
    """A figure for each of a paragraph's pictures, the caption under the last."""
    for position, picture in enumerate(paragraph.pictures):
        last = position == len(paragraph.pictures) - 1
        draft.blocks.append(_figure(draft, picture, caption if last else ()))


def add_caption(
    draft: OfficeDraft, paragraph: ParagraphRead, following: Sequence[Piece], rule: str, confidence: float
) -> None:
    """Give a caption to the picture or the table before it or after it; without one, it is all that is left."""
    draft.mark(paragraph, "caption", rule, confidence)
    caption = draft.inlines(paragraph.runs)
    last = draft.blocks[-1] if draft.blocks else None
    below = next((piece for piece in following if _filled(piece)), None)
    alone = isinstance(below, ParagraphRead) and bool(below.pictures) and not below.worded
    if isinstance(last, Figure) and last.src is not None and not last.caption:
        draft.blocks[-1] = Figure(src=last.src, alt=last.alt, caption=caption, credit=_credit(draft, caption))
    elif isinstance(below, TableRead) or alone:
        draft.caption_of_next = caption
    elif isinstance(last, Table) and not last.caption:
        draft.blocks[-1] = Table(header=last.header, rows=last.rows, caption=caption)
    else:
        add_lone_caption(draft, caption)


def add_lone_caption(draft: OfficeDraft, caption: Inlines) -> None:
    """A figure of which only the caption is left."""
    draft.blocks.append(Figure(caption=caption, credit=_credit(draft, caption)))


def _figure(draft: OfficeDraft, picture: Picture, caption: Inlines) -> Figure:
    src = f"{EMBEDDED}{picture.inside}" if picture.inside else picture.url
    if picture.url is not None and not picture.url.lower().startswith(("http://", "https://")):
        message = f"the picture's address {picture.url[:60]!r} is neither in the document nor http; it was removed"
        draft.problems.append(Problem(code="unsafe-link", message=message, where=draft.name))
        src = None
    return Figure(src=src, alt=picture.alt, caption=caption, credit=_credit(draft, caption))


def _credit(draft: OfficeDraft, caption: Inlines) -> str | None:
    return (caption_credit(plain(caption), draft.vocabulary) if caption else None) or None


def _filled(piece: Piece) -> bool:
    return isinstance(piece, TableRead) or piece.worded or bool(piece.pictures)

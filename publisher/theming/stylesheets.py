"""The style sheets of a rendition, and the fonts that they name."""

from collections.abc import Callable, Iterable, Sequence
from html import unescape
from typing import NamedTuple, TypeAlias

from publisher.model import Asset, Document, PlacedArticle, Target
from publisher.theming.environment import Templates
from publisher.theming.fonts import Fonts
from publisher.theming.leading import open_lines
from publisher.theming.scripts import Borrowed
from publisher.theming.subsetting import embedded_fonts
from publisher.theming.tables import tables_of_lines

SHEETS: dict[Target, str] = {"print": "print.css", "ebook": "ebook.css"}
"""The one that each rendition has."""

FONT_SHEET = "fonts.css"
"""Of an e-book that carries fonts: apart, so that an engine that drops it loses nothing else."""

TABLE_SHEET = "tables.css"
"""Of an e-book with a table that may be too wide: apart for the same reason."""


Foretell: TypeAlias = Callable[[tuple[Asset, ...], tuple[Asset, ...]], None]
"""Told which style sheets a rendition is likely to have, and which fonts."""


class Stylesheets(NamedTuple):
    """The sheets in their order, and the fonts that come with them."""

    sheets: tuple[Asset, ...]
    fonts: tuple[Asset, ...]
    places: tuple[str, ...] = ()
    """For each line of a print sheet, the theme's file and line."""


def print_sheets(templates: Templates, count: int, fonts: Fonts, borrowed: Borrowed) -> Stylesheets:
    """The sheet for paper of so many documents, with the theme's fonts and those that the text's scripts need too."""
    sheet, places = templates.fill_sheet(SHEETS["print"], _context(count))
    faces = tuple(borrowed.faces())
    rules = fonts.rules + "".join(rule for rule, _ in faces)
    return Stylesheets(
        sheets=(_sheet(SHEETS["print"], rules + open_lines(sheet, fonts.leading)),),
        fonts=(*fonts.assets, *(asset for _, asset in faces)),
        places=("",) * rules.count("\n") + places,
    )


def ebook_sheets(
    templates: Templates, documents: Sequence[Document], articles: Iterable[PlacedArticle], *, embed_fonts: bool
) -> Stylesheets:
    """The sheets of an e-book; it carries fonts where it is to."""
    sheets = [_sheet(SHEETS["ebook"], templates.fill_sheet(SHEETS["ebook"], _context(len(documents)))[0])]
    fonts: tuple[Asset, ...] = ()
    tables = [table for placed in articles for table in tables_of_lines(placed.article)]
    if tables:
        columns = {"columns_of_lines": sorted({len(table.rows[0]) for table in tables})}
        sheets.append(_sheet(TABLE_SHEET, templates.fill_sheet(TABLE_SHEET, columns)[0]))
    if embed_fonts:
        text = unescape("".join(document.markup for document in documents))
        rules, fonts = embedded_fonts(templates.theme, text)
        sheets.append(_sheet(FONT_SHEET, rules + templates.fill_sheet(FONT_SHEET, {})[0]))
    return Stylesheets(sheets=tuple(sheets), fonts=fonts)


def _context(count: int) -> dict[str, object]:
    return {"is_one_document": count == 1}


def _sheet(name: str, text: str) -> Asset:
    return Asset(name=name, media_type="text/css", data=text.encode("utf-8"))

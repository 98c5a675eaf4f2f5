"""Tables: which of their columns hold figures, to be set flush right with digits of one width; which become lines."""

import re

from publisher.model import Article, Table, plain

_FIGURE = re.compile(r"[-–−+±≈~<>]? ?[$€£₫]? ?\d[\d.,\s/:]*(?:[%‰₫€$]|[^\W\d]{1,3}[²³]?)?")
"""A number with its sign, its currency and a short unit."""

_NO_FIGURE = frozenset(("", "-", "–", "—", "−", "…"))
"""What stands in a cell that has none."""

_MOST_TOGETHER = 12
"""Rows that stay together, on a page or a screen."""

_NARROW = 2
"""Columns that fit on a screen of six inches with letters twice as large."""


def is_long_table(table: Table) -> bool:
    """Whether a table goes on over several pages or screens."""
    return len(table.rows) > _MOST_TOGETHER


def becomes_lines(table: Table) -> bool:
    """Whether an e-book shows its rows as lines of words and figures on a screen that it is too wide for.

    A short table can be moved there by finger or key, but not on paper of ink: so it does where its head names columns.
    """
    return is_long_table(table) or (len(table.header) > _NARROW and bool(table.rows))


def tables_of_lines(article: Article) -> tuple[Table, ...]:
    """The tables in the article's text that become lines, in their order."""
    return tuple(block for block in article.body if isinstance(block, Table) and becomes_lines(block))


def figure_columns(table: Table) -> tuple[bool, ...]:
    """For each column, whether every cell that says something is a number, and one at least does."""
    columns = zip(*([plain(cell).strip() for cell in row] for row in table.rows), strict=True)
    said = (set(cells) - _NO_FIGURE for cells in columns)
    return tuple(bool(cells) and all(map(_FIGURE.fullmatch, cells)) for cells in said)

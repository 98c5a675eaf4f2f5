"""Tables: which of their columns hold figures, to be set flush right with digits of one width; which are long."""

import re

from publisher.model import Article, Table, plain

_FIGURE = re.compile(r"[-–−+±≈~<>]? ?[$€£₫]? ?\d[\d.,\s/:]*(?:[%‰₫€$]|[^\W\d]{1,3}[²³]?)?")
"""A number with its sign, its currency and a short unit."""

_NO_FIGURE = frozenset(("", "-", "–", "—", "−", "…"))
"""What stands in a cell that has none."""

_MOST_TOGETHER = 12
"""Rows that stay together, on a page or a screen."""


def is_long_table(table: Table) -> bool:
    """Whether a table goes on over several pages or screens."""
    return len(table.rows) > _MOST_TOGETHER


def long_tables(article: Article) -> tuple[Table, ...]:
    """The long tables in the article's text, in their order."""
    return tuple(block for block in article.body if isinstance(block, Table) and is_long_table(block))


def figure_columns(table: Table) -> tuple[bool, ...]:
    """For each column, whether every cell that says something is a number, and one at least does."""
    columns = zip(*([plain(cell).strip() for cell in row] for row in table.rows), strict=True)
    said = (set(cells) - _NO_FIGURE for cells in columns)
    return tuple(bool(cells) and all(map(_FIGURE.fullmatch, cells)) for cells in said)

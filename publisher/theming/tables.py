"""Tables: which of their columns hold figures, to be set flush right with digits of one width."""

import re

from publisher.model import Table, plain

_FIGURE = re.compile(r"[-–−+±≈~<>]? ?[$€£₫]? ?\d[\d.,\s/:]*(?:[%‰₫€$]|[^\W\d]{1,3}[²³]?)?")
"""A number with its sign, its currency and a short unit."""


def figure_columns(table: Table) -> tuple[bool, ...]:
    """For each column, whether every cell that has words is a number, and one at least has."""
    columns = zip(*([plain(cell).strip() for cell in row] for row in table.rows), strict=True)
    return tuple(any(cells) and all(_FIGURE.fullmatch(cell) for cell in cells if cell) for cells in columns)

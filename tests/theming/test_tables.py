"""Which columns of a table hold figures."""

import re

import pytest

from publisher.model import Table
from publisher.theming.tables import figure_columns
from tests.theming.issues import bare, rendered, words


def column(*cells):
    return Table(rows=tuple((words(cell),) for cell in cells))


@pytest.mark.parametrize(
    "cells",
    [
        ("1", "22", "333"),
        ("1.250", "17,5", ""),
        ("14%", "3,5 %"),
        ("-3", "+4", "−5", "±6"),
        ("2.300 tỷ", "12 ha", "5 m²"),
        ("$4.5", "€ 12", "5 ₫"),
        ("16:40", "3-5", "22/11")[:1],
        ("1 240",),
    ],
)
def test_numbers_with_their_signs_and_units_are_figures(cells):
    assert figure_columns(column(*cells)) == (True,)


@pytest.mark.parametrize(
    "cells",
    [("Sú", "2"), ("", ""), ("T7", "T8"), ("khoảng 20",), ("12 con thuyền",), ("17/3 sáng",)],
)
def test_words_are_not_nor_is_a_column_without_a_number(cells):
    assert figure_columns(column(*cells)) == (False,)


def test_a_table_without_rows_has_no_columns():
    assert figure_columns(Table(header=(words("a"),))) == ()


@pytest.mark.parametrize("target", ["print", "ebook"])
def test_their_cells_and_headings_say_so(target):
    table = Table(
        header=(words("Loại cây"), words("Số cây")),
        rows=((words("Mắm trắng"), words("17.500")), (words("Bần chua"), words("17.000"))),
    )
    markup = "".join(each.markup for each in rendered(bare(body=(table,)), "base", target).documents)
    markup = re.sub(r' data-place="[^"]*"', "", markup)

    assert markup.count('<th scope="col" class="figures">Số cây</th>') == 1
    assert markup.count('<td class="figures">17.500</td>') == 1
    assert '<td class="figures">Mắm' not in markup

"""Which columns of a table hold figures, and what becomes of a long table on a small screen."""

import re

import pytest

from publisher.model import Table
from publisher.theming.tables import becomes_lines, figure_columns, is_long_table, tables_of_lines
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
        ("6.000", "–", "-", "—", "−", "…"),
    ],
)
def test_numbers_with_their_signs_and_units_are_figures(cells):
    assert figure_columns(column(*cells)) == (True,)


@pytest.mark.parametrize(
    "cells",
    [("Sú", "2"), ("", ""), ("–", ""), ("T7", "T8"), ("khoảng 20",), ("12 con thuyền",), ("17/3 sáng",)],
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


def prices(weeks, header=("Tuần", "Giá")):
    rows = tuple((words(str(week)), words("17.500")) for week in range(weeks))
    return Table(header=tuple(map(words, header)), rows=rows)


def test_a_table_of_more_than_twelve_rows_is_long():
    short, long = prices(12), prices(13)

    assert (is_long_table(short), is_long_table(long)) == (False, True)


def test_long_tables_and_those_with_a_head_over_more_than_two_columns_become_lines():
    wide = Table(header=tuple(map(words, "abc")), rows=(tuple(map(words, "123")),))
    tables = (prices(12), prices(13), wide, Table(rows=wide.rows), Table(header=wide.header))

    assert tuple(map(becomes_lines, tables)) == (False, True, True, False, False)
    assert tables_of_lines(bare(body=tables)) == (tables[1], wide)


def test_each_cell_of_a_long_table_in_an_ebook_has_the_words_over_its_column_for_where_it_is_too_wide():
    made = rendered(bare(body=(prices(13),)), "base", "ebook")
    (article,) = (each.markup for each in made.documents if each.role == "article")

    assert [each.name for each in made.stylesheets] == ["ebook.css", "tables.css"]
    assert article.count('href="tables.css"') == article.count('<div class="lines columns-2">') == 1
    assert article.count('<td class="figures" data-label="Giá">17.500</td>') == 13
    assert "@container (max-width: 10em)" in made.stylesheets[1].data.decode()


def test_a_long_table_without_a_head_has_no_words_for_its_cells():
    made = rendered(bare(body=(prices(13, header=()),)), "base", "ebook")

    assert "data-label" not in "".join(each.markup for each in made.documents)


@pytest.mark.parametrize(("weeks", "target"), [(12, "ebook"), (13, "print")])
def test_a_short_table_and_one_on_paper_need_no_sheet_of_their_own(weeks, target):
    made = rendered(bare(body=(prices(weeks),)), "base", target)

    assert len(made.stylesheets) == 1
    assert not any('class="lines' in each.markup or "tables.css" in each.markup for each in made.documents)

"""Columns: the lines of the text stand side by side in them, whatever stands between."""

import msgspec
import pytest

from publisher.model import BlockQuote, BulletList, Figure, PullQuote, Subheading, Table
from tests.theming.issues import bare, issue, paragraph, rendered, words
from tests.theming.pictures import LEAD
from tests.writing.pdf.making import pdf
from tests.writing.pdf.pages import pages

LEADING = 13
TEXT = paragraph("ta " * 61)
CELLS = (words("ô"), words("12"))
BETWEEN = {
    "a picture": Figure(src=LEAD.name, alt="Cầu", caption=words("Một dòng chú thích")),
    "a table": Table(header=CELLS, rows=(CELLS,) * 4, caption=words("Bảng")),
    "a quotation": BlockQuote(blocks=(paragraph("trích " * 25),)),
    "a pull quote": PullQuote(inlines=words("rút " * 9), attribution="Lê Văn Bảy"),
    "a list": BulletList(items=(words("mục " * 30), words("mục"), words("mục"))),
    "a heading": Subheading(inlines=words("Tiểu mục")),
}


@pytest.mark.sample(6)
@pytest.mark.parametrize("between", BETWEEN)
@pytest.mark.parametrize("theme", ["compilation", "gazette", "tuan-bao"])
def test_lines_of_two_columns_stand_side_by_side(theme, between, tmp_path):
    body = (TEXT, TEXT, BETWEEN[between], TEXT, TEXT, BETWEEN[between], *(TEXT,) * 5)
    made = msgspec.structs.replace(issue(bare("Hai cột", body=body)), assets=(LEAD,))

    (page, *_) = pages(pdf(rendered(made, theme), tmp_path))

    feet = [{w.bottom for w in page.words if w.text == "ta" and (w.left < page.width / 2) == left} for left in (1, 0)]
    assert min(map(len, feet)) > 10
    apart = [(foot - min(feet[0])) / LEADING for column in feet for foot in column]
    assert [lines for lines in apart if abs(lines - round(lines)) > 0.03] == []

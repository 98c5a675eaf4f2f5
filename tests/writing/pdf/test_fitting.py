"""Pictures and the rest of a page: set smaller where little is missing, side by side where there are columns."""

import msgspec
import pytest

from publisher.model import Figure
from tests.theming.issues import bare, issue, paragraph, rendered, words
from tests.theming.pictures import LEAD
from tests.writing.pdf.making import pdf
from tests.writing.pdf.pages import POINTS_PER_MM, pages

FOOT = 194 * POINTS_PER_MM
"""Of the text, on A5."""

FIGURE = Figure(src=LEAD.name, alt="Cầu", caption=words("Chú-thích"))


def looked_at(article, folder, paper):
    made = msgspec.structs.replace(issue(article), assets=(LEAD,))
    return pages(pdf(rendered(made, "compilation", options={"paper": paper, "flow": "run-on"}), folder))


@pytest.mark.sample(3)
@pytest.mark.parametrize(
    ("lines", "page", "height_mm"),
    [
        pytest.param(10, 0, 80, id="it fits"),
        pytest.param(18, 0, 70, id="a little is missing"),
        pytest.param(22, 0, 52, id="more is missing"),
        pytest.param(24, 1, 83, id="too much is missing"),
    ],
)
def test_a_picture_is_smaller_where_little_is_missing_of_its_page(lines, page, height_mm, tmp_path):
    """Its height is told with the space around it."""
    body = (*(paragraph("Một dòng."),) * lines, FIGURE, paragraph("Sau ảnh."))

    found = looked_at(bare(body=body), tmp_path, "A5")

    (caption,) = (word for word in found[page].words if word.text == "Chú-thích")
    above = max(word.bottom for word in found[page].words if word.bottom < caption.top)
    assert abs((caption.top - above) / POINTS_PER_MM - height_mm) < 1
    assert height_mm >= 80 or 0 <= FOOT - caption.bottom < 1


def test_two_pictures_with_few_words_stand_side_by_side_in_columns(tmp_path):
    (page,) = looked_at(bare(body=(FIGURE, FIGURE)), tmp_path, "A4")

    left, right = (word for word in page.words if word.text == "Chú-thích")
    assert left.top == right.top
    assert left.right < page.width / 2 < right.left

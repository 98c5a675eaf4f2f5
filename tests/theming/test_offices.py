"""The heading of an office's page: what is not known has room to be written in by hand."""

import datetime as dt
import re

import msgspec
import pytest

from tests.theming.issues import bare, issue, rendered

BLANK = "\u00a0"


def heading(theme: str, day: dt.date | None, number: str | None) -> list[str]:
    """Its number and its place and day."""
    made = msgspec.structs.replace(issue(bare("Bài"), number=number), date=day)
    (markup, *_) = (document.markup for document in rendered(made, theme, options={"place": "Vĩnh Sa"}).documents)
    return re.findall(r'<p class="(?:symbol|place)">(.*)</p>', markup)


@pytest.mark.parametrize(("theme", "before"), [("decree30", "Số: "), ("diem-bao", "Số: "), ("party", "Số ")])
class TestHeading:
    def test_it_has_number_and_day(self, theme, before):
        assert heading(theme, dt.date(2026, 2, 5), "12") == [f"{before}12", "Vĩnh Sa, ngày 05 tháng 02 năm 2026"]

    def test_months_from_march_on_have_no_zero(self, theme, before):
        assert heading(theme, dt.date(2026, 3, 17), "12")[1] == "Vĩnh Sa, ngày 17 tháng 3 năm 2026"

    def test_what_is_not_known_is_left_blank(self, theme, before):
        room = BLANK * 6
        assert heading(theme, None, None) == [before + BLANK * 5, f"Vĩnh Sa, ngày {room} tháng {room} năm {room}"]


@pytest.mark.parametrize(
    ("theme", "symbol"), [("decree30", "Số: 12/BC-SVH"), ("diem-bao", "Số: 12/BC-SVH"), ("party", "Số 12-BC-SVH")]
)
def test_the_number_has_one_form_on_the_page_and_on_the_cover_of_the_e_book(theme, symbol):
    made = issue(bare(), number="12")
    options = {"symbol": "BC-SVH"}

    page = rendered(made, theme, options=options).documents[0].markup
    cover = rendered(made, theme, "ebook", options).cover.markup

    assert f'<p class="symbol">{symbol}</p>' in page
    assert f">{symbol}</tspan>" in cover

"""Dates, and what looks like them."""

import datetime as dt

import pytest

from publisher.reading.vocabulary import vocabulary
from publisher.reading.vocabulary.dates import (
    date_line,
    find_cued,
    find_dates,
    find_evidence,
    find_years,
    infer_year,
    is_american,
    without_date,
)


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("07/03/2026 08:47", "2026-03-07"),
        ("6-3-2025 14:00", "2025-03-06"),
        ("Thứ Hai, 16:45 - 02/06/2025", "2025-06-02"),
        ("Cập nhật: 15:20, 24/11/2026", "2026-11-24"),
        ("입력 2026.11.24. 오전 9:12", "2026-11-24"),
        ("2026/11/24 17:05", "2026-11-24"),
        ("24 listopada 2026, 12:05", "2026-11-24"),
        ("24. listopada 2026.", "2026-10-24"),
        ("24 نوفمبر 2026 - 10:30", "2026-11-24"),
        ("24 नवंबर 2026", "2026-11-24"),
        ("24 พฤศจิกายน 2569", "2026-11-24"),
        ("24 พ.ย. 2569 10:30", "2026-11-24"),
        ("24. marraskuuta 2026 klo 10", "2026-11-24"),
        ("2026. november 24. 10:30", "2026-11-24"),
        ("Stand: 12.02.2026, 14:05 Uhr", "2026-02-12"),
        ("Madrid-29/05/2025 20:00", "2025-05-29"),
        ("2026-02-12T08:00:00Z", "2026-02-12"),
        ("Thứ Bảy, Ngày 07 tháng 03 năm 2026,", "2026-03-07"),
        ("24 July 2015", "2015-07-24"),
        ("November 28, 2013 -- Updated 0203 GMT", "2013-11-28"),
        ("24. Juli 2015", "2015-07-24"),
        ("Publié le 9 avril 2026 à 06h30", "2026-04-09"),
        ("1er mars 2026", "2026-03-01"),
        ("2026年3月12日 17時05分", "2026-03-12"),
        ("2026년 3월 12일 오후 5시 5분", "2026-03-12"),
        ("Martes, 3 de febrero de 2026, 10:45", "2026-02-03"),
    ],
)
def test_full_dates_are_found(text: str, date: str) -> None:
    assert [hit.date for hit in find_dates(text, vocabulary())] == [dt.date.fromisoformat(date)]


@pytest.mark.parametrize(
    "text",
    [
        "xếp thứ 44/139 quốc gia",
        "tỷ lệ 1/2000",
        "Sau 2 ngày làm việc (13,14/12)",
        "Diễn từ ngày 12 -14/12/2025",
        "Với trên 8,5 triệu dân",
        "trên độ cao 10.000m",
        "Nghị quyết số 258/2025/QH15",
        "31/02/2026",
        "99/99/2026",
        "điện thoại 0243.845.0537",
        "version 4.0.2026.1",
        "2026.11.24.5",
        "May I ask 12, 3000 people",
    ],
)
def test_numbers_are_no_dates(text: str) -> None:
    assert find_dates(text, vocabulary()) == []


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Chiều 17/10, trình bày tham luận", (17, 10)),
        ("Ngày 12/12, Hội thảo", (12, 12)),
        ("Sáng 14-12 tại", (14, 12)),
        ("trước ngày 20/5 để nước", None),
        ("xếp thứ 44/139", None),
        ("sáng 44/139", None),
        ("ngày 12/12/2025", None),
    ],
)
def test_a_date_without_a_year_needs_a_word_before_it(text: str, day: tuple[int, int] | None) -> None:
    hit = find_cued(text)

    assert (hit and (hit.day, hit.month)) == day


def test_the_year_comes_from_the_newest_full_date_that_is_not_earlier() -> None:
    hit = find_cued("Chiều 17/10, đại hội")
    assert hit is not None

    assert infer_year(hit, [dt.date(2025, 12, 14)], [2045, 2030]) == 2025
    assert infer_year(hit, [dt.date(2026, 3, 1)], []) == 2025
    assert infer_year(hit, [], [2025, 2025, 2045]) == 2025
    assert infer_year(hit, [], []) is None


def test_ranges_and_terms_tell_years() -> None:
    assert find_evidence("Diễn từ ngày 12 -14/12/2025", vocabulary()) == [dt.date(2025, 12, 14)]
    assert find_years("nhiệm kỳ 2025 - 2030, năm 2024 và tỷ lệ 1/2000") == [2025, 2024]


@pytest.mark.parametrize(
    ("text", "alone"),
    [
        ("07/03/2026 08:47", True),
        ("Cập nhật lúc 10:30, 5/5/2021", True),
        ("4 hours ago", True),
        ("49 minutes ago", True),
        ("2 giờ trước", True),
        ("il y a 3 heures", True),
        ("Monday, Nov. 3", True),
        ("3rd November", True),
        ("lunes 3 de noviembre", True),
        ("Gestern", True),
        ("Hier à 18:20", True),
        ("2026年3月12日 17時05分", True),
        ("April 45", False),
        ("3 people in November", False),
        ("Heute nicht", False),
        ("November 28, 2013 -- Updated 0203 GMT (1003 HKT)", True),
        ("Published: 14 March 2026, 07:30", True),
        ("Nguyên Minh - 07/03/2026 08:47", False),
        ("Giá vàng ngày 07/03/2026 tăng mạnh", False),
        ("44/139", False),
        ("Hà Nội", False),
    ],
)
def test_a_line_of_a_date_alone(text: str, alone: bool) -> None:
    assert date_line(text, vocabulary()) is alone


def test_the_date_is_taken_out_as_printed() -> None:
    assert without_date("Tin: An - Ảnh: Bình • 05/05/2021 15:28", vocabulary()) == (
        "Tin: An - Ảnh: Bình •  ",
        "05/05/2021 15:28",
    )
    assert without_date("không có ngày", vocabulary()) == ("không có ngày", "")


@pytest.mark.parametrize(
    ("language", "text", "is_so"),
    [
        ("en", "7/4/2025 5:30 PM", True),
        ("en-US", "7/4/2025 5:30 PM", True),
        ("en-GB", "7/4/2025 5:30 PM", False),
        ("en", "7/4/2025 17:30", False),
        ("vi", "7/4/2025 5:30 PM", False),
    ],
)
def test_the_month_comes_first_where_an_english_page_of_america_tells_the_hour(language, text, is_so) -> None:
    assert is_american(text, language) == is_so


def test_vietnamese_months_are_known_in_words() -> None:
    hits = find_dates("18 Tháng Mười Một, 2025 và 3 tháng một năm 2026", vocabulary())

    assert [hit.date for hit in hits] == [dt.date(2025, 11, 18), dt.date(2026, 1, 3)]


def test_american_order_when_told() -> None:
    assert find_dates("7/4/2025", vocabulary(), month_first=True)[0].date == dt.date(2025, 7, 4)
    assert find_dates("25/4/2025", vocabulary(), month_first=True)[0].date == dt.date(2025, 4, 25)

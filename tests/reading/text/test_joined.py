"""Headlines run together in one line are taken apart where one way to part them is the likeliest by far."""

import pytest

from publisher.reading.text.joined import run_together, split_headlines
from publisher.reading.vocabulary import vocabulary
from publisher.reading.vocabulary.page import Page, lay_out


def page_in(language: str, *texts: str) -> Page:
    page = lay_out(texts, vocabulary())
    page.language = language
    return page


@pytest.mark.parametrize(
    ("language", "headlines"),
    [
        pytest.param(
            "vi",
            [
                "Bốn xã ven sông di dời khẩn cấp hơn 300 hộ dân",
                "Giá lúa hè thu giảm mạnh, nông dân lo lỗ vốn",
                "Làng gốm cổ giữ lửa nghề bằng du lịch",
            ],
            id="common words open them",
        ),
        pytest.param(
            "vi",
            [
                "Vì sao học sinh chọn nhiều môn xã hội hơn trước?",
                "Hải Phòng: Khánh thành cầu vượt sông thứ ba",
                "Xe tải lao vào nhà dân giữa đêm ở Quảng Nam",
            ],
            id="a question, a place with a colon, a name at an end",
        ),
        pytest.param(
            "en",
            [
                "Ferry crews walk out for second week",
                "Council delays vote on riverside housing",
                "Is this the end of the corner shop?",
                "Museum returns carvings to island community",
            ],
            id="English",
        ),
        pytest.param(
            "fr",
            [
                "La mairie renonce à fermer la piscine municipale cet hiver",
                "« On nous a oubliés » : colère des habitants du quartier nord",
                "Deux alpinistes secourus après une nuit dans la tempête",
            ],
            id="French signs apart from their words",
        ),
    ],
)
def test_headlines_in_one_line_are_taken_apart(language: str, headlines: list[str]) -> None:
    line = " ".join(headlines)

    assert run_together(line)
    assert split_headlines(line, page_in(language)) == (headlines, True, True)


@pytest.mark.parametrize(
    ("language", "line"),
    [
        pytest.param(
            "vi",
            "Giám đốc Sở Xây dựng Lê Văn Khoa cùng đoàn công tác khảo sát tuyến đê biển xã Hải Lộc sau đợt triều cường",
            id="a name in a caption",
        ),
        pytest.param(
            "en",
            "Volunteers of the Harbour Trust carry sandbags along the front at Wellmore as the tide rises on Monday",
            id="English caption",
        ),
        pytest.param(
            "de",
            "Fähre fällt aus Bäcker im Dorf schließt nach elf Jahren Rat sucht ab Mai einen Wirt im Ort",
            id="German, whose nouns have capitals",
        ),
    ],
)
def test_a_line_whose_headlines_are_not_sure_stays_whole(language: str, line: str) -> None:
    assert run_together(line)
    assert split_headlines(line, page_in(language)) == ([line], False, False)


def test_no_headline_opens_with_a_word_that_the_text_writes_with_a_capital() -> None:
    line = "Hàng trăm hộ dân xã đảo mong có nước ngọt quanh năm để Thạnh yên tâm bám biển"
    text = "Nhiều năm qua người dân vùng Thạnh vẫn phải mua nước ngọt chở từ đất liền ra với giá cao."

    assert split_headlines(line, page_in("vi", text)).parts == [line]


def test_a_headline_that_stands_elsewhere_on_the_page_shows_where_it_ends() -> None:
    known = "Iphone cũ tăng giá trước ngày ra máy mới"
    line = f"{known} iOS bản thử có lỗi khiến máy nóng và hao pin nhanh hơn hẳn"

    assert split_headlines(line, page_in("vi", known)).parts[0] == known

import datetime as dt
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from publisher.compiling.duplicates import Double, without_duplicates
from publisher.model import (
    Article,
    Block,
    BlockQuote,
    Break,
    BulletList,
    Figure,
    NumberedList,
    Omission,
    Paragraph,
    Preformatted,
    Problem,
    PullQuote,
    Subheading,
    Table,
    Teaser,
    Text,
    to_json,
)

SHORT = "sáng nay cây cầu mới qua sông được thông xe sau ba năm thi công"
LONG = f"{SHORT} hàng nghìn người dân hai bờ đã đến xem lễ khánh thành"
OTHER = "giá rau củ tại chợ đầu mối tăng nhẹ trong tuần vì mưa kéo dài ở các vùng trồng"


def words(text: str) -> tuple[Text, ...]:
    return (Text(text=text),)


def paragraph(text: str) -> Paragraph:
    return Paragraph(inlines=words(text))


def article(headline: str, *texts: str, origin: str | None = None, url: str | None = None, day: int = 0) -> Article:
    return Article(
        headline=headline,
        language="vi",
        url=url,
        origin=origin,
        published=dt.date(2025, 10, day) if day else None,
        body=tuple(paragraph(text) for text in texts),
    )


def test_articles_that_differ_all_stay() -> None:
    articles = (article("Cầu mới", LONG), article("Giá rau", OTHER))

    assert without_duplicates(articles) == (articles, ())


def test_no_articles_give_none() -> None:
    assert without_duplicates(()) == ((), ())


def test_the_fuller_of_two_with_one_address_stands_at_the_first_ones_place() -> None:
    short = article("Cầu mới thông xe", SHORT, origin="tin/bai-1.txt", url="https://bao.example/cau")
    between = article("Giá rau", OTHER)
    full = article("Cầu mới", LONG, origin="tin/bai-10.txt", url="https://bao.example/cau")

    kept, doubles = without_duplicates((short, between, full))

    assert (kept, doubles) == ((full, between), (Double(left_out=short, kept=full),))
    assert doubles[0].problem == Problem(
        code="duplicate-article",
        message="'bai-1.txt' and 'bai-10.txt' hold the same article; 'bai-10.txt' is fuller and was kept",
        where="Cầu mới",
    )
    assert doubles[0].omission == Omission(
        what="Cầu mới thông xe",
        url="https://bao.example/cau",
        reason="same-article",
        because="it came more than once; “Cầu mới” is fuller and was kept",
    )


def test_the_first_of_two_that_are_equally_full_is_kept() -> None:
    first = article("Cầu mới", LONG, origin="a.txt", day=1)
    second = article("CẦU MỚI!", LONG, origin="b.txt", day=1)

    kept, doubles = without_duplicates((first, second))

    assert (kept, doubles) == ((first,), (Double(left_out=second, kept=first),))
    assert doubles[0].problem == Problem(
        code="duplicate-article",
        message="'b.txt' and 'a.txt' hold the same article; 'a.txt' came first and was kept",
        where="Cầu mới",
    )
    assert doubles[0].omission == Omission(
        what="CẦU MỚI!", reason="same-article", because="it came more than once; “Cầu mới” came first and was kept"
    )


def test_one_headline_over_overlapping_texts_of_two_days_is_one_article() -> None:
    full = article("Cầu mới", LONG, origin="a.txt", day=1)
    cut = article("Cầu mới", SHORT, origin="b.txt", day=2)

    assert without_duplicates((cut, full))[0] == (full,)


def test_one_headline_over_different_texts_of_two_days_is_two_articles() -> None:
    monday = article("Thời tiết hôm nay", "Hà Nội nhiều mây, có mưa rào, nhiệt độ từ 22 đến 27 độ", day=1)
    tuesday = article("Thời tiết hôm nay", "Hà Nội nắng nhẹ, hanh khô, đêm trời trở lạnh còn 18 độ", day=2)

    assert without_duplicates((monday, tuesday)) == ((monday, tuesday), ())


def test_an_article_without_text_is_no_duplicate_of_another_day() -> None:
    bare = article("Cầu mới", day=1)
    full = article("Cầu mới", LONG, day=2)

    assert without_duplicates((bare, full)) == ((bare, full), ())


def test_a_text_of_fewer_words_than_a_group_is_compared_whole() -> None:
    one, same, other = article("Tin", "Đã mở", day=1), article("Tin", "đã mở.", day=2), article("Tin", "Đã đóng", day=3)

    assert without_duplicates((one, same, other))[0] == (same, other)


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (0, 2, 1)])
def test_sameness_goes_through_a_third_article(order: tuple[int, ...]) -> None:
    by_address = article("Cầu qua sông", OTHER, url="https://bao.example/cau")
    link = article("Cầu mới", SHORT, url="https://bao.example/cau")
    by_text = article("Cầu mới", LONG, day=1)
    articles = (by_address, link, by_text)

    kept, doubles = without_duplicates([articles[at] for at in order])

    assert kept == (by_text,)
    assert {double.left_out for double in doubles} == {by_address, link}


def test_nothing_of_the_one_left_out_is_merged() -> None:
    full = article("Cầu mới", LONG, origin="a.txt", day=1)
    short = replace(article("Cầu mới", SHORT, day=1), related=(Teaser(headline="Tin khác"),), standfirst="Tóm tắt")

    assert without_duplicates((short, full))[0] == (full,)


@pytest.mark.parametrize(
    ("origins", "message"),
    [
        pytest.param(
            ("hai/a.txt", "ba/a.txt"),
            "'ba/a.txt' and 'hai/a.txt' hold the same article; 'hai/a.txt' came first and was kept",
            id="one name in two folders",
        ),
        pytest.param(
            ("a.txt", "a.txt"), "'a.txt' holds the same article twice; the one that came first was kept", id="one file"
        ),
        pytest.param(
            ("-", None), "'Cầu mới' holds the same article twice; the one that came first was kept", id="no file"
        ),
    ],
)
def test_the_problem_tells_the_two_apart_where_it_can(origins: tuple[str | None, str | None], message: str) -> None:
    articles = [article("Cầu mới", LONG, origin=origin) for origin in origins]

    doubles = without_duplicates(articles)[1]

    assert [double.problem for double in doubles] == [
        Problem(code="duplicate-article", message=message, where="Cầu mới")
    ]


def test_the_very_same_value_twice_is_reported_too() -> None:
    one = article("Cầu mới", LONG, origin="a.txt")

    assert without_duplicates((one, one)) == ((one,), (Double(left_out=one, kept=one),))


@pytest.mark.parametrize(
    "block",
    [
        paragraph(LONG),
        Subheading(inlines=words(LONG)),
        PullQuote(inlines=words(LONG)),
        BulletList(items=(words(LONG),)),
        NumberedList(items=(words(LONG),)),
        BlockQuote(blocks=(paragraph(LONG),)),
        Figure(caption=words(LONG)),
        Table(header=(words(LONG),)),
        Table(rows=((words(LONG),),)),
        Preformatted(text=LONG),
    ],
    ids=lambda block: type(block).__name__,
)
def test_every_kind_of_block_counts_as_text(block: Block) -> None:
    full = replace(article("Cầu mới", day=1), body=(Break(), block))
    cut = article("Cầu mới", SHORT, day=2)

    assert without_duplicates((cut, full))[0] == (full,)


ARTICLES = st.lists(
    st.builds(
        article,
        st.sampled_from(["Cầu mới", "CẦU MỚI", "Giá rau", "?"]),
        st.sampled_from([LONG, SHORT, OTHER, ""]),
        st.sampled_from([LONG, OTHER, ""]),
        url=st.sampled_from([None, "https://bao.example/1", "https://bao.example/2"]),
        day=st.integers(0, 2),
    ),
    max_size=8,
)


@given(ARTICLES)
def test_leaving_duplicates_out_again_changes_nothing(articles: list[Article]) -> None:
    kept, doubles = without_duplicates(articles)

    assert without_duplicates(kept) == (kept, ())
    assert Counter(map(to_json, articles)) == Counter(map(to_json, [*kept, *(double.left_out for double in doubles)]))
    assert len({article.key for article in kept}) == len(kept)

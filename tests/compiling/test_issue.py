import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from publisher.compiling import compile_issue, part_of
from publisher.errors import InputError
from publisher.model import (
    AlsoIn,
    AppendixItem,
    AppendixSection,
    Article,
    Issue,
    IssuePlan,
    Note,
    Omission,
    Paragraph,
    PlacedArticle,
    Problem,
    Teaser,
    Text,
)

BRIDGE = Article(
    headline="Cầu mới thông xe",
    language="vi",
    published=dt.date(2025, 10, 17),
    body=(Paragraph(inlines=(Text(text="Sáng nay cây cầu mới được thông xe."),)),),
    related=(Teaser(headline="Giá rau tăng", section="Tin khác:", summary="Vì mưa."),),
    origin="tin/bai-1.txt",
)
PRICES = Article(
    headline="Giá rau tăng",
    language="vi",
    published=dt.date(2025, 10, 18),
    body=(Paragraph(inlines=(Text(text="Mưa kéo dài làm giá rau tăng nhẹ."),)),),
    origin="tin/bai-2.txt",
)
PLAN = IssuePlan(title="Bản tin tuần", series="Tin Lam Châu", number="42", date=dt.date(2025, 10, 20), language="vi")


def test_an_issue_holds_what_plan_and_articles_say() -> None:
    assert compile_issue([BRIDGE, PRICES], PLAN) == Issue(
        identifier="urn:uuid:706c5a72-a842-543f-ade5-88a1f32d4d89",
        title="Bản tin tuần",
        series="Tin Lam Châu",
        number="42",
        date=dt.date(2025, 10, 20),
        language="vi",
        articles=(
            PlacedArticle(id="a-cau-moi-thong-xe-db5bb2", article=BRIDGE),
            PlacedArticle(id="a-gia-rau-tang-25834f", article=PRICES),
        ),
        appendix=(
            AppendixSection(
                label="Tin khác",
                items=(
                    AppendixItem(
                        id="t-gia-rau-tang-0a9bb5",
                        headline="Giá rau tăng",
                        summary="Vì mưa.",
                        mentions=("a-cau-moi-thong-xe-db5bb2",),
                        full_article="a-gia-rau-tang-25834f",
                    ),
                ),
            ),
        ),
        assets=(),
        problems=(),
    )


def test_an_issue_without_articles_cannot_be() -> None:
    with pytest.raises(InputError) as caught:
        compile_issue([], PLAN)

    assert str(caught.value) == (
        "there is nothing to compile: no source holds an article. Name at least one that does."
    )


def test_a_plan_that_says_nothing_leaves_it_to_the_articles() -> None:
    undated = replace(BRIDGE, headline="Không ngày", published=None)

    issue = compile_issue([undated, PRICES, BRIDGE], IssuePlan())

    assert (issue.title, issue.number, issue.date, issue.language) == (None, None, dt.date(2025, 10, 18), "vi")


def test_an_issue_of_undated_articles_has_no_date() -> None:
    assert compile_issue([replace(BRIDGE, published=None)], IssuePlan()).date is None


@pytest.mark.parametrize(
    ("languages", "planned", "expected"),
    [
        pytest.param(["en", "vi", "vi"], None, "vi", id="most"),
        pytest.param(["en", "vi", "vi", "en"], None, "en", id="first of equals"),
        pytest.param(["en", "en"], "vi", "vi", id="planned"),
    ],
)
def test_the_language_is_the_plans_or_else_that_of_most_articles(
    languages: list[str], planned: str | None, expected: str
) -> None:
    articles = [
        replace(BRIDGE, headline=f"Bài {number}", language=language) for number, language in enumerate(languages)
    ]

    assert compile_issue(articles, IssuePlan(language=planned)).language == expected


def test_the_plans_order_orders_articles_and_mentions() -> None:
    older = replace(BRIDGE, related=(Teaser(headline="Tin chung"),))
    newer = replace(PRICES, related=(Teaser(headline="TIN CHUNG"),))

    issue = compile_issue([older, newer], IssuePlan(order="newest"))

    assert [placed.article for placed in issue.articles] == [newer, older]
    assert issue.appendix[0].items[0].headline == "TIN CHUNG"
    assert issue.appendix[0].items[0].mentions == tuple(placed.id for placed in issue.articles)


def test_problems_are_those_of_the_articles_at_their_places_and_then_the_duplicates() -> None:
    run_together = Problem(code="run-together", message="a line was kept whole")
    inferred = Problem(code="inferred-date", message="the year is not on the page", where="bai-1.txt, line 3")
    odd = replace(BRIDGE, problems=(run_together, inferred))
    typed = replace(PRICES, problems=(run_together,), origin="-")
    twice = replace(BRIDGE, origin="tin/bai-10.txt")

    assert compile_issue([typed, odd, twice], IssuePlan(order="oldest")).problems == (
        replace(run_together, where="bai-1.txt"),
        inferred,
        replace(run_together, where="Giá rau tăng"),
        Problem(
            code="duplicate-article",
            message="'bai-10.txt' and 'bai-1.txt' hold the same article; 'bai-1.txt' came first and was kept",
            where="Cầu mới thông xe",
        ),
    )


def test_what_the_plan_says_that_no_page_can_show_is_a_problem_of_the_issue() -> None:
    assert compile_issue([BRIDGE], IssuePlan(title="Tuần\x00 tin")).problems == (
        Problem(
            code="replaced-characters",
            message="one character that no page can show was removed or replaced",
            where="title, number or notes of the issue",
        ),
    )


def test_an_articles_id_does_not_change_when_another_is_inserted() -> None:
    alone = compile_issue([BRIDGE], IssuePlan()).articles[0].id

    among = compile_issue([PRICES, BRIDGE], IssuePlan()).articles[1].id

    assert among == alone


def test_one_headline_over_two_days_texts_gives_two_ids() -> None:
    other_text = (Paragraph(inlines=(Text(text="Hôm nay cầu đóng để sửa chữa."),)),)
    next_day = replace(BRIDGE, published=dt.date(2025, 10, 18), body=other_text)

    ids = [placed.id for placed in compile_issue([BRIDGE, next_day], IssuePlan()).articles]

    assert ids == ["a-cau-moi-thong-xe-db5bb2", "a-cau-moi-thong-xe-dc07fe"]


def identifier(articles: list[Article], **plan: object) -> str:
    return compile_issue(articles, IssuePlan(**plan)).identifier  # type: ignore[arg-type]


def test_a_planned_issue_keeps_its_identifier_when_an_article_changes() -> None:
    day = dt.date(2025, 10, 20)

    assert identifier([BRIDGE], title="Tuần", date=day) == identifier([PRICES], title="Tuần", date=day)
    assert identifier([BRIDGE], title="Tuần", number="1") == identifier([PRICES], title="Tuần", number="1")


@pytest.mark.parametrize(
    "plan",
    [
        pytest.param({}, id="nothing"),
        pytest.param({"title": "Tuần"}, id="title alone"),
        pytest.param({"date": dt.date(2025, 10, 20)}, id="date alone"),
        pytest.param({"number": "1"}, id="number alone"),
    ],
)
def test_where_the_plan_names_no_issue_its_articles_do(plan: dict[str, object]) -> None:
    assert identifier([BRIDGE], **plan) != identifier([PRICES], **plan)
    assert identifier([BRIDGE], **plan) == identifier([replace(BRIDGE, body=())], **plan)


def test_every_field_of_the_plan_tells_issues_apart() -> None:
    plans = [
        IssuePlan(title="Tuần", number="1"),
        IssuePlan(title="Tuần", number="2"),
        IssuePlan(title="Tháng", number="1"),
        IssuePlan(title="Tuần", number="1", language="en"),
        IssuePlan(title="Tuần", number="1", date=dt.date(2025, 10, 20)),
        IssuePlan(title="Tuần", date=dt.date(2025, 10, 20)),
    ]

    assert len({compile_issue([BRIDGE], plan).identifier for plan in plans}) == len(plans)


@given(
    st.lists(
        st.sampled_from([BRIDGE, PRICES, replace(BRIDGE, origin="b.txt", url="https://bao.example/cau")]), min_size=1
    )
)
def test_compiling_the_articles_of_an_issue_again_gives_the_issue_without_what_was_met_on_the_way(
    articles: list[Article],
) -> None:
    issue = compile_issue(articles, PLAN)

    again = compile_issue([placed.article for placed in issue.articles], PLAN)

    assert again == replace(issue, problems=(), omissions=())


def test_an_article_that_comes_again_is_left_out_and_the_issue_says_so() -> None:
    copy = replace(BRIDGE, origin="b.txt", url="https://bao.example/cau")

    assert compile_issue([BRIDGE, PRICES, copy], PLAN).omissions == (
        Omission(
            what="Cầu mới thông xe",
            url="https://bao.example/cau",
            reason="same-article",
            because="it came more than once; “Cầu mới thông xe” came first and was kept",
        ),
    )


def test_a_note_goes_to_the_article_whose_key_it_has() -> None:
    note = Note(section="Kinh tế", updated_since="11", also=(AlsoIn(headline="Rau đắt", language="vi"),))

    issue = compile_issue([BRIDGE, PRICES], IssuePlan(notes={PRICES.key: note}))

    assert [(placed.article, placed.note) for placed in issue.articles] == [(PRICES, note), (BRIDGE, Note())]


def test_an_identity_outlasts_what_is_printed() -> None:
    assert identifier([BRIDGE], identity="tuan-tin 2026-W12", title="Tuần") == identifier(
        [PRICES], identity="tuan-tin 2026-W12", title="Tuần tin", number="12"
    )
    assert identifier([BRIDGE], identity="tuan-tin 2026-W12") != identifier([BRIDGE], identity="tuan-tin 2026-W13")


def test_a_part_of_an_issue_points_to_nothing_outside_it() -> None:
    whole = compile_issue([BRIDGE, PRICES], PLAN)
    bridge, prices = whole.articles

    (section,) = part_of(whole, [bridge]).appendix
    assert section.items == (replace(whole.appendix[0].items[0], full_article=None),)
    assert part_of(whole, [prices]) == replace(whole, articles=(prices,), appendix=())
    assert part_of(whole, whole.articles) == whole


def test_a_part_of_an_issue_says_only_of_its_own_articles_that_they_mention_a_teaser() -> None:
    """A link to any other would lead nowhere."""
    teasers = (Teaser(headline="Phà ngừng chạy"),)
    whole = compile_issue([replace(BRIDGE, related=teasers), replace(PRICES, related=teasers)], PLAN)
    bridge, _ = whole.articles

    ((item,),) = (section.items for section in part_of(whole, [bridge]).appendix)
    assert item.mentions == (bridge.id,)

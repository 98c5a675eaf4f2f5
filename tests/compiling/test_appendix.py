import pytest
from hypothesis import given
from hypothesis import strategies as st

from publisher.compiling.appendix import build_appendix
from publisher.compiling.names import headline_key
from publisher.model import AppendixItem, AppendixSection, Article, Earlier, PlacedArticle, Teaser


def placed(name: str, *teasers: Teaser, headline: str | None = None, url: str | None = None) -> PlacedArticle:
    return PlacedArticle(
        id=name, article=Article(headline=headline or f"Bài {name}", language="vi", url=url, related=teasers)
    )


def teaser(headline: str, section: str | None = None, summary: str | None = None, url: str | None = None) -> Teaser:
    return Teaser(headline=headline, section=section, summary=summary, url=url)


def outline(sections: tuple[AppendixSection, ...]) -> list[tuple[str | None, list[str]]]:
    return [(section.label, [item.headline for item in section.items]) for section in sections]


def only_item(sections: tuple[AppendixSection, ...]) -> AppendixItem:
    ((item,),) = (section.items for section in sections)
    return item


def test_articles_without_teasers_have_no_appendix() -> None:
    assert build_appendix((placed("a"), placed("b"))) == ()


def test_an_item_holds_all_that_its_teaser_says() -> None:
    sponsored = Teaser(
        headline="Mở bán căn hộ ven sông",
        section="Có thể bạn quan tâm",
        summary="Giá từ hai tỷ đồng.",
        url="https://bao.example/can-ho",
        sponsored=True,
    )

    assert build_appendix((placed("a", sponsored),)) == (
        AppendixSection(
            label="Có thể bạn quan tâm",
            items=(
                AppendixItem(
                    id="t-mo-ban-can-ho-ven-song-25ed35",
                    headline="Mở bán căn hộ ven sông",
                    summary="Giá từ hai tỷ đồng.",
                    url="https://bao.example/can-ho",
                    sponsored=True,
                    mentions=("a",),
                    full_article=None,
                ),
            ),
        ),
    )


def test_sections_and_items_stand_in_the_order_of_their_first_teaser() -> None:
    first = placed("a", teaser("Một", "Tin khác"), teaser("Hai", "Nên xem"), teaser("Ba", "Tin khác"))
    second = placed("b", teaser("Bốn", "Đọc nhiều"), teaser("Năm", "Nên xem"))

    assert outline(build_appendix((first, second))) == [
        ("Tin khác", ["Một", "Ba"]),
        ("Nên xem", ["Hai", "Năm"]),
        ("Đọc nhiều", ["Bốn"]),
    ]


def test_what_stood_without_a_label_comes_first() -> None:
    one = placed("a", teaser("Một", "Nên xem"), teaser("Hai"), teaser("Ba", ":"), teaser("Bốn", " "))

    assert outline(build_appendix((one,))) == [(None, ["Hai", "Ba", "Bốn"]), ("Nên xem", ["Một"])]


def test_labels_that_differ_in_case_or_colon_are_one_printed_as_first_met() -> None:
    one = placed(
        "a", teaser("Một", "NÊN XEM:"), teaser("Hai", "Nên xem"), teaser("Ba", "nên xem ："), teaser("Bốn", "X:")
    )

    assert outline(build_appendix((one,))) == [("NÊN XEM", ["Một", "Hai", "Ba"]), ("X", ["Bốn"])]


def test_one_teaser_from_several_articles_stands_once_with_all_its_mentions() -> None:
    sections = build_appendix(
        (
            placed("a", teaser("Cầu mới thông xe", "Nên xem", "Vắn.")),
            placed("b", teaser("CẦU MỚI THÔNG XE!", "Tin khác", "Tóm tắt dài hơn.", "https://bao.example/cau")),
            placed("c", teaser("Cầu mới", "Tin khác", None, "https://bao.example/cau"), teaser("Cầu mới")),
        )
    )

    assert outline(sections) == [("Nên xem", ["Cầu mới thông xe"])]
    item = only_item(sections)
    assert item.mentions == ("a", "b", "c")
    assert item.summary == "Tóm tắt dài hơn."
    assert item.url == "https://bao.example/cau"


def test_an_item_is_sponsored_when_any_of_its_teasers_is() -> None:
    plain, marked = teaser("Căn hộ"), Teaser(headline="Căn hộ", sponsored=True)

    assert only_item(build_appendix((placed("a", plain), placed("b", marked)))).sponsored


def test_a_label_met_later_is_better_than_none() -> None:
    sections = build_appendix((placed("a", teaser("Một")), placed("b", teaser("Một", "Nên xem"))))

    assert outline(sections) == [("Nên xem", ["Một"])]


@pytest.mark.parametrize(
    "pointing",
    [
        pytest.param(teaser("cầu  mới"), id="by headline"),
        pytest.param(teaser("Thông xe", url="https://bao.example/cau"), id="by address"),
    ],
)
def test_a_teaser_of_an_article_in_the_issue_refers_to_it(pointing: Teaser) -> None:
    target = placed("b", headline="Cầu mới", url="https://bao.example/cau")

    item = only_item(build_appendix((placed("a", pointing), target)))

    assert (item.mentions, item.full_article) == (("a",), "b")


def test_an_address_is_better_evidence_than_a_headline() -> None:
    by_headline = placed("b", headline="Thời tiết", url="https://bao.example/1")
    by_address = placed("c", headline="Trời lạnh", url="https://bao.example/2")

    item = only_item(
        build_appendix((placed("a", teaser("Thời tiết", url="https://bao.example/2")), by_headline, by_address))
    )

    assert item.full_article == "c"


@pytest.mark.parametrize(
    "own",
    [
        pytest.param(teaser("CẦU MỚI", "Mới nhất"), id="by headline"),
        pytest.param(teaser("Thông xe", "Mới nhất", url="https://bao.example/cau"), id="by address"),
    ],
)
def test_a_teaser_of_the_article_it_stands_in_is_left_out(own: Teaser) -> None:
    article = placed("a", own, teaser("Khác"), headline="Cầu mới", url="https://bao.example/cau")

    assert outline(build_appendix((article,))) == [(None, ["Khác"])]


def test_an_article_is_not_named_among_those_that_mention_it() -> None:
    itself = placed("a", teaser("Thông xe", "Mới nhất"), headline="Cầu mới", url="https://bao.example/cau")
    other = placed("b", teaser("Thông xe", "Nên xem", url="https://bao.example/cau"))

    assert only_item(build_appendix((itself, other))) == AppendixItem(
        id="t-thong-xe-ae3f1b",
        headline="Thông xe",
        url="https://bao.example/cau",
        mentions=("b",),
        full_article="a",
    )


def test_what_only_turns_out_to_point_to_its_own_article_is_left_out() -> None:
    itself = placed(
        "a",
        teaser("Thông xe", "Mới nhất"),
        teaser("Thông xe", "Đọc nhiều", url="https://bao.example/cau"),
        headline="Cầu mới",
        url="https://bao.example/cau",
    )

    assert outline(build_appendix((itself,))) == [("Mới nhất", ["Thông xe"])]


def test_headlines_without_letters_are_not_one() -> None:
    assert outline(build_appendix((placed("a", teaser("???"), teaser("!!!")),))) == [(None, ["???", "!!!"])]


def test_items_whose_headlines_have_the_same_digits_have_two_ids() -> None:
    """A file with one id twice is no valid EPUB; such headlines are met in some thousands without ASCII letters."""
    (section,) = build_appendix((placed("a", teaser("雪海北"), teaser("云夏江")),))

    assert [item.id for item in section.items] == ["t-182832", "t-182832-2"]


TEASERS = st.builds(
    Teaser,
    headline=st.sampled_from(["Một", "MỘT!", "Hai", "Ba", "Bài a", "Bài b", "…", "?"]),
    section=st.sampled_from([None, "Nên xem", "NÊN XEM:", "Tin khác", ":"]),
    summary=st.sampled_from([None, "Ngắn.", "Dài hơn một chút."]),
    url=st.sampled_from([None, None, "https://bao.example/a", "https://bao.example/b", "https://bao.example/c"]),
    sponsored=st.booleans(),
)


@st.composite
def issues(draw: st.DrawFn) -> tuple[PlacedArticle, ...]:
    names = draw(st.lists(st.sampled_from("abcd"), unique=True, min_size=1))
    return tuple(
        placed(
            name,
            *draw(st.lists(TEASERS, max_size=6)),
            url=draw(st.sampled_from([None, f"https://bao.example/{name}"])),
        )
        for name in names
    )


@given(issues())
def test_items_differ_and_are_mentioned_by_articles_of_the_issue(articles: tuple[PlacedArticle, ...]) -> None:
    items = [item for section in build_appendix(articles) for item in section.items]

    ids = [article.id for article in articles]
    urls = [item.url for item in items if item.url]
    assert len({item.id for item in items}) == len(items)
    assert len({headline_key(item.headline) for item in items}) == len(items)
    assert len(set(urls)) == len(urls)
    for item in items:
        assert item.mentions
        assert list(item.mentions) == [name for name in ids if name in item.mentions]
        assert item.full_article is None or (item.full_article in ids and item.full_article not in item.mentions)


@given(issues())
def test_every_teaser_is_in_the_appendix_or_points_to_its_own_article(articles: tuple[PlacedArticle, ...]) -> None:
    items = [item for section in build_appendix(articles) for item in section.items]

    teasers = [teaser for placed in articles for teaser in placed.article.related]
    for article in articles:
        for each in article.article.related:
            headlines, urls = signs_of_all_the_same(each, teasers)
            its_own = headline_key(article.article.headline) in headlines or article.article.url in urls
            assert its_own or any(
                headline_key(item.headline) in headlines and article.id in item.mentions for item in items
            )


def signs_of_all_the_same(one: Teaser, teasers: list[Teaser]) -> tuple[set[str], set[str | None]]:
    """The headlines and addresses of all the teasers that are the same as this one, directly or through others."""
    headlines, urls = {headline_key(one.headline)}, {one.url} - {None}
    for _ in teasers:
        for other in teasers:
            if headline_key(other.headline) in headlines or other.url in urls:
                headlines.add(headline_key(other.headline))
                urls |= {other.url} - {None}
    return headlines, urls


@given(issues())
def test_no_section_is_empty_and_no_label_stands_twice(articles: tuple[PlacedArticle, ...]) -> None:
    sections = build_appendix(articles)

    labels = [section.label for section in sections]
    assert all(section.items for section in sections)
    assert len({headline_key(label or "") for label in labels}) == len(labels)
    assert None not in labels[1:]


class TestEarlierIssues:
    """Teasers whose article an earlier issue ran."""

    def test_an_item_points_to_the_issue_that_ran_its_article(self) -> None:
        earlier = (Earlier(headline="Phà chạy chuyến cuối", url="https://bao.example/pha", issue="11"),)
        by_headline = build_appendix((placed("a", teaser("PHÀ CHẠY CHUYẾN CUỐI!")),), earlier)
        by_address = build_appendix((placed("a", teaser("Bến phà", url="https://bao.example/pha")),), earlier)

        assert only_item(by_headline).earlier_issue == "11"
        assert only_item(by_address).earlier_issue == "11"

    def test_of_several_issues_the_latest_is_named(self) -> None:
        earlier = tuple(Earlier(headline="Phà", issue=number) for number in ("9", "10"))

        assert only_item(build_appendix((placed("a", teaser("Phà")),), earlier)).earlier_issue == "10"

    def test_an_article_of_this_issue_comes_first(self) -> None:
        sections = build_appendix(
            (placed("a", teaser("Phà")), placed("b", headline="Phà")), (Earlier(headline="Phà", issue="10"),)
        )

        assert (only_item(sections).full_article, only_item(sections).earlier_issue) == ("b", None)

    def test_any_other_headline_is_in_no_issue(self) -> None:
        sections = build_appendix((placed("a", teaser("Phà")),), (Earlier(headline="Cầu", issue="10"),))

        assert only_item(sections).earlier_issue is None

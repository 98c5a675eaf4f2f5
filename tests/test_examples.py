"""The examples are read as the people who wrote them meant, and make the issue that their README promises."""

import datetime as dt
import re
from collections import Counter
from pathlib import Path

import msgspec
import pytest

from publisher.model import AppendixItem, Article, BulletList, Figure, Issue, IssuePlan, NumberedList, Paragraph, Table
from publisher.pipeline import Edition, Means, Request, Wanted, assemble, gather, outputs_for, publish

EXAMPLES = Path(__file__).parent.parent / "examples"


class Expected(msgspec.Struct, frozen=True, kw_only=True):
    """What a page holds: counted on the page by hand, not copied from a reading of it."""

    headline: str
    bylines: tuple[str, ...]
    published: dt.date
    publication: str | None = None
    language: str = "vi"
    standfirst: bool = True
    paragraphs: int
    captions: int
    teasers: dict[str | None, int]
    problems: tuple[str, ...] = ()


PAGES = {
    "1-cau-ben-lua.txt": Expected(
        headline="Hợp long cầu Bến Lụa, nối liền đôi bờ sông Mây sau hơn hai mươi năm chờ đợi",
        bylines=("Đặng Khôi",),
        published=dt.date(2026, 3, 17),
        paragraphs=11,
        captions=2,
        teasers={None: 3, "Nên xem": 3, "Tin khác": 3},
        problems=("inferred-date",),
    ),
    "2-lua-tom-dong-seu.txt": Expected(
        headline="Nông dân Đồng Sếu xem độ mặn trên điện thoại để cứu ruộng lúa - tôm",
        bylines=("Hồ Mẫn Chi",),
        published=dt.date(2026, 3, 18),
        publication="Lam Sa Online",
        paragraphs=11,
        captions=2,
        teasers={
            "Tin nóng": 3,
            "TIN LIÊN QUAN": 2,
            "Tin cùng chuyên mục": 3,
            "Đọc nhiều": 3,
            "Thông tin doanh nghiệp": 1,
        },
    ),
    "3-thuyen-thu-vien.txt": Expected(
        headline="Chiếc thuyền chở sách ngược sông Mây",
        bylines=("MAI TƯỜNG VI",),
        published=dt.date(2026, 3, 19),
        paragraphs=10,
        captions=2,
        teasers={None: 1, "Có thể bạn quan tâm": 4},
    ),
    "4-lang-lua.txt": Expected(
        headline="Làng lụa bên sông Mây nhuộm lại màu vỏ sú",
        bylines=("Đỗ Hạ Quyên",),
        published=dt.date(2026, 3, 20),
        paragraphs=10,
        captions=2,
        teasers={None: 2, "Nên xem": 2, "Đừng bỏ lỡ": 1},
    ),
    "5-tram-y-te-dao.txt": Expected(
        headline="Ca cấp cứu giữa đêm biển động: bác sĩ ở đất liền, dao mổ ở đảo",
        bylines=("Tôn Nữ Hải Vân", "Cù Đình Lâm"),
        published=dt.date(2026, 3, 21),
        publication="Báo Ven Biển",
        paragraphs=11,
        captions=2,
        teasers={None: 1, "Tin liên quan": 2, "Đọc nhiều": 3},
    ),
    "6-en-crane-count.txt": Expected(
        headline="Cranes return to Con Muoi flats in their highest number for a decade",
        bylines=("Thomas Adebayo",),
        published=dt.date(2026, 3, 21),
        language="en",
        paragraphs=11,
        captions=2,
        teasers={None: 1, "Most read": 4},
    ),
    "7-en-bridge.txt": Expected(
        headline="Bridge halves meet over the May River",
        bylines=("Grace Whitcombe",),
        published=dt.date(2026, 3, 18),
        publication="Coast Wire",
        language="en",
        standfirst=False,
        paragraphs=9,
        captions=1,
        teasers={"Read next": 3},
    ),
    "8-rung-ngap-man.md": Expected(
        headline="Rừng ngập mặn Cồn Muối đón bốn mươi nghìn cây non trước mùa bão",
        bylines=("La Thùy Dương",),
        published=dt.date(2026, 3, 22),
        publication="Nhịp Sống Ven Biển",
        paragraphs=9,
        captions=2,
        teasers={"Đọc tiếp": 2, "Cùng chủ đề": 1},
    ),
}

CROSS_REFERENCED = (
    "1-cau-ben-lua.txt",
    "2-lua-tom-dong-seu.txt",
    "3-thuyen-thu-vien.txt",
    "6-en-crane-count.txt",
    "7-en-bridge.txt",
    "8-rung-ngap-man.md",
)
"""The pages that another page's teaser points to."""

CLEAN_UP = "Cả xã Cồn Muối cùng dọn bãi bồi đón mùa sếu về"


def the_article(name: str) -> Article:
    gathered = gather(Wanted(references=(str(EXAMPLES / name),)), Means())
    (article,) = gathered.articles
    assert gathered.problems == ()
    return article


def as_expected(article: Article) -> Expected:
    figures = [block for block in article.body if isinstance(block, Figure)]
    return Expected(
        headline=article.headline,
        bylines=article.bylines,
        published=article.published or dt.date.min,
        publication=article.publication,
        language=article.language,
        standfirst=article.standfirst is not None,
        paragraphs=sum(isinstance(block, Paragraph) for block in article.body),
        captions=sum(bool(figure.caption) for figure in figures),
        teasers=dict(Counter(teaser.section for teaser in article.related)),
        problems=tuple(problem.code for problem in article.problems),
    )


@pytest.fixture(scope="module")
def issue() -> Issue:
    return assemble(gather(Wanted(references=(str(EXAMPLES),)), Means()), IssuePlan(), Means())


def items(issue: Issue) -> dict[str, AppendixItem]:
    return {item.headline: item for section in issue.appendix for item in section.items}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_read_as_it_was_meant(name: str) -> None:
    assert as_expected(the_article(name)) == PAGES[name]


def test_every_page_in_the_folder_is_expected() -> None:
    gathered = gather(Wanted(references=(str(EXAMPLES),)), Means())

    assert [Path(source.name).name for source in gathered.sources] == list(PAGES)


def test_the_pages_make_one_week_with_nothing_left_out(issue: Issue) -> None:
    weeks = {placed.article.published.isocalendar()[:2] for placed in issue.articles if placed.article.published}

    assert [placed.article.headline for placed in issue.articles] == [page.headline for page in PAGES.values()]
    assert weeks == {(2026, 12)}
    assert [problem.code for problem in issue.problems] == ["inferred-date"]


def test_a_teaser_of_five_pages_stands_once_with_five_mentions(issue: Issue) -> None:
    found = [item for section in issue.appendix for item in section.items if item.headline == CLEAN_UP]
    mentioned_by = {
        placed.id for placed in issue.articles if any(teaser.headline == CLEAN_UP for teaser in placed.article.related)
    }

    (item,) = found
    assert len(item.mentions) == 5
    assert set(item.mentions) == mentioned_by
    assert item.full_article is None
    assert item.summary == (
        "Hơn 400 người đã xuống bãi nhặt lưới rách, chai nhựa trên dải bồi dài 6 km, nơi đàn sếu thường dừng chân vào "
        "cuối tháng 3."
    )


def test_a_teaser_whose_article_is_in_the_issue_leads_to_it(issue: Issue) -> None:
    headlines = {placed.id: placed.article.headline for placed in issue.articles}
    crossed = {item.headline: headlines[item.full_article] for item in items(issue).values() if item.full_article}

    assert crossed == {headline: headline for headline in (PAGES[name].headline for name in CROSS_REFERENCED)}


def test_the_markdown_page_has_its_pictures_table_lists_and_address(issue: Issue) -> None:
    article = next(placed.article for placed in issue.articles if placed.article.url)
    pictures = [block for block in article.body if isinstance(block, Figure)]

    assert [picture.src for picture in pictures] == [asset.name for asset in issue.assets]
    assert all(picture.alt for picture in pictures)
    assert {Table, NumberedList} <= {type(block) for block in article.body}


def test_the_brief_of_the_markdown_page_begins_no_page_for_its_source_and_related_news(tmp_path: Path) -> None:
    path = tmp_path / "brief.pdf"
    edition = Edition(outputs=outputs_for([path]), theme="brief")

    made = publish(Request(references=(str(EXAMPLES / "8-rung-ngap-man.md"),), edition=edition))

    assert made.written[path].page_count == 2


def test_the_agency_page_has_a_list_in_its_body() -> None:
    (found,) = [block for block in the_article("7-en-bridge.txt").body if isinstance(block, BulletList)]

    assert len(found.items) == 3


def test_the_pictures_are_light_enough_to_send() -> None:
    sizes = {path.name: path.stat().st_size for path in (EXAMPLES / "pictures").iterdir()}

    assert sorted(sizes) == ["dai-rung-chan-song.jpg", "trong-rung.jpg"]
    assert max(sizes.values()) < 200_000


def test_the_readme_lists_every_page() -> None:
    readme = (EXAMPLES / "README.md").read_text(encoding="utf-8")

    assert re.findall(r"^\| `([^`]+)` \|", readme, re.MULTILINE) == list(PAGES)


def test_the_untidy_page_still_has_its_marks() -> None:
    """An editor or a version control that tidied the file would take the point out of it."""
    data = (EXAMPLES / "5-tram-y-te-dao.txt").read_bytes()

    assert data.startswith(b"\xef\xbb\xbf")
    assert data.count(b"\r\n") == data.count(b"\n")
    assert "\u00a0" in data.decode()

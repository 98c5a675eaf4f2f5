"""The sections of an issue: which of them an article belongs to, and in which order they stand."""

import pytest

from publisher.compiling import compile_issue
from publisher.compiling.sections import in_sections, sections_of
from publisher.model import Article, IssuePlan, Note, Problem, SectionRule


def article(headline: str, **fields: str) -> Article:
    return Article(headline=headline, language="vi", **fields)


ECONOMY = SectionRule(name="Kinh tế", patterns=("economy", "*gia-*"))


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        pytest.param({"origin": "week/economy/rice.txt"}, "Kinh tế", id="a folder on the way"),
        pytest.param({"origin": "economy/rice.txt"}, "Kinh tế", id="the first folder"),
        pytest.param({"origin": "week/economy"}, "Kinh tế", id="the last part"),
        pytest.param({"origin": "week/gia-gao.txt"}, "Kinh tế", id="a star for anything"),
        pytest.param({"url": "https://bao.example/economy/1"}, "Kinh tế", id="an address"),
        pytest.param({"origin": "week/economy-of-scale/rice.txt"}, None, id="part of a folder's name"),
        pytest.param({"origin": "week/Economy/rice.txt"}, None, id="another case"),
        pytest.param({}, None, id="no source"),
    ],
)
def test_a_rule_takes_what_comes_from_its_sources(fields: dict[str, str], expected: str | None) -> None:
    assert sections_of([article("Giá gạo", **fields)], [None], [ECONOMY]) == (expected,)


@pytest.mark.parametrize("pattern", ["muc-X", "muc-X/", "week/muc-X/"])
def test_a_folder_may_be_written_with_a_slash_at_its_end(pattern: str) -> None:
    """As a shell completes it."""
    rule = SectionRule(name="Kinh tế", patterns=(pattern,))

    assert sections_of([article("Giá gạo", origin="week/muc-X/rice.txt")], [None], [rule]) == ("Kinh tế",)


@pytest.mark.parametrize(
    ("fields", "given", "expected"),
    [
        pytest.param({"origin": "economy/a.md", "section": "Xã hội"}, "Thế giới", "Kinh tế", id="the rule"),
        pytest.param({"origin": "a.md", "section": "Xã hội"}, "Thế giới", "Xã hội", id="the article"),
        pytest.param({"origin": "a.md"}, "Thế giới", "Thế giới", id="its place"),
        pytest.param({"origin": "a.md"}, None, "Giao thông", id="its kicker"),
    ],
)
def test_the_more_particular_word_decides(fields: dict[str, str], given: str | None, expected: str) -> None:
    one, other = article("Cầu mới", kicker="Giao thông", **fields), article("Phà cũ", kicker="Giao thông")

    assert sections_of([one, other], [given, None], [ECONOMY], "kicker") == (expected, "Giao thông")


def test_names_that_differ_in_case_are_one_section_spelled_as_the_rule_does_or_as_met_first() -> None:
    articles = [article("a", section="KINH TẾ"), article("b", section="Xã hội"), article("c", section="XÃ HỘI")]

    assert sections_of(articles, [None] * 3, [SectionRule(name="Kinh tế")]) == ("Kinh tế", "Xã hội", "Xã hội")


def test_a_kicker_that_one_article_has_is_no_section() -> None:
    kickers = ("Giao thông", "Chợ nổi", "GIAO THÔNG", None)
    articles = [Article(headline="a", language="vi", kicker=kicker) for kicker in kickers]

    assert sections_of(articles, [None] * 4, by="kicker") == ("Giao thông", None, "Giao thông", None)


@pytest.mark.parametrize(
    ("origins", "expected"),
    [
        pytest.param(
            ("week/1. Kinh tế/a.txt", "week/02 Xã hội/b/c.txt", "week/d.txt"),
            ("Kinh tế", "Xã hội", None),
            id="below the folder that holds all, without the numbers they stand in order by",
        ),
        pytest.param(("week/Xã hội/a.txt", "week/b.txt"), ("Xã hội", None), id="a name without a number"),
        pytest.param(("week/a.txt", "week/b.txt"), (None, None), id="one folder"),
        pytest.param(("/pages/2026/a.txt", "/pages/b/b.txt"), ("2026", "b"), id="a name of digits alone"),
        pytest.param(("a/a.txt", "-", "https://bao.example/b/b"), (None, None, None), id="what is no file"),
        pytest.param(("a/a.txt", "/b/b.txt"), (None, None), id="files named in two ways"),
        pytest.param(("-",), (None,), id="no file at all"),
    ],
)
def test_a_folder_is_a_section(origins: tuple[str, ...], expected: tuple[str | None, ...]) -> None:
    articles = [article(str(number), origin=origin) for number, origin in enumerate(origins)]

    assert sections_of(articles, [None] * len(articles), by="folder") == expected


def test_sections_stand_as_the_rules_do_then_as_they_are_met_and_the_rest_last() -> None:
    sections = ("C", None, "A", "B", "C", None, "A")

    assert "".join(in_sections("1234567", sections, [SectionRule(name="B")])) == "4153726"


def test_an_issue_has_the_articles_of_a_section_together_and_says_which_it_is() -> None:
    bridge, rice, ferry = article("Cầu"), article("Gạo", section="Kinh tế"), article("Phà", origin="x/pha.txt")
    plan = IssuePlan(
        sections=(SectionRule(name="Xã hội", patterns=("pha.txt",)),),
        notes={bridge.key: Note(section="Kinh tế", updated_since="11")},
    )

    placed = [(each.article.headline, each.note) for each in compile_issue([bridge, ferry, rice], plan).articles]

    assert placed == [
        ("Phà", Note(section="Xã hội")),
        ("Cầu", Note(section="Kinh tế", updated_since="11")),
        ("Gạo", Note(section="Kinh tế")),
    ]


def test_an_issue_falls_back_on_what_its_plan_says() -> None:
    articles = [article("Cầu", origin="week/Giao thông/a.txt"), article("Gạo", origin="week/Kinh tế/b.txt")]

    def sections(plan: IssuePlan) -> list[str | None]:
        return [each.note.section for each in compile_issue(articles, plan).articles]

    assert sections(IssuePlan(sections_by="folder")) == ["Giao thông", "Kinh tế"]
    assert sections(IssuePlan()) == [None, None]


def test_a_pattern_that_no_article_matches_is_told() -> None:
    rule = SectionRule(name="Kinh tế", patterns=("economy/*", "cau.txt"))

    assert compile_issue([article("Cầu", origin="cau.txt")], IssuePlan(sections=(rule,))).problems == (
        Problem(
            code="empty-section", message="no article comes from 'economy/*', which is to be in the section 'Kinh tế'"
        ),
    )

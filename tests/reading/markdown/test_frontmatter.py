"""Front matter is text, lists and fields, whatever YAML could make of it."""

import datetime as dt
import time

import pytest

from publisher.model import Article, Problem, Source
from publisher.reading import read


def article_of(front: str) -> Article:
    page = f"---\n{front}\n---\n\n# Đầu đề của bài\n\nĐoạn văn bình thường có chữ.\n"
    return read(Source(name="page.md", data=page.encode(), media_type="text/markdown")).articles[0]


@pytest.mark.parametrize(
    ("written", "headline"),
    [
        pytest.param("1984", "1984", id="a number"),
        pytest.param("0x1F", "0x1F", id="a number in another base"),
        pytest.param("1_000", "1_000", id="a number with a line in it"),
        pytest.param("9" * 5_000, "9" * 5_000, id="a number without end"),
        pytest.param("12:30:45", "12:30:45", id="a number to the base of sixty"),
        pytest.param("No", "No", id="a truth value"),
        pytest.param("2026-05-18", "2026-05-18", id="a date"),
        pytest.param('"null"', "null", id="nothing in quotes"),
        pytest.param("!!timestamp abc", "abc", id="a tag"),
        pytest.param("!!bool abc", "abc", id="a truth value that is none"),
        pytest.param("!!python/object/apply:os.system [ls]", "Đầu đề của bài", id="a list by a tag"),
        pytest.param("!!binary '*'", "*", id="bytes that are none"),
        pytest.param("~", "Đầu đề của bài", id="nothing"),
        pytest.param("", "Đầu đề của bài", id="empty"),
        pytest.param('"\\ud800"', "�", id="half a surrogate"),
    ],
)
def test_a_headline_is_what_is_written(written: str, headline: str) -> None:
    assert article_of(f"title: {written}").headline == headline


@pytest.mark.parametrize("written", ["2026-05-18", "2026-05-18T10:00:00Z", "2026-05-18 10:00:00 +07:00", "18/05/2026"])
def test_a_date_is_read_as_on_a_page(written: str) -> None:
    assert article_of(f"date: {written}").published == dt.date(2026, 5, 18)


@pytest.mark.parametrize(("written", "section"), [("Kinh tế", "Kinh tế"), ("[a]", None), ("", None)])
def test_a_section_is_the_part_of_the_issue_that_it_belongs_to(written: str, section: str | None) -> None:
    assert article_of(f"section: {written}").section == section


@pytest.mark.parametrize(("written", "sponsored"), [("true", True), ("Yes", True), ("false", False), ("", False)])
def test_a_related_entry_says_whether_it_is_paid_for(written: str, sponsored: bool) -> None:
    article = article_of(f"related:\n- headline: Bài khác\n  sponsored: {written}")

    assert [teaser.sponsored for teaser in article.related] == [sponsored]


@pytest.mark.parametrize(
    "nested", ["[" * 30_000, "[" * 4_000, "{a: " * 500, "\n" + "- " * 2_000, "[" * 16 + "a" + "]" * 16]
)
def test_what_is_nested_too_deeply_is_left_out_at_once(nested: str) -> None:
    began = time.process_time()

    article = article_of(f"title: {nested}")

    assert [(problem.code, problem.message) for problem in article.problems] == [
        ("dropped-content", "the front matter is not valid YAML (nested too deeply); it was left out")
    ]
    assert time.process_time() - began < 1


@pytest.mark.parametrize("escape", ["\\UFFFFFFFF", "\\U00110000"])
def test_a_character_that_there_is_not_makes_it_no_yaml(escape: str) -> None:
    article = article_of(f'title: "{escape}"')

    (problem,) = article.problems
    assert (problem.code, problem.where) == ("dropped-content", "page.md")
    assert problem.message.startswith("the front matter is not valid YAML (")


def test_emphasis_in_emphasis_is_kept_twenty_deep() -> None:
    page = "# Đầu đề\n\n" + "*a **b " * 400 + "c" + "** d*" * 400 + "\n"

    article = read(Source(name="page.md", data=page.encode(), media_type="text/markdown")).articles[0]

    assert article.problems == (
        Problem(
            code="dropped-content",
            message="emphasis more than 20 deep was left out; its words were kept",
            where="page.md",
        ),
    )
    assert depth_of(article.body[0].inlines) == 20  # type: ignore[union-attr]


def depth_of(inlines: tuple[object, ...]) -> int:
    """How deep inlines stand in each other."""
    return max((1 + depth_of(each.children) for each in inlines if hasattr(each, "children")), default=0)

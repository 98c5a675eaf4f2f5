"""Articles in JSON come back as they were; what no reader gives is refused."""

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from publisher.errors import InputError
from publisher.fetching import load
from publisher.model import Article, Paragraph, Problem, Source, Text, to_json
from publisher.model.characters import admit
from publisher.model.formats import JSON
from publisher.reading import read
from tests.cli.running import run
from tests.reading.articles import articles

PLAIN = Article(headline="Cầu mới", language="vi", body=(Paragraph(inlines=(Text(text="Cầu đã thông xe."),)),))
ODD = Problem(code="unsafe-link", message="a link was removed", where="trang.html")


def reading_of(data: str | bytes) -> tuple[Article, ...]:
    data = data.encode() if isinstance(data, str) else data
    return read(Source(name="bai.json", data=data, media_type=JSON)).articles


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(st.lists(articles(), min_size=1, max_size=2))
def test_articles_come_back_from_json_as_they_were(several: list[Article]) -> None:
    several = [replace(admit(article)[0], problems=(ODD,)) for article in several]

    again = reading_of("\n".join(map(to_json, several)))

    assert again == tuple(replace(article, origin="bai.json") for article in several)


def test_an_article_may_stand_on_many_lines() -> None:
    data = json.dumps(json.loads(to_json(PLAIN)), indent=2)

    assert reading_of("\ufeff" + data) == (replace(PLAIN, origin="bai.json"),)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "it is empty"),
        (b"{}", "Object missing required field `headline`"),
        (b'[{"a": 1}]', "Expected `object`, got `array`"),
        (b"{\xff", "JSON is malformed: object keys must be strings (byte 1)"),
        (
            b'{"headline":"\xe1"}',
            "'utf-8' codec can't decode byte 0xe1 in position 0: unexpected end of data",
        ),
        (to_json(replace(PLAIN, headline=" ")), "its headline is empty"),
        (to_json(replace(PLAIN, language="x y")), "its language 'x y' is no language tag"),
        (to_json(replace(PLAIN, url="file:///etc/passwd")), "its link 'file:///etc/passwd' is neither http nor https"),
        (to_json(replace(PLAIN, url="https://[a")), "its link 'https://[a' is neither http nor https"),
        (
            to_json(PLAIN).replace(
                '{"type":"text"', '{"type":"link","url":"javascript:a()","children":[]},{"type":"text"'
            ),
            "the link 'javascript:a()' is neither http, https nor mailto",
        ),
        (
            to_json(PLAIN).replace('"body":[', '"body":[{"type":"figure","src":"file:///etc/a.png"},'),
            "the picture 'file:///etc/a.png' is neither on the web nor beside the article",
        ),
        (
            to_json(PLAIN).replace('"body":[', '"body":[{"type":"subheading","level":9,"inlines":[]},'),
            "a sub-heading is of level 9",
        ),
        (
            to_json(PLAIN).replace('"body":[', '"body":[{"type":"numbered_list","start":-1,"items":[]},'),
            "a list begins with -1",
        ),
        (
            to_json(PLAIN).replace('"body":[', '"body":[{"type":"table","rows":[[[]],[[],[]]]},'),
            "the rows of a table are not of one length",
        ),
        (
            to_json(PLAIN).replace('{"type":"text"', '{"type":"text","language":"?"'),
            "the language '?' is no language tag",
        ),
        (
            to_json(PLAIN).replace(
                '{"type":"text"', '{"type":"emphasis","children":[' * 300 + "]}" * 300 + ',{"type":"text"'
            ),
            "emphasis stands too deep in emphasis",
        ),
    ],
)
def test_json_that_no_reader_gives_is_refused(data: str | bytes, reason: str) -> None:
    with pytest.raises(InputError) as caught:
        reading_of(data)

    assert str(caught.value) == (
        f"bai.json is JSON that holds no article: {reason}. Give what publisher read --format json prints."
    )


def test_endless_nesting_is_refused() -> None:
    with pytest.raises(InputError):
        reading_of('{"headline":' + "[" * 200_000)


def test_a_folder_takes_json_only_where_it_is_an_article(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(to_json(PLAIN), encoding="utf-8")
    (tmp_path / "b.json").write_text('{"name": "x"}', encoding="utf-8")

    assert [Path(source.name).name for source in load([str(tmp_path)])] == ["a.json"]


@pytest.mark.parametrize(("form", "suffix"), [("json", ".json"), ("markdown", ".md")])
def test_what_read_prints_is_a_source(tmp_path: Path, form: str, suffix: str) -> None:
    (tmp_path / "a.md").write_text(
        "---\nrelated:\n- {headline: Bài khác, sponsored: true, placement: inline}\n---\n"
        "# Cầu mới\n\nCầu **đã** thông xe.\n",
        encoding="utf-8",
    )
    first = run("read", str(tmp_path / "a.md"), "--format", form)
    (tmp_path / f"b{suffix}").write_text(first.stdout, encoding="utf-8")

    again = run("read", str(tmp_path / f"b{suffix}"), "--format", form)

    assert (again.stdout.replace(f"b{suffix}", "a.md"), again.stderr) == (first.stdout, "")


def test_several_articles_are_no_markdown_file(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(f"{to_json(PLAIN)}\n{to_json(PLAIN)}\n", encoding="utf-8")

    got = run("read", str(tmp_path / "a.jsonl"), "--format", "markdown")

    assert (got.exit_code, got.stderr) == (
        2,
        "publisher: a Markdown file holds one article, and there are 2. Use --format json.\n",
    )

"""Web pages of our own writing, each with the article and the trace that come of it. ``--accept`` renews them."""

import json
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

pytest.importorskip("trafilatura", reason="the html extra is not installed")

from publisher.model import Reading, Source, to_json
from publisher.reading import read
from publisher.reading.trace.rules import HTML_RULES, RULES

CASES = Path(__file__).parent / "cases"


def source_of(case: Path) -> Source:
    page = case / "input.html"
    return Source(name=page.name, data=page.read_bytes(), media_type="text/html")


def as_expected(reading: Reading) -> str:
    """The articles, and each line's role, rule and text: confidence is free to change."""
    articles = [json.loads(to_json(article)) for article in reading.articles]
    trace = [f"{line.number} {line.role} [{line.rule}] {line.text[:60]}" for line in reading.trace]
    packed = json.dumps({"articles": articles, "trace": trace}, ensure_ascii=False)
    return msgspec.json.format(packed, indent=1) + "\n"


def all_cases() -> list[Path]:
    return sorted(path for path in CASES.iterdir() if path.is_dir())


@pytest.mark.parametrize("case", all_cases(), ids=lambda case: case.name)
def test_page_is_read_as_expected(case: Path, holds: Callable[[Path, str], None]) -> None:
    holds(case / "expected.json", as_expected(read(source_of(case))))


@pytest.mark.sample(4)
@pytest.mark.parametrize("case", all_cases(), ids=lambda case: case.name)
def test_reading_twice_gives_the_same(case: Path) -> None:
    assert to_json(read(source_of(case))) == to_json(read(source_of(case)))


def test_every_html_rule_is_exercised_by_a_case_and_every_code_is_explained() -> None:
    emitted = {line.rule for case in all_cases() for line in read(source_of(case)).trace}

    assert emitted - set(RULES) == set(HTML_RULES)

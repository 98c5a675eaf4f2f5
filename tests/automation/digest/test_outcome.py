"""How runs end, as a scheduler and a person are told."""

import datetime as dt

import pytest

from publisher.automation.digest.outcome import Ending, ending_of, overtaken, published_already, too_few
from publisher.automation.issues.week import parse_week


def test_an_issue_with_a_warning_ends_otherwise_than_one_without():
    assert (ending_of([]), ending_of(["one"])) == (Ending.PUBLISHED, Ending.PUBLISHED_WITH_WARNINGS)


@pytest.mark.parametrize(
    ("found", "message"),
    [
        (0, "there is nothing new for 2026-W12"),
        (1, "there is too little new for 2026-W12: one article, and policy.minimum is 3"),
        (2, "there is too little new for 2026-W12: 2 articles, and policy.minimum is 3"),
    ],
)
def test_why_there_is_no_issue(found, message):
    assert too_few(found, parse_week("2026-W12"), 3) == message


def test_where_a_published_issue_is(tmp_path):
    week = parse_week("2026-W12")

    assert published_already(week, tmp_path) == f"2026-W12 is published already: {tmp_path}"
    assert published_already(week, tmp_path / "gone") == (
        "2026-W12 is published already: the ledger; the shelf keeps it no longer"
    )


@pytest.mark.parametrize(
    ("published", "said"),
    [
        pytest.param([], None, id="nothing is published"),
        pytest.param(["2026-W11", "2026-W12"], None, id="none is later"),
        pytest.param(
            ["2026-W13", "2027-W01", "2026-W52"],
            (
                "nothing is done for 2026-W12: the later 2027-W01 is published. Give --week to make it",
                "the clock says 2026-03-23, and 2027-W01 is published already",
            ),
            id="the latest is named",
        ),
    ],
)
def test_a_week_that_a_later_one_has_overtaken(published, said):
    assert overtaken(parse_week("2026-W12"), published, dt.datetime(2026, 3, 23, tzinfo=dt.UTC)) == said

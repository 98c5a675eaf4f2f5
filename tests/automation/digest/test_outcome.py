"""How runs end, as a scheduler and a person are told."""

import pytest

from publisher.automation.digest.outcome import Ending, ending_of, too_few
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

"""Rows say more where that fills their page, and nothing else would."""

import pytest

from publisher.theming.filling import row_lines


@pytest.mark.parametrize(
    ("heights", "expected"),
    [
        pytest.param([], (), id="no rows"),
        pytest.param([20] * 3, (0, 0, 0), id="what comes next has room"),
        pytest.param([17] * 4, (1, 1, 1, 0), id="what comes next has none"),
        pytest.param([35, 34], (2, 1), id="one line more than the other"),
        pytest.param([67], (0,), id="so many that it would look like a mistake"),
        pytest.param([50, 50], (0, 0), id="nothing is left"),
        pytest.param([60, 60, 60, 50], (0, 1, 1, 1), id="on the last page alone"),
        pytest.param([20, 160, 8], (0, 2, 1), id="a row is not broken"),
        pytest.param([190], (1,), id="a row begins the next page where it has no room on the first"),
        pytest.param([250], (0,), id="a row is higher than any page"),
    ],
)
def test_rows_share_the_lines_that_are_left_of_their_page(heights, expected):
    assert row_lines(heights, room=100, next_room=200, needed=35, leading=10, most=2) == expected

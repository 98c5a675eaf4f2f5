"""What stands in the text and once more, set apart, is a pull quote."""

import pytest

from publisher.reading.finishing.quotations import RunningText

SAID = "Cây cầu này là của tất cả mọi người ở hai bên bờ sông"


@pytest.mark.parametrize(
    ("text", "again"),
    [
        pytest.param(f"“{SAID.upper()}.”", True, id="case and marks do not count"),
        pytest.param(f"{SAID} Trẹm", False, id="other words"),
        pytest.param("x" * 23, False, id="23 characters"),
        pytest.param("x" * 24, True, id="24 characters"),
        pytest.param("x" * 400, True, id="400 characters"),
        pytest.param("x" * 401, False, id="401 characters"),
    ],
)
def test_a_short_text_that_the_running_text_holds_is_said_again(text: str, again: bool) -> None:
    running = RunningText([f"Ông nói: “{SAID}”, rồi cảm ơn.", "x" * 500])

    assert running.says_again(text, among=False) is again


def test_a_paragraph_of_the_text_is_said_again_when_it_stands_there_twice() -> None:
    assert RunningText([SAID]).says_again(SAID, among=True) is False
    assert RunningText([SAID, f"Ông nói: “{SAID}”."]).says_again(SAID, among=True) is True


def test_only_the_start_of_an_overlong_text_is_looked_through() -> None:
    before = len(f"\n{SAID}")

    assert RunningText(["y" * (200_000 - before), SAID]).says_again(SAID, among=False) is True
    assert RunningText(["y" * (200_001 - before), SAID]).says_again(SAID, among=False) is False

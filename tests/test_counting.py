"""A number and its noun agree."""

import re
from pathlib import Path

import pytest

from publisher.counting import counted, noun, spelled

PACKAGE = Path(__file__).parents[1] / "publisher"


@pytest.mark.parametrize(
    ("number", "told", "within_a_sentence"),
    [
        (0, "0 pages", "0 pages"),
        (1, "1 page", "one page"),
        (2, "2 pages", "2 pages"),
        (1_234_567, "1234567 pages", "1234567 pages"),
    ],
)
def test_one_is_singular_and_all_others_are_plural(number, told, within_a_sentence):
    assert counted(number, "page") == told
    assert spelled(number, "page") == within_a_sentence


def test_a_plural_that_is_no_s_and_a_verb_are_given():
    assert [counted(number, "story", "stories") for number in (1, 2)] == ["1 story", "2 stories"]
    assert [spelled(number, "page was", "pages were") for number in (1, 2)] == ["one page was", "2 pages were"]
    assert [noun(number, "caption") for number in (1, 2)] == ["caption", "captions"]


def test_a_part_of_a_second_is_told_as_it_is():
    assert [counted(seconds, "second") for seconds in (1.0, 0.5, 30.0)] == ["1 second", "0.5 seconds", "30 seconds"]


def test_no_module_makes_plurals_of_its_own():
    own = re.compile(r"""\{?["']["'] if [^{}]* == 1 else ["']s["']""")

    assert [path.name for path in PACKAGE.rglob("*.py") if own.search(path.read_text(encoding="utf-8"))] == []

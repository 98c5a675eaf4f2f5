"""What is said of a file that is not there."""

from pathlib import Path

import pytest

from publisher.siblings import near_sibling, sibling_hint


def make(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)


def test_the_hint_offers_the_near_match(tmp_path: Path) -> None:
    make(tmp_path, "bai-10.txt", "anh.jpg")

    assert sibling_hint(tmp_path / "bai-1.txt") == "Did you mean 'bai-10.txt'?"


def test_the_hint_lists_the_few_names_that_there_are(tmp_path: Path) -> None:
    make(tmp_path, "b.txt", "a.txt", "odd\nname.txt")

    assert sibling_hint(tmp_path / "khong-co") == "There is: a.txt, b.txt."


def test_the_hint_lists_no_more_names_than_a_line_holds(tmp_path: Path) -> None:
    make(tmp_path, *(f"{letter}{letter}.txt" for letter in "abcdefghi"))

    assert sibling_hint(tmp_path / "khong-co") == "Check the name."


def test_the_hint_is_about_the_first_folder_that_is_missing(tmp_path: Path) -> None:
    make(tmp_path, "examples/vi/a.txt")

    assert sibling_hint(tmp_path / "exmaples/vi/a.txt") == "Did you mean 'examples'?"


def test_in_an_empty_folder_there_is_nothing_to_offer(tmp_path: Path) -> None:
    assert sibling_hint(tmp_path / "a.txt") == "Check the name."


@pytest.mark.parametrize(("name", "hint"), [("bai-1.txt", "Did you mean 'bai-10.txt'?"), ("khong-co", "Look.")])
def test_a_near_match_or_the_sentence_given(name: str, hint: str, tmp_path: Path) -> None:
    make(tmp_path, "bai-10.txt")

    assert near_sibling(tmp_path / name, "Look.") == hint

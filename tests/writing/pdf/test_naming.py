"""Names that are looked for all at once are those that would be found one by one."""

from hypothesis import given
from hypothesis import strategies as st

from publisher.writing.pdf.naming import Names

NAMES = st.lists(st.text("ab/.", min_size=1, max_size=6), unique=True, max_size=8)


@given(NAMES, st.text('ab/."', max_size=60))
def test_those_are_found_that_stand_in_the_text(names: list[str], text: str) -> None:
    assert Names(names).in_text(text) == {name for name in names if name in text}


def test_one_is_found_that_begins_in_another() -> None:
    names = ["a/a/a", "a/a/b"]

    assert Names(names).in_text("a/a/a/b") == set(names)


def test_names_in_names_are_found_too() -> None:
    names = ["pictures/a.jpg", "pictures/a.jpg.png", "a.jpg", "pictures/b+.svg", "pictures/bb.svg"]

    assert Names(names).in_text('<img src="pictures/a.jpg.png"/><img src="pictures/bb.svg"/>') == {
        "pictures/a.jpg",
        "pictures/a.jpg.png",
        "a.jpg",
        "pictures/bb.svg",
    }

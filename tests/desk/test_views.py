"""What is shown of a desk."""

import pytest

from publisher.desk.views import format_of, place_in


@pytest.mark.parametrize(
    ("message", "place"),
    [
        ("/x/themes/own/theme.toml, line 3: there is no 'extend'.", {"file": "/x/themes/own/theme.toml", "line": 3}),
        ("own:print.css, line 12: ignored `colr: red`", {"file": "print.css", "line": 12}),
        ("the PDF could not be made: the engine was killed", None),
    ],
)
def test_a_mistake_of_a_theme_is_at_its_file_and_line(message, place):
    assert place_in(message) == place


@pytest.mark.parametrize(
    ("file", "name"),
    [("a.txt", "texts"), ("A.DOCX", "Word documents"), ("b/c.mhtml", "web archives"), ("d", "plain text")],
)
def test_a_page_is_called_by_its_format(file, name):
    assert format_of(file) == name

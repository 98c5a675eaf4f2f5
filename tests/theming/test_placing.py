"""Each line of a joined style sheet knows the theme's file and line that it came from."""

from publisher.theming.placing import marked, unmarked
from tests.theming.issues import bare, make_theme, rendered
from tests.writing.pdf.making import written

SHEET = """\
{% include "brief:print.css" %}

.kicker { colr: red }
{% for side in ("left", "right") %}
.{{ side }} {
  widht: 1em
}
{% endfor %}
/* A comment
   of two lines */
"""


def test_marks_are_put_at_lines_that_may_be_printed_and_taken_out_again():
    template = "a {\n  {% if x %}\n{{ b(\n1) }}\n{# c\nd #}e\n}"

    text, places = unmarked(marked(template, "own:a.css"))

    assert text == template
    assert places == tuple(f"own:a.css, line {number}" for number in (1, 1, 3, 3, 3, 3, 7))


def test_what_the_engine_says_of_a_sheet_names_the_themes_file_and_line(tmp_path):
    make_theme(tmp_path, **{"print.css": SHEET})

    first, again = (written(rendered(bare(), "own", search=(tmp_path,))) for _ in range(2))

    assert [problem.message for problem in first.problems] == [
        "own:print.css, line 3: ignored `colr: red`, unknown property.",
        "own:print.css, line 6: ignored `widht: 1em`, unknown property.",
    ]
    assert again == first


def test_no_sheet_holds_a_mark_and_only_that_of_print_tells_its_places():
    print_, ebook = (rendered(bare(), "compilation", target) for target in ("print", "ebook"))

    sheets = [asset.data.decode() for asset in (*print_.stylesheets, *ebook.stylesheets)]
    assert [sheet for sheet in sheets if "\ufdd0" in sheet or "\ufdd1" in sheet] == []
    assert len(print_.sheet_places) == sheets[0].count("\n") + 1
    assert ebook.sheet_places == ()
    assert {place.partition(",")[0] for place in print_.sheet_places} >= {"compilation:print.css", "base:print.css"}

"""``desk.toml`` written anew keeps what people wrote beside its lines."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from publisher.config import DeskSettings, dump_desk, parse_desk
from publisher.desk.rewriting import rewritten

BEFORE = """\
# Our week. Ask Minh before the title is changed.
[issue]
title = "Điểm tin"   # as on the letterhead
order = "given"      # by hand

# The house's own.
[theme]
name = "brief"

[[outputs]]
file = "a.pdf" # for the board

[[articles]]
# The bridge first, always.
file = "cau.txt"

[[articles]]
file = "rau.txt"
left_out = true # until Friday
"""

AFTER = """\
# Our week. Ask Minh before the title is changed.
[issue]
title = "Khác"   # as on the letterhead
order = "given"      # by hand
number = "3"

# The house's own.
[theme]
name = "brief"

[theme.options]
accent = "#123456"

[[outputs]]
file = "a.pdf" # for the board

[[articles]]
file = "rau.txt"
section = "A"

[[articles]]
# The bridge first, always.
file = "cau.txt"
"""


def parsed(text: str) -> DeskSettings:
    return parse_desk(text.encode(), Path("desk.toml"))


def test_only_what_changed_is_written_anew():
    desk = parsed(BEFORE)
    first, second = desk.articles
    changed = replace(
        desk,
        issue=replace(desk.issue, title="Khác", number="3"),
        theme=replace(desk.theme, options={"accent": "#123456"}),
        articles=(replace(second, left_out=False, section="A"), first),
    )

    assert rewritten(BEFORE.encode(), desk).decode() == BEFORE
    assert rewritten(BEFORE.encode(), changed).decode() == AFTER
    assert rewritten(rewritten(AFTER.encode(), desk), changed).decode() == AFTER


@pytest.mark.parametrize(
    "before",
    [
        'issue.title = "A" # dotted\n',
        'issue = { title = "A" } # in one line\n',
        'articles = [{ file = "a.txt" }, { file = "b.txt" }] # in one line\n',
        '# above\n\n[[articles]]\nfile = "a.txt"\nkey = "k"\n# below\n\n[[articles]]\nfile = "a.txt"\nkey = "l"\n',
        '[[articles]]\nfile = "a.txt"\n[[articles.pictures]] # one\nfile = "b.jpg"\nalt = "B"\n',
        "# nothing but this\n",
    ],
)
def test_however_a_file_is_written_what_is_decided_is_in_it(before):
    desk = parsed(before)
    changed = (
        replace(desk, issue=replace(desk.issue, title="B", pages=4, fit=True)),
        replace(desk, articles=tuple(reversed(desk.articles))),
        replace(desk, articles=tuple(replace(each, section="S", pictures=()) for each in desk.articles)),
        DeskSettings(),
    )

    assert [parsed(rewritten(before.encode(), each).decode()) for each in changed] == list(changed)


def test_a_file_without_comments_is_as_the_desk_writes_it():
    desk = parsed('[issue]\ntitle = "A"\norder = "given"\n')

    assert rewritten(b'[issue]\norder   =   "given"\n', desk) == dump_desk(desk) == b'[issue]\ntitle = "A"\n'

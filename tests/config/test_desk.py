"""``desk.toml``: what it becomes, how it is written, and what is said when it is wrong."""

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publisher.config import (
    ArticleSettings,
    DeskSettings,
    DeskTheme,
    IssueSettings,
    OutputSettings,
    PictureSettings,
    dump_desk,
    load_desk,
    parse_desk,
)
from publisher.config.settings import PressSettings
from publisher.errors import ConfigError

FULL = DeskSettings(
    issue=IssueSettings(
        title='Điểm "tin"', number="12", date=dt.date(2026, 3, 21), sections=("Trong nước",), pages=4, fit=True
    ),
    theme=DeskTheme(name="gazette", folders=(Path("themes"),), options={"accent": "#14415f"}),
    outputs=(
        OutputSettings(file="a.pdf", press=PressSettings(bleed_mm=5.0)),
        OutputSettings(file="a.epub", profile="kobo"),
    ),
    articles=(
        ArticleSettings(file="b/c.txt", section="", teasers_out=("*",), cut_after="Vốn"),
        ArticleSettings(
            file="f.rss",
            key="https://bao.example/1",
            left_out=True,
            pictures=(PictureSettings(file="x.jpg", alt="X", crop=(0.0, 0.1, 0.5, 1.0)),),
        ),
    ),
)


def test_what_is_written_is_read_again():
    assert parse_desk(dump_desk(FULL), Path("desk.toml")) == FULL


def test_what_is_as_it_is_anyway_is_not_written():
    assert dump_desk(DeskSettings()) == b"\n"
    assert dump_desk(DeskSettings(articles=(ArticleSettings(file="a.txt"),))).decode() == (
        '[[articles]]\nfile = "a.txt"\n'
    )


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_any_words_survive(words):
    table = parse_desk(dump_desk(DeskSettings(issue=IssueSettings(title=words))), Path("desk.toml"))
    again = parse_desk(dump_desk(table), Path("desk.toml"))

    assert again == table


def test_paths_are_taken_from_the_folder_of_the_file(tmp_path):
    path = tmp_path / "desk.toml"
    path.write_bytes(dump_desk(FULL))

    assert load_desk(path).theme.folders == (tmp_path / "themes",)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[isue]", "desk.toml, line 1: the file has no key 'isue'. Did you mean 'issue'?"),
        (
            "[issue]\norder = 'x'",
            "desk.toml, line 2: issue.order does not take 'x'. There is: given, newest, oldest.",
        ),
        ("[issue]\npages = 0", "desk.toml, line 2: issue.pages takes a whole number >= 1"),
        ("[issue]\nlanguage = '?'", "desk.toml, line 2: issue.language takes a language tag such as vi or en-GB"),
        (
            "[issue]\nfit = true",
            "desk.toml, line 1: issue: it is to fit, and no number of pages says into what",
        ),
        ("[[articles]]\nfile = '../x'", "desk.toml, line 2: articles.file takes a file of the folder"),
        ("[[articles]]\nfile = '/x'", "desk.toml, line 2: articles.file takes a file of the folder"),
        (
            "[[articles]]\nfile = 'x'\npictures = [{ file = 'y', crop = [0.5, 0, 0.5, 1] }]",
            "desk.toml, line 3: articles.pictures: a crop is left, top, right and bottom, and nothing is in this one",
        ),
        (
            "[[articles]]\nfile = 'x'\npictures = [{ file = 'y', crop = [0, 0, 2, 1] }]",
            "desk.toml, line 3: articles.pictures.crop takes a part from 0 to 1",
        ),
        (
            "[[articles]]\nfile = 'x'\n[[articles]]\nfile = 'x'",
            "desk.toml, line 4: 'x' stands there twice. Remove one of them.",
        ),
        (
            "[[outputs]]\nfile = 'a.epub'\npress = {}",
            "desk.toml, line 2: 'a.epub' cannot be made for a press: only a PDF can. Take the press away.",
        ),
    ],
)
def test_a_mistake_is_one_line_with_its_place(text, message):
    with pytest.raises(ConfigError) as caught:
        parse_desk(text.encode(), Path("desk.toml"))

    assert str(caught.value) == message


def test_a_missing_file_is_told(tmp_path):
    with pytest.raises(ConfigError) as caught:
        load_desk(tmp_path / "desk.toml")

    assert str(caught.value) == (
        f"cannot read the settings {tmp_path / 'desk.toml'}: no such file or directory. Name a desk.toml"
    )

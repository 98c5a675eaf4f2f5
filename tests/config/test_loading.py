"""``digest.toml``: what it becomes, and what is said when it is wrong."""

from pathlib import Path

import pytest

from publisher.config import OutputSettings, Place, SeriesSettings, Settings, Shelf, load_settings, starter
from publisher.errors import ConfigError
from publisher.lines import line_of

LEAST = """\
[series]
title = "Tuần tin"
name = "tuan-tin"
language = "vi"

[[sources]]
from = "pages/{week}"

[[outputs]]
file = "tin-{week}.epub"

[shelf]
folder = "shelf"
"""


def load(folder: Path, text: str) -> Settings:
    path = folder / "digest.toml"
    path.write_text(text, encoding="utf-8")
    return load_settings(path)


def test_paths_are_taken_from_the_folder_of_the_file(tmp_path):
    settings = load(tmp_path, LEAST)

    assert (settings.series, settings.sources, settings.outputs, settings.shelf) == (
        SeriesSettings(title="Tuần tin", name="tuan-tin", language="vi"),
        (Place(from_=str(tmp_path / "pages" / "{week}")),),
        (OutputSettings(file="tin-{week}.epub"),),
        Shelf(folder=tmp_path / "shelf"),
    )
    assert settings.files.ledger == tmp_path / "ledger.sqlite"


def test_an_address_stays_as_it_is(tmp_path):
    settings = load(tmp_path, LEAST.replace("pages/{week}", "https://bao.example/{x}?q=a/b"))

    assert settings.sources[0].from_ == "https://bao.example/{x}?q=a/b"


def test_the_starter_is_settings(tmp_path):
    settings = load(tmp_path, starter())

    assert [output.file for output in settings.outputs] == ["tuan-tin-{week}.epub", "tuan-tin-{week}.pdf"]


def test_all_that_the_starter_shows_as_possible_is_possible(tmp_path):
    lines = starter().splitlines()
    examples = [line.removeprefix("# ") if " = " in line or line.startswith("# [") else line for line in lines]

    settings = load(tmp_path, "\n".join(examples))

    assert settings.mail is not None
    assert settings.outputs[2].press is not None
    assert settings.selection.keywords == ("cầu", "phà")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        pytest.param("name =", "nam =", "line 3: [series] has no key 'nam'. Did you mean 'name'?", id="unknown key"),
        pytest.param(
            "[shelf]", "[shlf]", "line 12: the file has no key 'shlf'. Did you mean 'shelf'?", id="unknown table"
        ),
        pytest.param('folder = "shelf"', "", "line 12: [shelf] lacks 'folder'. Add it.", id="missing key"),
        pytest.param(
            'title = "Tuần tin"', "title = 3", "line 2: series.title takes a text, not a whole number", id="type"
        ),
        pytest.param(
            'name = "tuan-tin"', 'name = "Tuần"', "line 3: series.name takes a name such as tuan-tin", id="pattern"
        ),
        pytest.param(
            '"shelf"\n', '"shelf"\nkeep = 0\n', "line 14: shelf.keep takes a whole number >= 1", id="too small"
        ),
        pytest.param(
            "[shelf]",
            '[selection]\norder = "newst"\n[shelf]',
            "line 13: selection.order does not take 'newst'. Did you mean 'newest'?",
            id="choice",
        ),
        pytest.param(
            '"vi"',
            '"vi"\ntimezone = "Asia/Hanoi"',
            "line 5: there is no time zone 'Asia/Hanoi'. Take one such as Asia/Ho_Chi_Minh or UTC.",
            id="time zone",
        ),
        pytest.param(
            "tin-{week}.epub",
            "tin-{weak}.epub",
            "line 10: 'tin-{weak}.epub' has braces that name nothing. There is: {number}, {week}, {year}.",
            id="braces",
        ),
        pytest.param(
            "tin-{week}.epub",
            "../tin.epub",
            "line 10: outputs.file takes a file name that ends in .pdf or .epub",
            id="output outside",
        ),
        pytest.param(
            'epub"',
            'epub"\npress = {}',
            "line 10: 'tin-{week}.epub' cannot be made for a press: only a PDF can. Take the press away.",
            id="press of an e-book",
        ),
        pytest.param(
            "[shelf]",
            '[policy]\nempty = "publish"\n[shelf]',
            "line 12: policy: an empty issue is to be published, and there is no notice that it could hold",
            id="no notice",
        ),
        pytest.param(
            "[shelf]",
            "[fetch]\nallow_private = true\n[shelf]",
            'line 13: fetch.allow_private takes a list of hosts such as ["wiki.lan"], without http:// and port, '
            "not true or false",
            id="hosts that are a flag",
        ),
        pytest.param(
            "[shelf]",
            '[fetch]\nallow_private = ["http://wiki.lan"]\n[shelf]',
            'line 13: fetch.allow_private takes a list of hosts such as ["wiki.lan"], without http:// and port',
            id="a host that is none",
        ),
        pytest.param('"vi"', "vi", "line 4: this is not TOML: invalid value. Mend the line.", id="no TOML"),
    ],
)
def test_a_mistake_is_one_line_with_its_place(tmp_path, old, new, message):
    with pytest.raises(ConfigError) as raised:
        load(tmp_path, LEAST.replace(old, new, 1))

    assert str(raised.value) == f"{tmp_path / 'digest.toml'}, {message}"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        pytest.param(b"", "line 1: the file lacks 'series'. Add it.", id="empty"),
        pytest.param(b"\n\xff", "line 2: the file is not UTF-8. Save it as such.", id="no UTF-8"),
    ],
)
def test_a_file_that_holds_nothing_of_use_says_so(tmp_path, data, message):
    path = tmp_path / "digest.toml"
    path.write_bytes(data)

    with pytest.raises(ConfigError) as raised:
        load_settings(path)

    assert str(raised.value) == f"{path}, {message}"


def test_a_missing_file_names_the_way_to_get_one(tmp_path):
    with pytest.raises(ConfigError) as raised:
        load_settings(tmp_path / "none.toml")

    assert str(raised.value) == (
        f"cannot read the settings {tmp_path / 'none.toml'}: no such file or directory. Name a digest.toml"
    )


TOML = '''\
# a comment = 1
top = """
[not.a.table]
key = 1
"""
list = [
  "a = 1",
  "]",  # ]
]

[one.two]   # comment
"quoted key" = { inner = 1 }

[[many]]
a = 1
[[many]]
a.b = 2
[many.deep]
c = 3
'''


@pytest.mark.parametrize(
    ("keys", "line"),
    [
        (("top",), 2),
        (("list",), 6),
        (("list", 1), 6),
        (("one", "two"), 11),
        (("one", "two", "quoted key", "inner"), 12),
        (("one", "two", "missing"), 11),
        (("many", 0, "a"), 15),
        (("many", 1), 16),
        (("many", 1, "a", "b"), 17),
        (("many", 1, "deep", "c"), 19),
        (("nowhere",), 1),
        ((), 1),
    ],
)
def test_a_key_is_found_on_its_line(keys, line):
    assert line_of(TOML, keys) == line

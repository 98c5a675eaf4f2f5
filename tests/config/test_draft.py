"""All mistakes of a file of settings at once."""

from pathlib import Path

from publisher.config import load_settings, read_draft, starter

BAD = """\
[series]
title = 3
timezone = "Asia/Hanoi"

[[sources]]
fro = "pages"

[[sources]]
from = "pages/{wek}"
limit = 0

[[outputs]]
file = "a.docx"

[[outputs]]
file = "tin.epub"

[[outputs]]
file = "Tin.epub"

[shlf]
folder = "shelf"

[selection]
keywords = ["a", 3]
order = "newst"

[policy]
empty = "publish"

[mail]
host = "smtp.example"
"""


def draft(folder: Path, text: str):
    path = folder / "digest.toml"
    path.write_text(text, encoding="utf-8")
    return read_draft(path)


def test_one_mistake_does_not_hide_the_others_and_none_follows_from_another(tmp_path):
    found = sorted((each.line, each.message) for each in draft(tmp_path, BAD).mistakes)

    assert found == [
        (1, "[series] lacks 'language'. Add it."),
        (1, "[series] lacks 'name'. Add it."),
        (2, "series.title takes a text, not a whole number"),
        (3, "there is no time zone 'Asia/Hanoi'. Take one such as Asia/Ho_Chi_Minh or UTC."),
        (6, "[sources] has no key 'fro'. Did you mean 'from'?"),
        (9, "'pages/{wek}' has braces that name nothing. There is: {number}, {week}, {year}."),
        (10, "sources.limit takes a whole number >= 1"),
        (13, "outputs.file takes a file name that ends in .pdf or .epub"),
        (19, "two outputs are called 'Tin.epub'. Give each its own name."),
        (21, "the file has no key 'shlf'. Did you mean 'shelf'?"),
        (25, "selection.keywords takes a text, not a whole number"),
        (26, "selection.order does not take 'newst'. Did you mean 'newest'?"),
        (28, "policy: an empty issue is to be published, and there is no notice that it could hold"),
        (31, "[mail] lacks 'recipients'. Add it."),
        (31, "[mail] lacks 'sender'. Add it."),
    ]


def test_what_stands_right_is_kept_and_the_rest_is_doubtful(tmp_path):
    read = draft(tmp_path, BAD)

    assert read.settings.outputs[1].file == "tin.epub"
    assert read.settings.sources[1].limit is None
    assert not read.is_doubtful(("outputs", 1, "file"))
    assert read.is_doubtful(("outputs", 0, "file"))
    assert read.is_doubtful(("shelf", "folder"))
    assert read.is_doubtful(("sources", 0, "from"))


def test_of_an_empty_file_all_is_missing_and_stood_in_for(tmp_path):
    read = draft(tmp_path, "[[mail.recipients]]\n")

    assert [each.message for each in read.mistakes] == [
        "[mail.recipients] lacks 'address'. Add it.",
        "[mail] lacks 'host'. Add it.",
        "[mail] lacks 'sender'. Add it.",
        "the file lacks 'series'. Add it.",
        "the file lacks 'sources'. Add it.",
        "the file lacks 'outputs'. Add it.",
        "the file lacks 'shelf'. Add it.",
    ]


def test_good_settings_are_those_that_are_loaded(tmp_path):
    read = draft(tmp_path, starter())

    assert (read.settings, read.mistakes) == (load_settings(tmp_path / "digest.toml"), ())

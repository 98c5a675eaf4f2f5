"""Suffixes and targets."""

from pathlib import Path

import pytest

from publisher.errors import OutputError
from publisher.writing import TARGETS, target_for


def test_the_suffixes_that_exist():
    assert dict(TARGETS) == {".pdf": "print", ".epub": "ebook"}


@pytest.mark.parametrize(
    ("name", "target"),
    [("brief.pdf", "print"), ("số 42.EPUB", "ebook"), ("a.tar.pdf", "print"), ("folder.pdf/a.epub", "ebook")],
)
def test_a_suffix_gives_its_target(name, target):
    assert target_for(Path(name)) == target


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("a.docx", "cannot write a.docx: '.docx' names no format that is made here. There is: .epub, .pdf."),
        ("a.epb", "cannot write a.epb: '.epb' names no format that is made here. Did you mean '.epub'?"),
        ("brief", "cannot write brief: it has no suffix to name a format. There is: .epub, .pdf."),
        (".pdf", "cannot write .pdf: it has no suffix to name a format. There is: .epub, .pdf."),
    ],
)
def test_another_suffix_names_those_that_exist(name, message):
    with pytest.raises(OutputError) as caught:
        target_for(Path(name))

    assert str(caught.value) == message

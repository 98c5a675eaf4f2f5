"""The table of formats is all there is to know of one: a reader is a module, a row and a folder of cases."""

import ast
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from importlib import metadata
from pathlib import Path

import pytest

import publisher
from publisher.errors import InputError
from publisher.model import Source
from publisher.model.formats import FORMATS, UNREAD, Format, format_for, unread_for
from publisher.reading import read

PACKAGE = Path(publisher.__file__).parent
ROWS = [pytest.param(form, id=form.media_type) for form in FORMATS]

ROW = """\
    Format(
        media_type="application/x-ballad",
        name="ballads",
        suffixes=(".ballad",),
        opening=rb"BALLAD",
        reader="ballad",
        takes="text",
        extra="ballads",
        packages=("balladry",),
    ),
"""
READER = '''
"""Ballads: a title, and verses."""

from publisher.model import Article, Paragraph, Text
from publisher.reading.finishing import finish
from publisher.reading.trace import Mark, Trace


def read(source, decoded, known):
    import {library}
    trace = Trace(decoded.lines)
    trace.mark(2, "headline", "headline.position")
    _, title, *verses = decoded.lines
    body = tuple(Paragraph(inlines=(Text(text=verse),)) for verse in verses)
    article = Article(headline=title, language="und", body=body)
    return finish(source, [article], trace.lines(Mark("paragraph", "body.paragraph")))
'''
BALLAD = "BALLAD\nCon cò bay lả\nBay từ cửa phủ\n"


def run(house: Path, *arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    """Run the command of a copy of the package."""
    return subprocess.run(
        [sys.executable, "-m", "publisher", *arguments],
        cwd=house,
        env={**os.environ, "PYTHONPATH": str(house)},
        input=stdin,
        capture_output=True,
        text=True,
        check=False,
    )


def house_with_ballads(folder: Path, library: str) -> Path:
    """A copy of the package with one more row and one more module, and a ballad beside it."""
    shutil.copytree(PACKAGE, folder / "publisher", ignore=shutil.ignore_patterns("__pycache__", "themes"))
    table = folder / "publisher/model/formats.py"
    text = table.read_text()
    assert text.count("FORMATS = (\n") == 1
    table.write_text(text.replace("FORMATS = (\n", f"FORMATS = (\n{ROW}"))
    (folder / "publisher/reading/ballad.py").write_text(READER.format(library=library))
    (folder / "songs").mkdir()
    (folder / "songs/co.ballad").write_text(BALLAD)
    return folder


@pytest.mark.sample(2)
@pytest.mark.parametrize(
    ("reference", "stdin"), [pytest.param("songs", "", id="by suffix"), pytest.param("-", BALLAD, id="by its opening")]
)
def test_a_module_and_a_row_are_a_new_format(tmp_path: Path, reference: str, stdin: str) -> None:
    house = house_with_ballads(tmp_path, library="json")

    got = run(house, "read", reference, "--format", "json", stdin=stdin)

    assert got.stderr == ""
    article = json.loads(got.stdout)
    assert (article["headline"], article["origin"], [block["inlines"][0]["text"] for block in article["body"]]) == (
        "Con cò bay lả",
        reference if stdin else "songs/co.ballad",
        ["Bay từ cửa phủ"],
    )


def test_a_row_decides_what_to_install_and_what_a_remembered_reading_hangs_on(tmp_path: Path) -> None:
    house = house_with_ballads(tmp_path, library="balladry")
    question = "from publisher.packages import READING_PACKAGES; print('balladry' in READING_PACKAGES)"

    got = run(house, "read", "songs/co.ballad")
    asked = subprocess.run([sys.executable, "-c", question], cwd=house, capture_output=True, text=True, check=True)

    assert (
        got.stderr
        == "publisher: cannot read songs/co.ballad: ballads need balladry. Install publisher-toolkit[ballads].\n"
    )
    assert asked.stdout == "True\n"


@pytest.mark.parametrize(
    ("name", "media_type", "library", "message"),
    [
        ("bao.html", "text/html", "lxml", "web pages need trafilatura and lxml. Install publisher-toolkit[html]."),
        (
            "bao.html",
            "text/html",
            "trafilatura",
            "web pages need trafilatura and lxml. Install publisher-toolkit[html].",
        ),
        (
            "tin.rss",
            "application/rss+xml",
            "feedparser",
            "feeds need feedparser and lxml. Install publisher-toolkit[feeds].",
        ),
    ],
)
def test_a_missing_extra_is_named(
    name: str, media_type: str, library: str, message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, library, None)

    with pytest.raises(InputError) as caught:
        read(Source(name=name, media_type=media_type, data=b"<html><p>C\xc3\xa2u.</p></html>"))

    assert str(caught.value) == f"cannot read {name}: {message}"


def test_no_two_formats_share_a_media_type_a_suffix_or_what_servers_call_them() -> None:
    names = [name for form in FORMATS for name in (form.media_type, *form.also_served_as, *form.suffixes)]

    assert len(names) == len(set(names))
    assert [name for name in names if name != name.lower()] == []
    assert [format_for(form.media_type) for form in FORMATS] == list(FORMATS)
    assert format_for("image/png") is None


@pytest.mark.parametrize("form", ROWS)
def test_an_extra_installs_what_the_format_needs(form: Format) -> None:
    project = tomllib.loads((PACKAGE.parent / "pyproject.toml").read_text())["project"]
    extras = project["optional-dependencies"]
    needed = extras[form.extra] if form.extra else project["dependencies"]
    installed = {re.split(r"[<>=!~ ]", requirement)[0] for requirement in needed}

    assert set(form.packages) - installed == set()


@pytest.mark.sample(6)
@pytest.mark.parametrize("form", ROWS)
def test_every_library_that_a_reader_imports_decides_what_it_reads(form: Format) -> None:
    """Only the reader's own room is looked at: a feed's markup is read in that of web pages."""
    spec = importlib.util.find_spec(f"publisher.reading.{form.reader}")
    assert spec is not None
    assert spec.origin is not None
    origin = Path(spec.origin)
    files = origin.parent.glob("*.py") if origin.name == "__init__.py" else [origin]
    imported = set()
    for path in files:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Import):
                imported |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom):
                imported.add((node.module or "").partition(".")[0])
    libraries = imported - sys.stdlib_module_names - {"publisher", "msgspec"}
    owners = metadata.packages_distributions()
    packages = {package.lower() for library in libraries for package in owners[library]}

    assert packages - set(form.packages) == set()


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"%PDF-1.7\n", "a PDF document"),
        (b"PK\x03\x04" + bytes(26) + b"mimetypeapplication/epub+zip", "an e-book"),
        (b"PK\x03\x04" + bytes(26) + b"mimetypeapplication/vnd.oasis.opendocument.text", "an OpenDocument file"),
        (b"{\\rtf1\\ansi C\\u7847?u", "a rich text document"),
        (b"PK\x03\x04" + bytes(26) + b"[Content_Types].xml" + bytes(90) + b"xl/a.xml", "a workbook or a presentation"),
        (b"PK\x03\x04" + bytes(26) + b"_rels/.rels" + bytes(90) + b"ppt/a.xml", "a workbook or a presentation"),
        (b'<?xml version="1.0"?>\n<opml version="2.0">', "a list of feeds"),
        (b"PK\x03\x04" + bytes(26) + b"a.txt", "an archive"),
        (b"\x1f\x8b\x08", "an archive"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Word document"),
        (b"bplist00\xd1", "a web archive of Safari"),
        (b"\xff\xd8\xff\xe0", "a JPEG picture"),
        (b"\x89PNG\r\n\x1a\n", "a PNG picture"),
        (b"GIF89a", "a GIF picture"),
        (b"RIFF\x10\x00\x00\nWEBP", "a WebP picture"),
        (b"\x00\x00\x00\x18ftypheic", "a HEIC or AVIF picture"),
    ],
)
@pytest.mark.parametrize("media_type", ["text/plain", "text/markdown", "text/html"])
def test_what_is_no_article_is_an_error_that_says_what_to_do(data: bytes, name: str, media_type: str) -> None:
    advice = next(each.advice for each in UNREAD if each.name == name)

    with pytest.raises(InputError) as caught:
        read(Source(name="bai", data=data, media_type=media_type))

    assert str(caught.value) == f"bai is {name}, which is not read. {advice}."


def test_text_is_taken_for_nothing_else() -> None:
    assert [unread_for(data) for data in (b"", b"PDF", b"GIF8 ", "Ảnh".encode("utf-16"), b"RIFF 1234")] == [None] * 5

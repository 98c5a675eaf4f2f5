"""Whatever a stranger's page holds, what is read of it can be written as EPUB and PDF, and printed."""

import html
import io
import json
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from publisher.cli import cli
from publisher.errors import InputError
from publisher.model import IssuePlan, Source
from publisher.model.characters import admit, shown
from publisher.model.formats import ODT, RTF
from publisher.pipeline import Edition, Request, outputs_for, publish
from publisher.reading import read
from tests.reading.odt.building import flat, p
from tests.reading.rtf import building as rtf

CONTROLS = "\x00\x01\x08\x0b\x1b\x1f\x7f\x80\x85\x9b\u2028\u202a\u202e\u2066\u2069"
NASTY = f"{CONTROLS}\ufdd0\ufffe\uffff\U0001fffe\u0301\u0301\u0344"
characters = st.sampled_from(NASTY + "aắ\u05d0\u0627 <&\"'\U0001f600")
words = st.lists(st.text(characters, max_size=12), min_size=4, max_size=4)
few = {"suppress_health_check": [HealthCheck.function_scoped_fixture, HealthCheck.too_slow], "deadline": None}

ALL = [NASTY[at::4] + "ab" + "\u0301" * 50 for at in range(4)]
"""Each of them at once: where few examples can be afforded, none is left out."""


def pages(nasty: list[str]) -> dict[str, bytes]:
    """A page for each reader with the nasty words in its headline, its metadata, its text and its addresses."""
    one, two, three, four = nasty
    lines = [f"The bridge {one} was opened.", f"It is {two} long and took {three} years.", f"Buses {four} cross it."]
    body = "\n\n".join(lines)
    matter = "".join(
        f"{name}: {json.dumps(value)}\n"
        for name, value in [("title", f"Bridge {one}"), ("author", two), ("publication", three), ("kicker", four)]
    )
    references = "".join(f"&#{ord(character)};" for character in "".join(nasty))
    paragraphs = "".join(f"<p>{html.escape(line)} and more words for a line.</p>" for line in lines)
    meta = html.escape(f"Bridge {two}")
    article = html.escape(f"<p>{three} It was opened on a Sunday, and buses crossed it.</p>")
    linked = html.escape(f"https://bao.example/{four}")
    word = "".join(character for character in one + two if character >= " " and character not in "\ufffe\uffff")
    return {
        "a.txt": f"Bridge {one} opened\n\n{body}".encode(errors="replace"),
        "b.md": f"---\n{matter}---\n\n{body}\n\n    code {two}\n\n[a link](<{linked}>) {references}\n".encode(),
        "c.html": (
            f"<html lang=en><head><title>{meta}</title><meta property='og:title' content='{meta}'>"
            f"<script type='application/ld+json'>{json.dumps({'@type': 'NewsArticle', 'headline': one})}</script>"
            f"</head><body><article><h1>{meta}{references}</h1>{paragraphs}"
            f"<p><a href='{linked}'>{html.escape(four)} on</a></p></article></body></html>"
        ).encode(),
        "d.atom": (
            f"<feed xmlns='http://www.w3.org/2005/Atom'><title>{html.escape(four)}</title><entry><title>{meta}{references}"
            f"</title><link href='{linked}'/><content type='html'>{article}</content></entry></feed>"
        ).encode(),
        "f.fodt": flat(p(html.escape(f"Bridge {word}")) + p(html.escape(f"It was opened {word} on a Sunday."))),
        "g.rtf": rtf.document(*(rtf.p(escaped(f"{each} It was opened on a Sunday.")) for each in (one, two, three))),
        "e.docx": document(html.escape(f"Bridge {word}"), html.escape(f"It was opened {word} on a Sunday.")),
    }


def escaped(text: str) -> bytes:
    """Any text in rich text, half of a character too."""
    halves = text.encode("utf-16-be", "surrogatepass")
    return b"".join(rb"\u%d?" % int.from_bytes(halves[at : at + 2], signed=True) for at in range(0, len(halves), 2))


def document(*paragraphs: str) -> bytes:
    """A Word document of paragraphs, given as markup."""
    text = "".join(f"<w:p><w:r><w:t>{each}</w:t></w:r></w:p>" for each in paragraphs)
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("word/document.xml", f"<w:document xmlns:w='{space}'><w:body>{text}</w:body></w:document>")
    return stream.getvalue()


def published(folder: Path, nasty: list[str], name: str) -> Path:
    """All of the pages that hold an article, as one file."""
    sources = folder / "pages"
    sources.mkdir(exist_ok=True)
    for file, data in pages(nasty).items():
        (sources / file).write_bytes(data)
    path = folder / name
    plan = IssuePlan(title=f"Week {nasty[0]}", number=nasty[1], series=nasty[2])
    edition = Edition(outputs=outputs_for([path]), theme="compilation")
    publish(Request(references=(str(sources),), edition=edition, plan=plan))
    return path


def texts_of(path: Path) -> list[ElementTree.Element]:
    """The documents of an e-book, each of which must be XML."""
    with zipfile.ZipFile(path) as book:
        members = [name for name in book.namelist() if name.endswith((".xhtml", ".opf", ".ncx"))]
        return [ElementTree.fromstring(book.read(name)) for name in members]  # noqa: S314 - our own


@given(words)
@settings(max_examples=25, **few)
def test_what_any_reader_gives_has_passed_the_gate(nasty: list[str]) -> None:
    kinds = {".txt": "text/plain", ".md": "text/markdown", ".html": "text/html", ".atom": "application/atom+xml"}
    kinds[".fodt"] = ODT
    kinds[".rtf"] = RTF
    kinds[".docx"] = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    for name, data in pages(nasty).items():
        try:
            reading = read(Source(name=name, data=data, media_type=kinds[Path(name).suffix]))
        except InputError as error:
            assert str(error)
            continue

        assert admit(reading) == (reading, 0)
        assert all(article.headline.strip() for article in reading.articles)


@given(words)
@settings(max_examples=4, **few)
def test_what_any_reader_gives_can_be_written_as_an_e_book(tmp_path_factory: pytest.TempPathFactory, nasty) -> None:
    path = published(tmp_path_factory.mktemp("book"), nasty, "week.epub")

    assert len(texts_of(path)) > 5


@pytest.mark.campaign
@given(st.lists(st.text(characters | st.characters(), max_size=30), min_size=4, max_size=4))
@settings(max_examples=60, **few)
def test_what_any_reader_gives_can_be_written_as_a_pdf(tmp_path_factory: pytest.TempPathFactory, nasty) -> None:
    path = published(tmp_path_factory.mktemp("file"), nasty, "week.pdf")

    assert path.read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize("name", ["week.epub", "week.pdf"])
def test_all_that_is_refused_can_be_read_and_written_at_once(tmp_path: Path, name: str) -> None:
    path = published(tmp_path, ALL, name)

    assert path.read_bytes()[:4] in (b"%PDF", b"PK\x03\x04")


@pytest.mark.parametrize("arguments", [[], ["--explain"], ["--format", "json"]])
@pytest.mark.parametrize("file", sorted(pages(ALL)))
def test_nothing_that_is_printed_steers_the_terminal(tmp_path: Path, file: str, arguments: list[str]) -> None:
    path = tmp_path / f"nas\x1b[2Jty {file}"
    path.write_bytes(pages(ALL)[file])

    result = CliRunner().invoke(cli, ["read", str(path), *arguments])

    assert result.exit_code in (0, 3), result.output
    lines = result.output.split("\n")
    assert [shown(line) for line in lines] == lines
    for line in result.stdout.splitlines() if "json" in arguments else ():
        assert json.loads(line)["headline"]


TYPED = [["--\x1b[2J"], ["read", "--\x9b2J"], ["brief", "a", "-o", "b.pdf", "--date", "\u202e"]]


@pytest.mark.parametrize("words_typed", TYPED)
def test_what_was_typed_is_repeated_harmlessly(words_typed: list[str]) -> None:
    result = CliRunner().invoke(cli, words_typed)

    assert result.exit_code == 2
    assert not set("\x1b\x9b\u202e") & set(result.output)

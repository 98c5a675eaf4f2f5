"""Each validator can say yes and no: a judge that finds nothing in a broken file proves nothing about ours."""

import zipfile
from pathlib import Path

import pikepdf
import pytest

from publisher.compiling import compile_issue
from publisher.model import Article, IssuePlan, Paragraph, Target, Text
from publisher.theming import load_theme, render
from publisher.writing import write
from tests.validators import ace, epubcheck, pdf_text, verapdf

pytestmark = pytest.mark.conformance


def made(target: Target, folder: Path) -> Path:
    body = (Paragraph(inlines=(Text(text="Sáng nay, cầu Ngòi Thia thông xe."),)),)
    article = Article(headline="Cầu Ngòi Thia thông xe", language="vi", body=body)
    rendition = render(compile_issue([article], IssuePlan()), load_theme("base"), target)
    path = folder / f"made.{'pdf' if target == 'print' else 'epub'}"
    path.write_bytes(write(rendition).data)
    return path


def spoilt(book: Path, old: bytes, new: bytes) -> Path:
    """The book with one text exchanged wherever it stands."""
    path = book.with_name("spoilt.epub")
    found = False
    with zipfile.ZipFile(book) as source, zipfile.ZipFile(path, "w") as target:
        for info in source.infolist():
            data = source.read(info)
            found |= old in data
            target.writestr(info, data.replace(old, new))
    assert found
    return path


def test_epubcheck_passes_a_book_and_fails_it_with_a_dead_link(tmp_path: Path) -> None:
    book = made("ebook", tmp_path)

    assert [message for message in epubcheck(book) if not message.startswith("USAGE")] == []
    assert any(
        "RSC-007" in message
        for message in epubcheck(spoilt(book, b'<a href="colophon.xhtml', b'<a href="missing.xhtml'))
    )


def test_ace_passes_a_book_and_fails_it_without_its_accessibility_metadata(tmp_path: Path) -> None:
    book = made("ebook", tmp_path)

    assert ace(book) == []
    assert any(
        "metadata-accessmode" in found for found in ace(spoilt(book, b'"schema:accessMode"', b'"schema:accessModel"'))
    )


def test_verapdf_passes_a_pdf_and_fails_it_without_its_title(tmp_path: Path) -> None:
    pdf = made("print", tmp_path)
    untitled = tmp_path / "untitled.pdf"
    with pikepdf.open(pdf) as opened:
        del opened.Root.StructTreeRoot
        opened.save(untitled)

    assert verapdf(pdf, "ua1") == []
    assert verapdf(untitled, "ua1") != []


def test_pdftotext_gives_each_page_its_text(tmp_path: Path) -> None:
    pages = pdf_text(made("print", tmp_path))

    assert len(pages) == 4
    assert "Sáng nay, cầu Ngòi Thia thông xe." in pages[2]

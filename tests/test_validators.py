"""Each validator can say yes and no: a judge that finds nothing in a broken file proves nothing about ours."""

import zipfile
from pathlib import Path

import pikepdf
import pytest

from publisher.compiling import compile_issue
from publisher.model import Article, IssuePlan, Paragraph, Target, Text
from publisher.theming import load_theme, render
from publisher.writing import write
from tests.validators import _verapdf, ace, epubcheck, opened, pdf_pages, pdf_text, verapdf


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


@pytest.mark.conformance
def test_epubcheck_passes_a_book_and_fails_it_with_a_dead_link(tmp_path: Path) -> None:
    book = made("ebook", tmp_path)

    assert [message for message in epubcheck(book) if not message.startswith("USAGE")] == []
    assert any(
        "RSC-007" in message
        for message in epubcheck(spoilt(book, b'<a href="colophon.xhtml', b'<a href="missing.xhtml'))
    )


@pytest.mark.conformance
def test_ace_passes_a_book_and_fails_it_without_its_accessibility_metadata(tmp_path: Path) -> None:
    book = made("ebook", tmp_path)

    assert ace(book) == []
    assert any(
        "metadata-accessmode" in found for found in ace(spoilt(book, b'"schema:accessMode"', b'"schema:accessModel"'))
    )


@pytest.mark.conformance
def test_verapdf_passes_a_pdf_and_fails_it_without_its_tags(tmp_path: Path) -> None:
    pdf = made("print", tmp_path)
    untagged = tmp_path / "untagged.pdf"
    with pikepdf.open(pdf) as opened:
        del opened.Root.StructTreeRoot
        opened.save(untagged)

    assert verapdf(pdf, "ua1") == []
    assert any("PDFDocument" in found or "StructTreeRoot" in found for found in verapdf(untagged, "ua1"))


@pytest.mark.conformance
def test_verapdf_refuses_a_flavour_that_does_not_exist(tmp_path: Path) -> None:
    pdf = made("print", tmp_path)

    with pytest.raises(AssertionError, match="no such flavour: 4u"):
        verapdf(pdf, "4u")


def test_pdftotext_gives_each_page_its_text(tmp_path: Path) -> None:
    pages = pdf_text(made("print", tmp_path))

    assert len(pages) == 4
    assert "Sáng nay, cầu Ngòi Thia thông xe." in pages[2]


def test_pdfinfo_gives_each_page_its_size(tmp_path: Path) -> None:
    assert pdf_pages(made("print", tmp_path)) == [(210.0, 297.0)] * 4


@pytest.mark.parametrize("ask", [epubcheck, ace, opened, lambda path: verapdf(path, "ua1"), pdf_text, pdf_pages])
def test_a_missing_validator_skips_or_fails_as_asked(ask, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    _verapdf.cache_clear()
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("tests.validators.ACE", tmp_path)
    monkeypatch.setattr("tests.validators.ENGINE", tmp_path)

    monkeypatch.delenv("PUBLISHER_REQUIRE_VALIDATORS", raising=False)
    with pytest.raises(pytest.skip.Exception, match="is not installed; make test installs it"):
        ask(tmp_path / "any")

    monkeypatch.setenv("PUBLISHER_REQUIRE_VALIDATORS", "1")
    with pytest.raises(pytest.fail.Exception, match="is not installed; make test installs it"):
        ask(tmp_path / "any")

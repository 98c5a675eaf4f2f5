"""Each validator can say yes and no: a judge that finds nothing in a broken file proves nothing about ours."""

import functools
import zipfile
from pathlib import Path

import pikepdf
import pytest

from publisher.compiling import compile_issue
from publisher.model import Article, IssuePlan, Paragraph, Rendition, Target, Text
from publisher.theming import load_theme, render
from publisher.writing import write
from tests.validators import (
    _verapdf,
    ace,
    aces,
    epubcheck,
    epubchecks,
    opened,
    pdf_pages,
    pdf_text,
    verapdf,
    verapdf_all,
)
from tests.writing.pdf import making


@functools.cache
def rendition(target: Target) -> Rendition:
    body = (Paragraph(inlines=(Text(text="Sáng nay, cầu Ngòi Thia thông xe."),)),)
    article = Article(headline="Cầu Ngòi Thia thông xe", language="vi", body=body)
    return render(compile_issue([article], IssuePlan()), load_theme("base"), target)


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "made.epub"
    path.write_bytes(write(rendition("ebook")).data)
    return path


@pytest.fixture
def pdf(tmp_path: Path) -> Path:
    return making.pdf(rendition("print"), tmp_path)


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
def test_epubcheck_passes_a_book_and_fails_it_with_a_dead_link(book: Path) -> None:
    dead = spoilt(book, b'<a href="colophon.xhtml', b'<a href="missing.xhtml')

    found = epubchecks([book, dead])

    assert list(found) == [dead]
    assert any("RSC-007" in message for message in found[dead])


@pytest.mark.conformance
@pytest.mark.campaign  # It is a third of a minute; a book of ours is judged by it in every run.
def test_ace_passes_a_book_and_fails_it_without_its_accessibility_metadata(book: Path) -> None:
    mute = spoilt(book, b'"schema:accessMode"', b'"schema:accessModel"')

    found = aces([book, mute])

    assert list(found) == [mute]
    assert any("metadata-accessmode" in violation for violation in found[mute])


@pytest.mark.conformance
def test_verapdf_passes_a_pdf_and_fails_it_without_its_tags(pdf: Path, tmp_path: Path) -> None:
    untagged = tmp_path / "untagged.pdf"
    with pikepdf.open(pdf) as opened:
        del opened.Root.StructTreeRoot
        opened.save(untagged)

    passed, failed = verapdf_all([pdf, untagged], "3a", "ua1")

    assert passed == []
    assert any("PDFDocument" in found or "StructTreeRoot" in found for found in failed)


@pytest.mark.conformance
def test_verapdf_refuses_a_flavour_that_does_not_exist(tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match="no such flavour: 4u"):
        verapdf(tmp_path / "any.pdf", "ua1", "4u")


def test_pdftotext_gives_each_page_its_text(pdf: Path) -> None:
    pages = pdf_text(pdf)

    assert len(pages) == 4
    assert "Sáng nay, cầu Ngòi Thia thông xe." in pages[2]


def test_pdfinfo_gives_each_page_its_size(pdf: Path) -> None:
    assert pdf_pages(pdf) == [(210.0, 297.0)] * 4


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

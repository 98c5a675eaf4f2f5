import io
import zipfile

import pytest

from publisher.fetching.media import (
    MEDIA_TYPES,
    media_type_for,
    media_type_of,
    served_charset,
    served_media_type,
    suffix_for,
)
from publisher.model.formats import ATOM, DOCX, HTML, JSON, MARKDOWN, ODT, RSS, RTF, TEXT


def archive(*names: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in names:
            packed.writestr(name, "x")
    return stream.getvalue()


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        pytest.param("Cầu mới thông xe".encode(), None, id="text"),
        pytest.param(b"", None, id="nothing"),
        pytest.param(b"<html lang=vi>", HTML, id="page"),
        pytest.param(b"\xef\xbb\xbf\n<!DOCTYPE HTML PUBLIC '-//W3C//DTD HTML 4.01//EN'>", HTML, id="doctype"),
        pytest.param(b"<!-- saved --><HTML>", HTML, id="comment before"),
        pytest.param(b"<p>A <html> tag in text", None, id="a tag inside"),
        pytest.param(b"<?xml version='1.0'?><rss version='2.0'>", RSS, id="RSS"),
        pytest.param(
            b"<?xml version='1.0'?>\n<!-- a -->\n<?xml-stylesheet href='a'?><rdf:RDF xmlns='x'>", RSS, id="RSS 1"
        ),
        pytest.param(b"<feed xmlns='http://www.w3.org/2005/Atom'>", ATOM, id="Atom"),
        pytest.param(b"<atom:feed xmlns:atom='x'>", ATOM, id="Atom with a prefix"),
        pytest.param(b"<feedback>", None, id="begins alike"),
        pytest.param(b"<?xml version='1.0'?><urlset>", None, id="site map"),
        pytest.param(archive("[Content_Types].xml", "word/document.xml"), DOCX, id="Word"),
        pytest.param(
            b"PK\x03\x04" + bytes(26) + b"mimetypeapplication/vnd.oasis.opendocument.textPK", ODT, id="OpenDocument"
        ),
        pytest.param(
            b"PK\x03\x04" + bytes(26) + b"mimetypeapplication/vnd.oasis.opendocument.spreadsheetPK", None, id="a sheet"
        ),
        pytest.param(
            b"<?xml version='1.0'?>\n<office:document xmlns:office='urn:oasis:names:tc:opendocument:xmlns:office:1.0'>",
            ODT,
            id="flat OpenDocument",
        ),
        pytest.param(b"<document xmlns='urn:x'>", None, id="another document"),
        pytest.param(b"{\\rtf1\\ansi ", RTF, id="rich text"),
        pytest.param(b"{\\r", None, id="a brace"),
        pytest.param(archive("a.txt"), None, id="another archive"),
        pytest.param(b"<!--" * 100_000, None, id="comments without end"),
        pytest.param(b"<?" * 100_000, None, id="instructions without end"),
    ],
)
def test_data_shows_what_it_is(data: bytes, expected: str | None) -> None:
    assert media_type_of(data) == expected


@pytest.mark.parametrize(
    ("content_type", "path", "data", "expected"),
    [
        ("text/html; charset=utf-8", "/a", b"x", HTML),
        ("TEXT/HTML", "/a.txt", b"x", HTML),
        ("application/xhtml+xml", "/a", b"x", HTML),
        ("text/plain", "/a", b"x", TEXT),
        ("text/plain", "/a.md", b"x", MARKDOWN),
        ("text/markdown", "/a", b"x", MARKDOWN),
        ("application/rss+xml", "/a", b"<rss>", RSS),
        ("application/rss+xml", "/a", b"<feed>", ATOM),
        ("text/html", "/a", b"<rss>", RSS),
        ("application/xml", "/a", b"<feed>", ATOM),
        ("text/xml", "/a", b"<urlset>", None),
        ("application/xml", "/a.html", b"<a>", HTML),
        ("application/vnd.x+xml", "/a", b"<rss>", RSS),
        ("application/octet-stream", "/a.docx", b"x", DOCX),
        ("application/octet-stream", "/a", archive("word/document.xml"), DOCX),
        ("application/octet-stream", "/a", b"x", None),
        (None, "/a.html", b"x", HTML),
        (None, "/a", b"<html>", HTML),
        ("", "/a", b"x", None),
        ("image/png", "/a.html", b"<html>", None),
        ("application/pdf", "/a", b"%PDF-", None),
        ("text/rtf", "/a", b"x", RTF),
        ("application/json", "/a.txt", b"{}", JSON),
    ],
)
def test_what_a_server_sends_is_what_it_says_or_else_what_it_shows(
    content_type: str | None, path: str, data: bytes, expected: str | None
) -> None:
    assert served_media_type(content_type, path, data) == expected


def test_a_suffix_stands_for_its_media_type_and_back() -> None:
    assert {media_type: media_type_for(f"a{suffix_for(media_type)}") for media_type in MEDIA_TYPES.values()} == {
        media_type: media_type for media_type in MEDIA_TYPES.values()
    }
    assert suffix_for("image/png") == ".txt"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a.txt", "text/plain"),
        ("a.TEXT", "text/plain"),
        ("a.md", "text/markdown"),
        ("a.b.Markdown", "text/markdown"),
        ("a.HTM", "text/html"),
        ("a.xml", None),
        ("a.jpg", None),
        ("txt", None),
        (".txt", None),
    ],
)
def test_the_suffix_decides_the_media_type(name: str, expected: str | None) -> None:
    assert media_type_for(name) == expected


@pytest.mark.parametrize(
    ("content_type", "expected"),
    [
        ("text/html; charset=windows-1258", "windows-1258"),
        ('text/html;CHARSET="Shift_JIS"; x=y', "Shift_JIS"),
        ("text/html", None),
        ("text/html; charset=", None),
        (None, None),
    ],
)
def test_the_charset_is_the_one_that_the_header_names(content_type: str | None, expected: str | None) -> None:
    assert served_charset(content_type) == expected

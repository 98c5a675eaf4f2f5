"""The container: members, order, times, compression, names."""

import io
import time
import zipfile

import pytest

from publisher.errors import RenderingError
from publisher.writing.container import is_safe_name, pack

WORDS = "Cầu mới thông xe. ".encode() * 50


def members(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return archive.infolist()


def test_the_media_type_comes_first_stored_and_at_the_offset_that_readers_look_at():
    data = pack([("EPUB/package.opf", b"<package/>")])

    assert data[:58] == (
        b"PK\x03\x04\x14\x00\x00\x00\x00\x00\x00\x00!\x00"
        + b"oa\xab,\x14\x00\x00\x00\x14\x00\x00\x00\x08\x00\x00\x00mimetypeapplication/epub+zip"
    )


def test_members_keep_their_order_and_share_time_system_and_permissions():
    infos = members(pack([("b.xhtml", WORDS), ("a.jpg", WORDS), ("c/d.css", WORDS)]))

    assert [(i.filename, i.date_time, i.create_system, i.external_attr, i.extra, i.flag_bits) for i in infos] == [
        (name, (1980, 1, 1, 0, 0, 0), 3, 0o100644 << 16, b"", 0) for name in ["mimetype", "b.xhtml", "a.jpg", "c/d.css"]
    ]


@pytest.mark.parametrize(
    ("name", "method"),
    [
        ("a.xhtml", zipfile.ZIP_DEFLATED),
        ("a.css", zipfile.ZIP_DEFLATED),
        ("a.svg", zipfile.ZIP_DEFLATED),
        ("a.otf", zipfile.ZIP_DEFLATED),
        ("a.JPG", zipfile.ZIP_STORED),
        ("a.png", zipfile.ZIP_STORED),
        ("a.webp", zipfile.ZIP_STORED),
        ("a.woff2", zipfile.ZIP_STORED),
    ],
)
def test_what_is_compressed_already_is_stored(name, method):
    info = members(pack([(name, WORDS)]))[1]

    assert info.compress_type == method
    assert (info.compress_size < info.file_size) == (method == zipfile.ZIP_DEFLATED)


def test_the_same_members_are_the_same_bytes_at_another_time_and_in_another_zone(monkeypatch):
    content = [("EPUB/a.xhtml", WORDS), ("EPUB/b.jpg", WORDS)]
    first = pack(content)
    monkeypatch.setenv("TZ", "Pacific/Kiritimati")
    monkeypatch.setattr(time, "time", lambda: 2_000_000_000.0)
    time.tzset()

    assert pack(content) == first

    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize(
    "name",
    [
        "",
        ".",
        "..",
        "../a.xhtml",
        "a/../../b.xhtml",
        "/etc/passwd",
        "a//b.xhtml",
        "a/",
        "a\\b.xhtml",
        "c:a.xhtml",
        ".hidden",
        "-o.xhtml",
        "a b.xhtml",
        "a.",
        "cầu.xhtml",
        "a\n.xhtml",
        "a.xhtml\n",
        "a\0.xhtml",
        "a%2e%2e.xhtml",
        "a" * 201,
    ],
)
def test_an_unsafe_name_is_never_written(name):
    assert not is_safe_name(name)
    with pytest.raises(RenderingError) as caught:
        pack([(name, b"")])
    assert str(caught.value) == (
        f"cannot pack {name!r} into the e-book: the name is unsafe. Use ASCII letters and digits."
    )


@pytest.mark.parametrize("name", ["a.xhtml", "EPUB/pictures/0f3a.jpg", "META-INF/container.xml", "0_a-b.1.css", "a_"])
def test_a_safe_name_is_taken(name):
    assert is_safe_name(name)
    assert members(pack([(name, b"")]))[1].filename == name


@pytest.mark.parametrize("name", ["EPUB/Cover.xhtml", "EPUB/cover.xhtml", "mimetype"])
def test_a_name_that_is_taken_in_any_case_is_refused(name):
    with pytest.raises(RenderingError) as caught:
        pack([("EPUB/cover.xhtml", b""), (name, b"")])

    assert str(caught.value) == (
        f"cannot pack {name!r} into the e-book: the name is taken. Give each file its own name."
    )

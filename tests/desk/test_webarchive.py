"""What was pasted or fetched is kept as browsers save pages."""

from publisher.desk.webarchive import ArchivedPicture, web_archive
from publisher.mime import parts_of


def test_a_page_and_its_pictures_are_found_again():
    data = web_archive(
        "<p>Cầu</p>".encode(),
        "utf-8",
        "https://bao.example/cầu mới",
        [
            ArchivedPicture(location="https://bao.example/a.jpg", media_type="image/jpeg", data=b"a" * 100),
            ArchivedPicture(location="cid:1.picture", media_type="image/png", data=b"b"),
        ],
    )

    assert [(part.media_type, part.location, part.content_id, part.data) for part in parts_of(data)[:3]] == [
        ("text/html", "https://bao.example/c%E1%BA%A7u%20m%E1%BB%9Bi", None, "<p>Cầu</p>".encode()),
        ("image/jpeg", "https://bao.example/a.jpg", None, b"a" * 100),
        ("image/png", None, "1.picture", b"b"),
    ]


def test_an_address_begins_no_header_of_its_own():
    data = web_archive(b"x", "utf-8", "https://bao.example/\r\nContent-Type: text/evil", [])

    assert b"\r\nContent-Type: text/evil" not in data

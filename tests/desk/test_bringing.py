"""What comes into the folder: as it was sent, under a safe name, and nothing that no reader takes."""

import base64
import datetime as dt
import io

import pytest
from PIL import Image

from publisher.desk.desk import Desk
from publisher.fetching import Web
from tests.desk.conftest import PAUSE_S, SECOND, until
from tests.fetching.serving import body, serving

PARAGRAPHS = "".join(
    f"<p>{words}</p>"
    for words in (
        "Sáng nay chợ nổi họp lại. Ghe xuồng về đông từ tờ mờ sáng, người bán nói hàng bán chạy hơn mọi năm.",
        "Theo ban quản lý, hơn hai trăm ghe đã về bến trong sáng nay, nhiều hơn hôm qua một nửa.",
        "Nước lên cao làm chợ nghỉ hai tuần. Tỉnh đã cho dựng lại cầu tàu và đèn báo ở hai đầu bến.",
    )
)


def picture() -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (300, 200), (200, 30, 30)).save(stream, "JPEG")
    return stream.getvalue()


JPEG = picture()


@pytest.fixture(scope="module")
def desk(folder):
    """A desk that may ask this machine."""
    noon = dt.datetime(2026, 3, 21, 12, tzinfo=dt.UTC)
    with Web(lambda: noon, allow_private=["127.0.0.1"]) as web, Desk(folder, web=web, pause_s=PAUSE_S) as opened:
        yield opened


@pytest.fixture(autouse=True)
def _as_it_was(folder):
    """Each test begins with the pages alone."""
    yield
    for path in folder.rglob("*"):
        if path.is_file() and path.name not in ("cau.txt", "rau.txt"):
            path.unlink()


def card_of(client, file: str) -> dict:
    """The card of a page, once it is read."""

    def found() -> list[dict]:
        cards = client.get("/api/desk").json()["cards"]
        return [card for card in cards if card["file"] == file and card["state"] == "read"]

    until(found)
    return found()[0]


def test_a_page_comes_in_as_it_is(client, folder):
    answer = client.post("/api/bring/file?name=tuan/tin.txt", content=SECOND.encode()).json()

    assert (answer["file"], answer["kind"]) == ("tuan/tin.txt", "page")
    assert [card["headline"] for card in answer["brought"]] == ["Giá rau tăng nhẹ vì mưa kéo dài"]
    assert (folder / "tuan" / "tin.txt").read_text() == SECOND


def test_what_is_there_stays_and_the_new_file_gets_a_number(client, folder):
    before = (folder / "cau.txt").read_bytes()

    assert client.post("/api/bring/file?name=cau.txt", content=SECOND.encode()).json()["file"] == "cau-2.txt"
    assert (folder / "cau.txt").read_bytes() == before


def test_the_examples_come_into_a_folder_without_pages_and_go_again(client, folder, examples):
    refused = client.post("/api/bring/examples", json={})
    pages = {path: path.read_bytes() for path in folder.glob("*.txt")}
    for path in pages:
        path.unlink()

    client.post("/api/bring/examples", json={})
    brought = {path.relative_to(folder).as_posix() for path in folder.rglob("*.*")}
    did = client.post("/api/undo", json={}).json()["did"]
    left = [path.name for path in folder.rglob("*.*")]

    assert refused.json()["error"]["message"] == (
        "there are pages in the folder already. Open the examples in an empty one."
    )
    assert brought == {f"pictures/{path.name}" for path in (examples / "pictures").iterdir()} | {
        path.name for path in examples.glob("[0-9]-*")
    }
    assert (did, left) == ({"words": "the examples brought in", "name": ""}, [])
    for path, data in pages.items():
        path.write_bytes(data)
    client.get("/api/desk")


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("../../../tmp/tin.txt", "tmp/tin.txt"),
        ("/etc/tin.txt", "etc/tin.txt"),
        (".desk.txt", "desk.txt"),
        ("README.txt", "page README.txt"),
        ("desk.toml", "desk.toml.txt"),
        ("a.txt.corrections.toml", "a.txt.corrections.toml.txt"),
        ("tin", "tin.txt"),
    ],
)
def test_names_lead_nowhere_else_and_are_none_of_ours(client, folder, name, file):
    answer = client.post("/api/bring/file", params={"name": name}, content=SECOND.encode())

    assert answer.json()["file"] == file
    assert (folder / file).is_file()


def test_a_picture_is_looked_at_before_it_is_kept(client, folder):
    assert client.post("/api/bring/file?name=a.jpg", content=JPEG).json()["kind"] == "picture"
    answer = client.post("/api/bring/file?name=b.jpg", content=b"\xff\xd8 no picture")

    assert (answer.status_code, answer.json()["error"]["code"]) == (415, "unread")
    assert [path.name for path in folder.glob("*.jpg")] == ["a.jpg"]


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        (
            "a.pdf",
            b"%PDF-1.7",
            "'a.pdf' is a PDF document, which is not read. "
            "Save the page that it was made from, or copy its words into a .txt file.",
        ),
        ("a.zip", b"PK\x03\x04", "'a.zip' is an archive, which is not read. Unpack it, and name the articles in it."),
        ("a.bin", b"\x7fELF\x00", "'a.bin' is of no format that is read. Save it as text, HTML or .docx."),
        ("a.txt", b" \n", "'a.txt' is empty. Send the page itself."),
    ],
)
def test_what_no_reader_takes_is_refused_with_what_to_do(client, folder, name, data, message):
    answer = client.post(f"/api/bring/file?name={name}", content=data)

    assert (answer.status_code, answer.json()) == (415, {"error": {"code": "unread", "message": message}})
    assert not (folder / name).exists()


def test_an_upload_over_the_cap_is_refused(client, desk):
    limit = client.get("/api/desk").json()["limits"]["upload_bytes"]

    answer = client.post("/api/bring/file?name=a.txt", content=b"x" * (limit + 1))

    assert (answer.status_code, answer.json()["error"]["code"]) == (413, "too-large")


def test_a_text_that_is_pasted_is_named_after_its_first_line(client, folder):
    answer = client.post("/api/bring/paste", json={"text": SECOND}).json()

    assert answer["file"] == "Giá rau tăng nhẹ vì mưa kéo dài.txt"


def test_what_is_pasted_with_marks_comes_with_its_pictures(client):
    inside = base64.b64encode(JPEG).decode()
    markup = (
        "<h1>Chợ nổi họp lại sau lũ</h1><script>alert(1)</script>"
        f'<figure><img onerror="alert(1)" src="data:image/jpeg;base64,{inside}">'
        "<figcaption>Chợ nổi</figcaption></figure>"
        f'{PARAGRAPHS}<figure><img src="file:///C:/x.png"><figcaption>Ghe cam</figcaption></figure>{PARAGRAPHS}'
    )
    answer = client.post(
        "/api/bring/paste",
        json={
            "text": "Chợ nổi họp lại sau lũ\n",
            "html": f"<html><body><!--StartFragment-->{markup}<!--EndFragment--></body></html>",
            "pictures": [{"name": "x.png", "data": base64.b64encode(JPEG).decode()}],
            "url": "https://bao.example/cho-noi",
        },
    ).json()

    card = card_of(client, "Chợ nổi họp lại sau lũ.mhtml")
    pictures = client.get(f"/api/articles/{card['id']}/pictures").json()["pictures"]

    assert answer["brought"][0]["headline"] == "Chợ nổi họp lại sau lũ"
    assert card["url"] == "https://bao.example/cho-noi"
    assert [(each["src"], each["width_px"], each["dpi"], each["coarse"], each["missing"]) for each in pictures] == [
        ("embedded:cid:1.picture", 300, 45, True, None),
        ("embedded:cid:2.picture", 300, 45, True, None),
    ]
    shown = client.get(pictures[0]["image"])
    assert (shown.status_code, shown.headers["content-type"]) == (200, "image/jpeg")


def test_nothing_pasted_is_told(client):
    answer = client.post("/api/bring/paste", json={"text": " ", "html": "<p> </p>"})

    assert (answer.status_code, answer.json()["error"]["message"]) == (
        415,
        "nothing was pasted. Copy the words of the page, and paste them here.",
    )


class TestWeb:
    FEED = """<rss version="2.0"><channel><title>Tin</title>
    <item><title>Chợ nổi</title><link>http://127.0.0.1/cho</link><description>Họp lại.</description></item>
    </channel></rss>"""

    @pytest.fixture
    def server(self):
        with serving() as server:
            yield server

    def test_a_page_is_kept_with_its_pictures(self, client, server):
        page = '<html><body><article><h1>Chợ nổi họp lại</h1><figure><img src="/a.jpg" width="600"><figcaption>Chợ nổi'
        page += f"</figcaption></figure>{PARAGRAPHS}</article></body></html>"
        server.answers["/cho"] = body(page.encode())
        server.answers["/a.jpg"] = body(JPEG, "image/jpeg")

        answer = client.post("/api/bring/address", json={"url": server.url("/cho")}).json()
        card = answer["brought"][0]
        server.answers.clear()
        pictures = client.get(f"/api/articles/{card['id']}/pictures").json()["pictures"]

        assert (answer["file"], card["headline"], card["url"]) == ("cho.mhtml", "Chợ nổi họp lại", server.url("/cho"))
        assert [(each["src"], each["missing"]) for each in pictures] == [(f"embedded:{server.url('/a.jpg')}", None)]

    def test_a_feed_is_to_be_chosen_from(self, client, server):
        server.answers["/rss"] = body(self.FEED.encode(), "application/rss+xml")

        refused = client.post("/api/bring/address", json={"url": server.url("/rss")})
        entries = client.post("/api/bring/feed", json={"url": server.url("/rss")}).json()["entries"]

        assert (refused.status_code, refused.json()["error"]["code"]) == (422, "feed")
        assert entries == [
            {"headline": "Chợ nổi", "url": "http://127.0.0.1/cho", "published": None, "summary": "Họp lại."}
        ]

    def test_a_private_address_is_asked_by_nobody(self, client):
        answer = client.post("/api/bring/address", json={"url": "http://10.0.0.1/x"})

        assert (answer.status_code, answer.json()["error"]["code"]) == (502, "unreachable")

"""What is shown and decided of single articles: their parts, their pictures, why a line is what it is, its place."""

import pytest

from tests.desk.conftest import SECOND, until
from tests.desk.test_bringing import JPEG

PAGE = """\
Đăng nhập
Chợ nổi họp lại sau lũ

Sáng nay chợ nổi họp lại sau hai tuần nghỉ vì nước lên cao, theo ban quản lý chợ.

Ngày 17/10/2025, hơn hai trăm ghe đã về bến trong buổi sáng, nhiều hơn hôm qua một nửa.

ghe-cam.jpg
Ghe cam ở đầu bến. Ảnh: Minh Quân

Tỉnh đã cho dựng lại cầu tàu và đèn báo ở hai đầu bến để ghe lớn cập được ban đêm.

Người bán nói hàng bán chạy hơn mọi năm, nhất là cam và quýt của các nhà vườn ven sông.

Nguồn: https://www.bao.example/cho-noi

Tin liên quan
Giá cam tăng gấp đôi
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    path = tmp_path_factory.mktemp("desk")
    (path / "cho.txt").write_text(PAGE, encoding="utf-8")
    (path / "rau.txt").write_text(SECOND, encoding="utf-8")
    (path / "rau-khac.txt").write_text(SECOND + "\nThêm một câu ở cuối bài.\n", encoding="utf-8")
    (path / "ghe-cam.jpg").write_bytes(JPEG)
    (path / "pho.jpg").write_bytes(JPEG[:-2] + b"\xff\xfe\x00\x04ab\xff\xd9")
    return path


@pytest.fixture
def cho(client) -> dict:
    """The card of the first article, when all are read and laid out as at the beginning."""
    while client.post("/api/undo", json={}).json()["did"]:
        pass
    until(lambda: client.get("/api/desk").json()["reading"]["done"] == 3)
    until(lambda: client.get("/api/render").json()["state"] == "done")
    return client.get("/api/desk").json()["cards"][0]


def revision(client) -> str:
    return client.get("/api/desk").json()["revision"]


def line_with(client, page: str, words: str) -> dict:
    return next(each for each in client.get(f"/api/pages/{page}").json()["lines"] if words in each["text"])


def test_an_article_has_teasers_to_tick_and_paragraphs_to_end_after(client, cho):
    article = client.get(f"/api/articles/{cho['id']}").json()
    paragraph = next(block for block in article["blocks"] if block["text"].startswith("Tỉnh đã cho"))
    answer = client.patch(
        f"/api/articles/{cho['id']}",
        json={
            "revision": revision(client),
            "teasers_out": [article["teasers"][0]["headline"]],
            "cut_after": paragraph["at"],
        },
    )
    after = client.get(f"/api/articles/{cho['id']}").json()

    assert answer.status_code == 200
    assert ([each["kept"] for each in article["teasers"]], article["left_words"]) == ([True], 0)
    assert [each["kept"] for each in after["teasers"]] == [False]
    assert [block["at"] for block in after["blocks"] if block["cut_here"]] == [paragraph["at"]]
    assert (after["left_words"], after["cut"], paragraph["line"]) == (20, True, 11)


def test_a_picture_is_described_and_another_put_behind_a_paragraph(client, cho, folder):
    shown = client.get(f"/api/articles/{cho['id']}/pictures").json()
    picture = shown["pictures"][0]
    path = f"/api/articles/{cho['id']}/pictures"

    assert cho["pictures"] == {"total": 1, "missing": 0, "without_alt": 1, "coarse": 1}

    described = client.patch(f"{path}/{picture['id']}", json={"revision": revision(client), "alt": "Ghe đầy cam"})
    line = line_with(client, cho["page"], "Người bán nói")
    placed = client.post(path, json={"revision": revision(client), "file": "pho.jpg", "line": line["n"]})
    after = client.get(path).json()

    assert (picture["src"], picture["alt_by"], picture["coarse"]) == ("ghe-cam.jpg", None, True)
    assert [each["file"] for each in shown["loose"]] == ["pho.jpg"]
    assert (described.status_code, placed.status_code) == (200, 200)
    assert [(each["src"], each["alt"], each["alt_by"]) for each in after["pictures"]] == [
        ("ghe-cam.jpg", "Ghe đầy cam", "desk"),
        ("pho.jpg", None, None),
    ]
    assert after["loose"] == []
    assert 'file = "ghe-cam.jpg"\nalt = "Ghe đầy cam"\n' in (folder / "desk.toml").read_text()


def test_a_picture_is_cut_to_a_shape_around_what_matters_in_it(client, cho, folder):
    path = f"/api/articles/{cho['id']}/pictures"
    whole = client.get(path).json()["pictures"][0]

    cut = client.patch(
        f"{path}/{whole['id']}", json={"revision": revision(client), "shape": "1:1", "focus": [0.9, 0.5]}
    )
    square = client.get(path).json()["pictures"][0]
    client.patch(f"{path}/{whole['id']}", json={"revision": revision(client), "shape": "16:9"})
    wide = client.get(path).json()["pictures"][0]
    refused = client.patch(f"{path}/{whole['id']}", json={"revision": revision(client), "shape": "5:1"})
    client.patch(f"{path}/{whole['id']}", json={"revision": revision(client), "shape": None})

    width, height = whole["width_px"], whole["height_px"]
    left, top, right, bottom = square["crop"]
    assert cut.status_code == 200
    assert (square["shape"], wide["shape"], square["width_px"]) == ("1:1", "16:9", width)
    assert (right, round((right - left) * width), round((bottom - top) * height)) == (1, height, height)
    assert square["image"] == whole["image"]
    assert refused.json()["error"]["message"] == (
        "pictures are not cut to '5:1'. There is: 16:9, 3:2, 4:3, 1:1, 3:4, 2:3."
    )
    assert "crop" not in (folder / "desk.toml").read_text()


def test_why_a_line_is_what_it_is_and_what_holds_for_the_outlet(client, cho, folder):
    line = line_with(client, cho["page"], "Đăng nhập")
    why = client.get(f"/api/pages/{cho['page']}/lines/{line['n']}/why").json()
    page = client.get(f"/api/pages/{cho['page']}").json()

    answer = client.post(
        f"/api/pages/{cho['page']}/outlet",
        json={"revision": page["revision"], "n": line["n"], "group": "furniture.exact"},
    ).json()

    assert (why["role"], why["sentence"], why["outlet"]["host"]) == (
        "furniture",
        "a button or a notice known by its words",
        "bao.example",
    )
    assert {"group": "furniture.exact", "role": "furniture", "phrase": "Đăng nhập", "says": "buttons and notices"} in (
        why["outlet"]["groups"]
    )
    assert (answer["file"], answer["pages"]) == ("outlets/bao.example.toml", [cho["page"]])
    assert (folder / "outlets" / "bao.example.toml").read_text() == (
        'hosts = ["bao.example"]\n\n[furniture]\nexact = ["Đăng nhập"]\n'
    )


def test_doubles_stand_beside_each_other(client, cho):
    stories = client.get("/api/stories").json()["stories"]
    cards = {card["file"]: card for card in client.get("/api/desk").json()["cards"]}

    assert [(story["kind"], story["leads"]) for story in stories] == [("double", cards["rau-khac.txt"]["id"])]
    assert cards["rau.txt"]["same_as"] == cards["rau-khac.txt"]["id"]


def test_a_line_is_found_in_print_and_from_there_again(client, cho):
    line = line_with(client, cho["page"], "Tỉnh đã cho")
    place = client.get(f"/api/pages/{cho['page']}/lines/{line['n']}/place").json()
    left, top, right, bottom = place["box"]

    back = client.get(f"/api/render/at?number={place['number']}&x={(left + right) / 2}&y={(top + bottom) / 2}")

    assert (place["number"], 0 < left < right < 1, 0 < top < bottom < 1) == (1, True, True)
    assert back.json() == {"page": cho["page"], "article": cho["id"], "line": line["n"]}
    assert client.get(f"/api/pages/{cho['page']}/lines/1/place").status_code == 404
    assert client.get("/api/render/at?number=1&x=0.01&y=0.01").status_code == 404


def test_themes_are_forms(client, cho):
    client.patch(
        "/api/desk", json={"revision": revision(client), "theme": {"name": "brief", "options": {"accent": "#14415f"}}}
    )
    names = [theme["name"] for theme in client.get("/api/themes").json()["themes"]]
    form = client.get("/api/themes/brief").json()

    assert {"brief", "compilation"} <= set(names)
    accent = next(option for option in form["options"] if option["name"] == "accent")
    assert (accent["type"], accent["value"], accent["default"]) == ("colour", "#14415f", "#7a1f1f")
    assert client.get("/api/themes/breif").json()["error"]["message"].startswith("there is no theme 'breif'.")


def test_the_book_is_in_a_frame_of_no_origin_and_runs_nothing(client, cho):
    book = client.get("/api/book").json()
    article = next(each for each in book["documents"] if "Chợ nổi" in each["title"])
    client_without_cookie = {"Cookie": "none=1"}

    page = client.get(f"{article['src']}?night=1&zoom=200", headers=client_without_cookie)

    assert (page.status_code, page.headers["content-type"]) == (200, "application/xhtml+xml")
    assert page.headers["content-security-policy"] == (
        "sandbox; default-src 'none'; img-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self'; "
        "frame-ancestors 'self'"
    )
    assert "html{font-size:200%!important}" in page.text
    assert client.get("/book/0123/EPUB/package.opf").status_code == 404
    assert client.get(f"/book/{book['id']}/../../../etc/passwd").status_code == 404


def test_a_page_is_taken_out_and_comes_back(client, cho, folder):
    client.request("DELETE", f"/api/pages/{cho['page']}", json={"revision": revision(client)})
    assert not (folder / "cho.txt").exists()

    did = client.post("/api/undo", json={}).json()["did"]

    assert did == {"words": "{name} taken out of the folder", "name": "cho.txt"}
    assert (folder / "cho.txt").read_text() == PAGE


def test_files_are_written_and_can_be_had(client, cho, desk, folder):
    heard = []
    desk.hub.tell = lambda name, said: heard.append((name, said))
    client.patch("/api/desk", json={"revision": revision(client), "outputs": [{"file": "chieu.pdf"}]})
    until(lambda: client.get("/api/render").json()["state"] == "done")
    jobs = [client.post(f"/api/{kind}", json={}).json()["job"] for kind in ("check", "export")]
    ended = lambda: {said.job: said for name, said in heard if name == "job" and said.stage in ("done", "failed")}  # noqa: E731
    until(lambda: len(ended()) == 2)

    check, export = (ended()[job].result for job in jobs)
    assert [(each.file, each.pages, each.url) for each in export.files] == [("chieu.pdf", 1, "/api/files/chieu.pdf")]
    assert export.command == "publisher compile desk.toml"
    assert [each.name for each in check["attachments"]] == ["articles.jsonl"]
    assert {each.code for each in check["findings"]} >= {"claim-unconfirmed"}
    assert client.get("/api/files/chieu.pdf").content == (folder / "chieu.pdf").read_bytes()
    assert client.get("/api/files/cho.txt").status_code == 404
    (folder / "chieu.pdf").unlink()

"""What the browser is given, and what it may change."""

import json
from pathlib import Path

import pytest

from publisher.desk.app import LIMIT_BODY_BYTES
from publisher.desk.live import LaidOut
from publisher.desk.prints import Prints
from tests.cli.running import run
from tests.desk.conftest import until

CAU, RAU = "Cầu Ngòi Thia thông xe sau ba năm thi công", "Giá rau tăng nhẹ vì mưa kéo dài"


@pytest.fixture(autouse=True)
def _as_it_was(client, folder):
    """Each test begins with the pages alone."""
    yield
    while client.post("/api/undo", json={}).json()["did"]:
        pass
    assert sorted(path.name for path in folder.iterdir()) == ["cau.txt", "rau.txt"]


def state(client) -> dict:
    return client.get("/api/desk").json()


def read(client) -> dict:
    """The desk when all pages are read."""
    until(lambda: all(card["state"] == "read" for card in state(client)["cards"]))
    return state(client)


def rendered(client) -> dict:
    """The pages when they are laid out as everything is now."""
    until(lambda: client.get("/api/render").json()["state"] != "working")
    return client.get("/api/render").json()


def lines(client, at: int = 0) -> dict:
    return client.get(f"/api/pages/{read(client)['cards'][at]['page']}").json()


def test_a_folder_is_shown_as_cards_in_the_order_of_print(client):
    desk = read(client)

    assert [card["headline"] for card in desk["cards"]] == [CAU, RAU]
    first = desk["cards"][0]
    assert {key: first[key] for key in ("file", "state", "language", "published", "lead", "left_out", "words")} == {
        "file": "cau.txt",
        "state": "read",
        "language": "vi",
        "published": None,
        "lead": True,
        "left_out": False,
        "words": 76,
    }
    assert desk["history"] == {"undo": None, "redo": None}
    assert desk["outputs"] == [{"file": "issue.pdf", "profile": "generic", "press": None}]


def test_lines_have_roles_and_a_correction_is_written_beside_the_page(client, folder):
    page = lines(client)
    byline = next(line for line in page["lines"] if line["text"] == "Minh Quân")

    answer = client.patch(
        f"/api/pages/{page['page']}/lines",
        json={
            "revision": page["revision"],
            "changes": [{"n": 1, "becomes": "Cầu mới thông xe"}, {"n": byline["n"], "role": "furniture"}],
        },
    ).json()

    assert (page["total"], page["lines"][0]["role"], byline["role"]) == (11, "headline", "byline")
    assert answer["cards"][0]["headline"] == "Cầu mới thông xe"
    assert [(line["n"], line["role"], line["was"], line["becomes"]) for line in answer["lines"]] == [
        (1, "headline", None, "Cầu mới thông xe"),
        (byline["n"], "furniture", "byline", None),
    ]
    assert answer["history"]["undo"] == {"words": "the words of “{name}”", "name": f"{CAU[:40]}…"}
    assert (folder / "cau.txt.corrections.toml").read_text(encoding="utf-8") == (
        f'[[lines]]\ntext = "{CAU}"\nbecomes = "Cầu mới thông xe"\n\n'
        '[[lines]]\ntext = "Minh Quân"\nrole = "furniture"\n'
    )


def test_a_line_that_is_as_the_rules_say_needs_no_correction(client, folder):
    page = lines(client)
    change = {"n": 1, "role": "kicker", "becomes": "x"}
    first = client.patch(
        f"/api/pages/{page['page']}/lines", json={"revision": page["revision"], "changes": [change]}
    ).json()

    client.patch(
        f"/api/pages/{page['page']}/lines",
        json={"revision": first["revision"], "changes": [{"n": 1, "role": "headline", "becomes": None}]},
    )

    assert not (folder / "cau.txt.corrections.toml").exists()


def test_some_lines_of_a_page_can_be_asked_for(client):
    page = lines(client)

    some = client.get(f"/api/pages/{page['page']}?from=3&count=2").json()

    assert (some["total"], some["lines"]) == (page["total"], page["lines"][2:4])


def test_what_was_changed_by_somebody_else_is_a_conflict_and_stays(client, folder):
    desk = read(client)
    client.patch("/api/desk", json={"revision": desk["revision"], "issue": {"title": "Theirs"}})

    answer = client.patch("/api/desk", json={"revision": desk["revision"], "issue": {"number": "3"}})

    assert answer.status_code == 409
    error = answer.json()["error"]
    assert (error["code"], error["changed"], error["now"]["issue"]["title"]) == (
        "conflict",
        [{"words": "the title", "name": ""}],
        "Theirs",
    )
    assert (folder / "desk.toml").read_text() == '[issue]\ntitle = "Theirs"\n'


def test_so_is_a_correction_of_a_page(client):
    page = lines(client)
    path = f"/api/pages/{page['page']}/lines"
    client.patch(path, json={"revision": page["revision"], "changes": [{"n": 1, "becomes": "Theirs"}]})

    answer = client.patch(path, json={"revision": page["revision"], "changes": [{"n": 1, "becomes": "Ours"}]})

    assert (answer.status_code, answer.json()["error"]["changed"]) == (409, [{"words": "line {name}", "name": "1"}])
    assert answer.json()["error"]["now"]["lines"][0]["becomes"] == "Theirs"


def test_a_line_that_says_something_else_by_now_is_left_alone(client, folder):
    page = lines(client)
    change = {"n": 1, "role": "kicker", "text": "What stood there before"}

    answer = client.patch(f"/api/pages/{page['page']}/lines", json={"revision": page["revision"], "changes": [change]})

    assert (answer.status_code, answer.json()["error"]["message"]) == (
        404,
        "there is no line 1 on cau.txt. Look at it again.",
    )


def test_a_file_that_somebody_broke_meanwhile_is_told_at_its_line(client, folder):
    desk = read(client)
    (folder / "desk.toml").write_text("[issue\n")

    answer = client.patch("/api/desk", json={"revision": desk["revision"], "issue": {"number": "3"}})
    (folder / "desk.toml").unlink()

    assert (answer.status_code, answer.json()["error"]["message"][:20]) == (422, "desk.toml, line 1: t")


def test_order_sections_and_what_is_left_out_are_decided_in_desk_toml(client, folder):
    desk = read(client)
    cau, rau = (card["id"] for card in desk["cards"])

    moved = client.post("/api/order", json={"revision": desk["revision"], "order": [rau]}).json()
    sectioned = client.patch(
        f"/api/articles/{cau}", json={"revision": moved["revision"], "section": "Giao thông"}
    ).json()
    out = client.patch(f"/api/articles/{rau}", json={"revision": sectioned["revision"], "left_out": True}).json()

    assert [card["id"] for card in moved["cards"]] == [rau, cau]
    assert [(card["id"], card["section"]) for card in sectioned["cards"]] == [(cau, "Giao thông"), (rau, None)]
    assert [(card["id"], card["left_out"], card["lead"]) for card in out["cards"]] == [
        (cau, False, True),
        (rau, True, False),
    ]
    assert (folder / "desk.toml").read_text() == (
        '[[articles]]\nfile = "rau.txt"\nleft_out = true\n\n[[articles]]\nfile = "cau.txt"\nsection = "Giao thông"\n'
    )


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"order": "x"}, "desk.toml, line 2: issue.order does not take 'x'. There is: given, newest, oldest."),
        ({"language": "?"}, "desk.toml, line 2: issue.language takes a language tag such as vi or en-GB"),
        ({"fit": True}, "it is to fit, and no number of pages says into what"),
    ],
)
def test_what_does_not_fit_is_told_before_it_is_written(client, change, message):
    answer = client.patch("/api/desk", json={"revision": state(client)["revision"], "issue": change})

    assert (answer.status_code, answer.json()) == (422, {"error": {"code": "refused", "message": message}})


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "code"),
    [
        ("PATCH", "/api/desk", "{", 400, "bad-request"),
        ("PATCH", "/api/desk", '{"revision": "x", "colour": 1}', 400, "bad-request"),
        ("POST", "/api/order", '{"revision": "x"}', 400, "bad-request"),
        ("GET", "/api/pages/none", "", 404, "not-found"),
        ("GET", "/api/pages/none?from=x", "", 400, "bad-request"),
        ("PATCH", "/api/pages/none/lines", '{"revision": "", "changes": []}', 404, "not-found"),
        ("PATCH", "/api/articles/none", '{"revision": ""}', 404, "not-found"),
        ("GET", "/api/render?id=999", "", 404, "not-found"),
        ("GET", "/api/images/none.png", "", 404, "not-found"),
        ("POST", "/api/order", "x" * (LIMIT_BODY_BYTES + 1), 413, "too-large"),
    ],
)
def test_what_cannot_be_done_is_one_line_with_a_code(client, method, path, body, status, code):
    answer = client.request(method, path, content=body)

    assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)
    assert "\n" not in answer.json()["error"]["message"]


def test_a_role_that_nobody_can_give_is_refused(client):
    page = lines(client)

    answer = client.patch(
        f"/api/pages/{page['page']}/lines",
        json={"revision": page["revision"], "changes": [{"n": 1, "role": "dateline"}]},
    )

    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "bad-request")


def test_pages_are_pictures_that_change_with_the_words(client):
    read(client)
    before = rendered(client)
    picture = client.get(f"/api/images/{before['pages'][0]['image']}.png")
    page = lines(client, 1)

    client.patch(
        f"/api/pages/{page['page']}/lines", json={"revision": page["revision"], "changes": [{"n": 1, "becomes": "Rau"}]}
    )
    after = rendered(client)

    assert (before["state"], before["pages"][0]["width_mm"], before["pages"][0]["article"]) == (
        "done",
        210.0,
        state(client)["cards"][0]["id"],
    )
    assert (picture.headers["content-type"], picture.content[:8]) == ("image/png", b"\x89PNG\r\n\x1a\n")
    assert [page["image"] for page in before["pages"]] != [page["image"] for page in after["pages"]]


def test_the_command_line_makes_the_same_bytes_as_the_desk(client, folder, tmp_path, desk):
    read(client)
    cau = state(client)["cards"][0]["id"]
    answer = client.patch(
        "/api/desk", json={"revision": state(client)["revision"], "issue": {"title": "Điểm tin", "number": "3"}}
    ).json()
    client.patch(f"/api/articles/{cau}", json={"revision": answer["revision"], "section": "Giao thông"})
    rendered(client)

    for command in ("compile", "brief"):
        made = tmp_path / f"{command}.pdf"
        result = run(command, folder / "desk.toml", "-o", made)

        assert (result.exit_code, result.stderr) == (0, "")
        assert made.read_bytes() == desk.prints.last.written.data


def test_the_command_for_its_shelf_can_be_typed_as_it_stands(client, desk, monkeypatch):
    monkeypatch.setattr(desk, "shelf", Path("/srv/tủ sách"))

    assert client.get("/api/export").json()["shelf"] == {
        "name": "tủ sách",
        "command": "publisher shelf add '/srv/tủ sách' desk.toml",
    }


def test_a_desk_without_a_shelf_says_how_it_has_one(client):
    answer = client.post("/api/shelf", json={"replace": False})

    assert (answer.status_code, answer.json()["error"]["message"]) == (
        404,
        "there is no shelf. Start the desk with one.",
    )
    assert client.get("/api/export").json()["shelf"] is None


def test_the_page_is_in_the_browsers_language(client):
    for accepted, language in (("vi-VN,vi;q=0.9,en;q=0.8", "vi"), ("de,en;q=0.5", "en"), ("fr", "en"), ("", "en")):
        answer = client.get("/", headers={"Accept-Language": accepted})
        assert (answer.headers["content-language"], f'lang="{language}"' in answer.text) == (language, True)
    assert client.get("/?language=vi").headers["content-language"] == "vi"


def test_drawings_are_kept_and_the_program_is_not(client):
    kept = {name: client.get(f"/static/{name}").headers["cache-control"] for name in ("icons.svg", "desk.js")}

    assert kept == {"icons.svg": "private, max-age=600", "desk.js": "no-store"}


def test_nothing_outside_of_the_static_folder_is_served(client):
    for path in ("/static/../desk.py", "/static/..%2fdesk.py", "/static/%2e%2e/desk.py", "/static//etc/passwd"):
        assert client.get(path).status_code == 404


def test_json_is_never_taken_for_a_page(client):
    answer = client.get("/api/desk")

    assert (answer.headers["content-type"], answer.headers["x-content-type-options"]) == ("application/json", "nosniff")
    assert json.loads(answer.content)["folder"]


def test_a_galley_is_shown_until_an_issue_follows_that_began_after_it(desk):
    last = until(lambda: desk.prints.last)
    one, other = (placed.article for placed in last.issue.articles)
    prints = Prints(desk.folder, desk.pages.id_of)
    prints.take(LaidOut(number=1, issue=last.issue, written=last.written))

    before = prints.take_galley(one, last.written)
    prints.take(None)
    during = prints.take_galley(other, last.written)
    after = prints.take(LaidOut(number=2, issue=last.issue, written=last.written))

    ids = [desk.pages.id_of(one), desk.pages.id_of(other)]
    shown = [[galley.article for galley in render.galleys] for render in (before, during, after)]
    assert (shown, before.state, after.state) == ([ids[:1], ids, ids[1:]], "working", "done")
    assert prints.image(during.galleys[1].pages[0].image).startswith(b"\x89PNG")

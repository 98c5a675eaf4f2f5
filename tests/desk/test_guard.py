"""Who may ask a desk."""

import pytest
from starlette.responses import PlainTextResponse

from publisher.desk.app import closed
from publisher.desk.guard import HEADERS, Guard, LastAsked
from tests.desk.browser import BASE, PORT, SAME, Browser
from tests.desk.conftest import COOKIE, TOKEN

KNOWN = {f"desk-{PORT}": COOKIE}
OTHER_SITE = "the request comes from another site. Open the desk's own page."
UNKNOWN = "the desk does not know this window. Open the address that publisher desk printed."
BENT = "this address is not the desk's. Open the one that publisher desk printed."


def browser(**options) -> Browser:
    guard = Guard(PlainTextResponse("here"), token=TOKEN, cookie=COOKIE, port=PORT, asked=LastAsked())
    return Browser(guard, **options)


def test_the_token_is_exchanged_once_for_a_cookie_that_no_script_and_no_other_site_has():
    new = browser()

    answer = new.get(f"/?token={TOKEN}")

    assert (answer.status_code, answer.headers["location"], answer.headers["set-cookie"]) == (
        303,
        "/",
        f"desk-{PORT}={COOKIE}; HttpOnly; Path=/; SameSite=strict",
    )
    assert new.get("/").text == "here"
    new.cookies.clear()
    assert new.get(f"/?token={TOKEN}").status_code == 403


@pytest.mark.parametrize("address", ["/", "/?token=", "/?token=other", f"/static/desk.js?token={TOKEN}", "/api/desk"])
def test_without_it_nothing_is_given(address):
    answer = browser().get(address)

    assert (answer.status_code, answer.json()) == (403, {"error": {"code": "forbidden", "message": UNKNOWN}})


@pytest.mark.parametrize("cookie", ["", "other", COOKIE[:-1], "ệ"])
def test_another_cookie_opens_nothing(cookie):
    answer = browser().get("/", headers={"Cookie": f"desk-{PORT}={cookie}".encode()})

    assert answer.status_code == 403


@pytest.mark.parametrize(
    "host", ["evil.example", f"evil.example:{PORT}", "127.0.0.1", "127.0.0.1:1", f"127.0.0.1:{PORT}.evil.example", ""]
)
def test_a_name_that_was_bent_to_this_machine_is_refused(host):
    answer = browser(cookies=KNOWN).get("/", headers={"Host": host})

    assert (answer.status_code, answer.json()) == (421, {"error": {"code": "forbidden", "message": BENT}})


def test_this_machine_may_be_called_by_its_name():
    assert browser(cookies=KNOWN).get("/", headers={"Host": f"localhost:{PORT}"}).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": f"https://127.0.0.1:{PORT}"},
        {"Sec-Fetch-Site": "cross-site", "Origin": BASE},
    ],
)
@pytest.mark.parametrize("method", ["POST", "PATCH", "PUT", "DELETE"])
def test_what_changes_something_comes_from_a_page_of_ours(method, headers):
    answer = browser(cookies=KNOWN).request(method, "/api/desk", headers=headers)

    assert (answer.status_code, answer.json()) == (403, {"error": {"code": "forbidden", "message": OTHER_SITE}})


@pytest.mark.parametrize("headers", [SAME, {"Origin": BASE}, {"Origin": f"http://localhost:{PORT}"}])
def test_pages_of_ours_may_change_something(headers):
    assert browser(cookies=KNOWN).post("/api/desk", headers=headers).text == "here"


def test_a_window_that_is_not_known_is_shown_a_page():
    guard = Guard(PlainTextResponse("here"), token=TOKEN, cookie=COOKIE, port=PORT, asked=LastAsked(), closed=closed)

    answer = Browser(guard).get("/", headers={"Accept": "text/html", "Accept-Language": "vi"})

    assert (answer.status_code, answer.headers["content-language"]) == (403, "vi")
    assert '<html lang="vi">' in answer.text


def test_every_answer_says_what_a_page_may_load():
    guard = browser()

    for address in ("/", f"/?token={TOKEN}"):
        answer = guard.get(address)
        assert {name: answer.headers[name] for name in HEADERS} == HEADERS
    assert HEADERS["Content-Security-Policy"] == (
        "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'"
    )


def test_who_asked_last_is_remembered_and_who_was_refused_is_not():
    asked = LastAsked()
    asked._last_s -= 100
    guard = Guard(PlainTextResponse("here"), token=TOKEN, cookie=COOKIE, port=PORT, asked=asked)
    stranger = Browser(guard)

    stranger.get("/")
    assert asked.seconds() >= 100
    stranger.get("/", headers={"Cookie": f"desk-{PORT}={COOKIE}"})
    assert asked.seconds() < 50

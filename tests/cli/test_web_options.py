import datetime as dt
import io
import json
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest
from click.testing import CliRunner, Result
from PIL import Image

from publisher.cli import cli
from tests.fetching.serving import Server, body, redirect, serving

TEXT = (
    "Cầu mới thông xe sau ba năm thi công\n\n"
    "Sáng nay cây cầu mới qua sông được thông xe. Hàng nghìn người dân hai bờ đã đến xem lễ khánh thành.\n\n"
    "Cây cầu dài hơn một cây số và có bốn làn xe. Đây là cây cầu thứ ba nối hai bờ của thành phố.\n"
)


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as server:
        yield server


PRIVATE = ("--allow-private", "127.0.0.1")


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, [str(argument) for argument in arguments])


def test_a_page_on_the_web_is_read_and_kept_in_the_cache(server: Server, tmp_path: Path) -> None:
    server.answers["/cau"] = body(TEXT.encode(), "text/plain", ETag='"1"')

    result = run("read", server.url("/cau"), *PRIVATE, "--cache", tmp_path, "--format", "json")

    assert result.exit_code == 0, result.output
    article = json.loads(result.stdout)
    assert article["headline"] == "Cầu mới thông xe sau ba năm thi công"
    assert article["url"] == server.url("/cau")
    assert len(list(tmp_path.iterdir())) == 1


def test_without_a_name_the_cache_is_in_the_users_folder(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    server.answers["/cau"] = body(TEXT.encode(), "text/plain", ETag='"1"')

    run("read", server.url("/cau"), *PRIVATE)

    assert [path.parent for path in tmp_path.rglob("*.answer")] == [tmp_path / "publisher" / "web"]


def test_a_user_without_a_home_has_no_cache(server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def homeless() -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.setattr(Path, "home", homeless)
    server.answers["/cau"] = body(TEXT.encode(), "text/plain", ETag='"1"')

    assert run("read", server.url("/cau"), *PRIVATE).exit_code == 0


def test_a_private_address_is_an_input_error(server: Server, tmp_path: Path) -> None:
    result = run("read", server.url("/cau"), "--cache", tmp_path)

    assert result.exit_code == 3
    assert result.stderr == (
        f"publisher: cannot read '{server.url('/cau')}': the host '127.0.0.1' is in a private network. "
        "Give --allow-private 127.0.0.1 if that is meant.\n"
    )
    assert server.requests == []


@pytest.mark.parametrize("asked", [True, False])
def test_pictures_of_a_saved_page_are_fetched_when_asked_for(server: Server, tmp_path: Path, asked: bool) -> None:
    stream = io.BytesIO()
    Image.new("RGB", (9, 9), "red").save(stream, "PNG")
    server.answers["/cau.png"] = body(stream.getvalue(), "image/png")
    page = tmp_path / "cau.md"
    page.write_text(f"# Cầu mới thông xe\n\nSáng nay.\n\n![Cầu]({server.url('/cau.png')})\n")
    book = tmp_path / "cau.epub"

    result = run(
        *("compile", page, "-o", book, *PRIVATE, "--cache", tmp_path / "cache"),
        *(["--fetch-pictures"] if asked else []),
    )

    assert result.exit_code == 0, result.output
    assert [path for path, _ in server.requests] == (["/cau.png"] if asked else [])
    assert ("[missing-picture]" in result.stderr) is not asked


def test_only_the_hosts_that_are_named_may_be_private(server: Server, tmp_path: Path) -> None:
    server.answers["/cau"] = redirect(server.url("/dich", "localhost"))
    server.answers["/dich"] = body(TEXT.encode(), "text/plain")

    one = run("read", server.url("/cau"), *PRIVATE, "--cache", tmp_path)
    both = run("read", server.url("/cau"), *PRIVATE, "--allow-private", "LOCALHOST.", "--cache", tmp_path)

    assert (one.exit_code, both.exit_code) == (3, 0)
    assert "the host 'localhost' is in a private network. Give --allow-private localhost if that is meant" in one.stderr


@pytest.mark.parametrize("host", ["http://wiki.lan", "wiki.lan:80", "wiki.lan/a", "", "--cache"])
def test_what_is_no_host_is_refused(server: Server, host: str) -> None:
    result = run("read", server.url("/cau"), f"--allow-private={host}")

    assert result.exit_code == 2
    assert f"{host!r} is not a host such as wiki.lan or 127.0.0.1, without http:// and port" in result.stderr


def test_the_page_says_when_it_was_fetched(server: Server, tmp_path: Path) -> None:
    from publisher.cli.web import _web

    with _web(tmp_path, pictures=False, allow_private=("127.0.0.1",)) as web:
        server.answers["/cau"] = body(b"x")
        stamped = web.get(server.url("/cau")).retrieved

    assert stamped.tzinfo is dt.UTC


PAGE = (
    "<!doctype html><html lang='vi'><head><title>Cầu mới thông xe | Báo Cầu</title></head><body>"
    "<nav><a href='/'>Trang chủ</a></nav><article><h1>Cầu mới thông xe</h1>"
    + "".join(f"<p>{sentence}</p>" for sentence in TEXT.split("\n\n")[1:] * 2)
    + "</article></body></html>"
)


def feed(*links: str) -> bytes:
    items = (
        f"<item><title>Tin {number}</title><link>{link}</link><description>Tóm tắt.</description>"
        "<pubDate>Fri, 17 Oct 2025 09:00:00 +0700</pubDate></item>"
        for number, link in enumerate(links)
    )
    return f"<rss version='2.0'><channel><title>Báo Cầu</title>{''.join(items)}</channel></rss>".encode()


def test_a_feeds_articles_are_fetched_when_asked_for(server: Server, tmp_path: Path) -> None:
    server.answers["/rss"] = body(feed(server.url("/cau"), server.url("/khong-co")), "application/rss+xml")
    server.answers["/cau"] = body(PAGE.encode())
    options = (*PRIVATE, "--cache", tmp_path, "--format", "json")

    summaries = run("read", server.url("/rss"), *options)
    fetched = run("read", server.url("/rss"), *options, "--fetch-articles")

    assert summaries.exit_code == fetched.exit_code == 0
    assert [path for path, _ in server.requests] == ["/rss", "/rss", "/cau", "/khong-co"]
    assert [json.loads(line)["headline"] for line in summaries.stdout.splitlines()] == ["Tin 0", "Tin 1"]
    full, missing = (json.loads(line) for line in fetched.stdout.splitlines())
    assert full["headline"] == "Cầu mới thông xe"
    assert full["published"] == "2025-10-17"
    assert full["publication"] == "Báo Cầu"
    assert full["url"] == server.url("/cau")
    assert full["problems"] == []
    assert len(full["body"]) >= 3
    assert missing["headline"] == "Tin 1"
    assert [problem["message"] for problem in missing["problems"]] == [
        "the feed holds only a summary of the article: "
        f"cannot read '{server.url('/khong-co')}': the server answers 404 Not Found. Check the address."
    ]


def test_fetched_pages_are_evidence_of_what_is_printed(server: Server, tmp_path: Path) -> None:
    server.answers["/rss"] = body(feed(server.url("/cau")), "application/rss+xml")
    server.answers["/cau"] = body(PAGE.encode())
    made = tmp_path / "tuan.pdf"

    result = run(
        *("compile", server.url("/rss"), "-o", made, *PRIVATE, "--cache", tmp_path / "c", "--fetch-articles"),
        *("--attach", "sources"),
    )

    assert result.exit_code == 0, result.output
    with pikepdf.open(made) as pdf:
        attached = {name: spec.get_file().read_bytes() for name, spec in pdf.attachments.items()}
    assert PAGE.encode() in attached.values()
    assert [name.rpartition(".")[2] for name in attached if not name.startswith("articles")] == ["html"]


def test_what_a_desk_collected_is_fetched_and_carried_as_pages_that_are_named_are(
    server: Server, tmp_path: Path
) -> None:
    folder = tmp_path / "week"
    folder.mkdir()
    server.answers["/cau"] = body(PAGE.encode())
    (folder / "tin.rss").write_bytes(feed(server.url("/cau")))
    (folder / "desk.toml").write_text('[issue]\nattach = "none"\n[[outputs]]\nfile = "tuan.pdf"\n', encoding="utf-8")

    result = run(
        *("compile", folder / "desk.toml", *PRIVATE, "--cache", tmp_path / "c", "--fetch-articles"),
        *("--attach-source", server.url("/cau")),
    )

    assert result.exit_code == 0, result.output
    assert [path for path, _ in server.requests] == ["/cau"]
    with pikepdf.open(folder / "tuan.pdf") as pdf:
        assert [spec.get_file().read_bytes() for spec in pdf.attachments.values()] == [PAGE.encode()]


@pytest.mark.parametrize(
    ("option", "why"),
    [
        (("--print",), "--print is decided in {desk} for its files. Change it there, or name a file with -o"),
        (
            ("--profile", "kobo"),
            "--profile is decided in {desk} for its files. Change it there, or name a file with -o",
        ),
        (("--title", "Tin"), "--title is decided in {desk}. Change it there, or name the pages instead of the file"),
    ],
)
def test_an_option_that_a_desk_decides_is_refused(tmp_path: Path, option: tuple[str, ...], why: str) -> None:
    (tmp_path / "tin.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "desk.toml").touch()

    result = run("compile", tmp_path / "desk.toml", *option)

    assert (result.exit_code, result.stderr) == (2, f"publisher: {why.format(desk=tmp_path / 'desk.toml')}\n")

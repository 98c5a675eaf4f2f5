import datetime as dt
import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from PIL import Image

from publisher.cli import cli
from tests.fetching.serving import Server, body, serving

TEXT = (
    "Cầu mới thông xe sau ba năm thi công\n\n"
    "Sáng nay cây cầu mới qua sông được thông xe. Hàng nghìn người dân hai bờ đã đến xem lễ khánh thành.\n\n"
    "Cây cầu dài hơn một cây số và có bốn làn xe. Đây là cây cầu thứ ba nối hai bờ của thành phố.\n"
)


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as server:
        yield server


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, [str(argument) for argument in arguments])


def test_a_page_on_the_web_is_read_and_kept_in_the_cache(server: Server, tmp_path: Path) -> None:
    server.answers["/cau"] = body(TEXT.encode(), "text/plain", ETag='"1"')

    result = run("read", server.url("/cau"), "--allow-private", "--cache", tmp_path, "--format", "json")

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

    run("read", server.url("/cau"), "--allow-private")

    assert [path.parent for path in tmp_path.rglob("*.answer")] == [tmp_path / "publisher" / "web"]


def test_a_private_address_is_an_input_error(server: Server, tmp_path: Path) -> None:
    result = run("read", server.url("/cau"), "--cache", tmp_path)

    assert result.exit_code == 3
    assert result.stderr == (
        f"publisher: cannot read '{server.url('/cau')}': the host '127.0.0.1' is in a private network. "
        "Give --allow-private if that is meant.\n"
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
        *("compile", page, "-o", book, "--allow-private", "--cache", tmp_path / "cache"),
        *(["--fetch-pictures"] if asked else []),
    )

    assert result.exit_code == 0, result.output
    assert [path for path, _ in server.requests] == (["/cau.png"] if asked else [])
    assert ("[missing-picture]" in result.stderr) is not asked


def test_the_page_says_when_it_was_fetched(server: Server, tmp_path: Path) -> None:
    from publisher.cli.options import _web

    with _web(pictures=False, allow_private=True, cache=tmp_path) as web:
        server.answers["/cau"] = body(b"x")
        stamped = web.get(server.url("/cau")).retrieved

    assert stamped.tzinfo is dt.UTC

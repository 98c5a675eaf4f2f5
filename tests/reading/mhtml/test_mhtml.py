"""Web archives of our own writing: the page is read as any other, its pictures come with it."""

from collections.abc import Callable
from pathlib import Path

import pytest

pytest.importorskip("trafilatura", reason="the html extra is not installed")

from publisher.compiling import compile_issue
from publisher.errors import InputError
from publisher.fetching import gather_assets, load
from publisher.mime import LIMIT_PARTS, parts_of
from publisher.model import Figure, IssuePlan, Reading, Source
from publisher.model.formats import MHTML
from publisher.reading import read
from tests.reading.html.test_cases import as_expected

CASES = sorted((Path(__file__).parent / "cases").iterdir())
TEXT = "<p>Từ năm giờ sáng, hàng trăm người dân đã đứng chờ ở hai đầu cầu để được đi những bước đầu tiên.</p>"
PAGE = f"<html><body><article><h1>Cầu mới thông xe</h1>{TEXT * 3}</article></body></html>"


def reading_of(data: bytes) -> Reading:
    return read(Source(name="bai.mhtml", data=data, media_type=MHTML))


def archive(*parts: str, boundary: str = "x") -> bytes:
    head = f'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="{boundary}"\n'
    return "\n".join([head, *(f"--{boundary}\n{part}" for part in parts), f"--{boundary}--\n"]).encode()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_archive_is_read_as_expected(case: Path, holds: Callable[[Path, str], None]) -> None:
    holds(case / "expected.json", as_expected(reading_of((case / "input.mhtml").read_bytes())))


def test_pictures_are_taken_from_the_archive() -> None:
    (source,) = load([str(CASES[0] / "input.mhtml")])

    issue = gather_assets(compile_issue(read(source).articles, IssuePlan()), [source])

    figures = [block for block in issue.articles[0].article.body if isinstance(block, Figure)]
    assert source.media_type == MHTML
    assert len(issue.assets) == 2
    assert [figure.src for figure in figures] == [*(asset.name for asset in issue.assets), None]
    assert [problem.code for problem in issue.problems] == ["dropped-content"]


def test_an_archive_is_known_by_its_beginning(tmp_path: Path) -> None:
    (tmp_path / "bai").write_bytes((CASES[0] / "input.mhtml").read_bytes())

    assert load([str(tmp_path / "bai")])[0].media_type == MHTML


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(archive(f"Content-Type: text/html; charset=utf-8\n\n{PAGE}"), id="line feeds alone"),
        pytest.param(archive(f"Content-Type: TEXT/HTML\n\n{PAGE}").replace(b"\n", b"\r\n"), id="CRLF"),
        pytest.param(f"Content-Type: text/html\n\n{PAGE}".encode(), id="one part"),
        pytest.param(
            archive(
                "Content-Type: multipart/alternative; boundary=xy\n\n--xy\n\nchữ\n--xy\n"
                f"Content-Type: text/html\n\n{PAGE}\n--xy--"
            ),
            id="alternatives, their boundary beginning as the outer one",
        ),
        pytest.param(archive(f"Content-Type: text/html\n\n{PAGE}").removesuffix(b"--x--\n"), id="cut off"),
    ],
)
def test_a_page_is_found_wherever_it_stands(data: bytes) -> None:
    (article,) = reading_of(data).articles

    assert article.headline == "Cầu mới thông xe"
    assert len(article.body) == 2


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"\x00\xff" * 50, id="noise"),
        pytest.param(archive("Content-Type: image/png\n\nx"), id="pictures alone"),
        pytest.param(b"Content-Type: multipart/related\n\n--x\n", id="no boundary"),
        pytest.param(b"Content-Type: multipart/related; boundary*0*=a; boundary*=b\n\nx", id="a boundary in pieces"),
        pytest.param(b"Content-Type: multipart/related; boundary=x\n" * 4_000, id="a header without end"),
    ],
)
def test_what_holds_no_page_is_an_error(data: bytes) -> None:
    with pytest.raises(InputError) as caught:
        reading_of(data)

    assert str(caught.value) == "bai.mhtml holds no web page. Save the page anew, as MHTML or as HTML."


def test_parts_are_bounded_in_depth_and_number() -> None:
    deep = "".join(f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(2_000))
    many = archive(*["\n\nx"] * (LIMIT_PARTS + 5))

    assert len(parts_of(deep.encode())) == 1
    assert len(parts_of(many)) == LIMIT_PARTS


def test_damaged_bytes_of_a_part_are_none() -> None:
    (part,) = parts_of(b"Content-Type: image/png\nContent-Transfer-Encoding: base64\n\nA")

    assert part.data == b""

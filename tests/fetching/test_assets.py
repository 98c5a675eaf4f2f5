import datetime as dt
import io
import os
import unicodedata
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace
from PIL import Image

from publisher.fetching import LIMIT_BYTES, Web, assets, gather_assets
from publisher.model import (
    Article,
    Asset,
    Block,
    Figure,
    Issue,
    Paragraph,
    PlacedArticle,
    Problem,
    Source,
    Text,
)
from tests.fetching.serving import Server, body, serving, status

CAPTION = (Text(text="Cầu mới. Ảnh: An"),)


def png(colour: str = "red") -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (9, 9), colour).save(stream, "PNG")
    return stream.getvalue()


def article(origin: str | Path | None, *body: Block, headline: str = "Cầu mới") -> Article:
    return Article(headline=headline, language="vi", origin=str(origin) if origin else None, body=body)


def issue(*articles: Article) -> Issue:
    placed = tuple(PlacedArticle(id=f"a-{number}", article=one) for number, one in enumerate(articles))
    return Issue(
        identifier="urn:uuid:x", title=None, number=None, date=None, language="vi", articles=placed, appendix=()
    )


def figure(src: str | None) -> Figure:
    return Figure(src=src, alt="Cầu", caption=CAPTION, credit="An")


def bodies(issue: Issue) -> list[tuple[Block, ...]]:
    return [placed.article.body for placed in issue.articles]


def reason_for(src: str, origin: str | Path | None) -> str:
    """Why a picture is left out: the end of the one problem's message. The words of the figure survive."""
    gathered = gather_assets(issue(article(origin, figure(src))))

    assert gathered.assets == ()
    assert bodies(gathered) == [(figure(None),)]
    (problem,) = gathered.problems
    start = f"the picture {src!r} is left out: "
    assert problem.code == "missing-picture"
    assert problem.message.startswith(start)
    return problem.message.removeprefix(start)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of articles with one picture, and a picture outside it."""
    inner = tmp_path / "tin"
    inner.mkdir()
    (inner / "cau.png").write_bytes(png())
    (tmp_path / "outside.png").write_bytes(png())
    return inner


def test_a_picture_beside_its_article_becomes_an_asset(folder: Path) -> None:
    words = Paragraph(inlines=(Text(text="Sáng nay."),))
    before = issue(article(folder / "a.md", words, figure("cau.png"), figure(None), figure("cau.png")))
    earlier = Problem(code="cut-short", message="an earlier problem")

    after = gather_assets(replace(before, problems=(earlier,)))

    (asset,) = after.assets
    assert asset.data == png()
    placed = before.articles[0]
    body = (words, figure(asset.name), figure(None), figure(asset.name))
    assert after == replace(
        before,
        articles=(replace(placed, article=replace(placed.article, body=body)),),
        assets=(asset,),
        problems=(earlier,),
    )


def test_an_issue_without_pictures_is_left_as_it_is() -> None:
    plain = issue(article(None, figure(None)), article("-", Paragraph(inlines=CAPTION)))

    assert gather_assets(plain) == plain


def test_each_article_has_its_own_folder_and_each_picture_stands_once(tmp_path: Path) -> None:
    for name, colour in (("mot", "red"), ("hai", "blue"), ("ba", "red")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "anh.png").write_bytes(png(colour))
    articles = [article(tmp_path / name / "a.md", figure("anh.png")) for name in ("mot", "hai", "ba")]

    gathered = gather_assets(issue(*articles))

    assert [asset.data for asset in gathered.assets] == [png("red"), png("blue")]
    red, blue = (asset.name for asset in gathered.assets)
    assert bodies(gathered) == [(figure(red),), (figure(blue),), (figure(red),)]
    assert gathered.problems == ()


def test_gathering_again_changes_nothing(folder: Path) -> None:
    once = gather_assets(issue(article(folder / "a.md", figure("cau.png"), figure("khong-co.png"))))

    assert gather_assets(once) == once


def test_the_assets_of_an_issue_stay_before_those_gathered(folder: Path) -> None:
    cover = Asset(name="pictures/cover.png", media_type="image/png", data=b"x")

    gathered = gather_assets(replace(issue(article(folder / "a.md", figure("cau.png"))), assets=(cover,)))

    assert gathered.assets[0] == cover
    assert len(gathered.assets) == 2


@pytest.mark.parametrize(
    ("stored", "src"),
    [
        pytest.param("anh/cau.png", "anh/cau.png", id="in a folder below"),
        pytest.param("cau.png", "./cau.png", id="dot"),
        pytest.param("cau.png", "anh/../cau.png", id="up and down within"),
        pytest.param("ảnh cầu.png", "%E1%BA%A3nh%20c%E1%BA%A7u.png", id="as Markdown encodes it"),
        pytest.param("100%25.png", "100%25.png", id="as written before decoded"),
        pytest.param("50%.png", "50%.png", id="a lone per cent sign"),
        pytest.param(unicodedata.normalize("NFD", "ảnh.png"), "ảnh.png", id="decomposed on the disk"),
        pytest.param("ảnh.png", unicodedata.normalize("NFD", "ảnh.png"), id="decomposed in the text"),
        pytest.param(unicodedata.normalize("NFD", "ảnh.png"), "%E1%BA%A3nh.png", id="decomposed and encoded"),
    ],
)
def test_a_picture_is_found_however_its_name_is_spelt(tmp_path: Path, stored: str, src: str) -> None:
    (tmp_path / "anh").mkdir()
    (tmp_path / stored).write_bytes(png())

    gathered = gather_assets(issue(article(tmp_path / "a.md", figure(src))))

    assert [asset.data for asset in gathered.assets] == [png()]


def test_a_relative_origin_starts_at_the_current_folder(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder.parent)

    for origin in ("tin/a.md", "./tin/a.md", "tin/../tin/a.md"):
        assert len(gather_assets(issue(article(origin, figure("cau.png")))).assets) == 1

    monkeypatch.chdir(folder)
    assert len(gather_assets(issue(article("a.md", figure("cau.png")))).assets) == 1


def test_a_link_to_a_picture_inside_the_folder_is_followed(folder: Path) -> None:
    (folder / "link.png").symlink_to("cau.png")

    assert len(gather_assets(issue(article(folder / "a.md", figure("link.png")))).assets) == 1


@pytest.mark.parametrize(
    "src",
    [
        "../outside.png",
        "..",
        "./../outside.png",
        "anh/../../outside.png",
        "%2e%2e/outside.png",
        "..%2foutside.png",
        "/etc/passwd",
        "%2Fetc%2Fpasswd",
        "leak.png",
        "up/outside.png",
        "../khong-co.png",
    ],
)
def test_no_name_leads_out_of_the_articles_folder(folder: Path, src: str) -> None:
    (folder / "leak.png").symlink_to("../outside.png")
    (folder / "up").symlink_to("..", target_is_directory=True)

    assert reason_for(src, folder / "a.md") == "it lies outside the article's folder"


def test_an_absolute_path_into_the_folder_is_inside_it(folder: Path) -> None:
    gathered = gather_assets(issue(article(folder / "a.md", figure(str(folder / "cau.png")))))

    assert len(gathered.assets) == 1


@pytest.mark.parametrize(
    "src",
    [
        "https://bao.example/cau.png",
        "HTTP://bao.example/cau.png",
        "//bao.example/cau.png",
        "file:///etc/passwd",
        "file:cau.png",
        "javascript:alert(1)",
        "data:image/png;base64,xyz",
        r"C:\anh\cau.png",
    ],
)
def test_an_address_is_not_fetched(folder: Path, src: str) -> None:
    assert reason_for(src, folder / "a.md") == "it is an address; only pictures beside the article are used"


@pytest.mark.parametrize("origin", [None, "-"])
def test_an_article_without_a_file_has_no_folder(origin: str | None) -> None:
    assert reason_for("cau.png", origin) == "the article has no folder to look for it in"


def test_a_missing_picture_offers_its_near_match(folder: Path) -> None:
    assert reason_for("cua.png", folder / "a.md") == "there is no such file. Did you mean 'cau.png'?"


def test_a_missing_picture_without_a_near_match_is_said_to_be(folder: Path) -> None:
    assert reason_for("khong/co.jpg", folder / "a.md") == "there is no such file. There is: cau.png"


def test_what_is_no_regular_file_is_not_opened(folder: Path) -> None:
    (folder / "folder.png").mkdir()
    os.mkfifo(folder / "pipe.png")

    assert reason_for("folder.png", folder / "a.md") == "it is a folder"
    assert reason_for("pipe.png", folder / "a.md") == "it is not a regular file"
    assert reason_for(".", folder / "a.md") == "it is a folder"


def test_links_in_a_circle_lead_to_no_picture(folder: Path) -> None:
    (folder / "one.png").symlink_to("two.png")
    (folder / "two.png").symlink_to("one.png")

    assert reason_for("one.png", folder / "a.md") == "its links lead round in a circle"


def test_names_that_no_file_can_have_lead_to_no_picture(folder: Path) -> None:
    assert reason_for("a\0b.png", folder / "a.md") == "its name is no file name"
    assert reason_for("a%00b.png", folder / "a.md") == "its name is no file name"


def test_a_long_name_is_shown_shortened(folder: Path) -> None:
    too_long, held_inline = "a" * 300 + ".png", "data:image/png;base64," + "A" * 5_000_000
    articles = issue(article(folder / "a.md", figure(too_long), figure(held_inline)))

    assert [problem.message for problem in gather_assets(articles).problems] == [
        f"the picture '{'a' * 79}…' is left out: the name is too long",
        f"the picture 'data:image/png;base64,{'A' * 57}…' is left out: "
        "it is an address; only pictures beside the article are used",
    ]


def test_a_file_that_is_no_picture_or_too_large_is_left_out(folder: Path) -> None:
    (folder / "text.png").write_text("Không phải ảnh.")
    (folder / "drawing.svg").write_text("<svg/>")
    with (folder / "huge.png").open("wb") as stream:
        stream.truncate(LIMIT_BYTES + 1)

    assert reason_for("text.png", folder / "a.md") == "it is not a JPEG, PNG, WebP, GIF, SVG, HEIC or AVIF picture"
    assert reason_for("drawing.svg", folder / "a.md") == "it is XML, but no SVG picture"
    assert reason_for("huge.png", folder / "a.md") == "it is larger than 32 MiB"


def test_a_drawing_beside_its_article_is_drawn(folder: Path) -> None:
    drawing = '<svg xmlns="http://www.w3.org/2000/svg" width="30" height="20"><path d="M0 0h30v20z"/></svg>'
    (folder / "so-do.svg").write_text(drawing)

    gathered = gather_assets(issue(article(folder / "a.md", figure("so-do.svg"))))

    (asset,) = gathered.assets
    assert gathered.problems == ()
    assert bodies(gathered) == [(figure(asset.name),)]
    assert Image.open(io.BytesIO(asset.data)).size == (120, 80)


def test_a_problem_names_the_articles_file_or_else_its_headline(folder: Path) -> None:
    articles = [
        article(folder / "a.md", figure("x:y")),
        article("-", figure("x:y"), headline="Gõ tay"),
        article(None, figure("x:y"), headline="Không tệp"),
    ]

    problems = gather_assets(issue(*articles)).problems

    assert [problem.where for problem in problems] == ["a.md", "Gõ tay", "Không tệp"]


def test_every_figure_that_names_a_bad_picture_is_reported(folder: Path) -> None:
    (folder / "text.png").write_text("Không phải ảnh.")
    first = article(folder / "a.md", figure("text.png"))
    second = article(folder / "b.md", figure("./text.png"), figure("cau.png"))

    gathered = gather_assets(issue(first, second))

    reason = "it is not a JPEG, PNG, WebP, GIF, SVG, HEIC or AVIF picture"
    assert [str(problem) for problem in gathered.problems] == [
        f"a.md: the picture 'text.png' is left out: {reason} [missing-picture]",
        f"b.md: the picture './text.png' is left out: {reason} [missing-picture]",
    ]
    assert len(gathered.assets) == 1


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as server:
        yield server


def web(*, pictures: bool = False, seconds: float = 30.0) -> Web:
    return Web(
        lambda: dt.datetime(2025, 10, 17, tzinfo=dt.UTC),
        allow_private=("127.0.0.1", "127.1", "localhost"),
        pictures=pictures,
        limit_seconds=seconds,
    )


class TestWeb:
    @pytest.mark.parametrize("src", ["anh/cau.png", "/tin/anh/cau.png", "?", "ANY"])
    def test_a_fetched_pages_picture_is_fetched_from_where_the_page_was(self, server: Server, src: str) -> None:
        path = {"?": "/tin/trang?", "ANY": "/tin/ANY"}.get(src, "/tin/anh/cau.png")
        server.answers[path.rstrip("?")] = server.answers[path] = body(png(), "image/png")
        page = Source(name=server.url("/ngan"), data=b"", url=server.url("/tin/trang"))

        gathered = gather_assets(issue(article(page.name, figure(src))), [page], web())

        assert [asset.data for asset in gathered.assets] == [png()]
        assert gathered.problems == ()

    def test_an_absolute_address_is_fetched_once_for_all_articles(self, server: Server) -> None:
        server.answers["/cau.png"] = body(png(), "image/png")
        name = server.url("/trang")
        articles = [article(name, figure(server.url("/cau.png")), figure("//" + server.url("/cau.png")[7:]))] * 2

        gathered = gather_assets(issue(*articles), web=web())

        assert len(gathered.assets) == 1
        assert len(server.requests) == 1
        assert gathered.problems == ()

    def test_a_saved_pages_picture_is_fetched_only_when_that_is_asked_for(self, server: Server, folder: Path) -> None:
        server.answers["/cau.png"] = body(png(), "image/png")
        saved = issue(article(folder / "a.html", figure(server.url("/cau.png"))))

        (problem,) = gather_assets(saved, web=web()).problems
        assert problem.message == (
            f"the picture {server.url('/cau.png')!r} is left out: "
            "it is an address; the pictures of saved pages are fetched only when that is asked for"
        )
        assert server.requests == []
        assert len(gather_assets(saved, web=web(pictures=True)).assets) == 1

    def test_a_saved_pages_own_pictures_need_no_web(self, server: Server, folder: Path) -> None:
        saved = issue(article(folder / "a.html", figure("cau.png")))

        assert len(gather_assets(saved, web=web(pictures=True)).assets) == 1

    def test_a_picture_that_cannot_be_had_is_left_out(self, server: Server) -> None:
        server.answers["/text.png"] = body(b"text", "image/png")
        server.answers["/weg.png"] = status(404)
        name = server.url("/trang")
        pictures = ("text.png", "weg.png", "file:///etc/passwd", "javascript:alert(1)", "http://[::1", "data:x")

        gathered = gather_assets(issue(article(name, *map(figure, pictures))), web=web())

        assert gathered.assets == ()
        assert [problem.message.partition(" is left out: ")[2] for problem in gathered.problems] == [
            "it is not a JPEG, PNG, WebP, GIF, SVG, HEIC or AVIF picture",
            "the server answers 404 Not Found. Check the address",
            "it is an address; only pictures beside the article are used",
            "it is an address; only pictures beside the article are used",
            "its address is none",
            "it is an address; only pictures beside the article are used",
        ]

    def test_a_host_that_let_one_picture_wait_is_not_asked_again(self, server: Server) -> None:
        for number in range(3):
            server.answers[f"/{number}.png"] = lambda handler: handler.server.ending.wait()  # type: ignore[assignment]
        page = article(server.url("/trang"), *(figure(f"{number}.png") for number in range(3)))

        gathered = gather_assets(issue(page, page), web=web(seconds=0.5))

        host = f"127.0.0.1:{server.server_address[1]}"
        assert [problem.message.partition(" is left out: ")[2] for problem in gathered.problems] == [
            "it took longer than 0.5 seconds",
            f"the host '{host}' did not answer before",
            f"the host '{host}' did not answer before",
            "it took longer than 0.5 seconds",
            f"the host '{host}' did not answer before",
            f"the host '{host}' did not answer before",
        ]
        assert len(server.requests) == 1

    def test_one_articles_pictures_have_so_many_seconds_together(
        self, server: Server, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(assets, "LIMIT_ARTICLE_SECONDS", 0.3)
        server.answers["/0.png"] = lambda handler: handler.server.ending.wait()  # type: ignore[assignment]
        server.answers["/good.png"] = body(png(), "image/png")
        stalling = article(
            server.url("/trang"),
            figure(server.url("/0.png", "localhost")),
            figure(server.url("/0.png")),
            figure(server.url("/good.png", "127.1")),
        )
        other = article(server.url("/khac"), figure(server.url("/good.png", "127.1")), headline="Bài khác")

        gathered = gather_assets(issue(stalling, other), web=web(seconds=0.2))

        reasons = [problem.message.partition(" is left out: ")[2] for problem in gathered.problems]
        assert reasons[0] == "it took longer than 0.2 seconds"
        assert reasons[1].startswith("it took longer than 0.")
        assert reasons[2] == "the article's pictures took longer than 0.3 seconds"
        assert len(gathered.assets) == 1


def archive(**members: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in members.items():
            packed.writestr(f"word/media/{name}.png", data)
    return stream.getvalue()


class TestEmbedded:
    @pytest.mark.parametrize("name", ["-", "tin/bai.docx", "https://bao.example/bai.docx"])
    def test_a_picture_inside_a_document_becomes_an_asset(self, name: str) -> None:
        document = Source(name=name, data=archive(image1=png(), image2=png("blue")))
        one, two = (figure(f"embedded:word/media/image{number}.png") for number in (1, 2))

        gathered = gather_assets(issue(article(name, one, two, one)), [document])

        assert [asset.data for asset in gathered.assets] == [png(), png("blue")]
        assert gathered.problems == ()

    @pytest.mark.parametrize(
        ("data", "src", "reason"),
        [
            (archive(), "embedded:word/media/a.png", "the document holds no such picture"),
            (
                archive(a=b"x"),
                "embedded:word/media/a.png",
                "it is not a JPEG, PNG, WebP, GIF, SVG, HEIC or AVIF picture",
            ),
            (archive(a=bytes(LIMIT_BYTES + 1)), "embedded:word/media/a.png", "it is larger than 32 MiB"),
            (archive(a=png())[:-30], "embedded:word/media/a.png", "the document is damaged where it stands"),
            (
                archive(a=png())[:50] + b"\xff" * 9 + archive(a=png())[59:],
                "embedded:word/media/a.png",
                "the document is damaged where it stands",
            ),
            (b"<html>", "embedded:/etc/passwd", "the document is damaged where it stands"),
            (archive(), "embedded:../a.png", "the document holds no such picture"),
        ],
    )
    def test_one_that_cannot_be_had_is_left_out(self, data: bytes, src: str, reason: str) -> None:
        gathered = gather_assets(issue(article("a.docx", figure(src))), [Source(name="a.docx", data=data)])

        assert [problem.message for problem in gathered.problems] == [f"the picture {src!r} is left out: {reason}"]
        assert bodies(gathered) == [(figure(None),)]

    def test_one_whose_document_is_not_at_hand_is_left_out(self) -> None:
        assert reason_for("embedded:word/media/a.png", "a.docx") == "the document that it stands in is not at hand"

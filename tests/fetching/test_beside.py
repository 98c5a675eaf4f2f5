"""Pictures beside a pasted text become those of its figures."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from publisher.fetching import gather_assets
from publisher.fetching.beside import files_in, set_pictures
from publisher.model import Article, Block, Figure, Paragraph, PlacedArticle, Problem, Source, Text
from publisher.reading import read
from tests.fetching.test_assets import issue, png

PARAGRAPH = Paragraph(inlines=(Text(text="Từ năm giờ sáng, hàng trăm người dân đã đứng chờ ở hai đầu cầu."),))


def captioned(words: str, src: str | None = None) -> Figure:
    return Figure(src=src, caption=(Text(text=words),))


def set_in(folder: Path, *body: Block, text: str = "cau-moi.txt") -> tuple[list[str | None], tuple[Problem, ...]]:
    """The names of the pictures that the figures show, and what is said."""
    (folder / text).touch()
    article = Article(headline="Cầu mới", language="vi", origin=str(folder / text), body=body)
    found, problems = set_pictures(article, folder / text, files_in(folder))
    return [block.src for block in found.body if isinstance(block, Figure)], problems


def lay(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).write_bytes(png())


def test_a_file_whose_name_stands_in_the_text_is_its_picture(tmp_path: Path) -> None:
    lay(tmp_path, "anh1.jpg")

    assert set_in(tmp_path, PARAGRAPH, captioned("Cầu mới", "anh1.jpg")) == (["anh1.jpg"], ())


def test_names_that_a_scraper_left_are_taken_out_where_no_picture_lies(tmp_path: Path) -> None:
    assert set_in(tmp_path, captioned("Cầu mới", "z7129.jpg"), Figure(src="z7130.jpg")) == ([None], ())


def test_a_name_that_no_file_has_is_looked_for_where_pictures_lie(tmp_path: Path) -> None:
    lay(tmp_path, "anh1.jpg")

    assert set_in(tmp_path, captioned("Cầu mới", "anh2.jpg")) == (["anh2.jpg"], ())


def test_pictures_named_after_the_text_go_to_its_captions_in_their_natural_order(tmp_path: Path) -> None:
    lay(tmp_path, "cau-moi-10.png", "cau-moi-9.png", "other.png")
    (tmp_path / "other.txt").touch()

    assert set_in(tmp_path, captioned("Một"), PARAGRAPH, captioned("Hai")) == (["cau-moi-9.png", "cau-moi-10.png"], ())


def test_the_pictures_of_a_folder_are_those_of_the_only_article_in_it(tmp_path: Path) -> None:
    lay(tmp_path, "b.jpg", "a.jpg")

    assert set_in(tmp_path, captioned("Một"), captioned("Hai")) == (["a.jpg", "b.jpg"], ())


def test_they_are_not_when_another_article_lies_there(tmp_path: Path) -> None:
    lay(tmp_path, "a.jpg")
    (tmp_path / "cho-noi.html").touch()

    assert set_in(tmp_path, captioned("Một")) == ([None], ())


@pytest.mark.parametrize(
    ("names", "said"),
    [
        pytest.param(("cau-moi.jpg",), "the picture 'cau-moi.jpg' beside the text is not used", id="one"),
        pytest.param(
            ("cau-moi-1.jpg", "cau-moi-2.jpg", "cau-moi-3.jpg", "cau-moi-4.jpg"),
            "the pictures 'cau-moi-1.jpg', 'cau-moi-2.jpg', 'cau-moi-3.jpg', … beside the text are not used",
            id="four",
        ),
    ],
)
def test_pictures_that_no_caption_is_left_for_are_said(tmp_path: Path, names: tuple[str, ...], said: str) -> None:
    lay(tmp_path, *names)

    assert set_in(tmp_path, PARAGRAPH) == (
        [],
        (
            Problem(
                code="unused-picture",
                message=f"{said}: there are not as many captions without one. "
                "Write each one's name on a line of the text, where it belongs",
                where="cau-moi.txt",
            ),
        ),
    )


def test_a_pasted_text_is_printed_with_the_pictures_beside_it(tmp_path: Path) -> None:
    lay(tmp_path, "anh1.png")
    page = tmp_path / "cau.txt"
    told = "Từ năm giờ sáng, hàng trăm người dân đã đứng chờ ở hai đầu cầu để được đi những bước đầu tiên qua sông."
    page.write_text(
        f"Cầu mới thông xe\n\n{told}\n\nanh1.png\n\nDòng người qua cầu. Ảnh: Lê Bình\n\n{told} Rồi họ về.\n"
    )
    source = Source(name=str(page), data=page.read_bytes(), media_type="text/plain")
    (article,) = read(source).articles

    made = gather_assets(issue(article), [source])

    (figure,) = (block for block in made.articles[0].article.body if isinstance(block, Figure))
    assert (figure.src, figure.credit) == (made.assets[0].name, "Lê Bình")
    assert made.problems == ()


def test_a_text_from_elsewhere_has_no_pictures_beside_it(tmp_path: Path) -> None:
    lay(tmp_path, "cau.png")
    source = Source(name=str(tmp_path / "cau.md"), data=b"", media_type="text/markdown")
    article = Article(headline="Cầu", language="vi", origin=source.name, body=(captioned("Một"),))

    made = gather_assets(issue(article), [source])

    assert made.articles == (PlacedArticle(id="a-0", article=replace(article)),)

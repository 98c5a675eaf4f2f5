"""What one source, one picture or one article brings about costs that one, is told of, and is kept."""

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from msgspec.structs import replace

from publisher import __version__
from publisher.errors import DefectError, InputError, ThemeError
from publisher.model import Asset, Figure, IssuePlan, Problem, Reading, Source
from publisher.pipeline import (
    Edition,
    Means,
    Output,
    Published,
    Request,
    Wanted,
    assemble,
    gather,
    kept_in,
    outputs_for,
    publish,
)
from publisher.pipeline.quarantine import MOST_KEPT, Casualty
from publisher.reading import Correction, OutletProfile, read
from publisher.writing.pdf import Limits
from tests.theming.issues import make_theme

GOOD = "# {0}\n\nSáng nay {0} được đưa vào dùng sau ba năm thi công.\n"
HEADLINES = ("Cầu Bến Lụa", "Chợ Vạn Tơ", "Trạm y tế Hòn Trầm")
PICTURE = "\n![Cầu nhìn từ bờ bắc](cau.png)\n"
FAILURES = [ValueError("odd"), RecursionError(), MemoryError(), KeyError("x"), UnicodeError("odd"), DefectError("late")]


def folder_of(folder: Path, extra: str = "") -> Path:
    """Three good pages, and one with extra words."""
    folder.mkdir()
    for number, headline in enumerate(HEADLINES):
        (folder / f"{number}.md").write_text(GOOD.format(headline), "utf-8")
    (folder / "9.md").write_text(GOOD.format("Bài hỏng") + extra, "utf-8")
    (folder / "cau.png").write_bytes(b"a picture")
    return folder


def failing_on(name: str, error: Exception) -> Means:
    """Means whose reader fails on one source."""

    def reader(source: Source, profile: OutletProfile | None, corrections: Sequence[Correction]) -> Reading:
        if source.name.endswith(name):
            raise error
        return read(source, profile, corrections)

    return Means(read=reader)


def made_of(folder: Path, theme: Path, means: Means) -> Published:
    """What comes of a compilation of all pages."""
    edition = Edition(
        outputs=(Output(path=folder.parent / "out.epub"),), theme=theme.name, theme_folders=(theme.parent,)
    )
    return publish(Request(references=(str(folder),), edition=edition), means)


@pytest.mark.parametrize("error", FAILURES, ids=lambda error: type(error).__name__)
def test_a_source_that_makes_its_reader_fail_is_left_out(tmp_path: Path, error: Exception) -> None:
    folder = folder_of(tmp_path / "pages")

    gathered = gather(Wanted(references=(str(folder),)), failing_on("9.md", error))

    assert [article.headline for article in gathered.articles] == list(HEADLINES)
    (problem,) = gathered.problems
    assert (problem.code, problem.where) == ("reader-failed", "9.md")
    assert problem.message.startswith(f"{folder}/9.md could not be read: ")
    assert problem.message.endswith(". Report it together with the input")


def test_of_the_only_source_it_is_an_error_of_input(tmp_path: Path) -> None:
    folder = folder_of(tmp_path / "pages")

    with pytest.raises(DefectError) as caught:
        gather(
            Wanted(references=(str(folder / "9.md"),)), failing_on("9.md", DefectError("it takes more than 9 seconds"))
        )

    assert caught.value.exit_code == 3
    assert str(caught.value) == (
        f"{folder}/9.md could not be read: it takes more than 9 seconds. Report it together with the input"
    )


def test_a_source_that_is_refused_is_no_defect(tmp_path: Path) -> None:
    folder = folder_of(tmp_path / "pages")

    gathered = gather(Wanted(references=(str(folder),)), failing_on("9.md", InputError("9.md is empty")))

    assert gathered.problems == (Problem(code="no-article", message="9.md is empty", where="9.md"),)


@pytest.mark.parametrize("error", FAILURES, ids=lambda error: type(error).__name__)
def test_a_picture_that_makes_its_decoder_fail_leaves_its_words(tmp_path: Path, error: Exception) -> None:
    def decode(data: bytes) -> Asset:
        raise error

    means = Means(picture=decode, quarantine=kept_in(tmp_path / "quarantine"))
    gathered = gather(Wanted(references=(str(folder_of(tmp_path / "pages", PICTURE) / "9.md"),)), means)

    issue = assemble(gathered, IssuePlan(), means)

    assert [block for block in issue.articles[0].article.body if isinstance(block, Figure)] == [
        Figure(src=None, alt="Cầu nhìn từ bờ bắc")
    ]
    (problem,) = issue.problems
    assert (problem.code, problem.where) == ("picture-failed", "9.md")
    assert problem.message.startswith("the picture 'cau.png' is left out: its decoder failed: ")
    assert [path.read_bytes() for path in (tmp_path / "quarantine").glob("*/input")] == [b"a picture"]


def test_an_article_that_cannot_be_set_is_left_out_of_all_files(tmp_path: Path) -> None:
    odd = "{% if 'hỏng' in article.headline %}{{ nothing }}{% endif %}"
    theme = make_theme(tmp_path / "themes", **{"ebook__article.xhtml": odd + "<p>{{ article.headline }}</p>"})
    means = Means(quarantine=kept_in(tmp_path / "quarantine"))

    made = made_of(folder_of(tmp_path / "pages"), theme, means)

    assert sorted(placed.article.headline for placed in made.issue.articles) == sorted(HEADLINES)
    (kept,) = (tmp_path / "quarantine").iterdir()
    assert made.problems == (
        Problem(
            code="theming-failed",
            message=f"own:ebook/article.xhtml, line 1: 'nothing' is undefined. Report it with what is kept in {kept}",
            where="Bài hỏng",
        ),
    )
    assert (tmp_path / "out.epub").exists()
    assert json.loads((kept / "input.json").read_bytes())["headline"] == "Bài hỏng"


def test_a_theme_that_fails_with_every_article_is_broken(tmp_path: Path) -> None:
    theme = make_theme(tmp_path / "themes", **{"ebook__article.xhtml": "{{ nothing }}"})

    with pytest.raises(ThemeError) as caught:
        made_of(folder_of(tmp_path / "pages"), theme, Means(quarantine=kept_in(tmp_path / "quarantine")))

    assert str(caught.value) == "own:ebook/article.xhtml, line 1: 'nothing' is undefined"
    assert not (tmp_path / "quarantine").exists()


@pytest.mark.campaign
def test_an_article_that_takes_too_long_to_lay_out_is_left_out(tmp_path: Path) -> None:
    folder = folder_of(tmp_path / "pages", "\nMột đoạn văn nữa, có đủ chữ để đọc.\n" * 8000)
    edition = Edition(outputs=outputs_for([tmp_path / "out.pdf"]), theme="compilation", limits=Limits(document_s=1))

    made = publish(Request(references=(str(folder),), edition=edition), Means())

    assert sorted(placed.article.headline for placed in made.issue.articles) == sorted(HEADLINES)
    assert made.problems == (
        Problem(
            code="theming-failed",
            message="the article 'Bài hỏng' could not be set: the PDF could not be made: a document takes more than "
            "1 second of processor time. Leave it out. Report it together with the input",
            where="Bài hỏng",
        ),
    )


CASUALTY = Casualty(
    code="reader-failed",
    name="https://name:secret@bao.example/bai?token=secret",
    reason="ValueError in reading/feed.py, line 12",
    data=b"<rss/>",
    suffix=".rss",
)


def test_what_is_kept_says_what_is_needed_to_report_it_and_no_secret(tmp_path: Path) -> None:
    folder = kept_in(tmp_path / "quarantine")(CASUALTY)

    assert folder is not None
    assert sorted(path.name for path in folder.iterdir()) == ["input.rss", "report.json"]
    assert (folder / "input.rss").read_bytes() == b"<rss/>"
    report = json.loads((folder / "report.json").read_bytes())
    assert report.pop("versions")["publisher"] == __version__
    assert report == {
        "code": "reader-failed",
        "what": "https://bao.example/bai",
        "reason": "ValueError in reading/feed.py, line 12",
        "sha256": hashlib.sha256(b"<rss/>").hexdigest(),
    }


def test_of_a_file_the_report_has_no_folder(tmp_path: Path) -> None:
    folder = kept_in(tmp_path)(replace(CASUALTY, name="/home/somebody/pages/bai.txt"))

    assert folder is not None
    assert json.loads((folder / "report.json").read_bytes())["what"] == "bai.txt"


def test_the_same_is_kept_once_and_no_more_than_a_hundred(tmp_path: Path) -> None:
    keep = kept_in(tmp_path)

    kept = [keep(replace(CASUALTY, data=str(number % (MOST_KEPT + 5)).encode())) for number in range(2 * MOST_KEPT)]

    assert len(list(tmp_path.iterdir())) == MOST_KEPT
    assert sum(folder is None for folder in kept) == 5


def test_a_quarantine_that_cannot_be_written_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "quarantine").write_bytes(b"a file")

    assert kept_in(tmp_path / "quarantine")(CASUALTY) is None

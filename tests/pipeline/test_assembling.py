"""What was gathered becomes an issue: its pictures, and the problems of every step."""

import io
from pathlib import Path

from msgspec.structs import replace
from PIL import Image

from publisher.errors import InputError
from publisher.model import Asset, Edit, IssuePlan, PictureEdit, Problem
from publisher.pipeline import Gathered, Means, Wanted, assemble, gather

PAGE = """# Cầu mới thông xe

Sáng nay cây cầu mới qua sông được thông xe.

![Cầu nhìn từ bờ bắc](cau.png)
"""


def gathered(folder: Path) -> Gathered:
    (folder / "bai.md").write_text(PAGE, "utf-8")
    (folder / "cau.png").write_bytes(b"picture")
    return gather(Wanted(references=(str(folder / "bai.md"),)), Means())


def test_pictures_are_prepared_by_what_is_given(tmp_path: Path) -> None:
    asset = Asset(name="pictures/0f.png", media_type="image/png", data=b"prepared")

    issue = assemble(gathered(tmp_path), IssuePlan(), Means(picture=lambda data: asset))

    assert issue.assets == (asset,)
    assert issue.problems == ()


def test_of_a_picture_that_an_editor_cuts_a_part_is_shown(tmp_path: Path) -> None:
    read = gathered(tmp_path)
    Image.new("RGB", (80, 40), "red").save(tmp_path / "cau.png")
    cut = PictureEdit(src="cau.png", crop=(0.5, 0.0, 1.0, 1.0))
    plan = IssuePlan(edits=(Edit(source=str(tmp_path / "bai.md"), pictures=(cut,)),))

    issue = assemble(read, plan, Means())

    (asset,) = issue.assets
    assert issue.problems == ()
    with Image.open(io.BytesIO(asset.data)) as picture:
        assert (picture.size, picture.format) == ((40, 40), "PNG")


def test_the_problems_of_all_steps_are_in_the_issue_each_once(tmp_path: Path) -> None:
    def spoilt(data: bytes) -> Asset:
        raise InputError("it is spoilt")

    problem = Problem(code="no-article", message="b.txt is empty", where="b.txt")
    found = replace(gathered(tmp_path), problems=(problem, problem))

    issue = assemble(found, IssuePlan(), Means(picture=spoilt))

    assert [each.code for each in issue.problems] == ["no-article", "missing-picture"]

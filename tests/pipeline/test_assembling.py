"""What was gathered becomes an issue: its pictures, and the problems of every step."""

from pathlib import Path

from msgspec.structs import replace

from publisher.errors import InputError
from publisher.model import Asset, IssuePlan, Problem
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


def test_the_problems_of_all_steps_are_in_the_issue_each_once(tmp_path: Path) -> None:
    def spoilt(data: bytes) -> Asset:
        raise InputError("it is spoilt")

    problem = Problem(code="no-article", message="b.txt is empty", where="b.txt")
    found = replace(gathered(tmp_path), problems=(problem, problem))

    issue = assemble(found, IssuePlan(), Means(picture=spoilt))

    assert [each.code for each in issue.problems] == ["no-article", "missing-picture"]

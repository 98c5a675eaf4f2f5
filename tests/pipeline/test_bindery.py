"""An issue becomes the files of an edition: what the kept parts of them are known by."""

from collections.abc import Callable
from pathlib import Path

from msgspec.structs import replace

from publisher.model import Problem, Written
from publisher.pipeline import Bindery, Edition, outputs_for
from tests.theming.issues import FULL, issue


def test_what_is_kept_is_known_by_what_its_bytes_depend_on_and_no_problem(tmp_path: Path) -> None:
    known_by = []

    def keep(kind: str, of: type, made_of: object, make: Callable[[], Written]) -> Written:
        known_by.append(made_of)
        return Written(data=b"PK")

    problem = Problem(code="no-article", message="b.txt is empty", where="b.txt")
    edition = Edition(outputs=outputs_for([tmp_path / "a.epub", tmp_path / "a.pdf"]), theme="brief")
    clean = issue(FULL)
    with Bindery(edition, keep) as bindery:
        written = [bindery.make(each, ()) for each in (clean, replace(clean, problems=(problem,)))]

    assert known_by[:2] == known_by[2:]
    assert [problem in file.problems for files in written for file in files.values()] == [False, False, True, True]

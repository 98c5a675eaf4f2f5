"""What stands on a shelf, from the proofs beside the issues."""

import datetime as dt

import pytest

from publisher.automation.shelf import read_shelf
from tests.automation.shelf.shelves import change_proof, put_issue, rendition


def weeks(shelf, warn=lambda message: None):
    return [shelved.proof.week for shelved in read_shelf(shelf, warn)]


def test_issues_are_read_newest_first_over_a_new_year(tmp_path):
    for week in ("2026-W01", "2025-W52", "2026-W10", "2026-W02"):
        put_issue(tmp_path, week)

    assert weeks(tmp_path) == ["2026-W10", "2026-W02", "2026-W01", "2025-W52"]


def test_an_issue_is_as_its_proof_says(tmp_path):
    proof = put_issue(tmp_path, "2026-W01")

    (shelved,) = read_shelf(tmp_path)

    assert shelved.proof == proof
    assert shelved.path == "issues/2026-W01"
    assert shelved.year == 2026
    assert shelved.updated == dt.datetime(2026, 1, 4, tzinfo=dt.UTC)
    assert [file.name for file in shelved.readable] == [
        "tuan-tin-2026-W01.epub",
        "tuan-tin-2026-W01-kobo.kepub.epub",
        "tuan-tin-2026-W01.pdf",
    ]


@pytest.mark.parametrize("made", [True, False], ids=["empty", "missing"])
def test_a_shelf_without_issues_is_empty(tmp_path, made):
    shelf = tmp_path / "shelf"
    if made:
        (shelf / "issues").mkdir(parents=True)

    assert read_shelf(shelf) == ()


def test_what_is_no_finished_issue_is_not_looked_at(tmp_path):
    put_issue(tmp_path, "2026-W12")
    for name in (".building-2026-W13", ".removed-2026-W01", "notes", "2026-W1"):
        (tmp_path / "issues" / name).mkdir()
    (tmp_path / "issues" / "2026-W14").write_text("a file")
    warnings = []

    assert weeks(tmp_path, warnings.append) == ["2026-W12"]
    assert warnings == []


class TestBroken:
    """An issue that cannot be listed as it is: the others are, and the reason is said."""

    @pytest.fixture
    def warnings(self, tmp_path):
        put_issue(tmp_path, "2026-W11")
        self.folder = tmp_path / "issues" / "2026-W12"
        put_issue(tmp_path, "2026-W12")

        def read():
            warnings = []
            assert weeks(tmp_path, warnings.append) == ["2026-W11"]
            (warning,) = warnings
            return warning.replace(str(tmp_path), "SHELF")

        return read

    def test_a_missing_proof(self, warnings):
        (self.folder / "issue.json").unlink()

        assert warnings() == (
            "the issue 2026-W12 is not listed: "
            "cannot read the proof SHELF/issues/2026-W12/issue.json: no such file or directory."
        )

    @pytest.mark.parametrize("data", [b"", b"{", b"[]", b"\xff\xfe", b'{"format": 1}', b"null"])
    def test_a_damaged_proof(self, warnings, data):
        (self.folder / "issue.json").write_bytes(data)

        assert warnings().startswith(
            "the issue 2026-W12 is not listed: cannot read the proof SHELF/issues/2026-W12/issue.json: "
        )

    def test_a_missing_file(self, warnings):
        (self.folder / "tuan-tin-2026-W12.pdf").unlink()

        assert warnings() == (
            "the issue 2026-W12 is not listed: tuan-tin-2026-W12.pdf: no such file or directory. Rebuild it."
        )

    def test_a_file_that_was_cut_short(self, warnings):
        (self.folder / "tuan-tin-2026-W12.pdf").write_bytes(b"%PDF")

        assert warnings() == (
            "the issue 2026-W12 is not listed: tuan-tin-2026-W12.pdf has 4 bytes in place of 732. Rebuild it."
        )

    def test_the_proof_of_another_week(self, tmp_path, warnings):
        change_proof(tmp_path, "2026-W12", week="2026-W13")

        assert warnings() == "the issue 2026-W12 is not listed: its proof is that of 2026-W13. Rename the folder."

    def test_a_file_outside_its_folder(self, tmp_path, warnings):
        (tmp_path / "secret.pdf").write_bytes(b"secret")
        file, _ = rendition("../../secret.pdf", b"secret")
        change_proof(tmp_path, "2026-W12", files=(file,))

        assert warnings() == (
            "the issue 2026-W12 is not listed: cannot trust the proof SHELF/issues/2026-W12/issue.json: "
            "it names '../../secret.pdf', which lies outside its folder."
        )

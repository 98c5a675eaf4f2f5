"""A published issue held against its proof."""

import hashlib
import json
import os
import zipfile

import pytest

from publisher.automation.issues.verify import verify_proof
from publisher.errors import InputError
from tests.automation.digest.test_digest import BRIDGE
from tests.automation.digests import SETTINGS, Desk, page


@pytest.fixture
def issue(tmp_path):
    """The folder of a published issue whose files were checked, with what it was made from."""
    desk = Desk(tmp_path, SETTINGS.replace('checks = "none"', 'validators = "skip"') + "[evidence]\npublish = true\n")
    desk.put("2026-W12", "cau.md", page(BRIDGE, "2026-03-17"))
    desk.run()
    return desk.issue("2026-W12")


def doubts(issue, **options) -> list[tuple[str, str]]:
    return [(doubt.file, doubt.message) for doubt in verify_proof(issue / "issue.json", None, **options).doubts]


def test_an_issue_as_it_was_published_raises_no_doubt(issue):
    result = verify_proof(issue, None)

    assert (result.files, result.inputs, result.checks, result.doubts) == (2, 1, 1, ())
    assert result.proof.checks[0].summary.startswith("EPUB 3")


def test_changed_missing_and_foreign_files_are_found(issue):
    book = issue / "lam-chau-2026-W12.epub"
    data = bytearray(book.read_bytes())
    data[-1] ^= 1
    book.write_bytes(data)
    (issue / "sources.zip").unlink()
    (issue / "la.txt").write_text("?")

    assert doubts(issue) == [
        ("lam-chau-2026-W12.epub", "its bytes have changed"),
        ("sources.zip", "it is missing, or cannot be read"),
        ("la.txt", "the proof does not name it"),
    ]


def test_a_file_that_was_cut_short_is_found(issue):
    book = issue / "lam-chau-2026-W12.epub"
    size = book.stat().st_size
    book.write_bytes(book.read_bytes()[:-10])

    assert doubts(issue) == [("lam-chau-2026-W12.epub", f"it has {size - 10} bytes, and had {size}")]


def test_a_link_in_the_place_of_a_file_is_no_file(issue, tmp_path):
    book = issue / "lam-chau-2026-W12.epub"
    book.rename(tmp_path / "away.epub")
    book.symlink_to(tmp_path / "away.epub")

    assert doubts(issue) == [("lam-chau-2026-W12.epub", "it is missing, or cannot be read")]


def forge(issue, change) -> None:
    """Change the proof as somebody would who does not change the files."""
    path = issue / "issue.json"
    proof = json.loads(path.read_bytes())
    change(proof)
    path.write_text(json.dumps(proof))


def test_an_input_that_the_archive_has_not_is_found(issue):
    with zipfile.ZipFile(issue / "sources.zip") as archive:
        assert [name for name in archive.namelist() if name.startswith("sources/")] == ["sources/0001.md"]

    forge(issue, lambda proof: proof["inputs"].append({**proof["inputs"][0], "name": "b.md", "member": "sources/9.md"}))
    forge(issue, lambda proof: proof["inputs"][0].update(sha256="0" * 64))

    assert doubts(issue) == [
        ("sources.zip", "the input pages/2026-W12/cau.md has changed"),
        ("sources.zip", "the input b.md is not in it"),
    ]


def test_a_verdict_that_the_check_does_not_give_is_found(issue):
    forge(issue, lambda proof: proof["checks"][0].update(summary="EPUB 2.0, 900 pages"))

    result = verify_proof(issue, None)

    assert [doubt.message.partition(", and")[2] for doubt in result.doubts] == [" the proof says 'EPUB 2.0, 900 pages'"]
    assert doubts(issue, checks=False) == []


def test_a_folder_without_a_proof_is_an_error(tmp_path):
    with pytest.raises(InputError) as raised:
        verify_proof(tmp_path, None)

    assert str(raised.value) == f"cannot read the proof {tmp_path / 'issue.json'}: no such file or directory."


def test_a_pipe_in_the_place_of_a_file_keeps_nobody_waiting(issue):
    """Whoever gives an issue away to be verified may put anything into its folder."""
    name = next(issue.glob("*.epub")).name
    (issue / name).unlink()
    os.mkfifo(issue / name)

    assert (name, "it is missing, or cannot be read") in doubts(issue)


def test_an_archive_that_is_none_is_a_doubt(issue):
    (issue / "sources.zip").write_bytes(b"PK no archive")
    forge(issue, lambda proof: proof["archive"].update(bytes=13, sha256=hashlib.sha256(b"PK no archive").hexdigest()))

    assert ("sources.zip", "it is no archive that can be read: File is not a zip file") in doubts(issue)

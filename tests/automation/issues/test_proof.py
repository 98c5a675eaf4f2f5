"""The proof beside an issue."""

import datetime as dt
import json

import msgspec
import pytest

from publisher.automation.issues.proof import (
    File,
    Input,
    Judged,
    Omission,
    Pointer,
    Proof,
    Ran,
    Remark,
    proofs_in,
    read_proof,
    sha256,
    write_proof,
)
from publisher.errors import InputError
from publisher.model import Problem

PROOF = Proof(
    series="tuan-tin",
    week="2026-W12",
    title="Tuần tin",
    number="12",
    date=dt.date(2026, 3, 22),
    first_day=dt.date(2026, 3, 16),
    language="vi",
    identifier="urn:uuid:6b0d6f0e-5f0f-4f5e-9a51-7c7a3f1f4c2d",
    generator="publisher 1",
    versions={"publisher": "1"},
    settings="0" * 64,
    files=(File(name="w.epub", media_type="application/epub+zip", bytes=3, sha256=sha256(b"abc"), format="epub"),),
    cover=File(name="cover.png", media_type="image/png", bytes=0, sha256=sha256(b"")),
    articles=(Ran(key="k", sha256="1" * 64, headline="Bến Lứa", language="vi", fingerprint=b"\x00\xff"),),
    teasers=(Pointer(headline="Đọc thêm"),),
    inputs=(Input(name="a.txt", media_type="text/plain", bytes=1, sha256="2" * 64, member="sources/001.txt"),),
    omissions=(Omission(what="Bài cũ", reason="ran-before", because="it ran in 2026-W11"),),
    problems=(Problem(code="inferred-date", message="no year"),),
    checks=(Judged(file="w.epub", summary="EPUB 3.3", verdicts=(Remark(code="x", severity="note", message="m"),)),),
)


def test_what_is_written_is_read_back(tmp_path):
    path = tmp_path / "issue.json"
    path.write_bytes(write_proof(PROOF))

    assert read_proof(path) == PROOF


def test_it_is_json_that_people_can_read():
    text = write_proof(PROOF).decode()

    assert text.startswith(
        '{\n  "format": 1,\n  "series": "tuan-tin",\n  "week": "2026-W12",\n  "title": "Tuần tin",\n'
    )
    assert json.loads(text)["articles"][0]["fingerprint"] == "AP8="


@pytest.mark.parametrize(
    ("data", "message"),
    [
        pytest.param(None, "no such file or directory.", id="missing"),
        pytest.param(b"", "Input data was truncated. Restore it or remove the issue.", id="empty"),
        pytest.param(b'{"format": 1', "Input data was truncated. Restore it or remove the issue.", id="cut short"),
        pytest.param(
            b'{"format": 1}', "Object missing required field `series`. Restore it or remove the issue.", id="another"
        ),
        pytest.param(b'{"format": 2}', "a later publisher wrote it (format 2). Use that one.", id="of a later version"),
    ],
)
def test_a_proof_that_cannot_be_read_says_why(tmp_path, data, message):
    path = tmp_path / "issue.json"
    if data is not None:
        path.write_bytes(data)

    with pytest.raises(InputError) as raised:
        read_proof(path)

    assert str(raised.value) == f"cannot read the proof {path}: {message}"


@pytest.mark.parametrize("name", ["../secret", "a/b", ".hidden", "..", "/etc/passwd"])
def test_a_proof_names_only_files_beside_it(tmp_path, name):
    file = msgspec.structs.replace(PROOF.files[0], name=name)
    path = tmp_path / "issue.json"
    path.write_bytes(write_proof(msgspec.structs.replace(PROOF, files=(file,))))

    with pytest.raises(InputError, match="which lies outside its folder"):
        read_proof(path)


def test_all_proofs_are_had_by_the_folders_of_their_issues_in_order(tmp_path):
    for name in ("2026-W13", "2026-W12", ".building-2026-W14", "notes"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "issue.json").write_bytes(name.encode())
    (tmp_path / "2026-W15").mkdir()
    (tmp_path / "2026").write_bytes(b"no folder")

    proofs = proofs_in(tmp_path)

    assert list(proofs.items()) == [("2026-W12", b"2026-W12"), ("2026-W13", b"2026-W13")]
    assert proofs_in(tmp_path / "none") == {}

"""A proof held against the files beside it, and these against each other."""

import errno
import os
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

import msgspec

from publisher.automation.issues.archives import archive_path
from publisher.automation.issues.proof import NAME, File, Proof, read_proof, sha256_of
from publisher.checking import Looker, Purpose, Validators, check, look
from publisher.model.blocks import Value
from publisher.opening import open_regular


class Doubt(Value, frozen=True, kw_only=True):
    """Something that is not as the proof says."""

    file: str
    message: str


class Verification(Value, frozen=True, kw_only=True):
    """What was held against the proof, and what does not fit."""

    proof: Proof
    files: int
    inputs: int
    checks: int
    doubts: tuple[Doubt, ...]


def verify_proof(
    path: Path,
    validators: Validators | None,
    *,
    checks: bool = True,
    archives: Path | None = None,
    looker: Looker = look,
) -> Verification:
    """The files' and the inputs' hashes, and unless ``checks`` is off what the check of each file finds today.

    An archive that does not stand on the shelf is looked for in ``archives``; without it, no input is held against the
    proof. InputError when the proof cannot be read.
    """
    path = path / NAME if path.is_dir() else path
    proof = read_proof(path)
    archive = archive_path(proof, path.parent, archives)
    doubts = [*_files(proof, path.parent), *(_inputs(proof, archive) if archive else ())]
    if checks and not doubts:
        doubts += _checks(proof, path.parent, validators, looker)
    return Verification(
        proof=proof,
        files=len(proof.all_files),
        inputs=len(proof.inputs) if archive else 0,
        checks=len(proof.checks) if checks else 0,
        doubts=tuple(doubts),
    )


def _files(proof: Proof, folder: Path) -> Iterator[Doubt]:
    named = {NAME, *(file.name for file in proof.all_files)}
    for file in proof.all_files:
        yield from _changes(file, folder)
    for path in sorted(folder.iterdir()):
        if path.name not in named:
            yield Doubt(file=path.name, message="the proof does not name it")


def _changes(file: File, folder: Path) -> Iterator[Doubt]:
    path = folder / file.name
    try:
        if path.is_symlink():
            raise OSError(errno.ELOOP, "it is a link")
        with open_regular(path) as stream:
            size = os.fstat(stream.fileno()).st_size
            same = size == file.bytes and sha256_of(stream) == file.sha256
    except OSError:
        yield Doubt(file=file.name, message="it is missing, or cannot be read")
        return
    if size != file.bytes:
        yield Doubt(file=file.name, message=f"it has {size} bytes, and had {file.bytes}")
    elif not same:
        yield Doubt(file=file.name, message="its bytes have changed")


def _inputs(proof: Proof, path: Path) -> Iterator[Doubt]:
    """What is wrong with the inputs in the archive; of one that is damaged, only that, where nobody said it yet."""
    assert proof.archive is not None, "it has a path"  # noqa: S101 - for the types
    if damaged := list(_changes(proof.archive, path.parent)):
        yield from damaged if proof.archive_kept else ()
        return
    try:
        with zipfile.ZipFile(path) as packed:
            sizes = {info.filename: info.file_size for info in packed.infolist()}
            for each in proof.inputs:
                if each.member not in sizes:
                    yield Doubt(file=path.name, message=f"the input {each.name} is not in it")
                elif sizes[each.member] != each.bytes or _digest_in(packed, each.member) != each.sha256:
                    yield Doubt(file=path.name, message=f"the input {each.name} has changed")
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        yield Doubt(file=path.name, message=f"it is no archive that can be read: {error}")


def _digest_in(packed: zipfile.ZipFile, member: str) -> str:
    with packed.open(member) as stream:
        return sha256_of(stream)


def _checks(proof: Proof, folder: Path, validators: Validators | None, looker: Looker) -> Iterator[Doubt]:
    """Errors that a check finds today and did not then. What needs a validator that is not at hand is passed over."""
    judged = {each.file: each for each in proof.checks}
    for file in proof.files:
        if file.name not in judged:
            continue
        then = {(each.code, each.message) for each in judged[file.name].verdicts}
        purposes: frozenset[Purpose] = frozenset({"press"} if file.press else ())
        report = check((folder / file.name).read_bytes(), file.name, purposes, validators, looker)
        if report.summary != judged[file.name].summary:
            yield Doubt(
                file=file.name, message=f"it is {report.summary!r}, and the proof says {judged[file.name].summary!r}"
            )
        for finding in report.findings:
            if finding.severity == "error" and (finding.code, finding.message) not in then:
                yield Doubt(file=file.name, message=f"{finding.message} [{finding.code}]")


def as_json(verification: Verification) -> str:
    """The verification without the proof, as one line."""
    return msgspec.json.encode(
        {
            "week": verification.proof.week,
            "files": verification.files,
            "inputs": verification.inputs,
            "checks": verification.checks,
            "doubts": verification.doubts,
        }
    ).decode()

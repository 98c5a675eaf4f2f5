"""The proof beside each issue, ``issue.json``: what it was made of, what was found, and what exactly was published.

The shelf is read from these files alone, and the ledger can be made anew from them: what they say is the truth.
"""

import contextlib
import datetime as dt
import hashlib
from pathlib import Path, PurePosixPath
from typing import IO, Literal, TypeAlias

import msgspec

from publisher.errors import InputError
from publisher.model import AlsoIn, Omission, Problem, Severity
from publisher.model.blocks import Value
from publisher.opening import open_regular
from publisher.siblings import near_sibling

NAME = "issue.json"
FORMAT = 1
"""Raised when a file of an earlier version can no longer be read as it is."""

LIMIT_BYTES = 64 * 1024 * 1024
"""What a proof may hold: some ten thousand articles. A larger file is none of ours."""

Format: TypeAlias = Literal["pdf", "epub"]


class File(Value, frozen=True, kw_only=True):
    """A file in the issue's folder."""

    name: str
    media_type: str
    bytes: int
    sha256: str
    format: Format | None = None
    """``None`` for what is no rendition: the cover, the archive."""

    profile: str | None = None
    """The e-reader that it is made for; ``None`` for all of them."""

    press: bool = False
    """Whether it is for a press and not for readers."""

    pages: int | None = None
    """Of a PDF."""


class Ran(Value, frozen=True, kw_only=True):
    """An article that the issue holds: what later issues must know of it."""

    key: str
    """``Article.key``: the same for two readings of an article."""

    sha256: str
    """Of its text, in NFC: whether it has changed since."""

    source: str | None = None
    """SHA-256 of the page or the file that it was read from: while that is the same, the text is too."""

    headline: str
    standfirst: str | None = None
    section: str | None = None
    publication: str | None = None
    url: str | None = None
    language: str
    fingerprint: bytes | None = None
    """What tells whether another outlet's article is the same story; ``None`` for one without text."""

    updated_since: str | None = None
    """The issue that ran an earlier text of it, as printed."""

    also: tuple[AlsoIn, ...] = ()
    """The other outlets' reports of the story, which stand under it."""


class Pointer(Value, frozen=True, kw_only=True):
    """A teaser in the appendix."""

    headline: str
    url: str | None = None


class Input(Value, frozen=True, kw_only=True):
    """A page, a file or a feed that was read."""

    name: str
    """As the settings name it, or the file in the folder that they name; an address for what was fetched."""

    media_type: str
    bytes: int
    sha256: str
    member: str
    """Where it is in the archive."""


class Judged(Value, frozen=True, kw_only=True):
    """What the check of one file found."""

    file: str
    summary: str
    """What the file is and what it claims."""

    verdicts: tuple["Remark", ...] = ()
    """All findings, notes included: what a validator confirmed is one of them."""


class Remark(Value, frozen=True, kw_only=True):
    """One finding."""

    code: str
    severity: Severity
    message: str
    where: str | None = None


class Proof(Value, frozen=True, kw_only=True):
    """All that is known of a published issue. The same inputs, settings and versions give the same bytes."""

    format: int = FORMAT
    series: str
    """The series' lasting name: with ``week`` the issue's identity."""

    week: str
    """ISO 8601: ``2026-W12``."""

    title: str
    number: str | None
    date: dt.date
    first_day: dt.date
    """With ``date`` as the last, the days that the issue covers."""

    language: str
    identifier: str
    generator: str
    versions: dict[str, str]
    """The packages that decide what the files look like."""

    settings: str
    """SHA-256 of the settings that decide what the files look like."""

    files: tuple[File, ...]
    """The renditions, in the order of the settings."""

    cover: File | None = None
    archive: File | None = None
    """The inputs as they came, and the issue as it was understood: what ``--rebuild`` makes it from again."""

    archive_kept: bool = False
    """Whether the archive is with who made the issue, and not on the shelf."""

    articles: tuple[Ran, ...]
    teasers: tuple[Pointer, ...] = ()
    inputs: tuple[Input, ...] = ()
    omissions: tuple[Omission, ...] = ()
    problems: tuple[Problem, ...] = ()
    checks: tuple[Judged, ...] = ()

    @property
    def all_files(self) -> tuple[File, ...]:
        """The files that lie beside the proof."""
        beside = (self.cover, None if self.archive_kept else self.archive)
        return (*self.files, *(file for file in beside if file))


def write_proof(proof: Proof) -> bytes:
    """The proof as indented JSON: people read it too."""
    return msgspec.json.format(msgspec.json.encode(proof), indent=2) + b"\n"


def proofs_in(issues: Path) -> dict[str, bytes]:
    """The bytes of each issue's proof, by the name of its folder and in this order. OSError when one cannot be read.

    A run has several questions to all of a shelf's proofs, and reads them once: of years of issues that is most of what
    a run without work costs.
    """
    proofs = {}
    with contextlib.suppress(FileNotFoundError):
        for folder in issues.iterdir():
            if "0" <= folder.name[0] <= "9":
                with contextlib.suppress(FileNotFoundError, NotADirectoryError):
                    proofs[folder.name] = (folder / NAME).read_bytes()
    return dict(sorted(proofs.items()))


def read_proof(path: Path) -> Proof:
    """The proof in a file; InputError when it is missing, damaged, or of a later version than this one knows."""
    try:
        with open_regular(path) as stream:
            data = stream.read(LIMIT_BYTES + 1)
        if len(data) > LIMIT_BYTES:
            raise InputError(f"cannot read the proof {path}: it has more than {LIMIT_BYTES // 1024**2} MiB. Remove it.")
        version = msgspec.json.decode(data, type=_Version).format
        if version > FORMAT:
            raise InputError(
                f"cannot read the proof {path}: a later publisher wrote it (format {version}). Use that one."
            )
        proof = msgspec.json.decode(data, type=Proof)
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        raise InputError(f"cannot read the proof {path}: {why}. {near_sibling(path, '')}".rstrip()) from error
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise InputError(f"cannot read the proof {path}: {error}. Restore it or remove the issue.") from error
    for file in (*proof.all_files, *((proof.archive,) if proof.archive else ())):
        if PurePosixPath(file.name).name != file.name or file.name.startswith("."):
            raise InputError(f"cannot trust the proof {path}: it names {file.name!r}, which lies outside its folder.")
    return proof


class _Version(msgspec.Struct):
    format: int


def sha256(data: bytes) -> str:
    """The digest as 64 hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def sha256_of(stream: IO[bytes]) -> str:
    """That of what is read, a piece of which is in memory at a time: whoever made it may have meant a bomb."""
    return hashlib.file_digest(stream, "sha256").hexdigest()  # type: ignore[arg-type]  # all of ours have readinto

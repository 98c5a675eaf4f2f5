"""Where the archives of issues are: with who makes them, unless the settings put them on the shelf for its readers.

An archive that is kept is named after its issue and its bytes, so that it never takes the place of another: an issue
that is made anew has its own before it is published, and the old one goes only after that.
"""

import contextlib
import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from pathlib import Path

from publisher.automation.issues.proof import NAME as PROOF
from publisher.automation.issues.proof import File, Proof, read_proof, sha256
from publisher.errors import InputError, OutputError
from publisher.model import Written
from publisher.writing import holds, remove_unfinished, write_ahead

NAME = "sources.zip"
"""What an archive is called beside its issue."""


def beside(folder: Path, archive: Written) -> AbstractContextManager[Callable[[], File]]:
    """An archive on its way into its issue's folder, for whoever reads the shelf: see ``kept``."""
    return _put(folder / NAME, archive.data, archive.sha256 or sha256(archive.data))


def kept(archives: Path, series: str, week: str, archive: Written) -> AbstractContextManager[Callable[[], File]]:
    """The archive of an issue on its way to who makes it, closed to others.

    It is there when what is given is called, and then in a moment; if it never is, nothing is. OutputError when the
    disk refuses.
    """
    digest = archive.sha256 or sha256(archive.data)
    return _put(archives / f"{series}-{week}-{digest[:16]}.zip", archive.data, digest)


@contextlib.contextmanager
def _put(path: Path, data: bytes, digest: str) -> Iterator[Callable[[], File]]:
    file = File(name=path.name, media_type="application/zip", bytes=len(data), sha256=digest)
    # One that is there already is not replaced: killed on the way, that would leave a file that nobody removes.
    if holds(path, data):
        yield lambda: file
        return
    with write_ahead(path, data) as put:

        def keep() -> File:
            _make_folder(path.parent)
            put()
            return file

        yield keep


def _make_folder(archives: Path) -> None:
    try:
        archives.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise OutputError(f"cannot keep what the issue is made of in {archives}: {reason}. Mend it.") from error


def archive_path(proof: Proof, folder: Path, archives: Path | None) -> Path | None:
    """Where the archive of the issue in a folder should be; ``None`` when it has none, or is kept nobody says where."""
    if proof.archive is None:
        return None
    if not proof.archive_kept:
        return folder / proof.archive.name
    return archives / proof.archive.name if archives else None


def clear(archives: Path, series: str, issues: Path, proofs: Mapping[str, bytes], *, keeps_all: bool) -> None:
    """Remove a series' archives that no issue needs: replaced ones, and where the shelf does not keep all, old ones.

    ``proofs`` are those of the issues. An issue is gone when the shelf has later ones and not it. Of one whose proof
    cannot be read, all archives stay. The caller holds the shelf's lock. OSError when the disk refuses.
    """
    newest = max(proofs, default="")
    for week, names in _kept(archives, series):
        if week in proofs:
            # As it nearly always is: of a year's issues, to decode each proof takes longer than all the rest.
            if len(names) > 1 or names[0].encode() not in proofs[week]:
                _remove_replaced([archives / name for name in names], issues / week / PROOF)
        elif not keeps_all and week < newest:
            for name in names:
                Path(archives, name).unlink()


def clear_unfinished(archives: Path, now: dt.datetime, limit_seconds: float) -> None:
    """Remove what a run that was killed left unfinished among the archives. OSError when the disk refuses.

    Digests of other series may be writing there; a run takes no longer than the limit.
    """
    remove_unfinished(archives, before=now.timestamp() - limit_seconds)


def _kept(archives: Path, series: str) -> Iterator[tuple[str, list[str]]]:
    """The weeks with the names of their archives."""
    ours = re.compile(rf"{re.escape(series)}-(\d{{4}}-W\d\d)-[0-9a-f]{{16}}\.zip")
    found: dict[str, list[str]] = {}
    for path in archives.iterdir() if archives.is_dir() else ():
        if name := ours.fullmatch(path.name):
            found.setdefault(name[1], []).append(path.name)
    yield from sorted(found.items())


def _remove_replaced(paths: list[Path], proof: Path) -> None:
    try:
        archive = read_proof(proof).archive
    except InputError:
        return
    for path in paths:
        if archive is None or path.name != archive.name:
            path.unlink()

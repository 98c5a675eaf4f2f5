"""The files of an issue: made and written as the command line would, and what a check finds in them."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from msgspec.structs import replace

from publisher.checking import check
from publisher.config import DeskSettings, OutputSettings
from publisher.desk.folder import DeskFolder
from publisher.desk.views import shown_problem
from publisher.model import Change, Finding, Problem, Written
from publisher.model.blocks import Value
from publisher.pipeline import Means, Request, publish
from publisher.seams import Progress

COMMAND = "publisher compile desk.toml"
"""What does the same in the folder."""

SHELF_COMMAND = "publisher shelf add {shelf} desk.toml"
"""What puts the issue on a shelf, in the folder."""


class ExportedFile(Value, frozen=True, kw_only=True):
    """A file that was written."""

    file: str
    bytes: int
    pages: int
    changes: tuple[Change, ...]
    url: str


class Exported(Value, frozen=True, kw_only=True):
    """What came of an export."""

    files: tuple[ExportedFile, ...]
    problems: tuple[Problem, ...]
    command: str = COMMAND


class PlannedFile(Value, frozen=True, kw_only=True):
    """A file that would be written."""

    file: str
    profile: str
    press: bool
    exists: bool


class CarriedFile(Value, frozen=True, kw_only=True):
    """A file that a PDF carries."""

    name: str
    description: str
    bytes: int


class ShownFinding(Value, frozen=True, kw_only=True):
    """What a check found, at its page."""

    severity: str
    code: str
    message: str
    page: int | None
    article: str | None
    place: str | None


def export(request: Request, means: Means, progress: Progress, folder: DeskFolder) -> Exported:
    """Write the files of a request. Any of the errors of ``publisher.errors``."""
    for output in request.edition.outputs:
        folder.place(output.path.relative_to(request.references[0]).as_posix())
    outcome = publish(request, replace(means, progress=progress))
    return Exported(
        files=tuple(
            ExportedFile(
                file=path.name,
                bytes=len(written.data),
                pages=written.page_count,
                changes=written.changes,
                url=f"/api/files/{path.name}",
            )
            for path, written in outcome.written.items()
        ),
        problems=tuple(shown_problem(each, folder) for each in outcome.problems),
    )


def planned(desk: DeskSettings, folder: DeskFolder) -> tuple[PlannedFile, ...]:
    """The files that would be written."""
    return tuple(
        PlannedFile(
            file=output.file,
            profile=output.profile,
            press=output.press is not None,
            exists=Path(folder.path, output.file).exists(),
        )
        for output in desk.outputs
    )


def findings(written: Written) -> tuple[Finding, ...]:
    """What is found in the pages as they are."""
    return check(written.data, "the issue", frozenset()).findings


def media_type_of_output(outputs: Sequence[OutputSettings], name: str) -> str | None:
    """What a file of the outputs is; ``None`` for a name that is none of theirs."""
    suffix = name.rpartition(".")[2]
    known = any(each.file == name for each in outputs)
    return {"pdf": "application/pdf", "epub": "application/epub+zip"}.get(suffix) if known else None


def shown_findings(found: Sequence[Finding], ids: Mapping[str, str]) -> tuple[ShownFinding, ...]:
    """Findings at their pages; ``ids`` are what the desk calls articles, by headline."""
    return tuple(
        ShownFinding(
            severity=finding.severity,
            code=finding.code,
            message=finding.message,
            page=finding.where.page,
            article=ids.get(finding.where.article or ""),
            place=finding.where.place,
        )
        for finding in found
    )

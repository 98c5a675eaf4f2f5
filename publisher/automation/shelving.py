"""An issue that a person made put on a shelf: the files of a ``desk.toml`` and their proof, as a digest leaves them."""

import os
from collections.abc import Sequence
from pathlib import Path

from msgspec.structs import replace as changed

from publisher.automation.digest.finishing import prove, write_files
from publisher.automation.digest.understanding import pointers_of, ran_of
from publisher.automation.issues import folders
from publisher.automation.issues.proof import NAME, Proof, proofs_in, read_proof, sha256
from publisher.automation.issues.week import week_of
from publisher.automation.lock import locked
from publisher.automation.shelf import ISSUES, Refreshed, refresh_shelf
from publisher.compiling.names import slug
from publisher.config import DeskSettings
from publisher.errors import ConfigError, InputError
from publisher.model import Issue, Problem
from publisher.model.blocks import Value
from publisher.pipeline import Bindery, Gathered, Means, desk_request, gather, make, problems_of

_BUILDING = "desk"


class PutOnShelf(Value, frozen=True, kw_only=True):
    """An issue that a shelf has now."""

    proof: Proof
    refreshed: Refreshed


def put_on_shelf(
    desk: DeskSettings, folder: Path, shelf: Path, means: Means, *, themes: Sequence[Path] = (), replace: bool = False
) -> PutOnShelf:
    """Make the files of a desk as ``compile`` does, put them on the shelf as the issue of their week, and refresh it.

    ``replace`` lets it take the place of an issue of that week. InputError when the week has one, and when the issue
    has no date; ConfigError when the shelf is another series'; LockedError while a digest is at work on it; any of the
    errors of making.
    """
    with locked(shelf):
        folders.tidy(shelf / ISSUES)
        series = _series(desk, shelf)
        with folders.building(shelf / ISSUES, _BUILDING) as built:
            request = desk_request(desk, folder, themes)
            outputs = tuple(changed(output, path=built / output.path.name) for output in request.edition.outputs)
            request = changed(request, edition=changed(request.edition, outputs=outputs))
            with Bindery(request.edition, progress=means.progress, picture=means.decoded) as bindery:
                gathered = gather(request, means)
                issue, written = make(gathered, request, means, bindery)
            proof = _proof(issue, gathered, series, desk, folder)
            target = shelf / ISSUES / proof.week
            if target.exists() and not replace:
                taken = f"the shelf {shelf} has an issue of {proof.week} already"
                raise InputError(taken, code="week-taken", subject=proof.week)
            proof = write_files(proof, built, written, desk.outputs, desk.theme, desk.issue.attach)
            proof = changed(proof, problems=tuple(_placeless(problem, folder) for problem in problems_of(written)))
            prove(built, proof)
            folders.put(built, target)
        refreshed = refresh_shelf(shelf)
    return PutOnShelf(proof=proof, refreshed=refreshed)


def _series(desk: DeskSettings, shelf: Path) -> str:
    """The lasting name of the shelf's series; of an empty shelf, what the issue's series or title makes one."""
    wanted = slug(desk.issue.series or "")
    for week in proofs_in(shelf / ISSUES):
        series = read_proof(shelf / ISSUES / week / NAME).series
        if wanted not in ("", series):
            raise ConfigError(
                f"the shelf {shelf} holds the series {series!r}, not {wanted!r}. Give each its own shelf."
            )
        return series
    return wanted or slug(desk.issue.title or "") or "issues"


def _proof(issue: Issue, gathered: Gathered, series: str, desk: DeskSettings, folder: Path) -> Proof:
    """What is known of the issue before its files are written."""
    if issue.date is None:
        raise InputError("the issue has no date, and a shelf has issues by their weeks. Give it a date.")
    digests = {source.name: sha256(source.data) for source in gathered.sources}
    omissions = (*gathered.omissions, *issue.omissions)
    return Proof(
        series=series,
        week=str(week_of(issue.date)),
        title=issue.title or issue.series or series,
        number=issue.number,
        date=issue.date,
        first_day=issue.date,
        language=issue.language,
        identifier=issue.identifier,
        generator="",
        versions={},
        settings="",
        files=(),
        articles=tuple(ran_of(placed, digests.get(placed.article.origin or "")) for placed in issue.articles),
        teasers=pointers_of(issue),
        omissions=tuple(changed(each, because=_without(each.because, folder)) for each in omissions),
    )


def _placeless(problem: Problem, folder: Path) -> Problem:
    """A problem that does not say where on this machine the folder lies."""
    where = _without(problem.where, folder) if problem.where else None
    return changed(problem, message=_without(problem.message, folder), where=where)


def _without(words: str, folder: Path) -> str:
    return words.replace(f"{folder}{os.sep}", "")

"""The stages in their order: read this first.

::

    reference ──fetching──▶ Source ──reading──▶ Articles ──compiling──▶ Issue ──fetching──▶ Issue with its pictures
    (path, -)               (bytes)             (blocks)                                      │
                               ▲                   │                                       theming
                               └──── fetching ─────┘                                          ▼
                         pages that a feed sums up      bytes ◀──────── writing ──────── Rendition
                                                        .pdf .epub                       (XHTML, CSS)

Each stage is a function from one frozen value to the next and knows none of the others; this package alone knows which
comes after which: how articles are had in ``gathering``, how they become an issue in ``assembling``, how files are made
of it in ``bindery``, and the whole way here. Nothing in it reads the clock, the environment or the current folder: a
date comes in a plan, a folder in a request, and the ways to the outside in ``Means``.
"""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import msgspec

from publisher.errors import StrictError, UnthemedError
from publisher.model import Issue, IssuePlan, Problem, Written
from publisher.pipeline.assembling import assemble, uncompiled, without_unthemed
from publisher.pipeline.bindery import Bindery, Edition, Output, outputs_for, problems_of
from publisher.pipeline.culprits import sifted
from publisher.pipeline.evidence import find_originals
from publisher.pipeline.gathering import Gathered, Wanted, gather
from publisher.pipeline.means import Means, Picture, Read
from publisher.pipeline.quarantine import MOST_KEPT, kept_in
from publisher.pipeline.readings import OutletProfiles, load_profiles
from publisher.writing import write_atomically

__all__ = [
    "MOST_KEPT",
    "Bindery",
    "Edition",
    "Gathered",
    "Means",
    "OutletProfiles",
    "Output",
    "Picture",
    "Published",
    "Read",
    "Request",
    "Wanted",
    "assemble",
    "fail_on",
    "gather",
    "kept_in",
    "load_profiles",
    "outputs_for",
    "problems_of",
    "publish",
    "sifted",
    "uncompiled",
    "without_unthemed",
]


class Request(Wanted, frozen=True, kw_only=True):
    """What is to be made of what."""

    edition: Edition
    plan: IssuePlan = IssuePlan()
    strict: bool = False
    """Whether any problem is a failure: then nothing is written."""

    name: Callable[[Issue, Sequence[Path]], Mapping[Path, Path]] = lambda issue, paths: {path: path for path in paths}
    """Where the files go that were made for the paths of the outputs: a path for each, perhaps named after the issue.

    It is asked when they are made, and gives paths in the same folders.
    """


class Published(msgspec.Struct, frozen=True, kw_only=True):
    """What came of a request."""

    issue: Issue
    written: Mapping[Path, Written]
    problems: tuple[Problem, ...]


def publish(request: Request, means: Means = Means()) -> Published:  # noqa: B008 - frozen
    """Make the issue and write its files, each whole or not at all.

    Any of the errors of ``publisher.errors``; what went wrong in one of several sources is a problem instead.
    """
    # The engine loads in its own process while the articles are read.
    with Bindery(request.edition, progress=means.progress, picture=means.decoded) as bindery:
        gathered = gather(request, means)
        find_originals(request.edition.originals, gathered.sources)  # A mistyped name must not cost the making.
        issue, written = _made(gathered, request, means, bindery)
    found = problems_of(written)
    if request.strict:
        fail_on(found)
    names = request.name(issue, tuple(written))
    written = {names[path]: file for path, file in written.items()}
    for number, (path, file) in enumerate(written.items(), start=1):
        write_atomically(path, file.data)
        means.progress("write", number, len(written))
    return Published(issue=issue, written=written, problems=found)


def _made(gathered: Gathered, request: Request, means: Means, bindery: Bindery) -> tuple[Issue, Mapping[Path, Written]]:
    """The issue and its files, without the articles that cannot be themed, if any can."""
    while True:
        issue = assemble(gathered, request.plan, means)
        try:
            return issue, bindery.make(issue, gathered.sources)
        except UnthemedError as error:
            gathered = without_unthemed(gathered, issue, error, means)


def fail_on(problems: Sequence[Problem]) -> None:
    """StrictError when there are any."""
    if problems:
        found = "one problem was found" if len(problems) == 1 else f"{len(problems)} problems were found"
        raise StrictError(
            f"{found} and none is allowed, so nothing was written",
            code="strict",
            subject=found,
            hint=f"The first: {problems[0]}",
        )

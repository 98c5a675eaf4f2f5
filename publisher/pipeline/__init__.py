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

from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

from publisher.counting import spelled
from publisher.errors import StrictError, UnthemedError
from publisher.model import Issue, Problem, Written
from publisher.pipeline.assembling import assemble, uncompiled, without_unthemed
from publisher.pipeline.bindery import Bindery, Edition, problems_of
from publisher.pipeline.culprits import sifted
from publisher.pipeline.desk import OUTLETS, desk_request, edition_of_desk, plan_of_desk
from publisher.pipeline.evidence import find_originals
from publisher.pipeline.gathering import Gathered, Wanted, gather
from publisher.pipeline.means import Means, Picture, Read
from publisher.pipeline.outputs import Output, outputs_for
from publisher.pipeline.quarantine import MOST_KEPT, kept_in
from publisher.pipeline.readings import CORRECTIONS_SUFFIX, OutletProfiles, load_profiles
from publisher.pipeline.request import Request
from publisher.writing import write_atomically

__all__ = [
    "CORRECTIONS_SUFFIX",
    "MOST_KEPT",
    "OUTLETS",
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
    "desk_request",
    "edition_of_desk",
    "fail_on",
    "gather",
    "kept_in",
    "load_profiles",
    "make",
    "outputs_for",
    "plan_of_desk",
    "problems_of",
    "publish",
    "sifted",
    "uncompiled",
    "without_unthemed",
]


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
    with Bindery(request.edition, progress=means.progress, picture=means.decoded, loading=means.engine) as bindery:
        gathered = gather(request, means).untraced()
        find_originals(request.edition.originals, gathered.sources)  # A mistyped name must not cost the making.
        issue, written = make(gathered, request, means, bindery)
    found = problems_of(written)
    if request.strict:
        fail_on(found)
    names = request.name(issue, tuple(written))
    written = {names[path]: file for path, file in written.items()}
    for number, (path, file) in enumerate(written.items(), start=1):
        write_atomically(path, file.data)
        means.progress("write", number, len(written))
    return Published(issue=issue, written=written, problems=found)


def make(gathered: Gathered, request: Request, means: Means, bindery: Bindery) -> tuple[Issue, Mapping[Path, Written]]:
    """The issue and its files, without the articles that cannot be themed, if any can."""
    while True:
        issue = assemble(gathered, request.plan, means)
        means.rest()
        try:
            return issue, bindery.make(issue, gathered.sources)
        except UnthemedError as error:
            gathered = without_unthemed(gathered, issue, error, means)


def fail_on(problems: Sequence[Problem]) -> None:
    """StrictError when there are any."""
    if problems:
        found = spelled(len(problems), "problem was found", "problems were found")
        raise StrictError(
            f"{found} and none is allowed, so nothing was written",
            code="strict",
            subject=found,
            hint=f"The first: {problems[0]}",
        )

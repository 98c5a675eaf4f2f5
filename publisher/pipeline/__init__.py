"""The stages in their order: read this first.

::

    reference ──fetching──▶ Source ──reading──▶ Articles ──compiling──▶ Issue ──theming──▶ Rendition ──writing──▶ bytes

Each stage is a function from one frozen value to the next and knows none of the others; this package alone knows which
comes after which: the whole way here, how articles are had in ``readings``, how files are made in ``bindery``. Nothing
in it reads the clock, the environment or the current folder: a date comes in a plan, a folder in a request.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import BinaryIO

import msgspec

from publisher.checking import Purpose, Report, Validators, check, find_validators
from publisher.compiling import (
    Double,
    Fingerprint,
    compile_issue,
    content_digest,
    fingerprint,
    fullness,
    group_stories,
    same_article,
    same_story,
    same_text,
    words_of,
)
from publisher.errors import OptionError, StrictError
from publisher.fetching import Web, article_files, gather_assets, is_address, load, picture_asset, suffix_for
from publisher.model import Article, Issue, IssuePlan, Problem, Reading, Written
from publisher.pipeline.bindery import Bindery, Edition, Output, outputs_for, problems_of
from publisher.pipeline.evidence import find_originals
from publisher.pipeline.readings import OutletProfiles, Read, fetch_articles, load_corrections, load_profiles, read_all
from publisher.reading import Correction, OutletProfile, read
from publisher.seams import Keep, Progress, untold
from publisher.writing import write_atomically
from publisher.writing.devices import DeviceOptions
from publisher.writing.pdf import Press, PressOptions

__all__ = [
    "Bindery",
    "Correction",
    "DeviceOptions",
    "Double",
    "Edition",
    "Fingerprint",
    "Keep",
    "OutletProfile",
    "OutletProfiles",
    "Output",
    "Press",
    "PressOptions",
    "Progress",
    "Published",
    "Purpose",
    "Read",
    "Report",
    "Request",
    "Validators",
    "Web",
    "article_files",
    "check",
    "compile_issue",
    "content_digest",
    "fail_on",
    "fetch_articles",
    "find_validators",
    "fingerprint",
    "fullness",
    "gather_assets",
    "group_stories",
    "is_address",
    "load",
    "load_corrections",
    "load_profiles",
    "outputs_for",
    "picture_asset",
    "problems_of",
    "publish",
    "read",
    "read_all",
    "same_article",
    "same_story",
    "same_text",
    "suffix_for",
    "words_of",
    "write_atomically",
]


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be made of what."""

    references: tuple[str, ...]
    """Files, folders, web addresses, or ``-`` for standard input."""

    edition: Edition
    plan: IssuePlan = IssuePlan()
    single: bool = False
    """Whether more than one article is a mistake, as in a brief."""

    strict: bool = False
    """Whether any problem is a failure: then nothing is written."""

    profiles: OutletProfiles = OutletProfiles()
    corrections: Path | None = None
    """A file for the one source; ``None``: what lies beside each source."""


class Published(msgspec.Struct, frozen=True, kw_only=True):
    """What came of a request."""

    issue: Issue
    written: Mapping[Path, Written]
    problems: tuple[Problem, ...]


def publish(
    request: Request,
    stdin: BinaryIO | None = None,
    progress: Progress = untold,
    web: Web | None = None,
) -> Published:
    """Make the issue and write its files, each whole or not at all. Without ``web``, nothing is fetched.

    Any of the errors of ``publisher.errors``; what went wrong in one of several sources is a problem instead.
    """
    with Bindery(request.edition) as bindery:  # The engine loads in its own process while the articles are read.
        sources = load(request.references, stdin, web)
        corrections = load_corrections(sources, request.corrections)
        readings, problems = read_all(sources, progress, request.profiles, corrections)
        readings, pages = fetch_articles(readings, web, progress, request.profiles)
        sources = (*sources, *pages)
        find_originals(request.edition.originals, sources)  # A mistyped name must not cost the making.
        issue = compile_issue(_articles(readings, single=request.single), request.plan)
        issue = gather_assets(issue, sources, web)
        issue = msgspec.structs.replace(issue, problems=(*problems, *issue.problems))
        written = bindery.make(issue, sources, progress)
    found = problems_of(written)
    if request.strict:
        fail_on(found)
    for number, (path, file) in enumerate(written.items(), start=1):
        write_atomically(path, file.data)
        progress("write", number, len(written))
    return Published(issue=issue, written=written, problems=found)


def fail_on(problems: Sequence[Problem]) -> None:
    """StrictError when there are any."""
    if problems:
        count = "one problem was" if len(problems) == 1 else f"{len(problems)} problems were"
        raise StrictError(f"{count} found and --strict is given, so nothing was written. The first: {problems[0]}")


def _articles(readings: Sequence[Reading], *, single: bool) -> tuple[Article, ...]:
    articles = tuple(article for reading in readings for article in reading.articles)
    if single and len(articles) > 1:
        raise OptionError(f"a brief holds one article, and there are {len(articles)}. Use publisher compile")
    return articles

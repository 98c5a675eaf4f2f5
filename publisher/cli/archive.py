"""``publisher archive``: what many outlets print for years, kept as articles, and found again."""

import contextlib
import datetime as dt
import functools
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import click

from publisher.cli.commands import Command, Group
from publisher.cli.options import Command as Callback
from publisher.cli.options import cache_folder, confined_reader, jobs_option, outlet_profiles, theme_folders
from publisher.cli.parameters import Day, Language
from publisher.cli.terminal import ProgressLine, say, say_json, show_problems
from publisher.cli.web import web_options
from publisher.confinement.jobs import JOBS
from publisher.counting import counted
from publisher.errors import CheckError, OptionError
from publisher.seams import Executor, Here

if TYPE_CHECKING:
    from publisher.model import Problem
    from publisher.pipeline import Means

ARCHIVE = click.argument("archive", metavar="ARCHIVE", type=click.Path(path_type=Path, file_okay=False))


@click.group(cls=Group)
def archive() -> None:
    """Keep the articles of many pages, and find them again.

    ARCHIVE is a folder. Pages are read side by side, on this machine or by the workers of a Dask scheduler.
    """


def executor_options(command: Callback) -> Callback:
    """Add ``--jobs`` and ``--cluster``: given as ``executor``, which ends with the command."""

    @jobs_option("In how many processes of this machine at most it is done.")
    @click.option("--cluster", metavar="ADDRESS", help="A Dask scheduler, as tcp://host:8786: its workers do it.")
    @functools.wraps(command)
    def with_executor(*args: Any, jobs: int | None, cluster: str | None, **kwargs: Any) -> Any:
        if jobs and cluster:
            raise OptionError("--jobs is of this machine, and --cluster of others. Give one of both.")
        with _executor(jobs, cluster) as executor:
            return command(*args, executor=executor, **kwargs)

    return cast(Callback, with_executor)


@contextlib.contextmanager
def _executor(jobs: int | None, cluster: str | None) -> Iterator[Executor]:
    if cluster:
        from publisher.executing.cluster import Cluster

        with Cluster(cluster) as workers:
            yield workers
    elif jobs and jobs > 1:
        from publisher.executing.processes import Processes

        with Processes(jobs) as processes:
            yield processes
    else:
        yield Here()


@archive.command(cls=Command)
@ARCHIVE
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@executor_options
@confined_reader
@web_options
def add(archive: Path, sources: tuple[str, ...], executor: Executor, means: "Means", articles: bool) -> None:
    """Read the pages that ARCHIVE does not have yet, and keep their articles.

    A text of nothing but addresses stands for these. What was ended goes on when it is run again.

    \b
    publisher archive add news/ pages/ feeds.txt --jobs 8
    publisher archive add news/ pages/ --cluster tcp://scheduler:8786
    """
    import msgspec

    from publisher.archive.adding import add as add_pages
    from publisher.archive.batches import ArchiveReader
    from publisher.archive.index import index
    from publisher.confinement.standing import do

    progress = ProgressLine()
    problems: list[Problem] = []
    job = (click.get_current_context().obj or JOBS)["read"]
    read = means.read if isinstance(executor, Here) else functools.partial(do, job)
    reader = ArchiveReader(read=read, profiles=outlet_profiles(None))
    means = msgspec.structs.replace(means, executor=executor, progress=progress)
    try:
        added = add_pages(archive, sources, reader, means, articles=articles, tell=problems.append)
        index(archive)
    finally:
        progress.clear()
    show_problems(problems)
    had = counted(added.known, "page was", "pages were")
    lost = f"; {counted(added.lost, 'is', 'are')} lost, see {archive / 'lost.jsonl'}" if added.lost else ""
    read_, kept = counted(added.pages, "page"), counted(added.articles, "article")
    say(f"{archive}: {read_} read, {kept}; {had} there already{lost}")


@archive.command(cls=Command)
@ARCHIVE
def group(archive: Path) -> None:
    """Bring together the articles that tell one story, in the weeks of ARCHIVE that have new ones.

    \b
    publisher archive group news/
    """
    from publisher.archive.grouping import group as group_weeks

    grouped = group_weeks(archive)
    weeks, articles = counted(grouped.weeks, "week"), counted(grouped.articles, "article")
    say(f"{archive}: {weeks} grouped, with {articles} in {counted(grouped.stories, 'story', 'stories')}")


@archive.command(cls=Command)
@ARCHIVE
@click.argument("words", nargs=-1, metavar="[WORD]...")
@click.option("--since", type=Day(), metavar="DATE", help="Of this day or later: YYYY-MM-DD.")
@click.option("--until", type=Day(), metavar="DATE", help="Of this day or earlier.")
@click.option("--publication", metavar="NAME", help="Of this outlet, as its pages call it.")
@click.option("--language", type=Language(), metavar="TAG", help="In this language, as vi or en.")
@click.option(
    "--limit", type=click.IntRange(min=1), default=20, show_default=True, help="How many at most, the newest."
)
@click.option("--json", "as_json", is_flag=True, help="The whole articles, which can be compiled: one a line.")
def find(
    archive: Path,
    words: tuple[str, ...],
    since: dt.date | None,
    until: dt.date | None,
    publication: str | None,
    language: str | None,
    limit: int,
    as_json: bool,
) -> None:
    """Print the articles that have all WORDs, the newest first.

    Words that are typed without their marks are found with them too: cau finds cầu, and cầu finds no cau.

    \b
    publisher archive find news/ "cầu Bến Lụa" --since 2026-01-01
    publisher archive find news/ ben lua --json > found.jsonl
    """
    from publisher.archive.index import Question, index
    from publisher.archive.index import find as find_articles
    from publisher.archive.parts import read_part

    index(archive)
    question = Question(words=" ".join(words), since=since, until=until, publication=publication, language=language)
    for found in find_articles(archive, question, limit):
        if as_json:
            say_json(list(read_part(archive / found.part))[found.place].whole())
        else:
            where = " ".join(filter(None, (found.publication, found.url)))
            say(f"{found.published or 'undated':10}  {found.headline}" + (f"  {where}" if where else ""))


@archive.command(cls=Command)
@ARCHIVE
@click.argument("digests", nargs=-1, required=True, metavar="DIGEST.TOML...", type=click.Path(path_type=Path))
@click.option("--weeks", required=True, metavar="WEEKS", help="As 2026-W12, or from one to another: 2026-W01..W52.")
@click.option("--json", "as_json", is_flag=True, help="What came of each issue as JSON, one a line.")
@executor_options
def publish(archive: Path, digests: tuple[Path, ...], weeks: str, as_json: bool, executor: Executor) -> None:
    """Publish the issues of many weeks of each DIGEST.TOML that takes articles from ARCHIVE.

    Those that are published are left as they are. Exits with 8 when an issue could not be published.

    \b
    publisher archive publish news/ digests/*.toml --weeks 2026-W01..W52 --jobs 8
    """
    from publisher.automation.backlog import Folders, publish_backlog
    from publisher.automation.issues.week import parse_weeks
    from publisher.config import ARCHIVE as PREFIX
    from publisher.config import load_settings

    of_weeks = parse_weeks(weeks)
    for each in digests:
        places = (place.from_ for place in load_settings(each).sources if place.from_.startswith(PREFIX))
        taken = {Path(place.removeprefix(PREFIX).partition("?")[0]).resolve() for place in places}
        if archive.resolve() not in taken:
            raise OptionError(f'{each} takes nothing from {archive}. Give it a source: from = "archive:FOLDER".')
    outlets = Path(click.get_app_dir("publisher")) / "outlets"
    folders = Folders(cache=cache_folder("digest"), themes=theme_folders(), outlets=outlets)
    failed = []
    made = 0
    for issued in publish_backlog([each.absolute() for each in digests], of_weeks, folders, executor):
        made += 1
        failed += [] if issued.is_published else [issued]
        if as_json:
            say_json(issued)
        else:
            say(f"{Path(issued.settings).name} {issued.week}: {issued.message}")
    if failed:
        raise CheckError(
            f"{len(failed)} of {counted(made, 'issue')} could not be published. The first: "
            f"{Path(failed[0].settings).name} {failed[0].week}: {failed[0].message}"
        )


@archive.command(cls=Command)
@ARCHIVE
@click.option("--json", "as_json", is_flag=True, help="The same as JSON.")
def status(archive: Path, as_json: bool) -> None:
    """Say what ARCHIVE holds."""
    from publisher.archive.status import status as status_of

    held = status_of(archive)
    if as_json:
        say_json(held)
        return
    weeks = f"{held.weeks[0]} to {held.weeks[-1]}" if held.weeks else "no week"
    articles, pages = counted(held.articles, "article"), counted(held.pages, "page")
    lost = counted(held.lost, "page is", "pages are")
    say(
        f"{articles} of {pages}, {weeks}, in {held.size_bytes / 1e6:.1f} MB",
        f"{lost} lost" + (f": see {archive / 'lost.jsonl'}" if held.lost else ""),
    )

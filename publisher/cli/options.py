"""What the commands share: the search path of themes, what helps to read, and the user's own folders."""

import functools
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

import click
import msgspec

from publisher.cli.terminal import tell
from publisher.confinement.jobs import JOBS
from publisher.confinement.worker import Worker
from publisher.errors import OptionError
from publisher.siblings import near_sibling

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from publisher.pipeline import Means, OutletProfiles
    from publisher.pipeline.means import Read

Command = TypeVar("Command", bound=Callable[..., Any])


def theme_folders(given: Sequence[Path] = ()) -> tuple[Path, ...]:
    """Where themes are looked for before the shipped ones: the folders given, then the user's own.

    OptionError for a folder given that is none.
    """
    for folder in given:
        if not folder.is_dir():
            raise OptionError(
                f"there is no folder {str(folder)!r} of themes. {near_sibling(folder, 'Check the name.')}"
            )
    return (*given, Path(click.get_app_dir("publisher")) / "themes")


def complete_theme(context: click.Context, _param: click.Parameter, incomplete: str) -> list[str]:
    """The names of themes that begin so, for shell completion."""
    from publisher.theming import theme_folders as find

    folders = [folder for folder in context.params.get("folders") or () if folder.is_dir()]
    return [name for name in find(theme_folders(folders)) if name.startswith(incomplete)]


def complete_file(_context: click.Context, _param: click.Parameter, incomplete: str) -> "list[CompletionItem[str]]":
    """The files that begin so, for shell completion."""
    return files(incomplete)


def files(incomplete: str) -> "list[CompletionItem[str]]":
    """What makes a shell offer the files that begin so, which it knows."""
    from click.shell_completion import CompletionItem

    return [CompletionItem(incomplete, type="file")]


def themes_folder_option(command: Command) -> Command:
    """Add ``--themes-folder``."""
    return click.option(
        "--themes-folder",
        "folders",
        multiple=True,
        type=click.Path(path_type=Path, file_okay=False),
        help="A folder of themes to look in first; may be repeated.",
    )(command)


def confined(command: Command) -> Command:
    """Give a command its ``worker``, whose process ends with it. What it may be asked to do is the context's object."""

    @functools.wraps(command)
    def with_worker(*args: Any, **kwargs: Any) -> Any:
        from publisher.confinement.walls import NO_LIMITS

        if NO_LIMITS:
            tell(f"publisher: {NO_LIMITS}")
        with Worker(click.get_current_context().obj or JOBS) as worker:
            return command(*args, worker=worker, **kwargs)

    return cast(Command, with_worker)


def confined_reader(command: Command) -> Command:
    """The same, and its process loads the readers while the command loads what it needs itself."""

    @confined
    @functools.wraps(command)
    def with_reader(*args: Any, worker: Worker, **kwargs: Any) -> Any:
        worker.start("read")
        return command(*args, worker=worker, **kwargs)

    return cast(Command, with_reader)


def reading_options(command: Command) -> Command:
    """Add ``--corrections``, and ``--outlet``: for ``outlet_profiles``."""
    outlet = click.option(
        "--outlet",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="An outlet's own labels and phrases. Without it, your own profiles are found by the pages' addresses.",
    )
    corrections = click.option(
        "--corrections",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="What lines of the one source are. Without it, the file beside each source, as page.txt.corrections.toml.",
    )
    return outlet(corrections(command))


def jobs_option(told: str) -> Callable[[Command], Command]:
    """Add ``--jobs``, which is ``None`` when it is not given."""
    return click.option("--jobs", type=click.IntRange(min=1), metavar="N", help=told)


def side_by_side(means: "Means", jobs: int | None) -> "Means":
    """The means with which pages are read in so many confined processes; they end with the command."""
    if jobs is None or jobs == 1:
        return means
    from publisher.executing.threads import Threads, by_turns

    context = click.get_current_context()
    workers = [context.with_resource(Worker(context.obj or JOBS)) for _ in range(jobs - 1)]
    threads = context.with_resource(Threads(jobs))
    read: Read = by_turns([means.read, *(functools.partial(worker.do, "read") for worker in workers)])

    def rest() -> None:
        """A confined process ends with the thread that started it, and so with these: another starts when it must."""
        threads.rest()
        means.rest()
        for worker in workers:
            worker.rest()

    return msgspec.structs.replace(means, read=read, executor=threads, rest=rest)


def outlet_profiles(chosen: Path | None) -> "OutletProfiles":
    """What ``--outlet`` chose, or else the user's own."""
    from publisher.pipeline import load_profiles

    return load_profiles(chosen, Path(click.get_app_dir("publisher")) / "outlets")


def cache_folder(name: str) -> Path | None:
    """The user's own folder for what may be deleted; ``None`` for a user without a home, as in some containers."""
    try:
        return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "publisher" / name
    except RuntimeError:
        return None

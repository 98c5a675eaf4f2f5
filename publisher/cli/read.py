"""``publisher read``: what was understood of a page, and why."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from publisher.cli.commands import Command
from publisher.cli.options import (
    complete_file,
    confined_reader,
    jobs_option,
    outlet_profiles,
    reading_options,
    side_by_side,
)
from publisher.cli.terminal import say, say_json, show_problems
from publisher.cli.web import web_options
from publisher.errors import OptionError

if TYPE_CHECKING:
    from publisher.pipeline import Means


@click.command(cls=Command)
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...", shell_complete=complete_file)
@click.option(
    "--format",
    "form",
    type=click.Choice(["outline", "json", "markdown"]),
    default="outline",
    show_default=True,
    help="The structure for a person; JSON, one article a line; or Markdown with front matter, of one article. "
    "The last two can be read again.",
)
@click.option("--explain", is_flag=True, help="What each input line was taken for, and by which rule.")
@click.option("--strict", is_flag=True, help="Fail when there is any problem.")
@jobs_option("In how many processes at most pages are read, twenty and more of them.")
@confined_reader
@reading_options
@web_options
def read(
    sources: tuple[str, ...],
    form: str,
    explain: bool,
    strict: bool,
    outlet: Path | None,
    corrections: Path | None,
    means: "Means",
    articles: bool,
    jobs: int | None,
) -> None:
    """Print what was understood of each SOURCE.

    \b
    publisher read page.txt
    publisher read page.txt --explain
    publisher read page.txt --outlet bao.toml
    publisher read pages/ --format json --jobs 4
    publisher read page.html --format markdown > page.md
    publisher read https://bao.example/cau-moi
    """
    from publisher.pipeline import Wanted, fail_on, gather
    from publisher.reading.markdown.manuscript import manuscript
    from publisher.reading.trace.explain import explain as explained
    from publisher.reading.trace.explain import outline
    from publisher.reading.vocabulary import vocabulary

    wanted = Wanted(references=sources, profiles=outlet_profiles(outlet), corrections=corrections, articles=articles)
    gathered = gather(wanted, side_by_side(means, jobs))
    if form == "markdown" and not explain and len(gathered.articles) != 1:
        raise OptionError(
            f"a Markdown file holds one article, and there are {len(gathered.articles)}. Use --format json."
        )
    for reading in gathered.readings:
        if explain:
            say(*explained(reading).split("\n"))
        else:
            for article in reading.articles:
                if form == "json":
                    say_json(article)
                elif form == "markdown":
                    say(*manuscript(article, vocabulary()).rstrip("\n").split("\n"))
                else:
                    say(*outline(article).split("\n"))
    show_problems(gathered.problems)
    if strict:
        fail_on((*gathered.problems, *(problem for article in gathered.articles for problem in article.problems)))

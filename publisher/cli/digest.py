"""``publisher digest``: the weekly issue with nobody watching, and what it remembers."""

import datetime as dt
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from publisher.cli.commands import Group
from publisher.cli.options import cache_folder, files, theme_folders
from publisher.cli.terminal import ProgressLine, grouped, say, say_json, tell
from publisher.counting import counted, spelled
from publisher.errors import CheckError, ConfigError, DeliveryError, OptionError, OutputError

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from publisher.automation.digest.outcome import Outcome
    from publisher.automation.digest.selection import Chosen
    from publisher.automation.digest.surroundings import Surroundings
    from publisher.automation.issues.week import Week
    from publisher.automation.log import Event
    from publisher.config import Mistake, Settings, SettingsDraft

STARTER_NAME = "digest.toml"


class Digest(Group):
    """A group whose first word may be the settings' file itself."""

    def parse_args(self, context: click.Context, args: list[str]) -> list[str]:
        """``run`` is meant where no command is named: by an option, or what is there or has a suffix, as files have."""
        first = args[0] if args else ""
        if first.startswith("-") or Path(first).suffix or (first and Path(first).exists()):
            args = args if first in (*self.commands, "--help", "-h") else ["run", *args]
        return super().parse_args(context, args)

    def shell_complete(self, context: click.Context, incomplete: str) -> "list[CompletionItem[str]]":
        """The commands and options that begin so, else files: settings."""
        return super().shell_complete(context, incomplete) or files(incomplete)

    def format_options(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        """Those of ``run`` too, since its name need not be given."""
        options = [each for each in self.commands["run"].params if isinstance(each, click.Option)]
        with formatter.section("Options of a run"):
            formatter.write_dl([record for each in options if (record := each.get_help_record(context))])
        super().format_options(context, formatter)


@click.group(cls=Digest, subcommand_metavar="[DIGEST.TOML | COMMAND [ARGS]...]")
def digest() -> None:
    """Publish the issue of the last week on a shelf, each story once.

    \b
    publisher digest --init                       # a commented digest.toml to start from
    publisher digest digest.toml                  # the last week that is over
    publisher digest digest.toml --week 2026-W12 --dry-run
    publisher digest check digest.toml            # every mistake in the settings
    publisher digest history digest.toml
    publisher digest doctor digest.toml           # what is wrong, a line a part

    The options are those of publisher digest run: see its --help.
    """


@digest.command()
@click.argument("settings", metavar="DIGEST.TOML", required=False, type=click.Path(path_type=Path))
@click.option("--week", "week_name", metavar="YYYY-Www", help="The week, such as 2026-W12. Without it, the last over.")
@click.option("--dry-run", is_flag=True, help="Say which articles go in and out and why; write nothing.")
@click.option("--rebuild", is_flag=True, help="Make a published issue again from what is kept beside it.")
@click.option("--json", "as_json", is_flag=True, help="Events as JSON on standard output, one a line.")
@click.option("--init", is_flag=True, help="Write commented settings to start from, in digest.toml or the file named.")
def run(settings: Path | None, week_name: str | None, dry_run: bool, rebuild: bool, as_json: bool, init: bool) -> None:
    """Publish the issue of a week.

    Exits with 0 when it is published, 20 with warnings, 21 when there is nothing new, 22 when it was published before.
    """
    if init:
        _init(settings or Path(STARTER_NAME))
        return
    if settings is None:
        raise OptionError(f"no settings are named. Name a {STARTER_NAME}, or make one with publisher digest --init.")
    from publisher.automation.digest import run as run_digest
    from publisher.config import load_settings

    loaded = load_settings(settings)
    if dry_run:
        _require_no_mistake(settings)
    week = _week(week_name)
    progress = ProgressLine()
    # What goes in and out is the result of a rehearsal, on standard output.
    listener = _TextListener(progress, choices=not dry_run)
    by = surroundings_of(settings, say_json if as_json else listener, progress)
    try:
        if dry_run:
            from publisher.automation.digest.rehearsal import rehearse

            outcome, chosen = rehearse(loaded, by, week)
            listener.tell_kept()  # Before the plan, which is the result.
            _show_plan(outcome, chosen, loaded, as_json=as_json)
            return
        outcome = run_digest(loaded, by, week, rebuild=rebuild)
    finally:
        listener.tell_kept()
        progress.clear()
    _end(outcome, as_json=as_json)


@digest.command("import")
@click.argument("feeds", metavar="FEEDS.OPML", type=click.Path(path_type=Path))
@click.argument("settings", metavar="[DIGEST.TOML]", required=False, type=click.Path(path_type=Path))
def import_(feeds: Path, settings: Path | None) -> None:
    """Print the feeds of an OPML file as sources.

    They are printed as they stand in settings; with DIGEST.TOML, those that it lacks.

    \b
    publisher digest import feeds.opml
    publisher digest import feeds.opml digest.toml >> digest.toml
    """
    from publisher.config import load_settings
    from publisher.config.opml import feeds_in, sources_of

    found = feeds_in(feeds)
    known = {place.from_ for place in load_settings(settings).sources} if settings else set()
    new = [feed for feed in found if feed.address not in known]
    say(*sources_of(new))
    tell(f"{feeds} has {spelled(len(found), 'feed')}" + (f", of which {len(new)} are new" if settings else ""))


@digest.command()
@click.argument("settings", metavar="DIGEST.TOML", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Issues and runs as JSON, one a line.")
def history(settings: Path, as_json: bool) -> None:
    """Show the issues that the ledger knows, and the last runs."""
    from publisher.automation.ledger.store import open_ledger
    from publisher.config import load_settings

    loaded = load_settings(settings)
    if not loaded.files.ledger.exists():
        say("nothing was published yet")
        return
    with open_ledger(loaded.files.ledger) as ledger:
        issues, runs = ledger.issued(loaded.series.name), ledger.runs(loaded.series.name)
    if as_json:
        for each in (*issues, *runs):
            say_json(each)
        return
    for issue in issues:
        articles, teasers = counted(issue.articles, "article"), counted(issue.teasers, "teaser")
        say(f"{issue.week}  {issue.number or '-':8} {issue.title}: {articles}, {teasers}")
    for each in runs:
        ended = "did not end" if each.ended is None else f"{each.code}: {each.message}"
        say(f"{each.started}  {each.week}  {ended}")


@digest.command()
@click.argument("settings", metavar="DIGEST.TOML", type=click.Path(path_type=Path))
@click.option(
    "--test-letter",
    "address",
    metavar="ADDRESS",
    help="Then send a letter there by the mail server of the settings, as issues are sent.",
)
@click.option("--json", "as_json", is_flag=True, help="The mistakes as JSON, one a line.")
def check(settings: Path, address: str | None, as_json: bool) -> None:
    """Find every mistake in the settings.

    Each is told with its file, its line and what to do. Nothing is fetched or written. Exits with 9 when there is
    one, with 10 when the letter was not taken.
    """
    draft, mistakes = _proofread(settings)
    if as_json:
        for mistake in mistakes:
            say_json(mistake)
    else:
        say(*map(str, mistakes))
    if mistakes:
        raise ConfigError(f"{settings} has {spelled(len(mistakes), 'mistake')}. Mend {_them(len(mistakes))}.")
    if address:
        _send_trial(draft.settings, address)
    if not as_json:
        say(f"{settings} has no mistake" + (f", and {address} was sent a letter" if address else ""))


@digest.command()
@click.argument("settings", metavar="DIGEST.TOML", type=click.Path(path_type=Path))
@click.option("--fetch", is_flag=True, help="Also ask the web addresses among the sources.")
@click.option("--mail", is_flag=True, help="Also connect to the mail server and log in; nothing is sent.")
@click.option("--json", "as_json", is_flag=True, help="The lines as JSON.")
def doctor(settings: Path, fetch: bool, mail: bool, as_json: bool) -> None:
    """Say what is wrong with a digest, a line a part. Nothing is published, and nothing on the disk is changed.

    Exits with 0 when a run could do all that it should, 8 when a part failed, 9 when the settings cannot be used.
    """
    from publisher.automation.doctor import examine
    from publisher.config import load_settings

    loaded = load_settings(settings)
    by = surroundings_of(settings, lambda event: None, lambda stage, done, total: None)
    failed = 0
    for each in examine(loaded, by, fetch=fetch, mail=mail):
        failed += each.state == "failed"
        if as_json:
            say_json(each)
        else:
            say(f"{each.state:8} {each.part}: {each.message}")
    if failed:
        raise CheckError(
            f"the digest {loaded.series.name} has {spelled(failed, 'thing')} to mend before it can run well"
        )


def _proofread(settings: Path) -> "tuple[SettingsDraft, tuple[Mistake, ...]]":
    from publisher.automation.doctor.mistakes import mistakes_in
    from publisher.config import read_draft

    draft = read_draft(settings)
    return draft, mistakes_in(draft, surroundings_of(settings, lambda event: None, lambda stage, done, total: None))


def _require_no_mistake(settings: Path) -> None:
    """ConfigError for the first mistake that a run would come to, perhaps when it is nearly over."""
    _, mistakes = _proofread(settings)
    if mistakes:
        others = len(mistakes) - 1
        more = f" There {'is one' if others == 1 else f'are {others}'} more: publisher digest check {settings}"
        raise ConfigError(f"{mistakes[0]}{more if others else ''}")


def _them(number: int) -> str:
    return "it" if number == 1 else "them"


def _send_trial(settings: "Settings", address: str) -> None:
    from publisher.automation.mail.letter import trial_letter
    from publisher.automation.mail.post import Post, refusal_of_letter
    from publisher.config import Recipient

    mail = settings.mail
    if mail is None:
        raise OptionError("--test-letter needs a mail server, and the settings have none. Add [mail] to them.")
    if not re.fullmatch(r"[^@\s]+@[^@\s]+", address) or not address.isascii():
        raise OptionError(f"--test-letter {address!r} is no e-mail address that mail servers take")
    now = dt.datetime.now(dt.UTC)
    series = settings.series
    letter = trial_letter(series.title, series.language, sender=mail.sender, recipient=address, now=now)
    refusal = refusal_of_letter(mail, letter, Recipient(address=address), Post(environment=os.environ))
    if refusal:
        raise DeliveryError(f"{mail.host}, port {mail.port}, did not take the letter to {address}: {refusal}")


def _init(path: Path) -> None:
    from publisher.config import starter

    try:
        with path.open("x", encoding="utf-8") as stream:
            stream.write(starter())
    except FileExistsError as error:
        raise OutputError(f"cannot write {path}: it exists. Name another file, or remove it.") from error
    except OSError as error:
        raise OutputError(f"cannot write {path}: {(error.strerror or str(error)).lower()}. Choose another.") from error
    say(f"{path} is written. Put pages into the folder pages beside it, then: publisher digest {path}")


def _week(name: str | None) -> "Week | None":
    from publisher.automation.issues.week import parse_week

    return None if name is None else parse_week(name)


def surroundings_of(
    settings: Path, listener: Callable[["Event"], None], progress: Callable[[str, int, int], None]
) -> "Surroundings":
    """What a run takes from this machine and its user, for the settings in a file."""
    from publisher.automation.digest.surroundings import Surroundings

    return Surroundings(
        home=settings.absolute().parent,
        clock=lambda: dt.datetime.now(dt.UTC),
        environment=os.environ,
        cache=cache_folder("digest"),
        themes=theme_folders(),
        outlets=Path(click.get_app_dir("publisher")) / "outlets",
        listener=listener,
        progress=progress,
    )


class _TextListener:
    """Events as lines on standard error: with ``choices`` what went in and out, and what somebody should look at.

    Warnings of a stage are kept until it is over, so that many of one code can be told in one line.
    """

    def __init__(self, progress: ProgressLine, *, choices: bool) -> None:
        self._progress = progress
        self._choices = choices
        self._kept: list[Event] = []

    def __call__(self, event: "Event") -> None:
        if self._kept and self._kept[0].stage != event.stage:
            self.tell_kept()
        if event.outcome in ("warning", "failed"):
            self._kept.append(event)
        elif event.stage == "select" and self._choices:
            self._tell(f"{event.outcome:4} {event.article}{f': {event.message}' if event.message else ''}")
        elif event.article is None and event.stage != "end":
            took = f" ({event.seconds:.1f} s)" if event.seconds is not None else ""
            self._tell(f"{event.stage}: {event.message}{took}")

    def tell_kept(self) -> None:
        """Tell the warnings of the stage, which is over or has failed."""
        for outcome in ("warning", "failed"):
            said = ((event.code, event.message) for event in self._kept if event.outcome == outcome)
            self._tell(*(f"{outcome}: {line}" for line in grouped(said)))
        self._kept.clear()

    def _tell(self, *lines: str) -> None:
        self._progress.clear()
        tell(*lines)


def _show_plan(outcome: "Outcome", chosen: "Chosen", settings: "Settings", *, as_json: bool) -> None:
    from publisher.automation.digest.editions import file_name
    from publisher.automation.issues.week import parse_week

    if as_json:
        say_json(outcome)
        raise SystemExit(int(outcome.ending))
    for article in chosen.articles:
        note = chosen.notes.get(article.key)
        marks: list[Any] = []
        if note:
            marks += [note.section] if note.section else []
            marks += [f"updated since issue {note.updated_since}"] if note.updated_since else []
            marks += [f"also in {counted(len(note.also), 'other')}"] if note.also else []
        say(f"in   {article.headline}" + (f" ({', '.join(marks)})" if marks else ""))
        for also in note.also if note else ():
            say(f"also {also.headline}" + (f" ({also.publication})" if also.publication else ""))
    for omission in outcome.omissions:
        say(f"out  {omission.what}: {omission.because} [{omission.reason}]")
    if chosen.articles:
        names = ", ".join(file_name(output, parse_week(outcome.week), None) for output in settings.outputs)
        say(f"would write {names} into {settings.shelf.folder / 'issues' / outcome.week}")
    say(outcome.message)
    raise SystemExit(int(outcome.ending))


def _end(outcome: "Outcome", *, as_json: bool) -> None:
    if not as_json:
        say(outcome.message)
    if outcome.unsent:
        raise DeliveryError(f"{outcome.week} is published, and could not be sent to {', '.join(outcome.unsent)}")
    raise SystemExit(int(outcome.ending))

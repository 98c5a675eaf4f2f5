"""The weekly digest with nobody watching: read this first.

A run takes these steps, each of which can be the last for a process that is killed; the next run goes on:

1. The shelf's lock is taken. The kernel frees it when the process ends.
2. Recovery: what a killed run left is removed, and issues that the ledger does not know are entered (``recovery``).
3. A week that is published already is finished where it is not: the shelf refreshed, mail sent. That is all.
4. Articles are collected (``collecting``), chosen (``selection``), understood as an issue (``understanding``), and made
   into files (``finishing``) in a folder of its own, checked (``judging``), and synced.
5. The folder gets its name. From then on the issue is published, and its proof is the truth (``folders``).
6. The ledger enters it, in one transaction (``store``).
7. The shelf's catalogues, its latest addresses and its feed are brought up to it (``shelf``).
8. Mail is sent (``post``).
"""

import contextlib
import datetime as dt
import functools
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import msgspec

from publisher.automation.deadline import within
from publisher.automation.digest.collecting import Collected, collect, require_sources
from publisher.automation.digest.commission import Commission
from publisher.automation.digest.editions import edition_of
from publisher.automation.digest.finishing import finish
from publisher.automation.digest.judging import Judge
from publisher.automation.digest.outcome import Ending, Outcome, ending_of, overtaken, published_already, too_few
from publisher.automation.digest.selection import Chosen
from publisher.automation.digest.success import tell_success
from publisher.automation.digest.surroundings import Surroundings
from publisher.automation.digest.understanding import Understood, choose, understand, without
from publisher.automation.issues import archives, bundle, folders
from publisher.automation.issues.proof import NAME, Proof, proofs_in, read_proof, sha256
from publisher.automation.issues.week import Week, last_complete_week
from publisher.automation.ledger.recovery import Recovered, opened_ledger, recover
from publisher.automation.ledger.store import Ledger
from publisher.automation.lock import locked
from publisher.automation.log import Log
from publisher.automation.mail.deliveries import Records
from publisher.automation.shelf import ISSUES, ShelfSettings, is_refreshed, refresh_shelf
from publisher.bulkhead import last_bulkhead
from publisher.checking import find_validators
from publisher.config import Settings
from publisher.counting import spelled
from publisher.errors import DeliveryError, InputError, OutputError, PublisherError, UnthemedError
from publisher.pipeline import Bindery, Means


def run(settings: Settings, by: Surroundings, week: Week | None = None, *, rebuild: bool = False) -> Outcome:
    """Publish the issue of a week, without one of the last that is over; with ``rebuild`` make a published one again.

    Any of the errors of ``publisher.errors``: the issue is then as it was before. Mail that could not be sent is no
    error here, but told in the outcome: the issue is published.
    """
    log = Log(by.clock, by.listener)
    target = week or last_complete_week(by.clock(), settings.series.timezone)
    with locked(settings.shelf.folder), opened_ledger(settings.files.ledger, log) as ledger:
        made = _Run(settings, by, log, ledger, target, chosen=week is not None)
        return made.entered(lambda: made.outcome(rebuild=rebuild))


def run_published(settings: Settings, by: Surroundings, weeks: Sequence[Week]) -> dict[Week, Outcome]:
    """What ``run`` comes to for those of the weeks that are published already; the others are left to it.

    The shelf and the ledger are looked through once, and not once a week. The errors are those of ``run``.
    """
    log = Log(by.clock, by.listener)
    outcomes = {}
    with locked(settings.shelf.folder), opened_ledger(settings.files.ledger, log) as ledger:
        with within(settings.policy.seconds), last_bulkhead(), _system_explained():
            shelf = recover(settings.shelf.folder, settings.series.name, ledger, log)
        published = ledger.proofs(settings.series.name)
        for week in weeks:
            if str(week) in published:
                found = _Run(settings, by, log, ledger, week, chosen=True)
                outcomes[week] = found.entered(functools.partial(found.already, shelf))
    return outcomes


class _Run:
    """One run that holds the lock."""

    def __init__(
        self, settings: Settings, by: Surroundings, log: Log, ledger: Ledger, week: Week, *, chosen: bool
    ) -> None:
        self._settings = settings
        self._by = by
        self._log = log
        self._ledger = ledger
        self._week = week
        self._is_chosen = chosen
        self._series = settings.series.name
        self._shelf = settings.shelf.folder
        self._memo = by.memo(settings)

    @property
    def _folder(self) -> Path:
        return self._shelf / ISSUES / str(self._week)

    def entered(self, work: Callable[[], Outcome]) -> Outcome:
        """What comes of the work; that it was begun, and how it ended, is in the ledger."""
        number = self._ledger.begin_run(self._series, str(self._week), self._by.clock())
        try:
            with within(self._settings.policy.seconds), last_bulkhead(), _system_explained():
                outcome = work()
        except PublisherError as error:
            self._ledger.end_run(number, self._by.clock(), error.exit_code, str(error))
            raise
        code = DeliveryError.exit_code if outcome.unsent else int(outcome.ending)
        self._ledger.end_run(number, self._by.clock(), code, outcome.message)
        if not outcome.unsent:
            tell_success(self._settings, self._by.clock(), self._week, code)
        self._log.say("end", outcome.message)
        return outcome

    def outcome(self, *, rebuild: bool) -> Outcome:
        shelf = recover(self._shelf, self._series, self._ledger, self._log)
        published = self._ledger.proofs(self._series)
        if rebuild:
            return self._rebuilt()
        if str(self._week) in published:
            return self.already(shelf)
        late = None if self._is_chosen else overtaken(self._week, published, self._by.clock())
        if late:
            message, warning = late
            self._log.warn("start", warning)
            return self._end(Ending.ALREADY_PUBLISHED, message)
        return self._publish()

    # --- ways to end --------------------------------------------------------------------------------------------------

    def already(self, shelf: Recovered) -> Outcome:
        """The issue is there: what may be missing around it is done."""
        if is_refreshed(self._shelf, shelf.proofs, self._shelf_settings()):
            self._clear(shelf.proofs)
        else:
            self._refresh()
        unsent = self._deliver()
        if str(self._week) in shelf.entered:
            message = f"{self._week} was published by a run that was ended, and is now complete"
            return self._end(ending_of(self._log.warnings), message, unsent=unsent)
        return self._end(Ending.ALREADY_PUBLISHED, published_already(self._week, self._folder), unsent=unsent)

    def _publish(self) -> Outcome:
        if self._folder.exists():
            aside = folders.set_aside(self._folder)
            self._log.warn("publish", f"{self._folder} holds no issue that can be read: it is now {aside.name}")
        number = self._number()
        memory = self._ledger.memory(self._series, str(self._week))
        commission = Commission(settings=self._settings, week=self._week, number=number, memory=memory)
        with (
            folders.building(self._shelf / ISSUES, str(self._week)) as folder,
            self._by.means(self._settings, self._memo, self._log) as means,
            self._bindery(folder, number, means) as bindery,
        ):
            collected = collect(commission, means, self._by, self._log)
            if "readings" in self._memo.made:  # Pages that nobody has read: no file is as it was.
                bindery.expect()
            chosen, collected = choose(commission, collected, means)
            self._tell(chosen, collected)
            found = len(chosen.articles)
            if found < self._settings.policy.minimum and (found or self._settings.policy.empty == "skip"):
                omissions = (*collected.gathered.omissions, *chosen.omissions)
                message = too_few(found, self._week, self._settings.policy.minimum)
                require_sources(message, collected)
                return self._end(Ending.NOTHING_NEW, message, omissions=omissions)
            proof = self._made(commission, chosen, collected, means, bindery, folder)
            folders.put(folder, self._folder)
        self._log.say("publish", f"{self._week} is published in {self._folder}")
        self._enter(proof)
        self._refresh()
        unsent = self._deliver()
        message = f"{self._week} is published with {spelled(len(proof.articles), 'article')} in {self._folder}"
        return self._end(ending_of(self._log.warnings), message, proof=proof, omissions=proof.omissions, unsent=unsent)

    def _made(
        self,
        commission: Commission,
        chosen: Chosen,
        collected: Collected,
        means: Means,
        bindery: Bindery,
        folder: Path,
    ) -> Proof:
        """The issue's files and their proof, without the articles that cannot be themed, if any can."""
        while True:
            with self._log.timed("compile", f"compiled {spelled(len(chosen.articles), 'article')}"):
                understood = understand(commission, chosen, collected, means, self._by.home, self._memo.keep)
            means.rest()  # Who has no watched process any more can be copied (``judging``).
            try:
                return self._finish(understood, bindery, folder)
            except UnthemedError as error:
                chosen, collected = without(understood.issue, error, chosen, collected, means)
                for reason in error.reasons.values():
                    self._log.say("select", reason, "out", code="theming-failed")

    def _rebuilt(self) -> Outcome:
        """The published issue made again from what is kept of it."""
        try:
            old = read_proof(self._folder / NAME)
            path = archives.archive_path(old, self._folder, self._settings.files.archives)
            if path is None:
                raise InputError("its proof names no archive. Only issues that a digest made have one.")
            issue, sources = bundle.unpack(path.read_bytes())
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            raise InputError(f"cannot rebuild {self._week}: {error.filename}: {reason}. Put it back.") from error
        except InputError as error:
            raise InputError(f"cannot rebuild {self._week}: {error}") from error
        understood = Understood(issue=issue, sources=sources, draft=old)
        with (
            folders.building(self._shelf / ISSUES, str(self._week)) as folder,
            self._by.means(self._settings, self._memo, self._log) as means,
            self._bindery(folder, old.number, means) as bindery,
        ):
            proof = self._finish(understood, bindery, folder)
            same = _bytes_of(folder) == _bytes_of(self._folder)
            if not same:
                folders.put(folder, self._folder)
        self._enter(proof)
        self._refresh()
        message = f"{self._week} is made again: {'the same bytes' if same else 'it has changed'}"
        return self._end(ending_of(self._log.warnings), message, proof=proof, omissions=proof.omissions)

    def _end(self, ending: Ending, message: str, **more: object) -> Outcome:
        self._memo.make_room()
        return Outcome(
            ending=ending,
            week=str(self._week),
            message=message,
            folder=self._folder if self._folder.exists() else None,
            warnings=tuple(self._log.warnings),
            **more,  # type: ignore[arg-type]
        )

    # --- steps --------------------------------------------------------------------------------------------------------

    def _bindery(self, folder: Path, number: str | None, means: Means) -> Bindery:
        edition = edition_of(self._settings, folder, self._week, number, self._by.themes)
        return Bindery(edition, self._memo.keep, means.progress, means.decoded)

    def _tell(self, chosen: Chosen, collected: Collected) -> None:
        for article in chosen.articles:
            note = chosen.notes.get(article.key)
            changed = f"updated since issue {note.updated_since}" if note and note.updated_since else ""
            self._log.say("select", changed, "in", article=article.headline)
        for omission in (*collected.gathered.omissions, *chosen.omissions):
            self._log.say("select", omission.because, "out", article=omission.what, code=omission.reason)

    def _finish(self, understood: Understood, bindery: Bindery, folder: Path) -> Proof:
        policy = self._settings.policy
        validators = None if policy.validators == "skip" else find_validators(self._by.environment)
        with Judge(policy, self._memo, validators, self._log) as judge:
            return finish(understood, self._settings, bindery, folder, judge, self._log)

    def _enter(self, proof: Proof) -> None:
        self._ledger.enter(proof, sha256((self._folder / NAME).read_bytes()))
        self._log.say("record", f"the ledger has {self._week}")

    def _refresh(self) -> None:
        refreshed = refresh_shelf(self._shelf, self._shelf_settings(), self._memo.keep)
        for warning in refreshed.warnings:
            self._log.warn("shelf", warning)
        listed, changed = spelled(refreshed.issues, "issue"), spelled(len(refreshed.changed), "file")
        self._log.say("shelf", f"the shelf lists {listed}; {changed} changed")
        self._clear(proofs_in(self._shelf / ISSUES))

    def _shelf_settings(self) -> ShelfSettings:
        series, shelf = self._settings.series, self._settings.shelf
        return ShelfSettings(title=series.title, language=series.language, base_url=shelf.base_url, keep=shelf.keep)

    def _clear(self, proofs: Mapping[str, bytes]) -> None:
        """Remove the archives of sources that no issue needs."""
        kept, keeps_all = self._settings.files.archives, self._settings.shelf.keep is None
        archives.clear(kept, self._series, self._shelf / ISSUES, proofs, keeps_all=keeps_all)
        archives.clear_unfinished(kept, self._by.clock(), self._settings.policy.seconds)

    def _deliver(self) -> tuple[str, ...]:
        """Send the issue to whom it was not sent yet; the addresses that it did not reach."""
        mail = self._settings.mail
        if mail is None or not self._folder.exists():
            return ()
        from publisher.automation.mail.post import Post, deliver  # With all that sends mail, which most never do.

        week = str(self._week)

        def keep(records: Records) -> None:
            self._ledger.keep_deliveries(self._series, week, msgspec.json.encode(records).decode())

        kept = self._ledger.deliveries(self._series, week)
        before = msgspec.json.decode(kept, type=Records) if kept else ()
        post = self._by.post or Post(environment=self._by.environment, now=lambda: self._by.clock().astimezone(dt.UTC))
        records: Records = deliver(
            read_proof(self._folder / NAME),
            self._folder,
            mail,
            before,
            keep=keep,
            post=post,
        )
        for record in records:
            if record not in before:
                what = f"{record.recipient}: {record.outcome}" + (f" ({record.reply})" if record.reply else "")
                self._log.say("deliver", what, "ok" if record.outcome == "sent" else "warning")
        return tuple(record.recipient for record in records if not record.settled)

    def _number(self) -> str | None:
        """The number that the issue prints."""
        series = self._settings.series
        match series.number:
            case "year-week":
                return f"{self._week.number}/{self._week.year}"
            case "week":
                return str(self._week.number)
            case "count":
                numbers = self._ledger.numbers(self._series).values()
                counted = [int(number) for number in numbers if number and number.isdecimal()]
                return str(max(counted, default=series.first_number - 1) + 1)
            case "none":
                return None


@contextlib.contextmanager
def _system_explained() -> Iterator[None]:
    """OutputError for what the system refused where nobody expected it: a full disk is met in any step."""
    try:
        yield
    except OSError as error:
        what = f"{error.filename}: " if error.filename else ""
        reason = (error.strerror or str(error)).lower()
        raise OutputError(f"cannot go on: {what}{reason}. Mend it; the next run begins anew.") from error


def _bytes_of(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file()}

"""The weekly digest with nobody watching: read this first.

A run takes these steps, each of which can be the last for a process that is killed; the next run goes on:

1. The shelf's lock is taken. The kernel frees it when the process ends.
2. Recovery: what a killed run left is removed, and issues that the ledger does not know are entered (``recovery``).
3. A week that is published already is finished where it is not: the shelf refreshed, mail sent. That is all.
4. The issue is made (``making``): articles are collected (``collecting``), chosen (``selection``), understood as an
   issue (``understanding``), and made into files (``finishing``) in a folder of its own, checked (``judging``), and
   synced. While files are checked its web pages are written (``shelf.webpages``), under names that nobody asks for.
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
from typing import TYPE_CHECKING

import msgspec

from publisher.automation.deadline import within
from publisher.automation.digest.outcome import Ending, Outcome, ending_of, overtaken, published_already
from publisher.automation.digest.success import tell_success
from publisher.automation.digest.surroundings import Surroundings
from publisher.automation.issues import archives, folders
from publisher.automation.issues.proof import NAME, Proof, proofs_in, read_proof, sha256
from publisher.automation.issues.week import Week, last_complete_week
from publisher.automation.ledger.recovery import Recovered, opened_ledger, recover
from publisher.automation.ledger.store import Ledger
from publisher.automation.lock import locked
from publisher.automation.log import Log
from publisher.automation.mail.deliveries import Records
from publisher.automation.shelf import ISSUES, ShelfSettings, WebpagesAhead, is_refreshed, refresh_shelf
from publisher.bulkhead import last_bulkhead
from publisher.config import Settings
from publisher.counting import spelled
from publisher.errors import DeliveryError, OutputError, PublisherError

if TYPE_CHECKING:
    from publisher.automation.digest.making import Making


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
        memory = self._ledger.memory(self._series, str(self._week))
        with WebpagesAhead(self._shelf, self._shelf_settings(), self._memo.keep) as ahead:
            made = self._making().new(self._number(), memory, ahead.begin)
            if not isinstance(made, Proof):
                return self._end(Ending.NOTHING_NEW, made.message, omissions=made.omissions)
            self._log.say("publish", f"{self._week} is published in {self._folder}")
            self._enter(made)
            self._refresh(ahead)
        unsent = self._deliver()
        message = f"{self._week} is published with {spelled(len(made.articles), 'article')} in {self._folder}"
        return self._end(ending_of(self._log.warnings), message, proof=made, omissions=made.omissions, unsent=unsent)

    def _rebuilt(self) -> Outcome:
        """The published issue made again from what is kept of it."""
        proof, is_same = self._making().again()
        self._enter(proof)
        self._refresh()
        message = f"{self._week} is made again: {'the same bytes' if is_same else 'it has changed'}"
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

    def _making(self) -> "Making":
        # With all stages and what they load: of a scheduler's runs, most find the week published.
        from publisher.automation.digest.making import Making

        return Making(self._settings, self._by, self._memo, self._log, self._week, self._folder)

    def _enter(self, proof: Proof) -> None:
        self._ledger.enter(proof, sha256((self._folder / NAME).read_bytes()))
        self._log.say("record", f"the ledger has {self._week}")

    def _refresh(self, ahead: WebpagesAhead | None = None) -> None:
        refreshed = refresh_shelf(self._shelf, self._shelf_settings(), self._memo.keep, ahead)
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

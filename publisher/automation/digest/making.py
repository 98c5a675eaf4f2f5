"""The issue of a week made, new or again, and put in its place."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import NamedTuple

from publisher.automation.digest.collecting import Collected, collect, require_sources
from publisher.automation.digest.commission import Commission
from publisher.automation.digest.editions import edition_of
from publisher.automation.digest.finishing import finish
from publisher.automation.digest.judging import Judge
from publisher.automation.digest.means import means_of
from publisher.automation.digest.outcome import too_few
from publisher.automation.digest.selection import Chosen
from publisher.automation.digest.surroundings import Surroundings
from publisher.automation.digest.understanding import Understood, choose, understand, without
from publisher.automation.issues import archives, bundle, folders
from publisher.automation.issues.proof import NAME, Proof, read_proof
from publisher.automation.issues.week import Week
from publisher.automation.ledger.memory import Memory
from publisher.automation.log import Log
from publisher.automation.memo import Memo
from publisher.checking import find_validators
from publisher.config import Settings
from publisher.counting import spelled
from publisher.errors import InputError, UnthemedError
from publisher.model import Omission, Written
from publisher.pipeline import Bindery, Means

__all__ = ["Making", "TooFew"]


class TooFew(NamedTuple):
    """Why there is no issue."""

    message: str
    omissions: tuple[Omission, ...]
    """The articles that are not in it."""


class Making:
    """Makes the issue of one week, whose place is a ``folder``, for a run that holds the lock."""

    def __init__(self, settings: Settings, by: Surroundings, memo: Memo, log: Log, week: Week, folder: Path) -> None:
        self._settings = settings
        self._by = by
        self._memo = memo
        self._log = log
        self._week = week
        self._folder = folder

    def new(
        self, number: str | None, memory: Memory, begin_webpages: Callable[[Proof, Written], object]
    ) -> Proof | TooFew:
        """The proof of the issue, which is published then; TooFew when the policy has none of so few articles.

        ``begin_webpages`` is that of ``finish``. Any of the errors of ``publisher.errors``.
        """
        commission = Commission(settings=self._settings, week=self._week, number=number, memory=memory)
        with (
            folders.building(self._folder.parent, str(self._week)) as folder,
            # Where there are pages that nobody has read, no file is as it was.
            means_of(
                self._by,
                self._settings,
                self._memo,
                self._log,
                meanwhile=lambda: bindery.rehearse(),
                then=lambda: bindery.expect(),  # Three processes that load at once hold up the page.
            ) as means,
            self._bindery(folder, number, means) as bindery,
        ):
            collected = collect(commission, means, self._by, self._log)
            chosen, collected = choose(commission, collected, means)
            self._tell(chosen, collected)
            found = len(chosen.articles)
            if found < self._settings.policy.minimum and (found or self._settings.policy.empty == "skip"):
                message = too_few(found, self._week, self._settings.policy.minimum)
                require_sources(message, collected)
                return TooFew(message, (*collected.gathered.omissions, *chosen.omissions))
            finish_ = partial(self._finish, bindery=bindery, folder=folder, begin_webpages=begin_webpages)
            proof = self._made(commission, chosen, collected, means, finish_)
            folders.put(folder, self._folder)
        return proof

    def again(self) -> tuple[Proof, bool]:
        """The proof of the published issue, made again from what is kept of it, and whether it has the same bytes.

        InputError when nothing is kept that it could be made of, and any of the errors of ``publisher.errors``.
        """
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
            folders.building(self._folder.parent, str(self._week)) as folder,
            means_of(self._by, self._settings, self._memo, self._log) as means,
            self._bindery(folder, old.number, means) as bindery,
        ):
            proof = self._finish(understood, bindery, folder, lambda draft, book: None)  # They are there.
            same = _bytes_of(folder) == _bytes_of(self._folder)
            if not same:
                folders.put(folder, self._folder)
        return proof, same

    def _made(
        self,
        commission: Commission,
        chosen: Chosen,
        collected: Collected,
        means: Means,
        finish_: Callable[[Understood], Proof],
    ) -> Proof:
        """The issue's files and their proof, without the articles that cannot be themed, if any can."""
        while True:
            with self._log.timed("compile", f"compiled {spelled(len(chosen.articles), 'article')}"):
                understood = understand(commission, chosen, collected, means, self._by.home, self._memo.keep)
            means.rest()  # Who has no watched process any more can be copied (``judging``).
            try:
                return finish_(understood)
            except UnthemedError as error:
                chosen, collected = without(understood.issue, error, chosen, collected, means)
                for reason in error.reasons.values():
                    self._log.say("select", reason, "out", code="theming-failed")

    def _finish(
        self,
        understood: Understood,
        bindery: Bindery,
        folder: Path,
        begin_webpages: Callable[[Proof, Written], object],
    ) -> Proof:
        policy = self._settings.policy
        validators = None if policy.validators == "skip" else find_validators(self._by.environment)
        with Judge(policy, self._memo, validators, self._log) as judge:
            return finish(understood, self._settings, bindery, folder, judge, self._log, begin_webpages)

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


def _bytes_of(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file()}

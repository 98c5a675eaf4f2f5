"""What is done before anything else: a killed run's traces go, and the ledger learns what it does not know."""

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from publisher.automation.issues import folders
from publisher.automation.issues.proof import NAME, proofs_in, read_proof, sha256
from publisher.automation.ledger.store import CorruptLedgerError, Ledger, open_ledger, set_ledger_aside
from publisher.automation.log import Log
from publisher.automation.shelf import ISSUES, remove_unfinished_webpages
from publisher.errors import ConfigError, InputError


def opened_ledger(path: Path, log: Log) -> Ledger:
    """The ledger; one that is damaged is put aside, and a new one takes its place."""
    try:
        return open_ledger(path)
    except CorruptLedgerError as error:
        aside = set_ledger_aside(path)
        log.warn(
            "recover",
            f"the ledger {path} is damaged ({error}). It is now {aside.name}, and a new one is made from the shelf: "
            "issues that the shelf keeps no longer are forgotten.",
        )
        return open_ledger(path)


class Recovered(NamedTuple):
    """A shelf that no killed run left unfinished, and that the ledger knows."""

    proofs: Mapping[str, bytes]
    """See ``proofs_in``."""

    entered: tuple[str, ...]
    """The weeks of the issues that the shelf had and the ledger had not, or had otherwise."""


def recover(shelf: Path, series: str, ledger: Ledger, log: Log) -> Recovered:
    """What stands on the shelf, and is in the ledger now.

    ConfigError when the shelf is another series'.
    """
    issues = shelf / ISSUES
    for name in folders.tidy(issues):
        log.say("recover", f"the issue {name}, which a run was about to replace when it ended, is back in its place")
    remove_unfinished_webpages(shelf)
    known = ledger.proofs(series)
    entered = []
    proofs = proofs_in(issues)
    for week, data in proofs.items():
        digest = sha256(data)
        if known.get(week) == digest:
            continue
        path = issues / week / NAME
        try:
            proof = read_proof(path)
        except InputError as error:
            log.warn("recover", str(error))
            continue
        if proof.series != series:
            raise ConfigError(
                f"the shelf {shelf} holds the series {proof.series!r}, not {series!r}. Give each its own shelf."
            )
        if proof.week != week:
            log.warn("recover", f"{path} is the proof of {proof.week}: it is passed over. Rename its folder.")
            continue
        ledger.enter(proof, digest)
        log.say("recover", f"the ledger had not the issue {week} as it is on the shelf, and now has")
        entered.append(week)
    return Recovered(proofs, tuple(entered))

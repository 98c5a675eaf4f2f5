"""What a run would do, without doing it."""

from publisher.automation.digest.collecting import collect, require_sources
from publisher.automation.digest.commission import Commission
from publisher.automation.digest.means import means_of
from publisher.automation.digest.outcome import Ending, Outcome, ending_of, overtaken, published_already, too_few
from publisher.automation.digest.selection import Chosen
from publisher.automation.digest.surroundings import Surroundings
from publisher.automation.digest.understanding import choose
from publisher.automation.issues.proof import NAME, Proof, read_proof
from publisher.automation.issues.week import Week, last_complete_week
from publisher.automation.ledger.memory import Memory, remembered
from publisher.automation.ledger.store import CorruptLedgerError, open_ledger
from publisher.automation.log import Log
from publisher.automation.shelf import ISSUES
from publisher.config import Settings
from publisher.counting import spelled
from publisher.errors import InputError

_NOBODY = Chosen(articles=(), notes={}, omissions=())


def rehearse(settings: Settings, by: Surroundings, week: Week | None = None) -> tuple[Outcome, Chosen]:
    """How a run would end if nothing failed, and the articles that it would choose. Only the cache is written.

    InputError as a run has it: a required source failed, or any did and there is nothing new without it.
    """
    log = Log(by.clock, by.listener)
    target = week or last_complete_week(by.clock(), settings.series.timezone)
    memory, weeks = _known(settings, target)
    if str(target) in weeks:
        message = published_already(target, settings.shelf.folder / ISSUES / str(target))
        return Outcome(ending=Ending.ALREADY_PUBLISHED, week=str(target), message=message), _NOBODY
    if week is None and (late := overtaken(target, weeks, by.clock())):
        message, warning = late
        log.warn("start", warning)
        ending = Ending.ALREADY_PUBLISHED
        return Outcome(ending=ending, week=str(target), message=message, warnings=tuple(log.warnings)), _NOBODY
    commission = Commission(settings=settings, week=target, number=None, memory=memory)
    with means_of(by, settings, by.memo(settings), log) as means:
        collected = collect(commission, means, by, log)
        chosen, collected = choose(commission, collected, means)
    found = len(chosen.articles)
    if found < settings.policy.minimum and (found or settings.policy.empty == "skip"):
        ending, message = Ending.NOTHING_NEW, too_few(found, target, settings.policy.minimum)
        require_sources(message, collected)
    else:
        ending, message = ending_of(log.warnings), f"{target} would have {spelled(found, 'article')}"
    outcome = Outcome(
        ending=ending,
        week=str(target),
        message=message,
        omissions=(*collected.gathered.omissions, *chosen.omissions),
        warnings=tuple(log.warnings),
    )
    return outcome, chosen


def _known(settings: Settings, week: Week) -> tuple[Memory, frozenset[str]]:
    """What the other issues ran, and the weeks of all: what a run would have in its ledger after recovery."""
    proofs: dict[str, Proof] = {}
    for path in sorted((settings.shelf.folder / ISSUES).glob(f"[0-9]*/{NAME}")):
        try:
            proof = read_proof(path)
        except InputError:
            continue
        proofs[proof.week] = proof
    weeks: dict[str, str] = {}
    old = Memory(())
    if settings.files.ledger.exists():
        try:
            with open_ledger(settings.files.ledger, read_only=True) as ledger:
                weeks = ledger.proofs(settings.series.name)
                old = ledger.memory(settings.series.name, str(week))
        except CorruptLedgerError:
            pass  # A run makes it anew from the shelf, which is read above.
    fresh = [each for name, proof in proofs.items() if name != str(week) for each in remembered(proof)]
    kept = [each for each in old.articles if each.week not in proofs]
    return Memory(sorted([*kept, *fresh], key=lambda each: each.week)), frozenset({*weeks, *proofs})

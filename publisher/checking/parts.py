"""The bulkhead of a check: a rule that fails costs its own findings, and no others."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any

from publisher.checking.budget import Budget, OutOfTimeError
from publisher.model import Finding, Severity

FAILED = "part-failed"
"""The code of what stands in the place of what a failing rule would have found."""

Found = Callable[[str, Severity, str], Finding]
"""Makes a finding, from its code, severity and message, at the place that is looked at."""


def findings_of(
    rule: Callable[[], Iterable[Finding]],
    what: str,
    budget: Budget,
    found: Found,
    malformed: Callable[[Exception], str | None] = lambda _: None,
) -> Iterator[Finding]:
    """What a rule finds until its time is over or it fails; in the place of the rest a finding that says so.

    ``what`` it looks at is for people. ``malformed`` gives the reason when an exception is the file's fault, else
    ``None``: then it is ours, with the stable code ``FAILED``.
    """
    if budget.over:
        budget.passed_over.append(what)
        return
    try:
        yield from rule()
    except OutOfTimeError:
        budget.passed_over.append(f"the rest of {what}")
    except Exception as error:  # noqa: BLE001 - the boundary around a part of a check: the others must go on
        reason = malformed(error)
        if reason is not None:
            yield found("damaged", "warning", f"not all could be looked at: {reason}")
        else:
            message = f"the check of {what} failed ({type(error).__name__}); its other parts went on"
            yield found(FAILED, "warning", message)


def cut_short(budget: Budget, found: Found) -> Iterator[Finding]:
    """What was passed over for want of time, if anything was."""
    if budget.passed_over:
        names = list(dict.fromkeys(budget.passed_over))
        rest = f" and {len(names) - 5} more" if len(names) > 5 else ""
        message = f"the {budget.seconds:.0f} seconds that a file of its size may take are over: "
        yield found("cut-short", "warning", f"{message}{', '.join(names[:5])}{rest} were not looked at")


def noun_of(rule: Callable[..., Any]) -> str:
    """What a rule looks at: the name of its module."""
    return (rule.func if isinstance(rule, partial) else rule).__module__.rpartition(".")[2]

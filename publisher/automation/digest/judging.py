"""The finished files of an issue checked, and whether it may be published."""

import contextlib
from collections.abc import Callable
from functools import partial
from typing import Self

from publisher.automation.ahead import Ahead, can_be_ahead
from publisher.automation.issues.proof import Judged, Remark
from publisher.automation.log import Log
from publisher.automation.memo import Memo
from publisher.automation.memo.reports import looker_of, report_on
from publisher.checking import Purpose, Validators, foresee, load_rules
from publisher.config import OutputSettings, Policy
from publisher.errors import CheckError
from publisher.model import Finding, Look

_FEW = 2
"""New documents of a PDF, each a fragment, that have so few pages that who would help takes longer to open the file."""

_UNCONFIRMED = ("not-judged", "claim-unconfirmed")


class Judge:
    """Checks files, and stops an issue as the policy has it. As a context manager it leaves no process behind.

    ``may_be_ahead`` says whether a copy of this process may look at a file while others are made.
    """

    def __init__(
        self,
        policy: Policy,
        memo: Memo,
        validators: Validators | None,
        log: Log,
        may_be_ahead: Callable[[], bool] = can_be_ahead,
    ) -> None:
        self._policy = policy
        self._memo = memo
        self._validators = validators
        self._log = log
        self._may_be_ahead = may_be_ahead
        self._look = looker_of(memo)
        self._ahead: dict[str, tuple[bytes, Ahead[Look]]] = {}
        """By the names of files, what they were when others began to look at them."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        for _, ahead in self._ahead.values():
            ahead.end()

    def prepare(self) -> None:
        """Load what files are looked at with, so that who looks at them in another process has it."""
        if self._policy.checks != "none":
            load_rules()

    def begin(self, name: str, data: bytes, *, for_press: bool) -> None:
        """Have a file looked at, if it is to be, while others are made; ``judged`` then waits for what is found."""
        if self._policy.checks == "none":
            return
        self._memo.finish_writing()  # Who has other threads cannot be copied, and e-books have just been kept.
        if not self._may_be_ahead():
            return
        if name in self._ahead:
            self._ahead.pop(name)[1].end()
        with contextlib.suppress(OSError):
            look = self._helped if self._memo.made["fragments"] > _FEW else self._look
            self._ahead[name] = data, Ahead(partial(look, data, name, _purposes(for_press=for_press)), Look)

    def _helped(self, data: bytes, name: str, purposes: frozenset[Purpose]) -> Look:
        """What is found in a file, in a process of its own, by two of them while a core has nothing else to do."""
        with contextlib.ExitStack() as stack:
            with contextlib.suppress(OSError):
                other = Ahead(partial(foresee, data, name, purposes, self._memo.keep), type(None), yields=True)
                stack.callback(other.end)
            return self._look(data, name, purposes)

    def _looked(self, data: bytes, name: str, purposes: frozenset[Purpose]) -> Look:
        """What is found in a file; others may have looked at it."""
        began, ahead = self._ahead.pop(name, (b"", None))
        found = None
        if ahead and began == data:
            found = ahead.result()
        elif ahead:
            ahead.end()
        return found or self._look(data, name, purposes)

    def judged(self, name: str, data: bytes, output: OutputSettings, sha256: str | None = None) -> Judged | None:
        """What was found in a file, ``None`` when none is checked; CheckError when it is reason not to publish.

        ``sha256`` is the file's digest, if that is known.
        """
        if self._policy.checks == "none":
            return None
        purposes = _purposes(for_press=output.press is not None)
        with self._log.timed("check", name):
            report = report_on(self._memo, data, name, purposes, self._validators, self._looked, sha256)
        stops = [finding for finding in report.findings if _stops(finding, self._policy)]
        for finding in report.findings:
            message = f"{name}: {finding.message} [{finding.code}]"
            if finding in stops:
                self._log.say("check", message, "failed", code=finding.code)
            elif finding.severity == "warning" and finding.code not in self._policy.overlook:
                self._log.warn("check", message, code=finding.code)
        if stops:
            more = f", and {len(stops) - 1} more" if len(stops) > 1 else ""
            raise CheckError(f"the issue is not published: {name}: {stops[0].message} [{stops[0].code}]{more}")
        return Judged(
            file=name,
            summary=report.summary,
            verdicts=tuple(
                Remark(code=each.code, severity=each.severity, message=each.message, where=str(each.where) or None)
                for each in report.findings
            ),
        )


def _purposes(*, for_press: bool) -> frozenset[Purpose]:
    return frozenset({"press"} if for_press else ())


def _stops(finding: Finding, policy: Policy) -> bool:
    if finding.code in _UNCONFIRMED:
        return policy.validators == "require"
    if finding.code in policy.overlook:
        return False
    return finding.severity == "error" or (finding.severity == "warning" and policy.checks == "warning")

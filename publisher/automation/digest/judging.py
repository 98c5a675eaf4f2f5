"""The finished files of an issue checked, and whether it may be published."""

from publisher.automation.issues.proof import Judged, Remark
from publisher.automation.log import Log
from publisher.automation.memo import Memo
from publisher.automation.memo.reports import report_on
from publisher.checking import Purpose, Validators
from publisher.config import OutputSettings, Policy
from publisher.errors import CheckError
from publisher.model import Finding

_UNCONFIRMED = ("not-judged", "claim-unconfirmed")


class Judge:
    """Checks files, and stops an issue as the policy has it."""

    def __init__(self, policy: Policy, memo: Memo, validators: Validators | None, log: Log) -> None:
        self._policy = policy
        self._memo = memo
        self._validators = validators
        self._log = log

    def judged(self, name: str, data: bytes, output: OutputSettings) -> Judged | None:
        """What was found in a file, ``None`` when none is checked; CheckError when it is reason not to publish."""
        if self._policy.checks == "none":
            return None
        purposes: frozenset[Purpose] = frozenset({"press"} if output.press else ())
        with self._log.timed("check", name):
            report = report_on(self._memo, data, name, purposes, self._validators)
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


def _stops(finding: Finding, policy: Policy) -> bool:
    if finding.code in _UNCONFIRMED:
        return policy.validators == "require"
    if finding.code in policy.overlook:
        return False
    return finding.severity == "error" or (finding.severity == "warning" and policy.checks == "warning")

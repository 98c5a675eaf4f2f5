"""What a check gives back, and how it reads."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import get_args

from publisher.counting import counted
from publisher.model import Finding, Severity, Where
from publisher.model.blocks import Value

SEVERITIES: tuple[Severity, ...] = get_args(Severity)
"""The worst first."""

SHOWN_OF_A_CODE = 8
"""A fault of the template is on every page: more lines would hide the other findings. ``--json`` has them all."""


class Report(Value, frozen=True, kw_only=True):
    """All that was found in one file."""

    summary: str
    """What it is, in half a line: ``PDF 1.7, 2 pages, claims PDF/A-3a and PDF/UA-1``."""

    findings: tuple[Finding, ...]
    """In the order of the file, those about the whole first; the worst first in each place."""

    is_open: bool = False
    """Whether a validator that is installed gave no verdict: another check of the same file may find more."""

    def count(self, severity: Severity) -> int:
        """How many findings there are of a severity."""
        return sum(finding.severity == severity for finding in self.findings)


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings as a report has them; equal ones once."""
    return tuple(
        sorted(
            dict.fromkeys(findings),
            key=lambda finding: (
                finding.where.page or 0,
                finding.where.document or "",
                SEVERITIES.index(finding.severity),
                finding.code,
            ),
        )
    )


def report_lines(report: Report, name: str) -> Iterator[str]:
    """The report for a person: what the file is, then the findings by page, then their number."""
    yield f"{name}: {report.summary}"
    shown: Counter[str] = Counter()
    folded: Counter[str] = Counter()
    heading = None
    for finding in report.findings:
        shown[finding.code] += 1
        if shown[finding.code] > SHOWN_OF_A_CODE:
            folded[finding.code] += 1
            continue
        if _heading(finding.where) != heading:
            heading = _heading(finding.where)
            yield f"  {heading}"
        place = f" ({finding.where.place})" if finding.where.place else ""
        yield f"    {finding.severity:8}{finding.message}{place} [{finding.code}]"
    for code, number in folded.items():
        yield f"  and {number} more of [{code}]"
    yield f"  {_counts(report)}"


def _heading(where: Where) -> str:
    return str(Where(page=where.page, document=where.document, article=where.article)) or "the whole file"


def _counts(report: Report) -> str:
    counts = [counted(number, severity) for severity in SEVERITIES if (number := report.count(severity))]
    return ", ".join(counts) or "nothing found"

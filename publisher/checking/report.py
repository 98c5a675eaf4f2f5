"""What a check gives back."""

from collections import Counter

from publisher.model import Finding
from publisher.model.blocks import Value

_ORDER = {"error": 0, "warning": 1, "note": 2}


class Report(Value, frozen=True, kw_only=True):
    """All that was found in one file."""

    summary: str
    """What it is, in half a line: ``PDF 1.7, 2 pages, claims PDF/A-3a, PDF/UA-1``."""

    findings: tuple[Finding, ...]

    @property
    def counts(self) -> Counter[str]:
        """How many findings there are of each severity."""
        return Counter(finding.severity for finding in self.findings)

    def sorted(self) -> list[Finding]:
        """The findings in the order of the file, those about the whole first, and the worst first in each place."""
        return sorted(
            self.findings,
            key=lambda finding: (
                finding.where.page or 0,
                finding.where.document or "",
                _ORDER[finding.severity],
                finding.code,
            ),
        )

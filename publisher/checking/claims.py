"""The standards that a file claims, against what was found in it and what a validator says."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType

from publisher.checking.phrases import listed, shortened
from publisher.checking.purposes import Purpose
from publisher.checking.verdicts import Verdict
from publisher.model import Claim, Finding, Severity, Where

VERSIONS = {
    "PDF/A": frozenset(["1a", "1b", "2a", "2b", "2u", "3a", "3b", "3u", "4", "4e", "4f"]),
    "PDF/UA": frozenset({"1", "2"}),
    "PDF/X": frozenset(["1a", "3", "4", "4p", "5g", "5n", "5pg", "6", "6n", "6p"]),
}
"""The levels that exist: ISO 19005, 14289 and 15930."""

COMMON = frozenset({"font-not-embedded", "missing-glyph", "xmp-broken", "metadata-mismatch"})
AGAINST = {
    "PDF/A": COMMON
    | {"attachment-unrelated", "active-content", "device-colour", "encrypted", "intent-broken", "interpolated-picture"}
    | {"transparency", "xmp-missing"},
    "PDF/UA": COMMON
    | {"broken-list", "broken-tags", "heading-order", "link-untagged", "missing-alternative", "missing-language"}
    | {"missing-title", "not-tagged", "table-headers", "unknown-tag", "unmapped-text", "untagged-content"}
    | {"xmp-missing"},
    "PDF/X": COMMON
    | {"annotation-in-print", "box-missing", "box-order", "encrypted", "intent-broken", "intent-missing"}
    | {"rgb-in-print", "transparency"},
}
"""The findings that, at error level, contradict a claim. RGB is not against PDF/X-3 and later by the standard itself,
but a file of ours that claims it is meant for presses that take none."""

PURPOSE_OF: Mapping[str, Purpose] = MappingProxyType({"PDF/A": "archive", "PDF/UA": "access", "PDF/X": "press"})

ONLY_A = frozenset({"not-tagged", "broken-tags", "unmapped-text", "unknown-tag"})
"""What besides contradicts level A of PDF/A, which asks for tags (ISO 19005-2, 6.7)."""


def exists(claim: Claim) -> bool:
    """Whether the standard has such a level."""
    return _level(claim) in VERSIONS[claim.standard]


def flavour_of(claim: Claim) -> str | None:
    """The claim as veraPDF calls it; ``None`` for what it does not know, or nobody does."""
    if not exists(claim):
        return None
    return {"PDF/A": _level(claim), "PDF/UA": f"ua{_level(claim)}"}.get(claim.standard)


def purpose_of(claim: Claim) -> Purpose:
    """What the standard serves."""
    return PURPOSE_OF[claim.standard]


def _level(claim: Claim) -> str:
    return claim.version.partition(":")[0]


def of_claims(claims: Sequence[Claim], findings: Iterable[Finding], verdicts: Sequence[Verdict]) -> Iterator[Finding]:
    """A finding or more for each claim of a file, of which so much was found; ``verdicts``: of validators asked."""
    if not claims:
        message = "the file claims no standard of archiving (PDF/A), accessibility (PDF/UA) or printing (PDF/X)"
        yield _found("claim-none", "note", message)
    errors = {finding.code for finding in findings if finding.severity == "error"}
    for claim in claims:
        if not exists(claim):
            message = f"the file claims {claim.name}, which does not exist"
            yield _found("claim-impossible", "error", message)
            continue
        against = AGAINST[claim.standard]
        if claim.standard == "PDF/A" and claim.version.endswith("a"):
            against |= ONLY_A
        if contradicting := sorted(errors & against):
            message = f"the file claims {claim.name}, and is not so: {listed(contradicting, most=8)}"
            yield _found("claim-contradicted", "error", message)
        yield from _judged(claim, verdicts)
    yield from _exclusive(claims)


def _exclusive(claims: Sequence[Claim]) -> Iterator[Finding]:
    """Claims that cannot both be true."""
    versions = {claim.standard: claim.version for claim in claims}
    if versions.get("PDF/A", "").startswith("1") and "PDF/UA" in versions:
        # PDF/UA builds on PDF 1.7, PDF/A-1 forbids what came after 1.4.
        yield _found("claim-impossible", "error", "the file claims PDF/A-1 and PDF/UA, which exclude each other")
    if versions.get("PDF/UA") == "2" and versions.get("PDF/A", "4")[0] != "4":
        message = "the file claims PDF/UA-2, which needs PDF 2.0, and a PDF/A that forbids it"
        yield _found("claim-impossible", "error", message)


def _judged(claim: Claim, verdicts: Sequence[Verdict]) -> Iterator[Finding]:
    verdict = next((verdict for verdict in verdicts if verdict.about == claim.name), None)
    if verdict is None:
        if claim.standard == "PDF/X":
            message = f"no free validator knows PDF/X: the claim {claim.name} is not confirmed beyond what is said here"
        else:
            message = f"veraPDF was not asked: the claim {claim.name} is not confirmed"
        yield _found("claim-unconfirmed", "note", message)
    elif verdict.reason is not None:
        message = f"{verdict.reason}: the claim {claim.name} is not confirmed"
        yield _found("claim-unconfirmed", "note", message)
    elif verdict.objections:
        first = verdict.objections[0]
        rest = f" and {len(verdict.objections) - 1} more rules" if len(verdict.objections) > 1 else ""
        message = f"{verdict.program} refutes the claim {claim.name}: {first.message}{rest}"
        yield _found("claim-refuted", "error", message, place=first.rule)
    else:
        yield _found("claim-confirmed", "note", f"{verdict.program} confirms the claim {claim.name}")


def _found(code: str, severity: Severity, message: str, place: str | None = None) -> Finding:
    """A finding about the file as a whole."""
    where = Where(place=shortened(place) if place else None)
    return Finding(code=code, severity=severity, message=message, where=where)

"""What validators say of a file, as findings: only their words on it, never its own bytes, are read here."""

from collections.abc import Iterator

from publisher.checking.claims import flavour_of, of_claims
from publisher.checking.phrases import shortened
from publisher.checking.validators import Validators, ask_ace, ask_epubcheck, ask_verapdf
from publisher.checking.verdicts import Verdict
from publisher.model import Finding, Look, Severity, Where

SEVERITIES: dict[str, Severity] = {"error": "error", "warning": "warning"}
PLACE_LENGTH = 80


def verdicts_on(data: bytes, look: Look, validators: Validators) -> tuple[Verdict, ...]:
    """What those that know such a file say: of a PDF, veraPDF on what it claims; of an EPUB, epubcheck and Ace."""
    if look.form == "EPUB":
        return (ask_epubcheck(validators, data), ask_ace(validators, data))
    flavours = {claim.name: flavour for claim in look.claims if (flavour := flavour_of(claim))}
    return tuple(ask_verapdf(validators, data, flavours))


def findings_of_verdicts(look: Look, verdicts: tuple[Verdict, ...]) -> Iterator[Finding]:
    """What they come to; of a PDF also what is to be said of its claims when nobody was asked."""
    if look.form == "PDF":
        yield from of_claims(look.claims, look.findings, verdicts)
        return
    for verdict in verdicts:
        yield from _of_book(verdict)


def _of_book(verdict: Verdict) -> Iterator[Finding]:
    what = "that the book is valid" if verdict.about == "EPUB" else "that the book is accessible, as far as it can tell"
    if verdict.reason is not None:
        yield _found("not-judged", "note", f"{verdict.reason}: nobody confirms {what}")
    elif not verdict.objections:
        yield _found("judged-good", "note", f"{verdict.program} confirms {what}")
    for objection in verdict.objections:
        message = f"{verdict.program}: {objection.message}"
        place = f"{objection.place} {objection.rule}" if objection.place else objection.rule
        yield _found("judged-bad", SEVERITIES.get(objection.severity, "note"), message, place)


def _found(code: str, severity: Severity, message: str, place: str | None = None) -> Finding:
    where = Where(place=shortened(place, PLACE_LENGTH) if place else None)
    return Finding(code=code, severity=severity, message=message, where=where)

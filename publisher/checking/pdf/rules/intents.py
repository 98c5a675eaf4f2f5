"""Output intents: what device the colours of a file are meant for (ISO 32000-1, 14.11.5)."""

from collections.abc import Iterator
from typing import Any

import pikepdf

from publisher.checking.pdf.document import Pdf
from publisher.checking.pdf.resources import stream_data
from publisher.checking.pdf.tally import Tally
from publisher.model import Finding, Severity

SPACES = {b"GRAY": (1, "gray"), b"RGB ": (3, "RGB"), b"CMYK": (4, "CMYK"), b"Lab ": (3, "Lab")}
"""The colour spaces of ICC profiles: how many components they have, and the family."""

HEADER_BYTES = 128
FOR_ARCHIVE, FOR_PRESS = "/GTS_PDFA1", "/GTS_PDFX"


def find_in_file(pdf: Pdf, tally: Tally) -> Iterator[Finding]:
    """Intents that are missing or broken, and colours that none of them explains."""
    kinds = [str(intent.get("/S", "")) for intent in pdf.intents]
    families = [family for intent in pdf.intents if (family := _family(intent))]
    for intent, kind in zip(pdf.intents, kinds, strict=True):
        yield from _broken(pdf, intent, kind)
    if "press" in pdf.purposes and kinds.count(FOR_PRESS) != 1:
        number = "no output intent" if FOR_PRESS not in kinds else "more than one output intent"
        message = f"the file has {number} for a press (GTS_PDFX): what its colours look like is left open"
        yield pdf.found("intent-missing" if FOR_PRESS not in kinds else "intent-broken", "error", message)
    for family, page in tally.device.items():
        if "archive" in pdf.purposes and family in ("RGB", "CMYK") and family not in families:
            what = f"the output intent is for {families[0]}" if families else "there is no output intent"
            message = f"a device's {family} colour is used, but {what}: nobody will know what it looked like"
            yield pdf.found("device-colour", "error", message, page)


def _family(intent: Any) -> str | None:
    """The colours that an intent's profile explains."""
    profile = intent.get("/DestOutputProfile")
    header = stream_data(profile)[:HEADER_BYTES] if isinstance(profile, pikepdf.Stream) else b""
    return SPACES.get(header[16:20], (0, None))[1]


def _broken(pdf: Pdf, intent: Any, kind: str) -> Iterator[Finding]:
    profile = intent.get("/DestOutputProfile")
    name = str(intent.get("/OutputConditionIdentifier", "")) or None
    if not name:
        yield pdf.found("intent-broken", "error", f"the output intent {kind} does not name its condition")
    if not isinstance(profile, pikepdf.Stream):
        if kind == FOR_ARCHIVE or "DestOutputProfileRef" not in str(intent.keys()):
            severity: Severity = "error" if kind == FOR_ARCHIVE else "note"
            message = f"the output intent {kind} carries no profile; only its name says what is meant"
            yield pdf.found("intent-broken", severity, message, place=name)
        return
    data = stream_data(profile)
    components, family = SPACES.get(data[16:20], (0, None))
    if len(data) < HEADER_BYTES or data[36:40] != b"acsp" or int.from_bytes(data[:4]) > len(data):
        yield pdf.found("intent-broken", "error", f"the profile of the output intent {kind} is damaged", place=name)
    elif profile.get("/N") != components:
        message = (
            f"the profile of the output intent {kind} has {components} components, its dictionary says "
            f"{profile.get('/N')}"
        )
        yield pdf.found("intent-broken", "error", message, place=name)
    elif kind == FOR_PRESS and (data[12:16] != b"prtr" or family not in ("CMYK", "gray")):
        message = f"the output intent for a press has a profile for {family}, not for a printer's CMYK"
        yield pdf.found("intent-broken", "error", message, place=name)

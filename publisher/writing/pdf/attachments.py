"""The files that a PDF carries, put right where the engine leaves to chance what an archive asks.

It finds out a file's relationship by its bytes, so that two files with the same bytes have one; its media type from
tables of the machine; and it leaves the names as they come, in a tree that readers search as sorted.
"""

import datetime as dt
from collections.abc import Sequence
from typing import Any

import pydyf
from weasyprint import Attachment as EngineAttachment

from publisher.model import Attachment

__all__ = ["engine_attachment", "mend_attachments"]

ATTACHED = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
"""The engine would take the time of the build for an attachment's date; the same input must give the same bytes."""


def engine_attachment(attachment: Attachment) -> EngineAttachment:
    """The attachment as the engine takes it."""
    return EngineAttachment(
        string=attachment.data,
        name=attachment.name,
        description=attachment.description,
        relationship=attachment.relationship,
        created=ATTACHED,
        modified=ATTACHED,
    )


def mend_attachments(pdf: Any, attachments: Sequence[Attachment]) -> None:
    """Each attachment once, sorted by name, with its own relationship and media type (ISO 19005-3, 6.8)."""
    if not attachments:
        return
    by_name = {attachment.name: attachment for attachment in attachments}
    tree = _object(pdf, pdf.catalog["Names"]["EmbeddedFiles"])
    references = {}
    for reference in tree["Names"][1::2]:
        specification = _object(pdf, reference)
        attachment = by_name[specification["UF"].string]
        specification["AFRelationship"] = f"/{attachment.relationship}"
        file = _object(pdf, specification["EF"]["F"])
        file.extra["Subtype"] = f"/{attachment.media_type.replace('/', '#2f').replace('+', '#2b')}"
        references[attachment.name] = reference
    tree["Names"] = pydyf.Array(part for name in sorted(references) for part in (pydyf.String(name), references[name]))
    pdf.catalog["AF"] = pydyf.Array(references.values())  # The engine lists each of them twice.


def _object(pdf: Any, reference: bytes) -> Any:
    return pdf.objects[int(reference.split()[0])]

"""What is known of the sending of an issue: kept so that nobody gets it twice, and nobody is forgotten."""

import datetime as dt
from typing import Literal, TypeAlias

from publisher.model.blocks import Value

DeliveryOutcome: TypeAlias = Literal["sent", "unknown", "refused", "failed", "too-large", "no-file"]
"""``sent``: a server took it. ``unknown``: the connection ended, or the process, after all was sent and before a server
had said that it took it; in this state alone it may have arrived without our knowing. ``refused``: a server said no, or
it would not be safe. ``failed``: no server could be reached, or all said later. ``too-large``: no file is small enough.
``no-file``: the issue has none of those that the recipient takes."""


class DeliveryRecord(Value, frozen=True, kw_only=True):
    """The last that is known of one recipient."""

    recipient: str
    outcome: DeliveryOutcome
    file: str | None = None
    """The name of the file that was sent, or would have been; ``None`` when the server was not offered any."""

    sha256: str | None = None
    """Of that file."""

    message_id: str | None = None
    """As it stands in the message, for asking a server about it."""

    attempts: int = 0
    """In all."""

    reply: str | None = None
    """What the server said last, or why there was none; in one line, without secrets."""

    at: dt.datetime
    """Of the last attempt; aware, UTC."""

    @property
    def settled(self) -> bool:
        """Whether another attempt could be a second copy."""
        return self.outcome in ("sent", "unknown")


Records: TypeAlias = tuple[DeliveryRecord, ...]
"""One of each recipient."""


def replaced(records: Records, record: DeliveryRecord) -> Records:
    """The records with what is now known of one recipient in the place of what was."""
    others = (each for each in records if each.recipient != record.recipient)
    return (*others, record)


def record_for(records: Records, recipient: str) -> DeliveryRecord | None:
    """What is known of a recipient; ``None`` when nothing was tried yet."""
    return next((record for record in records if record.recipient == recipient), None)

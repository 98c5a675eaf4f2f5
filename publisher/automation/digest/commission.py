"""Which issue is to be made."""

import msgspec

from publisher.automation.issues.week import Week
from publisher.automation.ledger.memory import Memory
from publisher.config import Settings


class Commission(msgspec.Struct, frozen=True, kw_only=True):
    """The issue of one week, as the settings ask for it and after what earlier issues ran."""

    settings: Settings
    week: Week
    number: str | None
    """As printed; ``None`` for none, and while it is not known."""

    memory: Memory

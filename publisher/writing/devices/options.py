"""What may be chosen of the e-books for readers."""

import msgspec

__all__ = ["DeviceOptions"]


class DeviceOptions(msgspec.Struct, frozen=True, kw_only=True):
    """What a user may choose for devices."""

    kindle_language: str = "en"
    """What the Kindle's package says in place of a language that Send to Kindle does not take."""

    small_limit_bytes: int = 10_000_000
    """What the small e-book may weigh: most mail servers refuse a message of more than 10 to 25 MB."""

    grey: bool = False
    """Whether the small e-book's pictures are grey, as electronic ink shows them."""

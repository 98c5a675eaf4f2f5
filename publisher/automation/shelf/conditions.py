"""What a request asks of a file besides the file: only if it changed, or only a part (RFC 9110, sections 13 and 14)."""

import datetime as dt
import email.utils
import re
from email.message import Message

_RANGE = re.compile(r"bytes=([0-9]{0,18})-([0-9]{0,18})")


def is_known(headers: Message, tag: str, modified: int) -> bool:
    """Whether the reader has the file as it is: its entity tag, and when it was modified in seconds since 1970."""
    tags = headers.get("If-None-Match")
    if tags is not None:
        return tags.strip() == "*" or tag in (each.strip().removeprefix("W/") for each in tags.split(","))
    since = _timestamp(headers.get("If-Modified-Since"))
    return since is not None and modified <= since


def range_of(headers: Message, size: int, tag: str, modified: int) -> range | None:
    """The bytes asked for; ``None`` for all of them, empty when there are none such. Of several ranges, all."""
    condition = headers.get("If-Range")
    if condition is not None and condition != tag and _timestamp(condition) != modified:
        return None
    match = _RANGE.fullmatch(headers.get("Range", "").strip())
    if not match or not any(match.groups()):
        return None
    first, last = match.groups()
    if not first:
        return range(max(0, size - int(last)), size)
    if last and int(last) < int(first):
        return None
    return range(int(first), min(int(last) + 1, size) if last else size)


def _timestamp(date: str | None) -> int | None:
    """Seconds since 1970 of a date as HTTP writes it; ``None`` for anything else."""
    if not date:
        return None
    try:
        parsed = email.utils.parsedate_to_datetime(date)
    except (TypeError, ValueError):
        return None
    return int(parsed.replace(tzinfo=parsed.tzinfo or dt.UTC).timestamp())
